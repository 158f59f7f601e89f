"""Pairs of statements that can't both hold, with both places, and pairs that can."""

import msgspec

from compliance.detectors.contradictions import DETECTOR
from compliance.detectors.detector import Tree
from compliance.model.evidence import Statement
from compliance.model.finding import (
    ContradictionFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    WeightsFinding,
    place,
)
from tests.detectors.license_findings import detected, match, tree


def card(license_id: str, expression: str | None = None, path: str = "model/README.md") -> LicenseFinding:
    finding = LicenseFinding(
        lines=(2, 2), expression=expression, basis="declared", license_ids=(license_id,), subject="weights"
    )
    return place(finding, path, None)


def text(license_id: str, path: str = "model/LICENSE", *, altered: bool = False) -> LicenseFinding:
    finding = LicenseFinding(
        lines=(1, 40),
        expression=None if altered else f"LicenseRef-{license_id}",
        basis="detected",
        license_ids=(license_id,),
        subject="weights",
        altered=altered,
    )
    return place(finding, path, None)


def field(name: str, value: str, path: str = "model/README.md", line: int = 5) -> ModelCardFinding:
    return place(ModelCardFinding(lines=(line, line), field=name, value=value), path, None)


def found(*findings: Finding) -> list[tuple[str, list[str]]]:
    given: Tree = tree(*findings)
    after = DETECTOR.detect_tree(given)
    assert list(after[: len(given.findings)]) == list(given.findings)
    return [
        (one.about, [f"{claim.path}: {claim.says}" for claim in one.evidence if isinstance(claim, Statement)])
        for one in after
        if isinstance(one, ContradictionFinding)
    ]


def test_a_card_and_another_text_beside_it_contradict_each_other() -> None:
    assert found(card("apache-2.0", "Apache-2.0"), text("llama-3.1")) == [
        (
            "weights-license-declared-and-text",
            ["model/README.md: Apache-2.0", "model/LICENSE: LicenseRef-llama-3.1"],
        )
    ]


def test_a_text_that_scancode_alone_knows_counts_too() -> None:
    mit = detected("model/LICENSE", match("mit"))

    assert [about for about, _ in found(card("apache-2.0", "Apache-2.0"), mit)] == [
        "weights-license-declared-and-text"
    ]
    assert found(card("mit", "MIT"), mit) == []


def test_the_same_license_or_an_altered_text_of_it_is_no_contradiction() -> None:
    assert found(card("llama-3.1"), text("llama-3.1")) == []
    assert found(card("llama-3.1"), text("llama-3.1", altered=True)) == []


def test_one_of_several_texts_is_enough() -> None:
    both = detected("model/LICENSE", match("apache-2.0"), match("mit"))

    assert found(card("apache-2.0", "Apache-2.0"), both) == []
    assert found(card("gpl-2.0", "GPL-2.0-or-later"), detected("model/LICENSE", match("gpl-2.0"))) == []


def test_a_license_of_weights_comes_before_one_of_the_code_beside_it() -> None:
    code = detected("model/LICENSE-CODE", match("mit"))

    assert [about for about, _ in found(card("mit", "MIT"), text("llama-3.1"), code)] == [
        "weights-license-declared-and-text"
    ]


def test_a_free_license_and_a_text_with_clauses_of_its_own_contradict_each_other() -> None:
    altered = text("mit", altered=True)
    unknown = place(
        LicenseFinding(lines=(1, 9), expression=None, basis="detected", subject="weights"), "model/LICENSE", None
    )

    assert found(card("mit", "MIT"), altered)
    assert found(card("apache-2.0", "Apache-2.0"), unknown)


def test_a_doubtful_match_contradicts_nothing() -> None:
    doubtful = msgspec.structs.replace(detected("model/LICENSE", match("isc")), score=15.6)

    assert found(card("llama-3.1"), doubtful) == []


def test_a_text_in_another_folder_is_another_models() -> None:
    assert found(card("apache-2.0", "Apache-2.0"), text("llama-3.1", "other/LICENSE")) == []


def test_a_tag_and_a_name_of_one_card_contradict_each_other() -> None:
    both = msgspec.structs.replace(
        card("apache-2.0", "Apache-2.0"),
        evidence=(Statement(lines=(3, 3), field="license_name", says="llama3.1"),),
    )

    assert found(both) == [
        (
            "weights-license-declared-twice",
            ["model/README.md: Apache-2.0", "model/README.md: license_name: llama3.1"],
        )
    ]


def test_a_card_and_metadata_that_declare_another_license_contradict_each_other() -> None:
    metadata = card("llama-3.1", "LicenseRef-llama-3.1", path="model/a.gguf")

    assert [about for about, _ in found(card("apache-2.0", "Apache-2.0"), metadata)] == [
        "weights-license-declared-twice"
    ]
    assert found(card("llama-3.1", "LicenseRef-llama-3.1"), metadata) == []


def test_a_card_and_its_prose_on_weights_contradict_each_other() -> None:
    weights = field("claim:weights-license", "Llama 3.1 Community: the weights are under it")
    code = field("claim:code-license", "MIT: the code is under it")

    assert [about for about, _ in found(card("mit", "MIT"), weights, code)] == [
        "weights-license-declared-and-claimed"
    ]
    assert found(card("llama-3.1", "LicenseRef-llama-3.1"), weights, code) == []


def test_prose_that_names_no_known_license_contradicts_nothing() -> None:
    assert found(card("mit", "MIT"), field("claim:weights-license", "Model: subject to it")) == []


def test_a_license_of_the_code_is_none_of_the_weights() -> None:
    assert found(card("llama-3.1"), detected("model/LICENSE-CODE", match("mit"))) == []


def test_training_from_scratch_and_a_foreign_base_contradict_each_other() -> None:
    claim = field("claim:from-scratch", "trained from scratch", line=9)

    assert found(claim, field("base_model", "Qwen/Qwen2.5-7B")) == [
        (
            "from-scratch-and-base",
            ["model/README.md: trained from scratch", "model/README.md: base_model: Qwen/Qwen2.5-7B"],
        )
    ]
    assert found(claim, field("_name_or_path", "Qwen/Qwen2.5-7B", "model/config.json"))
    assert found(claim, field("vision_config._name_or_path", "Qwen/Qwen2.5-VL-7B", "model/config.json"))
    assert found(claim, field("base_model", "https://huggingface.co/Qwen/Qwen2.5-7B"))
    assert found(claim, field("_name_or_path", "/data/models/Qwen2.5-7B-Instruct", "model/config.json"))
    assert found(claim, field("claim:from-weights", "Qwen2.5-7B: fine-tuned from Qwen2.5-7B"))


def test_training_from_scratch_and_a_foreign_ancestor_contradict_each_other() -> None:
    claim = field("claim:from-scratch", "trained from scratch", line=9)
    chain = "hanbit/garam (finetune; MIT) \u2190 meta-llama/Llama-3.1-8B (finetune; llama-3.1 by default)"

    assert found(claim, field("base_model_chain", chain))
    assert not found(claim, field("base_model_chain", "hanbit/garam (finetune; MIT)"))


def test_an_architecture_or_a_base_of_ones_own_contradicts_nothing() -> None:
    claim = field("claim:from-scratch", "trained from scratch")

    assert found(claim, field("claim:based-on", "Llama: based on the Llama architecture")) == []
    assert found(claim, field("base_model", "hanbit/garam")) == []
    assert found(claim) == []


def test_a_family_that_the_claim_itself_speaks_of_is_the_teams_own() -> None:
    claim = field("claim:from-scratch", "EXAONE was trained from scratch by LG")

    assert found(claim, field("base_model", "LGAI-EXAONE/EXAONE-4.0-32B")) == []


def test_the_name_of_an_architecture_in_a_files_metadata_proves_nothing() -> None:
    claim = field("claim:from-scratch", "trained from scratch")
    named = WeightsFinding(component="model", family="llama", developer="Meta", country="US", basis="metadata")
    proved = WeightsFinding(component="vision_encoder", family="qwen2_vl", developer="Alibaba", basis="digest")

    assert found(claim, place(named, "model/a.gguf", None)) == []
    assert found(claim, place(proved, "model/a.safetensors", None))
