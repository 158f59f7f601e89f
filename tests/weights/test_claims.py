"""What cards claim of their weights' origin, in two languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.weights.claims import claims


def kinds(text: str) -> list[str]:
    return [one.kind for one in claims(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Our model was trained from scratch on 2T tokens.",
        "A from-scratch pretrained language model.",
        "We pre-trained all weights from scratch.",
        "한빛은 처음부터 학습한 모델입니다.",
        "독자 개발한 언어 모델입니다.",
        "자체 사전 학습한 모델입니다.",
        "from scratch로 사전학습했습니다.",
        "It was pretrained on 12.5T tokens from scratch.",
        "The model was trained\nfrom scratch by us.",
    ],
)
def test_training_from_scratch_is_claimed(text: str) -> None:
    assert kinds(text) == ["from-scratch"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hanbit is fine-tuned from Qwen2.5-7B on Korean data.", "Qwen2.5-7B"),
        ("The weights are initialized from `meta-llama/Llama-3.1-8B`.", "meta-llama/Llama-3.1-8B"),
        ("We continued pre-training on Mistral 7B.", "Mistral 7B"),
        ("It was initialized from [DeepSeek-V3](https://example.org).", "DeepSeek-V3"),
        ("Qwen2.5-7B 모델을 fine-tuning한 모델입니다.", "Qwen2.5-7B"),
        ("Qwen2.5-7B에서 가중치를 초기화했습니다.", "Qwen2.5-7B"),
        ("Qwen2.5를 파인튜닝한 모델입니다.", "Qwen2.5"),
        ("Llama 3.1을 추가 학습했습니다.", "Llama 3.1"),
    ],
)
def test_weights_that_were_taken_over_are_claimed_with_their_name(text: str, name: str) -> None:
    assert [(one.kind, one.name) for one in claims(text)] == [("from-weights", name)]


@pytest.mark.parametrize(
    "text", ["The model is based on the Llama architecture.", "Qwen2.5 기반으로 만들었습니다."]
)
def test_a_base_may_be_an_architecture_alone(text: str) -> None:
    assert kinds(text) == ["based-on"]


@pytest.mark.parametrize(
    "text",
    [
        "This model is not based on Llama.",
        "It was never fine-tuned from Qwen2.5.",
        "Built with love in Seoul.",
        "처음부터 학습한 것이 아니라 Qwen2.5를 기반으로 합니다.",
        "처음부터 학습하지 않았습니다.",
        "It wasn't trained from scratch.",
        "It was trained not from scratch but from a checkpoint.",
        "자체 구축한 데이터셋으로 학습했습니다.",
        "We built an evaluation harness from scratch.",
        "Unlike models trained from scratch, it is small.",
        "Fine-tuned with LLaMA-Factory.",
        "Fine-tuned on Qwen2.5 outputs.",
        "Quantized with llama.cpp.",
        "Install from scratch: remove the folder first.",
        "We compare with models that others published.",
        "모델을 내려받아 사용하세요.",
    ],
)
def test_what_is_denied_or_of_something_else_is_no_claim(text: str) -> None:
    assert kinds(text) == []


def test_a_claim_knows_its_line_and_says_its_sentence() -> None:
    (found,) = claims("# Hanbit\n\nFast. It was trained from scratch.\n")

    assert (found.lines, found.says) == ((3, 3), "It was trained from scratch.")


@given(st.text(alphabet="trained from scratch 기반으로 Qwen\n. -", max_size=200))
def test_any_prose_is_read(text: str) -> None:
    for one in claims(text):
        assert 1 <= one.lines[0] <= text.count("\n") + 1
        assert len(one.says) <= 200


@pytest.mark.parametrize(
    "text",
    [
        "We use our own tokenizer with 128k tokens.",
        "The tokenizer was trained from scratch on Korean text.",
        "We trained a new tokenizer from scratch.",
        "An in-house BPE tokenizer.",
        "자체 개발한 토크나이저를 사용합니다.",
        "독자 토크나이저를 씁니다.",
        "토크나이저는 한국어 말뭉치로 처음부터 학습했습니다.",
    ],
)
def test_a_tokenizer_of_ones_own_is_claimed(text: str) -> None:
    assert kinds(text) == ["own-tokenizer"]


@pytest.mark.parametrize(
    "text",
    [
        "The tokenizer is taken from Qwen2.5.",
        "The tokenizer is not our own.",
        "Bring your own tokenizer.",
        "Load the tokenizer with `from_pretrained`.",
        "토크나이저를 먼저 불러옵니다.",
    ],
)
def test_a_tokenizer_that_is_only_spoken_of_is_no_claim(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The repository contains no third-party code.",
        "Built without any foreign code.",
        "It does not use third-party source code.",
        "All of the inference code was written from scratch.",
        "The entire code is our own.",
        "외부 코드를 전혀 사용하지 않았습니다.",
        "해외 소스 코드는 포함되지 않습니다.",
        "모든 코드를 자체 개발했습니다.",
    ],
)
def test_code_without_others_code_is_claimed(text: str) -> None:
    assert kinds(text) == ["own-code"]


@pytest.mark.parametrize(
    "text",
    [
        "Third-party code is listed in NOTICE.",
        "You may not use the code without a license.",
        "Not all of the code was written by us.",
        "All code is licensed under Apache-2.0.",
        "외부 코드는 NOTICE 파일에 적었습니다.",
        "예제 코드를 직접 실행하세요.",
    ],
)
def test_code_that_is_only_spoken_of_is_no_claim(text: str) -> None:
    assert kinds(text) == []
