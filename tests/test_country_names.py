"""Names for the codes of countries."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import compliance
from compliance import country_names
from compliance.model.text import Text

_CODE = re.compile("[A-Z]{2}(?:-[A-Z]{2,3})?")
_FIELDS = frozenset({"country", "code", "value"})
"""Under which data files have codes; `value` holds other answers too, none of which looks like one."""


def codes(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (
            one for key, one in node.items() if key in _FIELDS and isinstance(one, str) and _CODE.fullmatch(one)
        )
    if isinstance(node, dict | list):
        for one in node.values() if isinstance(node, dict) else node:
            yield from codes(one)


DATA = sorted(Path(compliance.__file__).parent.glob("*/**/data/**/*.json"))
FOUND = {code for file in DATA for code in codes(json.loads(file.read_text(encoding="utf-8")))}


@pytest.mark.parametrize("code", sorted(FOUND | {"KR", "US-CA", "EU"}))
def test_every_country_that_the_data_name_has_a_name_in_both_languages(code: str) -> None:
    named = country_names.name(code)

    assert code not in {named.en, named.ko}


def test_the_data_name_countries() -> None:
    assert {"CN", "US", "KR", "FR", "US-CA", "EU"} <= FOUND


def test_a_code_without_a_name_stands_for_itself() -> None:
    assert country_names.name("ZZ") == Text(en="ZZ", ko="ZZ")


def test_no_code_has_no_name() -> None:
    assert country_names.name(None) == Text(en="", ko="")
