"""A report as it is printed: what stands for long tables and files takes their place."""

from collections.abc import Iterator

import msgspec

from compliance.reporters.report.blocks import Block, Preformatted, Report, Section, Table


def on_pages(report: Report) -> Report:
    """`report` for formats that have pages."""
    return msgspec.structs.replace(report, sections=tuple(map(_section, report.sections)))


def _section(section: Section) -> Section:
    blocks = tuple(drawn for block in section.blocks for drawn in _drawn(block))
    return msgspec.structs.replace(section, blocks=blocks, sections=tuple(map(_section, section.sections)))


def _drawn(block: Block) -> Iterator[Block]:
    if not isinstance(block, Table | Preformatted) or not block.pages:
        yield block
        return
    first, *others = block.pages
    yield msgspec.structs.replace(first, title=block.title) if isinstance(first, Table) else first
    yield from others
