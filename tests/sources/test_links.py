"""Where links lead, decided from names alone; the file system itself is the oracle."""

import os
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.sources.disk_file import DiskFile
from compliance.sources.links import LinkedFile, resolved

_NAMES = st.sampled_from(["a", "b", "d", "d/e", "d/f", "d/g/h"])
_TARGETS = st.lists(st.sampled_from(["a", "b", "d", "e", "f", "g", "h", "..", "."]), min_size=1, max_size=5).map(
    "/".join
)


def _built(links: dict[str, str], files: set[str]) -> tuple[dict[str, str], set[str]]:
    """The links and files that fit into one tree, since a name can't be a folder as well."""
    kept_links: dict[str, str] = {}
    kept_files: set[str] = set()
    for name in sorted({*links, *files}):
        above = {"/".join(name.split("/")[:depth]) for depth in range(1, name.count("/") + 1)}
        if not above & ({*kept_links, *kept_files}):
            if name in links:
                kept_links[name] = links[name]
            else:
                kept_files.add(name)
    return kept_links, kept_files


def _file(path: str) -> DiskFile:
    return DiskFile(path, 0, None, b"", "")


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(_NAMES, _TARGETS, max_size=4), st.sets(_NAMES, max_size=4))
def test_a_link_is_the_file_or_the_folder_that_the_system_finds_inside_and_else_reported(
    links: dict[str, str], files: set[str]
) -> None:
    links, files = _built(links, files)
    with tempfile.TemporaryDirectory() as name:
        root = Path(os.path.realpath(name)) / "0" / "1" / "2" / "3" / "4" / "root"
        root.mkdir(parents=True)
        for path in {*links, *files}:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
        for path in files:
            (root / path).touch()
        for path, target in links.items():
            (root / path).symlink_to(target)
        named, skipped = resolved(links, {path: _file(path) for path in files}, {*files, *links})
        reported = {skip.path for skip in skipped}
        targets = {one.path: one.target.path for one in named}
        assert not reported & targets.keys()
        for path in links:
            landed = os.path.realpath(root / path)
            inside = Path(landed).exists() and (landed + "/").startswith(f"{root}/")
            if not inside:
                assert path in reported
                assert path not in targets
            elif ".." not in links[path]:
                assert path not in reported
                found = os.path.relpath(landed, root)
                assert targets.get(path) == (found if found in files else None)


def test_skips_come_sorted() -> None:
    _, skipped = resolved({"c": "x", "a": "x", "b": "x"}, {}, set())
    assert [skip.path for skip in skipped] == ["a", "b", "c"]


def test_a_name_for_a_name_is_a_name_for_the_file() -> None:
    file = _file("blob")
    named, _ = resolved({"second": "first"}, {"first": LinkedFile("first", file)}, set())
    assert [one.target for one in named] == [file]


def test_a_folder_is_met_where_anything_in_it_is() -> None:
    met = {"lib-x", "lib/deep/a.py", "libs"}
    _, skipped = resolved({"1": "lib", "2": "lib/deep", "3": "li", "4": "lib/deep/a", "5": "libs"}, {}, met)
    assert [skip.path for skip in skipped] == ["3", "4"]


def test_a_target_too_long_to_be_a_path_is_not_followed() -> None:
    _, (skip,) = resolved({"link": "a/" * 300_000 + "b"}, {}, set())
    assert skip.reason == "symlink"
    assert "too long" in skip.detail
    assert len(skip.detail) < 500
