"""Detection alone, file by file in one process: `python -m benchmarks.detection WHO WHAT FOLDER`.

WHO is `scancode`, untouched, or `compliance`; WHAT is `license` or `copyright`. Prints as JSON, for
`benchmarks.speed`: processor time of making ready and of detecting, memory, and digests of what was said.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable

from compliance.licenses import scancode
from tests.licenses.accelerated.comparison import (
    copyright_detection,
    digest_of,
    files_here,
    license_detection,
    our_copyrights,
    our_index,
)

Say = Callable[[str], object]


def main() -> None:
    """Detect and print."""
    who, what, folder = sys.argv[1:]
    scancode.use_private_folders()
    began = time.process_time()
    say = {"scancode": _by_scancode, "compliance": _by_us}[who](what)
    ready = time.process_time()
    os.chdir(folder)
    said = [(path, say(path)) for path in files_here()]
    finished = time.process_time()
    measured = {
        "ready": ready - began,
        "seconds": finished - ready,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "files": len(said),
        "said": [digest_of(one) for one in said],
    }
    print(json.dumps(measured))


def _by_scancode(what: str) -> Say:
    if what == "copyright":
        from cluecode.copyrights import detect_copyrights

        return lambda path: [copyright_detection(one) for one in detect_copyrights(path)]
    from licensedcode.cache import get_index
    from licensedcode.detection import detect_licenses

    get_index()
    return lambda path: [license_detection(one) for one in detect_licenses(location=path)]


def _by_us(what: str) -> Say:
    from compliance.licenses.accelerated import detecting

    if what == "copyright":
        copyrights = our_copyrights()
        return lambda path: [copyright_detection(one) for one in copyrights(path)]
    index = our_index()
    return lambda path: [license_detection(one) for one in detecting.detections(index, path)]


if __name__ == "__main__":
    main()
