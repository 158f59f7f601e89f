"""No line that ScanCode takes for a candidate is passed over for want of a hint."""

from cluecode.copyrights import collect_candidate_lines, is_candidate, prepare_text_line
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses.accelerated.copyright_lines import Lines, PlainLines, _Text, groups
from compliance.licenses.accelerated.effort import Effort

_PIECES = (
    *("copyright", "Copyright", "COPYRIGHT", "copr.", "rights", "reserved", "all", "authors", "devel", "by"),
    *("(c)", "( C)", "(C)", "©", "&copy;", "&#169;", "&#xA9", "u00A9", "\\xA9", "<A9>", "|copy|", "\\xc2", "\xa9"),
    *("1999", "2024", "2024-2025", "19", "99", "@", "http", "h t t p", "</s>", "<s>", "<s/>", "&lt;s&gt;", "s>"),
    *("/*", "*/", "#", "//", "*", "%s", "\\n", "\\", "dnl", "rem", "'", '"', "`", "[?]", "<p>", ">", "<", "&amp;"),
    *("Team Hanbit", "Example Authors", "cöpyright", "ſ", "K", "İ", "Σ", " ", "  ", "\t", ",", ".", "-", "(", ")"),
    *("by ", "byyear>", "bytes", "by_", "by\\t", "by&quot;", "byrem "),
    *("a", "b", "op", "yr", "ight", "right", "reser", "ved", "oth", "au", "print(x)", "if a == b:", "\n", "\r"),
)
_SPELLED = "ｂｙｃоруｒⓒ℗®бы２０②⑨一九저작권바이–§\x81\x85\xa0\u2028\u3000\u0301ªùþ＠﹫‹›《》😀"
"""What ScanCode writes in other letters, as signs, or not at all."""
_LINES = st.lists(st.one_of(st.sampled_from(_PIECES), st.sampled_from(_SPELLED)), max_size=8).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda between: between.join(pieces))
)


_LINE_ENDS = ("\n", "\r\n", "\r", " \n", "\n\n")


@given(_LINES)
def test_a_line_without_a_hint_is_no_candidate(line: str) -> None:
    if is_candidate(prepare_text_line(line)):
        assert _Text(Lines([(1, line)]).joined).hinted.tolist() == [True]


@given(st.lists(_LINES, max_size=12))
def test_groups_are_scancodes(lines: list[str]) -> None:
    numbered = list(enumerate(lines, 1))

    assert list(groups(Lines(numbered), Effort(1_000_000))) == list(collect_candidate_lines(numbered))


@given(st.lists(st.tuples(_LINES, st.sampled_from(_LINE_ENDS)), max_size=12), _LINES)
def test_groups_of_a_text_are_scancodes(lines: list[tuple[str, str]], last: str) -> None:
    text = "".join(line + end for line, end in lines) + last
    # ScanCode splits bytes, which have fewer line ends than texts
    numbered = list(enumerate((line.decode() for line in text.encode().splitlines(True)), 1))

    assert list(groups(PlainLines(text), Effort(1_000_000))) == list(collect_candidate_lines(numbered))
