"""Comments and docstrings told from code, in every usual encoding, with the way back to their lines."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins.prose import Style, prose_of, style_of, utf8

STYLES: tuple[Style, ...] = ("python", "c", "hash")
MARKS = [
    b"#",
    b"//",
    b"/*",
    b"*/",
    b'"',
    b"'",
    b'"""',
    b"'''",
    b"\\",
    b"\n",
    b" ",
    b"a",
    b"r",
    b"=",
    b"\0",
    b"\xff",
]
code = st.lists(st.sampled_from([*MARKS, "한".encode(), b"    "]), max_size=60).map(b"".join)


def said(source: bytes, style: Style = "python") -> list[str]:
    """The lines of all comments and docstrings."""
    return prose_of(source, style).text.decode().splitlines()


@pytest.mark.parametrize(
    ("path", "style"),
    [
        ("model.py", "python"),
        ("a/b.PYI", "python"),
        ("kernels/norm.cu", "c"),
        ("a.tar.rs", "c"),
        ("web/app.tsx", "c"),
        ("run.sh", "hash"),
        ("a.d/CMakeLists.cmake", "hash"),
        ("README.md", None),
        ("Makefile", None),
        (".py", None),
        ("a.py/README", None),
        ("a.", None),
        ("", None),
    ],
)
def test_the_suffix_tells_how_comments_are_written(path: str, style: Style | None) -> None:
    assert style_of(path) == style


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"x = 1  # one\n# two\n", ["# one", "# two"]),
        (b"x = '# no' + \"# no\"  # yes\n", ["# yes"]),
        (b"x = 'it\\'s # no'  # yes\n", ["# yes"]),
        (b'def f():\n    """Says."""\n', ['"""Says."""']),
        (b"'''One\n# two\n'''\n", ["'''One", "# two", "'''"]),
        (b'r"""Raw."""\n', ['"""Raw."""']),
        (b'x = """# no\n# no\n"""  # yes\n', ["# yes"]),
        (b'x = "a # no\ny = 1  # yes\n', ["# yes"]),
        (b'"""never closed # so', ['"""never closed # so']),
        (b"# last", ["# last"]),
        (b"", []),
    ],
)
def test_comments_and_docstrings_of_python(source: bytes, expected: list[str]) -> None:
    assert said(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"int a; // one\n/* two\n three */ int b;\n", ["// one", "/* two", " three */"]),
        (b'char *s = "// no /* no"; // yes\n', ["// yes"]),
        (b"char c = '\"'; // yes\n", ["// yes"]),
        (b"fn f<'a>(x: &'a str) {} // yes\n", ["// yes"]),
        (b"x = 1'000'000; // yes\n", ["// yes"]),
        (b"x = a / b; // yes\n", ["// yes"]),
        (b"/* never closed // so", ["/* never closed // so"]),
        (b"/**/ // yes\n", ["/**/", "// yes"]),
    ],
)
def test_comments_of_languages_like_c(source: bytes, expected: list[str]) -> None:
    assert said(source, "c") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"#!/bin/sh\necho '# no' \"# no\" # yes\n", ["#!/bin/sh", "# yes"]),
        (b"# it's one\n# two\n", ["# it's one", "# two"]),
    ],
)
def test_comments_of_languages_with_a_hash(source: bytes, expected: list[str]) -> None:
    assert said(source, "hash") == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_the_usual_encodings_are_read_alike(encoding: str) -> None:
    text = "# 첫째 줄\n# 둘째 줄\n"

    assert utf8(text.encode(encoding)) == text.encode()


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_either_order_of_utf_16_is_read(mark: str) -> None:
    assert utf8("\ufeff# 한".encode(mark)).endswith("# 한".encode())


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_ends_of_lines_are_read_alike(ending: str) -> None:
    assert utf8(f"a{ending}{ending}b{ending}".encode()) == b"a\n\nb\n"


@pytest.mark.parametrize("broken", [b"\xff", b"\xe9", "한".encode()[:2], b"\xed\xa0\x80"])
def test_a_few_broken_bytes_do_not_make_korean_unreadable(broken: bytes) -> None:
    korean = "# 출처를 밝힌 한국어 주석\n".encode()

    assert korean in utf8(korean + b"# " + broken + b"\n" + korean)
    assert korean in utf8(korean + b"# " + broken)


@given(st.binary(max_size=60) | code)
def test_no_encoding_gains_or_loses_a_line(content: bytes) -> None:
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")
        assert utf8(content).count(b"\n") == lines


@given(st.binary(max_size=80), st.sampled_from(STYLES))
def test_any_bytes_are_read(content: bytes, style: Style) -> None:
    prose = prose_of(utf8(content), style)

    prose.text.decode()
    assert 1 <= prose.line(len(prose.source)) == prose.source.count(b"\n") + 1


@given(code.map(utf8), st.sampled_from(STYLES))
def test_every_piece_of_prose_leads_back_to_its_own_place(source: bytes, style: Style) -> None:
    prose = prose_of(source, style)

    for position, byte in enumerate(prose.text):
        place = prose.place(position)
        if byte != ord("\n"):
            assert source[place] == byte
            assert not prose.is_code(place)
        assert prose.line(place) == source[:place].count(b"\n") + 1


@given(code.map(utf8), st.sampled_from(STYLES))
def test_the_text_is_gone_through_once(source: bytes, style: Style) -> None:
    prose = prose_of(source, style)
    spans = list(zip(prose._starts, prose._ends, strict=True))

    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert len(prose.text) <= len(source) + len(spans)


@given(code.map(utf8), st.sampled_from(STYLES), st.integers(0, 200))
def test_text_after_a_closed_line_does_not_change_what_stands_before(
    source: bytes, style: Style, depth: int
) -> None:
    ended = b"x = 1\n" * depth + b"# here\n" + source

    assert prose_of(ended, "python").text.startswith(b"# here\n")
    assert prose_of(ended, style).line(len(b"x = 1\n") * depth) == depth + 1


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "unit",
    [b'"""', b"'''", b'"', b"'", b"\\", b"#", b"/*", b"/", b"*/", b"'\\", b'"\\\n', b"\n", b" ", b"'a", b"\xff"],
)
def test_a_megabyte_of_any_mark_is_read(style: Style, unit: bytes) -> None:
    source = utf8(unit * (1_000_000 // len(unit)))

    assert len(prose_of(source, style).text) <= 2 * len(source) + 1


@pytest.mark.parametrize(
    ("source", "indent"), [(b"a", 0), (b"    a", 4), (b"\ta", 8), (b"x\n  \ta", 8), (b"x a", None), (b"", 0)]
)
def test_the_indent_is_the_blank_that_the_line_begins_with(source: bytes, indent: int | None) -> None:
    assert prose_of(source, "python").indent(max(0, len(source) - 1)) == indent


def test_an_endless_indent_counts_as_none() -> None:
    assert prose_of(b" " * 1_000 + b"a", "python").indent(1_000) is None
    assert said(b" " * 1_000 + b'"""no docstring"""') == []


@pytest.mark.parametrize(
    ("source", "whole"),
    [(b"# a", True), (b"  # a", True), (b"x = 1  # a", False), (b'"""# a"""', False), (b"a", False)],
)
def test_a_comment_may_have_its_line_to_itself(source: bytes, whole: bool) -> None:
    assert prose_of(source, "python").is_whole_line_comment(source.index(b"a") if b"#" in source else 0) is whole
