"""What the first stage said of the files of one source the last time, kept as one row of the cache.

A file that is still there under the same name, with the same size and identity, has the same facts. Where ten
files of ten thousand changed, no row of the others is asked for.
"""

from collections.abc import Mapping, Sequence

import msgspec

from compliance.execution.file_stage import FileFacts
from compliance.sources.source import SourceFile
from compliance.store.blocks import by_count, packed, unpacked
from compliance.store.cache import Cache, RowKey, row

_DETECTOR, _VERSION = "files-of-source", "2"
_BLOCK = 500
"""Files that are packed together."""
_MOST_BLOCKS_ADDED = 50
"""Blocks of later changes behind the first ones, before everything is packed anew."""
MOST_FILES = 200_000
"""Facts of more aren't kept: the row is written and read as a whole, some 260 bytes a file."""

_Named = tuple[str, int, str | None]
"""Path, size and identity of a file."""


class _Row(msgspec.Struct, frozen=True, array_like=True):
    """Facts as they are kept."""

    base: bytes
    """Digest of what all facts depend on, besides the files."""
    day: int
    """Number of the day on which the contents' own rows were last noted as used."""
    blocks: tuple[bytes, ...]
    """Facts, packed."""


_encode = msgspec.msgpack.Encoder().encode
_row = msgspec.msgpack.Decoder(_Row).decode
_facts = msgspec.msgpack.Decoder(list[FileFacts]).decode


class KeptFacts:
    """The facts of the files of one source."""

    def __init__(self, cache: Cache, place: str, base: bytes, day: int) -> None:
        """Keep in `cache`.

        Args:
            cache: where the row is.
            place: names the source; earlier states of it are replaced.
            base: digest of what the facts depend on, besides the files.
            day: today's number.
        """
        self._cache = cache
        self._key = RowKey(_DETECTOR, _VERSION, f"files:{place}", "")
        self._base = base
        self._day = day
        self._row: _Row | None = None
        self._known = 0

    def recall(
        self, files: Sequence[SourceFile], revision: str | None
    ) -> tuple[list[FileFacts], list[SourceFile]]:
        """The facts of those of `files` that didn't change, as of `revision`, and the other files."""
        known = self._recalled()
        self._known = len(known)
        facts: list[FileFacts] = []
        others: list[SourceFile] = []
        for file in files:
            its = known.get((file.path, file.size, file.identity))
            if its is None:
                others.append(file)
            else:
                facts.append(its.at(revision))
        return facts, others

    def keep(self, recalled: Sequence[FileFacts], new: Sequence[FileFacts]) -> None:
        """Keep what may be said again: of both, those that nothing kept from being known."""
        lasting = [one for one in new if one.repeatable and one.identity is not None]
        if is_new_day := self._row is not None and self._row.day < self._day:
            self._note_use(recalled)
        if not lasting and not is_new_day and self._is_about(recalled):
            return
        if len(recalled) + len(lasting) > MOST_FILES:
            return
        try:
            blocks = self._blocks(recalled, lasting)
        except UnicodeEncodeError:  # a message of the system's
            return
        self._cache.put([(self._key, _encode(_Row(self._base, self._day, blocks)))])

    def _blocks(self, recalled: Sequence[FileFacts], lasting: Sequence[FileFacts]) -> tuple[bytes, ...]:
        """Those of the row and one of what is new; all anew where much of the row is about other files by now.

        What was once said of a file stays right: only its very content is asked for.
        """
        known = self._row.blocks if self._row is not None else ()
        if self._is_about(recalled) and len(known) <= self._known // _BLOCK + _MOST_BLOCKS_ADDED:
            return (*known, *packed(by_count(lasting, _BLOCK)))
        ordered = sorted([*recalled, *lasting], key=lambda one: one.path)
        return packed(by_count(ordered, _BLOCK))

    def _is_about(self, recalled: Sequence[FileFacts]) -> bool:
        """Whether most of what the row holds was recalled."""
        return len(recalled) > self._known // 2

    def _recalled(self) -> Mapping[_Named, FileFacts]:
        self._cache.used([(_DETECTOR, _VERSION)])
        payload = row(self._cache, self._key)
        try:
            kept = _row(payload) if payload is not None else None
        except msgspec.DecodeError:
            return {}
        if kept is None or kept.base != self._base or (facts := unpacked(kept.blocks, _facts)) is None:
            return {}
        self._row = kept
        return {(one.path, one.size, one.identity): one for one in facts}

    def _note_use(self, facts: Sequence[FileFacts]) -> None:
        """The rows that these facts came from are in use, though nobody asks for them."""
        pairs = [(one.identity, one.content) for one in facts if one.identity and one.content]
        self._cache.contents_used(content for _, content in pairs)
        self._cache.remember(pair for pair in pairs if pair[0] != pair[1])
