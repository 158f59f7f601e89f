"""Findings of cards and license files as detectors make them, written short."""

from compliance.model.evidence import Statement
from compliance.model.finding import LicenseFinding, ModelCardFinding, place


def base(path: str, name: str, relation: str | None = None, revision: str | None = None) -> ModelCardFinding:
    """A base model that the card at `path` names."""
    said = (("base_model_relation", relation), ("base_model_revision", revision))
    evidence = tuple(Statement(lines=(6, 6), field=field, says=says) for field, says in said if says)
    return place(ModelCardFinding(lines=(5, 5), field="base_model", value=name, evidence=evidence), path, None)


def declared(path: str, license_id: str, expression: str | None = None) -> LicenseFinding:
    """A license that the card at `path` declares for weights."""
    finding = LicenseFinding(
        lines=(2, 2),
        expression=expression or f"LicenseRef-{license_id}",
        basis="declared",
        license_ids=(license_id,),
        subject="weights",
    )
    return place(finding, path, None)


def text(path: str, license_id: str) -> LicenseFinding:
    """A license of weights whose text is at `path`."""
    finding = LicenseFinding(
        lines=(1, 40),
        expression=f"LicenseRef-{license_id}",
        basis="detected",
        license_ids=(license_id,),
        subject="weights",
    )
    return place(finding, path, None)
