"""Loading a policy file: everything that is wrong with it at once, or a policy that is ready to judge."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from compliance import yaml_documents
from compliance.errors import Fault, PolicyError
from compliance.model.text import Text
from compliance.model.verdict import BaseReference
from compliance.policy import derivation, meaning, shape
from compliance.policy.chain import chain_of
from compliance.policy.files import POLICY_FILE, EditedFile, file_at, placed, read_file, wrong
from compliance.policy.policy import Policy, Rule, targets_of
from compliance.policy.schema import DerivedDocument, PolicyDocument, RuleDocument, Sentence
from compliance.policy.shipped import PolicyFile, is_name, shipped_file, shipped_policies

__all__ = [
    "Policy",
    "PolicyFile",
    "Rule",
    "edited_file",
    "load_bases",
    "load_policy",
    "policy_file",
    "shipped_policies",
]


def load_policy(source: Path | str) -> Policy:
    """The policy in the file `source`; a text such as `sovereign-ai` means the shipped policy of that name first.

    A file beside the user can't pass itself off as a shipped policy: scanned repositories are not trusted.
    A policy that extends others is read together with them and checked as one.

    Raises:
        PolicyError: a file can't be read, or is wrong: with every fault and its place. A fault in the YAML
            itself is reported alone, since nothing after it can be trusted.
    """
    found = policy_file(source)
    return _policy(chain_of(found.file, found.name))


def load_bases(source: Path | str) -> tuple[Policy, ...]:
    """The policies that the one in `source` extends, the nearest first, each as it is by itself.

    Raises:
        PolicyError: as of `load_policy`; a base may be wrong that is right with what changes it.
    """
    found = policy_file(source)
    files = chain_of(found.file, found.name)
    return tuple(_policy(files[place:]) for place in range(1, len(files)))


def edited_file(source: Path | str) -> EditedFile:
    """The policy file that `load_policy` reads for `source`, without those that it extends.

    Raises:
        PolicyError: it can't be read.
    """
    found = policy_file(source)
    return read_file(found.file, found.name, POLICY_FILE)


def policy_file(source: Path | str) -> PolicyFile:
    """The file that `load_policy` reads for `source`.

    Raises:
        PolicyError: neither a file nor a shipped policy has that name.
    """
    if isinstance(source, str) and is_name(source):
        if shipped := shipped_file(source):
            return shipped
        if not Path(source).is_file():
            raise _no_such_policy(source)
    return PolicyFile(Path(source).parent, Path(source), str(source))


def _no_such_policy(name: str) -> PolicyError:
    known = ", ".join(shipped_policies()) or "–"
    return PolicyError(
        Text(
            en=f"no file and no shipped policy is called {name!r}; shipped are {known}",
            ko=f"파일도 기본 제공 정책도 아닌 이름: {name!r}. 기본 제공 정책: {known}",
        )
    )


def _policy(files: tuple[EditedFile, ...]) -> Policy:
    """The policy in the first of `files`, which extends the others."""
    *derived, last = files
    root, found = last.root, list[Fault]()
    for file in reversed(derived):
        found += [*shape.faults(file.root, DerivedDocument), *derivation.faults(root, file.root)]
        root = derivation.merged(root, file.root)
    understood = meaning.read(root, _lines(files), lambda line: line - file_at(line, files).shift)
    if found := [*found, *shape.faults(root), *understood.faults]:
        raise wrong(files[0].name, (placed(fault, files) for fault in found))
    document = PolicyDocument.model_validate(yaml_documents.plain(root))
    rules = [_rule(rule, root, understood, index, files) for index, rule in enumerate(document.rules)]
    return Policy(
        id=document.id,
        version=document.version,
        status=document.status,
        languages=document.languages,
        description=_text(document.description),
        lists=document.lists,
        thresholds=document.thresholds,
        rules=tuple(rules),
        digest=_digest(files),
        file=files[0].name,
        extends=tuple(
            BaseReference(id=_said(file, "id"), version=_said(file, "version"), digest=file.digest)
            for file in files[1:]
        ),
        retired=_retired(derived),
        read=tuple((file.location, file.digest) for file in files),
    )


def _lines(files: Sequence[EditedFile]) -> list[str]:
    """The lines of all files, each below its shift."""
    lines: list[str] = []
    for file in files:
        lines += [""] * (file.shift - len(lines)) + [*file.lines]
    return lines


def _digest(files: Sequence[EditedFile]) -> str:
    if len(files) == 1:
        return files[0].digest
    listed = "".join(f"{file.digest}\n" for file in files)
    return f"sha256:{hashlib.sha256(listed.encode()).hexdigest()}"


def _said(file: EditedFile, key: str) -> str:
    """What a base says of itself; it was checked as a part of the whole, where its own id isn't needed."""
    return str(file.root.get(key, "unknown"))


def _retired(derived: Sequence[EditedFile]) -> dict[str, Text]:
    """What the files leave out, whichever of them does; a rule that a nearer file brings back isn't left out."""
    retired: dict[str, Text] = {}
    for file in reversed(derived):
        document = DerivedDocument.model_validate(yaml_documents.plain(file.root))
        for rule in document.rules:
            retired.pop(rule.id, None)
        retired |= {name: _text(reason) for name, reason in document.retired.items()}
    return retired


def _rule(
    rule: RuleDocument, root: Any, understood: meaning.Meaning, index: int, files: Sequence[EditedFile]
) -> Rule:
    every = targets_of(rule.axis)
    line, _ = shape.rule_position(root, index)
    file = file_at(line, files)
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
        line=line - file.shift,
        condition=understood.conditions[index],
        file=file.name,
    )


def _text(sentence: Sentence) -> Text:
    return Text(en=sentence.en, ko=sentence.ko)
