"""Reading the tests of a policy: everything that is wrong with their files at once, or tests that can be run."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec

from compliance import yaml_documents
from compliance.errors import Fault, PolicyError
from compliance.model.text import Text
from compliance.model.verdict import Verdict
from compliance.policy.evaluation import was_examined
from compliance.policy.facts import Fact
from compliance.policy.files import FileKind, read_file, wrong
from compliance.policy.loading import PolicyFile
from compliance.policy.policy import Policy
from compliance.policy.testing import suite_faults
from compliance.policy.testing.document import INVENTORY, WORDS, FlagDocument, Place, TestDocument, TestsDocument
from compliance.policy.testing.findings import facts_in, inventory_in

FOLDER = "tests"
"""Beside a policy file: the tests of `mine.yaml` are the files in `tests/mine/`."""


class PolicyTest(msgspec.Struct, frozen=True):
    """One test, ready to be run."""

    name: str
    date: datetime.date | None
    """Day whose rules are asked; None for whichever the run is about."""
    facts: Mapping[str, Sequence[Fact]]
    examined: bool
    """There was something to examine, and nothing was skipped."""
    flags: tuple[FlagDocument, ...]
    leaves: tuple[str, ...]
    verdicts: Mapping[Place, Verdict]
    file: str
    line: int


class Claim(msgspec.Struct, frozen=True):
    """A change of the policy of which an editor says that it changes nothing."""

    of: str
    """The rule, list or threshold."""
    change: str
    reason: str
    file: str
    line: int


class Suite(msgspec.Struct, frozen=True):
    """All tests of a policy."""

    tests: tuple[PolicyTest, ...]
    claims: tuple[Claim, ...]


class TestFile(msgspec.Struct, frozen=True):
    """Where tests stand."""

    __test__ = False  # pytest looks at names

    file: Traversable
    name: str
    """As messages call it."""


def files_beside(policy: PolicyFile) -> tuple[TestFile, ...]:
    """The files of tests that lie beside `policy`, by name.

    Raises:
        PolicyError: there is none.
    """
    stem = policy.file.name.removesuffix(".yaml")
    folder = policy.folder.joinpath(FOLDER, stem)
    found = _in_folder(folder, f"{FOLDER}/{stem}") if folder.is_dir() else ()
    if not found:
        raise PolicyError(_no_tests(policy.name, f"{FOLDER}/{stem}/"))
    return found


def files_at(paths: Iterable[Path]) -> tuple[TestFile, ...]:
    """The files of tests that `paths` name, or that lie in the folders they name.

    Raises:
        PolicyError: there is none in one of the folders.
    """
    found: list[TestFile] = []
    for path in paths:
        inside = _in_folder(path, str(path)) if path.is_dir() else (TestFile(path, str(path)),)
        if not inside:
            raise PolicyError(_empty_folder(path))
        found += inside
    return tuple(found)


def _in_folder(folder: Traversable, name: str) -> tuple[TestFile, ...]:
    files = [file for file in folder.iterdir() if file.name.endswith(".yaml")]
    return tuple(TestFile(file, f"{name}/{file.name}") for file in sorted(files, key=lambda file: file.name))


def load_tests(policy: Policy, files: Iterable[TestFile]) -> Suite:
    """The tests in `files`, which are about `policy`.

    Raises:
        PolicyError: one can't be read, or is wrong: with every fault of them all and its place.
    """
    tests: list[PolicyTest] = []
    claims: list[Claim] = []
    found: list[Fault] = []
    for file in files:
        root = read_file(file.file, file.name, TEST_FILE).root
        if faults := [
            msgspec.structs.replace(fault, file=file.name) for fault in suite_faults.faults(root, policy)
        ]:
            found += faults
            continue
        document = TestsDocument.model_validate(yaml_documents.plain(root))
        tests += [
            _test(test, document.date, node, file.name)
            for test, node in zip(document.tests, root["tests"], strict=True)
        ]
        claims += [
            Claim(one.of, one.change, one.reason, file.name, yaml_documents.position(node)[0])
            for one, node in zip(document.equivalent, root.get("equivalent", ()), strict=True)
        ]
    if found:
        raise wrong(", ".join(dict.fromkeys(fault.file for fault in found)), found, TEST_FILE)
    return Suite(tuple(tests), tuple(claims))


def _test(test: TestDocument, date: datetime.date | None, node: Any, file: str) -> PolicyTest:
    findings = [(str(words["kind"]), _words(str(words["kind"]), words)) for words in test.findings]
    inventory = _words(INVENTORY, test.inventory)
    return PolicyTest(
        name=test.name,
        date=test.date or date,
        facts=facts_in(findings, inventory),
        examined=was_examined(inventory_in(findings, inventory)),
        flags=test.flags,
        leaves=test.leaves,
        verdicts=test.verdicts.by_place(),
        file=file,
        line=yaml_documents.position(node)[0],
    )


def _words(kind: str, written: Mapping[str, Any]) -> Mapping[str, object]:
    """What is stated, in the types that facts have."""
    model = WORDS[kind].model_validate(written)
    return {name: getattr(model, name) for name in model.model_fields_set if name != "kind"}


def _no_tests(policy: str, folder: str) -> Text:
    return Text(
        en=f"the policy {policy} has no tests: write them in {folder} beside it, or name files of tests",
        ko=f"정책 테스트 없음: {policy}. 정책 파일 옆 {folder} 폴더에 작성하거나 테스트 파일을 지정하세요",
    )


def _empty_folder(folder: Path) -> Text:
    return Text(
        en=f"{folder} holds no tests: name a folder with .yaml files",
        ko=f"테스트 파일 없음: {folder}. .yaml 파일이 있는 폴더를 지정하세요",
    )


TEST_FILE = FileKind(
    Text(en="test file", ko="정책 테스트"),
    Text(
        en="a file of tests is a mapping with `tests`; see docs/policy.md",
        ko="정책 테스트 파일은 tests 항목으로 이루어져야 함: docs/policy.md 문서를 보세요",
    ),
)
