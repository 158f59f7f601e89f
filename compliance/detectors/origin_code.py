"""Code that is nearest to known code, by its text: file, class or function, even renamed and rewritten.

Not found by its presence like other detectors, since it needs indexes, which the pipeline opens.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compliance.detectors.detector import ExaminedFile
from compliance.licenses.change_statements import change_statement
from compliance.model.evidence import Evidence, Statement
from compliance.model.finding import Finding, Origin, OriginFinding, Relation, Role, Span
from compliance.model.origin_notice import changes_here, statements
from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.origins.languages import language_of
from compliance.origins.opening import KnownCode
from compliance.origins.parameters import DIALECT
from compliance.origins.prose import utf8

if TYPE_CHECKING:
    from compliance.origins.evidence import Counterpart
    from compliance.origins.search import Region, Search

LARGEST = 8 << 20
"""Bytes; source files are smaller, and larger ones are reported as not compared."""
MOST_SHARED = 8
"""Other families of a lineage that may be the nearest instead."""
MOST_ANCESTORS = 8
_MOST_SPANS = 200
_MOST_FOUNDERS = 5
MOST_RELEASES = 8
"""Of other releases that are as near."""

COPIED_EVIDENCE = 30.0
"""Evidence from which code may be called copied; calibrated by the benchmark."""
COPIED_SHARE = 0.5
COPIED_CONFIDENCE = 0.5


class OriginCode:
    """Compares every source file with the indexes of known code."""

    name = "origin-code"

    def __init__(self, known: KnownCode) -> None:
        """Compare with `known`."""
        self._known = known
        # of the way of comparing and of every index, in their order
        indexes = "-".join(digest[:16] for digest in known.digests)
        self.version = f"7+{DIALECT}+{indexes}"

    @property
    def _search(self) -> "Search":
        return self._known.search

    def wants(self, path: str, size: int) -> bool:
        """Source files in a language that can be compared."""
        return size > 0 and language_of(path) is not None

    def name_key(self, path: str) -> str:
        """The language, which the suffix tells."""
        language = language_of(path)
        return language.name if language else ""

    def prepare(self) -> None:
        """Read the catalogs, to be shared by forked workers; lineage is read where something is found."""
        _ = self._search

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """One finding for each model family that parts of the file are nearest to."""
        if file.size > LARGEST:
            said = Text(
                en=f"{file.size:,} bytes: source files over {LARGEST:,} bytes aren't compared with known code",
                ko=f"{file.size:,}바이트: {LARGEST:,}바이트 초과 소스 파일은 알려진 코드와 비교하지 않음",
            )
            yield Skip.of("too-large", said)
            return
        content = utf8(file.read())  # or code in UTF-16, or with old Mac line ends, would be near to nothing
        for region in self._search.origins_of(content, file.path):
            yield self._finding(region, content)

    def _finding(self, region: "Region", content: bytes) -> OriginFinding:
        spans = self._spans(region)
        return OriginFinding(
            lines=(min(span.lines[0] for span in spans), max(span.lines[1] for span in spans)),
            lineage=tuple(self._lineage(region)),
            spans=spans[:_MOST_SPANS],
            evidence=tuple(self._evidence(region, content)),
        )

    def _spans(self, region: "Region") -> tuple[Span, ...]:
        path = self._search.known.family(region.counterpart.family).path
        also_near = self._search.also_near(region)
        stretches = sorted(region.counterpart.stretches, key=lambda one: one.lines)
        return tuple(
            Span(
                lines=one.lines,
                name=one.name or None,
                origin_path=path,
                origin_lines=one.origin_lines,
                origin_name=one.origin_name or None,
                also_near=also_near[one.block],
            )
            for one in stretches
        )

    def _lineage(self, region: "Region") -> Iterator[Origin]:
        nearest = region.counterpart
        yield self._origin(
            region.counterpart.family,
            relation=self._relation(region),
            role="direct",
            share=region.share,
            confidence=region.confidence,
            nearest=nearest,
        )
        above = {one.name for one in region.ancestors}
        shares = {one.name: one.share for one in region.shared}
        near = region.shared[:MOST_SHARED]
        tied = {one.name for one in region.as_near}
        for one in near:
            role: Role = "ancestor" if one.name in above else "shared"
            is_tied = one.name in tied
            yield self._origin(one.family, relation="derived", role=role, share=one.share, tied=is_tied)
        told = {one.name for one in near}
        for one in [one for one in region.ancestors if one.name not in told][:MOST_ANCESTORS]:
            yield self._origin(one.family, relation="derived", role="ancestor", share=shares.get(one.name))

    def _origin(
        self,
        number: int,
        *,
        relation: Relation,
        role: Role,
        share: float | None = None,
        confidence: float | None = None,
        nearest: "Counterpart | None" = None,
        tied: bool = False,
    ) -> Origin:
        family, project = self._search.known.family(number), self._search.known.project(number)
        return Origin(
            family=family.name,
            project=project.id,
            version=nearest.releases[0].version if nearest else None,
            path=family.path,
            developer=family.developer or project.developer,
            country=family.country or None,
            expression=(nearest.notice.expression if nearest else None) or project.expression,
            relation=relation,
            role=role,
            share=None if share is None else round(min(share, 1.0), 3),
            confidence=None if confidence is None else round(confidence, 2),
            released=nearest.first_release.released if nearest else None,
            tied=tied,
        )

    def _relation(self, region: "Region") -> Relation:
        sure = region.evidence >= COPIED_EVIDENCE and region.confidence >= COPIED_CONFIDENCE
        return "copied" if sure and region.share >= COPIED_SHARE and self._is_exclusive(region) else "derived"

    def _is_exclusive(self, region: "Region") -> bool:
        """Whether whoever has as much of the text descends from the nearest family, or the other way round."""
        own, ancestors_of = region.counterpart.family, self._search.ancestors_of
        others = [one.family for one in region.as_near]
        return all(other in ancestors_of(own) or own in ancestors_of(other) for other in others)

    def _evidence(self, region: "Region", content: bytes) -> Iterator[Evidence]:
        nearest = region.counterpart
        if len(nearest.releases) > 1:
            first, last = nearest.releases[0].version, nearest.releases[-1].version
            yield Statement(
                field="origin-releases",
                says=f"{first} to {last}: the same code",
                says_ko=f"{first}–{last}: 같은 코드",
            )
        if nearest.as_near:
            says = ", ".join(release.version for release in nearest.as_near[:MOST_RELEASES])
            yield Statement(field="origin-releases-as-near", says=says)
        if region.shared:
            margin = _margin(region)
            yield Statement(field="origin-margin", says=margin.en, says_ko=margin.ko)
        if region.founders:
            yield Statement(field="origin-founders", says=", ".join(region.founders[:_MOST_FOUNDERS]))
        yield from statements(
            holders=region.notice.holders,
            expression=region.notice.expression,
            changes_stated=region.notice.changes_stated,
        )
        stated = change_statement(content)
        yield changes_here(*stated) if stated else changes_here(None)


def _margin(region: "Region") -> Text:
    """How far the next families are: what a reader must know who sees one name."""
    first = region.shared[0]
    share = None if first.share is None else f"{first.share:.2f}"
    return Text(
        en=f"share {region.share:.2f}, next {first.name} {share or 'unknown'}; "
        f"families that may be the nearest in some part: {len(region.shared)}",
        ko=f"일치 비율 {region.share:.2f}, 다음 {first.name} {share or '알 수 없음'}; "
        f"일부에서 더 가까울 수 있는 계열 {len(region.shared)}개",
    )
