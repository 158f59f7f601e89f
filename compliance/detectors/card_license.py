"""The license of weights that a card leaves to a name, a link or a file: text before name before tag.

`license: other` says that the license stands elsewhere. Where that text is at hand it is what holds; what the card
said stays as evidence, step by step. Two of these that can't both hold are a contradiction.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from compliance.detectors.detector import Tree
from compliance.licenses import spdx
from compliance.licenses.license_addresses import license_of_address
from compliance.licenses.stated_licenses import agrees, is_of_card, is_sure, said, statements, texts_for_weights
from compliance.model.contradiction import CLAIM, LONGEST, claimed, contradiction
from compliance.model.evidence import Statement
from compliance.model.finding import ContradictionFinding, Finding, LicenseFinding, place
from compliance.weights.license_links import target
from compliance.weights.local_copies import LocalCopies

DECLARED_AND_LINKED = "weights-license-declared-and-linked"
LICENSE_TEXT = "weights-license-text"
LICENSE_ADDRESS = "license-address"


class CardLicense:
    """Concludes the license of weights from what a card points to."""

    name = "card-license"
    version = "1"
    order = 25

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings; a card's open declaration gives way to what it points to, any other is kept beside it."""
        if not any(map(is_of_card, tree.of(LicenseFinding))):
            return tree.findings
        pointed = _Pointed(tree)
        after: list[Finding] = []
        for finding in tree.findings:
            found = list(pointed.concluded(finding)) if is_of_card(finding) else []
            is_settled = any(isinstance(one, LicenseFinding) for one in found)
            if not (is_settled and isinstance(finding, LicenseFinding) and finding.expression is None):
                after.append(finding)
            after += [place(one, finding.path, tree.revision) for one in found]
        return after


class _Pointed:
    """What cards of one tree point to."""

    def __init__(self, tree: Tree) -> None:
        self._by_folder = tree.by_folder()
        self._by_path: dict[str, list[Finding]] = defaultdict(list)
        for finding in tree.findings:
            self._by_path[finding.path].append(finding)
        self._files = frozenset(file.path for file in tree.files)
        self._copies = LocalCopies(self._by_folder)

    def concluded(self, card: LicenseFinding) -> Iterator[LicenseFinding | ContradictionFinding]:
        """The license that the text says, where the card leaves it open or says another; what can't both hold."""
        links = statements(card, "license_link")
        beside = [
            one for one in texts_for_weights(self._by_folder[posixpath.dirname(card.path)]) if _is_named(one)
        ]
        linked = [one for link in links for one in self._linked(link.says, card.path)]
        texts = linked or [one for one in beside if one.subject == "weights"]
        if texts:
            agreeing = any(agrees(card, text) for text in texts)
            if card.expression is None or not agreeing:
                yield _conclusion(card, texts)
            if _is_named(card) and not agreeing and not all(text in beside for text in texts):
                yield _contradiction(card, [claimed(text, said(text)) for text in texts])
            return
        for link in links:
            yield from _by_address(card, link)

    def _linked(self, link: str, path: str) -> list[LicenseFinding]:
        """What the file that `link` leads to says for certain."""
        led = target(link, path, self._files, self._copies)
        found = self._by_path.get(led.path, ()) if led.kind == "file" else ()
        return [one for one in found if is_sure(one) and _is_named(one)]


def _by_address(card: LicenseFinding, link: Statement) -> Iterator[LicenseFinding | ContradictionFinding]:
    """What the address of a license, whose text isn't at hand, says."""
    known = license_of_address(link.says)
    if known is None or known.expression is None:
        return
    named = Statement(lines=link.lines, field=LICENSE_ADDRESS, says=f"{known.expression}: {link.says}"[:LONGEST])
    found = LicenseFinding(
        lines=card.lines,
        expression=known.expression,
        basis="concluded",
        license_ids=known.license_ids,
        subject="weights",
        evidence=(*card.evidence, named),
    )
    if not _is_named(card):
        yield found
    elif not agrees(card, found) and not agrees(found, card):
        yield _contradiction(card, [msgspec.structs.replace(named, path=card.path, field=CLAIM)])


def _is_named(finding: LicenseFinding) -> bool:
    return bool(finding.expression or finding.license_ids)


def _conclusion(card: LicenseFinding, texts: Sequence[LicenseFinding]) -> LicenseFinding:
    """What `texts`, which all hold, say; nothing is an expression where one of them was altered."""
    expressions = [one.expression for one in texts if one.expression and not one.altered]
    return LicenseFinding(
        lines=card.lines,
        expression=spdx.join(expressions, "AND") if len(expressions) == len(texts) else None,
        basis="concluded",
        score=min((one.score for one in texts if one.score is not None), default=None),
        license_ids=tuple(dict.fromkeys(license_id for one in texts for license_id in one.license_ids)),
        subject="weights",
        altered=any(one.altered for one in texts),
        evidence=(*card.evidence, *(_text(one) for one in texts)),
    )


def _text(text: LicenseFinding) -> Statement:
    return Statement(path=text.path, lines=text.lines, field=LICENSE_TEXT, says=said(text)[:LONGEST])


def _contradiction(card: LicenseFinding, others: Sequence[Statement]) -> ContradictionFinding:
    return contradiction(DECLARED_AND_LINKED, claimed(card, said(card)), *others)


DETECTOR = CardLicense()
