"""Which files can be compared, told by their names."""

import pytest

from compliance.origins.languages import LANGUAGES, language_of


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("model.py", "python"),
        ("kernels/flash.PY", "python"),
        ("a.cu", "c"),
        ("a.cuh", "c"),
        ("a.hip", "c"),
        ("a.hpp", "c"),
        ("web/app.tsx", "javascript"),
        ("web/app.mjs", "javascript"),
        ("src/lib.rs", "rust"),
        ("main.go", "go"),
        ("start.sh", "shell"),
    ],
)
def test_the_suffix_names_the_language(path: str, language: str) -> None:
    found = language_of(path)

    assert found is not None
    assert found.name == language


@pytest.mark.parametrize("path", ["README.md", "py", "model.py.txt", "folder.py/README", "", ".", "weights.bin"])
def test_other_files_are_in_none(path: str) -> None:
    assert language_of(path) is None


def test_no_suffix_belongs_to_two_languages() -> None:
    suffixes = [suffix for one in LANGUAGES for suffix in one.suffixes]

    assert len(suffixes) == len(set(suffixes))
