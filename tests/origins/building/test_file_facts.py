"""The notices of files: read once for each different header."""

import hashlib
from pathlib import Path

import pytest

from compliance.origins.building.file_facts import NoticeCollector, notices
from compliance.origins.catalog import CollectedFile, Notice
from compliance.store.cache import SqliteCache
from tests.origins.building.recipes import rights

APACHE = """Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0
"""
NAMED_BY_A_FILE = """This source code is licensed under the license found in the
LICENSE file in the root directory of this source tree."""
CANN = """This file is a part of the CANN Open Software.
Licensed under CANN Open Software License Agreement Version 1.0 (the "License").
Please refer to the License for details. You may not use this file except in compliance with the License."""


def file(header: str, code: str = "x = 1") -> CollectedFile:
    """A Python file with `header` as its comment."""
    comment = "".join(f"# {line}".rstrip() + "\n" for line in header.splitlines())
    return CollectedFile("hanbit", "1.0", "hanbit/model.py", f"{comment}{code}\n".encode())


def notice_of(header: str) -> Notice:
    (notice,) = notices([file(header)], workers=1).values()
    return notice


pytestmark = pytest.mark.slow


def test_a_notice_has_license_holders_with_years_and_stated_changes() -> None:
    holders = [rights("The Hanbit team.", "2023-2024"), rights("Saebyeok Inc.", "2022,", "(c)")]
    words = "\n".join(["Adapted from llama.py", *holders, "", APACHE])
    assert notice_of(words) == Notice("Apache-2.0", ("2023-2024 The Hanbit team", "2022 Saebyeok Inc."), True)


def test_a_line_below_a_holder_is_no_part_of_the_name() -> None:
    words = f"{rights('The Hanbit team.', '2024')}\nLICENSE: https://example.com/LICENSE"
    assert notice_of(words).holders == ("2024 The Hanbit team.",)


def test_a_file_without_a_header_has_an_empty_notice() -> None:
    assert notice_of("") == Notice()


def test_the_license_file_of_the_project_is_not_taken_for_another_license() -> None:
    words = "\n".join([rights("Hanbit Inc. and its affiliates.", "", "(c)"), "", NAMED_BY_A_FILE])
    assert notice_of(words) == Notice(None, ("Hanbit Inc. and its affiliates",), False)


def test_a_license_that_scancode_mistakes_for_another_keeps_its_name() -> None:
    words = "\n".join([rights("Hanbit Co., Ltd.", "2025", "(c)"), CANN])
    assert notice_of(words).expression == "LicenseRef-CANN-Open-Software-License-1.0"


def test_two_licenses_of_a_header_both_hold() -> None:
    words = "SPDX-License-Identifier: Apache-2.0\n\n# more\nSPDX-License-Identifier: MIT\n"
    assert notice_of(words).expression == "Apache-2.0 AND MIT"


def test_files_with_the_same_header_are_read_once_whatever_their_years() -> None:
    collector = NoticeCollector()
    digests = [
        collector.take(file(f"{rights('Hanbit', str(year))}\n\n{APACHE}", f"x = {year}"))
        for year in range(2001, 2021)
    ]
    assert collector.headers == 1
    found = collector.notices(workers=1)
    assert [found[digest].holders for digest in digests] == [(f"{year} Hanbit",) for year in range(2001, 2021)]


def test_notices_are_found_by_the_digest_of_the_content() -> None:
    one = file(f"{rights('Hanbit')}\n\n{APACHE}")
    assert list(notices([one, one], workers=1)) == [hashlib.sha256(one.content).hexdigest()]


def test_processes_and_the_cache_change_nothing(tmp_path: Path) -> None:
    files = [file(f"{rights('Hanbit ' + 'Very ' * number + 'Inc.')}\n\n{APACHE}") for number in range(12)]
    alone = notices(files, workers=1)
    cache = SqliteCache(tmp_path / "findings.sqlite")
    assert notices(files, cache, workers=2) == alone
    assert notices(files, cache, workers=2) == alone
    cache.close()
