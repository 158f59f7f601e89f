"""Which names belong to libraries outside: used in many projects, hardly ever defined where they are used.

Such a name can't be renamed by whoever copies code, so it is kept in fingerprints; every other name is abstracted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from compliance.origins.blocks import annotations
from compliance.origins.catalog import CollectedFile
from compliance.origins.languages import LANGUAGES, Kind, Language, language_of
from compliance.origins.lexing import Tokens, Vocabulary, lex

LEAST_PROJECTS = 3
LEAST_FILES = 8
MOST_DEFINED = 0.15
"""Share of the files with a name in which it may be defined as well."""

_DEFINING = (b"def", b"class", b"as", b"for", b"fn", b"func", b"struct", b"let", b"var", b"const", b"function")


def api_names(files: Iterable[CollectedFile]) -> dict[str, list[str]]:
    """The outside names of each language in `files`, sorted."""
    seen: dict[str, Counter[bytes]] = defaultdict(Counter)
    defined: dict[str, Counter[bytes]] = defaultdict(Counter)
    projects: dict[str, dict[bytes, set[str]]] = defaultdict(lambda: defaultdict(set))
    vocabularies = {one.name: Vocabulary(one, frozenset()) for one in LANGUAGES}
    for file in files:
        if (language := language_of(file.path)) is None:
            continue
        tokens = lex(file.content, vocabularies[language.name])
        names, own = _names(tokens), _names(tokens.only(_definitions(tokens, language)))
        seen[language.name].update(names)
        defined[language.name].update(own)
        for name in names:
            projects[language.name][name].add(file.project)
    return {
        language: sorted(
            name.decode("ascii")
            for name, files_with in counts.items()
            if files_with >= LEAST_FILES
            and len(projects[language][name]) >= LEAST_PROJECTS
            and defined[language][name] <= MOST_DEFINED * files_with
            and name.isascii()
        )
        for language, counts in sorted(seen.items())
    }


def _names(tokens: Tokens) -> set[bytes]:
    words = np.unique(tokens.words[tokens.kinds == Kind.NAME])
    return {tokens.vocabulary.spellings[word] for word in words.tolist()}


def _definitions(tokens: Tokens, language: Language) -> NDArray[np.bool_]:
    """Which tokens are names at the place where they are defined: assigned, declared, imported, passed in."""
    number = tokens.vocabulary.number
    names = tokens.kinds == Kind.NAME
    found = np.zeros(len(tokens), bool)
    defining = np.isin(tokens.words, [number(word) for word in _DEFINING])
    found[1:] |= defining[:-1]
    assigned = tokens.words == number(b"=")
    found[:-1] |= assigned[1:] & (tokens.depths[:-1] == 0)
    if language.blocks == "indentation":
        found &= ~annotations(tokens)  # the type before the sign
        found |= _parameters(tokens)
        found[:-1] |= (tokens.columns[:-1] >= 0) & (tokens.words[1:] == number(b":"))
    else:
        found[:-1] |= assigned[1:]
        declared = (tokens.kinds == Kind.NAME) | (tokens.kinds == Kind.KEYWORD)
        declared |= np.isin(tokens.words, [number(mark) for mark in (b"*", b"&", b">")])
        found[1:] |= declared[:-1]
    own: NDArray[np.bool_] = found & names
    return own


def _parameters(tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens are parameters: after a bracket or comma of a `def`, before its `->` and any other `def`."""
    number = tokens.vocabulary.number
    ending = number(b":"), number(b"->")
    depths, words = tokens.depths, tokens.words
    header = np.zeros(len(tokens), bool)
    starts = np.flatnonzero(words == number(b"def")).tolist()
    for start, limit in pairwise((*starts, len(tokens))):
        end = start + 2
        while end < limit and not (words[end] in ending and depths[end] <= depths[start]):
            end += 1
        header[start:end] = True
    opens = np.isin(words, [number(mark) for mark in (b"(", b",", b"*", b"**")])
    found = np.zeros(len(tokens), bool)
    found[1:] = opens[:-1] & header[1:] & (depths[1:] == 1)
    return found
