"""What fingerprints stay the same under, what they hold, and that nothing makes them slow or fail."""

import random
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.origins import fingerprints
from compliance.origins.fingerprints import (
    LEAST_DISTINCT,
    LEAST_TELLING,
    TABLE,
    TELLING,
    fingerprints_of,
)
from compliance.origins.languages import LANGUAGES, Kind
from compliance.origins.lexing import Tokens, code
from compliance.origins.parameters import WINDOW, K
from tests.origins.code_samples import PYTHON
from tests.origins.readings import blocks_in, prints_of, tokens_of
from tests.origins.variants import REWRITINGS

SAMPLE = PYTHON.decode()
SUFFIXES = [one.suffixes[0] for one in LANGUAGES]
_MASK = (1 << 64) - 1

NAMES = [b"a", b"b", b"c", b"torch", b"softmax", b"x"]
MARKS = [b"(", b")", b"+", b"=", b".", b",", b"1", b"2", b"0.5", b"if", b"return", b"'s'"]
code_of_tokens = st.lists(st.sampled_from([*NAMES, *MARKS]), min_size=K, max_size=160)


@pytest.mark.parametrize("rewriting", REWRITINGS, ids=lambda one: one.__name__)
@given(seed=st.integers(0, 1 << 32))
@settings(max_examples=25)
def test_what_only_looks_different_has_the_same_fingerprints(
    rewriting: Callable[[str, random.Random], str], seed: int
) -> None:
    other = rewriting(SAMPLE, random.Random(seed))  # noqa: S311

    assert prints_of(other.encode()) == prints_of(PYTHON), other


@given(seed=st.integers(0, 1 << 32), chosen=st.sets(st.sampled_from(REWRITINGS), min_size=2))
@settings(max_examples=60)
def test_all_of_it_together_has_the_same_fingerprints(
    seed: int, chosen: set[Callable[[str, random.Random], str]]
) -> None:
    chance = random.Random(seed)  # noqa: S311
    other = SAMPLE
    for rewriting in REWRITINGS:
        if rewriting in chosen:
            other = rewriting(other, chance)

    assert prints_of(other.encode()) == prints_of(PYTHON), other


@pytest.mark.parametrize(
    ("name", "other"),
    [("torch.triu", "torch.tril"), ("keepdim", "axis"), ("0.5", "0.25"), ("torch.softmax", "torch.sigmoid")],
)
def test_a_name_of_a_library_or_a_number_counts(name: str, other: str) -> None:
    text = SAMPLE.replace("torch.full(", "torch.full(").replace(
        "dim=-1)\n        mixed", "keepdim=0.5)\n        mixed"
    )

    assert prints_of(text.replace(name, other).encode()) != prints_of(text.encode())


def test_two_names_that_become_one_are_seen() -> None:
    assert prints_of(SAMPLE.replace("key", "query").encode()) != prints_of(PYTHON)


def test_a_function_has_the_same_fingerprints_wherever_it_stands() -> None:
    rotated = SAMPLE[SAMPLE.index("    def forward") :]
    alone = "class Other:\n" + rotated[: rotated.index("\n\n\nasync")]

    assert set(prints_of(alone.encode())) <= set(prints_of(PYTHON))


def naive_hash(tokens: Tokens, start: int) -> int:
    """The hash of one k-gram by its definition: no running totals, no other k-gram looked at."""
    total = 0
    codes = tokens.vocabulary.codes(tokens.words).tolist()
    for offset in range(K):
        at = start + offset
        value = codes[at]
        if tokens.kinds[at] == Kind.NAME:
            earlier = [back for back in range(1, offset + 1) if tokens.words[at - back] == tokens.words[at]]
            value = code(b"name %d" % (earlier[0] if earlier else 0))
        total += value * pow(0x9E3779B97F4A7C15, offset, 1 << 64)
    total &= _MASK
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        total = ((total ^ (total >> 33)) * factor) & _MASK
    return total ^ (total >> 33)


def naive_counts(tokens: Tokens, start: int) -> tuple[int, int]:
    """Different tokens, and outside names and numbers, of the k-gram at `start`."""
    words = tokens.words[start : start + K].tolist()
    return len(set(words)), sum(
        kind in (Kind.API, Kind.NUMBER) for kind in tokens.kinds[start : start + K].tolist()
    )


def naive_decisive(tokens: Tokens, start: int) -> bool:
    distinct, outside = naive_counts(tokens, start)
    return distinct >= LEAST_DISTINCT and outside >= LEAST_TELLING


def naive_telling(tokens: Tokens, start: int) -> float:
    distinct, outside = naive_counts(tokens, start)
    words = any(kind in (Kind.API, Kind.KEYWORD) for kind in tokens.kinds[start : start + K].tolist())
    if distinct >= TABLE and not words:
        return 0
    return max(
        (worth for different, names, worth in TELLING if distinct >= different and outside >= names), default=0
    )


@given(code_of_tokens)
def test_every_fingerprint_is_the_hash_of_its_own_k_gram_alone(words: list[bytes]) -> None:
    text = blocks_in(b"{ " + b" ".join(words), "a.sh")
    naive = {
        naive_hash(text.tokens, start): naive_telling(text.tokens, start)
        for start in range(len(text.tokens) - K + 1)
    }

    found = fingerprints_of(text)

    assert all(
        naive[value] == telling for value, telling in zip(found.values.tolist(), found.telling, strict=True)
    )


@given(
    code_of_tokens,
    code_of_tokens,
    st.lists(st.sampled_from([*NAMES, *MARKS]), min_size=K + WINDOW - 1, max_size=60),
)
def test_a_shared_stretch_that_could_decide_shares_a_fingerprint(
    before: list[bytes], after: list[bytes], shared: list[bytes]
) -> None:
    text = tokens_of(b" ".join(shared), "a.sh")
    starts = range(len(text) - K + 1)
    could_decide = [
        any(naive_decisive(text, at) for at in starts[window : window + WINDOW])
        for window in range(len(starts) - WINDOW + 1)
    ]

    one, two = (prints_of(b" ".join(words), "a.sh") for words in ([*before, *shared], [*shared, *after]))

    if any(could_decide):
        assert set(one) & set(two)


@given(code_of_tokens)
def test_every_window_with_a_k_gram_that_could_decide_keeps_one(words: list[bytes]) -> None:
    text = blocks_in(b" ".join(words), "a.sh")
    kept = set(fingerprints_of(text).values.tolist())
    starts = range(len(text.tokens) - K + 1)

    for window in range(len(starts) - WINDOW + 1):
        here = starts[window : window + WINDOW]
        if any(naive_decisive(text.tokens, start) for start in here):
            assert kept & {naive_hash(text.tokens, start) for start in here}


def test_lines_and_blocks_of_fingerprints_are_those_of_their_tokens() -> None:
    text = blocks_in(PYTHON, "a.py")
    found = fingerprints_of(text)

    for block, first, last in zip(found.blocks, found.first_lines, found.last_lines, strict=True):
        begin, end = text.blocks[block].lines
        assert begin <= first <= last <= end


def hostile() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "one line of 1 MB", b"x = y + 1 " * 100_000
    yield "one word of 1 MB", b"x" * 1_000_000
    yield "NUL bytes", b"a = 1\0\0\0\n" * 1_000
    yield "UTF-16", SAMPLE.encode("utf-16")
    yield "not UTF-8", bytes(range(256)) * 400
    yield "100,000 open parentheses", b"(" * 100_000
    yield "100,000 nested parentheses", b"(" * 100_000 + b")" * 100_000
    yield "100,000 closing brackets", b")]}" * 33_333
    yield "100,000 open braces with headers", b"void f() {" * 20_000
    yield "unterminated strings", b"x = '''\\" * 20_000
    yield "a quote on every line", b"x = \"\ny = '\n" * 20_000
    yield "unterminated comments", b"/* a " * 50_000
    yield "raw strings of rust", b'r#"' * 50_000
    yield "functions without a colon", b"def f\n" * 30_000
    yield "classes without a colon", b"class A\n" * 30_000
    yield "decorators of nothing", b"@a\n" * 50_000
    yield "deep indentation", b"".join(b" " * depth + b"if a:\n" for depth in range(700))
    yield "annotations without an end", b"x: " * 50_000
    yield "carriage returns alone", b"a = 1\r" * 20_000
    yield "backslashes", b"\\" * 100_000
    yield "lambdas", b"lambda: " * 30_000


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("content", [pytest.param(content, id=name) for name, content in hostile()])
def test_hostile_text_is_read_like_any_other(content: bytes, suffix: str) -> None:
    for value in prints_of(content, f"a{suffix}"):
        assert 0 <= value <= _MASK


class Counting(np.ndarray):
    """Counts the elements that numpy's functions go through."""

    elements = 0

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: object, **options: object) -> object:
        plain = [one.view(np.ndarray) if isinstance(one, Counting) else one for one in inputs]
        Counting.elements += max(np.size(one) for one in plain)  # type: ignore[arg-type]
        found = getattr(ufunc, method)(*plain, **options)
        return found.view(Counting) if isinstance(found, np.ndarray) else found


def test_hashing_goes_over_the_tokens_a_fixed_number_of_times() -> None:
    elements = []
    for size in (1_000, 10_000, 100_000):
        Counting.elements = 0
        codes = np.arange(size, dtype=np.uint64).view(Counting)
        chosen = np.zeros(size, bool)
        fingerprints._hashes(codes, chosen, np.full(size, -1, np.int64))
        elements.append(Counting.elements)

    assert all(10 * small >= large for small, large in pairwise(elements))
