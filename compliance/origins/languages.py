"""The lexer table: how each language writes comments, strings, names and blocks; no grammar, a row a language."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Literal

import msgspec

Blocks = Literal["indentation", "braces", "none"]

_NAME = rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*"
_NAME_NOT_PREFIX = rb"[A-Za-z_][\w\x80-\xff]*+(?!['\"])"
"""A name that isn't the prefix of a string."""


class Kind(IntEnum):
    """What a token is. Line breaks and comments occur only while a text is being read."""

    NAME = 0
    """One that its author chose."""
    API = 1
    """One that a library outside gives, which can't be renamed here."""
    KEYWORD = 2
    NUMBER = 3
    STRING = 4
    OPERATOR = 5
    NEWLINE = 6
    COMMENT = 7
    """Also blanks, and a line break that doesn't count since its line goes on."""


class Language(msgspec.Struct, frozen=True):
    """What tells the tokens of one language, or of a few that read alike, from one another."""

    name: str
    suffixes: tuple[str, ...]
    comment: bytes
    """Pattern of a comment."""
    string: bytes
    """Pattern of a string; one that never ends reaches to the end of its line or of the text."""
    keywords: frozenset[bytes]
    """Words that no one can rename."""
    layout: bytes
    """Operators that only the layout of the text demands."""
    blocks: Blocks
    """How a function or class is told from what surrounds it."""

    def tokens(self) -> tuple[tuple[Kind, bytes], ...]:
        """Kind and pattern of each sort of token, in the order in which they are tried: frequent ones first.

        Every byte begins a token, so that the whole pattern never tries a stretch of text twice.
        """
        return (
            (Kind.NAME, _NAME_NOT_PREFIX),
            (Kind.OPERATOR, rb"[()\[\]{},]|\.(?!\d)|=(?![=>])|:(?![:=])"),
            (Kind.NEWLINE, rb"\n[ \t]*"),
            (Kind.COMMENT, self.comment + rb"|\\\r?\n|[ \t\r\f\v]+"),
            (Kind.STRING, self.string),
            (Kind.NUMBER, rb"\.?\d(?:[eEpP][+-]|[\w.])*"),
            (Kind.NAME, _NAME),
            (Kind.OPERATOR, rb"->|=>|::|:=|\*\*|//|<<|>>|&&|\|\||[-+*/%&|^=<>!@]=|[\s\S]"),
        )


def _words(text: str) -> frozenset[bytes]:
    return frozenset(text.encode().split())


def _quoted(quote: bytes, prefix: bytes = b"") -> bytes:
    """A string on one line, with escapes."""
    return (
        prefix
        + quote
        + rb"[^"
        + quote
        + rb"\\\n]*(?:\\(?:.|\n)[^"
        + quote
        + rb"\\\n]*)*(?:"
        + quote
        + rb"|(?=\n)|\Z)"
    )


def _long_quoted(quote: bytes, prefix: bytes = b"") -> bytes:
    """A string over several lines between three quotes."""
    three = quote * 3
    return (
        prefix
        + three
        + rb"[^"
        + quote
        + rb"\\]*(?:(?:\\[\s\S]|"
        + quote
        + rb"(?!"
        + quote * 2
        + rb"))[^"
        + quote
        + rb"\\]*)*(?:"
        + three
        + rb"|\Z)"
    )


_SLASHES = rb"//[^\n]*|/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/|\Z)"
_PREFIX = rb"[rbfuRBFU]{0,2}"

PYTHON = Language(
    name="python",
    suffixes=(".py", ".pyw"),
    comment=rb"#[^\n]*",
    string=rb"|".join(
        (_long_quoted(b'"', _PREFIX), _long_quoted(b"'", _PREFIX), _quoted(b'"', _PREFIX), _quoted(b"'", _PREFIX))
    ),
    keywords=_words(
        "False None True and as assert async await break class continue def del elif else except finally for "
        "from global if import in is lambda nonlocal not or pass raise return try while with yield self cls "
        "super"
    ),
    layout=b";",
    blocks="indentation",
)
C_FAMILY = Language(
    name="c",
    suffixes=(".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".cu", ".cuh", ".hip", ".inl", ".metal"),
    comment=_SLASHES + rb"|#[ \t]*include[^\n]*",
    string=rb"|".join((rb'R"\([\s\S]*?(?:\)"|\Z)', _quoted(b'"'), rb"'(?:[^'\\\n]|\\[^\n])+'")),
    keywords=_words(
        "alignas alignof asm auto bool break case catch char class const constexpr continue decltype default "
        "define delete do double else endif enum explicit extern false float for friend goto if ifdef ifndef "
        "include inline int long namespace new noexcept nullptr operator private protected public register "
        "return short signed sizeof static static_cast reinterpret_cast struct switch template this throw "
        "true try typedef typename undef union unsigned using virtual void volatile while __global__ "
        "__device__ __host__ __shared__ __restrict__ __forceinline__ __launch_bounds__ __syncthreads "
        "threadIdx blockIdx blockDim gridDim"
    ),
    layout=b"",
    blocks="braces",
)
JAVASCRIPT = Language(
    name="javascript",
    suffixes=(".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".tsx"),
    comment=_SLASHES,
    string=rb"|".join((_quoted(b'"'), _quoted(b"'"), rb"`[^`\\]*(?:\\[\s\S][^`\\]*)*(?:`|\Z)")),
    keywords=_words(
        "abstract any as async await boolean break case catch class const continue debugger default delete do "
        "else enum export extends false finally for from function get if implements import in instanceof "
        "interface let new null number of private protected public readonly return set static string super "
        "switch this throw true try type typeof undefined var void while with yield"
    ),
    layout=b";",
    blocks="braces",
)
RUST = Language(
    name="rust",
    suffixes=(".rs",),
    comment=_SLASHES,
    string=rb"|".join(
        (rb'b?r#+"[\s\S]*?(?:"#+|\Z)', rb'b?"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\Z)', rb"'(?:[^'\\\n]|\\[^\n]{1,8})'")
    ),
    keywords=_words(
        "Err None Ok Option Result Self Some as async await bool break const continue crate dyn else enum "
        "extern f32 f64 false fn for i32 i64 if impl in let loop match mod move mut pub ref return self "
        "static str struct super trait true type u32 u64 u8 unsafe use usize where while"
    ),
    layout=b"",
    blocks="braces",
)
GO = Language(
    name="go",
    suffixes=(".go",),
    comment=_SLASHES,
    string=rb"|".join((_quoted(b'"'), rb"`[^`]*(?:`|\Z)", rb"'(?:[^'\\\n]|\\[^\n]{1,8})'")),
    keywords=_words(
        "any append bool break byte case chan const continue copy default defer else error fallthrough false "
        "float32 float64 for func go goto if import int int32 int64 interface len make map new nil package "
        "panic range return select string struct switch true type uint32 uint64 uint8 var"
    ),
    layout=b";",
    blocks="braces",
)
SHELL = Language(
    name="shell",
    suffixes=(".sh", ".bash"),
    comment=rb"(?<![\w$#{])#[^\n]*",
    string=rb"|".join((rb'"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\Z)', rb"'[^']*(?:'|\Z)")),
    keywords=_words(
        "case cd do done echo elif else esac exec exit export fi for function if in local read return select "
        "set shift source then until unset while"
    ),
    layout=b";",
    blocks="none",
)

LANGUAGES = (PYTHON, C_FAMILY, JAVASCRIPT, RUST, GO, SHELL)

_BY_SUFFIX: Mapping[str, Language] = {suffix: one for one in LANGUAGES for suffix in one.suffixes}


def language_of(path: str) -> Language | None:
    """The language of the file at `path`, by its suffix; None where its code can't be compared.

    Triton is Python, HIP and Metal read like C++.
    """
    dot = path.rfind(".")
    return _BY_SUFFIX.get(path[dot:].lower()) if dot >= 0 else None
