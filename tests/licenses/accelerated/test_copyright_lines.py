"""No line that ScanCode takes for a candidate is passed over for want of a hint."""

from cluecode.copyrights import collect_candidate_lines, is_candidate, prepare_text_line
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses.accelerated.copyright_lines import _Text, groups

_PIECES = (
    *("copyright", "Copyright", "COPYRIGHT", "copr.", "rights", "reserved", "all", "authors", "devel", "by"),
    *("(c)", "( C)", "(C)", "©", "&copy;", "&#169;", "&#xA9", "u00A9", "\\xA9", "<A9>", "|copy|", "\\xc2", "\xa9"),
    *("1999", "2024", "2024-2025", "19", "99", "@", "http", "h t t p", "</s>", "<s>", "<s/>", "&lt;s&gt;", "s>"),
    *("/*", "*/", "#", "//", "*", "%s", "\\n", "\\", "dnl", "rem", "'", '"', "`", "[?]", "<p>", ">", "<", "&amp;"),
    *("Team Hanbit", "Example Authors", "cöpyright", "ſ", "K", "İ", "Σ", " ", "  ", "\t", ",", ".", "-", "(", ")"),
    *("a", "b", "op", "yr", "ight", "right", "reser", "ved", "oth", "au", "print(x)", "if a == b:", "\n", "\r"),
)
_LINES = st.lists(st.sampled_from(_PIECES), max_size=8).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda between: between.join(pieces))
)


@given(_LINES)
def test_a_line_without_a_hint_is_no_candidate(line: str) -> None:
    if is_candidate(prepare_text_line(line)):
        assert _Text([line]).hinted() == [True]


@given(st.lists(_LINES, max_size=12))
def test_groups_are_scancodes(lines: list[str]) -> None:
    numbered = list(enumerate(lines, 1))

    assert list(groups(numbered)) == list(collect_candidate_lines(numbered))
