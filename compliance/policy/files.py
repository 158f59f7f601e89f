"""Files that policy editors write: their bytes, their nodes with places, and errors that name both."""

import hashlib
from collections.abc import Iterable, Sequence
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from compliance import yaml_documents
from compliance.errors import Fault, PolicyError
from compliance.model.text import Text
from compliance.policy.bounds import MAX_BYTES, MAX_FAULTS, MAX_VALUES
from compliance.yaml_documents import YamlError

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class FileKind(msgspec.Struct, frozen=True):
    """What a file is, for messages about it."""

    name: Text
    expected: Text
    """Said where the file isn't even a mapping."""


POLICY_FILE = FileKind(
    Text(en="policy", ko="정책"),
    Text(
        en="a policy is a mapping with id, version, rules …; see docs/policy.md",
        ko="정책 파일은 id, version, rules 등의 항목으로 이루어져야 함: docs/policy.md 문서를 보세요",
    ),
)
WAIVER_FILE = FileKind(
    Text(en="waiver file", ko="예외 승인"),
    Text(
        en="a waiver file is a mapping with `waivers`; see docs/policy.md",
        ko="예외 승인 파일은 waivers 항목으로 이루어져야 함: docs/policy.md 문서를 보세요",
    ),
)


class EditedFile(msgspec.Struct, frozen=True):
    """One file as it was read, once."""

    name: str
    """As messages name it."""
    digest: str
    """`sha256:…` of its bytes."""
    lines: tuple[str, ...]
    root: Any
    """Its mapping, whose nodes know their places: `shift` lines below those in the file."""
    location: Traversable
    shift: int = 0
    """Lines that stand before it where several files are read as one."""


def read_file(file: Traversable, name: str, kind: FileKind, shift: int = 0) -> EditedFile:
    """The file at `file`.

    Raises:
        PolicyError: it can't be read, is too large, or no YAML mapping; with its place in the file.
    """
    content = _content(file, name, kind)
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    content = content.removeprefix(_BYTE_ORDER_MARK)
    try:
        root = yaml_documents.mapping_in(b"\n" * shift + content, kind.expected, most_values=MAX_VALUES)
    except YamlError as error:
        fault = Fault(max(error.line - shift, 1), error.column, error.message)
        raise wrong(name, [fault], kind) from error
    return EditedFile(name, digest, tuple(content.decode().splitlines()), root, file, shift)


def wrong(name: str, faults: Iterable[Fault], kind: FileKind = POLICY_FILE) -> PolicyError:
    """The error that lists the `faults` of the file `name`, those of other files last."""
    ordered = sorted(set(faults), key=lambda one: (one.file, one.line, one.column, one.message.en))
    count = len(ordered)
    few = count < MAX_FAULTS
    return PolicyError(
        Text(
            en=f"the {kind.name.en} {name} has {'' if few else 'at least '}{count} fault{'s' * (count != 1)}; "
            "nothing was judged",
            ko=f"{kind.name.ko} 파일 오류 {count}건{'' if few else ' 이상'}: {name}. 판정하지 않았습니다",
        ),
        tuple(ordered),
        name,
    )


def placed(fault: Fault, files: Sequence[EditedFile]) -> Fault:
    """`fault`, found in the nodes of `files` read as one, at its line of the file in which it stands."""
    file = file_at(fault.line, files)
    return Fault(fault.line - file.shift, fault.column, fault.message, "" if file is files[0] else file.name)


def file_at(line: int, files: Sequence[EditedFile]) -> EditedFile:
    """The one of `files`, read as one, to which `line` belongs."""
    return next(file for file in reversed(files) if file.shift < line or file is files[0])


def _content(file: Traversable, name: str, kind: FileKind) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PolicyError(
            Text(
                en=f"the {kind.name.en} {name} can't be read: {reason}; check the path",
                ko=f"{kind.name.ko} 파일을 읽을 수 없음: {name} ({reason}). 경로를 확인하세요",
            )
        ) from error
    if len(content) > MAX_BYTES:
        raise wrong(name, [Fault(1, 1, _TOO_LARGE)], kind)
    return content


_TOO_LARGE = Text(
    en=f"the file has more than {MAX_BYTES:,} bytes; split it",
    ko=f"파일 크기 {MAX_BYTES:,}바이트 초과: 파일을 나누세요",
)
