"""Every path in a finding moves with its source; the same fact of the same place is one finding."""

from compliance.model.evidence import Statement
from compliance.model.finding import (
    ContradictionFinding,
    Declaration,
    DependencyFinding,
    Finding,
    NoticeFinding,
    Origin,
    OriginFinding,
    place,
)
from compliance.model.placement import below, each_once

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


def test_the_same_fact_of_the_same_place_is_one_finding_with_the_evidence_of_all() -> None:
    base = Statement(path="README.md", lines=(3, 3), field="claim", says="base_model: other")
    claims = [Statement(path="README.md", field="claim", says=says) for says in ("From scratch.", "Our own.")]
    contradictions = (ContradictionFinding(about="a", lines=(9, 9), evidence=(one, base)) for one in claims)
    twice = [place(one, "README.md", None) for one in contradictions]
    elsewhere = place(ContradictionFinding(about="a"), "b/README.md", None)

    found = each_once([*twice, elsewhere])

    assert [one.id for one in found] == [twice[0].id, elsewhere.id]
    assert found[0].evidence == (claims[0], base, claims[1])
