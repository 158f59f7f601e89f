"""Loading a policy file: everything that is wrong with it at once, or a policy that is ready to judge."""

import hashlib
import re
from collections.abc import Iterable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from compliance import yaml_documents
from compliance.errors import Fault, PolicyError
from compliance.model.text import Text
from compliance.policy import meaning, shape
from compliance.policy.bounds import MAX_BYTES, MAX_VALUES
from compliance.policy.policy import Policy, Rule, targets_of
from compliance.policy.schema import PolicyDocument, RuleDocument, Sentence
from compliance.yaml_documents import YamlError

__all__ = ["Policy", "Rule", "load_policy", "shipped_policies"]

_SHIPPED_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load_policy(source: Path | str) -> Policy:
    """The policy in the file `source`; a text such as `sovereign-ai` means the shipped policy of that name first.

    A file beside the user can't pass itself off as a shipped policy: scanned repositories are not trusted.

    Raises:
        PolicyError: the file can't be read, or is wrong: with every fault and its place. A fault in the YAML
            itself is reported alone, since nothing after it can be trusted.
    """
    return _load(*_found(source))


def document_of(source: Path | str) -> tuple[Any, str]:
    """The nodes of the policy file that `load_policy` reads for `source`, and its text.

    Raises:
        PolicyError: it can't be read.
    """
    content = _content(*_found(source))
    return _root(content, str(source)), content.decode("utf-8-sig")


def _found(source: Path | str) -> tuple[Traversable, str]:
    """The file, and its name in messages."""
    if isinstance(source, str) and _SHIPPED_NAME.fullmatch(source):
        if shipped := _shipped(source):
            return shipped, f"{source}.yaml"
        if not Path(source).is_file():
            raise _no_such_policy(source)
    return Path(source), str(source)


def shipped_policies() -> tuple[str, ...]:
    """The names of the policies that come with the program, sorted."""
    names = (file.name for folder in _folders() for file in folder.iterdir())
    return tuple(sorted({name.removesuffix(".yaml") for name in names if name.endswith(".yaml")}))


def _folders() -> Iterable[Traversable]:
    """Where shipped policies lie: inside an installed package, or beside it in a checkout."""
    checkout = Path(__file__).parents[2]
    candidates: list[Traversable] = [resources.files("compliance").joinpath("shipped/policies")]
    if (checkout / "pyproject.toml").is_file():
        candidates.append(checkout / "policies")
    return [folder for folder in candidates if folder.is_dir()]


def _shipped(name: str) -> Traversable | None:
    files = (folder.joinpath(f"{name}.yaml") for folder in _folders())
    return next((file for file in files if file.is_file()), None)


def _no_such_policy(name: str) -> PolicyError:
    known = ", ".join(shipped_policies()) or "–"
    return PolicyError(
        Text(
            en=f"no file and no shipped policy is called {name!r}; shipped are {known}",
            ko=f"파일도 기본 제공 정책도 아닌 이름: {name!r}. 기본 제공 정책: {known}",
        )
    )


def _load(file: Traversable, name: str) -> Policy:
    content = _content(file, name)
    root = _root(content, name)
    text = content.decode("utf-8-sig")
    understood = meaning.read(root, text)
    if found := (*shape.faults(root), *understood.faults):
        raise _wrong(name, found)
    document = PolicyDocument.model_validate(yaml_documents.plain(root))
    return Policy(
        id=document.id,
        version=document.version,
        status=document.status,
        languages=document.languages,
        description=_text(document.description),
        lists=document.lists,
        thresholds=document.thresholds,
        rules=tuple(
            _rule(rule, shape.rule_position(root, index)[0], understood, index)
            for index, rule in enumerate(document.rules)
        ),
        digest=f"sha256:{hashlib.sha256(content).hexdigest()}",
        file=name,
    )


def _content(file: Traversable, name: str) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PolicyError(
            Text(
                en=f"the policy {name} can't be read: {reason}; check the path",
                ko=f"정책 파일을 읽을 수 없음: {name} ({reason}). 경로를 확인하세요",
            )
        ) from error
    if len(content) > MAX_BYTES:
        raise _wrong(name, [Fault(1, 1, _TOO_LARGE)])
    return content


def _root(content: bytes, name: str) -> Any:
    try:
        return yaml_documents.mapping_in(content, _NOT_A_MAPPING, most_values=MAX_VALUES)
    except YamlError as error:
        raise _wrong(name, [Fault(error.line, error.column, error.message)]) from error


def _wrong(name: str, faults: Iterable[Fault]) -> PolicyError:
    ordered = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column, fault.message.en)))
    count = len(ordered)
    return PolicyError(
        Text(
            en=f"the policy {name} has {count} fault{'s' * (count != 1)}; nothing was judged",
            ko=f"정책 파일 오류 {count}건: {name}. 판정하지 않았습니다",
        ),
        ordered,
        name,
    )


def _rule(rule: RuleDocument, line: int, understood: meaning.Meaning, index: int) -> Rule:
    every = targets_of(rule.axis)
    return Rule(
        id=rule.id,
        axis=rule.axis,
        targets=tuple(target for target in every if rule.targets is None or target in rule.targets),
        severity=rule.severity,
        kind=rule.kind,
        when=rule.when,
        message=_text(rule.message),
        remedy=_text(rule.remedy),
        why=_text(rule.why),
        references=rule.references,
        owner=rule.owner,
        begins=rule.begins,
        ends=rule.ends,
        line=line,
        condition=understood.conditions[index],
    )


def _text(sentence: Sentence) -> Text:
    return Text(en=sentence.en, ko=sentence.ko)


_TOO_LARGE = Text(
    en=f"the file has more than {MAX_BYTES:,} bytes; split the policy",
    ko=f"파일 크기 {MAX_BYTES:,}바이트 초과: 정책을 나누세요",
)
_NOT_A_MAPPING = Text(
    en="a policy is a mapping with id, version, rules …; see docs/policy.md",
    ko="정책 파일은 id, version, rules 등의 항목으로 이루어져야 함: docs/policy.md 문서를 보세요",
)
