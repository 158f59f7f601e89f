"""Copyright statements in a file's text."""

import re
from collections.abc import Iterator

from compliance.detectors.detector import ExaminedFile
from compliance.licenses import copyright_statements, scancode, scancode_paths
from compliance.licenses.accelerated.effort import Effort, copyright_steps
from compliance.licenses.readable_copies import readable
from compliance.model.evidence import Statement
from compliance.model.finding import CopyrightFinding, Finding
from compliance.model.skip import Skip
from compliance.model.text import Text

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

_TOO_MANY = Text(
    en="too many lines that could be copyright statements: those further down were not looked at; "
    "split the file, or leave generated files out",
    ko="저작권 표시일 수 있는 줄이 너무 많아 앞부분만 조사함: 그 뒤의 표시는 확인하지 못함; "
    "파일을 나누거나 생성된 파일을 제외하세요",
)


class Copyright:
    """Runs ScanCode's copyright detection."""

    name = "copyright"
    version = f"8.{copyright_statements.VERSION}+scancode-{scancode.scancode_version()}"

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
        """One finding a statement, with its holders and the years it names; a skip where not all was looked at."""
        effort = Effort(copyright_steps(file.size))
        location, _tables = readable(file.location)
        statements = copyright_statements.statements(
            location, under_locale=scancode_paths.under_locale(file.path), effort=effort
        )
        if not effort.is_whole:
            yield Skip.of("truncated", _TOO_MANY)
        for found in statements:
            yield CopyrightFinding(
                lines=found.lines,
                statement=found.statement,
                holders=found.holders,
                years=tuple(dict.fromkeys(_YEAR.findall(found.statement))),
                evidence=(Statement(lines=found.lines, field="copyright", says=found.statement[:200]),),
            )


DETECTOR = Copyright()
