"""Reading texts as the tests of lexer, blocks and fingerprints do."""

from compliance.origins.blocks import Blocks, blocks_of
from compliance.origins.dialect import read, vocabulary
from compliance.origins.languages import language_of
from compliance.origins.lexing import Tokens, lex


def tokens_of(content: bytes, path: str) -> Tokens:
    """The tokens of `content`, in the language that `path` names."""
    language = language_of(path)
    assert language is not None, path
    return lex(content, vocabulary(language))


def words_of(content: bytes, path: str) -> list[bytes]:
    """How the tokens of `content` are written; strings are empty."""
    tokens = tokens_of(content, path)
    return [tokens.spelling(position) for position in range(len(tokens))]


def blocks_in(content: bytes, path: str) -> Blocks:
    """The blocks of `content`."""
    return blocks_of(tokens_of(content, path))


def places_of(content: bytes, path: str) -> dict[str, tuple[int, int]]:
    """First and last line of each block that has a name; the first one where several have the same."""
    found: dict[str, tuple[int, int]] = {}
    for block in blocks_in(content, path).blocks:
        if block.name:
            found.setdefault(block.name, block.lines)
    return found


def prints_of(content: bytes, path: str = "a.py") -> list[int]:
    """The fingerprints of `content`, in order."""
    language = language_of(path)
    assert language is not None, path
    values: list[int] = read(content, language)[1].values.tolist()
    return values
