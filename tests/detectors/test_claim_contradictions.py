"""Claims of a card against parts, tokenizers and code of others, and claims that fit."""

import msgspec

from compliance.detectors.claim_contradictions import DETECTOR, MOST_PLACES
from compliance.model.evidence import Statement, told
from compliance.model.finding import (
    ContradictionFinding,
    Declaration,
    Finding,
    ModelCardFinding,
    Origin,
    OriginFinding,
    Relation,
    WeightsBasis,
    WeightsFinding,
    place,
)
from tests.detectors.license_findings import tree


def claim(kind: str, says: str = "All of it is our own.", path: str = "README.md") -> ModelCardFinding:
    return place(ModelCardFinding(lines=(9, 9), field=f"claim:{kind}", value=says), path, None)


def part(
    component: str,
    family: str | None,
    basis: WeightsBasis,
    path: str = "config.json",
    developer: str | None = None,
) -> WeightsFinding:
    finding = WeightsFinding(lines=(3, 3), component=component, family=family, developer=developer, basis=basis)
    return place(finding, path, None)


def code(relation: Relation, path: str = "modeling.py", *, declared: bool = False) -> OriginFinding:
    nearest = Origin(family="example", project="examples", relation=relation, role="direct")
    said = Declaration(path=path, says="adapted from examples") if declared else None
    return place(OriginFinding(lines=(5, 80), lineage=(nearest,), declared=said), path, None)


def found(*findings: Finding) -> list[tuple[str, list[str]]]:
    given = tree(*findings)
    after = DETECTOR.detect_tree(given)
    assert list(after[: len(given.findings)]) == list(given.findings)
    return [
        (one.about, [f"{said.path}: {said.says}" for said in one.evidence if isinstance(said, Statement)])
        for one in after
        if isinstance(one, ContradictionFinding)
    ]


def test_an_encoder_that_is_named_like_anothers_contradicts_training_from_scratch() -> None:
    encoder = part("vision_encoder", "qwen2.5-vl", "config", developer="Alibaba")

    assert found(claim("from-scratch"), encoder) == [
        (
            "from-scratch-and-part",
            [
                "README.md: All of it is our own.",
                "config.json: vision encoder: qwen2.5-vl, Alibaba (by configuration)",
            ],
        )
    ]


def test_an_architecture_that_others_have_contradicts_nothing() -> None:
    whole = part("model", "llama", "config", developer="Meta")
    decoder = part("text_decoder", "llama", "tensor-names", developer="Meta")

    assert found(claim("from-scratch"), whole, decoder) == []


def test_an_encoder_of_the_models_own_developer_contradicts_nothing() -> None:
    whole = part("model", "hanbit", "config", developer="Team Hanbit")
    encoder = part("vision_encoder", "hanbit-vl", "config", developer="Team Hanbit")

    assert found(claim("from-scratch"), whole, encoder) == []


def test_a_claim_that_speaks_of_the_family_itself_fits_it() -> None:
    encoder = part("vision_encoder", "hanbit-vl", "config", developer="Hanbit Labs")

    assert found(claim("from-scratch", "Hanbit was trained from scratch."), encoder) == []


def test_copied_tensors_in_a_folder_below_contradict_training_from_scratch() -> None:
    copied = part("model", "qwen2", "digest", "weights/model.safetensors", "Alibaba")

    assert [about for about, _ in found(claim("from-scratch"), copied)] == ["from-scratch-and-part"]


def test_a_folder_with_a_card_of_its_own_is_not_the_upper_cards_matter() -> None:
    other = place(ModelCardFinding(field="license", value="mit"), "other/README.md", None)
    copied = part("model", "qwen2", "digest", "other/model.safetensors", "Alibaba")

    assert found(claim("from-scratch"), other, copied) == []


def test_a_tokenizer_named_like_anothers_contradicts_one_of_ones_own() -> None:
    tokenizer = part("tokenizer", "qwen2", "path-name", "tokenizer_config.json", "Alibaba")
    encoder = part("vision_encoder", "qwen2", "config", developer="Alibaba")

    assert found(claim("own-tokenizer"), tokenizer, encoder) == [
        (
            "own-tokenizer-and-tokenizer",
            [
                "README.md: All of it is our own.",
                "tokenizer_config.json: tokenizer: qwen2, Alibaba (by name of a path)",
            ],
        )
    ]


def test_copied_code_and_code_that_names_its_source_contradict_code_of_ones_own() -> None:
    said = found(
        claim("own-code"), code("copied"), code("derived", "b.py", declared=True), code("declared", "c.py")
    )

    assert said == [
        (
            "own-code-and-origin",
            [
                "README.md: All of it is our own.",
                "b.py: nearest in the index: examples example",
                "c.py: named by the submission itself: examples example",
                "modeling.py: copied code, nearest in the index: examples example",
            ],
        )
    ]


def test_code_that_is_only_near_imported_or_extended_contradicts_nothing() -> None:
    near: tuple[Relation, ...] = ("derived", "imported", "inherited")

    assert found(claim("own-code"), *(code(one, f"{one}.py") for one in near)) == []


def test_what_contradicts_a_claim_is_said_in_korean_too() -> None:
    encoder = part("vision_encoder", "qwen2.5-vl", "config", developer="Alibaba")
    given = tree(claim("from-scratch"), encoder)

    (contradiction,) = [one for one in DETECTOR.detect_tree(given) if isinstance(one, ContradictionFinding)]

    assert told(contradiction.evidence[-1]).ko == "비전 인코더: qwen2.5-vl, Alibaba(근거: 설정 파일)"
    assert told(contradiction.evidence[0]).ko == "All of it is our own."


def test_many_places_are_counted_beyond_the_first() -> None:
    ((_, said),) = found(
        claim("own-code"), *(code("copied", f"{number:02}.py") for number in range(MOST_PLACES + 5))
    )

    assert len(said) == 1 + MOST_PLACES + 1
    assert said[-1].endswith("and 5 more")


def test_without_a_claim_nothing_is_compared() -> None:
    other = msgspec.structs.replace(claim("own-code"), field="license")

    assert found(other, code("copied"), part("tokenizer", "qwen2", "path-name", developer="Alibaba")) == []
