"""What source files say of their origin themselves: classes they extend, modules they use, comments, NOTICE.

Names, not texts, are compared: whose a module or class is, a table of known families and projects tells. Names of
nobody in the table are no finding, except where a comment says in so many words that code was taken from there.
"""

from collections.abc import Iterator

import msgspec

from compliance.detectors.detector import ExaminedFile
from compliance.model.evidence import Lines, Statement
from compliance.model.finding import Declaration, Finding, Origin, OriginFinding, Relation
from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.origins import code_relations, known_projects, notice_lines, references
from compliance.origins.code_relations import Use
from compliance.origins.naming import Named
from compliance.origins.structure import OriginStatement, Structure, structure_of, style_of
from compliance.weights import families

MAX_BYTES = 32 << 20
"""Of one file; the rest isn't read."""
MAX_FINDINGS = 300
MAX_PLACES = 50
"""Places of one finding that are kept as evidence."""
_LONGEST_SAYING = 200
_NOTICE_KEY = "NOTICE"
_MORE_STATEMENTS = Text(
    en="more classes, imports or statements of origin than are read",
    ko="클래스·임포트·출처 진술이 너무 많아 일부만 읽음",
)
_MORE_LINES = Text(
    en=f"more than {notice_lines.MOST_LINES:,} lines, "
    f"or lines of more than {notice_lines.LONGEST_LINE:,} characters",
    ko=f"{notice_lines.MOST_LINES:,}줄 초과, 또는 {notice_lines.LONGEST_LINE:,}자를 넘는 줄",
)

_Key = tuple[str, str, Relation]
"""Family, project, relation."""


class _Gathered(msgspec.Struct):
    """All places in one file that name the same origin in the same way."""

    named: Named
    places: list[Statement] = msgspec.field(default_factory=list)
    lines: Lines | None = None


class OriginStatements:
    """Reads inheritance, imports, registrations and sentences about origin in code, and names in NOTICE files."""

    name = "origin-statements"
    version = f"4+projects-{known_projects.DATA_VERSION}+families-{families.DATA_VERSION}"

    def wants(self, path: str, size: int) -> bool:
        """Code of languages whose comments are known, and NOTICE files."""
        return size > 0 and (style_of(path) is not None or notice_lines.is_notice(path))

    def name_key(self, path: str) -> str:
        """The suffix, which tells the language, or that the file is a NOTICE file."""
        return style_of(path) or _NOTICE_KEY

    def prepare(self) -> None:
        """Load the tables of families and projects."""
        families.families()
        known_projects.projects()

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """One finding for each origin and relation, with its places as evidence."""
        content = file.read(MAX_BYTES)
        if file.size > MAX_BYTES:
            yield Skip.of(
                "truncated",
                Text(
                    en=f"statements of origin were read in the first {MAX_BYTES:,} bytes only",
                    ko=f"출처 진술은 앞의 {MAX_BYTES:,}바이트까지만 읽음",
                ),
            )
        style = style_of(file.path)
        if style is None:
            lines, truncated = notice_lines.named_in(content)
            gathered = _of_notice(lines)
        else:
            structure = structure_of(content, style)
            truncated = structure.truncated
            gathered = _of_code(structure)
        if truncated:
            yield Skip.of("truncated", _MORE_LINES if style is None else _MORE_STATEMENTS)
        for count, (key, one) in enumerate(
            sorted(gathered.items(), key=lambda pair: (pair[1].lines or (0, 0), pair[0]))
        ):
            if count == MAX_FINDINGS:
                yield Skip.of(
                    "truncated",
                    Text(
                        en=f"only the first {MAX_FINDINGS} origins were kept",
                        ko=f"출처 {MAX_FINDINGS}건까지만 기록",
                    ),
                )
                return
            yield _finding(key[2], one)


def _of_notice(lines: list[tuple[Named, int, str]]) -> dict[_Key, _Gathered]:
    gathered: dict[_Key, _Gathered] = {}
    for named, line, says in lines:
        _add(gathered, named, "declared", Statement(lines=(line, line), field="notice", says=says))
    return gathered


def _of_code(structure: Structure) -> dict[_Key, _Gathered]:
    gathered: dict[_Key, _Gathered] = {}
    used = list(code_relations.uses(structure))
    inherited = {(use.named.family, use.named.project) for use in used if use.mechanism == "inherits"}
    for use in used:
        # what is extended has to be imported first, which is the same fact
        extended = (use.named.family, use.named.project) in inherited
        _add(gathered, use.named, "inherited" if extended else "imported", _place_of_use(use))
    for statement in structure.statements:
        if (named := references.of_statement(statement)) is not None:
            _add(gathered, named, "declared", _place_of_statement(statement))
    return gathered


def _place_of_use(use: Use) -> Statement:
    return Statement(lines=use.lines, field=use.mechanism, says=use.says[:_LONGEST_SAYING])


def _place_of_statement(statement: OriginStatement) -> Statement:
    return Statement(lines=statement.lines, field=statement.how, says=statement.says)


def _add(gathered: dict[_Key, _Gathered], named: Named, relation: Relation, place: Statement) -> None:
    one = gathered.setdefault((named.family, named.project, relation), _Gathered(named))
    one.places.append(place)
    if place.lines is not None and (one.lines is None or place.lines < one.lines):
        one.lines, one.named = place.lines, named


def _finding(relation: Relation, gathered: _Gathered) -> OriginFinding:
    named = gathered.named
    places = sorted(
        dict.fromkeys(gathered.places), key=lambda place: (place.lines or (0, 0), place.field, place.says)
    )
    origin = Origin(
        family=named.family,
        project=named.project,
        version=named.version,
        path=named.path,
        developer=named.developer,
        country=named.country,
        expression=named.expression,
        relation=relation,
        role="direct",
    )
    declared = None
    if relation == "declared":
        declared = Declaration(path="", lines=places[0].lines, says=places[0].says)
    return OriginFinding(lines=gathered.lines, lineage=(origin,), declared=declared, evidence=_evidence(places))


def _evidence(places: list[Statement]) -> tuple[Statement, ...]:
    left_out = len(places) - MAX_PLACES
    if left_out <= 0:
        return tuple(places)
    return (
        *places[:MAX_PLACES],
        Statement(
            field="more",
            says=f"{left_out:,} more places in this file",
            says_ko=f"이 파일에 {left_out:,}곳 더 있음",
        ),
    )


DETECTOR = OriginStatements()
