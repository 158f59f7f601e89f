"""Fingerprints of tokenizers: Hugging Face's `tokenizer.json`, SentencePiece's and tiktoken's `tokenizer.model`.

A tokenizer that was taken over and extended keeps its vocabulary and merges; added tokens stand apart. So the
digest of the vocabulary survives what a fine-tune adds. Equal digests are equal vocabularies in the same order;
who made them first, they don't tell.

SentencePiece's format: its `sentencepiece_model.proto`.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from compliance.weights.faults import malformed
from compliance.weights.header_reader import HeaderReader
from compliance.weights.protobuf_wire import BYTES, VARINT, WireReader

RECIPE = "tokenizer-1"
"""Changes whenever the same tokenizer may get another fingerprint."""
SMALLEST = 256
"""Pieces of a vocabulary from which its digest says something: bytes and letters alone are everybody's."""
MOST_PIECES = 2_000_000
_LONGEST_PIECE = 1_000
_FIRST_MERGES = 2_000
"""A tokenizer whose vocabulary was extended has more merges; the first ones stay. Fewer tell nothing."""
_RANKED = re.compile(rb"(?:[A-Za-z0-9+/]{1,1000}={0,2} [0-9]{1,7}\r?\n){3}")
"""The first lines of tiktoken's files: bytes in base64 and their rank."""
_CONTROL, _USER_DEFINED = 3, 4
_PIECES, _PIECE, _KIND = 1, 1, 3
"""Numbers of the fields of SentencePiece's messages that are read."""


class _AddedToken(msgspec.Struct):
    content: str = ""
    special: bool = False


class _Model(msgspec.Struct):
    type: str | None = None
    vocab: dict[str, int] | list[tuple[str, float]] = msgspec.field(default_factory=dict)
    merges: list[str | tuple[str, str]] = msgspec.field(default_factory=list)


class _File(msgspec.Struct):
    model: _Model
    added_tokens: list[_AddedToken] = msgspec.field(default_factory=list)


class Tokenizer(msgspec.Struct, frozen=True):
    """What a tokenizer is made of."""

    kind: str
    """`BPE`, `Unigram`, `WordPiece`, `WordLevel`, `SentencePiece`, as the file says."""
    pieces: int
    """In the vocabulary without added tokens."""
    vocabulary: str | None
    """Digest of the pieces in their order; None for a vocabulary too small to tell."""
    merges: str | None
    """Digest of the first merges; None where there are too few to tell."""
    special: tuple[str, ...]
    """Added, control and user-defined tokens, sorted."""

    @property
    def fingerprint(self) -> str:
        """On one line, the same for the same tokenizer."""
        special = _digest(self.special) if self.special else "-"
        digests = f"vocabulary={self.vocabulary or '-'} merges={self.merges or '-'} special={special}"
        return f"{RECIPE} {self.kind} pieces={self.pieces} {digests}"


def digest_in(fingerprint: str, part: Literal["vocabulary", "merges"]) -> str | None:
    """The digest of the `part` in a `fingerprint` of this recipe; None where it has none."""
    words = fingerprint.split()
    if not words or words[0] != RECIPE:
        return None
    found = [one.partition("=")[2] for one in words if one.startswith(f"{part}=")]
    return found[0] if found and found[0] != "-" else None


def read_json(content: bytes) -> Tokenizer:
    """The tokenizer in the `tokenizer.json` with `content`.

    Raises:
        WeightFileError: it is no such file.
    """
    try:
        file = msgspec.json.decode(content, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        what = str(error)[:200]
        raise malformed(
            f"no tokenizer as the library writes it: {what}", f"토크나이저 형식 아님: {what}"
        ) from error
    vocab = file.model.vocab
    pieces = sorted(vocab, key=vocab.__getitem__) if isinstance(vocab, dict) else [one for one, _ in vocab]
    merges = [one if isinstance(one, str) else " ".join(one) for one in file.model.merges[:_FIRST_MERGES]]
    return Tokenizer(
        kind=(file.model.type or "?")[:20],
        pieces=len(pieces),
        vocabulary=_vocabulary(pieces),
        merges=_digest(merges) if len(merges) == _FIRST_MERGES else None,
        special=tuple(sorted({one.content for one in file.added_tokens if one.content})),
    )


def read_model(content: bytes) -> Tokenizer | None:
    """The tokenizer in the file with `content`, of SentencePiece or tiktoken; None where it is of neither.

    Raises:
        WeightFileError: it begins like SentencePiece's and is broken.
    """
    if _RANKED.match(content):
        pieces = [line.split(b" ", 1)[0].decode("ascii", "replace") for line in content.split(b"\n", MOST_PIECES)]
        pieces = [one for one in pieces if one]
        return Tokenizer("tiktoken", len(pieces), _vocabulary(pieces), None, ())
    return _sentencepiece(content) if content.startswith(b"\n") else None


def _sentencepiece(content: bytes) -> Tokenizer | None:
    wire = WireReader(HeaderReader(io.BytesIO(content), len(content)))
    pieces: list[str] = []
    special: set[str] = set()
    for number, kind, length in wire.fields(len(content)):
        if (number, kind) != (_PIECES, BYTES):
            continue
        if len(pieces) == MOST_PIECES:
            raise malformed(f"more than {MOST_PIECES:,} pieces", f"조각 {MOST_PIECES:,}개 초과")
        piece, type_ = _piece(wire, wire.header.offset + length)
        if type_ in {_CONTROL, _USER_DEFINED}:
            special.add(piece)
        else:
            pieces.append(piece)
    if not pieces:
        return None  # a file of another kind that happens to be made of fields
    return Tokenizer("SentencePiece", len(pieces), _vocabulary(pieces), None, tuple(sorted(special)))


def _piece(wire: WireReader, end: int) -> tuple[str, int]:
    piece, type_ = "", 1
    for number, kind, value in wire.fields(end):
        if (number, kind) == (_PIECE, BYTES):
            piece = wire.text(value, _LONGEST_PIECE)
        elif (number, kind) == (_KIND, VARINT):
            type_ = value
    return piece, type_


def _vocabulary(pieces: Sequence[str]) -> str | None:
    """The digest of `pieces`; None where they are too few to tell."""
    return _digest(pieces) if len(pieces) >= SMALLEST else None


def _digest(words: Iterable[str]) -> str:
    """Sixteen hexadecimal digits; a zero byte stands between words, since none holds one."""
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]
