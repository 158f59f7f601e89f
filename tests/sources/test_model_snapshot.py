"""Model snapshots, as downloaded into a folder or into a Hugging Face cache."""

import os
from pathlib import Path

import pytest

from compliance.errors import SubjectError
from compliance.sources.opening import open_submission
from tests.sources.repositories import repository, walked, write

_REVISION = "a" * 40


def _cache(folder: Path, *revisions: str) -> Path:
    """A model's folder in a cache with snapshots called `revisions`."""
    model = folder / "models--team--model"
    write(model, {"blobs/111": '{"model_type": "x"}', "blobs/222": "weights"})
    for revision in revisions:
        snapshot = model / "snapshots" / revision
        snapshot.mkdir(parents=True)
        (snapshot / "config.json").symlink_to("../../blobs/111")
        (snapshot / "model.safetensors").symlink_to("../../blobs/222")
    return model


@pytest.mark.parametrize(
    "files",
    [
        {"model.safetensors": "w"},
        {"model-Q4.gguf": "w"},
        {"config.json": '{"architectures": ["X"]}'},
        {"README.md": "---\nlicense: mit\n---\n", "tokenizer.json": "{}"},
    ],
)
def test_a_folder_with_a_models_files_is_a_snapshot(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    assert open_submission(tmp_path).sources[0].reference.kind == "model-snapshot"
    assert walked(tmp_path).paths == sorted(files)


@pytest.mark.parametrize("files", [{"config.json": '{"name": "web"}'}, {"README.md": "---\n---\n"}, {"a.py": "a"}])
def test_any_other_folder_is_a_directory(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    assert open_submission(tmp_path).sources[0].reference.kind == "directory"


def test_a_cloned_model_repository_is_a_git_repository(tmp_path: Path) -> None:
    repository(tmp_path, {"config.json": '{"model_type": "x"}'})
    assert open_submission(tmp_path).sources[0].reference.kind == "git"


def test_links_into_the_caches_own_blobs_are_read_as_files(tmp_path: Path) -> None:
    snapshot = _cache(tmp_path, _REVISION) / "snapshots" / _REVISION
    found = walked(snapshot)
    assert found.contents == {"config.json": b'{"model_type": "x"}', "model.safetensors": b"weights"}
    assert found.skipped == ()
    assert open_submission(snapshot).sources[0].reference.kind == "model-snapshot"


@pytest.mark.parametrize("target", ["../../../elsewhere", "/etc/passwd", "../../blobs/333", "../../blobs"])
def test_links_that_leave_the_models_folder_are_reported(tmp_path: Path, target: str) -> None:
    write(tmp_path, {"elsewhere": "secret"})
    snapshot = _cache(tmp_path, _REVISION) / "snapshots" / _REVISION
    (snapshot / "evil.json").symlink_to(target)
    found = walked(snapshot)
    assert found.reasons == {"evil.json": "symlink"}
    assert "evil.json" not in found.paths


def test_a_blob_that_is_a_link_out_of_the_cache_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere": "secret"})
    model = _cache(tmp_path, _REVISION)
    (model / "blobs" / "111").unlink()
    (model / "blobs" / "111").symlink_to(tmp_path / "elsewhere")
    assert walked(model / "snapshots" / _REVISION).reasons == {"config.json": "symlink"}


def test_a_models_folder_in_the_cache_stands_for_its_only_snapshot(tmp_path: Path) -> None:
    assert walked(_cache(tmp_path, _REVISION)).paths == ["config.json", "model.safetensors"]


def test_a_models_folder_with_several_snapshots_stands_for_main(tmp_path: Path) -> None:
    model = _cache(tmp_path, _REVISION, "b" * 40)
    with pytest.raises(SubjectError, match="several snapshots"):
        open_submission(model)
    write(model, {"refs/main": "b" * 40})
    (model / "snapshots" / _REVISION / "model.safetensors").unlink()
    assert "model.safetensors" in walked(model).paths


def test_a_pipe_called_like_a_card_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {"tokenizer.json": "{}"})
    os.mkfifo(tmp_path / "README.md")
    assert open_submission(tmp_path).sources[0].reference.kind == "directory"
    assert walked(tmp_path).reasons == {"README.md": "special-file"}


def test_a_card_that_is_a_link_as_in_a_cache_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"blobs/1": "---\nlicense: mit\n---\n", "model/tokenizer.json": "{}"})
    (tmp_path / "model" / "README.md").symlink_to("../blobs/1")
    assert open_submission(tmp_path / "model").sources[0].reference.kind == "model-snapshot"


def test_links_that_lead_round_in_a_circle_tell_of_no_model(tmp_path: Path) -> None:
    write(tmp_path, {"tokenizer.json": "{}"})
    for name in ("README.md", "config.json"):
        (tmp_path / name).symlink_to(name)
    assert open_submission(tmp_path).sources[0].reference.kind == "directory"
