"""One repository, however a file writes its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.weights.hub import HubRepository, id_of, of_address, of_cache, of_reference, owner_in

GARAM = HubRepository("hanbit", "garam-8b")


@pytest.mark.parametrize(
    "text",
    [
        "hanbit/garam-8b",
        "https://huggingface.co/hanbit/garam-8b",
        "huggingface.co/hanbit/garam-8b/",
        "http://www.hf.co/hanbit/garam-8b?library=transformers",
        "https://modelscope.cn/models/hanbit/garam-8b",
        "hf://hanbit/garam-8b",
        "/root/.cache/huggingface/hub/models--hanbit--garam-8b",
        " hanbit/garam-8b/ ",
    ],
)
def test_a_repository_is_the_same_in_every_form(text: str) -> None:
    assert of_reference(text) == GARAM


@pytest.mark.parametrize(
    ("text", "revision", "path"),
    [
        ("hanbit/garam-8b@v1.0", "v1.0", ""),
        ("https://huggingface.co/hanbit/garam-8b/tree/refs%2Fpr%2F1", "refs/pr/1", ""),
        ("https://huggingface.co/hanbit/garam-8b/blob/main/LICENSE", "main", "LICENSE"),
        ("https://huggingface.co/hanbit/garam-8b/resolve/abc/docs/LICENSE.md", "abc", "docs/LICENSE.md"),
        ("hub/models--hanbit--garam-8b/snapshots/0abc/config.json", "0abc", ""),
        ("hf://hanbit/garam-8b@v2", "v2", ""),
    ],
)
def test_revision_and_path_are_kept(text: str, revision: str, path: str) -> None:
    assert of_reference(text) == HubRepository("hanbit", "garam-8b", revision=revision, path=path)


@pytest.mark.parametrize(
    "text",
    [
        "./garam",
        "../base/garam",
        "/data/garam",
        "C:\\models\\garam",
        "garam",
        "",
        "a/b/c",
        "~/models/garam",
        "a /b",
    ],
)
def test_local_paths_and_bare_names_are_no_repository(text: str) -> None:
    assert of_reference(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "https://huggingface.co/docs/hub",
        "https://huggingface.co/papers/2501.00001",
        "https://huggingface.co.example.org/hanbit/garam",
        "https://example.org/hanbit/garam",
        "https://huggingface.co/hanbit",
    ],
)
def test_other_pages_are_no_repository(text: str) -> None:
    assert of_address(text) is None


def test_datasets_are_told_from_models() -> None:
    address = of_address("https://huggingface.co/datasets/hanbit/corpus")
    cached = of_cache("datasets--hanbit--corpus/snapshots/1")

    assert (address and address.kind, cached and cached.kind) == ("dataset", "dataset")


def test_the_owner_is_seen_in_local_paths_too() -> None:
    assert owner_in("/data/Qwen/Qwen2.5-VL-7B") == "Qwen"
    assert owner_in("garam") == ""


@given(st.text(max_size=80))
def test_any_text_has_an_id(text: str) -> None:
    assert id_of(id_of(text)) == id_of(text)
