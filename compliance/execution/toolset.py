"""The detectors of an examination as a few names, from which any process can make them."""

from pathlib import Path

import msgspec

from compliance.detectors.detector import FileDetector, file_detectors
from compliance.detectors.origin_code import OriginCode
from compliance.model.skip import Skip
from compliance.origins.opening import KnownCode, open_known_code
from compliance.origins.shipped import SHIPPED_INDEX
from compliance.settings import Settings
from compliance.store.cache import Cache


class Tools(msgspec.Struct, frozen=True):
    """Detectors, and the data that some of them compare with."""

    detectors: tuple[FileDetector, ...]
    known: KnownCode
    faults: tuple[Skip, ...]
    """What is wrong with indexes that can't be used."""


class Toolset(msgspec.Struct, frozen=True, kw_only=True):
    """Which detectors to make: those of this package, and those that need data which a user names."""

    origins: tuple[Path, ...] = ()
    """Indexes of known code, besides the shipped one."""
    shipped_origins: bool = True
    weights: tuple[Path, ...] = ()
    """References of weights."""

    @classmethod
    def of(cls, settings: Settings) -> "Toolset":
        """What `settings` ask for."""
        origins, shipped = settings.origins, settings.shipped_origins
        return cls(origins=origins, shipped_origins=shipped, weights=settings.weights)

    def absolute(self) -> "Toolset":
        """The same for processes that work in another folder."""
        return Toolset(
            origins=tuple(path.absolute() for path in self.origins),
            shipped_origins=self.shipped_origins,
            weights=tuple(path.absolute() for path in self.weights),
        )

    def open(self, cache: Cache | None = None) -> Tools:
        """Make the detectors; `cache` knows which indexes were found whole before.

        Raises:
            ConfigurationError: a reference of weights can't be read.
        """
        known, faults = open_known_code([*([SHIPPED_INDEX] if self.shipped_origins else []), *self.origins], cache)
        named: list[FileDetector] = [OriginCode(known)] if known.indexes else []
        if self.weights:
            named.append(_weight_copies(self.weights))
        return Tools((*file_detectors(), *named), known, tuple(faults))

    def detectors(self) -> tuple[FileDetector, ...]:
        """The detectors alone."""
        return self.open().detectors


def _weight_copies(paths: tuple[Path, ...]) -> FileDetector:
    from compliance.detectors.weight_copies import WeightCopies  # loads numpy, which few runs need
    from compliance.weights.references import References, load

    return WeightCopies(References([load(path) for path in paths]))
