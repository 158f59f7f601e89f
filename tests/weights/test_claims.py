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
        "The tokenizer was trained from scratch.",
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
