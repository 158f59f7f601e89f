"""What may stand in a list, and what is wrong with what may not."""

from compliance.licenses import expressions, spdx
from compliance.licenses.term_answers import ANY, answers_of, may_be_answered
from compliance.licenses.terms import TERMS, definition_of
from compliance.model.text import Text
from compliance.policy.suggestions import closest


def pattern_fault(entry: str) -> Text | None:
    """What is wrong with the entry of a list that isn't compared with licenses; None for nothing."""
    return _star_inside(entry) if ANY in entry[:-1] and "=" not in entry else None


def license_fault(entry: str) -> Text | None:
    """What is wrong with the entry of a list that is compared with licenses; None for nothing."""
    if "=" in entry:
        term, _, answer = entry.partition("=")
        return term_fault(term) or answer_fault(term, answer)
    if ANY in entry[:-1]:
        return _star_inside(entry)
    return None if _names_license(entry) else _no_license(entry)


def term_fault(term: str) -> Text | None:
    """That no license is asked for `term`; None where it is."""
    if definition_of(term) is not None:
        return None
    hint = closest(term, (definition.name for definition in TERMS))
    return Text(
        en=f"licenses have no term {term!r}{hint.en}; `compliance licenses terms` lists them",
        ko=f"라이선스에 없는 조건: {term!r}{hint.ko}. 목록: `compliance licenses terms`",
    )


def answer_fault(term: str, answer: str) -> Text | None:
    """That no license answers the known `term` so; None where one may."""
    if answer and may_be_answered(term, answer):
        return None
    known = answers_of(term)
    hint = closest(answer, known)
    choice = ", ".join(known)
    return Text(
        en=f"no license answers {term} with {answer!r}; the answers are {choice}{hint.en}",
        ko=f"{term} 조건에 없는 값: {answer!r}. 가능한 값: {choice}{hint.ko}",
    )


def _names_license(entry: str) -> bool:
    """Whether `entry` names a license of SPDX's list, or a pattern that matches one. References to other licenses
    (`LicenseRef-llama-3.1`) can't be checked: no list of them is complete."""
    if entry.casefold().startswith("licenseref-"):
        return entry.endswith(ANY) or len(expressions.leaves(entry)) == 1
    if entry.endswith(ANY):
        prefix = entry[:-1].casefold().split(" with ")[-1]
        return any(known.casefold().startswith(prefix) for known in spdx.known_identifiers())
    leaves = expressions.leaves(entry)
    return len(leaves) == 1 and all(_is_spdx(part) for part in leaves[0].split(" WITH "))


def _is_spdx(identifier: str) -> bool:
    return identifier.startswith("LicenseRef-scancode-") or spdx.is_listed_by_spdx(identifier.removesuffix("+"))


def _no_license(entry: str) -> Text:
    hint = closest(entry, spdx.known_identifiers())
    return Text(
        en=f"{entry!r} is no license of SPDX's list; write LicenseRef-… for others{hint.en}",
        ko=f"SPDX 목록에 없는 라이선스: {entry!r}. 목록 밖 라이선스는 LicenseRef-…로 쓰세요{hint.ko}",
    )


def _star_inside(entry: str) -> Text:
    return Text(
        en=f"{entry!r}: a * stands for any ending and may only be the last character",
        ko=f"{entry!r}: * 기호는 맨 끝에만 쓸 수 있습니다",
    )
