"""A folder with a signed statement: its signature, and every file beside it, named, changed, missing or extra."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from compliance.errors import ConfigurationError
from compliance.model.text import Text
from compliance.signing import envelope
from compliance.signing.envelope import Envelope, EnvelopeError
from compliance.signing.keys import PublicKey
from compliance.signing.statement import ENVELOPE_NAME, Statement, statement_in
from compliance.verification import files
from compliance.verification import messages as say
from compliance.verification.outcome import Outcome


class SignedFolder(msgspec.Struct, frozen=True):
    """A folder whose statement could be read, whether or not what it says is right."""

    path: Path
    name: str
    """Relative to the folder that is verified, with a `/` at its end; empty for that folder itself."""
    statement: Statement
    intact: frozenset[str]
    """Files of the statement whose digests are right."""
    signed: bool
    """One of the keys has signed it."""


def signed_folders(location: Path, keys: Sequence[PublicKey], outcome: Outcome) -> list[SignedFolder]:
    """The signed folders at `location`, with signatures and digests checked and told in `outcome`.

    Args:
        location: an envelope, a file beside one, a folder with one, or a folder whose folders have one each.
        keys: of which one must have signed each statement.
        outcome: told of everything that is right, wrong or unchecked.

    Raises:
        ConfigurationError: there is no envelope.
    """
    root = location if location.is_dir() else location.parent
    heads = _heads(root) if location.exists() else []
    if not heads:
        raise ConfigurationError(say.no_envelope(location))
    found: list[SignedFolder] = []
    covered: set[str] = set()
    unread: list[str] = []
    waiting = heads
    while waiting:
        name = waiting.pop(0)
        covered.add(name + ENVELOPE_NAME)
        folder = _folder(root, name, keys, outcome)
        if folder is None:
            unread.append(name)
            continue
        found.append(folder)
        covered |= {name + one.name for one in folder.statement.subject}
        nested = [one.name for one in folder.statement.subject if one.name.endswith(f"/{ENVELOPE_NAME}")]
        waiting += [name + one.removesuffix(ENVELOPE_NAME) for one in nested if one in folder.intact]
    _tell_others(root, covered, unread, outcome)
    return found


def _heads(root: Path) -> list[str]:
    """Names of the folders whose envelopes nothing above them covers."""
    if (root / ENVELOPE_NAME).is_file():
        return [""]
    return sorted(f"{one.parent.name}/" for one in root.glob(f"*/{ENVELOPE_NAME}") if one.is_file())


def _folder(root: Path, name: str, keys: Sequence[PublicKey], outcome: Outcome) -> SignedFolder | None:
    file = name + ENVELOPE_NAME
    try:
        content = files.content_of(root / file, envelope.LARGEST)
        if content is None:
            outcome.refuse(file, say.TOO_LARGE_ENVELOPE)
            return None
        opened = envelope.opened(content)
        signed = _check_signatures(file, opened, keys, outcome)
        statement = statement_in(opened.payload)
    except EnvelopeError as error:
        outcome.refuse(file, error.message)
        return None
    except OSError as error:
        outcome.refuse(file, say.unreadable(error))
        return None
    return SignedFolder(root / name, name, statement, _intact(root, name, statement, outcome), signed)


def _check_signatures(file: str, opened: Envelope, keys: Sequence[PublicKey], outcome: Outcome) -> bool:
    """Tell of every signature whether one of `keys` made it; at least one must have, which is returned."""
    known = {key.key_id: key for key in keys}
    others = []
    verified = False
    for one in opened.signatures:
        if (key := known.get(one.key_id)) is None:
            others.append(one)
        elif key.verifies(one.value, opened.signed):
            verified = True
            outcome.confirm(file, say.signed_by(one.key_id))
        else:
            outcome.refuse(file, say.wrong_signature(one.key_id))
    for one in others:
        if any(key.verifies(one.value, opened.signed) for key in keys):
            outcome.refuse(file, say.wrong_key_id(one.key_id))
        elif verified:
            outcome.leave(file, say.unknown_key(one.key_id))
    if not verified:
        outcome.refuse(file, say.not_signed([one.key_id for one in opened.signatures]))
    return verified


def _intact(root: Path, name: str, statement: Statement, outcome: Outcome) -> frozenset[str]:
    intact = set()
    for one in statement.subject:
        file = name + one.name
        try:
            digest = files.sha256_of(root / file)
        except FileNotFoundError:
            outcome.refuse(file, say.MISSING)
        except OSError as error:
            outcome.refuse(file, say.unreadable(error))
        else:
            if {"sha256": digest} == one.digest:
                intact.add(one.name)
            else:
                outcome.refuse(file, say.changed(one.digest.get("sha256", "–"), digest))
    if len(intact) == len(statement.subject):
        outcome.confirm(name + ENVELOPE_NAME, say.all_intact(len(intact)))
    return frozenset(intact)


def _tell_others(root: Path, covered: set[str], unread: Sequence[str], outcome: Outcome) -> None:
    """Tell of files that no statement names; what an unreadable statement would have named can't be known."""
    met = 0
    for file in files.below(root):
        met += 1
        if file not in covered and not any(file.startswith(name) for name in unread):
            outcome.refuse(file, say.EXTRA)
    if met >= files.MOST_FILES:
        outcome.leave("", _too_many())


def _too_many() -> Text:
    return Text(
        en=f"only the first {files.MOST_FILES:,} files were looked at; verify a folder that holds the report "
        "alone",
        ko=f"처음 {files.MOST_FILES:,}개 파일만 확인함. 보고서만 있는 폴더를 지정하세요",
    )
