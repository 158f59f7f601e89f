"""Sentences in comments and docstrings that say where code comes from.

`# Copied from transformers.models.bert.modeling_bert.BertSelfAttention with Bert->Roberta`, "adapted from" a link,
출처, 改编自. What a sentence names is only told apart by its form here; whose it is, `naming` knows.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from compliance.model.evidence import Lines
from compliance.origins.prose import Prose

MOST = 2_000
"""Statements that are read of one file."""

How = Literal["copied-from", "adapted-from", "generated-from", "based-on", "refers-to"]
"""Copied, adapted and generated say that code was taken; based-on may mean the idea; refers-to is a link that
stands alone, or a word such as 참고 that may mean either."""
Form = Literal["address", "dotted", "path", "repository", "words"]

_BEFORE, _AFTER = 300, 500
"""Bytes around the word that are looked at: lines may be endless."""
_LONGEST_SAYING = 200


class OriginStatement(msgspec.Struct, frozen=True):
    """A sentence that names an origin."""

    how: How
    form: Form
    """`address`: of a file or repository on the web; `dotted`: a Python name; `path`: of a source file;
    `repository`: `owner/name`; `words`: the words that follow."""
    reference: str
    lines: Lines
    says: str
    """The line, at most 200 characters."""
    definition: str = ""
    """Class, function or `Class.method` that stands right below the comment; empty where there is none."""
    position: int = 0
    """Of the sentence in the source as UTF-8."""


_VERBS: dict[How, str] = {
    "copied-from": "copied copy-pasted copy taken borrowed lifted vendored",
    "adapted-from": "adapted adaptation adopted modified modification ported port derived forked fork translated"
    " converted extracted refactored rewritten reimplementation",
    "generated-from": "generated",
    "based-on": "based inspired",
}
_HOW: dict[bytes, How] = {verb.encode(): how for how, verbs in _VERBS.items() for verb in verbs.split()}
_BETWEEN = (
    "and or but with heavily directly mostly largely partly partially slightly almost verbatim version code files"
    " modification modifications minor some changes adapted modified copied ported is are was were it loosely"
    " closely originally lightly automatically entirely based"
)
_VERB = re.compile(
    rb"(" + rb"|".join(re.escape(verb) for verb in sorted(_HOW, key=len, reverse=True)) + rb")"
    rb"(?:[ \t,]+(?:" + "|".join(_BETWEEN.split()).encode() + rb")(?![\w])){0,5}+"
    rb"[ \t]*(?:\n[ \t]*(?:#+|//+|\*)?)?[ \t]*(?<![\w])(from|on|of|by)(?![\w])"
)
_LAST_WORDS = (b"from", b"ed on", b"ed by", b"port of", b"fork of", b"sion of", b"copy of", b"tion of")
_LONGEST_VERB = 80
"""Bytes of a verb with the words after it up to `from`."""
_CJK: dict[str, How] = {
    **dict.fromkeys(("출처", "来源", "來源", "摘自", "出典", "발췌"), "copied-from"),
    **dict.fromkeys(("改编自", "修改自", "移植自", "改自", "基于", "수정하여", "변형하여"), "adapted-from"),
    **dict.fromkeys(("참고", "참조", "参考", "參考", "参照", "원본"), "refers-to"),
}
_CJK_WORD = re.compile("|".join(_CJK).encode())

_ADDRESS = re.compile(
    rb"(?:https?://)?(?:www\.)?(?:github\.com|raw\.githubusercontent\.com|huggingface\.co|hf\.co|gitlab\.com|gitee\.com"
    rb"|modelscope\.cn|bitbucket\.org|codeberg\.org|gitcode\.com)/[\w.%+@~=?&:/#-]+"
)
_DOTTED = re.compile(rb"(?<![\w./-])[A-Za-z_]\w*(?:[./]\w+)*\.\w+(?:\.\w+)+(?![\w/-])")
_PATH = re.compile(
    rb"(?<![\w./-])(?:[\w.-]+/)*[\w.-]+\.(?:pyi?|pyx|cuh?|hp?p?|c(?:c|pp|xx)?|rs|go|jsx?|tsx?|mjs|java|swift|mm?|sh)(?![\w/]|\.\w)"
)
_REPOSITORY = re.compile(rb"(?<![\w./:-])[A-Za-z][\w.-]{1,38}/[A-Za-z][\w.-]{1,99}(?![\w/])")
_FORMS: tuple[tuple[Form, re.Pattern[bytes]], ...] = (
    ("path", _PATH),
    ("dotted", _DOTTED),
    ("repository", _REPOSITORY),
)
_WORDS = re.compile(rb"[ \t`'\"*_:<(\[]*+([^\n;]{2,100})")
_MARKERS = b" \t#/*!:\"'`<>()[]-=.,"
_LABEL = re.compile(
    rb"(?:(?:original(?:ly)?|source|ref(?:erence)?s?|code|credits?|upstream|implementation|official|from|to|origin|the|file|repo"
    rb"|repository|here|taken)[ \t]*){0,4}"
)
_NOT = re.compile(rb"(?:\bnot|n't|\bnever|\bnothing|\bno code)[ \t]+(?:\w+[ \t]+)?$")


def statements(prose: Prose) -> tuple[tuple[OriginStatement, ...], bool]:
    """All statements of `prose` by their lines, and whether some were left out since there are too many."""
    found: dict[int, OriginStatement] = {}
    truncated = False
    for reader in (_verbs, _cjk_words, _lone_addresses):
        for count, one in enumerate(reader(prose)):
            if count >= MOST:
                truncated = True
                break
            found.setdefault(one.lines[0], one)
            found.setdefault(one.lines[1], found[one.lines[0]])
    return tuple(dict.fromkeys(found[line] for line in sorted(found))), truncated


def _verbs(prose: Prose) -> Iterator[OriginStatement]:
    text = prose.text
    lowered = text.lower()
    done = 0
    for match in _verb_matches(lowered):
        start, end = match.span()
        if start < done or _is_inside_word(lowered, start) or not _is_together(prose, start, end):
            continue
        how = _HOW[match[1]]
        begin = _line_start(lowered, start)
        if (match[2] == b"of" and how != "adapted-from" and match[1] != b"copy") or _NOT.search(
            lowered, begin, start
        ):
            continue
        if how != "based-on" and match[2] in (b"on", b"by") and b"based" not in match[0]:
            continue
        if (reference := _reference_after(prose, end)) is not None:
            done = reference[2]
            yield _statement(prose, how, begin, start, *reference)


def _verb_matches(lowered: bytes) -> Iterator[re.Match[bytes]]:
    """All matches of `_VERB`, which is tried only where one of the frequent words before its end stands."""
    places: set[int] = set()
    for word in _LAST_WORDS:
        at = lowered.find(word)
        while at >= 0:
            places.add(at + len(word))
            at = lowered.find(word, at + len(word))
    done = 0
    for place in sorted(places):
        if match := _VERB.search(lowered, max(done, place - _LONGEST_VERB), place + 1):
            done = match.end()
            yield match


def _cjk_words(prose: Prose) -> Iterator[OriginStatement]:
    text = prose.text
    if text.isascii():
        return
    done = 0
    for match in _CJK_WORD.finditer(text):
        if match.start() < done:
            continue
        begin, end = _line_start(text, match.start()), _line_end(text, match.end())
        reference = _reference(text, match.end(), end) or _reference(text, begin, match.start())
        if reference is None and not text[match.end() : end].strip(_MARKERS + " ：".encode()):
            reference = _reference(text, *_next_line(prose, end))
        done = end
        if reference is not None:
            yield _statement(prose, _CJK[match[0].decode()], begin, match.start(), *reference)


def _lone_addresses(prose: Prose) -> Iterator[OriginStatement]:
    """Links to a file that have a line to themselves, at most with a word such as "source" before them."""
    text = prose.text
    at = -1
    while (at := text.find(b"://", at + 1)) >= 0:
        scheme = 5 if text[at - 1 : at] == b"s" else 4
        if (match := _ADDRESS.match(text, max(0, at - scheme), at + _AFTER)) is None:
            continue
        begin = _line_start(text, at)
        label = text[begin : match.start()].strip(_MARKERS).lower()
        rest = text[match.end() : _line_end(text, match.end())].strip(_MARKERS).lower()
        if _LABEL.fullmatch(label) and rest in (b"", b"noqa", b"noqa: e501"):
            yield _statement(prose, "refers-to", begin, match.start(), "address", _clean(match[0]), match.end())
        at = max(at, match.end() - 1)


def _is_inside_word(text: bytes, start: int) -> bool:
    before = text[start - 1 : start]
    return before.isalnum() or before in (b"_", b"-", b".")


def _line_start(text: bytes, position: int) -> int:
    floor = max(0, position - _BEFORE)
    newline = text.rfind(b"\n", floor, position)
    return newline + 1 if newline >= 0 else floor


def _line_end(text: bytes, position: int) -> int:
    ceiling = min(len(text), position + _AFTER)
    newline = text.find(b"\n", position, ceiling)
    return newline if newline >= 0 else ceiling


def _next_line(prose: Prose, end: int) -> tuple[int, int]:
    """Where the line after the one that ends at `end` begins and ends; empty where code stands between the two."""
    start = end + 1
    if start >= len(prose.text) or not _is_together(prose, end, start):
        return start, start
    return start, _line_end(prose.text, start)


def _is_together(prose: Prose, start: int, end: int) -> bool:
    """Whether no line stands between `start` and `end` of the text that isn't a part of it."""
    lines = prose.line(prose.place(end)) - prose.line(prose.place(start))
    return lines <= prose.text.count(b"\n", start, end)


def _reference_after(prose: Prose, start: int) -> tuple[Form, str, int] | None:
    """What the sentence names after its verb, which ends at `start`: on the same line, else on the next one."""
    text = prose.text
    end = _line_end(text, start)
    if found := _reference(text, start, end):
        return found
    following = _next_line(prose, end)
    if not text[start:end].strip(_MARKERS):
        return _reference(text, *following) or _words(text, *following)
    match = _ADDRESS.search(text, *following)
    if match and not text[end + 1 : match.start()].strip(_MARKERS):
        return "address", _clean(match[0]), match.end()
    return _words(text, start, end)


def _reference(text: bytes, start: int, end: int) -> tuple[Form, str, int] | None:
    """The address between `start` and `end`, else the first name of another form."""
    if match := _ADDRESS.search(text, start, end):
        return "address", _clean(match[0]), match.end()
    found = [
        (match.start(), form, match) for form, pattern in _FORMS if (match := pattern.search(text, start, end))
    ]
    if not found:
        return None
    _, form, match = min(found, key=lambda one: one[0])
    return form, _clean(match[0]), match.end()


def _words(text: bytes, start: int, end: int) -> tuple[Form, str, int] | None:
    if match := _WORDS.match(text, start, end):
        return "words", match[1].decode("utf-8", "ignore").strip(), match.end()
    return None


def _clean(reference: bytes) -> str:
    return reference.decode("utf-8", "replace").rstrip(".,:;)-")


def _statement(
    prose: Prose, how: How, begin: int, position: int, form: Form, reference: str, end: int
) -> OriginStatement:
    text = prose.text
    line_end = _line_end(text, end)
    first, last = prose.place(position), prose.place(max(position, end - 1))
    if len(b" ".join(text[begin : max(position, end)].split())) > _LONGEST_SAYING:
        begin = min(position, end - len(reference.encode()))  # the words themselves, not what stands before them
    says = b" ".join(text[begin:line_end].split()).decode("utf-8", "ignore")
    return OriginStatement(
        how=how,
        form=form,
        reference=reference,
        lines=(prose.line(first), prose.line(last)),
        says=says[:_LONGEST_SAYING],
        position=first,
    )
