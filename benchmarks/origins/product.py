"""This product, behind the protocol of the peers."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.origins.method import NOTHING, Answer, Guess, KnownFile
from compliance.detectors.origin_code import MOST_ANCESTORS, MOST_RELEASES, MOST_SHARED
from compliance.origins.index.reader import Index
from compliance.origins.search import Region, Search
from compliance.origins.shipped import SHIPPED_INDEX


class Product:
    """The shipped search over the shipped index."""

    name = "this product"

    def __init__(self, index: Path | None = None) -> None:
        """`index` is searched instead of the shipped one."""
        self._path = index or SHIPPED_INDEX
        self._search: Search | None = None

    def prepare(self, files: Iterable[tuple[KnownFile, bytes]]) -> None:
        """Opens the index, which holds the files already."""
        self._search = Search([Index(self._path)])

    def query(self, path: str, content: bytes, without: frozenset[str] = frozenset()) -> Answer:
        """Compares one file with the whole index but the families `without`."""
        if self._search is None:
            raise RuntimeError("prepare comes before query")
        regions = self._search.origins_of(content, path, without=without)
        if not regions:
            return NOTHING
        origins = tuple(guess for region in regions for guess in self._guesses(region)[:1])
        spans = tuple(guess for region in regions for guess in self._guesses(region))
        return Answer(regions[0].evidence, origins, spans)

    def _guesses(self, region: Region) -> list[Guess]:
        family = self._family(region.counterpart.family)
        version = region.counterpart.releases[0].version
        as_near = frozenset(one.version for one in region.counterpart.as_near[:MOST_RELEASES])
        # no more than a finding tells, of the whole and of each stretch
        ties = frozenset(self._family(one.family) for one in region.shared[:MOST_SHARED])
        above = frozenset(self._family(one.family) for one in region.ancestors[:MOST_ANCESTORS])
        also = self._search.also_near(region) if self._search else {}
        return [
            Guess(
                *one.lines,
                family,
                version,
                region.evidence,
                ties | {f":{name}.py" for name in also[one.block]},
                above,
                as_near,
            )
            for one in region.counterpart.stretches
        ]

    def _family(self, number: int) -> str:
        if self._search is None:
            raise RuntimeError("prepare comes before query")
        known = self._search.known
        return f"{known.project(number).id}:{known.family(number).path}"


class Restricted:
    """This product, with all families left out that the peers don't know."""

    name = "this product, the same known files"

    def __init__(self, product: Product, everything: Iterable[str]) -> None:
        """`everything` are the families of the index."""
        self._product = product
        self._unknown = frozenset(everything)

    def prepare(self, files: Iterable[tuple[KnownFile, bytes]]) -> None:
        """Notes which families count; the index holds them in all their releases."""
        self._unknown -= {file.family for file, _ in files}

    def query(self, path: str, content: bytes, without: frozenset[str] = frozenset()) -> Answer:
        """Compares one file with what the peers know."""
        return self._product.query(path, content, self._unknown | without)
