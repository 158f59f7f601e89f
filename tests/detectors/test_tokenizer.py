"""Tokenizer files: a fingerprint, and whose special tokens they hold."""

import json
from pathlib import Path

import pytest

from compliance.data_files import faults
from compliance.detectors.tokenizer import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import ModelCardFinding, WeightsFinding
from compliance.model.skip import Skip
from compliance.weights import tokenizer_marks
from tests.detectors.examined import Facts, examine, of

DEEPSEEK = ("<｜begin▁of▁sentence｜>", "<｜User｜>")


def tokens(tmp_path: Path, *names: str, file: str = "special_tokens_map.json") -> Facts:
    return examine(DETECTOR, tmp_path, f"model/{file}", json.dumps(list(names), indent=1, ensure_ascii=False))


def test_a_developers_distinctive_tokens_name_it_at_low_confidence(tmp_path: Path) -> None:
    (found,) = of(WeightsFinding, tokens(tmp_path, "<pad>", *DEEPSEEK))

    assert (found.component, found.basis, found.confidence) == ("tokenizer", "config", 0.2)
    assert (found.family, found.country, found.lines) == ("deepseek", "CN", (3, 3))
    assert [one.says for one in found.evidence if isinstance(one, Statement)] == [" ".join(DEEPSEEK)]


def test_tokens_that_json_escapes_are_seen(tmp_path: Path) -> None:
    assert of(WeightsFinding, examine(DETECTOR, tmp_path, "special_tokens_map.json", json.dumps(DEEPSEEK)))


def test_a_developer_with_several_families_of_one_tokenizer_is_named_without_a_family(tmp_path: Path) -> None:
    marks = ("<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>")
    (found,) = of(WeightsFinding, tokens(tmp_path, *marks, file="added_tokens.json"))

    assert (found.family, found.country) == (None, "CN")


@pytest.mark.parametrize(
    "names",
    [
        ("<|im_start|>", "<|im_end|>"),
        ("<s>", "</s>", "[INST]", "[/INST]"),
        ("<｜User｜>",),
        ("[gMASK]", "<sop>"),
        (),
    ],
)
def test_tokens_that_many_share_or_too_few_name_nobody(tmp_path: Path, names: tuple[str, ...]) -> None:
    assert tokens(tmp_path, *names) == []


def test_a_chat_template_holds_tokens_too(tmp_path: Path) -> None:
    template = "{{ '[|system|]' }}{{ content }}[|endofturn|]"
    (found,) = of(WeightsFinding, examine(DETECTOR, tmp_path, "chat_template.jinja", template))

    assert (found.family, found.country) == ("exaone", "KR")


def test_a_vocabulary_has_a_fingerprint(tmp_path: Path) -> None:
    vocab = {f"w{number}": number for number in range(300)}
    content = {"added_tokens": [{"content": one} for one in DEEPSEEK], "model": {"type": "BPE", "vocab": vocab}}
    facts = examine(DETECTOR, tmp_path, "tokenizer.json", json.dumps(content))

    (found,) = of(ModelCardFinding, facts)
    assert found.field == "tokenizer_fingerprint"
    assert found.value.startswith("tokenizer-1 BPE pieces=300 vocabulary=")
    assert [one.family for one in of(WeightsFinding, facts)] == ["deepseek"]


def test_a_broken_tokenizer_is_skipped_and_another_file_of_that_name_left_alone(tmp_path: Path) -> None:
    (skip,) = of(Skip, examine(DETECTOR, tmp_path, "tokenizer.json", '{"added_tokens": [], "model": 3}'))

    assert skip.reason == "malformed"
    assert examine(DETECTOR, tmp_path, "tokenizer.json", '{"rules": []}') == []
    assert examine(DETECTOR, tmp_path, "tokenizer.model", b"PK\x03\x04") == []


def test_files_of_tokenizers_are_wanted_by_name() -> None:
    for name in ("tokenizer.json", "tokenizer.model", "tokenizer.model.v3", "spiece.model", "qwen.tiktoken"):
        assert DETECTOR.wants(f"model/{name}", 1)
    assert not DETECTOR.wants("vocab.txt", 1)
    assert not DETECTOR.wants("classic.model", 1)


def test_no_mark_of_one_developer_fits_another() -> None:
    for mark, family in tokenizer_marks._marks():
        assert [one.developer for one in tokenizer_marks.marked(mark.tokens)] == [family.developer]


def test_the_table_of_tokens_has_no_fault_that_fast_decoding_lets_pass() -> None:
    assert list(faults(tokenizer_marks._CONTENT, tokenizer_marks._Marks)) == []
