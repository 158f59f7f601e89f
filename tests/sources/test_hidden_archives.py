"""Content that lies where the first bytes of a file don't tell of it."""

import bz2
import gzip
import lzma
import zipfile
from pathlib import Path

import pytest

from compliance.sources.opening import open_submission
from tests.sources.archives import saved, tar_of, zip_of
from tests.sources.repositories import commit, repository, walked

_ZIP = zip_of({"__main__.py": "m", "LICENSE": "l"})
_STUBS = {
    "tool.pyz": b"#!/usr/bin/env python3\n",
    "tool": b"#!/bin/sh\nexit 0\n",
    "setup.exe": b"MZ" + b"\0" * 5_000,
    "blob.dat": b"MZ" + b"\0" * 5_000,
    "program": b"\x7fELF" + b"\1" * 5_000,
    "install.run": b"anything at all\n",
}


@pytest.mark.parametrize("name", _STUBS)
def test_a_zip_behind_a_program_is_looked_into_and_the_program_kept(tmp_path: Path, name: str) -> None:
    saved(tmp_path, name, _STUBS[name] + _ZIP)
    found = walked(tmp_path)
    assert found.paths == [name, f"{name}!/LICENSE", f"{name}!/__main__.py"]
    assert found.contents[f"{name}!/LICENSE"] == b"l"
    assert found.skipped == ()


def test_such_a_file_is_a_subject_too(tmp_path: Path) -> None:
    subject = saved(tmp_path, "tool.pyz", _STUBS["tool.pyz"] + zip_of({"tool.pyz": "same name"}))
    assert open_submission(subject).sources[0].reference.kind == "archive"
    assert walked(subject).paths == ["tool.pyz", "tool.pyz!/tool.pyz"]


def test_such_a_file_in_a_commit_is_looked_into(tmp_path: Path) -> None:
    repository(tmp_path)
    saved(tmp_path, "tool", _STUBS["tool"] + _ZIP)
    commit(tmp_path)
    assert walked(tmp_path, revision="HEAD").paths == ["tool", "tool!/LICENSE", "tool!/__main__.py"]


_EMPTY_END = b"PK\5\6" + b"\0" * 18


def test_an_end_mark_after_the_end_of_a_zip_behind_a_program_is_reported(tmp_path: Path) -> None:
    with zipfile.ZipFile(saved(tmp_path, "tool", _STUBS["tool"] + _ZIP), "a") as archive:
        archive.comment = _EMPTY_END
    found = walked(tmp_path)
    assert (found.paths, found.reasons) == (["tool"], {"tool": "malformed"})


def test_an_end_mark_after_the_end_of_a_zip_is_reported_and_its_members_examined(tmp_path: Path) -> None:
    with zipfile.ZipFile(saved(tmp_path, "a.zip", _ZIP), "a") as archive:
        archive.comment = _EMPTY_END
    found = walked(tmp_path)
    assert (found.paths, found.reasons) == (["a.zip!/LICENSE", "a.zip!/__main__.py"], {"a.zip": "malformed"})


def test_a_program_that_only_knows_zips_is_a_file(tmp_path: Path) -> None:
    saved(tmp_path, "unzip", b"\x7fELF" + b"\1" * 500 + b"PK\1\2 PK\5\6" + b"\2" * 500)
    found = walked(tmp_path)
    assert (found.paths, found.skipped) == (["unzip"], ())


def test_a_program_before_a_zip_too_deep_is_still_a_file(tmp_path: Path) -> None:
    content = _STUBS["tool"] + _ZIP
    for name in ("tool", "2.zip", "1.zip"):
        content = zip_of({name: content})
    saved(tmp_path, "0.zip", content)
    found = walked(tmp_path)
    assert found.paths == ["0.zip!/1.zip!/2.zip!/tool"]
    assert found.reasons == {"0.zip!/1.zip!/2.zip!/tool": "unsupported"}


_CPIO = b"070701" + b"0" * 104 + b"name\0"
_ISO = b"\0" * 32_768 + b"\1CD001\1" + b"\0" * 2_000


@pytest.mark.parametrize(
    ("name", "content", "meant"),
    [
        ("packed", lzma.compress(b"x" * 600, format=lzma.FORMAT_ALONE), "lzma"),
        ("x.lzma", b"?" * 100, "lzma"),
        ("packed", b"\x1f\x9d\x90" + b"x" * 100, "compress"),
        ("notes.Z", b"?" * 100, "compress"),
        ("initrd", _CPIO, "cpio"),
        ("x.cpio", b"\xc7\x71" + b"?" * 100, "cpio"),
        ("disk", _ISO, "iso9660"),
        ("disk.ISO", b"?" * 100, "iso9660"),
        ("root", b"hsqs" + b"\0" * 100, "squashfs"),
        ("root.sqfs", b"?" * 100, "squashfs"),
        ("app.dmg", b"?" * 100, "dmg"),
        ("app", b"x" * 1_000 + b"koly" + b"\0" * 508, "dmg"),
    ],
)
def test_a_format_that_can_not_be_read_is_named_and_the_file_kept(
    tmp_path: Path, name: str, content: bytes, meant: str
) -> None:
    saved(tmp_path, name, content)
    found = walked(tmp_path)
    assert (found.paths, found.reasons) == ([name], {name: "unsupported"})
    assert meant in found.detail(name)


@pytest.mark.parametrize("content", [b"\0" * 40_000, b"070701 is a number\n" * 20, b"]\0\0" + b"text" * 50])
def test_content_that_resembles_such_a_format_is_a_file(tmp_path: Path, content: bytes) -> None:
    saved(tmp_path, "file", content)
    found = walked(tmp_path)
    assert (found.paths, found.skipped) == (["file"], ())


_SECOND = tar_of({"hidden.py": "h"})


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_what_follows_the_end_of_a_tar_is_reported(tmp_path: Path, pack: type[bytes]) -> None:
    content = pack(tar_of({"a.py": "a"})) + pack(_SECOND)
    saved(tmp_path, "lib/x.tar", content)
    found = walked(tmp_path)
    assert (found.paths, found.reasons) == (["lib/x.tar!/a.py"], {"lib/x.tar": "truncated"})
    assert "data after the end of the archive was not examined" in found.detail("lib/x.tar")


def test_zeros_after_the_end_of_a_tar_are_padding(tmp_path: Path) -> None:
    saved(tmp_path, "x.tar", tar_of({"a.py": "a"}) + b"\0" * 50_000)
    assert walked(tmp_path).skipped == ()
