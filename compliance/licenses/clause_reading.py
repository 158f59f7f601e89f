"""Terms read from the words of a license that isn't known: by pattern, sentence by sentence, for review.

What a sentence forbids is told by verbs of prohibition in it or in the sentence that its list hangs on. A term
that no pattern finds isn't silent: it is unknown.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from compliance.licenses.words import Sentence, TextWords
from compliance.model.evidence import Lines

RESTRICTING = frozenset(
    {"military_use", "critical_infrastructure_use", "commercial_use", "scale_gates", "territory_excluded"}
    | {"national_interest_clause", "remote_restriction", "output_use"}
)
_OF_USE = frozenset({"military_use", "critical_infrastructure_use", "commercial_use"})
_SHOWN = 12
"""Words that are shown of a sentence."""
_REACH = 60
"""Sentences that a list may have below the one that it hangs on."""


class ReadTerm(msgspec.Struct, frozen=True):
    """A term as a pattern read it."""

    term: str
    value: str
    lines: Lines
    says: str
    """First words of the sentence around the place."""

    @property
    def restricts(self) -> bool:
        """Whether the term limits who may use the work, or for what."""
        return self.term in RESTRICTING


class _Pattern(msgspec.Struct, frozen=True):
    term: str
    value: str
    words: re.Pattern[str]
    forbidden: bool = False
    """It counts only where the sentence, or the one that its list hangs on, forbids."""


_FORBIDS = re.compile(
    r"\b(?:not (?:to )?(?:use|permit|allow|be used|engage|exercise|deploy|apply)|may not|must not|shall not"
    r"|will not|cannot|prohibit\w*|restrict(?:ed|ions?)|forbid\w*|not permitted|not allowed"
    r"|agree not|is not for|are not for|not intended for|except for|excluding|prohibited uses?"
    r"|shall be prohibited)\b"
    r"|금지|금합니다|금한다|아니 ?된다|안 ?된다|아니 ?됩니다|안 ?됩니다|할 수 없|될 수 없|하지 않|되지 않"
    r"|하여서는 아니|해서는 안|제한"
    r"|不 得|禁 止|不 可|不 应|不 能|不 会|严 禁"
)


_PERMITS = re.compile(
    r"\b(?:is|are) (?:freely )?(?:permitted|allowed)\b|\bdo(?:es)? not apply\b"
    r"|\b(?:fees?|royalt(?:y|ies)|charge)\b"
    r"|제한(?:은|이|을)? ?(?:없|두지)|자유롭게|자유로이|可 以 自 由"
)
"""What makes a sentence with the words of a restriction grant instead."""
_DENIED_PERMISSION = re.compile(
    r"\b(?:not|only|prohibited|forbidden)\b(?! require)(?! charge)(?! apply)|금지|수 없"
)


def _pattern(term: str, value: str, words: str, *, forbidden: bool = False) -> _Pattern:
    return _Pattern(term, value, re.compile(words), forbidden)


_MILITARY = (
    r"\b(?:military|warfare|armed forces|weapons? of mass|weaponry|(?<!biological )weapons?|combat"
    r"|(?:for|in) (?:the )?(?:national )?defen[cs]e(?: purposes?| use| industry)?)\b"
    r"|군사|국방|방위 ?산업|무기|전쟁|军 事|武 器|国 防"
)
_INFRASTRUCTURE = (
    r"\bcritical infrastructures?\b|중요 기반 ?시설|주요 ?정보 ?통신 ?기반|국가 기반|关 键 (?:信 息 )?基 础 设 施"
)
_PATTERNS = (
    _pattern("military_use", "prohibited", _MILITARY, forbidden=True),
    _pattern("critical_infrastructure_use", "prohibited", _INFRASTRUCTURE, forbidden=True),
    _pattern(
        "commercial_use",
        "prohibited",
        r"(?<!commercial )(?<!commercial and )(?<!commercial or )\bnon ?commercial "
        r"(?:research |use|purposes?|or|only|license|basis|and (?!commercial))|\bresearch purposes only"
        r"|\b(?:personal|academic|educational|research)(?: \w+){0,3} (?:use|purposes) only"
        r"|\bcommercial use(?: of [\w ]{0,40})? (?:is|are) (?:strictly )?(?:prohibited|forbidden|not permitted"
        r"|not allowed)"
        r"|\bno commercial use|\bcommercial use requires"
        r"|\bnot .{0,60}\b(?:for|any) (?:any )?commercial (?:use|purposes?|gain)"
        r"|(?<!상업 및 )(?<!상업적 및 )(?<!상업 또는 )비 ?상업"
        r"|(?:상업적|영리) ?(?:목적|이용|사용).{0,30}(?:금지|없|아니|안 ?되|않)|非 商 业|不 得 .{0,40}商 业",
    ),
    _pattern(
        "scale_gates",
        "monthly_active_users",
        r"\b\d+ (?:\d+ ){0,4}(?:million |billion )?(?:monthly|daily) active users|\bmonthly active users .{0,120}"
        r"(?:greater|more|exceeds?|over|above) .{0,20}\d|월간 ?활성 ?(?:이용자|사용자)|月 活 跃 用 户|月 活",
    ),
    _pattern(
        "scale_gates",
        "annual_revenue",
        r"\b(?:annual(?:ized)?|monthly|yearly|total|consolidated) (?:\w+ ){0,3}revenues? .{0,80}\d"
        r"|\brevenue .{0,60}(?:exceeds?|more than|greater than|less than|over|under) .{0,20}\d"
        r"|연 ?매출.{0,20}\d|年 营 业 收 入|年 收 入",
    ),
    _pattern(
        "territory_excluded",
        "stated",
        r"\b(?:excluding|other than|outside of?|does not apply in|not be used in|not (?:domiciled|located) in"
        r"|principal place of business in|exclud\w+) (?!.{0,40}conflict).{0,60}"
        r"(?:european union|united kingdom|south korea|republic of korea|russia|china|united states)"
        r"|대한민국.{0,20}제외|不 包 括 .{0,20}(?:欧 盟|英 国|韩 国)",
    ),
    _pattern(
        "national_interest_clause",
        "stated",
        r"\b(?:endanger|undermin\w+|harm\w*|jeopardi[sz]\w+|subvert\w*|threaten\w*).{0,80}\b(?:national security"
        r"|national unity|national interests?)|국가 안보|危 害 国 家|国 家 安 全|国 家 统 一",
    ),
    _pattern(
        "remote_restriction",
        "yes",
        r"\breserves? the right to (?:restrict|limit|disable|terminate).{0,40}remotely|\bremotely or otherwise\b"
        r"|\brestrict \(?remotely",
    ),
    _pattern(
        "output_use",
        "restricted",
        r"\b(?:output|outputs|results|generated).{0,160}\b(?:to )?(?:improve|train|develop|create|fine tune)\w* "
        r"(?:\w+ ){0,6}(?:large language models?|ai models?|models?|foundation(?:al)? models?)\b",
        forbidden=True,
    ),
    _pattern(
        "output_use",
        "distilled_models_are_derivatives",
        r"\bderivatives? .{0,400}\b(?:distillation|synthetic data|transfer of patterns of the weights)",
    ),
    _pattern(
        "reverse_engineering_ban",
        "yes",
        r"\b(?:reverse engineer\w*|decompil\w+|disassembl\w+)\b|역설계|리버스 ?엔지니어링|反 向 工 程|反 编 译",
        forbidden=True,
    ),
    _pattern(
        "export_control_clause",
        "yes",
        r"\b(?:export|trade|sanctions?) (?:control|compliance|administration|laws?|and (?:re )?export"
        r"|regulations?)|\bexport control|수출 ?통제|수출 ?관리|出 口 管 制",
    ),
    _pattern(
        "indemnity_by_licensee",
        "yes",
        r"(?<!if )\byou (?:will|shall|must|agree to) (?:\w+ ){0,4}indemnif\w+|\blicensee (?:shall|will|agrees to) "
        r"(?:\w+ ){0,4}indemnif\w+",
    ),
)


def read_terms(text: TextWords) -> tuple[ReadTerm, ...]:
    """The terms that patterns find in `text`, each at its first place."""
    found: dict[tuple[str, str], ReadTerm] = {}
    for term in _terms(text.sentences):
        found.setdefault((term.term, term.value), term)
    return tuple(found.values())


def _terms(sentences: Iterable[Sentence]) -> Iterator[ReadTerm]:
    hanging = 0
    for sentence in sentences:
        said = " ".join(sentence.words)
        forbids = bool(_FORBIDS.search(said))
        permits = bool(_PERMITS.search(said) and not _DENIED_PERMISSION.search(said))
        for pattern in _PATTERNS:
            if permits and pattern.term in _OF_USE:
                continue
            if (match := pattern.words.search(said)) and (forbids or hanging or not pattern.forbidden):
                yield ReadTerm(pattern.term, pattern.value, sentence.lines, _around(said, match.start()))
        hanging = (_REACH if forbids else hanging) if sentence.opens else max(hanging - 1, 0)


def _around(said: str, at: int) -> str:
    before = said[:at].split()[-_SHOWN // 2 :]
    return " ".join([*before, *said[at:].split()[: _SHOWN - len(before)]])
