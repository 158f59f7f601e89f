"""Random policies and inventories in small domains, so that rules are broken often and in many ways."""

import datetime
from itertools import combinations
from typing import Any, Literal

import msgspec
from hypothesis import strategies as st

from compliance.model.evidence import Statement
from compliance.model.finding import (
    ContradictionFinding,
    CopyrightFinding,
    DependencyFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    NoticeFinding,
    WeightsFinding,
    place,
)
from compliance.model.inventory import FileCounts, Inventory
from compliance.model.skip import Skip
from tests.policy.inventories import inventory, member, origin

TODAY = datetime.date(2026, 11, 23)
LICENSES = [
    *("MIT", "ISC", "GPL-2.0-only", "Apache-2.0+", "GPL-2.0-only WITH Classpath-exception-2.0", "NOASSERTION"),
    *(
        "LicenseRef-llama-3.1",
        "LicenseRef-qwen-research",
        "LicenseRef-never-heard-of",
        "LicenseRef-chameleon-research",
    ),
]
ENTRIES = [
    *("MIT", "ISC", "GPL-*", "GPL-2.0-only", "Apache-2.0", "Classpath-exception-2.0", "LicenseRef-llama*"),
    *("GPL-2.0-only WITH Classpath-exception-2.0", "military_use=prohibited", "commercial_use=prohibited"),
    *("territory_excluded=*", "commercial_use=conditional"),
]
TEXTS = ["a", "b", "unknown", "KR", "copied", "detected", "A/b"]
PATTERNS = ["a*", "KR", "b", "A*", "*"]
Shape = Literal["text", "choice", "texts", "integer", "number", "flag", "expression"]

KINDS: dict[str, tuple[str, dict[str, Shape]]] = {
    "license": (
        "license",
        {
            "expression": "expression",
            "basis": "choice",
            "subject": "choice",
            "score": "number",
            "license_ids": "texts",
            "altered": "flag",
            "declared_in_card": "flag",
            "read_terms": "texts",
            "path": "text",
            "key_expression": "text",
        },
    ),
    "copyright": ("copyright", {"path": "text", "statement": "text", "holders": "texts", "years": "texts"}),
    "dependency": (
        "dependency",
        {
            "purl": "text",
            "expression": "expression",
            "scope": "text",
            "declared_in": "text",
            "locked": "flag",
            "license_known_elsewhere": "flag",
        },
    ),
    "model-card": (
        "card",
        {
            "field": "text",
            "value": "text",
            "base_model_relations": "texts",
            "path": "text",
            "inferred_relations": "texts",
        },
    ),
    "weights": (
        "weights",
        {
            "component": "text",
            "format": "text",
            "tensors": "integer",
            "parameters": "integer",
            "family": "text",
            "country": "text",
            "basis": "choice",
            "license_id": "text",
            "confidence": "number",
            "expression": "expression",
            "lead": "flag",
        },
    ),
    "contradiction": ("contradiction", {"about": "text", "path": "text"}),
    "origin": (
        "origin",
        {
            "family": "text",
            "country": "text",
            "expression": "expression",
            "relation": "choice",
            "share": "number",
            "confidence": "number",
            "released": "text",
            "declared": "flag",
            "agreement": "choice",
            "missing_holders": "texts",
            "nearest_countries": "texts",
            "ancestor_countries": "texts",
            "lineage_families": "texts",
            "lineage_countries": "texts",
            "introduced": "text",
            "header_lost": "flag",
            "committed_before_release": "flag",
        },
    ),
    "notice": (
        "notice",
        {
            "origin": "text",
            "expression": "expression",
            "present": "texts",
            "missing": "texts",
            "missing_holders": "texts",
            "license_text_missing": "flag",
            "license_notice_missing": "flag",
            "change_statement_missing": "flag",
            "relation": "choice",
            "share": "number",
            "country": "text",
            "confidence": "number",
            "declared": "flag",
            "committed_before_release": "flag",
            "cured_by": "texts",
            "family": "text",
            "project": "text",
        },
    ),
    "inventory": (
        "inventory",
        {
            **dict.fromkeys(("files", "examined", "unlicensed", "skipped"), "integer"),
            **{
                f"{kind}_findings": "integer"
                for kind in ("license", "weights_license", "dependency", "origin", "notice", "weights")
            },
        },
    ),
}
CHOICES = {
    "basis": {"license": ["declared", "detected"], "weights": ["digest", "config"]},
    "subject": {"license": ["code", "weights"]},
    "relation": {"origin": ["copied", "imported"], "notice": ["copied", "derived"]},
    "agreement": {"origin": ["agrees", "another-is-nearer"]},
}
ALWAYS_THERE = {"basis", "subject", "path", "purl", "scope", "declared_in", "field", "value", "component", "about"}
LISTS = ["lists.licenses", "lists.more", "lists.licenses + lists.more", "['MIT', 'GPL-*']"]
TEXT_LISTS = ["lists.texts", "['a', 'KR']", "lists.texts + ['b']"]


def questions(kind: str) -> st.SearchStrategy[str]:
    variable, fields = KINDS[kind]
    every = [_question(kind, f"{variable}.{name}", name, shape) for name, shape in fields.items()]
    return st.one_of(*every, st.sampled_from(["true", "false"]))


def _question(kind: str, whole: str, name: str, shape: Shape) -> st.SearchStrategy[str]:
    match shape:
        case "flag":
            return st.just(whole)
        case "expression":
            return _of_license(whole)
        case "choice":
            values = st.sampled_from(CHOICES[name][kind])
            return st.one_of(
                values.map(lambda value: f"{whole} == '{value}'"),
                values.map(lambda value: f"{whole} in ['{value}']"),
                st.just(f"{whole}.startsWith('de')"),
            )
        case "text":
            return _of_text(whole)
        case "texts":
            return _of_texts(whole)
        case _:
            return _of_number(whole, whole=shape == "integer", optional=kind != "inventory")


def _of_text(whole: str) -> st.SearchStrategy[str]:
    value = st.sampled_from(TEXTS)
    return st.one_of(
        st.builds("{0} {1} '{2}'".format, st.just(whole), st.sampled_from(["==", "!=", "<", ">="]), value),
        st.builds(
            "{0}.{1}('{2}')".format, st.just(whole), st.sampled_from(["startsWith", "endsWith", "contains"]), value
        ),
        st.builds("{0} in {1}".format, st.just(whole), st.sampled_from(TEXT_LISTS)),
        st.builds("listed({0}, {1})".format, st.just(whole), st.sampled_from(["lists.patterns", *TEXT_LISTS])),
        st.sampled_from([f"size({whole}) > 1", f"10 / (size({whole}) - 1) > 3", f"has({whole})"]),
    )


def _of_texts(whole: str) -> st.SearchStrategy[str]:
    member = st.one_of(_of_text("x"), st.just("x in lists.texts")).filter(lambda one: "has(" not in one)
    return st.one_of(
        st.sampled_from([f"size({whole}) == 0", f"size({whole}) > 1", f"has({whole})", f"'a' in {whole}"]),
        st.builds(
            "{0}.{1}(x, {2})".format, st.just(whole), st.sampled_from(["exists", "all", "exists_one"]), member
        ),
    )


def _of_number(name: str, *, whole: bool, optional: bool) -> st.SearchStrategy[str]:
    bound = (
        ["0", "1", "2", "thresholds.few"]
        if whole
        else ["0.5", "50.0", "thresholds.half", "double(thresholds.few)"]
    )
    compared = st.builds(
        "{0} {1} {2}".format,
        st.sampled_from([name, f"{name} * {bound[2]}", f"{name} - {bound[1]}", f"{name} / {bound[0]}"]),
        st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
        st.sampled_from(bound),
    )
    more = st.sampled_from(
        [f"{name} % 2 == 1", f"{name} * 9223372036854775807 > 0", f"-{name} < 0"]
        if whole
        else [f"int({name}) > 0"]
    )
    asked = st.one_of(compared, more)
    return asked.map(lambda one: f"(has({name}) && {one})") if optional else asked


def _of_license(whole: str) -> st.SearchStrategy[str]:
    list_ = st.sampled_from(LISTS)
    term = st.sampled_from(["military_use", "commercial_use"])
    answers = st.sampled_from(["['prohibited']", "['conditional', 'prohibited']"])
    return st.one_of(
        st.builds("{0}({1}, {2})".format, st.sampled_from(["only", "without", "requires"]), st.just(whole), list_),
        st.just(f"known({whole})"),
        st.builds(
            "{0}({1}, '{2}', {3})".format, st.sampled_from(["says", "says_other"]), st.just(whole), term, answers
        ),
        st.builds("settled({0}, ['{1}'], {2})".format, st.just(whole), term, list_),
        st.just(f"has({whole})"),
    )


def conditions(kind: str) -> st.SearchStrategy[str]:
    return st.recursive(
        questions(kind),
        lambda inner: st.one_of(
            st.builds("({} && {})".format, inner, inner),
            st.builds("({} || {})".format, inner, inner),
            st.builds("({} ? {} : {})".format, inner, inner, inner),
            inner.map("!({})".format),
        ),
        max_leaves=5,
    )


@st.composite
def rules(draw: st.DrawFn, identifier: str, kinds: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(kinds))
    axis = draw(st.sampled_from(["policy-independence", "national-infrastructure", "disclosure"]))
    sentence = {"en": "a", "ko": "가"}
    rule: dict[str, Any] = {
        "id": identifier,
        "axis": axis,
        "severity": draw(st.sampled_from(["fail", "fail", "review", "obligation", "note"])),
        "for": kind,
        "when": draw(conditions(kind)),
        **dict.fromkeys(("message", "remedy", "why"), sentence),
    }
    if axis == "national-infrastructure" and draw(st.booleans()):
        rule["targets"] = draw(
            st.lists(st.sampled_from(["defence", "security", "telecom"]), min_size=1, unique=True)
        )
    if draw(st.integers(0, 4)) == 0:
        rule["from"] = draw(st.sampled_from(["2026-11-22", "2026-11-23", "2026-11-24"]))
    if draw(st.integers(0, 4)) == 0:
        rule["until"] = draw(st.sampled_from(["2026-11-24", "2026-12-31"]))
    return rule


@st.composite
def policies(draw: st.DrawFn, kinds: list[str]) -> dict[str, Any]:
    count = draw(st.integers(1, 4))
    return {
        "id": "random",
        "version": "1",
        "status": "draft",
        "description": {"en": "a", "ko": "가"},
        "lists": {
            "licenses": draw(st.lists(st.sampled_from(ENTRIES), max_size=3)),
            "more": draw(st.lists(st.sampled_from(ENTRIES), max_size=2)),
            "texts": draw(st.lists(st.sampled_from(TEXTS), max_size=3)),
            "patterns": draw(st.lists(st.sampled_from(PATTERNS), max_size=2)),
        },
        "thresholds": {"few": draw(st.integers(0, 3)), "half": draw(st.sampled_from([0.0, 0.5, 75.0]))},
        "rules": [draw(rules(f"rule-{number}", kinds)) for number in range(count)],
    }


def _text() -> st.SearchStrategy[str]:
    return st.sampled_from(TEXTS)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def _some(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


_LEADING = [*LICENSES, "LicenseRef-qwen-research"]
EXPRESSION = st.sampled_from(
    [
        *(None, "", "MIT AND", "unknown", "MIT OR (ISC AND NOASSERTION)", "(MIT OR GPL-2.0-only) AND ISC"),
        *_LEADING,
        *_LEADING,
        *(f"{one} {sign} {other}" for one, other in combinations(LICENSES, 2) for sign in ("AND", "OR")),
    ]
)
LINES = st.one_of(st.none(), st.sampled_from([(1, 1), (2, 3), (1, 5)]))
EVIDENCE = st.lists(
    st.builds(
        Statement,
        lines=LINES,
        field=st.sampled_from(["license", "term:military_use", "base_model_relation", "inferred-relation"]),
        says=st.sampled_from(["prohibited: so it says", "a"]),
    ),
    max_size=2,
).map(tuple)
PATHS = st.sampled_from(["a", "b/KR", "README.md"])


FINDINGS: dict[str, st.SearchStrategy[Finding]] = {
    "license": st.builds(
        LicenseFinding,
        expression=EXPRESSION,
        basis=st.sampled_from(["declared", "detected"]),
        subject=st.sampled_from(["code", "weights", "data"]),
        score=_maybe(st.sampled_from([0.0, 0.5, 50.0, 99.5])),
        license_ids=_some(_text()),
        altered=st.booleans(),
        key_expression=_maybe(_text()),
        lines=LINES,
        evidence=EVIDENCE,
    ),
    "copyright": st.builds(CopyrightFinding, statement=_text(), holders=_some(_text()), years=_some(_text())),
    "dependency": st.builds(
        DependencyFinding,
        purl=st.sampled_from(["pkg:pypi/a", "pkg:pypi/a@1", "pkg:pypi/a@2", "pkg:pypi/a?vcs_url=x", "pkg:npm/b"]),
        expression=EXPRESSION,
        scope=_text(),
        locked=st.booleans(),
    ),
    "model-card": st.builds(
        ModelCardFinding, field=st.sampled_from(["base_model_relation", "a"]), value=_text(), evidence=EVIDENCE
    ),
    "weights": st.builds(
        WeightsFinding,
        component=_text(),
        format=_maybe(_text()),
        tensors=_maybe(st.integers(0, 3)),
        parameters=_maybe(st.sampled_from([0, 1, 2**62])),
        family=st.sampled_from([None, "aquila", "aquila", "bailing"]),
        country=_maybe(_text()),
        basis=st.sampled_from(["digest", "config"]),
        license_id=_maybe(st.sampled_from(["llama-3.1", "apache-2.0", "no-such-license"])),
        confidence=_maybe(st.sampled_from([0.0, 0.5, 1.0])),
    ),
    "contradiction": st.builds(ContradictionFinding, about=_text()),
    "notice": st.builds(
        NoticeFinding,
        origin=st.sampled_from(["example 1.0 example/a.py", "example 1.0 example/b.py"]),
        expression=EXPRESSION,
        present=_some(_text()),
        missing=_some(st.sampled_from(["holder: a", "license-text", "license-notice", "change-statement"])),
        cured_by=_some(_text()),
    ),
}


@st.composite
def origins(draw: st.DrawFn) -> Finding:
    members = [
        member(
            draw(st.sampled_from(["a", "b"])),
            country=draw(_maybe(_text())),
            expression=draw(EXPRESSION),
            relation=draw(st.sampled_from(["copied", "imported", "derived"])),
            role=draw(st.sampled_from(["direct", "ancestor", "shared"])),
            share=draw(_maybe(st.sampled_from([0.0, 0.5, 1.0]))),
            confidence=draw(_maybe(st.sampled_from([0.0, 0.5, 1.0]))),
            released=draw(_maybe(st.sampled_from(["2025-01-01", "2026-01-01"]))),
            tied=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    found = origin(
        *members,
        declared=draw(_maybe(st.sampled_from(["agrees", "another-is-nearer"]))),
        committed=draw(_maybe(st.sampled_from(["2024-06-01", "2025-06-01"]))),
        header_lost=draw(st.booleans()),
        path=draw(PATHS),
    )
    holders = draw(_some(_text()))
    return place(msgspec.structs.replace(found, missing_holders=holders, id=""), found.path, None)


@st.composite
def findings(draw: st.DrawFn, kind: str) -> Finding:
    if kind == "origin":
        return draw(origins())
    return place(draw(FINDINGS[kind]), draw(PATHS), None)


@st.composite
def inventories(draw: st.DrawFn, kinds: list[str]) -> Inventory:
    some = [draw(findings(draw(st.sampled_from(kinds)))) for _ in range(draw(st.integers(0, 8)))]
    files, examined, unlicensed = (draw(st.integers(0, 3)) for _ in range(3))
    counts = FileCounts(files=files, examined=examined, unlicensed=unlicensed)
    skip = Skip(path="a.bin", reason="unreadable", detail="permission denied")
    return inventory(*some, counts=counts, skipped=[skip] if draw(st.integers(0, 4)) == 0 else [])


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], Inventory]:
    """A policy, and an inventory with findings of the kinds that its rules ask about."""
    kinds = draw(
        st.lists(st.sampled_from([kind for kind in KINDS if kind != "inventory"]), min_size=1, max_size=2)
    )
    if "notice" in kinds:
        kinds.append("origin")
    return draw(policies([*kinds, draw(st.sampled_from(["inventory", *kinds]))])), draw(inventories(kinds))
