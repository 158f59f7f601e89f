"""A long NOTICE file on pages: third parties under the same license and with the same holders share a row."""

from collections import defaultdict
from collections.abc import Iterator

from compliance.licenses.catalog import WeightLicense
from compliance.model.text import Text
from compliance.reporters.report.blocks import Block, Column, Paragraph, Row, Table
from compliance.reporters.report.frame import Frame
from compliance.reporters.report.notice_text import (
    ThirdParty,
    third_parties,
    to_be_displayed,
    weight_licenses,
)
from compliance.reporters.terminal_text import visible

MOST_LINES = 150
"""Of a file that pages have in full: two and a half of them."""

_Named = tuple[str, ThirdParty]


def pages(frame: Frame, text: str) -> tuple[Block, ...]:
    """What stands on pages for the NOTICE file `text`; nothing where that is short enough to be told in full."""
    if text.count("\n") <= MOST_LINES:
        return ()
    same: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], list[_Named]] = defaultdict(list)
    found = third_parties(frame.assessment)
    for one in found:
        same[tuple(sorted(one[1].licenses)), tuple(sorted(one[1].holders))].append(one)
    rows = [
        *(_row(frame, licenses, holders, parties) for (licenses, holders), parties in sorted(same.items())),
        *(_of_weights(frame, license_) for license_ in weight_licenses(frame.assessment)),
    ]
    columns = tuple(Column(frame.say(label), weight, number) for label, weight, number in _COLUMNS)
    return Table(columns, tuple(rows)), Paragraph(frame.say(_how(len(found), len(same))), "quiet")


def _row(frame: Frame, licenses: tuple[str, ...], holders: tuple[str, ...], parties: list[_Named]) -> Row:
    names = ", ".join(_counted(frame, *one) for one in parties)
    files = sum(len(party.files) for _name, party in parties)
    return Row((licenses or frame.say(_UNKNOWN), names, "; ".join(holders) or "–", f"{files:,}"))


def _counted(frame: Frame, name: str, party: ThirdParty) -> str:
    said = (f"{len(party.files):,}", *([frame.say(_CHANGED)] if party.changed else []))
    return f"{name} ({', '.join(said)})"


def _of_weights(frame: Frame, license_: WeightLicense) -> Row:
    named = visible(f"{frame.say(license_.name)} ({license_.expression})")
    return Row((named, frame.say(_WEIGHTS), tuple(_owed(frame, license_)), "–"))


def _owed(frame: Frame, license_: WeightLicense) -> Iterator[str]:
    yield frame.say(license_.licensor)
    yield from (f"{frame.say(_DISPLAYED)}: {visible(one)}" for one in to_be_displayed(license_))


def _how(parties: int, rows: int) -> Text:
    return Text(
        en=f"{parties:,} third parties in {rows:,} rows: those under the same license and with the same holders "
        "share a row. The whole file, with the path of each file of theirs, is written by `compliance report "
        "assessment.json --format notice`, and stands in the HTML format of this report.",
        ko=f"제삼자 {parties:,}곳을 {rows:,}행에 담았습니다. 라이선스와 저작권자가 같은 것은 한 행으로 "
        "묶었습니다. 파일 경로까지 모두 적은 초안은 `compliance report assessment.json --format notice` 명령으로 "
        "만들 수 있고, 이 보고서의 HTML 형식에도 있습니다.",
    )


_COLUMNS = (
    (Text(en="License", ko="라이선스"), 3, False),
    (Text(en="Third parties (files)", ko="제삼자(파일 수)"), 6, False),
    (Text(en="Holders of copyright", ko="저작권자"), 9, False),
    (Text(en="Files", ko="파일"), 1, True),
)
_UNKNOWN = Text(en="not known, find out before you publish this", ko="알 수 없음(배포 전에 확인하세요)")
_CHANGED = Text(en="changed", ko="변경됨")
_WEIGHTS = Text(en="weights", ko="가중치")
_DISPLAYED = Text(en="To be displayed", ko="표시할 문구")
