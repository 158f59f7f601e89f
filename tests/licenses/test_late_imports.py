"""What ScanCode imports for few files is loaded with the first of them, and then does what it always did."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from compliance.licenses.accelerated import releases
from compliance.origins.shipped import SHIPPED_INDEX

pytestmark = pytest.mark.slow

_EXAMPLES = Path(__file__).parents[2] / "reports/examples"
_ASKED = """
import json, sys
from compliance.licenses import late_imports
if sys.argv[1] == "late":
    late_imports.install()
elif sys.argv[1] == "another release":
    late_imports.LATE_DIGEST = "of another release"
    late_imports.install()
from commoncode.text import as_unicode
from typecode import get_type

def loaded():
    return sorted({"bs4", "pdfminer", "extractcode"} & {name.partition(".")[0] for name in sys.modules})

before = loaded()
types = [get_type(location) for location in sys.argv[2:]]
print(json.dumps({
    "before": before,
    "text": as_unicode("가람".encode("euc-kr")),
    "for texts": loaded(),
    "pdf": [one.is_pdf and one.is_pdf_with_text for one in types],
    "archive": [one.is_archive for one in types],
    "after": loaded(),
}))
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A broken PDF, one with text, an archive and something else that isn't text."""
    report = min(_EXAMPLES.glob("*.pdf"))
    broken, archive, other = (tmp_path / name for name in ("broken.pdf", "a.bin", "other.bin"))
    broken.write_bytes(b"%PDF-1.7\ntrailer\n<< >>\nstartxref\n0\n%%EOF\n")
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("a.txt", "a")
    with SHIPPED_INDEX.open("rb") as index:
        other.write_bytes(index.read(1 << 16))
    return [broken, report, archive, other]


def asked(how: str, files: list[Path]) -> dict[str, Any]:
    """What a process of its own says of `files`, and which libraries it had loaded before and after."""
    command = [sys.executable, "-c", _ASKED, how, *map(str, files)]
    said: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return said


def test_nothing_is_loaded_before_it_is_asked(files: list[Path]) -> None:
    said = asked("late", files)

    assert said["before"] == []
    assert said["after"] == ["extractcode", "pdfminer"]


def test_encodings_are_told_without_parsers_of_html(files: list[Path]) -> None:
    assert asked("late", files)["for texts"] == []
    assert asked("plain", files)["for texts"] == ["bs4", "extractcode", "pdfminer"]


def test_the_answers_are_those_of_scancode_as_it_comes(files: list[Path]) -> None:
    late, plain = asked("late", files), asked("plain", files)

    assert plain["pdf"] == [False, True, False, False]
    assert {one: late[one] for one in ("text", "pdf", "archive")} == {
        one: plain[one] for one in ("text", "pdf", "archive")
    }


def test_another_release_loads_all_at_once(files: list[Path]) -> None:
    assert asked("another release", files)["before"] == ["bs4", "extractcode", "pdfminer"]


def test_the_installed_modules_are_those_known_to_ask_late() -> None:
    assert releases.digest_of(releases.LATE_MODULES) == releases.LATE_DIGEST
