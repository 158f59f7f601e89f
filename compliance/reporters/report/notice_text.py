"""The text of a NOTICE file that names every third party whose code or weights were found."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from compliance.licenses import catalog
from compliance.licenses.catalog import WeightLicense
from compliance.model import origin_notice
from compliance.model.evidence import Statement
from compliance.model.finding import LicenseFinding, OriginFinding, WeightsFinding
from compliance.model.verdict import Assessment
from compliance.reporters.terminal_text import visible

_DECIDED = frozenset({"copied", "derived", "declared"})
_WIDTH = 78


class ThirdParty(msgspec.Struct):
    """What is to be said of one third party's work."""

    licenses: set[str] = msgspec.field(default_factory=set)
    holders: set[str] = msgspec.field(default_factory=set)
    files: set[str] = msgspec.field(default_factory=set)
    changed: bool = False


_UNKNOWN = "not known, find out before you publish this"


def notice_text(assessment: Assessment) -> str:
    """A NOTICE file for what was handed in, ready to be checked and put at its root; empty where nothing is owed.

    It states what was found to be nearest, so a person has to confirm each origin before it is published. Licenses
    are named and their texts not reproduced.
    """
    parts = [line for name, origin in third_parties(assessment) for line in _entry(name, origin)]
    parts += [line for license_ in weight_licenses(assessment) for line in _weights_entry(license_)]
    if not parts:
        return ""
    name = visible(assessment.subject.team or assessment.subject.name)
    return "\n".join((name, "This product includes material of third parties.", "", *parts)).rstrip("\n") + "\n"


def third_parties(assessment: Assessment) -> list[tuple[str, ThirdParty]]:
    """Whose code was found, by project and release."""
    found: defaultdict[str, ThirdParty] = defaultdict(ThirdParty)
    for finding in assessment.findings:
        match finding:
            case OriginFinding(lineage=(nearest, *_)) if nearest.relation in _DECIDED:
                origin = found[
                    visible(" ".join(filter(None, (nearest.project or nearest.family, nearest.version))))
                ]
                origin.licenses |= {visible(nearest.expression)} if nearest.expression else set()
                origin.holders |= {visible(one) for one in _holders(finding)}
                origin.files.add(visible(finding.path))
                origin.changed |= nearest.share is not None and nearest.share < 1
    return sorted(found.items())


def weight_licenses(assessment: Assessment) -> list[WeightLicense]:
    """The known licenses of weights that were found."""
    ids = {one.license_id for one in assessment.findings if isinstance(one, WeightsFinding) and one.license_id}
    ids |= {
        identifier
        for one in assessment.findings
        if isinstance(one, LicenseFinding) and one.subject == "weights"
        for identifier in one.license_ids
    }
    return list(filter(None, map(catalog.weight_license, sorted(ids))))


def to_be_displayed(license_: WeightLicense) -> list[str]:
    """The words that `license_` demands to be displayed."""
    return [one for one in license_.answers("brand_text") if one not in {"silent", "unknown"}]


def _holders(finding: OriginFinding) -> Iterable[str]:
    named = [
        one.says for one in finding.evidence if isinstance(one, Statement) and one.field == origin_notice.HOLDER
    ]
    return (*named, *(one for one in finding.missing_holders if not any(one in line for line in named)))


def _entry(name: str, origin: ThirdParty) -> Iterator[str]:
    yield "-" * _WIDTH
    yield name
    yield from (f"  {one}" for one in sorted(origin.holders))
    yield f"  License: {' / '.join(sorted(origin.licenses)) or _UNKNOWN}"
    yield "  In these files" + (", which were changed:" if origin.changed else ":")
    yield from (f"    {path}" for path in sorted(origin.files))
    yield ""


def _weights_entry(license_: WeightLicense) -> Iterator[str]:
    yield "-" * _WIDTH
    yield f"Weights under: {license_.name.en} ({license_.expression})"
    yield f"  Licensor: {license_.licensor.en}"
    yield from (f"  To be displayed: {one}" for one in to_be_displayed(license_))
    yield ""
