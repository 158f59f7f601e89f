"""`make accuracy-licenses` measures how license texts are told, over all that ScanCode ships."""

import time
from collections import Counter
from collections.abc import Iterator

from benchmarks.documents import ACCURACY, write_section
from compliance.licenses import scancode
from compliance.licenses.catalog import licenses_by_scancode_key, weight_license, weight_licenses
from compliance.licenses.text_matching import TextMatch
from compliance.licenses.text_parts import license_parts
from compliance.licenses.weight_license_texts import known_texts
from compliance.licenses.words import text_words

ADDED = "The model must not be used for military purposes in the territory of the Republic of Korea."
FEWEST_CLAUSE_WORDS = 13


def main() -> None:
    """Measure, print, and write the section of the document."""
    text = "\n".join(_lines())
    print(text)
    write_section(ACCURACY, "license-texts", text)


def _lines() -> Iterator[str]:
    known = known_texts()
    of_weights = {one.id for one in weight_licenses() if not one.is_general}
    began = time.process_time()
    found = {key: known.match(text_words(scancode.license_text(key) or "")) for key in scancode.license_keys()}
    seconds = time.process_time() - began
    own = {key: match for key, match in found.items() if licenses_by_scancode_key(key)}
    others = {key: match for key, match in found.items() if key not in own}
    yield "# Accuracy of license texts"
    yield ""
    yield (
        f"Written by `make accuracy-licenses`, over the {len(found):,} license texts that ScanCode "
        f"{scancode.scancode_version()} ships; {1000 * seconds / len(found):.1f} ms a text, one core. Two "
        "of those with a key in the knowledge base are policies of use, which are no license's text."
    )
    yield ""
    yield "| texts | number | right, unaltered | right, but altered | another license | one for weights | none |"
    yield "|---|---|---|---|---|---|---|"
    for name, some in (("with a key in the knowledge base", own), ("all others", others)):
        counts = Counter(_outcome(match, key) for key, match in some.items())
        taken = sum(
            match is not None and match.id in of_weights and not _is_known(match, key)
            for key, match in some.items()
        )
        cells = [counts["unaltered"], counts["altered"], counts["another"], taken, counts["none"]]
        yield f"| {name} | {len(some):,} | " + " | ".join(f"{cell:,}" for cell in cells) + " |"
    yield ""
    yield (
        "Others that are taken for another license are MIT, BSD, Apache or CC texts with clauses of their own. "
        "A check tells them as altered where a clause restricts the use and ScanCode doesn't know the very text."
    )
    yield ""
    yield "| altered twins of licenses of weights | number | license right | alteration told |"
    yield "|---|---|---|---|"
    for name, twins in (("a clause added", _added(own)), ("a clause removed", _removed(own))):
        told = [(match, key) for key, text in twins.items() if (match := known.match(text_words(text)))]
        right = [match for match, key in told if _is_known(match, key)]
        yield f"| {name} | {len(twins)} | {len(right)} | {sum(bool(match.changes) for match in right)} |"

    yield ""
    yield (
        "Files with two licenses: every ordered pair of different licenses of the knowledge base whose texts are "
        "at hand, one below the other; and altered twins of licenses of weights, above and below the next license."
    )
    yield ""
    yield "| two licenses in one file | number | both licenses right | alterations right |"
    yield "|---|---|---|---|"
    texts = [(key, scancode.license_text(key) or "") for key, match in own.items() if match]
    pairs = [(one, other) for one in texts for other in texts if not _is_same(one[0], other[0])]
    yield _pairs("both unaltered", [(*pair, (False, False)) for pair in pairs])
    for name, twins in (("a clause added to one", _added(own)), ("a clause removed from one", _removed(own))):
        following = [(twin, _next(texts, twin[0])) for twin in twins.items()]
        above = [(twin, other, (True, False)) for twin, other in following]
        yield _pairs(name, [*above, *((other, twin, (False, True)) for twin, other in following)])


_Keyed = tuple[str, str]
"""A license's key in ScanCode and a text."""


def _pairs(name: str, pairs: list[tuple[_Keyed, _Keyed, tuple[bool, bool]]]) -> str:
    """The row of `pairs`, each with which of the two is altered."""
    right = alterations = 0
    for (key, text), (other_key, other_text), altered in pairs:
        parts = license_parts(text_words(f"{text.rstrip()}\n\n{other_text}"), known_texts())
        told = [part.match for part in parts]
        if len(told) == 2 and _is_known(told[0], key) and _is_known(told[1], other_key):
            right += 1
            alterations += (bool(told[0].changes), bool(told[1].changes)) == altered
    return f"| {name} | {len(pairs):,} | {right:,} | {alterations:,} |"


def _next(texts: list[_Keyed], key: str) -> _Keyed:
    """The first text after that of `key` that is another license's."""
    at = next(number for number, one in enumerate(texts) if one[0] == key)
    return next(one for one in [*texts[at + 1 :], *texts] if not _is_same(one[0], key))


def _is_same(key: str, other: str) -> bool:
    return licenses_by_scancode_key(key) == licenses_by_scancode_key(other)


def _is_known(match: TextMatch | None, key: str) -> bool:
    return match is not None and match.id in {one.id for one in licenses_by_scancode_key(key)}


def _outcome(match: TextMatch | None, key: str) -> str:
    if match is None:
        return "none"
    if not _is_known(match, key):
        return "another"
    return "altered" if match.changes else "unaltered"


def _twins(own: dict[str, TextMatch | None]) -> Iterator[tuple[str, str, str]]:
    """Key, text and a clause in the middle of it, of licenses of weights."""
    for key, match in own.items():
        if match is None:
            continue  # a policy
        license_ = next(iter(licenses_by_scancode_key(key)), None)
        if license_ is None or (known := weight_license(license_.id)) is None or known.is_general:
            continue
        text = scancode.license_text(key) or ""
        lines = [line for line in text.splitlines() if len(line.split()) >= FEWEST_CLAUSE_WORDS]
        yield key, text, lines[len(lines) // 2]


def _added(own: dict[str, TextMatch | None]) -> dict[str, str]:
    return {key: text.replace(clause, f"{ADDED}\n\n{clause}", 1) for key, text, clause in _twins(own)}


def _removed(own: dict[str, TextMatch | None]) -> dict[str, str]:
    return {key: text.replace(clause, "", 1) for key, text, clause in _twins(own)}


if __name__ == "__main__":
    main()
