"""The page that shows what would change: readable without a network, and safe whatever was scanned."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.language import Language
from compliance.model.replay import Replay, Replayed, RuleEffect, VerdictChange
from compliance.model.skip import Skip
from compliance.model.submission import Subject
from compliance.model.text import Text
from compliance.model.verdict import Axis, PolicyReference, Target, Verdict
from compliance.reporters.replay_html import replay_page

HOSTILE = "<script>alert(1)</script>\u202e\x1b[2J\"'&"


def example(text: str = "solar") -> Replay:
    def policy(version: str) -> PolicyReference:
        return PolicyReference(id="sample", version=version, digest="sha256:0", evaluated_on="2026-11-23")

    change = VerdictChange(
        axis=Axis.NATIONAL_INFRASTRUCTURE,
        target=Target.TELECOM,
        before=Verdict.PASS,
        after=Verdict.FAIL,
        rules=(text,),
    )
    return Replay(
        before=policy("1"),
        after=policy(text),
        documents=(
            Replayed(file=f"{text}.json", subject=Subject(team="Team Hanbit", name=text), changes=(change,)),
            Replayed(file="b.json", subject=Subject(name="quiet")),
        ),
        rules=(RuleEffect(rule="sample-rule", message=Text(en=text, ko=text), appear=1_234),),
        skipped=(Skip(path=text, reason="malformed", detail=text),),
    )


_LOADING = {"src", "href", "style", "onload", "onclick"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in _LOADING]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def read(page: str) -> _Page:
    parser = _Page()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


@pytest.mark.parametrize(
    ("language", "fail", "heading"), [("en", "fail", "Verdicts that"), ("ko", "부적합", "달라지는 판정")]
)
def test_the_page_says_which_verdict_changes_by_which_rule(language: Language, fail: str, heading: str) -> None:
    page = replay_page(example(), language)
    text = " ".join(read(page).text.split())
    assert f'<html lang="{language}">' in page
    assert heading in text
    assert f"▲ {fail}" in text
    assert "1,234" in text
    assert "Team Hanbit / solar" in text
    assert "quiet" in text


def test_the_page_needs_nothing_else() -> None:
    page = replay_page(example(), "en")
    assert read(page).links == []
    assert not re.search(r"https?://|@import|url\(|<script|<link|<img|<iframe", page)
    assert "default-src 'none'" in page


def test_what_was_scanned_is_shown_as_text() -> None:
    parsed = read(replay_page(example(HOSTILE), "ko"))
    assert "script" not in parsed.tags
    assert "<script>alert(1)</script>" in parsed.text
    assert "\x1b" not in parsed.text
    assert "\u202e" not in parsed.text


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_no_text_changes_the_page_s_structure(text: str) -> None:
    assert read(replay_page(example(text), "en")).tags == read(replay_page(example("x"), "en")).tags


def test_without_changes_the_page_says_so() -> None:
    quiet = Replay(before=example().before, after=example().after, documents=(), rules=())
    text = read(replay_page(quiet, "en")).text
    assert "No verdict changes." in text
    assert "No violation changes." in text
