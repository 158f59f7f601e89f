"""Origins and notices in words: what is nearest in the index and how near, never more than was found."""

from collections.abc import Iterable, Iterator, Mapping

from compliance import country_names
from compliance.language import Language
from compliance.model import fact_words, git_history, origin_notice
from compliance.model.finding import Declaration, NoticeFinding, Origin, OriginFinding, Span
from compliance.model.text import Text
from compliance.reporters import wording

NOTICE_PARTS: Mapping[str, Text] = {
    origin_notice.LICENSE_TEXT: Text(en="license text", ko="라이선스 원문"),
    origin_notice.LICENSE_NOTICE: Text(en="license notice in the file", ko="파일의 라이선스 고지"),
    origin_notice.CHANGE_STATEMENT: Text(en="statement of changes", ko="변경 사실 표시"),
}
EVIDENCE_FIELDS: Mapping[str, Text] = {
    "unsafe-global": Text(en="would import when loaded", ko="불러올 때 가져오는 이름"),
    "external-data": Text(en="data in", ko="데이터 파일"),
    "format-by-name": Text(en="format by its name", ko="이름상 형식"),
    "dtypes": Text(en="types of numbers", ko="자료형"),
    "tensors": Text(en="tensors", ko="텐서"),
    "tensor-prefix": Text(en="tensors that begin with", ko="텐서 이름 앞부분"),
    "claim": Text(en="says", ko="내용"),
    "absent": Text(en="now", ko="현재"),
    "directory-license": Text(en="license of the folder", ko="폴더의 라이선스"),
    "vendored-folder": Text(en="folder named like the project", ko="프로젝트 이름의 폴더"),
    "characteristic-path": Text(en="path known of the project", ko="프로젝트 고유의 경로"),
    "submodule": Text(en="git submodule", ko="git 서브모듈"),
    "shard": Text(en="shard", ko="분할 파일"),
    "layers": Text(en="built of", ko="층 구성"),
    "architecture": Text(en="built like", ko="같은 구조의 아키텍처"),
    "architecture-names": Text(en="tensor names of that architecture", ko="해당 아키텍처의 텐서 이름"),
    "architecture-lengths": Text(en="dimensions", ko="차원"),
    "architecture-null": Text(en="how much that says", ko="이 일치의 의미"),
    origin_notice.HOLDER: Text(en="the origin's file names", ko="원본 파일의 저작권자"),
    origin_notice.LICENSE: Text(en="license header of the origin's file", ko="원본 파일의 라이선스 고지"),
    origin_notice.CHANGES: Text(en="the origin's file states changes", ko="원본 파일의 변경 표시"),
    origin_notice.NOTHING: Text(en="notices in the origin's file", ko="원본 파일의 고지"),
    origin_notice.CHANGES_HERE: Text(en="statement of changes here", ko="이 파일의 변경 표시"),
    origin_notice.LICENSE_TEXT: Text(en="license text", ko="라이선스 원문"),
    origin_notice.NO_LICENSE_TEXT: Text(
        en="in no license file beside or above", ko="같은 폴더와 상위 폴더에 원문이 없는 라이선스"
    ),
    "copied-from": Text(en="the same tensors are those of", ko="동일한 텐서의 원본 모델"),
    "copied-tensors": Text(en="of the tensors that tell, equal ones", ko="판별 가능한 텐서 중 동일한 것"),
    "copied-same": Text(en="byte for byte", ko="바이트 단위로 동일"),
    "copied-cast": Text(en="equal after a cast, by a sample", ko="자료형 변환 후 동일(표본 비교)"),
    "copied-turned": Text(en="equal but transposed, by a sample", ko="전치 후 동일(표본 비교)"),
    "copied-renamed": Text(en="under another name", ko="이름이 다른 것"),
    "copied-tensor": Text(en="here = there", ko="이 파일 = 원본"),
    "alike-to": Text(en="nearer than independently trained weights to", ko="독립 학습 가중치보다 더 가까운 모델"),
    "alike-tensors": Text(
        en="of the comparable tensors, near but not equal", ko="비교 가능한 텐서 중 같지 않으나 가까운 것"
    ),
    "alike-cosine": Text(en="cosine: median; range", ko="코사인: 중앙값; 범위"),
    "alike-by-chance": Text(
        en="probability by chance, reckoned from a rate per tensor", ko="텐서별 오류율로 계산한 우연일 확률"
    ),
    "alike-few": Text(
        en="so few that a formula which both use may explain them", ko="공통 공식으로도 설명될 만큼 적은 수"
    ),
    "alike-null": Text(
        en="as near among independently trained pairs that were measured",
        ko="독립 학습한 텐서 쌍의 측정에서 이만큼 가까운 것",
    ),
    "alike-tensor": Text(en="here ~ there: cosine", ko="이 파일 ~ 원본: 코사인"),
    "origin-releases": Text(en="releases with this code", ko="이 코드가 있는 릴리스"),
    "origin-releases-as-near": Text(en="releases that are as near", ko="똑같이 가까운 릴리스"),
    "origin-margin": Text(en="nearness", ko="근접도"),
    "origin-founders": Text(en="founders of the lineage", ko="계보의 시조"),
    git_history.FIRST_COMMIT: Text(en="came in with", ko="도입 커밋"),
    git_history.BEFORE_RELEASE: Text(
        en="committed before the origin's first known release", ko="출처의 최초 공개 릴리스보다 이른 커밋"
    ),
    git_history.SHALLOW: Text(
        en="already there where this shallow clone ends", ko="얕은 복제의 끝 커밋에 이미 있던 코드"
    ),
    git_history.INCOMPLETE: Text(
        en="a part of the git history is missing, the code may have come earlier; nothing known before",
        ko="git 이력 일부 없음, 더 일찍 들어왔을 수 있음. 알려진 최초 커밋",
    ),
}
STATEMENT_FIELDS: Mapping[str, Text] = {
    "copied-from": Text(en="the file says copied from", ko="복사해 왔다고 적힌 곳"),
    "adapted-from": Text(en="the file says adapted from", ko="고쳐 썼다고 적힌 곳"),
    "generated-from": Text(en="the file says generated from", ko="생성해 냈다고 적힌 곳"),
    "based-on": Text(en="the file says based on", ko="바탕으로 했다고 적힌 곳"),
    "refers-to": Text(en="the file refers to", ko="참고했다고 적힌 곳"),
    "inherits": Text(en="extends", ko="상속"),
    "imports": Text(en="imports", ko="가져오기(import)"),
    "registers": Text(en="registers", ko="등록"),
    "notice": Text(en="notice", ko="고지"),
    "copyright": Text(en="copyright", ko="저작권 표시"),
    "more": Text(en="more", ko="그 밖"),
}
"""What files of code say or do themselves; evidence of weights has some of these names in another sense."""
_MOST_NAMED = 4
_BY_TEXT = ("copied", "derived")


def maker(origin_: Origin) -> Text:
    """Developer and country of the origin's family, as far as known."""
    country = country_names.name(origin_.country)
    en, ko = (", ".join(filter(None, (origin_.developer, one))) for one in (country.en, country.ko))
    return Text(en=en, ko=ko)


def origin(finding: OriginFinding, language: Language) -> str:
    """The nearest origin, how near it is, its relatives, and what became of its notices."""
    if not finding.lineage:
        return _NOTHING_NEAR.in_language(language)
    nearest, *others = finding.lineage
    country = country_names.name(nearest.country).in_language(language)
    known = filter(None, [nearest.family, nearest.developer, country, nearest.expression])
    said = [f"{fact_words.RELATIONS[nearest.relation].in_language(language)}: {origin_notice.name_of(nearest)}"]
    said[0] += f" ({', '.join([*known, *(one.in_language(language) for one in _measured(nearest))])})"
    said += [one.in_language(language) for one in _relatives(others)]
    said += [one.in_language(language) for one in _circumstances(finding, nearest)]
    return "; ".join(said)


def notice(finding: NoticeFinding, language: Language) -> str:
    """What of the demanded notices is missing, and what is here."""
    said = [
        f"{label.in_language(language)}: {', '.join(notice_part(one, language) for one in parts)}"
        for label, parts in ((_MISSING, finding.missing), (_PRESENT, finding.present))
        if parts
    ]
    if finding.cured_by:
        said.append(f"{_NAMED_IN.in_language(language)}: {_named(finding.cured_by)}")
    of = f"{finding.origin} ({finding.expression})" if finding.expression else finding.origin
    return f"{_NOTICE.in_language(language)} {of}: {'; '.join(said)}" if said else of


def span(one: Span, place_of_origin: str) -> str:
    """A stretch of the examined file and its counterpart: `12-40 OurClass ↔ a.py:7-30 Theirs`."""
    here = " ".join(filter(None, [_lines(one.lines), one.name]))
    return " ".join(filter(None, [f"{here} ↔ {place_of_origin}:{_lines(one.origin_lines)}", one.origin_name]))


def field(name: str, language: Language, *, of_weights: bool = False) -> str:
    """How reports call the evidence field `name`; of weights, some names mean something else."""
    if name in STATEMENT_FIELDS and not of_weights:
        return STATEMENT_FIELDS[name].in_language(language)
    return EVIDENCE_FIELDS[name].in_language(language) if name in EVIDENCE_FIELDS else name


def _measured(nearest: Origin) -> Iterator[Text]:
    if nearest.share is not None:
        yield Text(en=f"share {100 * nearest.share:.0f} %", ko=f"일치 비율 {100 * nearest.share:.0f} %")
    if nearest.confidence is not None:
        yield wording.confidence(nearest.confidence)


def _relatives(others: Iterable[Origin]) -> Iterator[Text]:
    members = list(others)
    if near := _named(one.family for one in members if one.role != "ancestor"):
        yield Text(en=f"also in {near}", ko=f"같은 코드가 있는 곳: {near}")
    if above := _named(one.family for one in members if one.role == "ancestor"):
        yield Text(en=f"which descends from {above}", ko=f"상위 계보: {above}")


def _circumstances(finding: OriginFinding, nearest: Origin) -> Iterator[Text]:
    if finding.declared is not None:
        if not _is_itself_declared(finding, nearest, finding.declared):
            yield _declared(finding.declared)
    elif nearest.relation in _BY_TEXT:
        yield Text(en="not named by the submission", ko="제출물에 출처 표시 없음")
    if finding.missing_holders:
        names = _named(finding.missing_holders)
        yield Text(en=f"holders not named here: {names}", ko=f"여기에 없는 저작권자: {names}")
    if finding.introduction is not None:
        commit, date = finding.introduction.commit[:12], finding.introduction.date
        yield Text(en=f"came in with commit {commit} of {date}", ko=f"도입 커밋: {commit}({date})")
        if finding.introduction.header_lost:
            yield Text(en="a header that it then had is gone", ko="당시 있던 머리글이 지금은 없음")
    if git_history.committed_before_release(finding):
        yield Text(
            en="which is before the origin's first known release", ko="출처의 최초 공개 릴리스보다 이른 커밋"
        )


def _is_itself_declared(finding: OriginFinding, nearest: Origin, declared: Declaration) -> bool:
    """Whether the words that name the source are all that was found here: they are named by the relation."""
    here = (finding.path, finding.lines and finding.lines[0])
    return nearest.relation == "declared" and here == (declared.path, declared.lines and declared.lines[0])


def _declared(declared: Declaration) -> Text:
    where = f"{declared.path}:{declared.lines[0]}" if declared.lines else declared.path
    match declared.agreement:
        case "agrees":
            return Text(en=f"named in {where}", ko=f"출처 표시: {where}")
        case "another-is-nearer":
            return Text(en=f"{where} names another", ko=f"다른 출처를 밝힌 곳: {where}")
        case "not-compared":
            return Text(en=f"a source is named in {where}", ko=f"출처 표시(대조 안 함): {where}")


def notice_part(part: str, language: Language) -> str:
    """How reports call a part of the notices that a license demands."""
    if part in NOTICE_PARTS:
        return NOTICE_PARTS[part].in_language(language)
    holder = part.removeprefix(origin_notice.HOLDER_LINE)
    return part if holder == part else _HOLDER.in_language(language) + holder


def _named(names: Iterable[str]) -> str:
    different = list(dict.fromkeys(names))
    more = len(different) - _MOST_NAMED
    return ", ".join(different[:_MOST_NAMED]) + (f" +{more}" if more > 0 else "")


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return str(first) if first == last else f"{first}-{last}"


_NOTHING_NEAR = Text(en="no origin in the index", ko="색인에 없는 출처")
_NOTICE = Text(en="notices of", ko="고지 대상:")
_MISSING = Text(en="missing", ko="누락")
_PRESENT = Text(en="here", ko="있음")
_NAMED_IN = Text(en="holders named elsewhere", ko="저작권자가 적힌 다른 파일")
_HOLDER = Text(en="holder ", ko="저작권자 ")
