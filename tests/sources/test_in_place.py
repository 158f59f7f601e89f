"""Files on disk are opened by other processes where they lie; git's objects are not."""

import pickle
from pathlib import Path

from compliance.sources.in_place import readable_in_place
from compliance.sources.opening import open_submission
from compliance.sources.source import Members, SourceFile
from tests.sources.archives import zip_of
from tests.sources.repositories import repository


def files_of(subject: Path, revision: str | None = None) -> dict[str, tuple[SourceFile | None, bytes | None]]:
    """What can be opened in place of each file, and what another process would read there."""
    found: dict[str, tuple[SourceFile | None, bytes | None]] = {}
    for one in open_submission(subject, revision=revision).sources:
        with one.open() as source:
            for file in source.files(Members([], [])):
                there = readable_in_place(file)
                content = pickle.loads(pickle.dumps(there)).open().read() if there else None  # noqa: S301
                found[file.path] = there, content
    return found


def test_files_links_and_members_of_archives_are_read_in_place(tmp_path: Path) -> None:
    (tmp_path / "a.pt").write_bytes(b"content")
    (tmp_path / "link.pt").symlink_to("a.pt")
    (tmp_path / "z.zip").write_bytes(zip_of({"b.pt": "member"}))

    contents = {path: content for path, (_, content) in files_of(tmp_path).items()}

    assert contents == {"a.pt": b"content", "link.pt": b"content", "z.zip!/b.pt": b"member"}


def test_files_of_a_commit_are_copied_first(tmp_path: Path) -> None:
    repository(tmp_path, {"a.pt": "content"})

    assert files_of(tmp_path, "HEAD") == {"a.pt": (None, None)}
