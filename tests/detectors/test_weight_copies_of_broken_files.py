"""Broken files of every format: values are compared, or a skip says that they weren't, and nothing raises."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from compliance.detectors.weight_copies import WeightCopies
from compliance.model.finding import WeightsFinding
from compliance.model.skip import Skip
from compliance.weights.references import Reference, References, kept
from tests.detectors.examined import examine
from tests.weights.tensor_files import model, safetensors_file
from tests.weights.test_hostile_headers import CHANGES, FORMATS, broken
from tests.weights.test_placed import FORMATS as WRITERS
from tests.weights.test_tensor_fingerprints import prints

WITH_VALUES = {path: (path, write(model(1), "F32")) for path, write in WRITERS.items()}
ALL = FORMATS | WITH_VALUES | {"values": ("a.safetensors", safetensors_file(model(1)))}


@pytest.mark.parametrize("form", ALL)
@settings(max_examples=150, deadline=5_000)
@given(changes=CHANGES)
def test_a_broken_file_is_compared_as_far_as_it_goes(form: str, changes: list[tuple[str, int, bytes]]) -> None:
    reference = Reference(name="hanbit/garam", developer="Hanbit", country="KR", tensors=kept(prints(model(1))))
    path, content = ALL[form]
    with TemporaryDirectory() as folder:
        facts = examine(WeightCopies(References([reference])), Path(folder), path, broken(content, changes))

    assert all(isinstance(one, WeightsFinding | Skip) for one in facts)
