"""Opening the indexes that an examination compares with; one that can't be used costs its comparison alone."""

from collections.abc import Iterable
from pathlib import Path

from compliance.model.skip import Skip
from compliance.origins.index.format import IndexFaultError
from compliance.origins.index.reader import Index
from compliance.origins.search import Search


def open_search(paths: Iterable[Path]) -> tuple[Search, list[Skip]]:
    """A search over every usable index of `paths`, and what is wrong with the others.

    Each index is read through once and compared with its digest. Without a single path nothing can be compared,
    which is a fault as well.
    """
    paths = list(paths)
    indexes: list[Index] = []
    faults: list[Skip] = [] if paths else [_skip("no index of known code was named: name one with --origins")]
    for path in paths:
        try:
            index = Index(path)
            index.mapped.verify()
            _ = index.catalog  # what can't be read there is told now, not when it is needed
        except IndexFaultError as error:
            faults.append(_skip(str(error)))
        else:
            indexes.append(index)
    return Search(indexes), faults


def replaced(search: Search) -> list[Skip]:
    """What is wrong with indexes that aren't any more what was opened."""
    return [
        _skip(f"{index.mapped.path} was replaced while it was in use: run the examination again")
        for index in search.known.indexes
        if not index.mapped.is_unchanged()
    ]


def _skip(detail: str) -> Skip:
    return Skip(path=".", reason="index-fault", detail=detail)
