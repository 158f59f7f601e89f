"""Whether a match is a false positive is decided as ScanCode does, mostly without reading the file anew."""

from pathlib import Path
from typing import Any

import pytest

from compliance.licenses import scancode
from tests.samples.copyright_mark import MARK

pytestmark = pytest.mark.slow

_WORDS = ("gpl", "GPL 2", "freeware", "public domain", "License: mit", "under the license", "MIT", "see LICENSE")
_AROUND = ("", "(c) ", f"{MARK} 2024 ", "copy\nright ", "((c)) ", "© ", "İ copyright ", "(ｃ) ", "C ", "(c\n) ")


@pytest.fixture(scope="module")
def original() -> Any:
    """ScanCode's own function."""
    scancode.load()
    from licensedcode import detection

    guarded = detection.is_false_positive
    (own,) = [cell.cell_contents for cell in guarded.__closure__]
    return own


@pytest.mark.parametrize("word", _WORDS)
@pytest.mark.parametrize("line", [1, 1_500])
def test_each_match_is_judged_alike(word: str, line: int, original: Any, tmp_path: Path) -> None:
    from licensedcode import detection

    index = scancode.accelerated_index()
    judged = set()
    for number, around in enumerate(_AROUND):
        file = tmp_path / f"{number}.txt"
        file.write_text("\n" * (line - 1) + f"{around}{word}\n{word}{around}\n{around}{word}{around}\n")
        matches = index.match(str(file))
        for group in [matches, *([one] for one in matches)]:
            if group:
                judged.add(original(group))
                assert detection.is_false_positive(group) == original(group)
    assert word != "gpl" or judged == {False, True}
