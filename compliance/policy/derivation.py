"""A policy that extends another one: the two as one, each part with the place at which it was written."""

from collections.abc import Iterator, Mapping
from typing import Any

from compliance import yaml_documents
from compliance.errors import Fault
from compliance.model.text import Text
from compliance.policy.schema import RuleDocument
from compliance.policy.suggestions import closest

_OWN = ("id", "version", "status", "description")
_NEW_RULE = tuple(info.alias or name for name, info in RuleDocument.model_fields.items() if info.is_required())


def merged(base: Any, own: Any) -> Any:
    """The nodes of `base` with what `own`, which extends it, says otherwise, without parts of a wrong shape."""
    members = [(own, key) for key in _OWN if key in own]
    if node := next((one for one in (own, base) if "languages" in one), None):
        members.append((node, "languages"))
    root = yaml_documents.mapping_of(members, own)
    for key, value in (
        ("lists", _lists(_mapping(base, "lists"), _mapping(own, "lists"))),
        ("thresholds", _overridden(_mapping(base, "thresholds"), _mapping(own, "thresholds"))),
        ("rules", _rules(_sequence(base, "rules"), own)),
    ):
        source = own if key in own or key not in base else base
        root[key] = value
        place = (*yaml_documents.key_position(source, key), *yaml_documents.position(source, key))
        root.lc.add_kv_line_col(key, [one - 1 for one in place])
    return root


def faults(base: Any, own: Any) -> Iterator[Fault]:
    """What `own` says of `base` that makes no sense; its shape is checked elsewhere."""
    if "id" in own and own["id"] == base.get("id"):
        yield Fault(*yaml_documents.position(own, "id"), _SAME_ID)
    yield from _wrong_lists(_mapping(base, "lists"), _mapping(own, "lists"))
    known = {_id(rule) for rule in _sequence(base, "rules")}
    retired = _mapping(own, "retired")
    for name in retired:
        if name not in known:
            yield Fault(*yaml_documents.key_position(retired, name), _no_such("rule", str(name), known))
    for rule in _sequence(own, "rules"):
        if _id(rule):
            yield from _wrong_rule(rule, known, retired)


def _wrong_rule(rule: Any, known: set[str], retired: Mapping[str, Any]) -> Iterator[Fault]:
    name = _id(rule)
    place = yaml_documents.position(rule, "id")
    if name in retired:
        yield Fault(*place, _both_retired_and_changed(name))
    elif name in known and len(rule) == 1:
        yield Fault(*place, _CHANGES_NOTHING)
    elif name not in known and any(field not in rule for field in _NEW_RULE):
        yield Fault(*place, _no_such("rule", name, known))


def _wrong_lists(base: Mapping[str, Any], own: Any) -> Iterator[Fault]:
    for name, change in own.items():
        if not isinstance(change, Mapping):
            continue
        if name not in base:
            yield Fault(*yaml_documents.key_position(own, name), _no_such("list", str(name), set(base)))
            continue
        there = {str(entry) for entry in base[name]} if isinstance(base[name], list) else set()
        if not change:
            yield Fault(*yaml_documents.position(own, name), _CHANGES_NOTHING)
        for key, wrong in (("add", True), ("remove", False)):
            entries = _sequence(change, key)
            for index, entry in enumerate(entries):
                if (str(entry) in there) is wrong:
                    message = _there_already(str(entry)) if wrong else _not_there(str(entry), there)
                    yield Fault(*yaml_documents.position(entries, index), message)


def _lists(base: Any, own: Any) -> Any:
    made = _overridden(base, own)
    for name, change in own.items():
        if not isinstance(change, Mapping):
            continue
        there = base.get(name)
        entries = there if isinstance(there, list) else []
        gone = {str(entry) for entry in _sequence(change, "remove")}
        added = _sequence(change, "add")
        kept = [(entries, index) for index, entry in enumerate(entries) if str(entry) not in gone]
        made[name] = yaml_documents.sequence_of([*kept, *((added, index) for index in range(len(added)))])
    return made


def _overridden(base: Any, own: Any) -> Any:
    """The members of both mappings, those of `own` where both have one."""
    members = [(own if key in own else base, key) for key in base]
    return yaml_documents.mapping_of([*members, *((own, key) for key in own if key not in base)], own or base)


def _rules(base: Any, own: Any) -> Any:
    """The rules of the base in their order, changed where `own` has one of that id; then those that are new."""
    retired, changed = _mapping(own, "retired"), _sequence(own, "rules")
    first: dict[str, int] = {}
    for index, rule in enumerate(changed):
        if name := _id(rule):
            first.setdefault(name, index)
    members: list[tuple[Any, int, Any]] = []
    for index, rule in enumerate(base):
        if (name := _id(rule)) in first:
            members.append((changed, first.pop(name), rule))
        elif name not in retired:
            members.append((base, index, None))
    taken = {index for source, index, _ in members if source is changed}
    members += [(changed, index, None) for index in range(len(changed)) if index not in taken]
    made = yaml_documents.sequence_of((source, index) for source, index, _ in members)
    for number, (_, _, below) in enumerate(members):
        if below is not None:
            made[number] = _overridden(below, made[number])
    return made


def _id(rule: Any) -> str:
    """The id of a rule; empty where it has none that is one."""
    name = rule.get("id") if isinstance(rule, Mapping) else None
    return str(name) if isinstance(name, str) else ""


def _mapping(node: Any, key: str) -> Any:
    value = node.get(key)
    return value if isinstance(value, Mapping) else yaml_documents.mapping_of((), node)


def _sequence(node: Any, key: str) -> Any:
    value = node.get(key)
    return value if isinstance(value, list) else yaml_documents.sequence_of(())


def _no_such(what: str, name: str, known: set[str]) -> Text:
    words = {"rule": Text(en="rule", ko="규칙"), "list": Text(en="list", ko="목록")}[what]
    hint = closest(name, sorted(known))
    return Text(
        en=f"the base has no {words.en} {name!r}; a new one must be written in full{hint.en}",
        ko=f"기반 정책에 없는 {words.ko}: {name!r}. 새로 추가하려면 전체를 쓰세요{hint.ko}",
    )


def _both_retired_and_changed(name: str) -> Text:
    return Text(
        en=f"the rule {name!r} is retired and changed; do one of both",
        ko=f"폐지와 변경을 함께 지정한 규칙: {name!r}. 하나만 쓰세요",
    )


def _there_already(entry: str) -> Text:
    return Text(
        en=f"{entry!r} stands in the base's list already; remove it here",
        ko=f"기반 정책 목록에 이미 있음: {entry!r}. 여기에서 지우세요",
    )


def _not_there(entry: str, there: set[str]) -> Text:
    hint = closest(entry, sorted(there))
    return Text(
        en=f"{entry!r} isn't in the base's list, so there is nothing to remove{hint.en}",
        ko=f"기반 정책 목록에 없어 뺄 수 없음: {entry!r}{hint.ko}",
    )


_SAME_ID = Text(
    en="this is the id of the policy that is extended; reports would confuse the two, so choose another",
    ko="확장 대상 정책과 같은 id: 보고서에서 구별되도록 다른 id로 바꾸세요",
)
_CHANGES_NOTHING = Text(
    en="nothing is changed here; say what differs from the base, or remove it",
    ko="변경 내용 없음: 기반 정책과 다른 점을 쓰거나 지우세요",
)
