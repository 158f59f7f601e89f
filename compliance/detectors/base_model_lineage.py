"""From whom a model descends through its bases, and whether an ancestor's license allows the declared one.

Bases are followed where their own cards lie in the same tree. What a repository's name alone tells of a license is
a default of its family; where that rests on general knowledge it is a lead, shown and never held against anybody.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from compliance.detectors.detector import Tree
from compliance.licenses.stated_licenses import (
    declared_for_weights,
    grants_more,
    license_of_weights,
    said,
    statements,
)
from compliance.model.card_fields import ARROW, BASE_MODEL, CHAIN, INFERRED_RELATION, RELATION
from compliance.model.contradiction import LONGEST, claimed, contradiction
from compliance.model.evidence import Statement
from compliance.model.finding import (
    ContradictionFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    WeightsFinding,
    place,
)
from compliance.model.text import Text
from compliance.weights import hub
from compliance.weights.base_licenses import base_license
from compliance.weights.family import LicenseBasis, VersionLicense
from compliance.weights.lineage import Step, chains
from compliance.weights.local_copies import LocalCopies, LocalCopy

DECLARED_AND_BASE = "weights-license-declared-and-base"
DECLARED_AND_ANCESTOR = "weights-license-declared-and-ancestor"


_NAMING = frozenset([BASE_MODEL, "_name_or_path"])
"""Fields that name a base."""


class _Base(msgspec.Struct, frozen=True):
    """A statement that names a base, and the folder to which it led."""

    finding: ModelCardFinding
    copy: LocalCopy | None

    @property
    def is_sure(self) -> bool:
        """Whether a card or recipe declares it, and its name leads to the folder for certain."""
        return self.finding.field == BASE_MODEL and (self.copy is None or self.copy.join != "folder-name")


class _License(msgspec.Struct, frozen=True):
    """What an ancestor is licensed under, and where that stands."""

    said: str
    ids: tuple[str, ...]
    statement: Statement
    is_lead: bool = False


class BaseModelLineage:
    """Follows base models through the tree, license by license."""

    name = "base-model-lineage"
    version = "2"
    order = 60

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, a `base_model_chain` for each line of ancestors, and what their licenses don't allow."""
        if not any(one.field in _NAMING for one in tree.of(ModelCardFinding)):
            return tree.findings
        by_folder = tree.by_folder()
        walk = _Walk(by_folder)
        found = [
            place(one, path, tree.revision)
            for folder in sorted(by_folder)
            if walk.bases(folder)
            for path, one in walk.findings(folder)
        ]
        return tree.and_also(found)


class _Walk:
    """One tree's models, joined by the names that they give their bases."""

    def __init__(self, by_folder: dict[str, list[Finding]]) -> None:
        self._by_folder = by_folder
        self._copies = LocalCopies(
            folder for folder, found in by_folder.items() if any(map(_is_of_a_model, found))
        )
        self._bases: dict[str, list[tuple[_Base, list[str]]]] = {}

    def bases(self, folder: str) -> list[tuple[_Base, list[str]]]:
        """The bases that files in `folder` name; a path that a library wrote only where it leads somewhere new."""
        if folder not in self._bases:
            self._bases[folder] = list(self._found(folder))
        return self._bases[folder]

    def _found(self, folder: str) -> Iterator[tuple[_Base, list[str]]]:
        met: set[str] = set()
        fields = [one for one in self._by_folder.get(folder, ()) if isinstance(one, ModelCardFinding)]
        for finding in sorted(fields, key=lambda one: (one.field != BASE_MODEL, _said(one, RELATION) is None)):
            if finding.field not in _NAMING:
                continue
            copies = self._copies.of(finding.value, folder, _said(finding, "base_model_revision"))
            key = copies[0].folder if copies else hub.id_of(finding.value).casefold()
            if key in met or (finding.field != BASE_MODEL and not copies):
                continue
            met.add(key)
            yield from ((_Base(finding, copy), [copy.folder]) for copy in copies)
            if not copies:
                yield _Base(finding, None), []

    def findings(self, folder: str) -> Iterator[tuple[str, Finding]]:
        """Lines of ancestors of the model in `folder`, and what its declared license can't be under theirs."""
        met: set[tuple[str, str]] = set()  # a license is held against a card once, by the nearest who has it
        for chain in chains(folder, self.bases):
            if chain[0].folder is not None:
                yield chain[0].base.finding.path, self._chain(chain)
            for card in declared_for_weights(self._by_folder[folder]):
                for depth in range(1, len(chain) + 1):
                    for license_, refused in self._refused(card, chain[:depth]):
                        if not met & {(card.id, one) for one in license_.ids}:
                            met |= {(card.id, one) for one in license_.ids}
                            yield card.path, refused

    def _refused(
        self, card: LicenseFinding, chain: Sequence[Step[_Base]]
    ) -> Iterator[tuple[_License, ContradictionFinding]]:
        """Licenses of the last of `chain` that allow less than `card` grants; none where a step is unsure."""
        if chain[-1].ends == "cycle" or not all(step.base.is_sure for step in chain):
            return
        for license_ in self._licenses(chain[-1]):
            if not license_.is_lead and grants_more(card.license_ids, license_.ids):
                about = DECLARED_AND_BASE if len(chain) == 1 else DECLARED_AND_ANCESTOR
                claims = (claimed(card, said(card)), *map(_named, chain), license_.statement)
                yield license_, contradiction(about, *claims)

    def _chain(self, chain: Sequence[Step[_Base]]) -> ModelCardFinding:
        words = []
        evidence = []
        for step in chain:
            licenses = self._licenses(step)
            under = ", ".join(dict.fromkeys(one.said for one in licenses)) or "?"
            words.append(
                f"{step.base.finding.value} ({'; '.join(filter(None, [_relation(step.base), under, step.ends]))})"
            )
            evidence += [_named(step), *(one.statement for one in licenses)]
        lines = chain[0].base.finding.lines
        return ModelCardFinding(lines=lines, field=CHAIN, value=ARROW.join(words)[:500], evidence=tuple(evidence))

    def _licenses(self, step: Step[_Base]) -> list[_License]:
        """What the base's own folder says, else the default of its family."""
        stated = license_of_weights(self._by_folder.get(step.folder, ())) if step.folder is not None else []
        if stated:
            return [
                _License(
                    said(one),
                    one.license_ids,
                    Statement(
                        path=one.path, lines=one.lines, field="base-model-license", says=said(one)[:LONGEST]
                    ),
                )
                for one in stated
            ]
        name = step.base.finding
        known = base_license(hub.id_of(name.value))
        if known is None or not known.version.licenses:
            return []
        licenses = ", ".join(known.version.licenses)
        says = _by_default(licenses, known.version)
        statement = Statement(
            path=name.path,
            lines=name.lines,
            field="base-model-license-default",
            says=says.en[:LONGEST],
            says_ko=says.ko[:LONGEST],
        )
        under = f"{licenses}{'?' if known.version.is_lead else ' by default'}"
        return [_License(under, known.version.licenses, statement, is_lead=known.version.is_lead)]


def _by_default(licenses: str, version: VersionLicense) -> Text:
    told = _GROUNDS[version.basis]
    return Text(
        en=f"{licenses}, the default license of {version.versions} (known from {told.en})",
        ko=f"{licenses}, {version.versions} 기본 라이선스(근거: {told.ko})",
    )


_GROUNDS: Mapping[LicenseBasis, Text] = {
    "repo": Text(en="the developer's repository", ko="개발자의 저장소"),
    "scancode": Text(en="ScanCode's license texts", ko="ScanCode의 라이선스 원문"),
    "index": Text(en="an index of model cards", ko="모델 카드 색인"),
    "secondary": Text(en="reports by others", ko="다른 곳의 보고"),
    "memory": Text(en="general knowledge", ko="일반 지식"),
}


def _is_of_a_model(finding: Finding) -> bool:
    if isinstance(finding, LicenseFinding):
        return finding.subject == "weights"
    return isinstance(finding, WeightsFinding) or (
        isinstance(finding, ModelCardFinding) and not finding.field.startswith("claim:")
    )


def _said(finding: ModelCardFinding, field: str) -> str | None:
    return next((one.says for one in statements(finding, field)), None)


def _relation(base: _Base) -> str:
    """Declared, or inferred and then with a question mark; empty where neither is known."""
    inferred = _said(base.finding, INFERRED_RELATION)
    return _said(base.finding, RELATION) or (f"{inferred.partition(':')[0]}?" if inferred else "")


def _named(step: Step[_Base]) -> Statement:
    """Where the base is named, and how that led to its folder."""
    base = step.base
    led = ""
    if base.copy is not None:
        revision = ", another revision" if base.copy.other_revision else ""
        led = f" = {base.copy.folder or '.'} ({base.copy.join}{revision})"
    says = f"{base.finding.field}: {base.finding.value}"
    return Statement(
        path=base.finding.path, lines=base.finding.lines, field="base-model", says=f"{says[:120]}{led}"[:LONGEST]
    )


DETECTOR = BaseModelLineage()
