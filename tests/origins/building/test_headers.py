"""What of a file is its header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins.building.headers import header_of
from tests.origins.building.recipes import rights

RIGHTS = rights("Team Hanbit.")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.py", f"#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n\n# {RIGHTS}\nimport os\n"),
        ("a.py", f'# pylint: skip-file\n"""\n{RIGHTS}\n"""\n'),
        ("a.sh", f"#!/bin/sh\n# {RIGHTS}\nset -e\n"),
        ("a.cu", f"/*\n * {RIGHTS}\n */\n#include <a.h>\n"),
        ("a.h", f"#pragma once\n// {RIGHTS}\nint a;\n"),
        ("a.hpp", f"#ifndef A_H\n#define A_H\n\n/* {RIGHTS} */\nint a;\n"),
        ("a.rs", f"// {RIGHTS}\r\nfn main() {{}}\r\n"),
        ("a.ts", f"/** {RIGHTS} **/\nexport {{}};\n"),
        ("a.go", f"//\n// {RIGHTS}\n\npackage a\n"),
    ],
)
def test_a_header_is_read_without_its_comment_marks_in_every_language(path: str, content: str) -> None:
    header = header_of(content.encode(), path)
    assert header.restored(header.template).strip() == RIGHTS


@pytest.mark.parametrize(
    "content",
    [
        f"import os\n# {RIGHTS}\n",
        f'"""What this module does."""\n# {RIGHTS}\n',
        "# What this file does, and nothing on rights.\nimport os\n",
        "",
    ],
)
def test_what_stands_after_code_or_says_nothing_of_rights_is_no_header(content: str) -> None:
    assert header_of(content.encode(), "a.py").template == ""


def test_headers_that_differ_in_years_alone_are_one() -> None:
    first, second = (
        header_of(f"# {rights('Hanbit', years)}\n".encode(), "a.py") for years in ("2019-2021", "2023-2026")
    )
    assert first.template == second.template
    assert first.digest == second.digest
    assert [one.restored(rights("Hanbit", "1980-1981")) for one in (first, second)] == [
        rights("Hanbit", "2019-2021"),
        rights("Hanbit", "2023-2026"),
    ]


def test_words_around_the_legal_ones_do_not_make_another_header() -> None:
    one, other = (
        header_of(f"# The {name} model.\n\n# {RIGHTS}\n# Licensed so.\n\n# Uses {name}.\n".encode(), "a.py")
        for name in ("Hanbit", "Saebyeok")
    )
    assert one.template == other.template == rights("Team Hanbit.", "1980") + "\nLicensed so."


@pytest.mark.parametrize(
    "words",
    [
        "Adapted from https://example.org/llama.py",
        "This code is based on the GPT-NeoX library.",
        "It has been modified from its original forms.",
        "Copied from the transformers library with small changes",
        f"Modifications {RIGHTS}",
        "This file has been modified by Hanbit.",
    ],
)
def test_a_header_that_says_where_it_comes_from_or_that_it_was_changed_states_changes(words: str) -> None:
    assert header_of(f"# {words}\n".encode(), "a.py").changes_stated


@pytest.mark.parametrize(
    "words", [RIGHTS, "This module adapts inputs.", "See the license for modified BSD terms."]
)
def test_other_words_state_no_changes(words: str) -> None:
    assert not header_of(f"# {words}\n".encode(), "a.py").changes_stated


@given(st.binary(max_size=400), st.sampled_from(["a.py", "a.c", "a.sh"]))
def test_any_bytes_have_a_header(content: bytes, path: str) -> None:
    header_of(content, path)


@given(st.lists(st.integers(1990, 2030), max_size=60))
def test_restoring_undoes_the_replacement_of_years(years: list[int]) -> None:
    text = rights("Hanbit", " ".join(map(str, years)))
    header = header_of(f"# {text}\n".encode(), "a.py")
    assert header.restored(header.template) == text
