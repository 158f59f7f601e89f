"""Git's configuration syntax, against git itself."""

import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from compliance.sources.git.config_text import ConfigTextError, settings
from tests.sources.repositories import git

_TEXT = r"""
; a comment
# another
[core]
	bare = false
[Section "Sub Section \"quoted\" back\\slash"] # comment after a section
  Key = value with  inner   spaces   ; comment
	empty =
	implied
	quoted = "  kept # not a comment  " and more
	escapes = "a\tb\n\"c\"" \\ end
	continued = first \
  second
[dotted.Sub]
	url = https://example.org/#fragment
[one] two = three
"""


def _by_git(folder: Path, text: str) -> list[tuple[str, str]]:
    (folder / "config").write_text(text)
    listed = git(folder, "config", "-f", "config", "--list", "-z").split("\0")
    return [(name, value) for name, _, value in (one.partition("\n") for one in listed if one)]


def _by_us(text: str) -> list[tuple[str, str]]:
    return [
        (".".join(part for part in (one.section, one.subsection, one.key) if part), one.value)
        for one in settings(text)
    ]


def test_everything_that_git_reads_is_read_alike(tmp_path: Path) -> None:
    expected = [(name, "true" if name.endswith(".implied") else value) for name, value in _by_git(tmp_path, _TEXT)]
    assert [(name.replace("dotted.Sub", "dotted.sub"), value) for name, value in _by_us(_TEXT)] == expected


def test_lines_are_those_of_the_keys() -> None:
    assert [one.line for one in settings('[a]\n\tb = "x\\\ny"\n\tc = d\n')] == [2, 4]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[a\n", 1),
        ("b = c\n", 1),
        ('[a]\nb = "open\n', 2),
        ("[a]\n\nb = \\q\n", 3),
        ("[a]\n1b = c\n", 2),
        ("[a]\nb c\n", 2),
    ],
)
def test_a_fault_names_its_line(text: str, line: int) -> None:
    with pytest.raises(ConfigTextError) as caught:
        list(settings(text))
    assert caught.value.line == line


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(
        st.sampled_from(string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "") + "한"),
        max_size=40,
    )
)
def test_whatever_git_writes_is_read_back(tmp_path: Path, value: str) -> None:
    (tmp_path / "config").unlink(missing_ok=True)
    git(tmp_path, "config", "-f", "config", "a.b", value)
    assert _by_us((tmp_path / "config").read_text()) == [("a.b", value)]


@given(st.text(st.sampled_from('[]"\\#;=\n\r\tab .'), max_size=60))
def test_no_text_does_anything_but_end_or_name_a_line(text: str) -> None:
    fault: ConfigTextError | None = None
    try:
        list(settings(text))
    except ConfigTextError as error:
        fault = error
    assert fault is None or 1 <= fault.line <= text.count("\n") + 1


def test_a_hostile_text_is_read_in_linear_time() -> None:
    text = "[a]\n" + "b = " + "x\\\n" * 200_000 + "\n" + "c = " + '\\"' * 200_000 + "\n"
    assert [len(one.value) for one in settings(text)] == [200_000, 200_000]
