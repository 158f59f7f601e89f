"""Sentences that say where code comes from: how they say it, what they name, on which lines."""

import sys
from collections.abc import Callable
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins import statements
from compliance.origins.prose import Style, prose_of, utf8
from compliance.origins.statements import Form, How, OriginStatement

LINK = "https://github.com/garam/hanbit/blob/main/hanbit.py"


def read(text: str | bytes, style: Style = "python") -> tuple[OriginStatement, ...]:
    """The statements in `text`, a source file."""
    content = text.encode() if isinstance(text, str) else text
    return statements.statements(prose_of(utf8(content), style))[0]


def only(text: str, style: Style = "python") -> OriginStatement:
    (found,) = read(text, style)
    return found


@pytest.mark.parametrize(
    ("comment", "how"),
    [
        ("Copied from garam.hanbit.model", "copied-from"),
        ("copy-pasted from garam.hanbit.model", "copied-from"),
        ("This was taken directly from garam.hanbit.model", "copied-from"),
        ("A copy of garam.hanbit.model", "copied-from"),
        ("Adapted from garam.hanbit.model", "adapted-from"),
        ("Modified heavily from garam.hanbit.model", "adapted-from"),
        ("a port of garam.hanbit.model", "adapted-from"),
        ("Copied and modified from garam.hanbit.model", "copied-from"),
        ("ADAPTED FROM garam.hanbit.model", "adapted-from"),
        ("automatically generated from garam/modular_hanbit.py", "generated-from"),
        ("The code is based on garam.hanbit.model", "based-on"),
        ("inspired by garam.hanbit.model", "based-on"),
        ("출처: garam.hanbit.model", "copied-from"),
        ("발췌 garam.hanbit.model", "copied-from"),
        ("garam.hanbit.model 을 수정하여 사용", "adapted-from"),
        ("참고: garam.hanbit.model", "refers-to"),
        ("garam.hanbit.model 참조", "refers-to"),
        ("来源：garam.hanbit.model", "copied-from"),
        ("摘自 garam.hanbit.model", "copied-from"),
        ("改编自 garam.hanbit.model", "adapted-from"),
        ("基于 garam.hanbit.model 实现", "adapted-from"),
        ("参考 garam.hanbit.model", "refers-to"),
        ("出典: garam.hanbit.model", "copied-from"),
        (LINK, "refers-to"),
        (f"source: {LINK}", "refers-to"),
        (f"Original code: <{LINK}>", "refers-to"),
    ],
)
def test_a_sentence_tells_how_code_comes_from_somewhere(comment: str, how: How) -> None:
    assert only(f"# {comment}\n").how == how


@pytest.mark.parametrize(
    ("named", "form", "reference"),
    [
        (LINK, "address", LINK),
        (f"the code ({LINK}).", "address", LINK),
        ("github.com/garam/hanbit", "address", "github.com/garam/hanbit"),
        ("garam.hanbit.HanbitModel.forward", "dotted", "garam.hanbit.HanbitModel.forward"),
        ("`garam.hanbit.model`.", "dotted", "garam.hanbit.model"),
        ("garam.c.model", "dotted", "garam.c.model"),
        ("garam/hanbit/model.py", "path", "garam/hanbit/model.py"),
        ("model.cuh,", "path", "model.cuh"),
        ("garam/hanbit", "repository", "garam/hanbit"),
        ("garam/hanbit, see " + LINK, "address", LINK),
        ("the paper of Garam", "words", "the paper of Garam"),
    ],
)
def test_what_a_sentence_names_is_told_apart_by_its_form(named: str, form: Form, reference: str) -> None:
    found = only(f"# Adapted from {named}\n")

    assert (found.form, found.reference) == (form, reference)


@pytest.mark.parametrize(
    "comment",
    [
        "This was not copied from garam.hanbit.model",
        "We never directly copied from garam.hanbit.model",
        "It isn't adapted from garam.hanbit.model",
        "uncopied from garam.hanbit.model",
        "is_copied from garam.hanbit.model",
        "re.copied from garam.hanbit.model",
        "copied to garam.hanbit.model",
        "copied by garam.hanbit.model",
        "sorted by garam.hanbit.model",
        "the hanbit version of garam.hanbit.model",
        "see garam.hanbit.model",
        f"see {LINK} for the reason",
        f"{LINK} breaks on Tuesdays",
        "Nothing of the kind",
        "copied from",
        "출처",
        "참고하세요",
    ],
)
def test_other_sentences_say_nothing(comment: str) -> None:
    assert read(f"# {comment}\n") == ()


@pytest.mark.parametrize(
    "code",
    [
        "says = 'copied from garam.hanbit.model'\n",
        'says = """copied from garam.hanbit.model"""\n',
        f"url = '{LINK}'\n",
        "copied_from = garam.hanbit.model\n",
    ],
)
def test_what_stands_in_code_says_nothing(code: str) -> None:
    assert read(code) == ()


@pytest.mark.parametrize(
    ("text", "style", "lines"),
    [
        ("\n\nx = 1  # copied from garam.hanbit.model\n", "python", (3, 3)),
        ('def f():\n    """Does.\n\n    Copied from garam.hanbit.model.\n    """\n', "python", (4, 4)),
        (f"# Copied from\n# {LINK}\n", "python", (1, 2)),
        (f"# Adapted from:\n#\t- {LINK}\n", "python", (1, 2)),
        ("/*\n * Adapted\n * from garam/hanbit.cu\n */\n", "c", (2, 3)),
        ("// one\n// two, copied from\n// garam/hanbit.cu\n", "c", (2, 3)),
        (f"# 출처\n# {LINK}\n", "python", (1, 2)),
        (f"# a\n\n# {LINK} 참고\n", "python", (3, 3)),
        ("x = '''\n# copied from a.b.c\n'''\n# copied from d.e.f\n", "python", (4, 4)),
        ("a\r\nb\r\n# copied from d.e.f\r\n", "hash", (3, 3)),
    ],
)
def test_the_lines_are_those_from_the_word_to_the_name(text: str, style: Style, lines: tuple[int, int]) -> None:
    assert only(text, style).lines == lines


def test_several_sentences_are_told_in_the_order_of_their_lines() -> None:
    text = f"# {LINK}\n# copied from a.b.c\nx = 1\n# 출처: d.e.f\n"

    assert [(one.how, one.lines[0]) for one in read(text)] == [
        ("refers-to", 1),
        ("copied-from", 2),
        ("copied-from", 4),
    ]


def test_a_line_says_one_thing() -> None:
    assert only(f"# adapted from a.b.c, 출처: {LINK}\n").how == "adapted-from"


def test_the_saying_is_the_line_with_single_blanks() -> None:
    assert only("#   copied  from\tgaram.hanbit.model  today\n").says == "# copied from garam.hanbit.model today"


@pytest.mark.parametrize("before", ["x " * 120, "가" * 120, "x" * 1_000, "한 " * 1_000])
def test_the_saying_shows_the_sentence_however_much_stands_before_it(before: str) -> None:
    says = only(f"# {before} copied from garam.hanbit.model\n").says

    assert "copied from garam.hanbit.model" in says
    assert len(says) <= 200
    assert "\ufffd" not in says


def test_a_sentence_knows_its_place_in_the_source() -> None:
    text = "x = 1\n# 한글, copied from garam.hanbit.model\n"

    assert text.encode()[only(text).position :].startswith(b"copied from")


def test_too_many_sentences_are_told_to_be_more() -> None:
    lines = "# copied from garam.hanbit.model\n" * statements.MOST
    exactly = statements.statements(prose_of(lines.encode(), "python"))
    more = statements.statements(prose_of(lines.encode() * 2, "python"))

    assert (len(exactly[0]), exactly[1]) == (statements.MOST, False)
    assert (len(more[0]), more[1]) == (statements.MOST, True)


WORDS = [
    "copied",
    "from",
    "based on",
    "출처",
    "参考",
    "not",
    LINK,
    "a.b.c",
    "a/b.py",
    "#",
    '"""',
    "\n# ",
    "\n",
    " ",
    "->",
]
sentences = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@given(st.binary(max_size=200) | sentences.map(str.encode), st.sampled_from(["python", "c", "hash"]))
def test_any_bytes_are_read(content: bytes, style: Style) -> None:
    source = utf8(content)
    last = source.count(b"\n") + 1

    for one in read(content, style):
        assert 1 <= one.lines[0] <= one.lines[1] <= last
        assert one.reference
        assert len(one.says) <= 200


@pytest.mark.parametrize(
    "text",
    [
        f"# values are taken from\nx = 1\n\n\n# {LINK} has more\n",
        "# our own, based on\nx = 1\n\n# garam.hanbit.model\n",
        "# as copied\nx = 1\ny = 2\n# from garam.hanbit.model on\n",
        "# 출처\nx = 1\n\n# garam.hanbit.model\n",
    ],
)
def test_a_sentence_does_not_go_on_in_a_comment_elsewhere(text: str) -> None:
    assert read(text) == ()


@given(st.lists(st.sampled_from([*WORDS, "x = 1\n", "f('#')\n"]), max_size=20).map(" ".join))
def test_every_sentence_stands_where_it_is_said_to_stand(before: str) -> None:
    before = before.replace('"', "")
    content = f"{before}\n\n\nx = 1  # copied from garam.hanbit.model\n"
    line = content.count("\n")

    assert [one.reference for one in read(content) if one.lines == (line, line)] == ["garam.hanbit.model"]


def calls(function: Callable[[], object]) -> int:
    """How many functions are called on the way, those of C included."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


UNITS = [
    "# copied from garam.hanbit.model\n",
    "# copied from ",
    "# copied from\n",
    "# from ",
    "# not copied from a.b.c",
    "# 출처 ",
    "# 출처\n",
    "# 참고: a.b.c\n",
    f"# {LINK}\n",
    f"# {LINK} ",
    "# https://",
    "# copied and modified and copied and ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_ten_times_the_text_takes_about_ten_times_the_steps(unit: str) -> None:
    prose = [prose_of((unit * count).encode(), "python") for count in (100, 1_000, 10_000)]
    read(unit)
    steps = [calls(lambda one=one: statements.statements(one)) for one in prose]  # type: ignore[misc]

    assert all(large <= 11 * small for small, large in pairwise(steps))


@pytest.mark.parametrize(
    "unit",
    [
        *UNITS,
        "# copied from " + "a." * 240 + "a-\n",
        "# copied from " + "a/" * 240 + "-\n",
        "# copied from " + "a" * 480 + "\n",
        "# copied from a.b.c with " + "a" * 400 + "\n",
        "# copied" + ", and" * 5 + "\n",
        "# 출처 " + "a." * 240 + "a-\n",
        "#" + " " * 480,
    ],
)
def test_a_megabyte_of_any_sentence_is_read(unit: str) -> None:
    content = (unit * (1_000_000 // len(unit.encode()))).encode()

    assert len(statements.statements(prose_of(content, "python"))[0]) <= 3 * statements.MOST
