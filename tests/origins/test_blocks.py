"""What stands by itself when code is compared: functions, and what lies between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins.languages import LANGUAGES
from tests.origins import code_samples
from tests.origins.readings import blocks_in, places_of


def _held(content: bytes, path: str, name: str) -> set[bytes]:
    text = blocks_in(content, path)
    return {
        text.tokens.spelling(position)
        for block in text.blocks
        if block.name == name
        for position in range(block.first, block.end)
    }


def test_python_functions_and_methods_are_blocks_with_their_headers_lines() -> None:
    assert places_of(code_samples.PYTHON, "a.py") == {
        "rotate": (12, 15),
        "Attention": (18, 21),
        "Attention.__init__": (23, 29),
        "Attention.mask": (31, 35),
        "Attention.forward": (37, 51),
        "serve": (54, 55),
    }


def test_a_nested_function_belongs_to_the_one_around_it() -> None:
    assert {b"repeat_interleave", b"view"} <= _held(code_samples.PYTHON, "a.py", "Attention.forward")


def test_a_header_does_not_count() -> None:
    assert not {b"def", b"width", b"groups", b"int"} & (
        _held(code_samples.PYTHON, "a.py", "Attention.mask") | _held(code_samples.PYTHON, "a.py", "serve")
    )


def test_decorators_do_not_count() -> None:
    assert b"no_grad" not in _held(code_samples.PYTHON, "a.py", "Attention.mask")


def test_imports_and_annotations_do_not_count() -> None:
    assert _held(b"import a\nfrom b import (\n    c,\n    d,\n)\nx: List[int] = y\n", "a.py", "") == {
        b"x",
        b"=",
        b"y",
    }


def test_a_class_in_a_class_is_named_after_both() -> None:
    code = (
        b"class A:\n    class B:\n        def f(self):\n            return 1\n    def g(self):\n        return 2\n"
    )

    assert list(places_of(code, "a.py")) == ["A", "A.B", "A.B.f", "A.g"]


def test_what_follows_a_class_is_no_part_of_it() -> None:
    code = b"class A:\n    x = 1\ny = 2\n"

    assert _held(code, "a.py", "") == {b"y", b"=", b"2"}


def test_cuda_kernels_and_methods_in_namespaces_and_classes_are_blocks() -> None:
    assert places_of(code_samples.CUDA, "a.cu") == {
        "scale_rows": (8, 17),
        "Launcher": (22, 23),
        "run": (24, 24),
    }


def test_a_brace_in_a_string_opens_nothing() -> None:
    assert places_of(b'void f() { g("{"); }\nvoid h() { i(); }\n', "a.cpp") == {"f": (1, 1), "h": (2, 2)}


def test_the_braces_of_one_function_are_one_block() -> None:
    assert places_of(b"int f(int a) {\n  if (a) {\n    g();\n  }\n  return 1;\n}\n", "a.c") == {"f": (1, 6)}


def test_arrow_functions_methods_and_functions_of_javascript_are_blocks() -> None:
    ends = {name: last for name, (_, last) in places_of(code_samples.JAVASCRIPT, "a.js").items()}

    assert ends == {"fitted": 7, "later": 11, "push": 17, "main": 22}


def test_typescript_functions_are_blocks() -> None:
    assert places_of(code_samples.TYPESCRIPT, "a.ts")["choose"][1] == 6


def test_rust_functions_in_impl_blocks_and_modules_are_blocks() -> None:
    assert places_of(code_samples.RUST, "a.rs") == {"add": (7, 12), "quoted": (16, 16)}


def test_go_methods_are_named_without_their_receiver() -> None:
    places = places_of(code_samples.GO, "a.go")

    assert places["Handle"][1] == 14
    assert places["limitOf"] == (16, 16)


def test_a_shell_script_is_one_block() -> None:
    assert [block.lines for block in blocks_in(code_samples.SHELL, "a.sh").blocks] == [(3, 7)]


MARKS = rb"def class async @ x ( ) [ ] { } : ; , = # ' ` \ / * . 1 fn func function if import impl".split()
BLANKS = [b'"', b" ", b"\n", b"\n    ", b"\n\t", b"\r\n", b"\n\n", b"\0", b"\xff", b"\xef\xbb\xbf", b'"""', b"/*"]


@pytest.mark.parametrize("path", [f"a{one.suffixes[0]}" for one in LANGUAGES])
@given(code=st.lists(st.sampled_from([*MARKS, *BLANKS]), max_size=120).map(b"".join))
def test_blocks_hold_every_token_that_is_compared_once_and_in_order(path: str, code: bytes) -> None:
    text = blocks_in(code, path)

    end = 0
    for block in text.blocks:
        assert block.first == end
        end = block.end
        assert 1 <= block.lines[0] <= block.lines[1] <= code.count(b"\n") + 1
    assert end == len(text.tokens)
    assert len(text.of_tokens()) == len(text.tokens)


def test_a_function_reaches_to_the_end_of_the_string_that_it_ends_with() -> None:
    code = b'def first():\n    return """\n    one\n    two\n    """\n\n\ndef second():\n    return 2\n'
    text = blocks_in(code, "a.py")

    assert [(block.name, block.lines) for block in text.blocks] == [("first", (1, 5)), ("second", (8, 9))]
