"""Licenses in a file's own text: license texts, notices, tags such as `SPDX-License-Identifier`."""

import codecs
from collections.abc import Iterator

from compliance.detectors.detector import ExaminedFile
from compliance.licenses import pdf_pages, scancode, scancode_paths
from compliance.licenses.accelerated.effort import Effort, alignment_steps
from compliance.licenses.readable_copies import readable
from compliance.licenses.vocabulary_tables import Table
from compliance.model.card_fields import VOCABULARY_TABLE
from compliance.model.finding import Finding, LicenseFinding, ModelCardFinding
from compliance.model.skip import Skip
from compliance.model.text import Text

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

_WIDE = Text(
    en="UTF-16 or UTF-32 text, which ScanCode can't read", ko="ScanCode가 읽지 못하는 UTF-16 또는 UTF-32 텍스트"
)

_ONLY_EXACT = Text(
    en="too many legal words to compare all of it with similar license texts: changed texts may be missed; "
    "split the file, or leave generated files out",
    ko="법률 용어가 너무 많아 일부만 유사 라이선스 문구와 비교함: 변경된 문구가 빠질 수 있음; "
    "파일을 나누거나 생성된 파일을 제외하세요",
)

_CLOSED = Text(
    en="a PDF whose text can't be read: encrypted or broken; hand in one that can, or the text",
    ko="암호화되었거나 손상되어 텍스트를 읽을 수 없는 PDF: 읽을 수 있는 PDF나 텍스트 파일로 제출하세요",
)
_PAGES = Text(
    en="not all pages were read for licenses and copyrights: too many, too full or broken; "
    "read the others yourself, or hand in the text",
    ko="페이지가 너무 많거나 복잡하거나 손상되어 일부만 라이선스와 저작권을 조사함: 나머지는 직접 확인하거나 "
    "텍스트 파일로 제출하세요",
)


class LicenseText:
    """Runs ScanCode's license detection, with each match as evidence."""

    name = "license-text"
    version = f"7+scancode-{scancode.scancode_version()}"

    def wants(self, path: str, size: int) -> bool:
        """Every file that isn't empty: a license can stand in any."""
        return size > 0

    def name_key(self, path: str) -> str:
        """ScanCode reads hints from the file name, and from `locale` anywhere in the path."""
        return scancode_paths.name_key(path)

    def prepare(self) -> None:
        """Open the license index, to be shared by forked workers."""
        scancode.load()

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """One finding for each region of matches that ScanCode takes for one detection."""
        under_locale = scancode_paths.under_locale(file.path)
        effort = Effort(alignment_steps(file.size))
        location, tables = readable(file.location)
        for table in tables:
            yield ModelCardFinding(field=VOCABULARY_TABLE, value=_said(table))
        regions = scancode.license_regions(location, under_locale=under_locale, effort=effort)
        if not effort.is_whole:
            yield Skip.of("truncated", _ONLY_EXACT)
        if pdf_pages.is_pdf(file.location) and not pdf_pages.was_read(location):
            yield Skip.of("unsupported", _CLOSED)
        if not pdf_pages.is_whole(location):
            yield Skip.of("truncated", _PAGES)
        if not regions and file.read(4).startswith(_WIDE_MARKS):
            yield Skip.of("unsupported", _WIDE)
        for region in regions:
            yield LicenseFinding(
                lines=region.lines,
                expression=region.expression,
                key_expression=region.key_expression,
                basis="detected",
                score=region.score,
                evidence=region.matches,
            )


def _said(table: Table) -> str:
    first, last = table.lines
    return f"{table.left_out:,} of {table.records:,} records at lines {first}-{last} not read as text"


DETECTOR = LicenseText()
