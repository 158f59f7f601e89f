"""Which parts of a file are told, by the evidence of each and of the whole."""

from compliance.origins.attribution import Attribution, Candidate, Part
from compliance.origins.telling import LEAST_EVIDENCE, told_parts

MODEL, OTHER = 7, 9


def part(name: str, family: int, evidence: float, *, share: float = 0.9, prints: int = 10) -> Part:
    return Part(name, (0,), prints, (Candidate(family, share, 1.0, evidence),))


def told(*parts: Part, evidence: float = 10) -> dict[int, list[str]]:
    found = told_parts(Attribution(parts, evidence))
    return {family: [one.name for one in members] for family, members in found.items()}


def test_a_part_with_evidence_is_told_of_its_nearest_family() -> None:
    assert told(part("Attention", MODEL, 2.0), part("Router", OTHER, 2.0)) == {
        MODEL: ["Attention"],
        OTHER: ["Router"],
    }


def test_nothing_is_told_where_the_whole_file_tells_too_little() -> None:
    attention = part("Attention", MODEL, 2.0)

    assert told(attention, evidence=LEAST_EVIDENCE - 0.1) == {}
    assert told(attention, evidence=LEAST_EVIDENCE) == {MODEL: ["Attention"]}


def test_a_part_of_which_little_matches_needs_more_evidence() -> None:
    rewritten = part("Attention", OTHER, 0.5, share=0.1, prints=100)

    assert told(rewritten, part("Router", MODEL, 2.0)) == {MODEL: ["Router"]}


def test_a_plain_part_is_told_of_a_family_that_others_come_from() -> None:
    plain = part("Norm", MODEL, 0.0, prints=100)

    assert told(part("Attention", MODEL, 2.0), plain) == {MODEL: ["Attention", "Norm"]}


def test_a_plain_part_of_another_family_is_left_out_where_most_of_the_file_is_plain() -> None:
    plain = part("Norm", OTHER, 0.0, prints=100)

    assert told(part("Attention", MODEL, 2.0), plain) == {MODEL: ["Attention"]}


def test_a_plain_part_is_told_of_any_family_where_most_of_the_file_has_evidence() -> None:
    plain = part("Norm", OTHER, 0.0, prints=10)

    assert told(part("Attention", MODEL, 2.0, prints=90), plain) == {MODEL: ["Attention"], OTHER: ["Norm"]}
