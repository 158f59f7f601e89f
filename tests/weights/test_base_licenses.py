"""The default license of a base model, by the name of its repository."""

import pytest

from compliance.weights.base_licenses import base_license


@pytest.mark.parametrize(
    ("repository", "licenses"),
    [
        ("meta-llama/Llama-3.1-8B-Instruct", ("llama-3.1",)),
        ("meta-llama/Meta-Llama-3-8B", ("llama-3",)),
        ("Qwen/Qwen2.5-72B-Instruct", ("qwen",)),
        ("LGAI-EXAONE/EXAONE-4.0-32B", ("exaone-1.2-nc",)),
        ("tencent/Hunyuan-A13B-Instruct", ("tencent-hunyuan-eu-uk-kr",)),
    ],
)
def test_the_version_in_the_name_tells_the_license(repository: str, licenses: tuple[str, ...]) -> None:
    found = base_license(repository)

    assert found is not None
    assert found.version.licenses == licenses


@pytest.mark.parametrize(
    "repository", ["hanbit/Llama-3.1-8B", "Llama-3.1-8B", "meta-llama/other", "", "/", "a/b/c"]
)
def test_names_that_tell_nothing_are_nobodys(repository: str) -> None:
    assert base_license(repository) is None


def test_a_longer_version_is_not_taken_for_a_shorter_one() -> None:
    found = base_license("meta-llama/Llama-3.2-1B")

    assert found is not None
    assert found.version.licenses == ("llama-3.2",)
