"""What tree detectors are shown of a source."""

from compliance.model.finding import CopyrightFinding, DependencyFinding, LicenseFinding, place
from tests.detectors.license_findings import detected, match, tree


def test_findings_of_one_kind_keep_their_order() -> None:
    licenses = [detected("a.py", match("mit")), detected("b.py", match("isc")), detected("c.py", match("mit"))]
    statement = place(CopyrightFinding(statement="whatever it says"), "b.py", "abc")

    given = tree(*licenses, statement)

    assert list(given.of(LicenseFinding)) == licenses
    assert list(given.of(CopyrightFinding)) == [statement]
    assert list(given.of(DependencyFinding)) == []


def test_findings_by_folder_keep_their_order() -> None:
    first, second = detected("src/a.py", match("mit")), detected("src/b.py", match("isc"))

    assert tree(second, first, detected("c.py", match("mit"))).by_folder()["src"] == [first, second]
