"""What `compliance origins` says: an index as it was built, what it covers, and what one file is nearest to."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from compliance import country_names
from compliance.cli.index_limits import LIMITS
from compliance.cli.laid_out_lines import Lines
from compliance.cli.side_by_side import MOST_LINES, Original, Originals, columns, text_lines
from compliance.detectors.detector import ExaminedFile
from compliance.detectors.origin_code import OriginCode
from compliance.language import Language
from compliance.model import fact_words
from compliance.model.evidence import Statement
from compliance.model.finding import Origin, OriginFinding, Span
from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.origins.catalog import Catalog, Release
from compliance.origins.index.reader import Index
from compliance.origins.languages import language_of
from compliance.origins.parameters import K
from compliance.reporters import origin_words
from compliance.reporters.terminal_text import visible, wrapped

_SHOWN_SKIPS = 20
_INFO_WIDTH = 100


def counted(release: str, files: int) -> str:
    """Progress: one release has been read."""
    return visible(f"{release}: {files:,}")


def built(index: Index, skipped: Sequence[Skip], language: Language) -> str:
    """What was written, and what could not be read on the way."""
    said = Lines(language, _INFO_WIDTH)
    path = index.mapped.path
    said.line(f"{path}: {path.stat().st_size / 1e6:,.1f} MB, sha256 {index.digest[:16]}")
    said.row(_HOLDS, _size(index))
    if skipped:
        said.row(_SKIPPED, Text(en=f"{len(skipped):,}", ko=f"{len(skipped):,}"))
        for one in skipped[:_SHOWN_SKIPS]:
            said.line(f"  {one.reason}  {one.path}: {one.said.in_language(language)}")
        if len(skipped) > _SHOWN_SKIPS:
            said.line("  …")
    return said.text()


def described(index: Index, today: datetime.date, language: Language) -> str:
    """What `index` covers on `today`, how fresh it is, and what it can't know."""
    catalog = index.catalog
    said = Lines(language, _INFO_WIDTH)
    said.line(str(index.mapped.path))
    said.row(_RECIPE, catalog.recipe)
    said.row(_BUILT, _age(catalog.built, today))
    said.row(_DIGEST, f"sha256 {index.digest}")
    said.row(_HOLDS, _size(index))
    newest = max((one.released for one in catalog.releases if one.released), default=None)
    said.row(_NEWEST, _age(newest, today) if newest else _UNKNOWN)
    said.row(_LINEAGE, _lineage_size(catalog))
    for heading, lines in (
        (_LANGUAGES, _by_language(index)),
        (_DEVELOPERS, _by_developer(catalog, language)),
        (_PROJECTS, _projects(catalog, language)),
    ):
        said.line("")
        said.line(heading.in_language(language))
        for line in lines:
            said.line(f"  {line}")
    said.line("")
    said.line(_CANT_KNOW.in_language(language))
    for limit in LIMITS:
        said.paragraph(limit)
    return said.text()


def matched(
    file: Path, size: int, detector: OriginCode, originals: Originals, language: Language, width: int
) -> str:
    """What the code of `file` is nearest to, region by region, no line wider than `width`."""
    examined = ExaminedFile(path=file.name, size=size, location=file)
    findings = [one for one in detector.detect(examined) if isinstance(one, OriginFinding)]
    said = Lines(language, width)
    if not findings:
        said.paragraph(_nothing_near(file), indent=0)
    ours = text_lines(file.read_bytes())
    for number, finding in enumerate(findings, 1):
        if number > 1:
            said.line("")
        _region(said, number, finding)
        said.line("")
        for span in finding.spans:
            _stretch(said, span, ours, originals)
    return said.text()


def _region(said: Lines, number: int, finding: OriginFinding) -> None:
    nearest, *others = finding.lineage
    relation = fact_words.RELATIONS[nearest.relation].in_language(said.language)
    said.flow(f"{number}. {relation}: {nearest.family}")
    said.row(_PROJECT, " ".join(filter(None, [nearest.project, nearest.version])))
    said.row(_PATH, nearest.path or "")
    said.row(_DEVELOPER, f"{nearest.developer or '?'} ({_country(nearest.country, said.language)})")
    said.row(_LICENSE, nearest.expression or _UNKNOWN)
    said.row(_FIRST_RELEASE, nearest.released or _UNKNOWN)
    shared = [one for one in others if one.role == "shared"]
    ancestors = [one for one in others if one.role == "ancestor"]
    said.row(_SHARE, _percent(nearest.share))
    said.row(_CONFIDENCE, _percent(nearest.confidence))
    said.row(_MARGIN, _margin(nearest, others))
    if shared:
        said.row(_ALSO_NEAR, "; ".join(_relative(one, said.language) for one in shared))
    if ancestors:
        said.row(_ANCESTORS, "; ".join(_relative(one, said.language) for one in ancestors))
    for one in finding.evidence:
        if isinstance(one, Statement) and one.field != "origin-margin":
            place = f" ({one.lines[0]})" if one.lines else ""
            said.row(Text(en="-", ko="-"), f"{origin_words.field(one.field, said.language)}: {one.says}{place}")


def _margin(nearest: Origin, others: Iterable[Origin]) -> Text:
    """How far the next family is behind; what a reader must know who sees one name."""
    compared = [one for one in others if one.share is not None]
    if nearest.share is None or not compared:
        return Text(en="no other family is as near", ko="이만큼 가까운 다른 계열 없음")
    following = max(compared, key=lambda one: one.share or 0)
    points = 100 * (nearest.share - (following.share or 0))
    if points < 1:
        return Text(
            en=f"a tie by share: {following.family} has as much; the rest of the file decides",
            ko=f"일치 비율 동률: {following.family}. 파일의 나머지 부분으로 순서를 정함",
        )
    return Text(
        en=f"{points:.0f} points before {following.family}",
        ko=f"다음 계열({following.family})보다 {points:.0f}%p 높음",
    )


def _relative(one: Origin, language: Language) -> str:
    share = "" if one.share is None else f" {_percent(one.share)}"
    return f"{one.family}{share} ({one.project}, {_country(one.country, language)})"


def _country(code: str | None, language: Language) -> str:
    return country_names.name(code).in_language(language) or "?"


def _percent(share: float | None) -> str:
    return "?" if share is None else f"{100 * share:.0f} %"


def _stretch(said: Lines, span: Span, ours: Sequence[str], originals: Originals) -> None:
    original = originals.of(span)
    if original is not None:
        said.line("")
    said.cut(f"  {origin_words.span(span, span.origin_path)}")
    if original is None:
        if originals:
            said.paragraph(_NOT_AT_HAND, indent=4)
        return
    if original.moved:
        said.paragraph(_another_release(original), indent=4)
    for line in columns(ours, span.lines, original, said.width):
        said.cut(line)
    if max(span.lines[1] - span.lines[0], original.last - original.first) >= MOST_LINES:
        said.paragraph(_CUT_SHORT, indent=4)


def _size(index: Index) -> Text:
    files, blocks = len(index.catalog.families), len(index.block_sizes)
    return Text(
        en=f"{files:,} files through their releases; {blocks:,} different functions; {len(index):,} fingerprints",
        ko=f"파일 {files:,}개(릴리스별 변화 포함), 서로 다른 함수 {blocks:,}개, 지문 {len(index):,}개",
    )


def _lineage_size(catalog: Catalog) -> Text:
    children = len({child for child, *_ in catalog.edges})
    return Text(
        en=f"{len(catalog.edges):,} statements of descent, in {children:,} files",
        ko=f"계보 관계 {len(catalog.edges):,}건, 관련 파일 {children:,}개",
    )


def _age(day: str, today: datetime.date) -> Text:
    days = (today - datetime.date.fromisoformat(day)).days
    return Text(en=f"{day} ({days:,} days ago)", ko=f"{day} ({days:,}일 전)")


def _by_language(index: Index) -> Iterator[str]:
    """Files, functions and fingerprints of each language; a function in two languages counts for one of them."""
    names = [language.name if (language := language_of(one.path)) else "?" for one in index.catalog.families]
    files = Counter(names)
    blocks, families = index.families(np.arange(len(index.block_sizes), dtype=np.int64))
    first = np.unique(blocks, return_index=True)[1]
    functions, fingerprints = Counter[str](), Counter[str]()
    for block, family in zip(blocks[first].tolist(), families[first].tolist(), strict=True):
        functions[names[family]] += 1
        fingerprints[names[family]] += int(index.block_sizes[block])
    for name, count in files.most_common():
        yield f"{name:<12}{count:>9,}{functions[name]:>12,}{fingerprints[name]:>14,}"


def _by_developer(catalog: Catalog, language: Language) -> Iterator[str]:
    """Developers of each country; policies and recipes say its code, which stands before its name."""
    countries: dict[str, Counter[str]] = {}
    for one in catalog.families:
        project = catalog.projects[one.project]
        developer = one.developer or project.developer
        countries.setdefault(one.country or project.country or "", Counter())[developer] += 1
    for country, developers in sorted(countries.items(), key=lambda pair: (-pair[1].total(), pair[0])):
        named = ", ".join(f"{name} {count:,}" for name, count in developers.most_common())
        lines = wrapped(visible(f"{_country(country, language)}: {named}"), _INFO_WIDTH - 6)
        yield from (f"{country if number == 0 else '':<4}{line}" for number, line in enumerate(lines))


def _projects(catalog: Catalog, language: Language) -> Iterator[str]:
    releases: dict[int, list[Release]] = {}
    for one in catalog.releases:
        releases.setdefault(one.project, []).append(one)
    for number, project in enumerate(catalog.projects):
        known = sorted(releases.get(number, []), key=lambda one: one.released or "")
        versions = ", ".join(one.version for one in known)
        newest = next((one.released for one in reversed(known) if one.released), None) or "?"
        license_ = project.expression or "?"
        maker = f"{project.developer} ({_country(project.country, language)})"
        yield f"{project.id} · {maker} · {license_} · {newest} · {versions}"


def _nothing_near(file: Path) -> Text:
    return Text(
        en=f"{file}: no part of it is near to anything in the index. Functions of fewer than {K} words and marks "
        "aren't compared, and an origin that isn't in the index can't be named: see `compliance origins info`.",
        ko=f"{file}: 색인에 가까운 코드 없음. 토큰 {K}개 미만의 함수는 대조하지 않으며, "
        "색인에 없는 출처는 식별할 수 없음. `compliance origins info` 명령으로 색인 범위를 확인하세요.",
    )


def _another_release(original: Original) -> Text:
    return Text(
        en=f"{original.path} holds another release: the function of this name in it is shown.",
        ko=f"다른 릴리스의 파일: {original.path}. 같은 이름의 함수를 표시함.",
    )


_RECIPE = Text(en="recipe", ko="레시피")
_BUILT = Text(en="built", ko="만든 날")
_DIGEST = Text(en="digest", ko="다이제스트")
_HOLDS = Text(en="holds", ko="내용")
_NEWEST = Text(en="newest", ko="최신 릴리스")
_LINEAGE = Text(en="lineage", ko="계보")
_SKIPPED = Text(en="not read", ko="읽지 못함")
_LANGUAGES = Text(
    en="Languages: files, functions, fingerprints by function", ko="언어: 파일, 함수, 함수별 지문 수"
)
_DEVELOPERS = Text(en="Developers by country, with their files", ko="국가별 개발 주체와 파일 수")
_PROJECTS = Text(en="Projects with their newest date and releases", ko="프로젝트, 최신 날짜, 릴리스")
_CANT_KNOW = Text(en="What it can't know", ko="알 수 없는 것")
_UNKNOWN = Text(en="unknown", ko="알 수 없음")
_PROJECT = Text(en="project", ko="프로젝트")
_PATH = Text(en="file", ko="파일")
_DEVELOPER = Text(en="developer", ko="개발 주체")
_LICENSE = Text(en="license", ko="라이선스")
_FIRST_RELEASE = Text(en="first release", ko="최초 릴리스")
_SHARE = Text(en="share", ko="일치 비율")
_CONFIDENCE = Text(en="confidence", ko="신뢰도")
_MARGIN = Text(en="margin", ko="격차")
_ALSO_NEAR = Text(en="also near", ko="그 밖에 가까운 곳")
_ANCESTORS = Text(en="ancestors", ko="상위 계보")
_NOT_AT_HAND = Text(en="The folders named by --beside don't hold this text.", ko="--beside 폴더에 이 원문이 없음.")
_CUT_SHORT = Text(
    en=f"Only the first {MOST_LINES} lines of each side are shown.", ko=f"양쪽 모두 처음 {MOST_LINES}줄만 표시."
)
