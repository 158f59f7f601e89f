"""One way of reading for everything that is compared: outside names and vocabularies, the same on both sides."""

import json
from functools import cache

from compliance.origins.blocks import Blocks, blocks_of
from compliance.origins.fingerprints import Fingerprints, fingerprints_of
from compliance.origins.languages import Language
from compliance.origins.lexing import Vocabulary, lex
from compliance.origins.parameters import API_NAMES


def read(content: bytes, language: Language) -> tuple[Blocks, Fingerprints]:
    """`content` as blocks, with their fingerprints."""
    blocks = blocks_of(lex(content, vocabulary(language)))
    return blocks, fingerprints_of(blocks)


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The vocabulary of `language`, which this process shares among all texts."""
    names = json.loads(API_NAMES).get(language.name, [])
    return Vocabulary(language, frozenset(name.encode() for name in names))
