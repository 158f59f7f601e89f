"""What a model card's prose claims of the weights' origin, in English and Korean: claims, never facts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from compliance.model.evidence import Lines

Kind = Literal["from-scratch", "from-weights", "based-on"]
"""`based-on` may mean an architecture alone, `from-weights` doesn't."""

MOST = 50
"""Claims that are read of one card."""
_LONGEST = 200
_TRAINING = r"(?:pre-?train\w*|train\w*|develop\w*|built|build\w*)"
_FROM_SCRATCH = re.compile(
    rf"\b{_TRAINING}\b[^.\n]{{0,60}}\bfrom[ -]scratch\b|\bfrom[ -]scratch\b[^.\n]{{0,40}}\b{_TRAINING}"
    r"|\b(?:fully|entirely|independently) (?:pre-?trained|trained|developed) by\b"
    r"|(?:처음부터|밑바닥부터|프롬 ?스크래치)[^.\n]{0,30}(?:학습|훈련|개발|구축|만들)"
    r"|(?:독자(?:적으로)?|자체(?:적으로)?)[ ]?(?:사전[ ]?)?(?:개발|학습|훈련|구축)",
    re.IGNORECASE,
)
_BASED_ON = re.compile(
    r"\b(?i:fine-?tun\w+|continued? (?:to )?pre-?train\w*|continual(?:ly)? pre-?train\w*|initiali[sz]ed|distill\w+"
    r"|merged|quanti[sz]ed|adapted|derived|based|built)\b[^.\n]{0,40}?\b(?:from|on|with|using|of|upon)\b[ ]+"
    r"(?:the[ ]+)?[\[(`*\"']*(?P<name>[A-Z][\w./-]*(?:[ -][\dA-Z][\w.-]*){0,3}|[a-z][\w-]*/[\w.-]+)"
    r"|(?P<korean>[A-Za-z][A-Za-z0-9._/-]*(?:[ -][A-Za-z0-9._]+){0,3})(?:을|를|의)?[ ]?"
    r"(?:기반으로|기반의|기반한|바탕으로|파인[ ]?튜닝|미세[ ]?조정|추가[ ]?학습|증류)",
)
_FROM_WEIGHTS = re.compile(
    r"fine-?tun|continu|initiali|distill|merged|quanti|파인|미세|추가[ ]?학습|증류", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(?:not|never|n't|instead of|rather than)\b|않|아니", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that says where weights come from."""

    kind: Kind
    lines: Lines
    says: str
    name: str = ""
    """Of a model, as written, that the weights are said to be based on."""


def claims(text: str) -> Iterator[Claim]:
    """The claims in the prose `text`, in order; what it denies is none."""
    found = [
        *((match.start(), "from-scratch", match) for match in _FROM_SCRATCH.finditer(text)),
        *((match.start(), "based-on", match) for match in _BASED_ON.finditer(text)),
    ]
    for start, kind, match in sorted(found, key=lambda one: one[0])[:MOST]:
        line = text.count("\n", 0, start) + 1
        begin = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
        if _NEGATED.search(text, begin, start):
            continue
        says = " ".join(text[begin : match.end()].split())[-_LONGEST:]
        if kind == "from-scratch":
            yield Claim("from-scratch", (line, line), says)
        else:
            of_weights: Kind = "from-weights" if _FROM_WEIGHTS.search(match[0]) else "based-on"
            yield Claim(of_weights, (line, line), says, (match["name"] or match["korean"]).rstrip(".,"))
