"""Pinned distributions: brought by name from a package index, kept, and never taken for another file."""

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.errors import ComplianceError
from compliance.origins.building.fetching import distributions, fetched, missing
from tests.origins.building.recipes import MODEL, pinned, recipe_of, sdist, wheel


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """A package index on this machine with the distributions in `folder`; its address."""
    page = folder / "simple" / "hanbit" / "index.html"
    page.parent.mkdir(parents=True)
    names = [file.name for file in folder.iterdir() if file.is_file()]
    page.write_text("".join(f'<a href="../../{name}">{name}</a>\n' for name in names))
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/simple/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """No package index can be reached."""
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple/")


def test_a_distribution_is_downloaded_by_its_file_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index, downloads = tmp_path / "index", tmp_path / "downloads"
    releases = "\n".join(
        [
            pinned(index, "hanbit-1.0-py3-none-any.whl", wheel({"hanbit/model.py": MODEL})),
            pinned(index, "hanbit-1.1.tar.gz", sdist({"hanbit/model.py": MODEL}), "1.1"),
        ]
    )
    wanted = distributions(recipe_of(tmp_path, releases))
    assert missing(wanted, downloads) == wanted
    with served(index) as address:
        monkeypatch.setenv("PIP_INDEX_URL", address)
        for one in wanted:
            assert fetched(one, downloads).read_bytes() == (index / one.file).read_bytes()
    assert missing(wanted, downloads) == ()
    assert sorted(file.name for file in downloads.iterdir()) == sorted(one.file for one in wanted)


@pytest.mark.usefixtures("nowhere")
def test_what_lies_there_already_needs_no_package_index(tmp_path: Path) -> None:
    (wanted,) = distributions(recipe_of(tmp_path, pinned(tmp_path, "hanbit-1.0-py3-none-any.whl", wheel({}))))
    assert fetched(wanted, tmp_path) == tmp_path / "hanbit-1.0-py3-none-any.whl"


@pytest.mark.usefixtures("nowhere")
def test_a_package_index_that_can_not_be_reached_is_told_with_the_file(tmp_path: Path) -> None:
    (wanted,) = distributions(recipe_of(tmp_path, pinned(tmp_path, "hanbit-1.0.tar.gz", sdist({}))))
    with pytest.raises(
        ComplianceError, match=r"hanbit-1\.0\.tar\.gz: the package index can't be reached"
    ) as raised:
        fetched(wanted, tmp_path / "downloads")
    assert "다운로드 폴더에 직접 넣으세요" in raised.value.message.ko


@pytest.mark.usefixtures("nowhere")
def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    (wanted,) = distributions(recipe_of(tmp_path, pinned(tmp_path, "hanbit-1.0.tar.gz", sdist({}))))
    (tmp_path / wanted.file).write_bytes(b"damaged")
    with pytest.raises(ComplianceError, match="sha256 isn't the recipe's"):
        fetched(wanted, tmp_path)


def test_another_file_of_that_name_is_refused_and_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, downloads = tmp_path / "index", tmp_path / "downloads"
    (wanted,) = distributions(recipe_of(tmp_path, pinned(index, "hanbit-1.0.tar.gz", sdist({}))))
    (index / wanted.file).write_bytes(b"replaced")
    with served(index) as address:
        monkeypatch.setenv("PIP_INDEX_URL", address)
        with pytest.raises(ComplianceError, match="sha256 isn't the recipe's"):
            fetched(wanted, downloads)
    assert list(downloads.iterdir()) == []


def test_a_file_or_package_that_the_index_lacks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = tmp_path / "index"
    releases = [
        pinned(index, "hanbit-1.0.tar.gz", sdist({})),
        pinned(tmp_path, "absent-2.0.tar.gz", sdist({}), "2.0"),
    ]
    known, unknown = distributions(recipe_of(tmp_path, "\n".join(releases)))
    (index / known.file).unlink()
    with served(index) as address:
        monkeypatch.setenv("PIP_INDEX_URL", address)
        for one in (known, unknown):
            with pytest.raises(ComplianceError, match="the package index has no such file"):
                fetched(one, tmp_path / "downloads")


@pytest.mark.usefixtures("nowhere")
def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (wanted,) = distributions(recipe_of(tmp_path, pinned(tmp_path, "hanbit-1.0.tar.gz", sdist({}))))
    (tmp_path / "downloads").write_bytes(b"a file, no folder")
    with pytest.raises(ComplianceError, match="name a writable folder"):
        fetched(wanted, tmp_path / "downloads")
