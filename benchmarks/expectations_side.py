"""One side of `benchmarks.expectations`: `python -m benchmarks.expectations_side WHO WHAT FOLDER`.

WHO is `scancode`, untouched, or `compliance`; WHAT is `license` or `copyright`. Prints, as a line of JSON for each
test file, what it says of it.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from compliance.licenses import scancode, scancode_paths

_EXPECTATION = ".yml"


def main() -> None:
    """Detect and print."""
    who, what, folder = sys.argv[1:]
    scancode.use_private_folders()
    say = _LICENSES[who]() if what == "license" else _COPYRIGHTS[who]()
    os.chdir(folder)  # ScanCode reads hints from the whole path
    for path in sorted(str(one) for one in Path().rglob("*") if one.is_file()):
        if not path.endswith(_EXPECTATION):
            scancode_paths.forget_other_files(path)
            print(json.dumps([path, say(path)]), flush=True)


Say = Callable[[str], dict[str, Any]]


def _licenses(match: Callable[[str], Iterable[Any]]) -> Say:
    def say(path: str) -> dict[str, Any]:
        try:
            matches = list(match(path))
        except Exception as error:  # both have to fail alike
            return {"digest": f"{type(error).__name__}: {error}"}
        facts = [
            [
                *(one.rule.identifier, one.matcher, one.matcher_order, one.start_line, one.end_line),
                *(list(one.qspan), list(one.ispan), list(one.hispan), one.query_run_start),
                *(one.score(), one.coverage()),
            ]
            for one in matches
        ]
        return {"digest": _digest(facts), "license_expressions": [one.rule.license_expression for one in matches]}

    return say


def _licenses_by_scancode() -> Say:
    from licensedcode.cache import get_index

    index = get_index()
    return _licenses(lambda path: index.match(location=path) or ())


def _licenses_by_us() -> Say:
    index = scancode.accelerated_index()
    if index is None:
        raise SystemExit("The installed ScanCode isn't the one that is reproduced.")
    return _licenses(index.match)


def _copyrights(detect: Callable[[str], Iterable[Any]]) -> Say:
    def say(path: str) -> dict[str, Any]:
        from cluecode.copyrights import Detection

        try:
            found = list(detect(path))
        except Exception as error:  # both have to fail alike
            return {"digest": f"{type(error).__name__}: {error}"}
        facts = [(type(one).__name__, one.to_dict()) for one in found]
        copyrights, holders, authors = Detection.split_values(found)
        return {"digest": _digest(facts), "copyrights": copyrights, "holders": holders, "authors": authors}

    return say


def _copyrights_by_scancode() -> Say:
    from cluecode.copyrights import detect_copyrights

    return _copyrights(detect_copyrights)


def _copyrights_by_us() -> Say:
    from compliance.licenses.accelerated import copyrights

    if not copyrights.ready():
        raise SystemExit("The installed ScanCode isn't the one that is reproduced.")
    return _copyrights(copyrights.detections)


_LICENSES = {"scancode": _licenses_by_scancode, "compliance": _licenses_by_us}
_COPYRIGHTS = {"scancode": _copyrights_by_scancode, "compliance": _copyrights_by_us}


def _digest(facts: Any) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


if __name__ == "__main__":
    main()
