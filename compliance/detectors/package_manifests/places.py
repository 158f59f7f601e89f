"""On which line of a manifest a package, a dependency or the license stands."""

import re

_TOKEN = re.compile(r"[@A-Za-z0-9_][@A-Za-z0-9_./-]*")
_VERSION = re.compile(r"/[0-9][^/]*$")
_SEPARATORS = re.compile(r"[-_.]+")
_NAME_KEYS = frozenset({"name", "artifactid", "package", "gem", "pod", "source", "compile", "implementation"})
_LIST_KEY = re.compile(r"requires?|dependenc|depends|build-depends")
_LICENSE = re.compile(r"^[^\w\n]*(?:s\.|spec\.)?licen[sc]e", re.IGNORECASE | re.MULTILINE)
_CLASSIFIER = re.compile(r"License ::")
_LICENSE_ARGUMENT = re.compile(r"\blicen[sc]es?\W{0,3}[=:]", re.IGNORECASE)

MAX_LINE = 20_000
"""Characters of a line that are searched."""


class Lines:
    """Finds names in a text: made once for a file, asked for each of its packages."""

    __slots__ = ("_places", "_text")

    def __init__(self, text: str) -> None:
        """Index the tokens of `text` by the best line for each."""
        self._text = text
        self._places: dict[str, tuple[int, int]] = {}
        for number, line in enumerate(text.split("\n"), start=1):
            self._add(line[:MAX_LINE], number)

    def name(self, *candidates: str) -> tuple[int, int] | None:
        """The line on which the first of `candidates` that occurs at all is declared.

        A line that begins with the name is preferred, then one whose key names packages or dependencies, then any;
        among equals the first.
        """
        for candidate in candidates:
            if found := self._places.get(_normalized(candidate)):
                return found[1], found[1]
        return None

    def license(self) -> tuple[int, int] | None:
        """The first line whose key is a license, else the first that has such a key or a license classifier."""
        for pattern in (_LICENSE, _LICENSE_ARGUMENT, _CLASSIFIER):
            if found := pattern.search(self._text):
                return self._line(found.end())
        return None

    def words(self, words: str) -> tuple[int, int] | None:
        """The first line on which `words` stand exactly."""
        offset = self._text.find(words) if words else -1
        return None if offset < 0 else self._line(offset)

    def _line(self, offset: int) -> tuple[int, int]:
        line = self._text.count("\n", 0, offset) + 1
        return line, line

    def _add(self, line: str, number: int) -> None:
        tokens = _TOKEN.findall(line)
        if not tokens:
            return
        key = tokens[0].casefold()
        listed = key in _NAME_KEYS or bool(_LIST_KEY.search(key))
        for position, token in enumerate(tokens):
            rank = 0 if position == 0 else 1 if listed else 2
            for spelling in _spellings(token):
                known = self._places.get(spelling)
                if known is None or rank < known[0]:
                    self._places[spelling] = (rank, number)


def _spellings(token: str) -> set[str]:
    """The names that `token` may stand for: `/lodash@4`, `node_modules/lodash`, `lodash/4` for `lodash`."""
    bare = token.strip("./")
    found = {bare, bare.rsplit("node_modules/", 1)[-1], _VERSION.sub("", bare)}
    found |= {name.rsplit("@", 1)[0] for name in found if "@" in name[1:]}
    return {_normalized(name) for name in found}


def _normalized(name: str) -> str:
    return _SEPARATORS.sub("-", name).casefold().strip("-")
