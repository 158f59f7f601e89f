"""Signing the documents of `compliance report`: keys, the moment, and the envelope beside the documents."""

import datetime
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from compliance import json_documents
from compliance.cli import wording
from compliance.cli.output import beginning_of
from compliance.cli.wording import say
from compliance.errors import ConfigurationError
from compliance.language import Language
from compliance.model.verdict import Assessment
from compliance.reporters.reporter import ASSESSMENT, COMPARISON, Reporter
from compliance.signing import keys as key_files
from compliance.signing.envelope import sealed
from compliance.signing.keys import PasswordNeededError, PrivateKey
from compliance.signing.statement import (
    ASSESSMENT_NAME,
    ENVELOPE_NAME,
    PREVIOUS_NAME,
    QUOTATIONS_NAME,
    Document,
    Judged,
    Predicate,
    is_below,
    judged,
    maker,
    payload_of,
)

PASSWORD_VARIABLE = "COMPLIANCE_KEY_PASSWORD"
Keys = Annotated[
    list[Path] | None,
    typer.Option(
        "--sign",
        metavar="KEY",
        help=say(
            "Sign with this Ed25519 private key (PEM); may be repeated. Writes the signed statement "
            f"{ENVELOPE_NAME} beside the documents. The password comes from {PASSWORD_VARIABLE} or a prompt.",
            f"이 Ed25519 개인 키(PEM)로 서명. 여러 번 쓸 수 있음. 문서 옆에 서명된 진술 {ENVELOPE_NAME} 파일을 "
            f"씀. 암호는 {PASSWORD_VARIABLE} 환경 변수 또는 입력으로 받음.",
        ),
    ),
]
SignedAt = Annotated[
    str | None,
    typer.Option(
        help=say(
            "Date and time to state in what is signed (2026-11-23T09:00:00+09:00); also from SOURCE_DATE_EPOCH. "
            "Otherwise none, and signing again gives the same bytes.",
            "서명에 적을 일시(2026-11-23T09:00:00+09:00). SOURCE_DATE_EPOCH 환경 변수도 가능. 없으면 적지 않으며 "
            "다시 서명해도 같은 바이트가 나옴.",
        )
    ),
]


class Signer(msgspec.Struct, frozen=True):
    """Puts a signed statement beside the documents of a folder."""

    keys: Sequence[PrivateKey]
    signed_at: str | None
    language: Language

    def report(
        self,
        content: bytes,
        assessment: Assessment,
        previous: bytes | None,
        documents: Mapping[str, bytes],
        chosen: Sequence[Reporter],
        quotations: bytes | None = None,
    ) -> dict[str, bytes]:
        """The files of one submission's folder: its documents, what they were drawn from, the envelope.

        The assessment is kept byte by byte as it was stored, so that its digest stays the one that others know.

        Raises:
            ConfigurationError: two readers of an assessment could see two things in it.
        """
        for one in filter(None, (content, previous)):
            _refuse_ambiguous(one)
        files = {**documents, ASSESSMENT_NAME: content}
        if previous is not None:
            files[PREVIOUS_NAME] = previous
        if quotations is not None:
            files[QUOTATIONS_NAME] = quotations
        about = judged(
            assessment,
            ASSESSMENT_NAME,
            PREVIOUS_NAME if previous is not None else None,
            QUOTATIONS_NAME if quotations is not None else None,
        )
        drawn = {f"{ASSESSMENT}{one.suffix}": one.name for one in chosen}
        drawn.pop(ASSESSMENT_NAME, None)  # kept, not drawn
        return self._signed("report", (about,), files, drawn)

    def comparison(
        self,
        teams: Mapping[str, tuple[Assessment, Assessment | None]],
        files: Mapping[str, bytes],
        documents: Mapping[str, bytes],
        chosen: Sequence[Reporter],
    ) -> dict[str, bytes]:
        """The files of the folder above the teams': theirs, the documents across them, the envelope.

        The envelope covers, of each team's folder, the assessments and the envelope, which covers the rest.
        """
        about = [
            judged(one, f"{key}/{ASSESSMENT_NAME}", f"{key}/{PREVIOUS_NAME}" if previous else None)
            for key, (one, previous) in sorted(teams.items())
        ]
        base = (ASSESSMENT_NAME, PREVIOUS_NAME, ENVELOPE_NAME)
        covered = {name: content for name, content in files.items() if name.rpartition("/")[2] in base}
        drawn = {f"{COMPARISON}{one.suffix}": one.name for one in chosen}
        return {**files, **self._signed("comparison", tuple(about), {**covered, **documents}, drawn)}

    def _signed(
        self, kind: str, about: tuple[Judged, ...], files: dict[str, bytes], drawn: Mapping[str, str]
    ) -> dict[str, bytes]:
        for name in files:
            if not is_below(name):
                raise ConfigurationError(wording.unsafe_name(name))
        predicate = Predicate(
            kind="report" if kind == "report" else "comparison",
            made_by=maker(),
            language=self.language,
            judged=about,
            documents=tuple(Document(name=name, format=drawn[name]) for name in sorted(drawn)),
            signed_at=self.signed_at,
        )
        return {**files, ENVELOPE_NAME: sealed(payload_of(predicate, files), self.keys)}


def signer_from(paths: Sequence[Path], signed_at: str | None, language: Language) -> Signer | None:
    """The signer that a call asks for; None where no key is named.

    Raises:
        ConfigurationError: a key or the moment is wrong, or there is a moment and no key.
    """
    if not paths and signed_at is not None:
        raise ConfigurationError(wording.MOMENT_WITHOUT_KEY)
    return Signer(read_keys(paths), moment(signed_at), language) if paths else None


def read_keys(paths: Sequence[Path]) -> list[PrivateKey]:
    """The private keys in `paths`, each asked for its password where it has one.

    Raises:
        ConfigurationError: one of them can't be read, holds no such key, or its password is missing or wrong.
    """
    return [_key(path) for path in dict.fromkeys(paths)]


def _refuse_ambiguous(content: bytes) -> None:
    try:
        json_documents.read(content, largest=len(content))
    except json_documents.JsonError as error:
        raise ConfigurationError(wording.ambiguous(error)) from error


def _key(path: Path) -> PrivateKey:
    content = beginning_of(path, key_files.LARGEST_KEY)
    try:
        return key_files.read_private(content, str(path))
    except PasswordNeededError:
        return key_files.read_private(content, str(path), _password(path))


def _password(path: Path) -> str:
    if (said := os.environ.get(PASSWORD_VARIABLE)) is not None:
        return said
    if sys.stdin is None or not sys.stdin.isatty():
        raise ConfigurationError(wording.password_missing(path, PASSWORD_VARIABLE))
    return str(typer.prompt(say(f"Password of {path}", f"{path} 암호"), hide_input=True, err=True))


def moment(value: str | None) -> str | None:
    """The date and time to state: `value`, else the one that SOURCE_DATE_EPOCH names, else none.

    Raises:
        ConfigurationError: it is no date and time.
    """
    if value is not None:
        try:
            return datetime.datetime.fromisoformat(value).isoformat()
        except ValueError as error:
            raise ConfigurationError(wording.wrong_moment("--signed-at", value)) from error
    if not (seconds := os.environ.get("SOURCE_DATE_EPOCH")):
        return None
    try:
        return datetime.datetime.fromtimestamp(int(seconds), tz=datetime.UTC).isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise ConfigurationError(wording.wrong_moment("SOURCE_DATE_EPOCH", seconds)) from error


def refuse_others(folder: Path, files: Mapping[str, bytes]) -> None:
    """Tell of files in `folder` that the signature wouldn't cover.

    Raises:
        ConfigurationError: there is one that isn't among `files`.
    """
    if not folder.is_dir():
        return
    others = sorted(
        name
        for path in folder.rglob("*")
        if not path.is_dir() or path.is_symlink()
        for name in [path.relative_to(folder).as_posix()]
        if name not in files
    )
    if others:
        raise ConfigurationError(wording.others_in_folder(folder, others))
