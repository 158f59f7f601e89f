"""Copyright statements in a file's text."""

import re
from collections.abc import Iterator

from compliance.detectors.detector import ExaminedFile
from compliance.licenses import scancode, scancode_paths
from compliance.model.evidence import Statement
from compliance.model.finding import CopyrightFinding, Finding
from compliance.model.skip import Skip

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Copyright:
    """Runs ScanCode's copyright detection."""

    name = "copyright"
    version = f"2+scancode-{scancode.scancode_version()}"

    def wants(self, path: str, size: int) -> bool:
        """Every file that isn't empty."""
        return size > 0

    def name_key(self, path: str) -> str:
        """ScanCode reads hints from the file name, and from `locale` anywhere in the path."""
        return scancode_paths.name_key(path)

    def prepare(self) -> None:
        """Compile ScanCode's patterns, to be shared by forked workers."""
        scancode.load_copyrights()

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """One finding a statement, with its holders and the years it names."""
        for found in scancode.copyright_statements(
            file.location, under_locale=scancode_paths.under_locale(file.path)
        ):
            yield CopyrightFinding(
                lines=found.lines,
                statement=found.statement,
                holders=found.holders,
                years=tuple(dict.fromkeys(_YEAR.findall(found.statement))),
                evidence=(Statement(lines=found.lines, field="copyright", says=found.statement[:200]),),
            )


DETECTOR = Copyright()
