"""Licenses in SPDX's words are what ScanCode calls them."""

import pytest

from compliance.licenses import scancode
from compliance.licenses.accelerated.rules import in_spdx

pytestmark = pytest.mark.slow


def test_every_key_is_called_as_scancodes_parser_has_it() -> None:
    scancode.load()
    from licensedcode.cache import build_spdx_license_expression, get_licenses_db, get_licensing

    licensing, keys = get_licensing(), get_licenses_db()
    different = [
        key for key in keys if in_spdx(key) != str(build_spdx_license_expression(key, licensing=licensing))
    ]

    assert len(keys) > 2_000
    assert different == []


@pytest.mark.parametrize(
    "expression", ["mit AND apache-2.0", "gpl-2.0 WITH classpath-exception-2.0", "(mit) OR bsd-new"]
)
def test_expressions_of_several_keys_are_parsed(expression: str) -> None:
    scancode.load()
    from licensedcode.cache import build_spdx_license_expression, get_licensing

    assert in_spdx(expression) == str(build_spdx_license_expression(expression, licensing=get_licensing()))
