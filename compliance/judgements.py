"""Judgements that are remembered: of the same facts, by the same policy and waivers, on the same day.

Where nothing changed, no policy is read as YAML and compiled, and no rule asked: the files are compared with those
that were found right, and the judgement is the one of last time. Verdicts and violations are kept of it; the facts
are those that were just found.
"""

import datetime
import hashlib
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from compliance import program
from compliance.model.inventory import Inventory
from compliance.model.verdict import Assessment
from compliance.policy.shipped import is_name, shipped_file
from compliance.store.cache import Cache, NoCache, RowKey, row

if TYPE_CHECKING:  # loaded where something must be judged anew
    from compliance.policy.answers import Kept
    from compliance.policy.policy import Policy
    from compliance.policy.waivers import WaiverFile

_FILES, _ANSWERS, _JUDGEMENT, _VERSION = "policy-files", "answers-of-rules", "judgement", "3"
_BLOCK = 1_000
"""Findings that are encoded together."""


class _Files(msgspec.Struct, frozen=True, array_like=True):
    """The files of a policy and of its waivers that were found right together."""

    state: bytes
    """Digest of their contents, and of the program that read them."""
    locations: tuple[str, ...]
    policy: bytes
    """As it was read, packed."""


class _Judgement(msgspec.Struct, frozen=True, array_like=True):
    """What a policy said."""

    state: bytes
    """Digest of everything that it depends on."""
    said: Assessment
    """Without the facts."""


class _Answers(msgspec.Struct, frozen=True, array_like=True):
    """What the rules answered."""

    state: bytes
    """Digest of the policy's files and of the program."""
    packed: bytes


_encode = msgspec.msgpack.Encoder().encode
_files = msgspec.msgpack.Decoder(_Files).decode
_answers = msgspec.msgpack.Decoder(_Answers).decode
_kept = msgspec.msgpack.Decoder(dict[str, dict[bytes, tuple[bool, bool]]]).decode
_judgement = msgspec.msgpack.Decoder(_Judgement).decode


class Judging:
    """A policy on one day, with its waivers."""

    def __init__(self, policy: Path | str, waivers: Sequence[Path], today: datetime.date, cache: Cache) -> None:
        """Load them, unless `cache` knows that they are right.

        Args:
            policy: as for `load_policy`.
            waivers: files.
            today: the day of the judgement.
            cache: remembers judgements.

        Raises:
            PolicyError: a file can't be read, or is wrong: with every fault and its place.
        """
        self._source = policy
        self._paths = waivers
        self._today = today
        self._cache = cache
        self._loaded: tuple[Policy, tuple[WaiverFile, ...]] | None = None
        self._packed: bytes | None = None
        """The policy that is known to be right."""
        named = (_first_location(policy), str(policy), [(str(path.absolute()), str(path)) for path in waivers])
        self._place = hashlib.sha256(_encode(named)).hexdigest()
        keeps = not isinstance(cache, NoCache) and program.state() is not None
        self._state = self._known_right() if keeps else None
        if self._state is None:
            self._state = self._found_right(keep=keeps)

    def assess(self, inventory: Inventory) -> Assessment:
        """What the policy says of `inventory`.

        Raises:
            PolicyError: a file of the policy was changed meanwhile, and is wrong now.
        """
        state = self._state_with(inventory)
        subject = hashlib.sha256(_encode(inventory.subject)).hexdigest() if state is not None else ""
        key = RowKey(_JUDGEMENT, _VERSION, f"judgement:{self._place}:{subject}", "")
        if state is not None and (said := self._remembered(key, state)) is not None:
            return _with_facts(said, inventory)
        assessment = self._judged(inventory, subject)
        if state is not None:
            self._cache.put([(key, _encode(_Judgement(state, _without_facts(assessment))))])
        return assessment

    def _known_right(self) -> bytes | None:
        """The state of the files, where they are those that were found right."""
        key = self._key_of_files()
        self._cache.used([(one, _VERSION) for one in (_FILES, _ANSWERS, _JUDGEMENT)])
        payload = row(self._cache, key)
        try:
            known = _files(payload) if payload is not None else None
            if known is None or _state_of((one, _digest_of(one)) for one in known.locations) != known.state:
                return None
        except (msgspec.DecodeError, OSError):
            return None
        self._packed = known.policy
        return known.state

    def _found_right(self, *, keep: bool) -> bytes | None:
        """Load the files; their state, where it can be told."""
        policy, waivers = self._load()
        read = [*policy.read, *((path, one.digest) for path, one in zip(self._paths, waivers, strict=True))]
        located = [(str(where.absolute()), digest) for where, digest in read if isinstance(where, Path)]
        if not keep or len(located) < len(read):
            return None
        from compliance.policy.packed_policy import packed

        state = _state_of(located)
        files = _Files(state, tuple(one for one, _ in located), packed(policy))
        self._cache.put([(self._key_of_files(), _encode(files))])
        return state

    def _key_of_files(self) -> RowKey:
        return RowKey(_FILES, _VERSION, f"policy:{self._place}", "")

    def _load(self) -> "tuple[Policy, tuple[WaiverFile, ...]]":
        if self._loaded is None:
            self._loaded = self._policy(), self._waivers()
        return self._loaded

    def _policy(self) -> "Policy":
        if self._packed is not None:
            from compliance.policy.packed_policy import unpacked

            with suppress(msgspec.DecodeError):
                return unpacked(self._packed)
        from compliance.policy.loading import load_policy

        return load_policy(self._source)

    def _waivers(self) -> "tuple[WaiverFile, ...]":
        if not self._paths:
            return ()
        from compliance.policy.waivers import load_waivers

        return load_waivers(self._paths)

    def _judged(self, inventory: Inventory, subject: str) -> Assessment:
        """What the rules say when they are asked, but for what they answered of the same values last time."""
        from compliance.policy.answers import Asking
        from compliance.policy.evaluation import assess

        policy, waivers = self._load()
        key = RowKey(_ANSWERS, _VERSION, f"answers:{self._place}:{subject}", "")
        asking = Asking(self._answers(key))
        assessment = assess(inventory, policy, self._today, waivers, asking)
        if self._state is not None:
            self._cache.put([(key, _encode(_Answers(self._state, zlib.compress(_encode(asking.kept()), 1))))])
        return assessment

    def _answers(self, key: RowKey) -> "Kept | None":
        payload = row(self._cache, key) if self._state is not None else None
        try:
            answers = _answers(payload) if payload is not None else None
            if answers is None or answers.state != self._state:
                return None
            return _kept(zlib.decompress(answers.packed))
        except (msgspec.DecodeError, zlib.error):
            return None

    def _state_with(self, inventory: Inventory) -> bytes | None:
        """A digest of all that the judgement depends on; None where there is none."""
        if self._state is None:
            return None
        digest = hashlib.sha256(self._state + self._today.isoformat().encode())
        try:
            digest.update(_encode(msgspec.structs.replace(inventory, findings=())))
            for start in range(0, len(inventory.findings), _BLOCK):
                digest.update(_encode(inventory.findings[start : start + _BLOCK]))
        except UnicodeEncodeError:  # half a character in scanned text, which UTF-8 can't hold
            return None
        return digest.digest()

    def _remembered(self, key: RowKey, state: bytes) -> Assessment | None:
        payload = row(self._cache, key)
        try:
            judgement = _judgement(payload) if payload is not None else None
        except msgspec.DecodeError:
            return None
        return judgement.said if judgement is not None and judgement.state == state else None


def _first_location(policy: Path | str) -> str:
    """Where the policy stands that `load_policy` reads."""
    shipped = shipped_file(policy) if isinstance(policy, str) and is_name(policy) else None
    where: Traversable = shipped.file if shipped else Path(policy)
    return str(where.absolute() if isinstance(where, Path) else where)


def _state_of(files: Iterable[tuple[str, str]]) -> bytes:
    return hashlib.sha256(_encode((program.state(), tuple(files)))).digest()


def _digest_of(location: str) -> str:
    """As `read_file` has it. Raises OSError where there is no regular file."""
    if not Path(location).is_file():
        raise FileNotFoundError(location)
    with Path(location).open("rb") as stream:
        return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"


def _without_facts(assessment: Assessment) -> Assessment:
    return msgspec.structs.replace(assessment, findings=(), skipped=(), limits=())


def _with_facts(said: Assessment, inventory: Inventory) -> Assessment:
    return msgspec.structs.replace(
        said, findings=inventory.findings, skipped=inventory.skipped, limits=inventory.limits
    )
