"""Licenses by the addresses of those who publish them."""

import pytest

from compliance.licenses.license_addresses import license_of_address


@pytest.mark.parametrize(
    ("address", "expression"),
    [
        ("https://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("http://apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://opensource.org/license/apache-2-0", "Apache-2.0"),
        ("https://spdx.org/licenses/BSD-3-Clause.html", "BSD-3-Clause"),
        ("https://choosealicense.com/licenses/mit/", "MIT"),
        ("https://creativecommons.org/licenses/by-nc/4.0/deed.ko", "CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/legalcode", "CC-BY-4.0"),
        ("https://www.llama.com/llama3_1/license/", "LicenseRef-llama-3.1"),
        ("https://llama.meta.com/llama3/license", "LicenseRef-llama-3"),
    ],
)
def test_a_stewards_address_names_its_license(address: str, expression: str) -> None:
    found = license_of_address(address)

    assert found is not None
    assert found.expression == expression


@pytest.mark.parametrize(
    "address",
    [
        "",
        "LICENSE",
        "https://example.org/licenses/MIT",
        "https://opensource.org/licenses/",
        "https://opensource.org/licenses/MIT/../GPL",
        "https://opensource.org.example.org/licenses/MIT",
        "https://huggingface.co/hanbit/garam/blob/main/LICENSE",
    ],
)
def test_any_other_address_names_none(address: str) -> None:
    assert license_of_address(address) is None
