"""What `compliance cache` says."""

import datetime
from pathlib import Path
from typing import Any

from compliance.cli.options import TextOrJson
from compliance.language import Language
from compliance.model.text import Text
from compliance.reporters.json_text import encode_text
from compliance.reporters.terminal_text import visible
from compliance.store.exchange import Fault
from compliance.store.upkeep import Merged, Summary


def described(path: Path, summary: Summary, format_: TextOrJson, language: Language) -> str:
    """What the cache at `path` holds."""
    if format_ is TextOrJson.JSON:
        return encode_text(_document(path, summary))
    rows = [
        (one.detector, one.version, f"{one.rows:,}", f"{one.bytes / 1e6:,.1f} MB", _day(one.used) or "-")
        for one in summary.versions
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
    table = ["  " + "  ".join(f"{word:{width}}" for word, width in zip(row, widths, strict=True)) for row in rows]
    said = Text(
        en=f"{summary.rows:,} rows about {summary.contents:,} contents, {summary.identities:,} identities, "
        f"{summary.bytes / 1e6:,.1f} MB; used longest ago: {_day(summary.oldest) or '-'}",
        ko=f"내용 {summary.contents:,}개에 대한 행 {summary.rows:,}개, 식별자 {summary.identities:,}개, "
        f"{summary.bytes / 1e6:,.1f} MB. 가장 오래전 사용: {_day(summary.oldest) or '-'}",
    )
    lines = [str(path), said.in_language(language), *table]
    return "".join(f"{visible(line.rstrip())}\n" for line in lines)


def exported(path: Path, rows: int, language: Language) -> str:
    """What was written."""
    size = f"{path.stat().st_size / 1e6:,.1f} MB" if path.is_file() else "-"
    said = Text(en=f"{path}: {rows:,} rows, {size}", ko=f"{path}: 행 {rows:,}개, {size}")
    return visible(said.in_language(language))


def merged(counts: Merged, faults: int, format_: TextOrJson, language: Language) -> str:
    """What came of an import."""
    if format_ is TextOrJson.JSON:
        shape = {"added": counts.added, "known": counts.known, "differing": counts.differing, "damaged": faults}
        return encode_text(shape)
    said = [
        Text(
            en=f"{counts.added:,} rows added, {counts.known:,} known already",
            ko=f"추가한 행 {counts.added:,}개, 이미 있던 행 {counts.known:,}개",
        )
    ]
    if counts.differing:
        said.append(
            Text(
                en=f"{counts.differing:,} rows say something else than those here, which stay: one of the two "
                "was not made by this program. Find out which, or start anew from an empty folder",
                ko=f"기존 행과 내용이 다른 행 {counts.differing:,}개(기존 행 유지): 둘 중 하나는 이 프로그램이 "
                "만든 것이 아님. 어느 쪽인지 확인하거나 빈 폴더에서 새로 시작하세요",
            )
        )
    if faults:
        said.append(
            Text(en=f"{faults:,} places are damaged; see above", ko=f"손상된 곳 {faults:,}개: 위 내용을 보세요")
        )
    return "".join(f"{one.in_language(language)}\n" for one in said)


def faulty(path: Path, fault: Fault, language: Language) -> str:
    """What is wrong with a row of an imported file."""
    said = Text(
        en=f"{path}, row {fault.row:,} (byte {fault.byte:,} unpacked): {fault.message.en}",
        ko=f"{path}, {fault.row:,}번째 행(압축 해제 후 {fault.byte:,}바이트 위치): {fault.message.ko}",
    )
    return visible(said.in_language(language))


def pruned(before: Summary, after: Summary, largest: int | None, format_: TextOrJson, language: Language) -> str:
    """What was removed, and what is left."""
    removed = before.rows - after.rows
    if format_ is TextOrJson.JSON:
        shape = {"removed": removed, "rows": after.rows, "bytes_before": before.bytes, "bytes": after.bytes}
        return encode_text(shape)
    said = Text(
        en=f"{removed:,} rows removed, {after.rows:,} left; {before.bytes / 1e6:,.1f} MB before, "
        f"{after.bytes / 1e6:,.1f} MB now",
        ko=f"제거한 행 {removed:,}개, 남은 행 {after.rows:,}개. 이전 {before.bytes / 1e6:,.1f} MB, "
        f"현재 {after.bytes / 1e6:,.1f} MB",
    )
    lines = [said.in_language(language)]
    if largest is not None and after.bytes > largest:
        lines.append(_STILL_LARGE.in_language(language))
    return "".join(f"{line}\n" for line in lines)


_STILL_LARGE = Text(
    en="It is still larger than asked for: all that is left was used today. Prune again tomorrow.",
    ko="아직 지정한 크기보다 큼: 남은 것은 모두 오늘 쓴 것. 내일 다시 제거하세요.",
)


def _document(path: Path, summary: Summary) -> dict[str, Any]:
    versions = [
        {
            "detector": one.detector,
            "version": one.version,
            "rows": one.rows,
            "bytes": one.bytes,
            "used": _day(one.used),
        }
        for one in summary.versions
    ]
    return {
        "path": str(path),
        "bytes": summary.bytes,
        "rows": summary.rows,
        "contents": summary.contents,
        "identities": summary.identities,
        "oldest": _day(summary.oldest),
        "versions": versions,
    }


def _day(number: int) -> str | None:
    return datetime.date.fromordinal(number).isoformat() if number > 0 else None
