"""Figures of the origin benchmark from answers that are known."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.documents import write_section
from benchmarks.origins import measures
from benchmarks.origins.code_lines import code_lines
from benchmarks.origins.corpus import half_of, model_name
from benchmarks.origins.independent import IndependentFile, own_decoder
from benchmarks.origins.measures import FalseAlarm, Outcome
from benchmarks.origins.method import Answer, Guess, KnownFile
from benchmarks.origins.mutation.kinds import mutate
from benchmarks.origins.samples import Sample
from benchmarks.origins.twins import shape

ORIGIN = KnownFile("project:models/apple.py", "1.0", "0")


def alarm(*spans: tuple[int, int, float], lines: int = 100) -> FalseAlarm:
    guesses = tuple(Guess(first, last, "x:y.py", None, score) for first, last, score in spans)
    file = IndependentFile("host", "host.py", b"", frozenset(range(1, lines + 1)), "tuning")
    return FalseAlarm(file, Answer(1.0, (), guesses), 0.0)


spans = st.lists(st.tuples(st.integers(1, 50), st.integers(51, 120), st.floats(0, 1)), max_size=4)


@given(st.lists(spans, max_size=6), st.floats(0, 0.5))
def test_a_threshold_keeps_to_its_budget(found: list[list[tuple[int, int, float]]], budget: float) -> None:
    alarms = [alarm(*one) for one in found]
    assert measures.flagged_share(alarms, measures.threshold_for(alarms, budget)) <= budget


def test_a_threshold_is_no_higher_than_needed() -> None:
    alarms = [alarm((1, 1, 0.4)), alarm((1, 50, 0.3)), alarm(lines=800)]
    assert measures.threshold_for(alarms, 0.001) == 0.4


def test_lines_are_right_or_wrong_by_what_was_pasted() -> None:
    sample = Sample("k", "test", ORIGIN, "a.py", b"", frozenset(range(1, 21)), frozenset(range(11, 21)))
    answer = Answer(1.0, (), (Guess(10, 15, "x:y.py", None, 0.9), Guess(1, 20, "x:y.py", None, 0.1)))
    precision, recall = measures.line_figures([Outcome(sample, answer, 0.0)], 0.5)
    assert (precision, recall) == (5 / 6, 5 / 10)


def test_a_model_has_one_name_in_all_projects_and_so_one_half() -> None:
    families = (
        "transformers:transformers/models/qwen2_moe/modeling_qwen2_moe.py",
        "transformers:transformers/models/qwen2_moe/configuration_qwen2_moe.py",
        "vllm:vllm/model_executor/models/qwen2_moe.py",
        "paddlenlp:paddlenlp/transformers/qwen2_moe/modeling.py",
    )
    assert {model_name(family) for family in families} == {"qwen2moe"}
    assert len({half_of(model_name(family)) for family in families}) == 1


def test_twins_differ_in_names_and_words_alone() -> None:
    source = b"""
from a import b
from .c import D
class E(D):
    pass
def f(x: int):
    'Doc.'
    return b(x, 'word') + 1
"""
    other = b"""
from c import d
from .x import Y
from a import b
class Z(Y):
    pass
def g(y):
    return b(y, 'other') + 1  # note
"""
    assert shape(source) == shape(other)
    assert shape(source) != shape(other.replace(b"+ 1", b"+ 2"))
    assert shape(b"def (") is None


def test_renamed_mutants_are_twins_of_their_origin() -> None:
    source = Path(measures.__file__).read_bytes()
    mutant = mutate(source, "renamed", "seed")
    assert mutant is not None
    assert shape(mutant.encode()) == shape(source)


def test_blank_lines_comments_and_docstrings_hold_no_code() -> None:
    assert code_lines(b'"""Doc\nmore."""\n# note\nx = (\n\n    1)\n') == {4, 6}


def test_tables_of_literals_hold_no_code_but_their_first_and_last_line() -> None:
    assert code_lines(b"x = [\n    1,\n    -2,\n]\ny = [\n    f(1),\n]\n") == {1, 4, 5, 6, 7}


def test_the_decoder_written_anew_is_a_file_of_some_size() -> None:
    assert len(own_decoder().code) > 120


def test_a_section_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    document = tmp_path / "document.md"
    write_section(document, "one", "# First\n\nold")
    write_section(document, "two", "# Second")
    write_section(document, "one", "# First\n\nnew \\1")
    text = document.read_text()
    assert text.index("new \\1") < text.index("# Second")
    assert "old" not in text
