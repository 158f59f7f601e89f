"""Whether two machines would find the same in a file: they must have the same versions of all that decides it."""

import platform
from collections.abc import Iterable, Mapping

from compliance import __version__
from compliance.detectors.detector import FileDetector
from compliance.execution.work import ROW_FORMAT
from compliance.licenses.scancode import scancode_version

Versions = dict[str, str]
"""Version by the name of what has it."""
_MOST_NAMED = 5
_LONGEST = 60


def versions_of(detectors: Iterable[FileDetector]) -> Versions:
    """What findings depend on besides a file: a detector's version tells its data's, too."""
    return {
        "compliance": __version__,
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "ScanCode": scancode_version(),
        "row format": ROW_FORMAT,
        **{f"detector {one.name}": one.version for one in detectors},
    }


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """What differs, as `name: here X, there Y`, the first few; empty where nothing does."""
    names = sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
    told = [f"{name}: {_short(ours.get(name))} ≠ {_short(theirs.get(name))}" for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        told.append(f"+{len(names) - _MOST_NAMED}")
    return "; ".join(told)


def _short(version: str | None) -> str:
    if version is None:
        return "–"
    return version if len(version) <= _LONGEST else f"{version[: _LONGEST // 2]}…{version[-_LONGEST // 2 :]}"
