"""What a model card's prose claims of the weights' origin, in English and Korean: claims, never facts.

A sentence counts only where it says so of the model: denials, data, tools and single parts are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from compliance.model.evidence import Lines

Kind = Literal["from-scratch", "from-weights", "based-on", "own-tokenizer", "own-code"]
"""`based-on` may mean an architecture alone, `from-weights` doesn't. `own-code`: no code of others is in it."""

MOST = 50
"""Claims that are read of one card."""
LONGEST_SENTENCE = 600
"""Characters of a sentence that are looked at."""
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
_NAME = (
    r"[A-Z][A-Za-z0-9._/-]{0,79}(?:[ -][\dA-Z][A-Za-z0-9._-]{0,39}){0,3}|[a-z][a-z0-9-]{0,39}/[A-Za-z0-9._-]{1,79}"
)
_FROM_WEIGHTS = re.compile(
    r"\b(?i:fine-?tun\w{0,5}|initiali[sz]ed|merged|quanti[sz]ed|continu\w{0,6} (?:to )?pre-?train\w{0,5})\b"
    rf"[^.\n]{{0,40}}?\b(?:from|of|on)\b[ ]{{1,3}}(?:the[ ])?[\[(`*\"']{{0,3}}(?P<name>{_NAME})"
    r"|(?<![A-Za-z0-9._/-])(?P<korean>[A-Za-z][A-Za-z0-9._/-]{0,79}(?:[ -][A-Za-z0-9._]{1,40}){0,3})"
    r"(?:을|를|의)?[ ]?(?:모델(?:을|를)?[ ]?)?"
    r"(?:(?:로|으로|에서)[ ]?(?:가중치를[ ]?)?초기화|파인[ ]?튜닝|fine-?tuning"
    r"|미세[ ]?조정|추가[ ]?(?:사전[ ]?)?학습)"
)
_BASED_ON = re.compile(
    r"\b(?i:based|built|derived|adapted)\b[^.\n]{0,40}?\b(?:on|with|from|upon)\b[ ]{1,3}(?:the[ ])?"
    rf"[\[(`*\"']{{0,3}}(?P<name>{_NAME})"
    r"|(?<![A-Za-z0-9._/-])(?P<korean>[A-Za-z][A-Za-z0-9._/-]{0,79}(?:[ -][A-Za-z0-9._]{1,40}){0,3})"
    r"(?:을|를|의)?[ ]?(?:모델(?:을|를)?[ ]?)?(?:기반|바탕으로)"
)
_OWN = r"(?:our own|in-house|self-developed|self-trained|proprietary)"
_MADE = r"(?:train|develop|buil[dt]|creat|design|construct)\w*"
_OWN_TOKENIZER = re.compile(
    rf"\b{_OWN}\b[^.\n]{{0,30}}\btokeni[sz]er"
    rf"|\btokeni[sz]er\b[^.\n]{{0,40}}\b(?:{_OWN}(?![A-Za-z])|{_MADE} [^.\n]{{0,20}}from scratch(?![A-Za-z]))"
    rf"|\b{_MADE} [^.\n]{{0,20}}\btokeni[sz]er\b[^.\n]{{0,20}}\bfrom scratch(?![A-Za-z])"
    r"|(?:자체|독자)(?:적으로|적인)?[ ]?(?:개발|학습|구축|제작|설계)?(?:한|된)?[ ]?[^\n]{0,12}토크나이저"
    r"|토크나이저[^\n]{0,20}(?:자체|독자|처음부터|직접)[^\n]{0,12}(?:개발|학습|구축|제작|설계|만들|만든)",
    re.IGNORECASE,
)
_OTHERS_CODE = r"(?:third[- ]party|3rd[- ]party|foreign|external|borrowed|copied|other people's)"
_NO_FOREIGN_CODE = re.compile(
    rf"\b(?:no|without(?: any)?|free (?:of|from)|(?:doe|i)s not (?:use|contain|include)(?: any)?)[ ]{_OTHERS_CODE}"
    r"(?: source| model| inference)? code\b(?! license)"
    r"|(?:외부|제[ ]?3자|타사|해외|외산|다른[ ]?(?:사람|회사)의?)[ ]?(?:소스[ ]?)?코드(?:를|는|가|도|은)?[ ]?"
    r"(?:전혀[ ]?|일절[ ]?)?(?:쓰지|사용하지|포함하지|포함되지|차용하지|가져오지|없)",
    re.IGNORECASE,
)
_OWN_CODE = re.compile(
    r"\b(?:all|entire|whole)\b[^.\n]{0,40}\bcode\b[^.\n]{0,20}\b(?:is|was|has been)\b[^.\n]{0,20}"
    r"\b(?:our own|in-house|(?:written|implemented|developed) (?:by us|by ourselves|from scratch|in-house))"
    r"(?![A-Za-z])"
    r"|(?:모든|전체|전)[ ]?(?:소스[ ]?)?코드(?:를|는|가|은)?[^\n]{0,20}(?:자체|직접|독자|처음부터)(?:적으로)?[ ]?"
    r"(?:개발|작성|구현)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|neither|nor|without|instead of|rather than|unlike)\b|n't\b"
    r"|지 ?않|것이 ?아니|모델이 ?아니|(?:은|는|이|가) ?아닙",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:tokeni[sz]er|projector|adapter|encoder|connector|datasets?|data|corpus|benchmark|harness|evaluation|pipeline"
    r"|library|framework|outputs?|answers?)\b"
    r"|토크나이저|데이터|말뭉치|코퍼스|벤치마크|평가|프로젝터|어댑터|인코더|파이프라인|출력",
    re.IGNORECASE,
)
"""What else may be built from scratch, or taken from a model: none of it is the weights as a whole."""
_TOOL = re.compile(
    r"-Factory|\.cpp|-LM$|-Bench|Megatron|DeepSpeed|PyTorch|Transformers?$|^(?:Our|Korean|English)$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<!\d)\.(?=\s|$)|[!?\u3002](?=\s|$)|\n\s*\n|\n(?=[#*|>-])")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that says where weights come from."""

    kind: Kind
    lines: Lines
    says: str
    name: str = ""
    """Of a model, as written, that the weights are said to be based on."""


def claims(text: str) -> Iterator[Claim]:
    """The first `MOST` claims in the prose `text`, in order; what it denies is none."""
    found = 0
    line, begin = 1, 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[begin : min(end, begin + LONGEST_SENTENCE)]
        lead = len(sentence) - len(sentence.lstrip())
        first = line + sentence.count("\n", 0, lead)
        for claim in _claims(" ".join(sentence.split()), first, first + sentence.strip().count("\n")):
            yield claim
            found += 1
            if found == MOST:
                return
        line += text.count("\n", begin, end)
        begin = end


def names(sentence: str, name: str) -> bool:
    """Whether `sentence` names the family or developer `name`, or one that is called alike."""
    telling = _letters(name)[:_TELLING]
    return bool(telling) and telling in _letters(sentence)


def _letters(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.casefold())


def _claims(sentence: str, first: int, last: int) -> Iterator[Claim]:
    says = sentence[:_LONGEST]
    if _NO_FOREIGN_CODE.search(sentence):  # a denial by itself
        yield Claim("own-code", (first, last), says)
    if _DENIED.search(sentence):
        return
    if _OWN_TOKENIZER.search(sentence):
        yield Claim("own-tokenizer", (first, last), says)
    if _OWN_CODE.search(sentence):
        yield Claim("own-code", (first, last), says)
    if _FROM_SCRATCH.search(sentence) and not _OTHERS.search(sentence):
        yield Claim("from-scratch", (first, last), says)
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (("from-weights", _FROM_WEIGHTS), ("based-on", _BASED_ON))
    for kind, pattern in kinds:
        for match in pattern.finditer(sentence):
            name = (match["name"] or match["korean"]).rstrip(".,")
            if not _TOOL.search(name) and not _OTHERS.match(sentence, match.end() + 1):
                yield Claim(kind, (first, last), says, name)
