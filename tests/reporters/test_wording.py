"""Every word that a report may need exists in both languages."""

from typing import get_args

import pytest

from compliance.model import fact_words
from compliance.model.finding import Basis, WeightsBasis
from compliance.model.skip import Reason
from compliance.model.verdict import Axis, Severity, Target, Verdict
from compliance.reporters import skipped_words, verdict_words, wording


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (verdict_words.VERDICTS, list(Verdict)),
        (verdict_words.SEVERITIES, list(Severity)),
        (verdict_words.AXES, list(Axis)),
        (verdict_words.TARGETS, list(Target)),
        (wording.BASES, get_args(Basis)),
        (fact_words.WEIGHTS_BASES, get_args(WeightsBasis)),
        (skipped_words.SKIPS, get_args(Reason)),
    ],
)
def test_every_value_of_the_model_has_words(words: dict[str, object], needed: list[str]) -> None:
    assert set(words) == set(needed)


def test_a_reason_of_a_newer_version_is_shown_by_its_name() -> None:
    words = skipped_words.words_of("newer-reason")

    assert words.reason.ko == "newer-reason"
    assert words.advice.ko == "직접 검토하세요"
