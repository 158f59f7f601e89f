"""An inventory judged by a policy, both as plain data, as docs/policy.md says. Shares no code with the engine."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from compliance.licenses.catalog import weight_license
from compliance.weights import families
from tests.policy.reference.reference_conditions import NO_ANSWER, Fact, Interpreter, Reader
from tests.policy.reference.reference_licenses import functions, known

Finding = dict[str, Any]
Row = tuple[object, ...]

GRAVITY = ["pass", "pass-with-obligations", "review", "incomplete", "fail"]
VERDICTS = {"fail": "fail", "review": "review", "obligation": "pass-with-obligations", "note": "pass"}
TARGETS = ["defence", "security", "telecom"]
ZEROS: dict[str, Any] = {"score": 0.0, "share": 0.0, "confidence": 0.0, "tensors": 0, "parameters": 0}
"""What absent numbers read as; all other absent values are texts and read as `unknown`."""
VARIABLES = {"model-card": "card"}
NEAREST = ("family", "project", "relation", "country", "share", "confidence")
"""What a notice knows of the origin behind it."""
NOT_ASKED = ("id", "kind", "lines", "revision", "evidence")

_WHOSE = re.compile(r"\bweights\.(family|developer|country|basis|confidence|license_id|expression|lead)\b")
"""What of weights hangs on whose they are, which may be known from general knowledge alone."""


def judged(policy: dict[str, Any], inventory: dict[str, Any], today: datetime.date) -> tuple[list[Row], list[Row]]:
    """Verdicts as (axis, target, verdict, rules), violations as (rule, axis, target, severity, findings, by leads
    alone, how many could not be judged)."""
    facts = facts_of(inventory)
    violations: list[Row] = []
    asked: set[tuple[str, str | None]] = set()
    places: list[tuple[str, str | None]] = []
    for rule in policy["rules"]:
        of_rule = [(rule["axis"], target) for target in targets(rule)]
        places += [place for place in of_rule if place not in places]
        if rule.get("from", "0000") <= today.isoformat() <= rule.get("until", "9999"):
            asked |= set(of_rule)
            for row in broken(rule, policy, facts[rule["for"]]):
                violations += [(rule["id"], rule["axis"], target, *row) for _, target in of_rule]
    complete = not inventory["skipped"] and (inventory["counts"]["files"] > 0 or bool(inventory["findings"]))
    verdicts = [verdict(place, violations, complete=complete and place in asked) for place in places]
    return verdicts, violations


def targets(rule: dict[str, Any]) -> list[str | None]:
    if rule["axis"] != "national-infrastructure":
        return [None]
    return [target for target in TARGETS if target in rule.get("targets", TARGETS)]


def verdict(place: tuple[str, str | None], violations: list[Row], *, complete: bool) -> Row:
    counted = [(VERDICTS[str(row[3])], row[0]) for row in violations if row[1:3] == place]
    worst = max((one for one, _ in counted), key=GRAVITY.index, default="pass")
    rules = sorted({str(rule) for one, rule in counted if one == worst}) if worst != "pass" else []
    if not complete:
        return (*place, max(worst, "incomplete", key=GRAVITY.index), rules)
    return (*place, worst, rules)


def broken(rule: dict[str, Any], policy: dict[str, Any], facts: list[Finding]) -> Iterator[Row]:
    """(severity, findings, by a lead, how many could not be judged) of each violation."""
    tree = Reader(rule["when"]).read()

    def ask(fact: Finding, *, leads: bool) -> Any:
        variable = VARIABLES.get(rule["for"], rule["for"])
        fields = {name: value for name, value in fact.items() if name not in NOT_ASKED}
        zeros = {name: ZEROS.get(name, "unknown") for name in fields}
        lists = {name.replace("-", "_"): entries for name, entries in policy["lists"].items()}
        thresholds = {name.replace("-", "_"): number for name, number in policy["thresholds"].items()}
        interpreter = Interpreter(variable, Fact(fields, zeros), lists, thresholds, functions(leads=leads))
        return interpreter.answer(tree)

    proven: list[Finding] = []
    by_lead: list[Finding] = []
    failed = 0
    for fact in facts:
        answer = ask(fact, leads=True)
        if answer is NO_ANSWER:
            failed += 1
            proven.append(fact)
        elif answer:
            unsure = fact.get("lead", False) and _WHOSE.search(rule["when"])
            is_lead = unsure or ask(fact, leads=False) is False
            (by_lead if is_lead and rule["severity"] == "fail" else proven).append(fact)
    if proven:
        severity = "review" if failed and rule["severity"] in ("note", "obligation") else rule["severity"]
        yield severity, ids(proven), False, failed
    if by_lead:
        yield "review", ids(by_lead), True, 0


def ids(facts: list[Finding]) -> list[str]:
    return sorted({fact["id"] for fact in facts if fact["id"]})


def facts_of(inventory: dict[str, Any]) -> dict[str, list[Finding]]:
    findings: list[Finding] = inventory["findings"]
    facts: dict[str, list[Finding]] = {
        kind: [finding for finding in findings if finding["kind"] == kind]
        for kind in (
            "license",
            "copyright",
            "dependency",
            "model-card",
            "weights",
            "contradiction",
            "origin",
            "notice",
        )
    }
    counts = {f"{kind.replace('-', '_')}_findings": len(some) for kind, some in facts.items()}
    of_weights = sum(one["subject"] == "weights" for one in facts["license"])
    everything = {**inventory["counts"], **counts, "weights_license_findings": of_weights}
    everything |= {"id": "", "skipped": len(inventory["skipped"])}
    return {
        **facts,
        "license": [license_fact(one, facts["license"]) for one in facts["license"]],
        "dependency": [dependency_fact(one, facts["dependency"]) for one in facts["dependency"]],
        "model-card": [card_fact(one, facts["model-card"]) for one in facts["model-card"]],
        "weights": [weights_fact(one) for one in facts["weights"]],
        "origin": [origin_fact(one) for one in facts["origin"]],
        "notice": [notice_fact(one, facts["origin"]) for one in facts["notice"]],
        "inventory": [everything],
    }


def license_fact(finding: Finding, others: list[Finding]) -> Finding:
    """With whether it is the line of a card that names the license of its weights, and terms that were read."""

    def spans(other: Finding) -> list[list[int]]:
        return [other["lines"], *(one["lines"] for one in other["evidence"] if one.get("lines"))]

    in_card = any(
        other["path"] == finding["path"]
        and other["basis"] != "detected"
        and other["subject"] in ("weights", "data")
        and other["lines"]
        and min(first for first, _ in spans(other)) <= finding["lines"][0]
        and finding["lines"][1] <= max(last for _, last in spans(other))
        for other in others
        if finding["basis"] == "detected" and finding["lines"]
    )
    read = {
        f"{one['field'][5:]}={one['says'].split(':')[0]}"
        for one in finding["evidence"]
        if one.get("field", "").startswith("term:")
    }
    return {**finding, "declared_in_card": in_card, "read_terms": sorted(read)}


def dependency_fact(finding: Finding, others: list[Finding]) -> Finding:
    name, version = finding["purl"].split("?")[0].partition("@")[::2]
    elsewhere = False
    for other in others:
        its_name, its_version = other["purl"].split("?")[0].partition("@")[::2]
        alike = its_name == name and (its_version == version or "" in (its_version, version))
        same_source = other["purl"].partition("?")[2] == finding["purl"].partition("?")[2]
        states = known(other["expression"] or "") and other["id"] != finding["id"]
        elsewhere = elsewhere or (alike and same_source and states)
    return {**finding, "license_known_elsewhere": elsewhere}


def card_fact(finding: Finding, others: list[Finding]) -> Finding:
    relations = {
        other["value"]
        for other in others
        if other["path"] == finding["path"] and other["field"] == "base_model_relation"
    }
    of_this = [one["says"] for one in finding["evidence"] if one.get("field") == "base_model_relation"]
    inferred = [
        one["says"].split(":")[0] for one in finding["evidence"] if one.get("field") == "inferred-relation"
    ]
    return {**finding, "base_model_relations": of_this or sorted(relations), "inferred_relations": inferred}


def weights_fact(finding: Finding) -> Finding:
    license_ = weight_license(finding["license_id"]) if finding["license_id"] else None
    remembered = any(one.id == finding["family"] and one.is_lead for one in families.families())
    return {
        **finding,
        "expression": license_.expression if license_ else None,
        "lead": remembered and finding["basis"] != "digest",
    }


def origin_fact(finding: Finding) -> Finding:
    lineage = finding["lineage"]
    nearest = lineage[0] if lineage else {}
    declared, introduced = finding["declared"], finding["introduction"]
    fact = {
        name: nearest.get(name)
        for name in (
            *("family", "project", "version", "developer", "country", "expression", "relation"),
            *("share", "confidence", "released"),
        )
    }
    return {
        **fact,
        "id": finding["id"],
        "path": finding["path"],
        "origin_path": nearest.get("path"),
        "declared": declared is not None,
        "agreement": declared and declared["agreement"],
        "missing_holders": finding["missing_holders"],
        "nearest_countries": sorted_set(
            one["country"] for one in lineage if one["role"] == "direct" or one["tied"]
        ),
        "ancestor_countries": sorted_set(one["country"] for one in lineage if one["role"] == "ancestor"),
        "lineage_families": sorted_set(one["family"] for one in lineage),
        "lineage_developers": sorted_set(one["developer"] for one in lineage),
        "lineage_countries": sorted_set(one["country"] for one in lineage),
        "introduced": introduced and introduced["date"],
        "header_lost": bool(introduced and introduced["header_lost"]),
        "committed_before_release": before(finding),
    }


def notice_fact(finding: Finding, origins: list[Finding]) -> Finding:
    missing = finding["missing"]
    behind = next(
        (one for one in origins if one["path"] == finding["path"] and named(one) == finding["for"]), None
    )
    nearest = behind["lineage"][0] if behind else {}
    return {
        "id": finding["id"],
        "path": finding["path"],
        "origin": finding["for"],
        **{name: finding[name] for name in ("expression", "present", "missing", "cured_by")},
        "missing_holders": [one[len("holder: ") :] for one in missing if one.startswith("holder: ")],
        "license_text_missing": "license-text" in missing,
        "license_notice_missing": "license-notice" in missing,
        "change_statement_missing": "change-statement" in missing,
        **{
            name: nearest.get(name) for name in ("family", "project", "relation", "share", "confidence", "country")
        },
        "declared": bool(behind and behind["declared"]),
        "committed_before_release": bool(behind and before(behind)),
    }


def named(origin: Finding) -> str:
    nearest = origin["lineage"][0]
    return f"{nearest['project']} {nearest['version']} {nearest['path']}"


def before(origin: Finding) -> bool:
    released = origin["lineage"][0]["released"] if origin["lineage"] else None
    introduced = origin["introduction"]
    return bool(released and introduced and introduced["date"] < released)


def sorted_set(names: Any) -> list[str]:
    return sorted({name for name in names if name})
