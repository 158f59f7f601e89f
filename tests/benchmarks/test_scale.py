"""The plan for a hub: what a file's name says of its kind, and the arithmetic from a file's cost to the whole."""

import re

import pytest

from benchmarks.scale.__main__ import REPOSITORIES, SUBJECTS_A_CALL, Measured, plan
from benchmarks.scale.hub_files import HubFiles, hub_files
from benchmarks.scale.kinds import KINDS, kind_of
from benchmarks.scale.measuring import Slope
from benchmarks.scale.spread import Spent


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("model-00001-of-00002.safetensors", "weights"),
        ("pytorch_model.bin", "weights"),
        ("README.md", "card"),
        ("config.json", "settings"),
        (".gitattributes", "settings"),
        ("tokenizer.json", "vocabulary"),
        ("spiece.model", "vocabulary"),
        ("modeling_hanbit.py", "code"),
        ("samples/1.flac", "media"),
        ("training_args.bin", "other"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_name(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_the_counted_files_are_of_known_kinds() -> None:
    counted = hub_files()

    assert tuple(counted.files) == KINDS
    assert counted.repositories > 0


def test_the_plan_multiplies_files_by_their_cost_and_adds_start_up() -> None:
    hub = HubFiles(
        source="-", repositories=10, median_files=7, largest=9, files=dict.fromkeys(KINDS, 20), card_bytes=1
    )
    measured = Measured(
        kinds={kind: Slope(files=1, bytes=1000, seconds=0.036) for kind in KINDS},
        known=Slope(files=1, bytes=1000, seconds=0.001),
        call=3.6,
        known_call=1.8,
        submission=0.1,
        cache_bytes=500,
        inventory_bytes=250,
        detectors={},
        spent=[Spent("`--cluster`, 2 workers", wall=1, client=2, scheduler=0.1, workers=9, start=1)],
        spread_files=100,
        memory={},
        memory_a_file=1000,
    )

    said = " ".join(plan(measured, hub).split())

    files = 2 * len(KINDS) * REPOSITORIES
    starts = REPOSITORIES / SUBJECTS_A_CALL * 3.6 / 3600
    assert f"**{files * 0.036 / 3600 + starts:,.0f}**" in said
    assert re.search(r"cache \| 7 GB", said)
    assert re.search(r"inventories \| 4 GB", said)  # 3.5
    assert "gets through 100 files a second" in said  # a hundredth of a second each beyond the start
    assert "enough for 4 cores" in said
