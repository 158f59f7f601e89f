"""Origins and notices as conditions ask of them: flat, the nearest member of the lineage first and foremost."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from compliance.model import origin_notice
from compliance.model.finding import NoticeFinding, Origin, OriginFinding, Relation
from compliance.model.git_history import committed_before_release
from compliance.model.origin_notice import CHANGE_STATEMENT, HOLDER_LINE, LICENSE_NOTICE, LICENSE_TEXT


class OriginFact(msgspec.Struct, frozen=True, kw_only=True):
    """Code and its lineage. What isn't said of a member by name is of the nearest one."""

    id: str = ""
    path: str
    family: str | None
    project: str | None
    version: str | None
    origin_path: str | None
    """Of the file in that release."""
    developer: str | None
    country: str | None
    expression: str | None
    relation: Relation | None
    share: float | None
    confidence: float | None
    released: str | None
    declared: bool
    """The examined material names an origin of this code itself."""
    agreement: Literal["agrees", "another-is-nearer", "not-compared"] | None
    """How that compares with what was measured."""
    missing_holders: tuple[str, ...]
    nearest_countries: tuple[str, ...]
    """Of the nearest member and of those that are as near."""
    ancestor_countries: tuple[str, ...]
    lineage_families: tuple[str, ...]
    lineage_developers: tuple[str, ...]
    lineage_countries: tuple[str, ...]
    introduced: str | None
    """ISO date of the commit that brought it."""
    header_lost: bool
    committed_before_release: bool


class NoticeFact(msgspec.Struct, frozen=True, kw_only=True):
    """What a license demands to be kept, with what is known of the origin that it belongs to."""

    id: str = ""
    path: str
    origin: str
    """Project, release and file."""
    expression: str | None
    present: tuple[str, ...]
    missing: tuple[str, ...]
    cured_by: tuple[str, ...]
    missing_holders: tuple[str, ...]
    """Holder lines among what is missing."""
    license_text_missing: bool
    license_notice_missing: bool
    change_statement_missing: bool
    family: str | None
    project: str | None
    relation: Relation | None
    share: float | None
    confidence: float | None
    country: str | None
    declared: bool
    committed_before_release: bool


def origins(findings: Iterable[OriginFinding]) -> list[OriginFact]:
    """The facts of `findings`."""
    return [_origin(finding) for finding in findings]


def notices(findings: Iterable[NoticeFinding], of: Iterable[OriginFinding]) -> list[NoticeFact]:
    """The facts of `findings`, each joined with the origin among `of` that it belongs to."""
    known: dict[tuple[str, str], OriginFinding] = {}
    for one in of:
        if one.lineage:
            known.setdefault((one.path, origin_notice.name_of(one.lineage[0])), one)
    return [_notice(finding, known.get((finding.path, finding.origin))) for finding in findings]


def _origin(finding: OriginFinding) -> OriginFact:
    nearest = finding.lineage[0] if finding.lineage else None
    return OriginFact(
        id=finding.id,
        path=finding.path,
        family=nearest.family if nearest else None,
        project=nearest.project if nearest else None,
        version=nearest.version if nearest else None,
        origin_path=nearest.path if nearest else None,
        developer=nearest.developer if nearest else None,
        country=nearest.country or None if nearest else None,
        expression=nearest.expression if nearest else None,
        relation=nearest.relation if nearest else None,
        share=nearest.share if nearest else None,
        confidence=nearest.confidence if nearest else None,
        released=nearest.released if nearest else None,
        declared=finding.declared is not None,
        agreement=finding.declared.agreement if finding.declared else None,
        missing_holders=finding.missing_holders,
        nearest_countries=_countries(one for one in finding.lineage if one.role == "direct" or one.tied),
        ancestor_countries=_countries(one for one in finding.lineage if one.role == "ancestor"),
        lineage_families=_different(one.family for one in finding.lineage),
        lineage_developers=_different(one.developer for one in finding.lineage),
        lineage_countries=_countries(finding.lineage),
        introduced=finding.introduction.date if finding.introduction else None,
        header_lost=finding.introduction is not None and finding.introduction.header_lost,
        committed_before_release=committed_before_release(finding),
    )


def _notice(finding: NoticeFinding, origin: OriginFinding | None) -> NoticeFact:
    nearest = origin.lineage[0] if origin else None
    return NoticeFact(
        id=finding.id,
        path=finding.path,
        origin=finding.origin,
        expression=finding.expression,
        present=finding.present,
        missing=finding.missing,
        cured_by=finding.cured_by,
        missing_holders=tuple(
            one.removeprefix(HOLDER_LINE) for one in finding.missing if one.startswith(HOLDER_LINE)
        ),
        license_text_missing=LICENSE_TEXT in finding.missing,
        license_notice_missing=LICENSE_NOTICE in finding.missing,
        change_statement_missing=CHANGE_STATEMENT in finding.missing,
        family=nearest.family if nearest else None,
        project=nearest.project if nearest else None,
        relation=nearest.relation if nearest else None,
        share=nearest.share if nearest else None,
        confidence=nearest.confidence if nearest else None,
        country=nearest.country or None if nearest else None,
        declared=origin is not None and origin.declared is not None,
        committed_before_release=origin is not None and committed_before_release(origin),
    )


def _countries(members: Iterable[Origin]) -> tuple[str, ...]:
    return _different(one.country for one in members)


def _different(names: Iterable[str | None]) -> tuple[str, ...]:
    found: Sequence[str] = sorted({name for name in names if name})
    return tuple(found)
