"""Licenses of datasets reach the cards that name them."""

import pytest

from compliance.detectors.dataset_licenses import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import LicenseFinding, ModelCardFinding, place
from tests.detectors.license_findings import tree


def reached(name: str, folder: str, field: str = "datasets") -> list[str]:
    card = place(ModelCardFinding(lines=(5, 5), field=field, value=name), "model/README.md", None)
    license_ = LicenseFinding(lines=(2, 2), expression="CC-BY-NC-4.0", basis="declared", subject="data")
    after = DETECTOR.detect_tree(tree(card, place(license_, f"{folder}/README.md", None)))
    (found,) = [one for one in after if isinstance(one, ModelCardFinding)]
    assert found.id == card.id
    return [f"{one.path} {one.says}" for one in found.evidence if isinstance(one, Statement)]


@pytest.mark.parametrize(
    ("folder", "join"),
    [
        ("hub/datasets--hanbit--corpus/snapshots/1", "cache"),
        ("data/hanbit/corpus", "folders"),
        ("data/corpus", "folder-name"),
    ],
)
@pytest.mark.parametrize("field", ["datasets", "source_datasets"])
def test_the_license_of_a_dataset_at_hand_is_evidence(folder: str, join: str, field: str) -> None:
    assert reached("hanbit/corpus", folder, field) == [f"{folder}/README.md CC-BY-NC-4.0 ({join})"]


def test_another_dataset_says_nothing() -> None:
    assert reached("hanbit/corpus", "data/hanbit/other") == []
