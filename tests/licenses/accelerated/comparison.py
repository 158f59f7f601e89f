"""What ScanCode's own functions say of files, untouched and in a process of their own, beside what ours say.

`python -m tests.licenses.accelerated.comparison FOLDER OUTPUT` is that process.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from compliance.licenses import scancode, scancode_paths

ROOT = Path(__file__).parents[3]

Said = dict[str, dict[str, Any]]
"""By path: detected licenses with every position of every match, and copyrights."""


def by_scancode(folder: Path, output: Path) -> Said:
    """What ScanCode itself says of the files below `folder`; `output` is written to on the way."""
    command = [sys.executable, "-m", "tests.licenses.accelerated.comparison", str(folder), str(output)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    said: Said = json.loads(output.read_text())
    return said


def by_us(folder: Path) -> Said:
    """What the accelerated detection says of the files below `folder`."""
    from compliance.licenses.accelerated import copyrights, detecting

    index = scancode.accelerated_index()
    assert index is not None, "the installed ScanCode isn't the one that is reproduced"
    assert copyrights.ready(), "the installed ScanCode isn't the one that is reproduced"
    return _said(folder, lambda path: detecting.detections(index, path), copyrights.detections)


def _by_untouched_scancode(folder: Path) -> Said:
    scancode.use_private_folders()
    from cluecode.copyrights import detect_copyrights
    from licensedcode.detection import detect_licenses

    scancode.load_slowly()
    return _said(folder, lambda path: detect_licenses(location=path), detect_copyrights)


_Detect = Callable[[str], Iterable[Any]]


def _said(folder: Path, licenses: _Detect, copyrights: _Detect) -> Said:
    said: Said = {}
    before = Path.cwd()
    os.chdir(folder)  # ScanCode reads hints from the whole path
    try:
        for path in sorted(str(one) for one in Path().rglob("*") if one.is_file()):
            scancode_paths.forget_other_files(path)
            said[path] = {
                "licenses": [
                    [license_detection(one), [match.matched_text() for match in one.matches]]
                    for one in licenses(path)
                ],
                "copyrights": [[type(one).__name__, one.to_dict()] for one in copyrights(path)],
            }
    finally:
        os.chdir(before)
    plain: Said = json.loads(json.dumps(said))
    return plain


def license_detection(detection: Any) -> list[Any]:
    """All that a detection of ScanCode's says, but its identifier."""
    matches = [
        [
            *(one.rule.identifier, one.matcher, one.matcher_order, one.start_line, one.end_line),
            *(list(one.qspan), list(one.ispan), list(one.hispan), one.query_run_start),
            *(one.score(), one.coverage()),
        ]
        for one in detection.matches
    ]
    return [
        detection.license_expression,
        detection.license_expression_spdx,
        list(detection.detection_log),
        matches,
    ]


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(_by_untouched_scancode(Path(sys.argv[1]))))
