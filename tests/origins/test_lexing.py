"""What counts as a token, language by language, and that nothing else counts."""

import pytest

from compliance.origins.languages import LANGUAGES, Kind
from tests.origins import code_samples
from tests.origins.readings import tokens_of, words_of

SAMPLES = {
    "a.py": code_samples.PYTHON,
    "a.cu": code_samples.CUDA,
    "a.js": code_samples.JAVASCRIPT,
    "a.ts": code_samples.TYPESCRIPT,
    "a.rs": code_samples.RUST,
    "a.go": code_samples.GO,
    "a.sh": code_samples.SHELL,
}


def test_names_keywords_numbers_and_strings_are_told_apart() -> None:
    tokens = tokens_of(b'if width_of(x) >= 1.5e-3: y = "text"\n', "a.py")

    assert [(tokens.spelling(at), Kind(kind)) for at, kind in enumerate(tokens.kinds.tolist())] == [
        (b"if", Kind.KEYWORD),
        (b"width_of", Kind.NAME),
        (b"(", Kind.OPERATOR),
        (b"x", Kind.NAME),
        (b")", Kind.OPERATOR),
        (b">=", Kind.OPERATOR),
        (b"1.5e-3", Kind.NUMBER),
        (b":", Kind.OPERATOR),
        (b"y", Kind.NAME),
        (b"=", Kind.OPERATOR),
        (b"", Kind.STRING),
    ]


@pytest.mark.parametrize("path", SAMPLES)
def test_no_comment_is_left(path: str) -> None:
    only_in_comments = {
        b"checkpoints",
        b"Rotary",
        b"squares",
        b"threads",
        b"Keeps",
        b"Counts",
        b"answers",
        b"many",
    }

    assert not only_in_comments & set(words_of(SAMPLES[path], path))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (b"x = 1  # note\n", [b"x", b"=", b"1"]),
        (b"x = '# no comment'\n", [b"x", b"=", b""]),
        (b'x = """a\n# b\n"""\n', [b"x", b"=", b""]),
        (b'x = f"{a}" \'b\' rb"c"\n', [b"x", b"=", b""]),
        (b"x = (\n    'a'\n    'b'\n)\n", [b"x", b"=", b"(", b"", b")"]),
        (b"x = 'it\\'s'\n", [b"x", b"=", b""]),
        (b"x = a \\\n    + b\n", [b"x", b"=", b"a", b"+", b"b"]),
        (b"f(a, b,)\n", [b"f", b"(", b"a", b",", b"b", b")"]),
        (b"f(\n    a,\n    b,\n)\n", [b"f", b"(", b"a", b",", b"b", b")"]),
        (b"x = 1; y = 2;\n", [b"x", b"=", b"1", b"y", b"=", b"2"]),
        (b"\xef\xbb\xbfx = 1\r\n", [b"x", b"=", b"1"]),
    ],
)
def test_python(code: bytes, words: list[bytes]) -> None:
    assert words_of(code, "a.py") == words


def test_a_docstring_is_dropped_and_a_string_that_is_used_is_kept() -> None:
    code = b'def f():\n    """Says."""\n    return """kept"""\n'

    assert words_of(code, "a.py") == [b"def", b"f", b"(", b")", b":", b"return", b""]


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("a.c", b"int a; /* b * / */ // c\n#include <d.h>\n", [b"int", b"a", b";"]),
        ("a.c", b"char q = '\"'; f(1);\n", [b"char", b"q", b"=", b"", b";", b"f", b"(", b"1", b")", b";"]),
        ("a.cpp", b'auto s = R"(a " ) b)";\n', [b"auto", b"s", b"=", b"", b";"]),
        ("a.cpp", b"a->b::c <<= d;\n", [b"a", b"->", b"b", b"::", b"c", b"<<", b"=", b"d", b";"]),
        ("a.js", b"const s = `a ${b} // c\n`; // d\n", [b"const", b"s", b"=", b""]),
        ("a.ts", b"x?.y ?? 'z';", [b"x", b"?", b".", b"y", b"?", b"?", b""]),
        ("a.rs", b"fn f<'a>(x: &'a str) -> char { 'x' }\n", None),
        ("a.go", b's := `raw } " //`\n', [b"s", b":=", b""]),
        ("a.sh", b"echo ${#list[@]} '# text' # note\n", None),
    ],
)
def test_other_languages(path: str, code: bytes, words: list[bytes] | None) -> None:
    found = words_of(code, path)

    if words is not None:
        assert found == words
    assert b"note" not in found
    assert b"text" not in found


def test_a_lifetime_of_rust_does_not_open_a_string() -> None:
    words = words_of(b"fn f<'a>(x: &'a str) { g(x) }\n", "a.rs")

    assert words[-6:] == [b"{", b"g", b"(", b"x", b")", b"}"]


def test_the_length_of_a_shell_array_is_no_comment() -> None:
    assert b"list" in words_of(b"echo ${#list[@]}\n", "a.sh")


def test_every_token_knows_its_line() -> None:
    tokens = tokens_of(b'"""One\n\ntwo."""\n\n\na = (\n    1,  # note\n\n    b\n)\n\nc = """x\ny""" + d\n', "a.py")

    placed = {tokens.spelling(at): line for at, line in enumerate(tokens.lines.tolist())}

    assert [placed[word] for word in (b"a", b"1", b"b", b")", b"c", b"d")] == [6, 7, 9, 10, 12, 13]


def test_a_tab_is_eight_columns_wide() -> None:
    tokens = tokens_of(b"if a:\n\tb\n        c\n", "a.py")

    assert [column for column in tokens.columns.tolist() if column >= 0] == [0, 8, 8]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.name)
def test_unterminated_strings_and_comments_end_with_the_text_or_the_line(language: object) -> None:
    path = {one.name: f"a{one.suffixes[0]}" for one in LANGUAGES}[getattr(language, "name", "")]
    for opening in (b'"', b"'", b"`", b"/*", b'"""', b"'''", b'R"(', b'r#"', b"\\"):
        assert len(tokens_of(b"a = b\n" + opening + b" rest", path)) >= 3


def test_a_name_of_several_scripts_is_one_name() -> None:
    assert words_of("가중치a = größe + a가나\n".encode(), "a.py") == "가중치a = größe + a가나".encode().split()
