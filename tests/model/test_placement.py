"""Every path in a finding moves with its source."""

from compliance.model.evidence import Statement
from compliance.model.finding import (
    Declaration,
    DependencyFinding,
    Finding,
    NoticeFinding,
    Origin,
    OriginFinding,
    place,
)
from compliance.model.placement import below

EVIDENCE = (Statement(path="LICENSE", field="license-text", says="MIT"), Statement(field="x", says="y"))


def moved(finding: Finding) -> Finding:
    return below("code", place(finding, "src/a.py", "abc"))


def test_the_paths_of_finding_and_evidence_move() -> None:
    found = moved(NoticeFinding(origin="p 1.0 b.py", cured_by=("NOTICE", "src/NOTICE"), evidence=EVIDENCE))

    assert isinstance(found, NoticeFinding)
    assert (found.path, found.origin, found.revision) == ("code/src/a.py", "p 1.0 b.py", "abc")
    assert found.cured_by == ("code/NOTICE", "code/src/NOTICE")
    assert [one.path for one in found.evidence] == ["code/LICENSE", None]


def test_the_place_of_a_declaration_moves_and_the_origins_own_path_does_not() -> None:
    member = Origin(family="f", project="p", path="p/b.py", relation="derived", role="direct")
    found = moved(OriginFinding(lineage=(member,), declared=Declaration(path="NOTICE", says="p")))

    assert isinstance(found, OriginFinding)
    assert found.declared is not None
    assert (found.declared.path, found.lineage[0].path) == ("code/NOTICE", "p/b.py")


def test_the_manifest_of_a_dependency_moves() -> None:
    found = moved(DependencyFinding(purl="pkg:pypi/a", scope="runtime", declared_in="pyproject.toml"))

    assert isinstance(found, DependencyFinding)
    assert found.declared_in == "code/pyproject.toml"


def test_without_a_prefix_nothing_changes() -> None:
    finding = place(NoticeFinding(origin="p"), "a.py", None)

    assert below("", finding) is finding
