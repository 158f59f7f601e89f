"""A file that states no license takes the nearest directory's, as concluded, with the place it comes from."""

import msgspec
import pytest

from compliance.detectors.detector import Tree, TreeFile
from compliance.detectors.directory_license import DETECTOR
from compliance.licenses.license_files import is_license_file, said_by_name
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, LicenseFinding, WeightsFinding, place
from tests.detectors.license_findings import detected, match, tree


def concluded(given: Tree) -> dict[str, LicenseFinding]:
    found: list[Finding] = list(DETECTOR.detect_tree(given))
    assert found[: len(given.findings)] == list(given.findings)
    return {one.path: one for one in found if isinstance(one, LicenseFinding) and one.basis == "concluded"}


def test_a_file_without_a_header_takes_the_license_of_its_directory() -> None:
    found = concluded(tree(detected("LICENSE", match("mit")), files=("a.py",)))

    assert found["a.py"].expression == "MIT"


def test_the_nearest_directory_wins() -> None:
    found = concluded(
        tree(
            detected("LICENSE", match("mit")),
            detected("vendor/LICENSE", match("gpl-2.0")),
            files=("vendor/x/a.c", "b"),
        )
    )

    assert (found["vendor/x/a.c"].expression, found["b"].expression) == ("GPL-2.0-only", "MIT")


def test_a_file_with_a_license_of_its_own_is_left_alone() -> None:
    assert concluded(tree(detected("LICENSE", match("mit")), detected("a.py", match("isc")))) == {}


def test_a_license_beside_or_below_does_not_hold_for_files_elsewhere() -> None:
    assert concluded(tree(detected("other/LICENSE", match("mit")), files=("a.py", "src/b.py"))) == {}


def test_the_evidence_names_the_license_file() -> None:
    found = concluded(tree(detected("LICENSE", match("mit")), files=("a.py",)))

    assert found["a.py"].evidence == (
        Statement(path="LICENSE", lines=(1, 2), field="directory-license", says="MIT"),
    )


def test_several_license_files_of_one_directory_all_hold() -> None:
    found = concluded(
        tree(
            detected("LICENSE-MIT", match("mit")), detected("LICENSE-APACHE", match("apache-2.0")), files=("a.rs",)
        )
    )

    assert found["a.rs"].expression == "Apache-2.0 AND MIT"


def test_a_license_file_with_an_unknown_text_makes_the_conclusion_unknown_and_hides_those_above() -> None:
    found = concluded(tree(detected("LICENSE", match("mit")), files=("model/LICENSE", "model/a.py")))

    assert found["model/a.py"].expression is None


def test_an_empty_file_needs_no_license() -> None:
    given = tree(detected("LICENSE", match("mit")))
    given = Tree(files=(*given.files, TreeFile(path="__init__.py", size=0)), findings=given.findings)

    assert concluded(given) == {}


def test_findings_are_placed_at_the_revision() -> None:
    finding = concluded(tree(detected("LICENSE", match("mit")), files=("a.py",)))["a.py"]

    assert (finding.path, finding.revision, bool(finding.id)) == ("a.py", "abc", True)


@pytest.mark.parametrize(
    "name",
    [
        "LICENSE",
        "LICENSE.txt",
        "licence.md",
        "COPYING",
        "a/COPYING.LESSER",
        "COPYING.LIB",
        "COPYING3",
        "UNLICENSE",
        "LICENSE-APACHE-2.0",
        "LICENSE-2.0",
        "MIT-LICENSE",
        "MIT-LICENSE.txt",
        "LICENSE.en",
        "LICENSE.bsd3",
        "modified_license.txt",
    ],
)
def test_names_of_license_files(name: str) -> None:
    assert is_license_file(name)


@pytest.mark.parametrize(
    "name",
    ["license.py", "licenses.json", "README", "licensed_models.txt", "NOTICE", "relicensing.md", "LICENSE.yaml"],
)
def test_names_of_other_files(name: str) -> None:
    assert not is_license_file(name)


def test_a_license_file_beside_weights_is_concluded_for_the_weights() -> None:
    part = place(WeightsFinding(component="model", basis="config"), "model/config.json", "abc")
    given = tree(detected("model/LICENSE", match("mit")), part, files=("model/a.py", "model/x.safetensors"))

    subjects = {path: one.subject for path, one in concluded(given).items()}
    assert subjects == {
        "model/config.json": "weights",
        "model/x.safetensors": "weights",
        "model/a.py": "code",
    }


def test_a_choice_keeps_its_brackets_in_the_evidence() -> None:
    choice = msgspec.structs.replace(match("mit"), expression="MIT OR ISC", key_expression="mit OR isc")
    either = msgspec.structs.replace(
        detected("LICENSE", choice), expression="MIT OR ISC", key_expression="mit OR isc"
    )
    found = concluded(tree(either, detected("LICENSE", match("zlib")), files=("a.py",)))

    (statement,) = found["a.py"].evidence
    assert isinstance(statement, Statement)
    assert statement.says == "(MIT OR ISC) AND Zlib"


def test_a_license_of_the_code_holds_for_no_weights_and_one_of_the_model_for_nothing_else() -> None:
    given = tree(
        detected("LICENSE-CODE", match("mit")),
        detected("LICENSE-MODEL", match("isc")),
        files=("a.py", "model.safetensors"),
    )
    found = concluded(given)

    assert (found["a.py"].expression, found["a.py"].subject) == ("MIT", "code")
    assert (found["model.safetensors"].expression, found["model.safetensors"].subject) == ("ISC", "weights")


def test_weights_beside_a_license_of_the_code_alone_have_none() -> None:
    assert concluded(tree(detected("CODE_LICENSE", match("mit")), files=("model.safetensors",))) == {}


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("LICENSE-MODEL", "weights"),
        ("MODEL_LICENSE.md", "weights"),
        ("LICENSE_WEIGHTS.txt", "weights"),
        ("LICENSE-CODE", "code"),
        ("CODE_LICENSE", "code"),
        ("LICENSE", None),
        ("LICENSE-CODE-AND-MODEL", None),
        ("model.py", None),
        ("MODELING-LICENSE", None),
    ],
)
def test_names_say_what_a_license_file_is_for(name: str, subject: str | None) -> None:
    assert said_by_name(f"x/{name}") == subject
