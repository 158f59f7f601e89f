"""Detection alone, file by file in one process: `python -m benchmarks.detection WHO WHAT FOLDER`.

WHO is `scancode`, untouched, or `compliance`; WHAT is `license` or `copyright`. Prints as JSON, for
`benchmarks.speed`: processor time of making ready and of detecting, memory, and digests of what was said.
"""

import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from compliance.licenses import scancode, scancode_paths
from tests.licenses.accelerated.comparison import license_detection

Detect = Callable[[str], object]


def main() -> None:
    """Detect and print."""
    who, what, folder = sys.argv[1:]
    scancode.use_private_folders()
    began = time.process_time()
    detect = {"scancode": _by_scancode, "compliance": _by_us}[who](what)
    ready = time.process_time()
    os.chdir(folder)
    said = []
    for path in sorted(str(one) for one in Path().rglob("*") if one.is_file()):
        scancode_paths.forget_other_files(path)
        said.append((path, detect(path)))
    finished = time.process_time()
    measured = {
        "ready": ready - began,
        "seconds": finished - ready,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "files": len(said),
        "said": [hashlib.sha256(json.dumps(one, sort_keys=True).encode()).hexdigest() for one in said],
    }
    print(json.dumps(measured))


def _by_scancode(what: str) -> Detect:
    if what == "copyright":
        from cluecode.copyrights import detect_copyrights

        return lambda path: [(type(one).__name__, one.to_dict()) for one in detect_copyrights(path)]
    from licensedcode.cache import get_index
    from licensedcode.detection import detect_licenses

    get_index()
    return lambda path: [license_detection(one) for one in detect_licenses(location=path)]


def _by_us(what: str) -> Detect:
    from compliance.licenses.accelerated import copyrights, detecting

    if what == "copyright":
        copyrights.ready()
        return lambda path: [(type(one).__name__, one.to_dict()) for one in copyrights.detections(path)]
    index = scancode.accelerated_index()
    if index is None:
        raise SystemExit("The installed ScanCode isn't the one that is reproduced.")
    return lambda path: [license_detection(one) for one in detecting.detections(index, path)]


if __name__ == "__main__":
    main()
