"""Tables of a tokenizer's pieces inside a text: where they are, and the text without them.

A vocabulary has tens of thousands of pieces in an order that says nothing. Read as prose they cost more than all
other files of a model together, and yield holders of copyrights such as "Ġcl". A table is told by what it holds,
never by a file's name: thousands of records of one form, of which no piece comes twice and many bear a mark of a
tokenizer. Only records of single words are left out, and none of a table whose pieces, one after another, say a
license or a copyright. Everything else of the file stays, on its own line.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import msgspec

from compliance.model.evidence import Lines

SMALLEST = 1_000
"""Records from which on a run of them is a table; fewer cost little."""
_MARKED = 0.05
"""The part of a table's records that bear a tokenizer's mark, at least: of BERT's 19 %, of GPT-2's 64 %."""
_DIFFERENT = 0.999
"""The part of a table's records that differ from all others, at least. A text repeats its words."""
_DIFFERENT_LINES = 0.9
"""The same of lines: a merge of two digits, `1 2`, is taken for a piece and its count."""
_LONGEST_PIECE = 64

_MARKS = ("\u0120", "\u010a", "\u2581", "##", "</w>", "@@", "<0x")
"""Of byte-level BPE, SentencePiece, WordPiece and subword-nmt."""
_IN_BYTES = (*(mark.encode() for mark in _MARKS), b"\\u0120", b"\\u2581", b'"token_bytes"')
_READABLE = re.compile(r"\S\s+\S|[A-Za-z0-9]{2,}[^A-Za-z0-9\s]+[A-Za-z0-9]{2,}").search
"""Two words: beside each other, or put together by a sign."""
_LEGAL = re.compile(r"licen[sc]|copyright|spdx|gpl", re.IGNORECASE).search
"""In a word that says something together with a single other one, or a number."""
_SPELLED = re.compile(r"(?:[A-Za-z0-9]{2,}[+/]+){3}").search
"""Words with signs in between that base64 has, too."""
_WORDS = re.compile(r"[^\W_]+").findall
_YEAR = re.compile(r"(?:19|20)\d\d").fullmatch

_STRING = r'"(?:[^"\\\n]|\\.){1,1000}+"'
_NUMBER = r"-?[0-9][0-9.eE+-]{0,24}+"
_CODED = r"[A-Za-z0-9+/]{1,1400}+={0,2}+"
_FORMS = {
    "pair": rf"({_STRING})\s*+:\s*+{_NUMBER}",  # "piece": 12
    "scored": rf"\[\s*+({_STRING})\s*+,\s*+{_NUMBER}\s*+\]",  # ["piece", -3.5]
    "merge": rf"({_STRING})(?=\s*+(?:[,\]]|\Z))",  # "piece piece"
    "merged": rf"\[\s*+({_STRING}\s*+,\s*+{_STRING})\s*+\]",  # ["piece", "piece"]
    "ranked": (
        rf'\{{\s*+"rank"\s*+:\s*+[0-9]++\s*+,\s*+"token_bytes"\s*+:\s*+("{_CODED}"\s*+,'
        rf'\s*+"token_str"\s*+:\s*+(?:null|""|{_STRING}))\s*+\}}'
    ),
}
"""Records of JSON, by the name of their form, with what they say as a group."""
_IS_JSON = re.compile(r'[\ufeff\s]*+(?:\{\s*+"|\[\s*+[\[{"])').match
_BETWEEN = r"(?:\s*+,)?+\s*+"
_LINE = rf"(\S{{1,1000}}+(?:[ \t](?!{_NUMBER}[ \t]*+(?:\r?\n|\Z))\S{{1,1000}}+)?+)(?:[ \t]{_NUMBER})?+"
"""A piece or two, and a number."""
_LINE_END = r"[ \t]*+(?:\r?\n|\Z)"


class Table(msgspec.Struct, frozen=True):
    """A table of which records were left out."""

    lines: Lines
    """First and last one."""
    records: int
    left_out: int
    """How many of the records; the others stay."""


def may_have_table(content: bytes) -> bool:
    """Whether it is worth looking for tables: hundreds of marks stand in any file that has one."""
    marks = sum(map(content.count, _IN_BYTES))
    return marks >= SMALLEST * _MARKED


def without_tables(text: str, says_license: Callable[[Sequence[str]], bool]) -> tuple[str, tuple[Table, ...]]:
    """`text` with line ends alone in place of the records that are left out, and the tables that these are of.

    Args:
        text: of a file.
        says_license: whether words, one after another, say a license.
    """
    kept: list[str] = []
    tables: list[Table] = []
    place, line = 0, 1
    for run in _runs(text):
        if not run.is_vocabulary():
            continue
        pieces = run.pieces()
        is_plain = [*map(_is_plain, pieces, run.codes)] if run.codes else [*map(_is_plain, pieces)]
        if _says_something([*pieces, *run.codes], says_license):
            continue
        line += text.count("\n", place, run.start)
        ends = sum(one.count("\n") for one in run.records)
        last = line + ends - (run.records[-1].count("\n") if ends else 0)
        tables.append(Table((line, last), len(run.records), sum(is_plain)))
        kept.append(text[place : run.start])
        kept += (
            "\n" * one.count("\n") if plain else one for one, plain in zip(run.records, is_plain, strict=True)
        )
        place, line = run.start + sum(map(len, run.records)), line + ends
    return ("".join([*kept, text[place:]]) if tables else text), tuple(tables)


class _Run(msgspec.Struct, frozen=True):
    """Records of one form, each right behind the one before."""

    form: str
    start: int
    records: list[str]
    """As they stand in the text, with what is between them and the next one."""
    said: list[str]
    """What each of them says: a piece, or several with a null in between."""
    codes: list[str]
    """What each of ranked ones says in base64; of others nothing."""

    def is_vocabulary(self) -> bool:
        """Whether no record comes twice, and enough of them bear a tokenizer's mark."""
        different = _DIFFERENT_LINES if self.form == "line" else _DIFFERENT
        if len(set(self.codes or self.said)) < different * len(self.records):
            return False
        joined = "\n".join(self.said)
        return bool(self.codes) or sum(map(joined.count, _MARKS)) >= _MARKED * len(self.records)

    def pieces(self) -> list[str]:
        """By record: what it says, with spaces for marks."""
        joined = "\n".join(self.said)
        for mark in _MARKS:
            joined = joined.replace(mark, " ")
        return joined.split("\n")


def _runs(text: str) -> Iterator[_Run]:
    """Everything in `text` that is as long as a table."""
    if _IS_JSON(text):
        forms = {name: f"{one}{_BETWEEN}" for name, one in _FORMS.items()}
        flags = re.NOFLAG
    else:
        forms, flags = {"line": _LINE + _LINE_END}, re.MULTILINE
    for found in _any_of(tuple(forms.values()), flags)(text):
        form = tuple(forms)[(found.lastindex or 1) - 1]
        if found.end() - found.start() > SMALLEST:
            records = _each(forms[form])(found[0])
            if len(records) >= SMALLEST and sum(len(one) for one, _ in records) == len(found[0]):
                raw, written = zip(*records, strict=True)
                yield _Run(form, found.start(), list(raw), *_said(form, written))


@cache
def _any_of(forms: tuple[str, ...], flags: re.RegexFlag) -> Callable[[str], Iterator[re.Match[str]]]:
    """Finds the longest stretches of records of one form; the group tells which."""
    start = "^" if flags & re.MULTILINE else ""
    return re.compile("|".join(f"{start}((?:{_ungrouped(one)})++)" for one in forms), flags).finditer


@cache
def _each(form: str) -> Callable[[str], list[tuple[str, str]]]:
    """Finds each record, and what it says."""
    return re.compile(f"({form})").findall


def _ungrouped(pattern: str) -> str:
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


def _said(form: str, written: Sequence[str]) -> tuple[list[str], list[str]]:
    """What records of that form say as they are `written`, each on one line, and what they say in base64."""
    if form == "ranked":
        return _of_ranked(written)
    if form == "line":
        return [one.replace(" ", "\0", 1).replace("\t", "\0", 1) for one in written], []
    return [one.replace("\n", " ") for one in _of_json(form, written)], []


def _of_ranked(written: Sequence[str]) -> tuple[list[str], list[str]]:
    try:
        records = json.loads('[{"code":' + '},{"code":'.join(written) + "}]")
    except ValueError:
        return list(written), list(written)
    said = [(one["token_str"] or "").replace("\n", " ") for one in records]
    return said, [one["code"] for one in records]


def _of_json(form: str, written: Sequence[str]) -> list[str]:
    try:
        if form == "merged":
            return ["\0".join(pair) for pair in json.loads(f"[[{'],['.join(written)}]]")]
        said = [one or "" for one in json.loads(f"[{','.join(written)}]")]
    except ValueError:  # of all of them, for the sake of one that is broken
        return [one.strip('"') for one in written]
    return [_divided(one) for one in said] if form == "merge" else said


def _divided(merge: str) -> str:
    return merge.replace(" ", "\0") if merge.count(" ") == 1 else merge


def _is_plain(said: str, code: str = "") -> bool:
    """Whether nobody could read anything in what a record says, and says in base64, but single words."""
    bare = said.strip()
    if code and _SPELLED(code):
        return False
    if bare.isalnum():
        return len(bare) <= _LONGEST_PIECE
    if _LEGAL(bare):
        return False
    parts = map(str.strip, bare.split("\0"))
    return all(len(one) <= _LONGEST_PIECE and (one.isalnum() or _READABLE(one) is None) for one in parts)


def _says_something(pieces: Sequence[str], says_license: Callable[[Sequence[str]], bool]) -> bool:
    """Whether the words of `pieces`, one after another, say a license or a copyright."""
    words = _WORDS("\n".join(pieces).lower())
    after = zip(words, words[1:], words[2:], strict=False)
    if any(
        one == "copyright" and (_YEAR(second) or (second == "c" and _YEAR(third))) for one, second, third in after
    ):
        return True
    # numbers may be counts that stand between the words, or a part of what they say
    return says_license(words) or says_license([one for one in words if not one.isdigit()])
