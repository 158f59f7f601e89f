"""Broken archives: everything before the fault is examined, and the fault is named."""

import io
import lzma
import os
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.archives import saved, tar_of, tar_with, zip_of
from tests.sources.repositories import walked

_RANDOM = {f"{number}.dat": os.urandom(20_000) for number in range(5)}


def _mixed(members: dict[str, bytes]) -> dict[str, bytes | str]:
    return dict(members)


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_truncated_tar_yields_what_precedes_the_cut(tmp_path: Path, mode: str) -> None:
    content = tar_of(_mixed(_RANDOM), mode)
    found = walked(saved(tmp_path, "a.tar.x", content[: len(content) * 7 // 10]))
    assert found.reasons == {"a.tar.x": "malformed"}
    if mode != "w:bz2":  # its blocks are larger than this archive
        assert 2 <= len(found.paths) <= 3
        assert "members" in found.detail("a.tar.x")
    assert all(found.contents[path] == _RANDOM[path] for path in found.paths)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_truncated_zip_yields_what_precedes_the_cut(tmp_path: Path, packing: int) -> None:
    content = zip_of(_mixed(_RANDOM), packing)
    found = walked(saved(tmp_path, "a.zip", content[: len(content) * 7 // 10]))
    assert found.paths == ["0.dat", "1.dat", "2.dat"]
    assert found.contents["2.dat"] == _RANDOM["2.dat"]
    assert found.reasons == {"a.zip": "malformed"}
    assert "3 members read" in found.detail("a.zip")


def test_a_truncated_zip_whose_sizes_follow_the_members_is_read_too(tmp_path: Path) -> None:
    class Unseekable(io.BytesIO):
        """Makes zipfile write sizes after the content, as it does into a pipe."""

        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

        def seek(self, *_: int) -> int:
            raise OSError

    target = Unseekable()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _RANDOM.items():
            archive.writestr(name, text)
    content = target.getvalue()
    found = walked(saved(tmp_path, "a.zip", content[: len(content) * 7 // 10]))
    assert found.paths == ["0.dat", "1.dat", "2.dat"]
    assert found.reasons == {"a.zip": "malformed"}


def test_a_zip_member_with_a_wrong_checksum_costs_only_itself(tmp_path: Path) -> None:
    content = bytearray(zip_of({"a.dat": b"a" * 500, "b.dat": b"b" * 500}, zipfile.ZIP_STORED))
    content[content.index(b"aaaa")] = ord("x")
    found = walked(saved(tmp_path, "a.zip", bytes(content)))
    assert (found.paths, found.reasons) == (["b.dat"], {"a.dat": "malformed"})


def test_a_broken_header_in_a_tar_is_no_end(tmp_path: Path) -> None:
    content = bytearray(tar_of({"a.py": "a" * 600, "b.py": "b", "c.py": "c"}))
    content[content.index(b"b.py")] = ord("x")
    found = walked(saved(tmp_path, "a.tar", bytes(content)))
    assert (found.paths, found.reasons) == (["a.py"], {"a.tar": "malformed"})
    assert "after 1 members" in found.detail("a.tar")


def test_a_tar_cut_between_members_is_no_end(tmp_path: Path) -> None:
    content = tar_of({"a.py": "a", "b.py": "b"})
    found = walked(saved(tmp_path, "a.tar", content[:1024]))
    assert (found.paths, found.reasons) == (["a.py"], {"a.tar": "malformed"})
    assert "without its end mark" in found.detail("a.tar")


def test_headers_without_end_are_malformed(tmp_path: Path) -> None:
    header = tarfile.TarInfo("x")
    header.type = tarfile.GNUTYPE_LONGNAME
    block = header.tobuf()
    found = walked(saved(tmp_path, "chain.tar", block * 5_000))
    assert found.reasons == {"chain.tar": "malformed"}


def test_a_header_that_claims_a_gigabyte_of_name_is_refused(tmp_path: Path) -> None:
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    found = walked(saved(tmp_path, "a.tar", header.tobuf() + b"\0" * 2_048))
    assert found.reasons == {"a.tar": "malformed"}
    assert "1,073,741,824" in found.detail("a.tar")


def test_sparse_files_are_refused(tmp_path: Path) -> None:
    header = tarfile.TarInfo("x")
    header.type = tarfile.GNUTYPE_SPARSE
    found = walked(saved(tmp_path, "old.tar", header.tobuf() + b"\0" * 1_024))
    assert "sparse" in found.detail("old.tar")
    header = tarfile.TarInfo("y")
    header.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "9"}
    content = tar_with([(tarfile.TarInfo("a"), "a"), (header, "1\n0\n1\n" + "\0" * 507)])
    found = walked(saved(tmp_path, "pax.tar", content))
    assert found.paths == ["a"]
    assert "sparse" in found.detail("pax.tar")


def test_xz_that_claims_much_memory_is_refused(tmp_path: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 20}]
    content = bytearray(lzma.compress(b"x" * 600, filters=filters))
    at = content.index(b"\x21\x01") + 2
    content[at] = 40  # a dictionary of 4 GiB
    size = (content[12] + 1) * 4
    content[12 + size - 4 : 12 + size] = zlib.crc32(bytes(content[12 : 12 + size - 4])).to_bytes(4, "little")
    found = walked(saved(tmp_path, "a.xz", bytes(content)))
    assert (found.paths, found.reasons) == ([], {"a.xz": "malformed"})
    assert "emory" in found.detail("a.xz")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(["zip", "tar", "gz", "bz2", "xz"]), st.data())
def test_no_damage_stops_the_examination(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    members: dict[str, bytes | str] = {"a.py": "a" * 300, "d/b.py": "b" * 300, "c.py": "c"}
    content = bytearray(
        zip_of(members) if kind == "zip" else tar_of(members, "w" if kind == "tar" else f"w:{kind}")
    )
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(520, 20_000))
    subject = saved(tmp_path, "outer/damaged", bytes(content[:cut]))
    walked(subject.parent)
