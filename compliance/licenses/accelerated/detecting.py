"""License detection over the mapped index, ScanCode's `detect_licenses` without what isn't used of its answer.

Left out are the identifiers of detections, for which ScanCode reads and tokenizes the file a second time.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from compliance.licenses.accelerated import index_place, replacing
from compliance.licenses.accelerated.effort import Effort
from compliance.licenses.accelerated.license_index import ArrayIndex
from compliance.licenses.accelerated.releases import LICENSE_DIGEST, LICENSE_MODULES, reproduced
from compliance.licenses.accelerated.rules import in_spdx, licenses_by_key


def load(private: Path) -> ArrayIndex | None:
    """The mapped index, in force for all of ScanCode in this process; None where that isn't the one reproduced.

    Args:
        private: a folder to keep the index in where the cache's can't be written.
    """
    if not reproduced(LICENSE_MODULES, LICENSE_DIGEST) or (arrays := index_place.arrays(private)) is None:
        return None
    from licensedcode import cache as scancode

    replacing.install()
    licenses = licenses_by_key(arrays)
    index = ArrayIndex(arrays)
    scancode._LICENSE_CACHE = scancode.LicenseCache(
        db=licenses,
        index=index,
        licensing=scancode.build_licensing(licenses),
        spdx_symbols=scancode.build_spdx_symbols(licenses),
        unknown_spdx_symbol=scancode.build_unknown_spdx_symbol(licenses),
    )
    return index


def detections(index: ArrayIndex, location: str, effort: Effort | None = None) -> Iterator[Any]:
    """ScanCode's `LicenseDetection` objects for the file at `location`, in its order, without identifiers.

    Similar texts are looked for as far as `effort` allows.
    """
    from licensedcode.cache import get_licensing
    from licensedcode.detection import group_matches, process_detections

    matches = index.match(location, effort)
    if not matches:
        return
    cls = _detection_class()
    found = [cls.from_matches(matches=group) for group in group_matches(license_matches=matches)]
    yield from process_detections(detections=found, licensing=get_licensing())


@cache
def _detection_class() -> Any:
    from licensedcode.detection import LicenseDetection

    class Detection(LicenseDetection):  # type: ignore[misc]  # ScanCode has no types
        __slots__ = ()
        identifier_with_expression = None

        def spdx_license_expression(self) -> str:
            return in_spdx(self.license_expression)

    return Detection
