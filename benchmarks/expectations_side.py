"""One side of `benchmarks.expectations`: `python -m benchmarks.expectations_side WHO WHAT FOLDER`.

WHO is `scancode`, untouched, or `compliance`; WHAT is `license` or `copyright`. Prints, as a line of JSON for each
test file, what it says of it.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from compliance.licenses import scancode
from tests.licenses.accelerated.comparison import (
    Detect,
    copyright_detection,
    digest_of,
    files_here,
    license_match,
    our_copyrights,
    our_index,
)

EXPECTATION = ".yml"
"""After the name of a test file, for the file that says what is expected of it."""


def main() -> None:
    """Detect and print."""
    who, what, folder = sys.argv[1:]
    scancode.use_private_folders()
    detect, said = _DETECTIONS[what, who](), _SAID[what]
    os.chdir(folder)  # ScanCode reads hints from the whole path
    for path in files_here():
        if not path.endswith(EXPECTATION):
            try:
                found = list(detect(path))
            except Exception as error:  # both have to fail alike
                told = {"digest": f"{type(error).__name__}: {error}"}
            else:
                told = said(found)
            print(json.dumps([path, told]), flush=True)


def _licenses_by_scancode() -> Detect:
    from licensedcode.cache import get_index

    index = get_index()
    return lambda path: index.match(location=path) or ()


def _copyrights_by_scancode() -> Detect:
    from cluecode.copyrights import detect_copyrights

    return detect_copyrights  # type: ignore[no-any-return]


_DETECTIONS: dict[tuple[str, str], Callable[[], Detect]] = {
    ("license", "scancode"): _licenses_by_scancode,
    ("license", "compliance"): lambda: our_index().match,
    ("copyright", "scancode"): _copyrights_by_scancode,
    ("copyright", "compliance"): our_copyrights,
}


def _of_licenses(matches: Sequence[Any]) -> dict[str, Any]:
    return {
        "digest": digest_of([license_match(one) for one in matches]),
        "license_expressions": [one.rule.license_expression for one in matches],
    }


def _of_copyrights(found: Sequence[Any]) -> dict[str, Any]:
    from cluecode.copyrights import Detection

    copyrights, holders, authors = Detection.split_values(found)
    digest = digest_of([copyright_detection(one) for one in found])
    return {"digest": digest, "copyrights": copyrights, "holders": holders, "authors": authors}


_SAID: dict[str, Callable[[Sequence[Any]], dict[str, Any]]] = {
    "license": _of_licenses,
    "copyright": _of_copyrights,
}


if __name__ == "__main__":
    main()
