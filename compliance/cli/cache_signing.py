"""Signing an exported cache, and believing one: an in-toto statement in an envelope beside the file."""

import hashlib
from collections.abc import Sequence
from io import BufferedReader
from pathlib import Path
from typing import Any

import msgspec

from compliance.cli import wording
from compliance.cli.output import beginning_of, write_file
from compliance.cli.report_signing import read_keys
from compliance.errors import ConfigurationError
from compliance.signing.envelope import LARGEST, EnvelopeError, opened, sealed
from compliance.signing.keys import LARGEST_KEY, PrivateKey, read_public

__all__ = ["read_keys", "sign", "verify"]

_STATEMENT = "https://in-toto.io/Statement/v1"
_PREDICATE = "urn:compliance:cache:1"


def envelope_beside(file: Path) -> Path:
    """Where the envelope of an exported `file` stands."""
    return file.with_name(f"{file.name}.intoto.jsonl")


def sign(file: Path, keys: Sequence[PrivateKey]) -> None:
    """Write the envelope that says what `file` holds. Raises ConfigurationError where it can't be written."""
    with file.open("rb") as stream:
        payload = _payload(stream)
    write_file(envelope_beside(file), sealed(payload, keys))


def verify(file: Path, stream: BufferedReader, keys: Sequence[Path]) -> None:
    """Make sure that one of `keys` signed what `stream`, the exported `file`, holds; it is read and rewound.

    The name in the statement doesn't count, so a file may be renamed with its envelope.

    Raises:
        ConfigurationError: there is no envelope, none of the keys signed it, or it is about something else.
    """
    public = [read_public(beginning_of(path, LARGEST_KEY), str(path)) for path in keys]
    beside = envelope_beside(file)
    try:
        envelope = opened(beginning_of(beside, LARGEST))
    except EnvelopeError as error:
        raise ConfigurationError(wording.cache_not_signed(beside, error.message)) from error
    if not any(key.verifies(one.value, envelope.signed) for key in public for one in envelope.signatures):
        raise ConfigurationError(wording.cache_not_signed(beside, wording.NOT_BY_THESE_KEYS))
    if envelope.payload != _payload(stream):
        raise ConfigurationError(wording.cache_not_signed(beside, wording.ABOUT_SOMETHING_ELSE))
    stream.seek(0)


def _payload(stream: BufferedReader) -> bytes:
    statement: dict[str, Any] = {
        "_type": _STATEMENT,
        "subject": [{"name": "cache", "digest": {"sha256": hashlib.file_digest(stream, "sha256").hexdigest()}}],
        "predicateType": _PREDICATE,
        "predicate": {},
    }
    return msgspec.json.encode(statement)
