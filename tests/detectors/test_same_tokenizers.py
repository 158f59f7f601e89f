"""Equal vocabularies in several folders know of each other."""

from compliance.detectors.same_tokenizers import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, ModelCardFinding, place
from tests.detectors.license_findings import tree


def tokenizer(folder: str, vocabulary: str, merges: str = "-", recipe: str = "tokenizer-1") -> Finding:
    value = f"{recipe} BPE pieces=9 vocabulary={vocabulary} merges={merges} special=-"
    finding = ModelCardFinding(field="tokenizer_fingerprint", value=value)
    return place(finding, f"{folder}/tokenizer.json", None)


def others(*findings: Finding) -> list[list[str]]:
    after = DETECTOR.detect_tree(tree(*findings))
    assert [one.id for one in after] == [one.id for one in sorted(findings, key=lambda one: one.path)]
    return [[f"{said.path}: {said.says}" for said in one.evidence if isinstance(said, Statement)] for one in after]


def test_an_equal_vocabulary_elsewhere_is_evidence_on_both_sides() -> None:
    base = tokenizer("hub/models--hanbit--garam/snapshots/1", "aa")

    assert others(base, tokenizer("model", "aa")) == [
        ["model/tokenizer.json: model: vocabulary"],
        ["hub/models--hanbit--garam/snapshots/1/tokenizer.json: hanbit/garam: vocabulary"],
    ]


def test_an_extended_vocabulary_is_known_by_its_first_merges() -> None:
    assert others(tokenizer("a", "aa", "mm"), tokenizer("b", "bb", "mm")) == [
        ["b/tokenizer.json: b: merges"],
        ["a/tokenizer.json: a: merges"],
    ]


def test_another_or_unknown_vocabulary_says_nothing() -> None:
    assert others(tokenizer("a", "aa"), tokenizer("b", "bb"), tokenizer("c", "-"), tokenizer("d", "-")) == [[]] * 4
    assert others(tokenizer("a", "aa"), tokenizer("b", "aa", recipe="tokenizer-0")) == [[], []]
