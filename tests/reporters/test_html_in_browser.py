"""The web page in a real browser: accessible, usable by keyboard, filtered at once, in light and dark.

Needs Chromium, which `.ci/run` installs; without it these tests are left out, unless `COMPLIANCE_BROWSER` says
that it must be there.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from compliance.language import Language
from compliance.model.verdict import Assessment
from compliance.reporters.html import REPORTER
from compliance.reporters.reporter import ReportOptions
from tests.reporters.example_assessment import EXAMPLE
from tests.reporters.examples import REPORTS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None and "COMPLIANCE_BROWSER" not in os.environ, reason="Chromium isn't installed"
    ),
]
VERSION = "4.14.1"
FOLDER = REPORTS.parent / ".work" / "npm" / f"axe-core-{VERSION}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The program that finds what readers with a handicap stumble on."""
    script = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        npm = str(Path(sys.executable).with_name("npm"))
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(FOLDER), "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run([*command, f"axe-core@{VERSION}"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return script.read_text(encoding="utf-8")


def opened(
    browser: Browser,
    folder: Path,
    assessment: Assessment = EXAMPLE,
    language: Language = "ko",
    scheme: Literal["light", "dark"] = "light",
    *,
    bypass: bool = False,
) -> Page:
    file = folder / "report.html"
    file.write_text(REPORTER.render(assessment, ReportOptions(language, previous=EXAMPLE)), encoding="utf-8")
    page = browser.new_page(color_scheme=scheme, bypass_csp=bypass)
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_axe_finds_nothing(
    browser: Browser, axe: str, tmp_path: Path, language: Language, scheme: Literal["light", "dark"]
) -> None:
    page = opened(browser, tmp_path, language=language, scheme=scheme, bypass=True)
    page.evaluate(axe)
    found: Any = page.evaluate("axe.run()")
    told = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found["violations"]]
    assert told == []


def test_nothing_of_the_page_is_refused_by_its_own_policy(browser: Browser, tmp_path: Path) -> None:
    messages: list[str] = []
    file = tmp_path / "report.html"
    file.write_text(REPORTER.render(EXAMPLE, ReportOptions("ko")), encoding="utf-8")
    page = browser.new_page()
    page.on("console", lambda message: messages.append(message.text))
    page.goto(file.as_uri())
    assert page.locator("#filter").is_visible()
    assert messages == []


def test_a_word_leaves_the_rows_that_have_it(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path)
    page.fill("#words", "experts.py")
    expect(page.locator("#shown")).not_to_have_text("")
    rows = page.locator("table.rows tbody tr:not([hidden])").all_text_contents()
    assert rows
    assert all("experts.py" in row for row in rows)


def test_a_severity_leaves_what_has_it(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path)
    page.select_option("#tone", "fail")
    tones = page.locator("article.rule:visible").evaluate_all("all => all.map(one => one.dataset.tone)")
    assert set(tones) == {"fail"}


def test_a_link_into_a_filtered_table_shows_its_row(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path)
    target = page.locator("ul.places a").first.get_attribute("href") or ""
    page.fill("#words", "no such word")
    expect(page.locator("#shown")).not_to_have_text("")
    page.evaluate(f"location.hash = '{target}'")
    assert page.locator(target).is_visible()


LAID_OUT = """() => [...document.querySelectorAll("table.rows tbody tr")].map(
    (row) => row.checkVisibility({contentVisibilityAuto: true}))"""


def test_tables_far_below_are_laid_out_when_they_are_reached_and_all_of_them_on_paper(
    browser: Browser, tmp_path: Path
) -> None:
    page = opened(browser, tmp_path, bypass=True)
    last = page.locator("table.rows tbody tr").last

    assert not page.evaluate(LAID_OUT)[-1]
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    assert page.evaluate(LAID_OUT)[-1]
    page.emulate_media(media="print")
    page.wait_for_function(f"({LAID_OUT})().every(Boolean)", timeout=5_000)


_LINES_OF_WORDS = """() => [...document.querySelectorAll(".verdicts th")].flatMap(cell => {
  const text = cell.firstChild, range = document.createRange();
  return [...text.data.matchAll(/[^\\s·]+/g)].map(word => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length;
  });
})"""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_on_narrow_paper_no_word_of_a_question_is_broken(
    browser: Browser, tmp_path: Path, language: Language
) -> None:
    page = opened(browser, tmp_path, language=language)
    page.set_viewport_size({"width": 480, "height": 900})
    page.emulate_media(media="print")

    assert set(page.evaluate(_LINES_OF_WORDS)) == {1}


def test_the_keyboard_reaches_the_summary_first(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#summary")


def test_it_reads_without_scripts(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(REPORTER.render(EXAMPLE, ReportOptions("ko")), encoding="utf-8")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(file.as_uri())
    assert not page.locator("#filter").is_visible()
    assert page.locator("article.rule").count() > 0


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>"])
def test_hostile_words_run_nothing(browser: Browser, tmp_path: Path, hostile: str) -> None:
    findings = tuple(msgspec.structs.replace(one, path=hostile) for one in EXAMPLE.findings)
    alerts: list[str] = []
    file = tmp_path / "report.html"
    changed = msgspec.structs.replace(EXAMPLE, findings=findings)
    file.write_text(REPORTER.render(changed, ReportOptions("ko")), encoding="utf-8")
    page = browser.new_page()
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    page.goto(file.as_uri())
    assert page.locator("img").count() == 0
    assert alerts == []
