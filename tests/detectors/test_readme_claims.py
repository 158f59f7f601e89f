"""Which claims of plain READMEs stay."""

import pytest

from compliance.detectors.readme_claims import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, ModelCardFinding, WeightsFinding, place
from tests.detectors.license_findings import tree


def claim(path: str, *, plain: bool = True) -> Finding:
    read = (Statement(field="plain-readme", says="no front matter"),) if plain else ()
    return place(ModelCardFinding(field="claim:from-scratch", value="from scratch", evidence=read), path, None)


@pytest.mark.parametrize("model", ["model.safetensors", "weights/model.gguf", "a/b/pytorch_model.bin"])
def test_a_claim_beside_or_above_weights_stays(model: str) -> None:
    assert list(DETECTOR.detect_tree(tree(claim("README.md"), files=(model,)))) == [claim("README.md")]


def test_a_claim_beside_a_models_configuration_stays() -> None:
    config = place(WeightsFinding(component="model", basis="config"), "model/config.json", None)

    assert len(DETECTOR.detect_tree(tree(claim("model/README.md"), config))) == 2


@pytest.mark.parametrize("other", ["setup.py", "other/model.safetensors", "lib/cache.pkl"])
def test_a_claim_without_a_model_is_dropped(other: str) -> None:
    assert list(DETECTOR.detect_tree(tree(claim("lib/README.md"), files=(other,)))) == []


def test_a_claim_of_a_card_stays_anywhere() -> None:
    assert len(DETECTOR.detect_tree(tree(claim("README.md", plain=False)))) == 1
