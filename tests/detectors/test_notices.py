"""Which notices of an origin are here, and which are missing."""

import msgspec
import pytest

from compliance.detectors.notices import DETECTOR
from compliance.model import origin_notice
from compliance.model.evidence import LicenseMatch
from compliance.model.finding import (
    CopyrightFinding,
    Declaration,
    Finding,
    NoticeFinding,
    Origin,
    OriginFinding,
    Relation,
    place,
)
from tests.detectors.license_findings import detected, match, tree

FILE = "src/hanbit/model.py"
LINE = "2024 The Garam Inc. team and Nuri Labs"


def origin(
    *holders: str,
    header: str | None = None,
    expression: str | None = "Apache-2.0",
    relation: Relation = "copied",
    share: float | None = 0.9,
    changes: bool | None = None,
    declared: str | None = None,
    path: str = FILE,
) -> OriginFinding:
    evidence = origin_notice.statements(holders=holders, expression=header)
    if changes is not None:
        evidence += (origin_notice.changes_here("modified by us" if changes else None, (2, 2)),)
    finding = OriginFinding(
        lines=(10, 90),
        lineage=(
            Origin(
                family="garam",
                project="garam",
                version="1.0",
                path="garam/model.py",
                expression=expression,
                relation=relation,
                role="direct",
                share=share,
            ),
        ),
        declared=Declaration(path=path, says=declared) if declared else None,
        evidence=evidence,
    )
    return place(finding, path, "abc")


def named(path: str, *holders: str) -> Finding:
    return place(
        CopyrightFinding(lines=(1, 1), statement=" ".join(["2024", *holders]), holders=holders), path, "abc"
    )


def text(path: str, key: str = "apache-2.0", coverage: float = 100.0) -> Finding:
    whole: LicenseMatch = msgspec.structs.replace(match(key), full_text=True, coverage=coverage)
    return detected(path, whole)


def compared(*findings: Finding) -> tuple[OriginFinding, NoticeFinding | None]:
    found = DETECTOR.detect_tree(tree(*findings))
    (of,) = [one for one in found if isinstance(one, OriginFinding)]
    notices = [one for one in found if isinstance(one, NoticeFinding)]
    assert len(notices) <= 1
    return of, notices[0] if notices else None


def missing(*findings: Finding) -> tuple[str, ...]:
    notice = compared(*findings)[1]
    assert notice is not None
    return notice.missing


def test_holders_that_are_named_nowhere_are_missing_by_name_and_by_line() -> None:
    of, notice = compared(origin(LINE), named(FILE, "Nuri Labs"), text("LICENSE"))

    assert of.missing_holders == ("The Garam Inc. team",)
    assert notice is not None
    assert notice.missing == (f"holder: {LINE}",)
    assert notice.present == ("license-text",)
    assert (notice.origin, notice.expression, notice.path) == ("garam 1.0 garam/model.py", "Apache-2.0", FILE)


def test_holders_in_the_file_itself_are_here_however_they_are_written() -> None:
    of, notice = compared(origin(LINE), named(FILE, "GARAM", "Nuri-Labs, Inc."), text("LICENSE"))

    assert of.missing_holders == ()
    assert notice is not None
    assert notice.missing == ()
    assert notice.present == (f"holder: {LINE}", "license-text")
    assert notice.cured_by == ()


@pytest.mark.parametrize(
    "path",
    ["NOTICE", "src/NOTICE.txt", "src/hanbit/LICENSE", "THIRD_PARTY_NOTICES.md", "COPYING", "LICENSES/garam.txt"],
)
def test_a_notice_file_beside_or_above_cures_in_part(path: str) -> None:
    of, notice = compared(origin(LINE), named(path, "Garam", "Nuri Labs"), text("LICENSE"))

    assert of.missing_holders == ()
    assert notice is not None
    assert notice.missing == ()
    assert notice.cured_by == (path,)


@pytest.mark.parametrize(
    "path", ["other/NOTICE", "src/hanbit/deeper/NOTICE", "src/hanbit/other.py", "docs/NOTICE"]
)
def test_what_stands_elsewhere_cures_nothing(path: str) -> None:
    of, _ = compared(origin(LINE), named(path, "Garam", "Nuri Labs"))

    assert of.missing_holders == ("The Garam Inc. team", "Nuri Labs")


def test_a_file_that_never_had_a_header_demands_no_lines_but_a_license_text() -> None:
    of, notice = compared(origin())

    assert of.missing_holders == ()
    assert notice is not None
    assert notice.missing == ("license-text",)


@pytest.mark.parametrize(
    "path", ["LICENSE", "src/LICENSE-APACHE", "LICENSES/Apache-2.0.txt", "src/hanbit/COPYING"]
)
def test_a_license_file_with_the_whole_text_is_a_copy_of_it(path: str) -> None:
    assert missing(origin(), text(path)) == ()


def test_a_tag_a_part_and_the_text_of_another_license_are_no_copy() -> None:
    for other in (
        detected("LICENSE", match("apache-2.0")),
        text("LICENSE", coverage=40.0),
        text("LICENSE", "mit"),
    ):
        assert missing(origin(), other) == ("license-text",)


def test_a_license_text_in_the_file_itself_is_a_copy_too() -> None:
    assert missing(origin(expression="MIT"), text(FILE, "mit")) == ()


def test_only_and_or_later_are_said_of_the_same_text() -> None:
    found = missing(origin("2024 Garam", expression="GPL-2.0-or-later"), text("COPYING", "gpl-2.0"))

    assert "license-text" not in found


def test_a_header_of_a_license_that_wants_its_notices_kept_is_missed() -> None:
    of = origin("2024 Garam", header="MPL-2.0", expression="MPL-2.0")

    assert missing(of, named(FILE, "Garam")) == ("license-notice",)
    assert missing(of, named(FILE, "Garam"), detected(FILE, match("mpl-2.0"))) == ()


def test_changes_have_to_be_stated_where_the_license_asks_and_somebody_looked() -> None:
    assert missing(origin(changes=False), text("LICENSE")) == ("change-statement",)
    assert missing(origin(changes=True), text("LICENSE")) == ()
    assert missing(origin(), text("LICENSE")) == ()
    assert missing(origin(expression="MIT", changes=False), text("LICENSE", "mit")) == ()


def test_code_that_may_be_unchanged_needs_no_statement_of_changes() -> None:
    assert missing(origin(changes=False, share=1.0), text("LICENSE")) == ()


def test_a_declaration_in_the_file_that_speaks_of_changes_states_them() -> None:
    assert missing(origin(changes=False, declared="Adapted from garam"), text("LICENSE")) == ()
    assert missing(origin(changes=False, declared="see garam"), text("LICENSE")) == ("change-statement",)


def test_of_a_choice_of_licenses_the_one_that_lacks_least_counts() -> None:
    assert missing(origin(expression="MIT OR Apache-2.0"), text("LICENSE", "mit")) == ()


@pytest.mark.parametrize("relation", ["inherited", "imported", "declared"])
def test_code_that_is_only_used_passes_nothing_on(relation: Relation) -> None:
    of = origin(LINE, relation=relation)

    assert compared(of) == (of, None)


@pytest.mark.parametrize("expression", [None, "LicenseRef-nobody-read-this", "not an expression ("])
def test_unknown_duties_give_no_notice_but_holders_are_still_looked_for(expression: str | None) -> None:
    of, notice = compared(origin(LINE, expression=expression))

    assert notice is None
    assert of.missing_holders == ("The Garam Inc. team", "Nuri Labs")


def test_a_license_that_demands_nothing_gives_no_notice() -> None:
    assert compared(origin(expression="CC0-1.0"))[1] is None


def test_several_places_of_one_file_with_the_same_origin_are_one_notice() -> None:
    first = origin(LINE)
    second = place(msgspec.structs.replace(first, lines=(100, 120)), FILE, "abc")

    found = DETECTOR.detect_tree(tree(first, second))

    assert len([one for one in found if isinstance(one, NoticeFinding)]) == 1


def test_the_metadata_of_a_vendored_package_speaks_for_the_package() -> None:
    path = "vendor/garam.whl!/garam/model.py"
    licenses = "vendor/garam.whl!/garam-1.0.dist-info/licenses/LICENSE"

    assert missing(origin(path=path), text(licenses)) == ()


def test_where_a_notice_stands_is_evidence() -> None:
    _, notice = compared(origin("2024 Garam"), named("NOTICE", "Garam"), text("LICENSE"))

    assert notice is not None
    assert [(one.path, one.lines) for one in notice.evidence] == [
        (None, None),
        ("NOTICE", (1, 1)),
        ("LICENSE", None),
    ]


def test_a_tree_without_origins_is_left_as_it_is() -> None:
    findings = tree(named(FILE, "Garam"))

    assert DETECTOR.detect_tree(findings) == findings.findings
