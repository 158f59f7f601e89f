"""Likeness: tuned, merged and scaled copies are near; what was made on its own isn't; patterns say nothing."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from compliance.weights.fingerprints import ReferenceTensor, TensorPrint
from compliance.weights.likeness import PAIRS, Likeness, Sketches, chance, without_patterns
from compliance.weights.references import Reference, References, kept
from tests.weights.test_tensor_fingerprints import prints

SHAPE = (256, 300)
Array = NDArray[np.float32]


def matrix(seed: int, shape: tuple[int, ...] = SHAPE) -> Array:
    return np.random.default_rng(seed).normal(0, 0.02, shape).astype("<f4")


def model(seed: int, layers: int = 4) -> dict[str, Array]:
    return {f"layers.{number}.up.weight": matrix(1000 * seed + number) for number in range(layers)}


def known(values: dict[str, Array]) -> References:
    return References(
        [Reference(name="hanbit/garam", developer="Hanbit", country="KR", tensors=kept(prints(values)))]
    )


def alike(values: dict[str, Array], to: dict[str, Array]) -> list[Likeness]:
    references = known(to)
    return [one for found in prints(values) for one in references.alike_to(found).values()]


@pytest.mark.parametrize("moved", [0.01, 0.1, 0.5, 1.0, 1.5])
def test_a_copy_that_was_trained_on_is_alike_tensor_by_tensor(moved: float) -> None:
    tuned = {
        name: one + np.float32(moved) * matrix(50 + place) for place, (name, one) in enumerate(model(1).items())
    }

    assert [(one.found.name, one.original.name) for one in alike(tuned, model(1))] == [
        (name, name) for name in model(1)
    ]


def test_a_model_from_another_seed_is_not() -> None:
    assert alike(model(2), model(1)) == []


def test_names_do_not_matter() -> None:
    renamed = {f"tower.{name}": one * np.float32(0.5) for name, one in model(1).items()}

    assert [one.original.name for one in alike(renamed, model(1))] == list(model(1))


def test_exchanged_signs_are_told() -> None:
    assert all(one.cosine < -0.99 for one in alike({"w": -model(1)["layers.2.up.weight"]}, model(1)))
    assert len(alike({"w": -model(1)["layers.2.up.weight"]}, model(1))) == 1


def test_a_mean_of_two_models_is_alike_to_both() -> None:
    mean = {name: (one + model(2)[name]) / np.float32(2) for name, one in model(1).items()}

    assert [len(alike(mean, model(seed))) for seed in (1, 2, 3)] == [4, 4, 0]


def test_rows_that_were_added_at_the_end_leave_a_table_alike() -> None:
    table = matrix(1, (1000, 350))
    longer = np.concatenate([table + matrix(2, table.shape) / 5, matrix(3, (90, 350))]).astype("<f4")

    assert len(alike({"embed": longer}, {"embed": table})) == 1
    assert len(alike({"embed": table}, {"embed": longer})) == 1


def test_reordered_rows_are_not_recognised() -> None:
    shuffled = {name: np.random.default_rng(9).permutation(one) for name, one in model(1).items()}

    assert alike(shuffled, model(1)) == []


@pytest.mark.parametrize("name", ["pos_embed", "wpe.weight", "encoder.position_embeddings.weight", "m.exp_avg_sq"])
def test_tables_of_positions_and_states_of_optimizers_have_no_sketch(name: str) -> None:
    assert [one.sketch for one in prints({name: matrix(1)})] == [None]


def test_names_that_only_contain_such_words_have_one() -> None:
    assert all(one.sketch for one in prints({"composer.weight": matrix(1), "opposite.weight": matrix(2)}))


def test_a_vector_has_no_sketch() -> None:
    assert [one.sketch for one in prints({"bias": matrix(1).reshape(-1)})] == [None]


def sketched(values: dict[str, Array]) -> list[str]:
    return [one.name for one in without_patterns(prints(values)) if one.sketch]


def test_what_all_layers_start_from_says_nothing() -> None:
    formula = np.log(np.arange(1, 301, dtype=np.float64)) * np.sin(np.arange(300))
    rates = {
        f"layers.{number}.A_log": (np.tile(formula, (256, 1)) + matrix(number) * 5).astype("<f4")
        for number in range(3)
    }

    assert sketched(model(1) | rates) == list(model(1))
    assert alike({"layers.0.A_log": rates["layers.1.A_log"]}, model(1) | rates) == []


def test_a_layer_that_was_repeated_once_still_says_something() -> None:
    deeper = model(1, 6) | {"layers.6.up.weight": model(1)["layers.3.up.weight"] + matrix(77) / np.float32(4)}

    assert sketched(deeper) == list(deeper)


def test_equal_tensors_of_one_model_are_no_pattern() -> None:
    assert len(sketched({"embed": matrix(1), "head": matrix(1), "other": matrix(2)})) == 3


def random_tensor(name: str, seed: int) -> ReferenceTensor:
    sketch = np.random.default_rng(seed).integers(0, 256, 128, np.uint8).tobytes()
    return ReferenceTensor(name, "F32", (256, 256), f"{seed:032x}", sketch=sketch)


def test_of_very_many_tensors_of_one_shape_those_of_the_same_name_are_compared() -> None:
    experts = [random_tensor(f"layers.{one // 90}.experts.{one % 90}.up.weight", one) for one in range(9_000)]
    sketches = Sketches((0, one) for one in experts)
    found = experts[7_000]
    same = TensorPrint(f"model.{found.name}", "F32", (256, 256), "0", sketch=found.sketch)

    assert [one.original for one in sketches.alike(same).values()] == [found]


def test_the_number_that_evidence_gives_is_the_one_that_was_measured() -> None:
    measured = (Path(__file__).parents[2] / "docs" / "accuracy.md").read_text(encoding="utf-8")

    assert f"Of {PAIRS:,} pairs 0 were alike" in measured


def test_chance_holds_however_tensors_depend_on_each_other() -> None:
    assert chance(1, 1000) == 1.0
    assert chance(100, 1000) == pytest.approx(0.01)
    assert chance(1000, 1000) == pytest.approx(0.001)
