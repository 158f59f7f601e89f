"""A notice that only points to another file means what stands in that file, as for the scancode command."""

import pytest

from compliance.detectors.license_references import DETECTOR
from compliance.model.evidence import LicenseMatch
from compliance.model.finding import LicenseFinding
from tests.detectors.license_findings import detected, expressions, match, tree

REFERENCE = match("unknown-license-reference", refers_to=("LICENSE",))


def test_a_reference_beside_the_file_is_followed() -> None:
    found = DETECTOR.detect_tree(tree(detected("src/a.py", REFERENCE), detected("src/LICENSE", match("mit"))))

    assert expressions(found) == {"src/a.py": "MIT", "src/LICENSE": "MIT"}


def test_a_reference_to_the_root_is_followed_where_nothing_stands_beside_the_file() -> None:
    found = DETECTOR.detect_tree(tree(detected("src/deep/a.py", REFERENCE), detected("LICENSE", match("mit"))))

    assert expressions(found)["src/deep/a.py"] == "MIT"


def test_a_reference_to_a_directory_between_is_not_guessed() -> None:
    found = DETECTOR.detect_tree(tree(detected("src/deep/a.py", REFERENCE), detected("src/LICENSE", match("mit"))))

    assert expressions(found)["src/deep/a.py"] == "LicenseRef-scancode-unknown-license-reference"


def test_a_file_beside_that_was_not_recognised_hides_the_one_at_the_root() -> None:
    given = tree(detected("src/a.py", REFERENCE), detected("LICENSE", match("mit")), files=("src/LICENSE",))

    assert expressions(DETECTOR.detect_tree(given))["src/a.py"] == "LicenseRef-scancode-unknown-license-reference"


def test_evidence_names_the_file_that_was_followed() -> None:
    found = DETECTOR.detect_tree(tree(detected("a.py", REFERENCE), detected("LICENSE", match("mit"))))

    paths = [one.path for one in found[1].evidence if isinstance(one, LicenseMatch)]
    assert paths == [None, "LICENSE"]


def test_a_changed_expression_has_a_new_identifier() -> None:
    before = detected("a.py", REFERENCE)

    found = DETECTOR.detect_tree(tree(before, detected("LICENSE", match("mit"))))

    assert found[1].id not in ("", before.id)


def test_a_reference_to_a_missing_file_changes_nothing() -> None:
    given = tree(detected("a.py", REFERENCE), files=("other",))

    assert DETECTOR.detect_tree(given) is given.findings


def test_a_reference_to_a_file_without_a_license_changes_nothing() -> None:
    given = tree(detected("a.py", REFERENCE), files=("LICENSE",))

    assert DETECTOR.detect_tree(given) is given.findings


def test_a_known_license_takes_the_file_it_names_along() -> None:
    named = match("zlib", refers_to=("copying",))
    found = DETECTOR.detect_tree(tree(detected("unzip.c", named), detected("copying", match("isc"))))

    assert expressions(found)["unzip.c"] == "ISC"


def test_the_same_license_keys_in_another_arrangement_leave_the_notice_as_it_is() -> None:
    choice = LicenseMatch(
        lines=(1, 1),
        expression="MIT OR Apache-2.0",
        key_expression="mit OR apache-2.0",
        rule="mit_or_apache-2.0_1.RULE",
        matcher="2-aho",
        score=100.0,
        coverage=100.0,
        referenced_filenames=("LICENSE",),
    )
    found = DETECTOR.detect_tree(
        tree(detected("a.rs", choice), detected("LICENSE", match("mit"), match("apache-2.0")))
    )

    assert expressions(found)["a.rs"] == "MIT OR Apache-2.0"


def test_a_collection_of_many_licenses_is_not_taken_for_the_files_own() -> None:
    many = [match(key) for key in ("mit", "apache-2.0", "zlib", "bsd-new", "isc", "mpl-2.0")]
    found = DETECTOR.detect_tree(
        tree(detected("a.py", match("gpl-2.0", refers_to=("NOTICES",))), detected("NOTICES", *many))
    )

    assert expressions(found)["a.py"] == "GPL-2.0-only"


def test_introductions_give_way_to_the_text_they_introduce() -> None:
    introduction = match("unknown-license-reference", refers_to=("LICENSE",), introduction=True)
    found = DETECTOR.detect_tree(tree(detected("a.py", introduction), detected("LICENSE", match("apache-2.0"))))

    assert expressions(found)["a.py"] == "Apache-2.0"


@pytest.mark.parametrize("name", ["./LICENSE", "LICENSE/", "docs\\..\\LICENSE"])
def test_a_name_is_normalised_before_it_is_looked_up(name: str) -> None:
    reference = match("unknown-license-reference", refers_to=(name,))
    found = DETECTOR.detect_tree(tree(detected("a.py", reference), detected("LICENSE", match("mit"))))

    assert expressions(found)["a.py"] == "MIT"


def test_a_reference_out_of_the_tree_is_not_followed() -> None:
    reference = match("unknown-license-reference", refers_to=("/etc/passwd", "../../LICENSE"))
    given = tree(detected("a.py", reference), detected("LICENSE", match("mit")))

    assert expressions(DETECTOR.detect_tree(given))["a.py"] == "LicenseRef-scancode-unknown-license-reference"


def test_a_reference_to_a_file_that_was_itself_resolved_takes_what_it_resolved_to() -> None:
    found = DETECTOR.detect_tree(
        tree(
            detected("src/deep/a.py", match("unknown-license-reference", refers_to=("README",))),
            detected("README", REFERENCE),
            detected("LICENSE", match("mit")),
            detected("src/deep/README", REFERENCE),
        )
    )

    assert expressions(found)["README"] == "MIT"
    assert expressions(found)["src/deep/README"] == "MIT"


def test_two_files_that_point_to_each_other_end() -> None:
    found = DETECTOR.detect_tree(
        tree(
            detected("A", match("unknown-license-reference", refers_to=("B",))),
            detected("B", match("unknown-license-reference", refers_to=("A",))),
        )
    )

    assert len(found) == 2


def test_declared_licenses_are_left_alone() -> None:
    declared = LicenseFinding(path="package.json", expression="MIT", basis="declared")

    assert list(DETECTOR.detect_tree(tree(declared))) == [declared]
