"""Which license prose states for code, and which for weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.weights.license_claims import license_claims


@pytest.mark.parametrize(
    ("text", "code", "weights"),
    [
        (
            "Code is under [the MIT License](A), models under the EXAONE AI Model License Agreement 1.2 - NC.",
            "MIT",
            "EXAONE AI Model License Agreement 1.2 - NC",
        ),
        (
            "This code is licensed under the MIT License. The use of the models is subject to the Model License.",
            "MIT",
            "Model",
        ),
        (
            "The code is under MIT, the weights under the Llama 3.1 Community License.",
            "MIT",
            "Llama 3.1 Community",
        ),
        ("코드는 MIT 라이선스, 모델 가중치는 Qwen Research 라이선스를 따릅니다.", "MIT", "Qwen Research"),
        (
            "Code is under Apache-2.0. Weights are released under [CC BY-NC 4.0](https://example.org).",
            "Apache-2.0",
            "CC BY-NC 4.0",
        ),
    ],
)
def test_code_and_weights_are_told_apart(text: str, code: str, weights: str) -> None:
    found = {one.kind: one.name for one in license_claims(text)}

    assert found == {"code-license": code, "weights-license": weights}


@pytest.mark.parametrize(
    "text", ["The model is released under Apache 2.0.", "모델은 Apache 2.0 라이선스로 배포됩니다."]
)
def test_a_license_of_weights_alone_is_told(text: str) -> None:
    assert [(one.kind, one.name) for one in license_claims(text)] == [("weights-license", "Apache 2.0")]


@pytest.mark.parametrize(
    "text",
    [
        "The code is released under the Apache 2.0 license.",
        "The model was trained under supervision of Team Hanbit.",
        "The weights are not under the MIT license.",
        "The model runs under Linux.",
        "모델은 개발 중입니다.",
    ],
)
def test_everything_else_is_none(text: str) -> None:
    assert list(license_claims(text)) == []


@given(st.text(alphabet="the code weights under MIT license.모델은 라이선스 A-2\n", max_size=200))
def test_any_prose_is_read(text: str) -> None:
    for one in license_claims(text):
        assert 1 <= one.lines[0] <= text.count("\n") + 1
        assert len(one.says) <= 200


def test_a_version_may_follow_a_comma() -> None:
    (found,) = license_claims("The model weights are licensed under the Apache License, Version 2.0.")

    assert found.name == "Apache License, Version 2.0"


@pytest.mark.parametrize(
    "text",
    [
        "Baseline models are available under the Gemma license.",
        "The base model is released under the Llama 3.1 Community License.",
        "비교 대상 모델은 Gemma 라이선스로 배포됩니다.",
    ],
)
def test_the_license_of_another_model_is_none_of_this_one(text: str) -> None:
    assert list(license_claims(text)) == []
