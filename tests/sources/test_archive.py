"""Archives as subjects: every member, and no member outside."""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.sources.archives.unpacking import Spool, Unpacking, UnpackingLimits
from compliance.sources.opening import open_submission
from compliance.sources.source import Members
from tests.counted_calls import with_calls
from tests.sources.archives import link, saved, tar_of, tar_with, zip_of
from tests.sources.repositories import walked

_MEMBERS: dict[str, bytes | str] = {"pkg/a.py": "a", "./b.py": "b", "pkg/sub//c.py": "c", "empty": ""}
_EXPECTED = {"b.py": b"b", "empty": b"", "pkg/a.py": b"a", "pkg/sub/c.py": b"c"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zip_of(_MEMBERS)),
        ("a.whl", zip_of(_MEMBERS, zipfile.ZIP_STORED)),
        ("bzip2.zip", zip_of(_MEMBERS, zipfile.ZIP_BZIP2)),
        ("a.tar", tar_of(_MEMBERS)),
        ("a.tar.gz", tar_of(_MEMBERS, "w:gz")),
        ("a.tgz", tar_of(_MEMBERS, "w:gz")),
        ("a.tar.bz2", tar_of(_MEMBERS, "w:bz2")),
        ("a.tar.xz", tar_of(_MEMBERS, "w:xz")),
        ("two.tar.xz", lzma.compress(tar_of(_MEMBERS)[:1000]) + lzma.compress(tar_of(_MEMBERS)[1000:])),
        ("misnamed.txt", tar_of(_MEMBERS, "w:gz")),
    ],
)
def test_members_of_every_format_come_sorted_with_their_content(tmp_path: Path, name: str, content: bytes) -> None:
    subject = saved(tmp_path, name, content)
    found = walked(subject)
    assert found.contents == _EXPECTED
    assert found.paths == sorted(_EXPECTED)
    assert found.skipped == ()
    assert open_submission(subject).sources[0].reference.kind == "archive"


def test_an_empty_archive_has_no_members(tmp_path: Path) -> None:
    found = walked(saved(tmp_path, "a.zip", zip_of({})))
    assert (found.paths, found.skipped) == ([], ())


def test_a_single_compressed_file_is_one_member(tmp_path: Path) -> None:
    assert walked(saved(tmp_path, "notes.md.gz", gzip.compress(b"n" * 600))).contents == {"notes.md": b"n" * 600}
    assert walked(saved(tmp_path, "short.bz2", bz2.compress(b"s"))).contents == {"short": b"s"}


_UNSAFE = ["../evil.py", "a/../../evil.py", "/etc/passwd", "C:\\evil.py", "c:evil", "a\\b.py"]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_names_that_lead_outside_are_reported(tmp_path: Path, kind: str) -> None:
    content = (zip_of if kind == "zip" else tar_of)({"good.py": "g", **dict.fromkeys(_UNSAFE, "e")})
    found = walked(saved(tmp_path / "inner", "archive", content))
    assert found.paths == ["good.py"]
    assert found.reasons == dict.fromkeys(_UNSAFE, "unsafe-path")
    assert sorted(place.name for place in tmp_path.iterdir()) == ["inner"]


def test_a_zip_name_with_a_nul_byte_is_reported(tmp_path: Path) -> None:
    content = zip_of({"aXb.py": "a", "good.py": "g"}).replace(b"aXb.py", b"a\0b.py")
    found = walked(saved(tmp_path, "a.zip", content))
    assert (found.paths, set(found.reasons.values())) == (["good.py"], {"unsafe-path"})


def test_links_in_a_tar_are_their_files_and_reported_if_they_lose_content(tmp_path: Path) -> None:
    content = tar_with(
        [
            (tarfile.TarInfo("real/a.py"), "a"),
            (link("real/inside", "a.py"), ""),
            (link("folder", "real"), ""),
            (link("hard", "real/a.py", tarfile.LNKTYPE), ""),
            (link("deep/hard", "real/a.py", tarfile.LNKTYPE), ""),
            (link("outside", "../../etc/passwd"), ""),
            (link("absolute", "/etc/passwd"), ""),
            (link("dangling", "missing"), ""),
            (link("hard-dangling", "real/missing", tarfile.LNKTYPE), ""),
            (link("circle", "circle"), ""),
        ]
    )
    found = walked(saved(tmp_path, "a.tar", content))
    assert found.contents == dict.fromkeys(["deep/hard", "hard", "real/a.py", "real/inside"], b"a")
    assert found.reasons == dict.fromkeys(
        ["absolute", "circle", "dangling", "hard-dangling", "outside"], "symlink"
    )


def test_a_hard_link_is_what_its_file_was_then_and_a_symbolic_one_what_it_is_at_the_end(tmp_path: Path) -> None:
    content = tar_with(
        [
            (tarfile.TarInfo("blob"), "first"),
            (link("hard", "blob", tarfile.LNKTYPE), ""),
            (link("soft", "blob"), ""),
            (tarfile.TarInfo("blob"), "second"),
        ]
    )
    found = walked(saved(tmp_path, "a.tar", content))
    assert found.contents == {"blob": b"first", "hard": b"first", "soft": b"second", "~2/blob": b"second"}


def test_links_of_the_same_name_are_all_examined(tmp_path: Path) -> None:
    members = [(tarfile.TarInfo(name), name) for name in ("d/a", "d/b", "d/c")]
    links = [(link("d/config.json", target), "") for target in ("a", "b", "/d/c")]
    found = walked(
        saved(tmp_path, "a.tar", tar_with([*members, *links, (tarfile.TarInfo("d/config.json"), "file")]))
    )
    assert {path: text for path, text in found.contents.items() if path.endswith("config.json")} == {
        "d/config.json": b"d/a",
        "d/~2/config.json": b"d/b",
        "d/~4/config.json": b"file",
    }
    assert found.reasons == {"d/~3/config.json": "symlink"}


def test_the_work_for_members_of_one_name_grows_with_their_number(tmp_path: Path) -> None:
    unpacking = Unpacking(Spool(UnpackingLimits()), "", None)

    def add() -> None:
        for _ in range(100_000):
            unpacking.add_link("a", b"nowhere")

    _, calls = with_calls(add)
    assert calls < 100_000 * 16
    assert len(unpacking.finish()[1]) == 100_000


def test_a_file_below_a_link_is_not_written_through_it(tmp_path: Path) -> None:
    content = tar_with([(link("way", str(tmp_path)), ""), (tarfile.TarInfo("way/evil.py"), "e")])
    found = walked(saved(tmp_path, "a.tar", content))
    assert found.contents == {"way/evil.py": b"e"}
    assert not (tmp_path / "evil.py").exists()


def test_links_in_a_zip_are_links(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, target in {"in": "a.py", "out": "/etc/passwd"}.items():
            member = zipfile.ZipInfo(name)
            member.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(member, target)
        archive.writestr("a.py", "a")
    found = walked(saved(tmp_path, "a.zip", content.getvalue()))
    assert (found.contents, found.reasons) == ({"a.py": b"a", "in": b"a"}, {"out": "symlink"})


def test_special_files_in_a_tar_are_reported(tmp_path: Path) -> None:
    kinds = {"device": tarfile.CHRTYPE, "pipe": tarfile.FIFOTYPE, "block": tarfile.BLKTYPE}
    content = tar_with([(link(name, "", kind), "") for name, kind in kinds.items()])
    found = walked(saved(tmp_path, "a.tar", content))
    assert found.reasons == dict.fromkeys(sorted(kinds), "special-file")


def test_encrypted_members_are_unsupported(tmp_path: Path) -> None:
    content = bytearray(zip_of({"secret.py": "s", "open.py": "o"}))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    found = walked(saved(tmp_path, "a.zip", bytes(content)))
    assert (found.paths, found.reasons) == (["open.py"], {"secret.py": "unsupported"})


def test_other_compression_methods_are_unsupported(tmp_path: Path) -> None:
    found = walked(saved(tmp_path, "a.zip", zip_of({"a.py": "a" * 100}, zipfile.ZIP_LZMA)))
    assert (found.paths, found.reasons) == ([], {"a.py": "unsupported"})


@pytest.mark.parametrize(
    "magic", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x00", b"\x04\x22\x4d\x18", b"\xed\xab\xee\xdb"]
)
def test_archives_that_can_not_be_read_are_unsupported(tmp_path: Path, magic: bytes) -> None:
    found = walked(saved(tmp_path, "a.bin", magic + b"\0" * 600))
    assert (found.paths, found.reasons) == ([], {"a.bin": "unsupported"})


def test_members_of_the_same_name_are_all_examined(tmp_path: Path) -> None:
    content = tar_with([(tarfile.TarInfo("pkg/LICENSE"), text) for text in ("one", "two", "three")])
    found = walked(saved(tmp_path, "a.tar", content))
    assert found.contents == {"pkg/LICENSE": b"one", "pkg/~2/LICENSE": b"two", "pkg/~3/LICENSE": b"three"}


def test_repositories_in_an_archive_are_left_out(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {"r/.git/HEAD": "ref: x", "r/.git/objects/ab/c": "o", "r/a.py": "a"}
    found = walked(saved(tmp_path, "a.tar", tar_of(members)))
    assert (found.paths, found.skipped) == (["r/a.py"], ())


@pytest.mark.parametrize("make", [zip_of, tar_of])
def test_a_folder_in_an_archive_that_is_only_called_git_is_reported(
    tmp_path: Path, make: Callable[[dict[str, bytes | str]], bytes]
) -> None:
    content = make({"r/.git/model.py": "m", "r/.git/HEAD": "h", "s/.git": "gitdir: ../x", "r/a.py": "a"})
    found = walked(saved(tmp_path, "archive", content))
    assert (found.paths, found.reasons) == (["r/a.py", "s/.git"], {"r/.git": "unsupported"})
    assert "another name" in found.detail("r/.git")


def test_names_keep_control_characters_and_show_other_bytes_with_escapes(tmp_path: Path) -> None:
    header = tarfile.TarInfo("caf\udce9\n\x1b.py")
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", encoding="utf-8", errors="surrogateescape") as archive:
        archive.addfile(header)
    assert walked(saved(tmp_path, "a.tar", content.getvalue())).paths == ["caf\\xe9\n\x1b.py"]


def test_names_in_a_korean_zip_are_shown_by_their_bytes(tmp_path: Path) -> None:
    name = "모델".encode("cp949")
    content = zip_of({"x" * len(name): "m"}).replace(b"x" * len(name), name)
    assert walked(saved(tmp_path, "a.zip", content)).paths == [name.decode("utf-8", "backslashreplace")]
    assert walked(saved(tmp_path, "b.zip", zip_of({"모델.md": "m"}))).paths == ["모델.md"]


def test_members_are_identified_by_a_settled_archive(tmp_path: Path) -> None:
    subject = saved(tmp_path, "a.zip", zip_of({"a.py": "a"}))
    assert walked(subject).identities == {"a.py": None}
    time.sleep(2.1)
    status = subject.stat()
    stamp = f"stat:{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"
    assert walked(subject).identities == {"a.py": f"{stamp}\0a.py"}


def test_nothing_unpacked_stays_behind_even_after_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    (source,) = open_submission(saved(tmp_path, "a.zip", zip_of(_MEMBERS))).sources

    def fail_half_way() -> None:
        with source.open() as opened:
            assert len(list(opened.files(Members(skipped=[], findings=[])))) == 4
            assert len(list(room.iterdir())) == 1
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    assert list(room.iterdir()) == []
