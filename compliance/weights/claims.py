"""What a model card's prose claims of the weights' origin, in English and Korean: claims, never facts.

A sentence counts only where it says so of the model: denials, data, tools and single parts are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from compliance.model.evidence import Lines

Kind = Literal["from-scratch", "from-weights", "based-on"]
"""`based-on` may mean an architecture alone, `from-weights` doesn't."""

MOST = 50
"""Claims that are read of one card."""
LONGEST_SENTENCE = 600
"""Characters of a sentence that are looked at."""
_LONGEST = 200
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


def _claims(sentence: str, first: int, last: int) -> Iterator[Claim]:
    if _DENIED.search(sentence):
        return
    says = sentence[:_LONGEST]
    if _FROM_SCRATCH.search(sentence) and not _OTHERS.search(sentence):
        yield Claim("from-scratch", (first, last), says)
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (("from-weights", _FROM_WEIGHTS), ("based-on", _BASED_ON))
    for kind, pattern in kinds:
        for match in pattern.finditer(sentence):
            name = (match["name"] or match["korean"]).rstrip(".,")
            if not _TOOL.search(name) and not _OTHERS.match(sentence, match.end() + 1):
                yield Claim(kind, (first, last), says, name)
