"""Opening the indexes that an examination compares with; one that can't be used costs its comparison alone."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.origins.index.format import IndexFaultError, Mapped
from compliance.origins.parameters import DIALECT
from compliance.store.cache import Cache, NoCache

if TYPE_CHECKING:
    from compliance.origins.search import Search


class KnownCode:
    """One or more open indexes; what they hold is read when something is compared for the first time."""

    def __init__(self, indexes: Sequence[Mapped]) -> None:
        """Of `indexes`, which are whole."""
        self.indexes = tuple(indexes)

    @property
    def digests(self) -> tuple[str, ...]:
        """Identity of each index."""
        return tuple(one.header.digest for one in self.indexes)

    @cached_property
    def search(self) -> "Search":
        """The search over all of them.

        Raises:
            IndexFaultError: one contradicts itself, though its digest is right.
        """
        from compliance.origins.index.reader import Index
        from compliance.origins.search import Search

        return Search([Index(one) for one in self.indexes])

    def replaced(self) -> list[Skip]:
        """What is wrong with indexes that aren't any more what was opened."""
        return [
            _skip(
                Text(
                    en=f"{one.path} was replaced while it was in use: run the examination again",
                    ko=f"{one.path}: 사용 중에 교체된 파일. 검사를 다시 실행하세요",
                )
            )
            for one in self.indexes
            if not one.is_unchanged()
        ]


def open_known_code(paths: Iterable[Path], cache: Cache | None = None) -> tuple[KnownCode, list[Skip]]:
    """Every usable index of `paths`, and what is wrong with the others.

    Without a single path nothing can be compared, which is a fault as well.

    Args:
        paths: of index files. Each is read through and compared with its digest.
        cache: knows which files were found whole before and haven't been touched since: these aren't read.
    """
    cache = cache or NoCache()
    paths = list(paths)
    indexes: list[Mapped] = []
    faults: list[Skip] = [] if paths else [_skip(_NO_INDEX)]
    for path in paths:
        try:
            index = Mapped(path, DIALECT)
            _verify(index, cache)
        except IndexFaultError as error:
            faults.append(_skip(error.message))
        else:
            indexes.append(index)
    return KnownCode(indexes), faults


def _verify(index: Mapped, cache: Cache) -> None:
    """Raises IndexFaultError where a byte differs."""
    if index.identity is None:
        index.verify()
    elif cache.digests([known := f"index:{index.identity}"]) != {known: index.header.digest}:
        index.verify()
        cache.remember([(known, index.header.digest)])


_NO_INDEX = Text(
    en="no index of known code was named: name one with --origins",
    ko="지정된 알려진 코드 색인 없음: --origins 옵션으로 지정하세요",
)


def _skip(said: Text) -> Skip:
    return Skip.of("index-fault", said, ".")
