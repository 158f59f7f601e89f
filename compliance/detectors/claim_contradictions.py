"""What a card claims to be the team's own, against what was found: parts, tokenizers and code of others.

The name of a part is no proof of whose its values are, and a copied file may keep its notice: the finding asks for
review and says on what each side rests. An architecture that others have too contradicts nothing.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from compliance.detectors.detector import Tree
from compliance.model import fact_words
from compliance.model.contradiction import CLAIM, claimed, contradiction
from compliance.model.evidence import Statement
from compliance.model.finding import (
    ContradictionFinding,
    Finding,
    ModelCardFinding,
    OriginFinding,
    WeightsFinding,
    place,
)
from compliance.weights.claims import names

FROM_SCRATCH_AND_PART = "from-scratch-and-part"
OWN_TOKENIZER_AND_TOKENIZER = "own-tokenizer-and-tokenizer"
OWN_CODE_AND_ORIGIN = "own-code-and-origin"
MOST_PLACES = 10
"""Of the other side, in one finding; the next one says how many more there are."""

_ENCODER = "_encoder"
_NAMED_LIKE = frozenset({"config", "tensor-names"})


class ClaimContradictions:
    """Compares claims of cards with findings about weights and code below them, down to the next card."""

    name = "claim-contradictions"
    version = "2"
    order = 71

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, and one for each claim that something found doesn't fit."""
        cards = {posixpath.dirname(one.path) for one in tree.findings if _is_of_card(one)}
        if not cards:
            return tree.findings
        by_card: dict[str | None, list[Finding]] = defaultdict(list)
        for finding in tree.findings:
            by_card[_card_above(finding.path, cards)].append(finding)
        found = [
            place(one, claim.path, tree.revision)
            for folder in sorted(cards)
            for claim, one in _contradictions(by_card[folder], folder)
        ]
        return tree.and_also(found)


def _is_of_card(finding: Finding) -> bool:
    return isinstance(finding, ModelCardFinding) and finding.path.casefold().endswith(".md")


def _card_above(path: str, cards: set[str]) -> str | None:
    """The nearest folder with a card that holds the file at `path`."""
    folder = posixpath.dirname(path)
    while folder and folder not in cards:
        folder = posixpath.dirname(folder)
    return folder if folder in cards else None


def _contradictions(
    findings: Sequence[Finding], folder: str
) -> Iterator[tuple[ModelCardFinding, ContradictionFinding]]:
    for claim in findings:
        if isinstance(claim, ModelCardFinding):
            about, places = _against(claim, findings, folder)
            if places:
                yield claim, contradiction(about, claimed(claim, claim.value), *_few(places))


def _against(claim: ModelCardFinding, findings: Sequence[Finding], folder: str) -> tuple[str, list[Statement]]:
    """What doesn't fit the `claim` of the card in `folder`."""
    match claim.field:
        case "claim:from-scratch":
            return FROM_SCRATCH_AND_PART, _parts(claim, findings, folder)
        case "claim:own-tokenizer":
            return OWN_TOKENIZER_AND_TOKENIZER, _tokenizers(claim, findings)
        case "claim:own-code":
            return OWN_CODE_AND_ORIGIN, _code(findings)
        case _:
            return "", []


def _parts(claim: ModelCardFinding, findings: Sequence[Finding], folder: str) -> list[Statement]:
    """Encoders that are named like another's, and copied tensors in folders below: those beside the card are told
    by the comparison of one folder."""
    own = {one.developer for one in findings if isinstance(one, WeightsFinding) and _names_whole_model(one)}
    return [
        _of_weights(one)
        for one in _of_others(claim, findings)
        if (one.basis == "digest" and posixpath.dirname(one.path) != folder)
        or (one.basis in _NAMED_LIKE and one.component.endswith(_ENCODER) and one.developer not in own)
    ]


def _tokenizers(claim: ModelCardFinding, findings: Sequence[Finding]) -> list[Statement]:
    return [_of_weights(one) for one in _of_others(claim, findings) if one.component == "tokenizer"]


def _code(findings: Iterable[Finding]) -> list[Statement]:
    """Files whose text was found in an origin, and files that name a source themselves."""
    said = []
    for one in findings:
        if isinstance(one, OriginFinding) and one.lineage and _is_of_another(one):
            nearest = one.lineage[0]
            relation, whose = fact_words.RELATIONS[nearest.relation], f"{nearest.project} {nearest.family}".strip()
            said.append(claimed(one, f"{relation.en}: {whose}", f"{relation.ko}: {whose}"))
    return said


def _is_of_another(finding: OriginFinding) -> bool:
    return finding.lineage[0].relation in ("copied", "declared") or finding.declared is not None


def _names_whole_model(finding: WeightsFinding) -> bool:
    return finding.component == "model" and finding.basis in _NAMED_LIKE


def _of_others(claim: ModelCardFinding, findings: Iterable[Finding]) -> Iterator[WeightsFinding]:
    """Weights of known families or developers of which the claim itself doesn't speak."""
    for one in findings:
        if isinstance(one, WeightsFinding):
            known = [name for name in (one.family, one.developer) if name]
            if known and not any(names(claim.value, name) for name in known):
                yield one


def _of_weights(finding: WeightsFinding) -> Statement:
    whose = ", ".join(name for name in (finding.family, finding.developer) if name)
    says = fact_words.of_weights(finding.component, whose, finding.basis)
    return claimed(finding, says.en, says.ko)


def _few(places: Sequence[Statement]) -> Iterator[Statement]:
    yield from places[:MOST_PLACES]
    if len(places) > MOST_PLACES:
        more = fact_words.and_more(len(places) - MOST_PLACES)
        yield Statement(field=CLAIM, says=more.en, says_ko=more.ko)


DETECTOR = ClaimContradictions()
