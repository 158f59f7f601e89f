"""Links, decided from names alone; the file system itself is the oracle."""

import os
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.sources.links import folders_of, unmet

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


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(_NAMES, _TARGETS, max_size=4), st.sets(_NAMES, max_size=4))
def test_a_link_is_reported_exactly_if_the_system_finds_nothing_inside(
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
        met = files | folders_of(files) | folders_of(links)
        reported = {skip.path for skip in unmet(links, met)}
        for path in links:
            landed = os.path.realpath(root / path)
            inside = Path(landed).exists() and (landed + "/").startswith(f"{root}/")
            if not inside:
                assert path in reported
            elif ".." not in links[path]:
                assert path not in reported


def test_skips_come_sorted() -> None:
    assert [skip.path for skip in unmet({"c": "x", "a": "x", "b": "x"}, set())] == ["a", "b", "c"]
