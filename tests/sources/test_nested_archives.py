"""Archives inside folders, repositories and archives."""

from pathlib import Path

import pytest

from compliance.sources.archives.formats import may_be_archive
from tests.sources.archives import saved, tar_of, zip_of
from tests.sources.repositories import commit, repository, walked


def test_an_archive_in_a_folder_stands_for_its_members(tmp_path: Path) -> None:
    saved(tmp_path, "dist/foo.whl", zip_of({"pkg/a.py": "a", "foo.dist-info/METADATA": "m"}))
    saved(tmp_path, "a.py", b"x")
    found = walked(tmp_path)
    assert found.paths == ["a.py", "dist/foo.whl!/foo.dist-info/METADATA", "dist/foo.whl!/pkg/a.py"]


@pytest.mark.parametrize("revision", [None, "HEAD"])
def test_an_archive_in_a_repository_stands_for_its_members(tmp_path: Path, revision: str | None) -> None:
    repository(tmp_path)
    saved(tmp_path, "lib.tgz", tar_of({"a.py": "a"}, "w:gz"))
    commit(tmp_path)
    assert walked(tmp_path, revision=revision).contents == {"lib.tgz!/a.py": b"a"}


def test_members_of_a_blob_are_identified_by_it(tmp_path: Path) -> None:
    repository(tmp_path)
    saved(tmp_path, "lib.zip", zip_of({"a.py": "a"}))
    commit(tmp_path)
    (identity,) = walked(tmp_path, revision="HEAD").identities.values()
    assert identity is not None
    assert identity.startswith("git-blob:")
    assert identity.endswith("\0a.py")


def test_members_whose_names_imitate_a_nested_archive_have_their_own_path_and_identity(tmp_path: Path) -> None:
    repository(tmp_path)
    saved(tmp_path, "lib.zip", zip_of({"a.zip!/b.py": "plain", "a.zip": zip_of({"b.py": "nested"})}))
    commit(tmp_path)
    found = walked(tmp_path, revision="HEAD")
    assert found.contents == {"lib.zip!/a.zip!/b.py": b"nested", "lib.zip!/a.zip\\x21/b.py": b"plain"}
    assert len(set(found.identities.values())) == 2


def test_archives_are_looked_into_three_deep(tmp_path: Path) -> None:
    content: bytes | str = "deepest"
    for depth in range(5, 0, -1):
        content = zip_of({f"{depth}.py": "p", f"{depth}.zip" if depth < 5 else "leaf.py": content})
    saved(tmp_path, "0.zip", bytes(content) if isinstance(content, bytes) else b"")
    found = walked(tmp_path)
    assert found.paths == ["0.zip!/1.py", "0.zip!/1.zip!/2.py", "0.zip!/1.zip!/2.zip!/3.py"]
    assert found.reasons == {"0.zip!/1.zip!/2.zip!/3.zip": "unsupported"}


def test_an_archive_is_recognised_whatever_its_name(tmp_path: Path) -> None:
    saved(tmp_path, "blob", zip_of({"a.py": "a"}))
    saved(tmp_path, "blob.dat", tar_of({"b.py": "b"}))
    assert walked(tmp_path).paths == ["blob!/a.py", "blob.dat!/b.py"]


def test_a_name_alone_makes_no_archive(tmp_path: Path) -> None:
    saved(tmp_path, "not.zip", b"just a text that is long enough")
    assert walked(tmp_path).paths == ["not.zip"]


@pytest.mark.parametrize(
    "name",
    ["report.docx", "slides.pptx", "table.xlsx", "paper.odt", "form.hwpx", "model.pt", "model.bin", "m.keras",
     "m.nemo", "last.ckpt"],
)  # fmt: skip
def test_documents_and_weights_stay_whole_by_name(tmp_path: Path, name: str) -> None:
    saved(tmp_path, name, zip_of({"a.py": "a"}))
    assert walked(tmp_path).paths == [name]


@pytest.mark.parametrize(
    "members",
    [
        {"[Content_Types].xml": "x", "word/document.xml": "x"},
        {"mimetype": "application/hwp+zip", "Contents/header.xml": "x", "Preview/PrvText.txt": "x"},
        {"mimetype": "application/epub+zip", "META-INF/container.xml": "x", "OEBPS/one.xhtml": "x"},
        {"a.npy": b"\x93NUMPY", "b.npy": b"\x93NUMPY"},
    ],
)
def test_documents_and_arrays_stay_whole_by_content(tmp_path: Path, members: dict[str, bytes | str]) -> None:
    saved(tmp_path, "unnamed", zip_of(members))
    found = walked(tmp_path)
    assert (found.paths, found.skipped) == (["unnamed"], ())


_TORCH: dict[str, bytes | str] = {"archive/data.pkl": b"\x80\x02", "archive/data/0": b"\0", "archive/version": "3"}
_KERAS: dict[str, bytes | str] = {"config.json": "{}", "metadata.json": "{}", "model.weights.h5": b"\x89HDF"}


@pytest.mark.parametrize(("name", "members"), [("unnamed", _KERAS), ("x.plan", _TORCH), ("x.plan", _KERAS)])
def test_weights_under_another_name_are_reported(
    tmp_path: Path, name: str, members: dict[str, bytes | str]
) -> None:
    saved(tmp_path, name, zip_of(members))
    found = walked(tmp_path)
    assert (found.paths, found.reasons) == ([], {name: "unsupported"})
    assert "weights" in found.detail(name)


@pytest.mark.parametrize("name", ["unnamed", "training_args.bin", "x.zip"])
def test_weights_under_a_name_that_may_stand_for_them_stay_whole(tmp_path: Path, name: str) -> None:
    saved(tmp_path, name, zip_of(_TORCH))
    found = walked(tmp_path)
    assert (found.paths, found.skipped) == ([name], ())


_LURES = ["mimetype", "archive/data.pkl", "word/document.xml", "a.npy", "model.weights.h5"]


@pytest.mark.parametrize("lure", _LURES)
@pytest.mark.parametrize(
    "hidden",
    ["modeling.py", "lib/engine.scala", "kernel.cl", "LICENSE", "META-INF/LICENSE.xml", "pom.xml", "go.mod",
     "word/setup.cfg", "x/nested.zip"],
)  # fmt: skip
def test_a_lure_does_not_hide_source_or_licenses_beside_it(tmp_path: Path, lure: str, hidden: str) -> None:
    members = {lure: "x", "[Content_Types].xml": "x", "config.json": "{}", hidden: "m"}
    saved(tmp_path, "unnamed", zip_of(dict(members)))
    assert f"unnamed!/{hidden}" in walked(tmp_path).paths


@pytest.mark.parametrize("name", ["x.npz", "service.mar", "tokenizer.model", "data.bin", "graph.pb", "a.plan"])
def test_archives_under_names_that_promise_no_weights_are_looked_into(tmp_path: Path, name: str) -> None:
    saved(tmp_path, name, zip_of({"handler.py": "h"}))
    assert walked(tmp_path).paths == [f"{name}!/handler.py"]


def test_an_archive_is_unpacked_once_whatever_links_lead_to_it(tmp_path: Path) -> None:
    saved(tmp_path, "z.zip", zip_of({"a.py": "a"}))
    for number in range(3):
        (tmp_path / f"{number}.zip").symlink_to("z.zip")
    (tmp_path / "notes.txt").symlink_to("z.zip")
    found = walked(tmp_path)
    assert (found.paths, found.skipped) == (["notes.txt", "z.zip!/a.py"], ())


def test_an_archive_that_only_a_link_shows_to_be_one_is_looked_into_there(tmp_path: Path) -> None:
    saved(tmp_path, "notes.txt", zip_of({"a.py": "a"}))
    for name in ("1.zip", "2.zip"):
        (tmp_path / name).symlink_to("notes.txt")
    assert walked(tmp_path).paths == ["1.zip!/a.py", "notes.txt"]


def test_links_to_a_document_are_examined_under_their_own_names(tmp_path: Path) -> None:
    saved(tmp_path, "blob", zip_of({"[Content_Types].xml": "x", "word/document.xml": "x"}))
    for name in ("report.docx", "other"):
        (tmp_path / name).symlink_to("blob")
    assert walked(tmp_path).paths == ["blob", "other", "report.docx"]


def test_java_archives_are_looked_into(tmp_path: Path) -> None:
    saved(tmp_path, "lib.jar", zip_of({"META-INF/LICENSE": "l"}))
    assert walked(tmp_path).paths == ["lib.jar!/META-INF/LICENSE"]


def test_a_broken_archive_in_a_folder_is_reported_at_its_path(tmp_path: Path) -> None:
    content = tar_of({"a.py": "a" * 5_000, "b.py": "b" * 5_000}, "w")
    saved(tmp_path, "lib/x.tar", content[:9_000])
    saved(tmp_path, "lib/y.py", b"y")
    found = walked(tmp_path)
    assert found.paths == ["lib/x.tar!/a.py", "lib/y.py"]
    assert found.reasons == {"lib/x.tar": "malformed"}


def test_faults_of_members_are_reported_below_the_archive(tmp_path: Path) -> None:
    saved(tmp_path, "lib.zip", zip_of({"../evil": "e", "ok.py": "o"}))
    assert walked(tmp_path).reasons == {"lib.zip!/../evil": "unsafe-path"}


def test_a_format_that_can_not_be_read_is_reported_instead_of_the_file(tmp_path: Path) -> None:
    saved(tmp_path, "x.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 100)
    found = walked(tmp_path)
    assert (found.paths, found.reasons) == ([], {"x.7z": "unsupported"})


def test_pointers_in_archives_are_told_from_content(tmp_path: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"
    saved(tmp_path, "a.zip", zip_of({"model.bin": pointer}))
    assert walked(tmp_path).reasons == {"a.zip!/model.bin": "lfs-pointer"}


@pytest.mark.parametrize("path", ["a.py", "README.md", "model.safetensors", "x/y.JSON", "i.png"])
def test_files_that_are_known_by_name_are_not_opened_to_look(path: str) -> None:
    assert not may_be_archive(path, 10_000)


@pytest.mark.parametrize("path", ["LICENSE", "a.whl", "a.unknown", "Makefile"])
def test_other_files_are(path: str) -> None:
    assert may_be_archive(path, 10_000)
    assert not may_be_archive(path, 10)
