"""Archive bombs: caps on size, number and ratio, for all archives of a source together."""

import gzip
import io
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from compliance.model.skip import Skip
from compliance.sources.archives.unpacking import UnpackingLimits
from compliance.sources.opening import open_submission
from compliance.sources.source import Members
from tests.sources.archives import saved, tar_of, zip_of

_SMALL = UnpackingLimits(total_bytes=100_000, members=50, ratio=10, ratio_floor=10_000)


def _walked(subject: Path, limits: UnpackingLimits = _SMALL) -> tuple[list[str], list[Skip]]:
    members = Members(skipped=[], findings=[])
    with replace(open_submission(subject).sources[0], limits=limits).open() as source:
        return [file.path for file in source.files(members)], members.skipped


def _reasons(skipped: list[Skip]) -> dict[str, str]:
    return {skip.path: skip.reason for skip in skipped}


def test_the_caps_are_those_that_the_documentation_names() -> None:
    limits = UnpackingLimits()
    assert (limits.total_bytes, limits.members, limits.depth) == (8 << 30, 1_000_000, 3)
    assert (limits.ratio, limits.ratio_floor) == (200, 100 << 20)


def test_a_zip_member_over_the_ratio_costs_only_itself(tmp_path: Path) -> None:
    paths, skipped = _walked(saved(tmp_path, "a.zip", zip_of({"bomb": b"\0" * 50_000, "small.py": "s"})))
    assert paths == ["small.py"]
    assert _reasons(skipped) == {"bomb": "archive-bomb"}


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_a_compressed_tar_over_the_ratio_ends_there(tmp_path: Path, mode: str) -> None:
    content = tar_of({"first.py": "f", "second": b"\0" * 90_000, "third.py": "t"}, mode)
    paths, skipped = _walked(
        saved(tmp_path, "a.tar.x", content), msgspec.structs.replace(_SMALL, ratio_floor=30_000)
    )
    assert paths == ["first.py"]
    assert _reasons(skipped) == {"a.tar.x": "archive-bomb"}


def test_a_member_that_is_left_out_counts_as_well(tmp_path: Path) -> None:
    content = tar_of({"../outside": b"\0" * 90_000, "third.py": "t"}, "w:gz")
    paths, skipped = _walked(saved(tmp_path, "a.tar.gz", content))
    assert paths == []
    assert _reasons(skipped) == {"../outside": "unsafe-path", "a.tar.gz": "archive-bomb"}


def test_a_single_compressed_file_over_the_ratio_is_a_bomb(tmp_path: Path) -> None:
    paths, skipped = _walked(saved(tmp_path, "a.gz", gzip.compress(b"\0" * 90_000)))
    assert (paths, _reasons(skipped)) == ([], {"a.gz": "archive-bomb"})


def test_the_total_holds_for_all_archives_together(tmp_path: Path) -> None:
    for name in "abc":
        saved(tmp_path, f"{name}.zip", zip_of({"x.dat": b"x" * 40_000}, zipfile.ZIP_STORED))
    paths, skipped = _walked(tmp_path)
    assert paths == ["a.zip!/x.dat", "b.zip!/x.dat"]
    assert _reasons(skipped) == {"c.zip!/x.dat": "archive-bomb"}


@pytest.mark.parametrize("mode", ["zip", "tar"])
def test_too_many_members_end_the_archive(tmp_path: Path, mode: str) -> None:
    members: dict[str, bytes | str] = {f"{number:03}.py": "" for number in range(60)}
    content = zip_of(members) if mode == "zip" else tar_of(members)
    paths, skipped = _walked(saved(tmp_path, "a.x", content))
    assert len(paths) == 50
    assert _reasons(skipped) == {"a.x": "archive-bomb"}


def test_a_directory_of_members_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    content = zip_of({f"{number:04}": "" for number in range(5_000)})
    paths, skipped = _walked(saved(tmp_path, "a.zip", content))
    assert (paths, _reasons(skipped)) == ([], {"a.zip": "archive-bomb"})


def test_an_archive_in_itself_many_times_over_ends(tmp_path: Path) -> None:
    content = zip_of({"x.dat": b"x" * 1_000}, zipfile.ZIP_STORED)
    for _ in range(4):
        content = zip_of({f"{number}.zip": content for number in range(4)}, zipfile.ZIP_STORED)
    paths, skipped = _walked(saved(tmp_path, "a.zip", content), msgspec.structs.replace(_SMALL, members=10_000))
    assert len(paths) < 100
    assert "archive-bomb" in {skip.reason for skip in skipped}


def test_a_member_that_claims_less_than_it_holds_is_cut_at_its_claim(tmp_path: Path) -> None:
    content = bytearray(zip_of({"a.dat": b"\0" * 50_000}))
    at = content.index(b"PK\1\2") + 24
    content[at : at + 4] = (10).to_bytes(4, "little")
    paths, skipped = _walked(saved(tmp_path, "a.zip", bytes(content)))
    assert (paths, _reasons(skipped)) == ([], {"a.dat": "malformed"})


def test_a_tar_that_claims_a_terabyte_is_malformed(tmp_path: Path) -> None:
    header = tarfile.TarInfo("huge")
    header.size = 1 << 40
    content = io.BytesIO(header.tobuf() + b"x" * 2_000)
    paths, skipped = _walked(saved(tmp_path, "a.tar", content.getvalue()))
    assert (paths, _reasons(skipped)) == ([], {"a.tar": "malformed"})
