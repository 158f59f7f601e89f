"""What a model card's prose claims of the weights' origin, in English and Korean: claims, never facts.

A sentence counts only where it says so of the model: denials, data, tools and single parts are passed over.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Literal

import msgspec

from compliance.model.evidence import Lines
from compliance.weights import denials, own_work
from compliance.weights.sentences import DENIED, sentences

Kind = Literal[
    "from-scratch",
    "from-weights",
    "based-on",
    "distilled",
    "own-tokenizer",
    "own-code",
    "code-license",
    "weights-license",
]
"""`based-on` may mean an architecture alone, `from-weights` doesn't; `distilled` means another model's answers;
`own-code` that no code of others is in it."""

MOST = 50
"""Claims that are read of one card."""
_LONGEST = 200
_TELLING = 5
"""Letters of a name that tell it: `Qwen2.5` and `Qwen3-VL` are named by one word."""
_TRAINING = r"(?:pre-?train\w*|train\w*|develop\w*)"
_FROM_SCRATCH = re.compile(
    rf"\b{_TRAINING}[^\n]{{0,60}}\bfrom[ -](?:scratch|the ground up)(?![A-Za-z])"
    rf"|\bfrom[ -]scratch(?![A-Za-z])[^\n]{{0,40}}(?:\b{_TRAINING}|학습|훈련)"
    r"|(?:처음부터|밑바닥부터|프롬 ?스크래치)[^\n]{0,30}(?:학습|훈련|개발|구축|만들|만든)"
    r"|(?:독자|자체)(?:적으로)?[ ]?(?:사전[ ]?)?(?:개발|학습|훈련|구축)[^\n]{0,20}(?:모델|가중치|LLM)"
    r"|(?:모델|가중치|LLM)(?:을|를|은|는)?[^\n]{0,20}(?:독자|자체)(?:적으로)?[ ]?(?:사전[ ]?)?"
    r"(?:개발|학습|훈련|구축)",
    re.IGNORECASE,
)
_SCRATCH = re.compile(r"\bfrom[ -](?:scratch|the ground up)", re.IGNORECASE)
_NONE = re.compile(r"\bno (?:[\w-]+ ){0,2}$", re.IGNORECASE)
# a hyphen stands within words alone: where it may begin one too, `A-A-A-…` takes minutes
_NAME = (
    r"[A-Z][A-Za-z0-9._/-]{0,79}(?: [\dA-Z][A-Za-z0-9._-]{0,39}){0,3}|[a-z][a-z0-9-]{0,39}/[A-Za-z0-9._-]{1,79}"
)
_FROM_WEIGHTS = re.compile(
    r"\b(?i:fine-?tun(?:e|ed|ing)|initiali[sz]ed|merged|quanti[sz]ed|continu\w{0,6} (?:to )?pre-?train\w{0,5})\b"
    rf"[^.\n]{{0,40}}?\b(?:from|of|on)\b[ ]{{1,3}}(?:the[ ])?[\[(`*\"']{{0,3}}(?P<name>{_NAME})"
    r"|(?<![A-Za-z0-9._/-])(?P<korean>[A-Za-z][A-Za-z0-9._/-]{0,79}(?: [A-Za-z0-9._-]{1,40}){0,3})"
    r"(?:(?:을|를|의)?[ ]?(?:모델(?:을|를)?[ ]?)?"
    r"(?:(?:로|으로|에서)[ ]?(?:가중치를[ ]?)?초기화|파인[ ]?튜닝|미세[ ]?조정|추가[ ]?(?:사전[ ]?)?학습)"
    r"|(?:(?:을|를|의)|[ ]모델(?:을|를)?)[ ]?fine-?tuning|[ ]fine-?tuning(?=[가-힣]))"
)
_BASED_ON = re.compile(
    r"\b(?i:based|built|derived|adapted)\b[^.\n]{0,40}?\b(?:on|with|from|upon)\b[ ]{1,3}(?:the[ ])?"
    rf"[\[(`*\"']{{0,3}}(?P<name>{_NAME})"
    r"|(?<![A-Za-z0-9._/-])(?P<korean>[A-Za-z][A-Za-z0-9._/-]{0,79}(?: [A-Za-z0-9._-]{1,40}){0,3})"
    r"(?:을|를|의)?[ ]?(?:모델(?:을|를)?[ ]?)?(?:기반|바탕으로)"
)
_KOREAN_NAME = r"(?<![A-Za-z0-9._/-])(?P<{}>[A-Za-z][A-Za-z0-9._/-]{{0,79}}(?: [A-Za-z0-9._-]{{1,40}}){{0,3}})"
_BEFORE = r"(?:the )?[\[(`*\"']{0,3}"
_DATA = r"(?:data(?:sets?)?|responses?|samples?|instructions?|conversations?|traces?|outputs?)"
_DISTILLED = re.compile(
    rf"\b(?i:distill?(?:ed|ation|ing)?)\b[^.\n]{{0,60}}?\b(?i:from|of)\b {_BEFORE}(?P<from>{_NAME})"
    r"|\b(?i:teacher(?: models?)?)\b(?i: (?:is|was|were|are|of|being))?[: ]{1,3}"
    rf"{_BEFORE}(?P<teacher>{_NAME})"
    rf"|(?<![\w./-])(?P<as>{_NAME})[\])`*\"']{{0,3}} as (?:the|a|our) (?i:teacher)"
    rf"|\b(?i:{_DATA})\b[^.\n]{{0,60}}?\b(?i:generated|synthesi[sz]ed|produced|created)\b[^.\n]{{0,20}}?"
    rf"\b(?i:by|with|from|using)\b {_BEFORE}(?P<data>{_NAME})"
    rf"|{_KOREAN_NAME.format('ko1')}(?:을|를|의)?[ ]?(?:교사|선생)[ ]?모델"
    rf"|교사[ ]?모델(?:은|로는|로|:)?[ ]?{_KOREAN_NAME.format('ko2')}"
    rf"|{_KOREAN_NAME.format('ko3')}(?:을|를|의|에서|로부터|으로부터)?[ ]?(?:지식[ ]?|출력을[ ]?)?증류"
    rf"|{_KOREAN_NAME.format('ko4')}(?:로|으로|을 이용해|를 이용해|을 사용해|를 사용해|이|가)[ ]?(?:직접[ ]?)?"
    r"(?:생성|합성)(?:한|된|하여|해)[ ]?[^.\n]{0,20}(?:데이터|응답|답변|말뭉치)"
    rf"|(?:합성[ ]?데이터|학습[ ]?데이터|응답|답변)(?:는|은|을|를|의)?[^.\n]{{0,30}}?{_KOREAN_NAME.format('ko5')}"
    r"(?:로|으로|을 이용해|를 이용해|을 사용해|를 사용해)[ ]?(?:생성|합성)"
)
_OTHERS = re.compile(
    r"\b(?:tokeni[sz]er|projector|adapter|encoder|connector|datasets?|data|corpus|benchmark|harness|evaluation|pipeline"
    r"|library|framework|outputs?|answers?|impl(?:ementation)?)\b"
    r"|토크나이저|데이터|말뭉치|코퍼스|벤치마크|평가|프로젝터|어댑터|인코더|파이프라인|출력",
    re.IGNORECASE,
)
"""What else may be built from scratch, or taken from a model: none of it is the weights as a whole."""
_MATERIAL = re.compile(
    r"\b(?:on|with|using|of|over)\b [^.;,\n]{0,60}?\b(?:data(?:sets?)?|corpus)\b"
    r"|(?:데이터(?:셋|세트)?|말뭉치|코퍼스)만?[ ]?(?:으?로|에서|[을를][ ]?(?:이용|사용|활용))",
    re.IGNORECASE,
)
"""What a model is trained on: it isn't what was made from scratch."""
_TOOL = re.compile(
    r"-Factory|\.cpp|-LM$|-Bench|Megatron|DeepSpeed|PyTorch|Transformers?$|^(?:Our|Korean|English)$"
    r"|^(?:[GCT]PUs?|NPUs?|Colab|Kaggle|AWS|Azure|Windows|Linux|Python|PyPI|CUDA|Docker|Zero-shot)\b",
    re.IGNORECASE,
)


class Claim(msgspec.Struct, frozen=True):
    """A sentence that says where weights come from, or what they are licensed under."""

    kind: Kind
    lines: Lines
    says: str
    name: str = ""
    """As written: of the model that the weights are said to come from, or of a license, without that last word."""


def claims(text: str) -> Iterator[Claim]:
    """The first `MOST` claims in the prose `text`, in order; what it denies is none."""
    found = (claim for sentence, lines in sentences(text) for claim in _claims(sentence, lines))
    return islice(found, MOST)


def names(sentence: str, name: str) -> bool:
    """Whether `sentence` names the family or developer `name`, or one that is called alike."""
    telling = _letters(name)[:_TELLING]
    return bool(telling) and telling in _letters(sentence)


def _letters(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.casefold())


def _claims(sentence: str, lines: Lines) -> Iterator[Claim]:
    says = sentence[:_LONGEST]
    if own_work.denies_others_code(sentence):  # a denial by itself
        yield Claim("own-code", lines, says)
    if _claims_from_scratch(sentence):
        yield Claim("from-scratch", lines, says)
    if DENIED.search(sentence):
        return
    for own, is_claimed in _OWN:
        if is_claimed(sentence):
            yield Claim(own, lines, says)
    yield from _of_weights(sentence, lines, says)


_OWN: tuple[tuple[Kind, Callable[[str], bool]], ...] = (
    ("own-tokenizer", own_work.claims_tokenizer),
    ("own-code", own_work.claims_code),
)


def _claims_from_scratch(sentence: str) -> bool:
    """Whether some part of it says so and no denial belongs to that part; others of the sentence may deny more."""
    if _OTHERS.search(_MATERIAL.sub(" ", sentence)):
        return False
    for match in _FROM_SCRATCH.finditer(sentence):
        begin, end = match.span()
        if _OTHERS.search(match[0]):
            continue
        told = _SCRATCH.search(sentence, begin, end)
        if not denials.denies(sentence, begin, told.start() if told else begin, end) and not (
            denials.is_of_other_models(sentence, begin, end)
        ):
            return True
    return False


def _of_weights(sentence: str, lines: Lines, says: str) -> Iterator[Claim]:
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (("from-weights", _FROM_WEIGHTS), ("based-on", _BASED_ON))
    for kind, pattern in kinds:
        for match in pattern.finditer(sentence):
            name = _name(match)
            if denials.is_of_other_models(sentence, *match.span()):
                continue
            if not _TOOL.search(name) and not _OTHERS.match(sentence, match.end() + 1):
                yield Claim(kind, lines, says, name)
    for match in _DISTILLED.finditer(sentence):
        if _NONE.search(sentence, 0, match.start()) or denials.is_of_other_models(sentence, *match.span()):
            continue
        if not _TOOL.search(name := _name(match)):
            yield Claim("distilled", lines, says, name)


def _name(match: re.Match[str]) -> str:
    return next(one for key, one in match.groupdict().items() if one).rstrip(".,")
