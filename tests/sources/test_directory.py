"""Folders: what is yielded, in which order, and what is said of everything else."""

import os
import socket
import tempfile
import time
from pathlib import Path

import pytest

from compliance.model.skip import Skip
from compliance.sources.opening import open_submission
from compliance.sources.source import Members, SourceFile
from tests.counted_calls import with_calls
from tests.sources.archives import saved, zip_of
from tests.sources.repositories import walked, write


def _files(subject: Path) -> tuple[list[SourceFile], Members]:
    members = Members(skipped=[], findings=[])
    with open_submission(subject).sources[0].open() as source:
        return list(source.files(members)), members


def _rest(folder: Path) -> None:
    """Wait until what lies in `folder` counts as settled."""
    newest = max(one.lstat().st_ctime_ns for one in folder.rglob("*"))
    time.sleep(max(0.0, (newest + 2_050_000_000 - time.time_ns()) / 1e9))


def test_files_come_sorted_by_path_with_their_content(tmp_path: Path) -> None:
    write(tmp_path, {"b/c.py": "c", "a.txt": "t", "a/z": "z", "b.py": "b"})
    found = walked(tmp_path)
    assert found.paths == ["a.txt", "a/z", "b.py", "b/c.py"]
    assert found.contents["b/c.py"] == b"c"


def test_an_empty_folder_has_no_files_and_nothing_skipped(tmp_path: Path) -> None:
    found = walked(tmp_path)
    assert (found.paths, found.skipped) == ([], ())


def test_a_folder_is_called_a_directory_with_the_path_that_was_given(tmp_path: Path) -> None:
    reference = open_submission(tmp_path).sources[0].reference
    assert (reference.kind, reference.path, reference.revision) == ("directory", str(tmp_path), None)


def test_what_git_keeps_for_itself_is_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"a/.git/HEAD": "ref: x", "a/.git/objects/ab/c": "x", "b/.git": "gitdir: /nowhere", "a/kept": "k"},
    )
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / ".git").symlink_to("../a/.git")
    found = walked(tmp_path)
    assert (found.paths, found.skipped) == (["a/kept"], ())


def test_a_folder_or_file_that_is_only_called_git_is_examined_like_any_other(tmp_path: Path) -> None:
    write(tmp_path, {"a/.git/model.py": "m", "b/.git": "import os"})
    assert walked(tmp_path).contents == {"a/.git/model.py": b"m", "b/.git": b"import os"}


def test_names_that_are_not_utf8_are_shown_with_escapes_and_can_be_read(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.py"))).write_text("x")
    assert walked(tmp_path).contents == {"caf\\xe9.py": b"x"}


def test_control_characters_in_names_stay_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, {"new\nline": "1", "\x1b[31mred": "2", "한글.md": "3"})
    assert set(walked(tmp_path).paths) == {"new\nline", "\x1b[31mred", "한글.md"}


def test_links_to_folders_inside_are_neither_followed_nor_reported(tmp_path: Path) -> None:
    write(tmp_path, {"real/a.py": "a"})
    (tmp_path / "folder").symlink_to("real")
    (tmp_path / "real" / "up").symlink_to("..")
    found = walked(tmp_path)
    assert (found.paths, found.skipped) == (["real/a.py"], ())


def test_a_link_to_a_file_inside_is_that_file_under_another_name(tmp_path: Path) -> None:
    write(tmp_path, {"real/a.py": "a"})
    (tmp_path / "folder").symlink_to("real")
    (tmp_path / "config.json").symlink_to("real/a.py")
    (tmp_path / "absolute").symlink_to(tmp_path / "real" / "a.py")
    (tmp_path / "chain").symlink_to("folder/a.py")
    (tmp_path / "second").symlink_to("chain")
    found = walked(tmp_path)
    assert found.contents == dict.fromkeys(["absolute", "chain", "config.json", "real/a.py", "second"], b"a")
    assert (found.paths, found.skipped) == (sorted(found.paths), ())


def test_a_folder_that_looks_like_an_archive_is_told_from_one(tmp_path: Path) -> None:
    write(tmp_path, {"a.zip!/b.py": "folder"})
    saved(tmp_path, "a.zip", zip_of({"b.py": "member"}))
    assert walked(tmp_path).contents == {"a.zip!/b.py": b"member", "a.zip\\x21/b.py": b"folder"}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("/etc/passwd", "outside"),
        ("../beside", "outside"),
        ("missing", "isn't there"),
        ("link", "circle"),
        (".git/config", "isn't there or isn't examined"),
    ],
)
def test_links_that_lose_content_are_reported_with_their_target(tmp_path: Path, target: str, words: str) -> None:
    folder = tmp_path / "subject"
    write(folder, {"a.py": "a"})
    (folder / "link").symlink_to(target)
    found = walked(folder)
    assert found.reasons == {"link": "symlink"}
    assert target in found.detail("link")
    assert words in found.detail("link")


def test_a_circle_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to("y")
    (tmp_path / "y").symlink_to("x")
    assert walked(tmp_path).reasons == {"x": "symlink", "y": "symlink"}


def test_pipes_and_sockets_are_reported_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{short}/s")
        Path(short, "s").rename(tmp_path / "socket")
        found = walked(tmp_path)
    assert found.reasons == {"pipe": "special-file", "socket": "special-file"}


def test_a_file_without_permission_is_reported() -> None:
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        write(folder, {"open.py": "o", "closed.py": "c", "shut/inside.py": "i"})
        (folder / "closed.py").chmod(0)
        (folder / "shut").chmod(0)
        if user == 0:
            os.seteuid(65534)
        try:
            found = walked(folder)
        finally:
            os.seteuid(user)
            (folder / "shut").chmod(0o700)
    assert found.paths == ["open.py"]
    assert found.reasons == {"closed.py": "unreadable", "shut": "unreadable"}


def test_a_path_longer_than_the_system_allows_costs_only_itself(tmp_path: Path) -> None:
    write(tmp_path, {"kept.py": "k"})
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(25):
            Path("d" * 200).mkdir()
            os.chdir("d" * 200)
    finally:
        os.chdir(here)
    found = walked(tmp_path)
    assert found.paths == ["kept.py"]
    assert set(found.reasons.values()) == {"unreadable"}


def test_a_settled_file_is_identified_without_being_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "a"})
    _rest(tmp_path)
    status = (tmp_path / "a.py").stat()
    expected = f"stat:{status.st_dev}:{status.st_ino}:1:{status.st_mtime_ns}:{status.st_ctime_ns}"
    assert walked(tmp_path).identities == {"a.py": expected}


def test_a_file_that_has_just_changed_has_no_identity_even_with_an_old_date(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "a"})
    os.utime(tmp_path / "a.py", (1, 1))
    assert walked(tmp_path).identities == {"a.py": None}


def test_a_file_that_changes_between_walk_and_reading_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "a"})
    (file,), _ = _files(tmp_path)
    (tmp_path / "a.py").write_text("other")
    with pytest.raises(OSError, match="changed"):
        file.open()


def test_a_file_that_becomes_a_link_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "a"})
    (file,), _ = _files(tmp_path)
    (tmp_path / "a.py").unlink()
    (tmp_path / "a.py").symlink_to("/etc/passwd")
    with pytest.raises(OSError, match="symbolic links"):
        file.open()


def test_skips_come_sorted(tmp_path: Path) -> None:
    for name in ("c", "a", "b"):
        (tmp_path / name).symlink_to("nowhere")
    assert [skip.path for skip in walked(tmp_path).skipped] == ["a", "b", "c"]


def test_git_lfs_pointers_are_told_from_content(tmp_path: Path) -> None:
    name = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{name}\nsize 4949453816\n"
    write(tmp_path, {"model.safetensors": pointer, "README.md": f"About pointers:\n\n{pointer}"})
    found = walked(tmp_path)
    assert found.paths == ["README.md"]
    assert found.reasons == {"model.safetensors": "lfs-pointer"}
    assert name in found.detail("model.safetensors")
    assert "4,949,453,816" in found.detail("model.safetensors")


def test_the_work_of_a_walk_grows_with_the_files(tmp_path: Path) -> None:
    for folder in range(100):
        (tmp_path / str(folder)).mkdir()
        for number in range(100):
            (tmp_path / str(folder) / f"{number}.py").touch()
    (files, members), calls = with_calls(lambda: _files(tmp_path))
    assert calls < 10_000 * 100
    assert (len(files), members.skipped) == (10_000, list[Skip]())
