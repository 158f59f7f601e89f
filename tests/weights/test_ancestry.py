"""Which code was made from which is read from the library's sources, never imported."""

from pathlib import Path

from compliance.weights.building.ancestry import ancestors


def write(models: Path, name: str, file: str, source: str) -> None:
    (models / name).mkdir(exist_ok=True)
    (models / name / file).write_text(source, encoding="utf-8")


def test_a_child_has_the_parents_that_it_subclasses_and_theirs(tmp_path: Path) -> None:
    write(tmp_path, "hanbit", "modular_hanbit.py", "from ..middle.modeling_middle import Layer\n")
    write(tmp_path, "middle", "modular_middle.py", "from ..first.modeling_first import (\n    Layer,\n)\n")
    write(tmp_path, "first", "modeling_first.py", "class Layer: ...\n")

    assert ancestors(tmp_path) == {"hanbit": ("first", "middle"), "middle": ("first",)}


def test_a_copied_class_counts_and_configurations_don_t(tmp_path: Path) -> None:
    write(tmp_path, "first", "modeling_first.py", "")
    copied = "# Copied from transformers.models.first.modeling_first.Layer with First->Hanbit\n"
    write(tmp_path, "hanbit", "modeling_hanbit.py", copied)
    write(tmp_path, "other", "modular_other.py", "from ..first.configuration_first import FirstConfig\n")

    assert ancestors(tmp_path) == {"hanbit": ("first",)}
