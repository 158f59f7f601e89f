"""What metadata declare of license and makers is found under the keys that writers use."""

import pytest

from compliance.weights.provenance import declared_family, declared_license, makers, telling


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"general.license": "mit"}, ("general.license", "mit")),
        ({"modelspec.license": "CreativeML Open RAIL++-M"}, ("modelspec.license", "CreativeML Open RAIL++-M")),
        ({"license": " ", "format": "pt"}, None),
        ({"general.license": "other", "general.license.name": "llama3.1"}, ("general.license.name", "llama3.1")),
        ({"general.license": "other"}, ("general.license", "other")),
        ({"general.license.name": "qwen"}, ("general.license.name", "qwen")),
        ({"general.name": "x"}, None),
    ],
)
def test_the_declared_license_is_found(metadata: dict[str, str], expected: tuple[str, str] | None) -> None:
    assert declared_license(tuple(metadata.items())) == expected


@pytest.mark.parametrize(
    ("key", "value", "developer"),
    [
        ("general.organization", "Qwen", "Alibaba Cloud (Qwen team)"),
        ("general.base_model.0.organization", "deepseek-ai", "DeepSeek"),
        ("general.base_model.12.repo_url", "https://huggingface.co/zai-org/GLM-4.5", "Z.ai (Zhipu AI)"),
        ("general.source.huggingface.repo_url", "huggingface.co/Qwen/Qwen3-8B", "Alibaba Cloud (Qwen team)"),
    ],
)
def test_known_makers_are_named(key: str, value: str, developer: str) -> None:
    assert [(one.key, one.developer.name) for one in makers(((key, value),))] == [(key, developer)]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("general.organization", "Hanbit"),
        ("general.name", "Qwen"),
        ("general.base_model.0.repo_url", "https://example.com/Qwen/Qwen3"),
        ("general.base_model.0.repo_url", "https://huggingface.co.example.com/Qwen/Qwen3"),
    ],
)
def test_others_are_not(key: str, value: str) -> None:
    assert list(makers(((key, value),))) == []


def test_a_maker_named_twice_is_one() -> None:
    assert (
        len(list(makers((("general.organization", "Qwen"), ("general.base_model.0.organization", "Qwen"))))) == 1
    )


def test_a_declared_architecture_tells_a_family() -> None:
    found = declared_family((("general.architecture", "qwen2"),))

    assert found is not None
    assert found[2].developer == "Alibaba Cloud (Qwen team)"
    assert declared_family((("general.architecture", "hanbit"),)) is None


def test_entries_about_origin_are_quoted_and_licenses_come_first() -> None:
    metadata = (
        ("tokenizer.ggml.model", "x"),
        ("general.author", "a"),
        ("general.license", "mit"),
        ("general.url", ""),
    )

    assert telling(metadata) == [("general.license", "mit"), ("general.author", "a")]
