"""A policy file, and the files that it extends."""

from importlib.resources.abc import Traversable
from pathlib import Path

from compliance import yaml_documents
from compliance.errors import Fault, PolicyError
from compliance.model.text import Text
from compliance.policy.files import POLICY_FILE, EditedFile, read_file, wrong
from compliance.policy.shipped import is_name, shipped_file, shipped_policies

MAX_FILES = 8


def chain_of(file: Traversable, name: str) -> tuple[EditedFile, ...]:
    """The policy at `file` and every policy below it, the nearest first, with nodes as if they were one text.

    `extends` names a shipped policy, or a file by its path from the one that extends it. A file can't pass itself
    off as a shipped policy, as for the policy of a call.

    Raises:
        PolicyError: a file can't be read or is no YAML mapping, the chain returns to one of its own files, or is
            longer than `MAX_FILES`. Reported alone, since nothing can be said of the rules without their base.
    """
    files: list[EditedFile] = []
    seen: list[str] = []
    where: Traversable | None = file
    while where is not None:
        read = read_file(where, name, POLICY_FILE, _lines_before(files))
        files.append(read)
        seen.append(_identity(where))
        where, name = _base(read, where)
        if where is not None and (_identity(where) in seen or len(files) == MAX_FILES):
            raise _fault(read, _circle(name) if _identity(where) in seen else _TOO_LONG)
    return tuple(files)


def _lines_before(files: list[EditedFile]) -> int:
    return files[-1].shift + len(files[-1].lines) + 1 if files else 0


def _base(file: EditedFile, where: Traversable) -> tuple[Traversable | None, str]:
    named = file.root.get("extends")
    if not isinstance(named, str) or not named.strip():
        return None, ""  # nothing to extend, or for the check of its shape to tell
    if is_name(named):
        if shipped := shipped_file(named):
            return shipped.file, shipped.name
        raise _fault(file, _no_such_base(named))
    path = Path(named)
    if path.is_absolute() or not isinstance(where, Path):
        raise _fault(file, _NOT_RELATIVE)
    base = where.parent / path
    if not base.is_file():
        raise _fault(file, _no_such_base(named))
    return base, str(Path(file.name).parent / path)


def _identity(where: Traversable) -> str:
    return str(where.resolve()) if isinstance(where, Path) else str(where)


def _fault(file: EditedFile, message: Text) -> PolicyError:
    line, column = yaml_documents.position(file.root, "extends")
    return wrong(file.name, [Fault(line - file.shift, column, message)])


def _no_such_base(named: str) -> Text:
    known = ", ".join(shipped_policies()) or "–"
    return Text(
        en=f"there is no policy {named!r} to extend; name a file by its path from this one, or one of {known}",
        ko=f"확장할 정책 없음: {named!r}. 이 파일 기준의 경로 또는 다음 이름 중 하나를 쓰세요: {known}",
    )


def _circle(name: str) -> Text:
    return Text(
        en=f"{name} is extended in a circle; let one of the files stand by itself",
        ko=f"확장 관계가 순환함: {name}. 파일 하나는 다른 정책을 확장하지 않아야 합니다",
    )


_NOT_RELATIVE = Text(
    en="write the path of the base from this file's folder, so that both can be moved together",
    ko="기반 정책은 이 파일이 있는 폴더 기준의 상대 경로로 쓰세요",
)
_TOO_LONG = Text(
    en=f"more than {MAX_FILES} policies extend each other; copy some of them together",
    ko=f"확장 단계가 정책 {MAX_FILES}개를 넘음: 일부를 한 파일로 합치세요",
)
