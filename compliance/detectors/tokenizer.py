"""Tokenizers have origins too: a fingerprint of the vocabulary, and special tokens that few families have.

A tokenizer says nothing of weights. Tokens that name a family are a lead at low confidence.
"""

import re
from collections.abc import Iterable, Iterator

from compliance.detectors.detector import ExaminedFile
from compliance.model.card_fields import TOKENIZER
from compliance.model.evidence import Lines, Statement
from compliance.model.finding import Finding, ModelCardFinding, WeightsFinding
from compliance.model.skip import Skip
from compliance.model.text import encodable
from compliance.weights import families, tokenizer_marks, tokenizers
from compliance.weights.faults import WeightFileError

_FINGERPRINTED = re.compile(
    r"tokenizer\.json|(?:.*tokenizer.*|spiece|sentencepiece.*)\.model(?:\.v\d\w*)?|.*\.tiktoken", re.IGNORECASE
)
_WITH_TOKENS = frozenset(
    {
        *("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"),
        *("chat_template.json", "chat_template.jinja"),
    }
)


_MEANT = re.compile(r'"(?:added_tokens|pre_tokenizer|vocab)"\s*:')
"""What tells a broken tokenizer from any other file of that name."""
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


class TokenizerFiles:
    """Reads the vocabulary of tokenizers, and tokens in the files beside them."""

    name = "tokenizer"
    version = f"1+{tokenizers.RECIPE}+marks-{tokenizer_marks.DATA_VERSION}+families-{families.DATA_VERSION}"

    def wants(self, path: str, size: int) -> bool:
        """The file names under which the libraries save tokenizers and what belongs to them."""
        name = path.rsplit("/", 1)[-1][:200]
        return size > 0 and (name in _WITH_TOKENS or _FINGERPRINTED.fullmatch(name) is not None)

    def name_key(self, path: str) -> str:
        """The file name as far as it says what kind of file it is."""
        name = path.rsplit("/", 1)[-1]
        return name if name in _WITH_TOKENS or name == "tokenizer.json" else ""

    def prepare(self) -> None:
        """Load the table of tokens."""
        tokenizer_marks.marked(())

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """The fingerprint of a vocabulary, and each developer whose tokens stand in the file."""
        content = file.read()
        text = content.decode("utf-8", "replace")
        if file.name in _WITH_TOKENS:
            yield from _marks(_seen(text), text)
            return
        try:
            read = tokenizers.read_json if file.name == "tokenizer.json" else tokenizers.read_model
            found = read(content)
        except WeightFileError as error:
            if file.name != "tokenizer.json" or _MEANT.search(text):
                yield Skip.of(error.fault.reason, error.fault.said)
            return
        if found is not None:
            yield ModelCardFinding(field=TOKENIZER, value=encodable(found.fingerprint))
            yield from _marks(found.special, text if file.name == "tokenizer.json" else "")


def _seen(text: str) -> list[str]:
    """Tokens that stand in `text` as they are, or as JSON escapes them."""
    return tokenizer_marks.tokens_in(text if "\\u" not in text else f"{text}\n{_unescaped(text)}")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _marks(tokens: Iterable[str], text: str) -> Iterator[Finding]:
    for one in tokenizer_marks.marked(list(tokens)):
        lines = _line(text, one.tokens[0])
        yield WeightsFinding(
            lines=lines,
            component="tokenizer",
            family=one.family,
            developer=one.developer,
            country=one.country,
            basis="config",
            confidence=tokenizer_marks.MARKED,
            evidence=(Statement(lines=lines, field="special-tokens", says=" ".join(one.tokens)[:200]),),
        )


def _line(text: str, token: str) -> Lines | None:
    at = text.find(token)
    if at < 0:
        return None
    line = text.count("\n", 0, at) + 1
    return line, line


DETECTOR = TokenizerFiles()
