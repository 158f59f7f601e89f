"""ScanCode's own test files, seen by ScanCode untouched and by the accelerated detection.

`python -m benchmarks.expectations CLONE` writes docs/accuracy.md. CLONE is a git clone of ScanCode Toolkit with
its tags; nothing of it is kept here. Taken is the newest tag that isn't newer than the installed ScanCode. Every
file has to be seen alike, match for match; how many expectations are met says how far the installed rules have
moved on from those of that tag, for both alike.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from benchmarks import git_objects
from benchmarks.documents import ACCURACY, write_section
from benchmarks.expectations_side import EXPECTATION
from compliance.licenses import scancode
from tests.samples.packages import ROOT

FOLDERS = {"license": "tests/licensedcode/data", "copyright": "tests/cluecode/data"}
"""Where the test files of each kind of detection lie in ScanCode's repository."""

_READ_WHOLE = ".pdf"
"""Files that may differ: all pages of them are read, and by ScanCode the first one."""

Said = dict[str, Any]
"""What one side says of a file: a digest of all of it, and what is expected of it by kind of expectation."""


@dataclass(slots=True)
class Tally:
    """What came of the files of one kind."""

    files: int = 0
    differing: list[str] = field(default_factory=list)
    expectations: int = 0
    met_by_scancode: int = 0
    met_by_us: int = 0


def main() -> None:
    """Compare, write the document, and fail if any file is seen differently."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clone", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take one file in so many")
    arguments = parser.parse_args()
    tag = newest_tag(arguments.clone, Version(scancode.scancode_version()))
    tallies = {}
    for what, folder in FOLDERS.items():
        with tempfile.TemporaryDirectory() as place:
            extract(arguments.clone, tag, folder, Path(place), arguments.every)
            tallies[what] = compare(what, Path(place))
    write_section(ACCURACY, "expectations", _document(tag, arguments.every, tallies))
    unexpected = [path for tally in tallies.values() for path in tally.differing if not path.endswith(_READ_WHOLE)]
    print("\n".join(unexpected))
    sys.exit(bool(unexpected))


def newest_tag(clone: Path, installed: Version) -> str:
    """The newest tag of a final release in `clone` that isn't newer than the `installed` one.

    Raises:
        ValueError: there is none.
    """
    tags = {}
    listed = subprocess.run(["git", "-C", str(clone), "tag"], check=True, capture_output=True, text=True).stdout
    for tag in listed.split():
        try:
            version = Version(tag)
        except InvalidVersion:
            continue
        if version <= installed and not version.is_prerelease:
            tags[version] = tag
    if not tags:
        raise ValueError(f"{clone} has no tag of a release up to {installed}: fetch its tags")
    return tags[max(tags)]


def extract(clone: Path, tag: str, folder: str, place: Path, every: int) -> None:
    """Write one in `every` test file below `folder` at `tag`, and what is expected of it, to `place`."""
    listed = git_objects.blobs(clone, tag, folder).items()
    blobs = {path.removeprefix(f"{folder}/"): blob for path, (mode, blob) in listed if mode.startswith("100")}
    tested = [path for path in sorted(blobs) if not path.endswith(EXPECTATION)][::every]
    names = [name for path in tested for name in (path, path + EXPECTATION) if name in blobs]
    contents = git_objects.contents(clone, [blobs[name] for name in names])
    for name, content in zip(names, contents, strict=True):
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def compare(what: str, folder: Path) -> Tally:
    """What both sides say of the files below `folder`."""
    tally = Tally()
    sides = (_side("scancode", what, folder), _side("compliance", what, folder))
    for (path, theirs), (same_path, ours) in zip(*sides, strict=True):
        assert path == same_path, "both go through the same files in the same order"
        tally.files += 1
        if theirs["digest"] != ours["digest"]:
            tally.differing.append(path)
        if (expected := _expected(folder / (path + EXPECTATION))) is not None:
            tally.expectations += 1
            tally.met_by_scancode += _is_met(expected, theirs)
            tally.met_by_us += _is_met(expected, ours)
    return tally


def _side(who: str, what: str, folder: Path) -> Iterator[tuple[str, Said]]:
    command = [sys.executable, "-m", "benchmarks.expectations_side", who, what, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as side:
        assert side.stdout is not None, "it was asked for"
        for line in side.stdout:
            path, said = json.loads(line)
            yield path, said
    if side.returncode:
        raise RuntimeError(f"{who} ended with exit status {side.returncode}")


def _expected(file: Path) -> Mapping[str, list[str]] | None:
    """By kind of expectation what is expected; None where nothing is, or a failure is."""
    import saneyaml  # type: ignore[import-untyped]  # ScanCode's own reader, by which all scalars are texts

    if not file.is_file():
        return None
    try:
        said = saneyaml.load(file.read_text("utf-8")) or {}
    except (ValueError, UnicodeDecodeError):
        return None
    if not isinstance(said, dict) or said.get("expected_failure") or said.get("expected_failures"):
        return None
    if "license_expressions" in said:
        return {"license_expressions": said["license_expressions"] or []}
    kinds = [kind for kind in said.get("what") or [] if kind in ("copyrights", "holders", "authors")]
    return {kind: said.get(kind) or [] for kind in kinds} or None


def _is_met(expected: Mapping[str, list[str]], said: Said) -> bool:
    return all(said.get(kind) == wanted for kind, wanted in expected.items())


def _document(tag: str, every: int, tallies: Mapping[str, Tally]) -> str:
    rows = [
        f"| {what} | {one.files:,} | {len(one.differing)} | {one.expectations:,} | {one.met_by_scancode:,} "
        f"| {one.met_by_us:,} |"
        for what, one in tallies.items()
    ]
    part = "All files" if every == 1 else f"One in {every} files"
    head = _HEAD.format(version=scancode.scancode_version(), tag=tag, part=part)
    differing = [f"`{path}`" for one in tallies.values() for path in one.differing]
    named = f"\nFiles that differ: {', '.join(differing)}.\n" if differing else ""
    return head + "\n".join(rows) + "\n" + named


_HEAD = """\
# ScanCode's own test files

Written by `python -m benchmarks.expectations CLONE`. {part} of ScanCode's tests at its tag {tag}, seen by
ScanCode {version} untouched and by the accelerated detection. A file differs if any match, position, line, score,
statement, holder or author does. Expectations are what ScanCode's tests ask for at that tag: of licenses all
expressions of matches in order, of copyrights all statements, holders and authors that the test names. The
installed rules are newer, so not all are met; those that ScanCode marks as known failures are left out. PDFs are
read to their last page and by ScanCode to the end of their first one, so they may differ.

| detection | files | differ | expectations | met by ScanCode | met by us |
|---|---|---|---|---|---|
"""


if __name__ == "__main__":
    main()
