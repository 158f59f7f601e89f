"""What denies one claim in a sentence, or says it of models that the card's own is compared with.

`외부 가중치를 사용하지 않고 처음부터 학습` claims, though its sentence holds a denial; weights in
`Qwen2.5를 미세조정한 모델과 달리` are those that the model doesn't come from.
"""

import re

_BEFORE = 80
_AFTER = 40
"""Characters that are looked at on either side of a claim."""
_NEGATED = re.compile(
    r"(?:\b(?:not|never|neither|nor|no|without|instead of|rather than)\b|n't\b)(?:(?!\bbut\b)[^.;,]){0,40}$"
    r"|\b(?:to|can|could|may|might|will) $",  # what a reader may do with it
    re.IGNORECASE,
)
_KOREAN_NEGATED = re.compile(
    r"[^.,;]{0,12}?(?:지[ ]?(?:는[ ]?)?않|지[ ]?못)"
    r"|[ ]?(?:된|한)?[ ]?(?:것|모델)?(?:이|가|은|는)?[ ]?(?:아니|아닌|아닙)"
)
_MODELS = r"(?:models?|LLMs?|baselines?|systems?|checkpoints?|ones|those)"
_OF_OTHERS = re.compile(
    r"\b(?:outperform\w*|surpass\w*|beats?|than|unlike|compar\w+ (?:to|with)|against"
    r"|many|most|other|existing|previous)"
    rf" (?:[\w-]+ ){{0,4}}{_MODELS} (?:(?:that|which) )?(?:(?:are|were|is|have been) )?$",
    re.IGNORECASE,
)
_ADJECTIVES = r"(?:(?:기존|다른|타|국내|해외|공개|한국어|오픈소스|유사한?)[ ]?){0,4}"
_KOREAN_OF_OTHERS = re.compile(
    rf"[ ]?(?:한|된|하는|되는|으로 한|으로)?[ ]?{_ADJECTIVES}"
    r"(?:모델|것|LLM)?들?(?:이|가|은|는|과|와|을|를|에)?[ ]?"
    r"(?:보다|달리|다르게|반면|대비|비교|아닌|아니|없이)"
)


def denies(sentence: str, begin: int, told: int, end: int) -> bool:
    """Whether `sentence` denies the claim at `begin` to `end`, or says how a reader makes it true.

    Args:
        sentence: on one line.
        begin: of the claim.
        told: of the words in it that a denial may stand before, such as `from scratch`.
        end: of the claim.
    """
    before = (begin, told)
    if any(_NEGATED.search(sentence[max(at - _BEFORE, 0) : at]) for at in before):
        return True
    return _KOREAN_NEGATED.match(sentence[end : end + _AFTER]) is not None


def is_of_other_models(sentence: str, begin: int, end: int) -> bool:
    """Whether the claim at `begin` to `end` is of models with which `sentence` compares."""
    if _OF_OTHERS.search(sentence[max(begin - _BEFORE, 0) : begin]):
        return True
    return _KOREAN_OF_OTHERS.match(sentence[end : end + _AFTER]) is not None
