"""Names of copyright holders, compared whatever case, years, punctuation and legal form they are written with.

They are compared in Latin letters without accents: "José" and "Jose" are one name, and so are 百度 and "Bai Du",
as indexes of origins that were built before names kept their letters have it.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from compliance.licenses.scancode import transliterated

_MOST_TOKENS = 400
_LONGEST_NAME = 12
"""Words of a name that are compared."""
_LONGEST_WRITTEN = 200
_REMEMBERED = 4_096
"""Statements; the files of a project mostly have the same ones."""

_ADDRESS = re.compile(r"<[^<>\s]{1,200}>|https?://\S{1,300}|\S{1,100}@\S{1,200}", re.IGNORECASE)
_DIVIDER = re.compile(r"[,;&/|，；、]|\b(?:and|und|et)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CJK_FORMS = re.compile(r"(?:股份)?有限(?:责任)?公司$|株式会社|주식회사|유한회사")
_SIGN = "copyright"
_IN_FRONT = "|".join([_SIGN, "copr", "present", r"c(?=\))"])
_BEHIND = r"[.\s]*all rights reserved[.\s]*$"
_AROUND = re.compile(rf"^(?:[\W_]|(?:19|20)\d\d(?!\w)|(?:{_IN_FRONT})\b)+|{_BEHIND}", re.IGNORECASE)
_BEFORE = frozenset(["the", "to", "of", "by", "contributors", "present", "copr", "c", "주", _SIGN, f"{_SIGN}ed"])
_FORMS = (
    "inc",
    "incorporated",
    "ltd",
    "limited",
    "llc",
    "llp",
    "lp",
    "plc",
    "corp",
    "corporation",
    "co",
    "company",
)
_FOREIGN_FORMS = ("gmbh", "ag", "sa", "sas", "srl", "bv", "nv", "oy", "ab", "kk", "pte", "pty", "주")
_GROUPS = (
    "team",
    "teams",
    "author",
    "authors",
    "developers",
    "contributor",
    "contributors",
    "maintainers",
    "project",
)
_REST = ("affiliates", "its", "subsidiaries", "others", "all", "rights", "reserved", "the", "present")
_AFTER = frozenset([*_FORMS, *_FOREIGN_FORMS, *_GROUPS, *_REST])


def holder_key(name: str) -> str:
    """What stays the same of a holder's `name` however it is written; empty where nothing of it is a name.

    Case, accents, width, punctuation, spaces, years, a leading "the", legal forms ("Inc.", "Co., Ltd.") and words
    such as "team" or "authors" don't count. A name that consists of such words alone is kept as it is.
    """
    return _key([token for token in _tokens(name) if not _YEAR.fullmatch(token)])


def holders_in(line: str) -> dict[str, str]:
    """The holders that one copyright `line` names, as written, by their keys; `A and B` names two.

    Args:
        line: `years name`, with or without the words around it.
    """
    named: dict[str, str] = {}
    for part in _DIVIDER.split(_ADDRESS.sub(" ", line)):
        if key := _key_of_part(part):
            named.setdefault(key, _written(part))
    if not named and (key := holder_key(line)):
        named[key] = _written(line)
    return named


class NamedHolders:
    """The names in some copyright statements, to be asked for others."""

    def __init__(self, statements: Iterable[str]) -> None:
        """Collect every name in `statements`."""
        self._keys = frozenset[str]().union(*map(_every_name, statements))

    def lacking(self, line: str) -> tuple[str, ...]:
        """The holders in the copyright `line` that aren't among the names, as the line writes them."""
        return tuple(name for key, name in _named(line) if key not in self._keys)


@lru_cache(maxsize=_REMEMBERED)
def _named(line: str) -> tuple[tuple[str, str], ...]:
    return tuple(holders_in(line).items())


@lru_cache(maxsize=_REMEMBERED)
def _every_name(statement: str) -> frozenset[str]:
    """The keys of whatever may be a name in `statement`."""
    written = [_tokens(statement)]
    if not statement.isascii():
        written.append(_tokens(transliterated(statement)))
    return frozenset(
        name
        for tokens in ([_latin(one) for one in each] for each in written)
        for start in range(len(tokens))
        for name in accumulate(tokens[start : start + _LONGEST_NAME])
    )


def _tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", _ADDRESS.sub(" ", text)).casefold()
    tokens = _TOKEN.findall(unicodedata.normalize("NFKC", folded))[:_MOST_TOKENS]
    return [bare for token in tokens if (bare := _CJK_FORMS.sub("", token))] or tokens


def _bare(tokens: list[str]) -> list[str]:
    first, last = 0, len(tokens)
    while first < last and tokens[first] in _BEFORE:
        first += 1
    while last > first and tokens[last - 1] in _AFTER:
        last -= 1
    return tokens if first == last else tokens[first:last]


def _key_of_part(part: str) -> str:
    """As `holder_key`, but empty for a part that is no name at all, such as "Inc." or "2024"."""
    tokens = [token for token in _tokens(part) if not _YEAR.fullmatch(token)]
    if all(token in _BEFORE or token in _AFTER or token.isdigit() for token in tokens):
        return ""
    return _key(tokens)


def _key(tokens: list[str]) -> str:
    return "".join(_latin(token) for token in _bare(tokens))


def _latin(token: str) -> str:
    """`token` in Latin letters, where it has any."""
    return token if token.isascii() else "".join(_TOKEN.findall(transliterated(token).casefold())) or token


def _written(part: str) -> str:
    """`part` without years, signs and words around the name."""
    words = _AROUND.sub("", " ".join(part.split()))
    return words[:_LONGEST_WRITTEN] or part.strip()[:_LONGEST_WRITTEN]
