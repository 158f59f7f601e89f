"""Relations that files beside a card suggest, where the card declares none."""

import pytest

from compliance.detectors.base_model_relations import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, ModelCardFinding, place
from tests.detectors.card_findings import base
from tests.detectors.license_findings import tree

CARD = base("model/README.md", "hanbit/garam")


def field(name: str, value: str, path: str = "model/config.json") -> Finding:
    return place(ModelCardFinding(lines=(3, 3), field=name, value=value), path, None)


def inferred(*findings: Finding, files: tuple[str, ...] = ()) -> list[str]:
    return [
        said.says.partition(":")[0]
        for one in DETECTOR.detect_tree(tree(CARD, *findings, files=files))
        for said in one.evidence
        if isinstance(said, Statement) and said.field == "inferred-relation"
    ]


def test_nothing_beside_suggests_a_finetune() -> None:
    assert inferred() == ["finetune"]


@pytest.mark.parametrize(
    ("file", "relation"), [("model/adapter_config.json", "adapter"), ("model/garam-Q4.GGUF", "quantized")]
)
def test_a_file_beside_suggests_a_relation(file: str, relation: str) -> None:
    assert inferred(files=(file,)) == [relation]
    assert inferred(files=(file.replace("model/", "other/"),)) == ["finetune"]


def test_a_stated_quantisation_and_a_recipe_suggest_theirs() -> None:
    assert inferred(field("quantization_config.bits", "4")) == ["quantized"]
    assert inferred(field("merge_method", "slerp", "model/mergekit_config.yml")) == ["merge"]


def test_several_bases_suggest_a_merge() -> None:
    assert inferred(base("model/README.md", "hanbit/sol")) == ["merge", "merge"]


def test_a_declared_relation_leaves_nothing_to_infer() -> None:
    assert inferred(field("base_model_relation", "finetune", "model/README.md")) == []


def test_the_base_keeps_its_identifier() -> None:
    (after,) = DETECTOR.detect_tree(tree(CARD))

    assert after.id == CARD.id


def test_a_relation_that_is_declared_with_the_base_leaves_nothing_to_infer() -> None:
    said = Statement(lines=(1, 1), field="base_model_relation", says="adapter")
    of_adapter = place(
        ModelCardFinding(lines=(1, 1), field="base_model", value="hanbit/garam", evidence=(said,)),
        "model/adapter_config.json",
        None,
    )

    (after,) = DETECTOR.detect_tree(tree(of_adapter))

    assert after.evidence == (said,)
