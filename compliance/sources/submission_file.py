"""`submission.yaml`: a team and its sources, read with every mistake and its place."""

import re
from pathlib import Path
from typing import Any, get_args

import msgspec

from compliance import yaml_documents
from compliance.errors import ConfigurationError, Fault
from compliance.model.submission import ENVIRONMENT, SourceKind
from compliance.model.text import Text
from compliance.sources.messages import message, printable

_FIELDS = ("team", "name", "sources")
_SOURCE_FIELDS = ("name", "kind", "path", "revision")
_KINDS = tuple(kind for kind in get_args(SourceKind) if kind != ENVIRONMENT)
_NAME = re.compile(r"[^\s/\\!.\x00-\x1f\x7f][^/\\!\x00-\x1f\x7f]{0,99}")
_LARGEST = 4_000_000
"""Bytes."""


class DeclaredSource(msgspec.Struct, frozen=True):
    """One source as the file declares it."""

    name: str
    path: str
    kind: SourceKind | None
    revision: str | None
    line: int
    """Of the path, counted from 1."""
    column: int


class SubmissionFile(msgspec.Struct, frozen=True):
    """What the file says."""

    team: str
    name: str | None
    sources: tuple[DeclaredSource, ...]


def read_submission_file(file: Path) -> SubmissionFile:
    """The submission that `file` declares.

    Raises:
        ConfigurationError: with every mistake and its place.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise _wrong(file, [Fault(1, 1, _too_large())])
        document = yaml_documents.read(content.decode("utf-8-sig"))
    except yaml_documents.YamlError as error:
        said = message(en=error.message.en, ko=error.message.ko)
        raise _wrong(file, [Fault(error.line, error.column, said)]) from error
    except (OSError, UnicodeDecodeError) as error:
        said = message(
            en=f"can't be read as UTF-8 text ({error}); save the file as UTF-8 and make it readable",
            ko=f"UTF-8 텍스트로 읽을 수 없음 ({error}): UTF-8로 저장하고 읽기 권한을 확인하세요",
        )
        raise _wrong(file, [Fault(1, 1, said)]) from error
    reading = _Reading()
    found = reading.submission(document)
    if found is None or reading.faults:
        raise _wrong(file, sorted(reading.faults, key=lambda fault: (fault.line, fault.column)))
    return found


class _Reading:
    """Collects faults while the document is read."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def submission(self, document: Any) -> SubmissionFile | None:
        if not isinstance(document, dict):
            self._fault(document, None, _expected("a mapping with team and sources", "team, sources 항목"))
            return None
        self._known_keys(document, _FIELDS)
        team = self._text(document, "team", required=True)
        name = self._text(document, "name", required=False)
        sources = document.get("sources")
        if not isinstance(sources, list) or not sources:
            wanted = _expected("sources: a list with at least one source", "sources: 하나 이상의 검사 대상 목록")
            self._fault(document, "sources" if "sources" in document else None, wanted)
            return None
        declared = [one for number in range(len(sources)) if (one := self._source(sources, number)) is not None]
        self._unique(declared)
        return SubmissionFile(team or "", name, tuple(declared))

    def _source(self, sources: Any, number: int) -> DeclaredSource | None:
        source = sources[number]
        if not isinstance(source, dict):
            self._fault(sources, number, _expected("a mapping with name and path", "name, path 항목"))
            return None
        self._known_keys(source, _SOURCE_FIELDS)
        name = self._text(source, "name", required=True)
        if name is not None and not _NAME.fullmatch(name):
            wanted = _expected(
                "a short name without /, \\, ! or a leading dot", "/, \\, ! 없고 점으로 시작하지 않는 짧은 이름"
            )
            self._fault(source, "name", wanted)
        if name == ENVIRONMENT:
            self._fault(source, "name", _reserved(name))
        kind = self._text(source, "kind", required=False)
        if kind is not None and kind not in _KINDS:
            self._fault(
                source, "kind", _expected(f"one of {', '.join(_KINDS)}", f"다음 중 하나: {', '.join(_KINDS)}")
            )
        path = self._text(source, "path", required=True)
        if path is not None and "\0" in path:
            self._fault(source, "path", _expected("a path without a NUL character", "NUL 문자가 없는 경로"))
        revision = self._text(source, "revision", required=False)
        line, column = yaml_documents.position(source, "path" if "path" in source else None)
        return DeclaredSource(name or "", path or "", kind, revision, line, column)  # type: ignore[arg-type]  # checked

    def _text(self, mapping: Any, key: str, *, required: bool) -> str | None:
        value = mapping.get(key)
        if value is None and not required:
            return None
        if not isinstance(value, str) or not value.strip():
            wanted = _expected(f"{key}: a text that isn't empty", f"{key}: 비어 있지 않은 문자열")
            self._fault(mapping, key if key in mapping else None, wanted)
            return None
        return str(value).strip()

    def _known_keys(self, mapping: Any, known: tuple[str, ...]) -> None:
        for key in mapping:
            if key not in known:
                said = message(
                    en=f"unknown field {key!r}; use one of {', '.join(known)}",
                    ko=f"알 수 없는 항목: {key!r}. 사용할 수 있는 항목: {', '.join(known)}",
                )
                self.faults.append(Fault(*yaml_documents.key_position(mapping, key), said))

    def _unique(self, declared: list[DeclaredSource]) -> None:
        seen: set[str] = set()
        for one in declared:
            if one.name and one.name in seen:
                said = message(
                    en=f"the source name {one.name!r} stands twice; give each source its own",
                    ko=f"검사 대상 이름 중복: {one.name!r}. 서로 다른 이름을 쓰세요",
                )
                self.faults.append(Fault(one.line, one.column, said))
            seen.add(one.name)

    def _fault(self, node: Any, key: Any, message: Text) -> None:
        self.faults.append(Fault(*yaml_documents.position(node, key), message))


def _expected(en: str, ko: str) -> Text:
    return message(en=f"expected {en}; correct it here", ko=f"필요한 값: {ko}. 여기를 고치세요")


def _reserved(name: str) -> Text:
    return message(
        en=f"the source name {name!r} stands for the installed environment; give the source another one",
        ko=f"설치된 환경을 가리키는 이름: {name!r}. 다른 이름을 쓰세요",
    )


def _too_large() -> Text:
    return message(
        en=f"the file has more than {_LARGEST:,} bytes; shorten it",
        ko=f"파일 크기 한도 {_LARGEST:,}바이트 초과: 파일을 줄이세요",
    )


def _wrong(file: Path, faults: list[Fault]) -> ConfigurationError:
    count = len(faults)
    said = message(
        en=f"{file}: {count} mistake{'s' if count != 1 else ''} in the submission file; correct each place named",
        ko=f"{file}: 제출물 파일 오류 {count}건. 표시된 위치를 고치세요",
    )
    return ConfigurationError(said, tuple(faults), printable(str(file)))
