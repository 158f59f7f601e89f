"""Small inventories and policies, as the tests of this folder need them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from compliance.model.evidence import Evidence, Lines
from compliance.model.finding import (
    Basis,
    Declaration,
    DependencyFinding,
    Finding,
    Introduction,
    LicenseFinding,
    ModelCardFinding,
    NoticeFinding,
    Origin,
    OriginFinding,
    Relation,
    Role,
    WeightsBasis,
    WeightsFinding,
    place,
)
from compliance.model.inventory import FileCounts, Inventory, Tool
from compliance.model.skip import Skip
from compliance.model.submission import Subject


def inventory(*findings: Finding, counts: FileCounts | None = None, skipped: Sequence[Skip] = ()) -> Inventory:
    return Inventory(
        tool=Tool(version="0", data={}),
        subject=Subject(name="sample"),
        counts=counts or FileCounts(files=10, examined=10),
        findings=findings,
        skipped=tuple(skipped),
    )


def license_of(
    expression: str | None,
    *,
    subject: Literal["code", "weights", "package", "data"] = "code",
    basis: Basis = "detected",
    score: float | None = None,
    path: str = "src/a.py",
    lines: Lines | None = None,
    evidence: tuple[Evidence, ...] = (),
    altered: bool = False,
) -> Finding:
    statement = LicenseFinding(
        expression=expression,
        basis=basis,
        subject=subject,
        score=score,
        lines=lines,
        evidence=evidence,
        altered=altered,
    )
    return place(statement, path, None)


def weights_license(
    expression: str | None, lines: Lines | None = None, evidence: tuple[Evidence, ...] = ()
) -> Finding:
    return license_of(
        expression, subject="weights", basis="declared", path="README.md", lines=lines, evidence=evidence
    )


def component(
    name: str = "model",
    *,
    family: str | None = None,
    developer: str | None = None,
    country: str | None = None,
    basis: WeightsBasis = "config",
) -> Finding:
    part = WeightsFinding(component=name, family=family, developer=developer, country=country, basis=basis)
    return place(part, "config.json", None)


def card(field: str, value: str, path: str = "README.md") -> Finding:
    return place(ModelCardFinding(field=field, value=value), path, None)


def dependency(
    purl: str,
    expression: str | None = None,
    *,
    scope: str = "runtime",
    locked: bool = False,
    path: str = "requirements.txt",
) -> Finding:
    return place(DependencyFinding(purl=purl, expression=expression, scope=scope, locked=locked), path, None)


def member(
    family: str = "example_moe",
    *,
    country: str | None = "ZZ",
    expression: str | None = "Apache-2.0",
    relation: Relation = "copied",
    role: Role = "direct",
    share: float | None = 0.9,
    confidence: float | None = 0.95,
    released: str | None = "2025-01-01",
    tied: bool = False,
) -> Origin:
    return Origin(
        family=family,
        project="example",
        version="1.0",
        path=f"example/{family}.py",
        developer="Example Lab",
        country=country,
        expression=expression,
        relation=relation,
        role=role,
        share=share,
        confidence=confidence,
        released=released,
        tied=tied,
    )


def origin(
    *lineage: Origin,
    declared: Literal["agrees", "another-is-nearer", "not-compared"] | None = None,
    committed: str | None = None,
    header_lost: bool = False,
    path: str = "src/a.py",
) -> Finding:
    finding = OriginFinding(
        lineage=lineage or (member(),),
        declared=Declaration(path=path, says="adapted from example", agreement=declared) if declared else None,
        introduction=Introduction(commit="0" * 40, date=committed, header_lost=header_lost) if committed else None,
    )
    return place(finding, path, None)


def notice(
    *missing: str, present: tuple[str, ...] = (), cured_by: tuple[str, ...] = (), path: str = "src/a.py"
) -> Finding:
    finding = NoticeFinding(
        origin="example 1.0 example/example_moe.py",
        expression="Apache-2.0",
        present=present,
        missing=missing,
        cured_by=cured_by,
    )
    return place(finding, path, None)


def policy_file(folder: Path, rules: str, *, lists: str = "{}", thresholds: str = "{}") -> Path:
    """A policy file around `rules` (YAML, starting in the first column)."""
    file = folder / "policy.yaml"
    file.write_text(
        "id: sample\n"
        'version: "1"\n'
        "status: draft\n"
        "description: {en: A sample., ko: 예시.}\n"
        f"lists: {lists}\n"
        f"thresholds: {thresholds}\n"
        f"rules:\n{rules}",
        encoding="utf-8",
    )
    return file


def rule(
    identifier: str = "sample-rule",
    *,
    when: str = "true",
    kind: str = "license",
    axis: str = "disclosure",
    severity: str = "review",
    more: str = "",
) -> str:
    """One rule in YAML; `more` is further lines of it, such as `from: 2026-01-01`."""
    return (
        f"- id: {identifier}\n"
        f"  axis: {axis}\n"
        f"  severity: {severity}\n"
        f"  for: {kind}\n"
        f'  when: "{when}"\n'
        "  message: {en: Found., ko: 발견.}\n"
        "  remedy: {en: Mend it., ko: 고치세요.}\n"
        "  why: {en: It matters., ko: 중요합니다.}\n"
    ) + "".join(f"  {line}\n" for line in more.splitlines())
