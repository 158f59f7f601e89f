"""What prose says of licenses for code and for weights apart, in English and Korean: claims, never facts.

A license of code is told only beside one of weights: alone it is what every README says.
"""

import re
from collections.abc import Iterator

from compliance.model.evidence import Lines
from compliance.weights.claims import Claim, Kind
from compliance.weights.sentences import DENIED, sentences

MOST = 20
"""Claims that are read of one card."""
_LONGEST = 200
_LICENSE = r"[\[(`*\"']{0,3}(?:the )?(?P<license>[A-Z][A-Za-z0-9.+_/ -]{1,60}?)"
_WHAT = (
    r"(?P<code>(?:source |inference |training )?code(?: repository)?|scripts)"
    r"|(?P<weights>(?:pre-?trained |model )?(?:weights?|checkpoints?|parameters)|models?(?! card))"
)
_ENGLISH = re.compile(
    rf"\b(?:{_WHAT})\b[^.;,\n]{{0,60}}?\b(?:(?:licen[sc]ed|released|distributed|published|provided|available) )?"
    rf"(?:under|subject to|governed by)(?: the)?(?: terms of the)? {_LICENSE}"
    r"(?:[\])`*\"']{0,3}(?: |-)?(?P<word>licen[sc]e)\b"
    r"(?P<more> agreement)?(?P<version>,? (?:version )?v?\d(?:[\d.]*\d)?(?: - [A-Z]+)?)?"
    r"|(?=[\])`*\"',;]|\.(?!\d)|\s+and\b|\s+while\b|$))",
    re.IGNORECASE,
)
_KOREAN = re.compile(
    r"(?:(?P<code>(?:소스 ?|추론 ?)?코드)|(?P<weights>(?:모델 ?)?가중치|체크포인트|모델))"
    r"(?:에는|에|는|은|의 경우|의)?[^.,;\n]{0,30}?(?<![A-Za-z0-9])(?P<license>[A-Z][A-Za-z0-9.+_/ -]{1,60}?)"
    r" ?(?P<word>라이[선센]스|[Ll]icen[sc]e)"
)
_LIKE_A_NAME = re.compile(r"MIT|BSD.{0,12}|[A-Z]?GPL.{0,10}|CC[ -].{2,20}|Apache.{0,16}|[A-Z][\w+-]*-\d[\d.]*")
_OF_OTHERS = re.compile(
    r"\b(?:baselines?|benchmark(?:ed)?|compar\w+|other|base|reference|teacher|third[- ]party)"
    r"[ -](?:\w+ )?$"
    r"|(?:비교|기준|기반|교사|다른|타사|벤치마크|베이스라인)[ ]?(?:대상[ ]?)?$",
    re.IGNORECASE,
)
"""Before the words model or weights: of those that this one is compared with, or made of."""
_ENDS = re.compile(r" (?:and|while|but|whereas|which|for)\b.*$", re.IGNORECASE)


def license_claims(text: str) -> Iterator[Claim]:
    """The first `MOST` claims in the prose `text`, if one of them is of weights."""
    found: list[Claim] = []
    for sentence, lines in sentences(text):
        if not DENIED.search(sentence):
            found += _claims(sentence, lines)
        if len(found) >= MOST:
            break
    if any(one.kind == "weights-license" for one in found):
        yield from found[:MOST]


def _claims(sentence: str, lines: Lines) -> Iterator[Claim]:
    for pattern in (_ENGLISH, _KOREAN):
        for match in pattern.finditer(sentence):
            if _OF_OTHERS.search(sentence[max(match.start() - 40, 0) : match.start()]):
                continue
            name = _ENDS.sub("", match["license"]).strip()
            if version := match.groupdict().get("version"):
                name = f"{name} {match['word']}{match['more'] or ''}{version}"
            if match["license"][0].isupper() and (match["word"] or _names_a_license(name)):
                kind: Kind = "code-license" if match["code"] else "weights-license"
                yield Claim(kind, lines, sentence[:_LONGEST], name)


def _names_a_license(name: str) -> bool:
    """Whether a name without the word license beside it is written like one: `MIT`, `CC BY-NC 4.0`."""
    return _LIKE_A_NAME.fullmatch(name) is not None
