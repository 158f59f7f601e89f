"""A declaration resolves to an SPDX expression only where it names one license for certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses import declared


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("MIT", "MIT"),
        ("apache-2.0 or mit", "Apache-2.0 OR MIT"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("(MIT OR Apache-2.0) AND BSD-3-Clause", "(MIT OR Apache-2.0) AND BSD-3-Clause"),
        ("LicenseRef-Acme-Model", "LicenseRef-Acme-Model"),
        ("The Apache Software License, Version 2.0", "Apache-2.0"),
        ("MIT  License", "MIT"),
    ],
)
def test_expressions_and_official_names_resolve(words: str, expression: str) -> None:
    assert declared.expression_of(words) == expression


@pytest.mark.parametrize(
    "words",
    [
        "BSD",
        "GPL",
        "Apache",
        "BSD-2",
        "MIT, BSD",
        "MIT AND",
        "()",
        "SEE LICENSE IN x",
        "UNLICENSED",
        "NONE",
        "llama3",
        "",
    ],
)
def test_vague_or_unknown_words_resolve_to_nothing(words: str) -> None:
    assert declared.expression_of(words) is None


@given(words=st.text(max_size=300) | st.text(alphabet="MIT ANDOR()+WITH-20", max_size=60))
def test_any_words_give_an_expression_that_resolves_to_itself_or_nothing(words: str) -> None:
    found = declared.expression_of(words)

    assert found is None or declared.expression_of(found) == found


@pytest.mark.parametrize("name", sorted(declared._NAMES.items()) + sorted(declared._CLASSIFIERS.items()))
def test_every_name_and_classifier_stands_for_an_spdx_identifier(name: tuple[str, str]) -> None:
    assert declared.expression_of(name[1]) == name[1]


def test_several_classifiers_add_up() -> None:
    found = declared.expression_of_classifiers(["License :: OSI Approved :: MIT License", "ISC License (ISCL)"])

    assert found == "MIT AND ISC"


def test_one_vague_classifier_leaves_all_unresolved() -> None:
    found = declared.expression_of_classifiers(["License :: OSI Approved :: MIT License", "BSD License"])

    assert found is None


@pytest.mark.parametrize(
    ("words", "classifiers", "expression"),
    [
        ("", ["MIT License"], "MIT"),
        ("MIT", [], "MIT"),
        ("Apache-2.0", ["Apache Software License"], "Apache-2.0"),
        ("GPLv3", ["GNU General Public License v3 or later (GPLv3+)"], "GPL-3.0-or-later"),
        ("MIT OR Apache-2.0", ["MIT License"], "MIT OR Apache-2.0"),
        ("GPL-3.0-or-later", ["GNU General Public License v3 (GPLv3)"], "GPL-3.0-or-later"),
        ("BSD", ["MIT License"], None),
        ("MIT", ["ISC License (ISCL)"], None),
        ("MIT", ["License :: OSI Approved :: GNU General Public License (GPL)"], None),
        ("MIT", ["License :: Other/Proprietary License"], None),
        ("MIT", ["MIT License", "Freeware"], None),
        ("Apache-2.0", ["Apache Software License", "GNU General Public License v3 (GPLv3)"], None),
        ("GPL-2.0-only", ["GNU Library or Lesser General Public License (LGPL)"], None),
        ("MIT", ["License :: OSI Approved", "MIT License"], "MIT"),
        ("LGPL-2.1-or-later", ["GNU Lesser General Public License v2 or later (LGPLv2+)"], "LGPL-2.1-or-later"),
        ("BSD-3-Clause", ["License :: OSI Approved :: BSD License"], "BSD-3-Clause"),
        ("PSF-2.0", ["Python Software Foundation License"], "PSF-2.0"),
        ("Unlicense", ["License :: Public Domain"], "Unlicense"),
        ("LicenseRef-Acme", ["License :: Other/Proprietary License"], "LicenseRef-Acme"),
        ("MIT OR GPL-2.0-only", ["MIT License", "GNU General Public License (GPL)"], "MIT OR GPL-2.0-only"),
        ("", [], None),
    ],
)
def test_a_field_and_classifiers_must_not_name_different_licenses(
    words: str, classifiers: list[str], expression: str | None
) -> None:
    assert declared.expression_of_metadata(words, classifiers) == expression
