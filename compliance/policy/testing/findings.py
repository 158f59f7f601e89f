"""The small inventory of a test: what it states is seen by conditions as it stands, the rest is what is usual.

What one finding adds to another (the license of a package that another manifest states, the family table's word on
a lead) is worked out as for a real inventory, unless the test states it.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from compliance.model.finding import (
    ContradictionFinding,
    CopyrightFinding,
    Declaration,
    DependencyFinding,
    Finding,
    Introduction,
    LicenseFinding,
    ModelCardFinding,
    NoticeFinding,
    Origin,
    OriginFinding,
    WeightsFinding,
    place,
)
from compliance.model.inventory import FileCounts, Inventory, Tool
from compliance.model.skip import Skip
from compliance.model.submission import Subject
from compliance.model.text import Text
from compliance.policy.facts import Fact, facts_of
from compliance.policy.origin_facts import NoticeFact

Words = Mapping[str, object]
"""What a test states of one finding, by the names that conditions use."""

USUAL: Mapping[str, Words] = MappingProxyType(
    {
        "license": {"path": "src/example.py", "basis": "detected", "expression": None},
        "copyright": {"path": "src/example.py", "statement": "Copyright 2024 Example Authors"},
        "dependency": {"path": "requirements.txt", "purl": "pkg:generic/example", "scope": "runtime"},
        "model-card": {"path": "README.md", "field": "example", "value": "example"},
        "weights": {"path": "config.json", "component": "model", "basis": "config"},
        "contradiction": {"path": "README.md", "about": "license"},
        "origin": {
            "path": "src/example.py",
            "family": "example",
            "project": "example",
            "version": "1.0",
            "origin_path": "example/example.py",
            "developer": "Example Lab",
            "country": "ZZ",
            "expression": "Apache-2.0",
            "relation": "copied",
            "share": 0.9,
            "confidence": 0.95,
            "released": "2025-01-01",
        },
        "notice": {
            "path": "src/example.py",
            "origin": "example 1.0 example/example.py",
            "expression": "Apache-2.0",
            "relation": "copied",
            "share": 0.9,
            "confidence": 0.95,
            "country": "ZZ",
        },
    }
)
"""What a finding says where the test states nothing. `ZZ` is a code that ISO 3166 gives to no country."""
_USUAL_OF_WEIGHTS_LICENSE: Words = {"path": "README.md", "basis": "declared"}
USUAL_FILES = 10


def facts_in(findings: Sequence[tuple[str, Words]], inventory: Words) -> dict[str, Sequence[Fact]]:
    """The facts of a test by the rule's `for` they belong to.

    Args:
        findings: the kind of each, and what is stated of it.
        inventory: what is stated of the inventory as a whole.
    """
    whole = facts_of(inventory_in(findings, inventory))
    stated: dict[str, list[Words]] = {kind: [] for kind in whole}
    for kind, words in findings:
        stated[kind].append(words)
    stated["inventory"] = [inventory]
    return {kind: [_as_stated(*one) for one in zip(whole[kind], stated[kind], strict=True)] for kind in whole}


def _as_stated(fact: Fact, words: Words) -> Fact:
    known = {name: value for name, value in words.items() if name in fact.__struct_fields__}
    if isinstance(fact, NoticeFact) and fact.relation is None:  # no finding of the test is the origin behind it
        usual = {name: value for name, value in USUAL["notice"].items() if getattr(fact, name) is None}
        known = {**usual, **known}
    return msgspec.structs.replace(fact, **known)


def inventory_in(findings: Sequence[tuple[str, Words]], words: Words) -> Inventory:
    """The inventory of a test; arguments as of `facts_in`."""
    files = _count(words, "files", USUAL_FILES)
    return Inventory(
        tool=Tool(version="", data={}),
        subject=Subject(name="test"),
        counts=FileCounts(
            files=files, examined=_count(words, "examined", files), unlicensed=_count(words, "unlicensed", 0)
        ),
        findings=tuple(_finding(kind, said) for kind, said in findings),
        skipped=(Skip.of("unreadable", Text(en="", ko="")),) if words.get("skipped") else (),
    )


def _count(words: Words, name: str, usual: int) -> int:
    value = words.get(name, usual)
    return value if isinstance(value, int) else usual


def _finding(kind: str, words: Words) -> Finding:
    usual = USUAL[kind]
    if kind == "license" and words.get("subject") == "weights":
        usual = {**usual, **_USUAL_OF_WEIGHTS_LICENSE}
    said = {**usual, **words}
    return place(_origin(said) if kind == "origin" else _made(_CLASSES[kind], said), str(said["path"]), None)


def _made(struct: Callable[..., Finding], words: Words) -> Finding:
    own = set(inspect.signature(struct).parameters) - {"path"}
    return struct(**{name: value for name, value in words.items() if name in own})


def _origin(words: Words) -> Finding:
    lineage = {name: value for name, value in words.items() if name in Origin.__struct_fields__}
    nearest = Origin(**({"role": "direct"} | lineage | {"path": words["origin_path"]}))  # type: ignore[arg-type]
    says = Declaration(path="", says="", agreement=words.get("agreement") or "not-compared")  # type: ignore[arg-type]
    introduced = words.get("introduced")
    return OriginFinding(
        lineage=(nearest,),
        declared=says if words.get("declared") or words.get("agreement") else None,
        missing_holders=tuple(words.get("missing_holders", ())),  # type: ignore[arg-type]
        introduction=Introduction(commit="", date=str(introduced)) if introduced else None,
    )


_CLASSES: Mapping[str, Callable[..., Finding]] = {
    "license": LicenseFinding,
    "copyright": CopyrightFinding,
    "dependency": DependencyFinding,
    "model-card": ModelCardFinding,
    "weights": WeightsFinding,
    "contradiction": ContradictionFinding,
    "notice": NoticeFinding,
}
