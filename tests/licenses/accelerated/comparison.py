"""What ScanCode's own functions say of files, untouched and in a process of their own, beside what ours say.

Benchmarks that compare the two in other ways take from here which files are asked for, and what is compared.
`python -m tests.licenses.accelerated.comparison FOLDER OUTPUT` is that process.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from compliance.licenses import scancode, scancode_paths
from tests.samples.packages import ROOT

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
    from compliance.licenses.accelerated import detecting

    index, copyrights = our_index(), our_copyrights()
    return _said(folder, lambda path: detecting.detections(index, path), copyrights)


def _by_untouched_scancode(folder: Path) -> Said:
    scancode.use_private_folders()
    from cluecode.copyrights import detect_copyrights
    from licensedcode.detection import detect_licenses

    scancode.load_slowly()
    return _said(folder, lambda path: detect_licenses(location=path), detect_copyrights)


Detect = Callable[[str], Iterable[Any]]
"""What one side finds in the file at a path."""


def our_index() -> Any:
    """What the accelerated detection finds licenses with.

    Raises:
        RuntimeError: the installed ScanCode isn't the one that is reproduced.
    """
    index = scancode.accelerated_index()
    if index is None:
        raise RuntimeError(_ANOTHER)
    return index


def our_copyrights() -> Detect:
    """The accelerated detection of copyrights, made ready.

    Raises:
        RuntimeError: the installed ScanCode isn't the one that is reproduced.
    """
    from compliance.licenses.accelerated import copyrights

    if not copyrights.ready():
        raise RuntimeError(_ANOTHER)
    return copyrights.detections


_ANOTHER = "the installed ScanCode isn't the one that is reproduced"


def _said(folder: Path, licenses: Detect, copyrights: Detect) -> Said:
    said: Said = {}
    before = Path.cwd()
    os.chdir(folder)  # ScanCode reads hints from the whole path
    try:
        for path in files_here():
            said[path] = {
                "licenses": [
                    [license_detection(one), [match.matched_text() for match in one.matches]]
                    for one in licenses(path)
                ],
                "copyrights": [copyright_detection(one) for one in copyrights(path)],
            }
    finally:
        os.chdir(before)
    plain: Said = json.loads(json.dumps(said))
    return plain


def files_here() -> Iterator[str]:
    """Every file below the current folder, in order; what ScanCode keeps of the ones before is forgotten."""
    for path in sorted(str(one) for one in Path().rglob("*") if one.is_file()):
        scancode_paths.forget_other_files(path)
        yield path


def license_detection(detection: Any) -> list[Any]:
    """All that a detection of ScanCode's says, but its identifier."""
    return [
        detection.license_expression,
        detection.license_expression_spdx,
        list(detection.detection_log),
        [license_match(one) for one in detection.matches],
    ]


def license_match(match: Any) -> list[Any]:
    """All that a match of ScanCode's says."""
    return [
        *(match.rule.identifier, match.matcher, match.matcher_order, match.start_line, match.end_line),
        *(list(match.qspan), list(match.ispan), list(match.hispan), match.query_run_start),
        *(match.score(), match.coverage()),
    ]


def copyright_detection(detection: Any) -> list[Any]:
    """All that a detection of a statement, holder or author says."""
    return [type(detection).__name__, detection.to_dict()]


def digest_of(said: Any) -> str:
    """64 hexadecimal digits of what was said, which is JSON's."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(_by_untouched_scancode(Path(sys.argv[1]))))
