"""Package URLs of requirements and addresses."""

import pytest

from compliance import package_urls


@pytest.mark.parametrize(
    ("requirement", "purl", "pinned"),
    [
        ("torch==2.1", "pkg:pypi/torch@2.1", True),
        ("Foo_Bar.baz[x] >=1,<2 ; python_version > '3.9'", "pkg:pypi/foo-bar-baz", False),
        ("a==1.*", "pkg:pypi/a", False),
        ("a==1,!=1.0.1", "pkg:pypi/a", False),
        ("y @ git+https://github.com/o/y@v1", "pkg:pypi/y?vcs_url=git%2Bhttps://github.com/o/y%40v1", False),
    ],
)
def test_a_requirement_is_pinned_only_by_one_exact_version(requirement: str, purl: str, pinned: bool) -> None:
    assert package_urls.of_requirement(requirement) == (purl, pinned)


@pytest.mark.parametrize(
    ("address", "purl"),
    [
        ("git+https://github.com/o/y.git@v1", "pkg:github/o/y@v1"),
        ("git+ssh://git@github.com/o/y.git", "pkg:github/o/y"),
        ("https://h/a/foo.whl", "pkg:generic/foo.whl?download_url=https://h/a/foo.whl"),
        ("git+https://gitlab.com/o/y@v1", "pkg:generic/y?vcs_url=git%2Bhttps://gitlab.com/o/y%40v1"),
        ("./here", ""),
    ],
)
def test_an_address_becomes_a_repository_or_a_generic_package(address: str, purl: str) -> None:
    assert package_urls.of_address(address) == purl


def test_passwords_in_addresses_are_dropped() -> None:
    found = package_urls.of_address("https://user:secret@host/x.tar.gz", "pkg:pypi/x@1")

    assert found == "pkg:pypi/x@1?download_url=https://host/x.tar.gz"


def test_what_is_no_requirement_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="Expected"):
        package_urls.of_requirement("not a requirement")
