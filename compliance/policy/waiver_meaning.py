"""Faults in what a file of waivers means: dates, and entries that nothing could ever fit."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from compliance import package_urls, yaml_documents
from compliance.errors import Fault
from compliance.model.text import Text
from compliance.model.verdict import Axis
from compliance.policy import list_entries
from compliance.policy.meaning import date_of
from compliance.policy.path_patterns import path_pattern_fault


def faults(root: Any) -> Iterator[Fault]:
    """Every fault in the meaning of the file `root` (nodes with places), as far as its shape allows."""
    entries = root.get("waivers")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, Mapping):
            yield from _wrong_dates(entry)
            yield from _wrong_scope(entry)
            yield from _wrong_match(entry)


def _wrong_dates(entry: Any) -> Iterator[Fault]:
    begins, expires = date_of(entry.get("from")), date_of(entry.get("expires"))
    if begins and expires and expires < begins:
        yield Fault(
            *yaml_documents.position(entry, "expires"),
            Text(
                en=f"the waiver expires on {expires}, before it begins on {begins}; it would never hold",
                ko=f"만료일({expires})이 시작일({begins})보다 빠름: 적용되는 날이 없으니 날짜를 고치세요",
            ),
        )


def _wrong_scope(entry: Any) -> Iterator[Fault]:
    scope = entry.get("scope")
    if not isinstance(scope, Mapping) or "targets" not in scope:
        return
    axes = scope.get("axes")
    if isinstance(axes, list) and Axis.NATIONAL_INFRASTRUCTURE not in axes:
        yield Fault(*yaml_documents.key_position(scope, "targets"), _NO_TARGETS)


def _wrong_match(entry: Any) -> Iterator[Fault]:
    match = entry.get("match")
    if not isinstance(match, Mapping):
        return
    if not match:
        yield Fault(*yaml_documents.key_position(entry, "match"), _NOTHING_TO_MATCH)
    if "whole-submission" in match and len(match) > 1:
        yield Fault(*yaml_documents.key_position(match, "whole-submission"), _WHOLE_OR_PART)
    for key, fault_of in _CHECKS.items():
        entries = match.get(key)
        for index, one in enumerate(entries if isinstance(entries, list) else []):
            if isinstance(one, str) and one.strip() and (fault := fault_of(one)):
                yield Fault(*yaml_documents.position(entries, index), fault)


def _purl_fault(purl: str) -> Text | None:
    if package_urls.name_of(purl):
        return None
    return Text(
        en=f"{purl!r} is no package URL; write it as reports do, such as pkg:pypi/numpy or pkg:pypi/numpy@2.1.0",
        ko=f"패키지 URL 형식 오류: {purl!r}. 보고서처럼 pkg:pypi/numpy 또는 pkg:pypi/numpy@2.1.0 형식으로 쓰세요",
    )


_CHECKS: Mapping[str, Callable[[str], Text | None]] = {
    "paths": path_pattern_fault,
    "licenses": list_entries.license_fault,
    "purls": _purl_fault,
}
_NOTHING_TO_MATCH = Text(
    en="a waiver without a match would cover the whole rule; say which findings it is about",
    ko="match 항목이 비어 규칙 전체가 예외가 됨: 어떤 발견 사항에 대한 것인지 쓰세요",
)
_WHOLE_OR_PART = Text(
    en="whole-submission is for rules without findings, so nothing else can be matched with it; use two waivers",
    ko="whole-submission 값은 발견 사항이 없는 규칙에만 쓰므로 다른 조건과 함께 쓸 수 없음: 둘로 나누세요",
)
_NO_TARGETS = Text(
    en=f"targets belong to the axis {Axis.NATIONAL_INFRASTRUCTURE.value}; add it to axes, or remove them",
    ko=f"targets 항목은 {Axis.NATIONAL_INFRASTRUCTURE.value} 축에만 있음: axes 항목에 추가하거나 지우세요",
)
