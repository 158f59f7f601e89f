"""One finding in a few words: what was found there, and on what that rests."""

import posixpath

from compliance import country_names
from compliance.language import Language
from compliance.model import fact_words
from compliance.model.evidence import Evidence, LicenseMatch, Lines, ReleaseStatement, Statement
from compliance.model.finding import (
    ContradictionFinding,
    CopyrightFinding,
    DependencyFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    NoticeFinding,
    OriginFinding,
    WeightsFinding,
)
from compliance.model.origin_notice import is_notice
from compliance.reporters import card_words, contradiction_words, license_words, origin_words, wording
from compliance.reporters.terminal_text import visible

_SHOWN_EVIDENCE = 2


def with_lines(path: str, lines: Lines | None) -> str:
    """`path:12-40`, `path:12` for a single line, or the path alone."""
    return path if lines is None else f"{path}:{line_range(lines)}"


def line_range(lines: Lines) -> str:
    """`12-40`, or `12` for a single line."""
    first, last = lines
    return str(first) if first == last else f"{first}-{last}"


def fact(finding: Finding, language: Language) -> str:
    """What `finding` says, on one line with nothing unprintable in it."""
    return visible(_fact(finding, language))


def grounds(finding: Finding, language: Language) -> str:
    """The first pieces of evidence for `finding`, on one line; empty where it has none."""
    known = finding.expression if isinstance(finding, LicenseFinding) else None
    spans: list[str] = []
    evidence = list(finding.evidence)
    if isinstance(finding, OriginFinding):  # both places first, notices last
        spans = [origin_words.span(one, posixpath.basename(one.origin_path)) for one in finding.spans]
        evidence.sort(key=is_notice)
    shown = spans[:_SHOWN_EVIDENCE]
    of_weights = isinstance(finding, WeightsFinding)
    shown += [
        _ground(one, known, language, of_weights=of_weights) for one in evidence[: _SHOWN_EVIDENCE - len(shown)]
    ]
    more = len(spans) + len(evidence) - len(shown)
    return visible("; ".join([*shown, *([fact_words.and_more(more).in_language(language)] if more else [])]))


def _fact(finding: Finding, language: Language) -> str:
    match finding:
        case LicenseFinding():
            return _license(finding, language)
        case CopyrightFinding():
            return finding.statement
        case DependencyFinding():
            scope = wording.scope(finding.scope).in_language(language)
            return ", ".join(filter(None, [finding.purl, finding.expression, scope]))
        case ModelCardFinding():
            return f"{card_words.field(finding.field, language) or finding.field}: {finding.value}"
        case WeightsFinding():
            return _weights(finding, language)
        case ContradictionFinding():
            return contradiction_words.contradiction(finding.about).in_language(language)
        case OriginFinding():
            return origin_words.origin(finding, language)
        case NoticeFinding():
            return origin_words.notice(finding, language)
        case _:
            return type(finding).__struct_config__.tag


def _license(finding: LicenseFinding, language: Language) -> str:
    expression = finding.expression or wording.NO_LICENSE.in_language(language)
    parts = [expression, *_other_ids(finding), wording.BASES[finding.basis].in_language(language)]
    if finding.altered:
        parts.append(license_words.ALTERED.in_language(language))
    return ", ".join([*parts, *_percent(finding.score)])


def _other_ids(finding: LicenseFinding) -> list[str]:
    """Identifiers of the knowledge base that don't repeat the expression."""
    told = (finding.expression or "").removeprefix("LicenseRef-").casefold()
    return [one for one in finding.license_ids if one.casefold() != told]


def _weights(finding: WeightsFinding, language: Language) -> str:
    basis = fact_words.WEIGHTS_BASES[finding.basis].in_language(language)
    country = country_names.name(finding.country).in_language(language)
    origin = [finding.family, finding.developer, country, finding.license_id, basis]
    confidence = finding.confidence
    size = [one.in_language(language) for one in wording.weights_size(finding.tensors, finding.parameters)]
    said = [*filter(None, [finding.format]), *size, *filter(None, origin)]
    if confidence is not None:
        said.append(wording.confidence(confidence).in_language(language))
    return f"{fact_words.component(finding.component).in_language(language)}: " + ", ".join(said)


def _ground(evidence: Evidence, known: str | None, language: Language, *, of_weights: bool) -> str:
    match evidence:
        case LicenseMatch():
            how = wording.matched(evidence.rule, evidence.matcher, evidence.score).in_language(language)
            said = how if evidence.expression == known else f"{evidence.expression}, {how}"
        case Statement():
            said = f"{_field(evidence.field, language, of_weights=of_weights)}: {_said(evidence, language)}"
    return said if evidence.path is None else f"{with_lines(evidence.path, evidence.lines)}: {said}"


def _field(name: str, language: Language, *, of_weights: bool) -> str:
    known = card_words.field(name, language) or license_words.field(name, language)
    return known or origin_words.field(name, language, of_weights=of_weights)


def _said(evidence: Statement | ReleaseStatement, language: Language) -> str:
    if not isinstance(evidence, ReleaseStatement):
        return evidence.told.in_language(language)
    at = contradiction_words.at_release(evidence.says, evidence.release, evidence.date, evidence.revision)
    return at.in_language(language)


def _percent(score: float | None) -> list[str]:
    return [] if score is None else [f"{score:.0f} %"]
