"""Stacks of layers are found by the numbers in names, whatever the names begin with."""

from hypothesis import given
from hypothesis import strategies as st

from compliance.weights.stacks import FEWEST_NAMES, Named, Surroundings, stacks_of

LAYER = ("norm.weight", "attn.qkv.weight", "mlp.up.weight", "mlp.down.weight")


def layers(root: str, count: int, names: tuple[str, ...] = LAYER) -> list[Named]:
    return [(f"{root}.{layer}.{name}", (8, 8)) for layer in range(count) for name in names]


def test_layers_below_any_prefix_are_one_stack() -> None:
    (stack,) = stacks_of(layers("model.visual.blocks", 3))

    assert (stack.root, stack.layers, set(stack.shapes)) == ("model.visual.blocks", {0, 1, 2}, set(LAYER))


def test_a_list_in_a_list_is_a_stack_of_its_own() -> None:
    found = stacks_of(layers("towers.0.blocks", 3))

    assert [one.root for one in found] == ["towers", "towers.0.blocks"]


def test_a_row_of_layers_with_few_names_is_none() -> None:
    assert stacks_of(layers("mlp", 9, LAYER[: FEWEST_NAMES - 1])) == []


def test_experts_count_once_however_many_there_are() -> None:
    few, many = (
        stacks_of([*layers("layers", 2), *((f"layers.0.experts.{one}.w.weight", (2, 2)) for one in range(count))])
        for count in (2, 64)
    )

    assert few[0].shapes == many[0].shapes


def test_what_quantisation_adds_is_no_part_of_a_layer() -> None:
    plain = layers("layers", 2)
    (stack,) = stacks_of([*plain, *((f"layers.{one}.mlp.up.weight_scale_inv", (1, 1)) for one in range(2))])

    assert set(stack.shapes) == set(LAYER)


def test_a_packed_tensor_stands_for_the_weight_without_its_shape() -> None:
    (stack,) = stacks_of([(name.replace("up.weight", "up.qweight"), shape) for name, shape in layers("layers", 2)])

    assert stack.shapes["mlp.up.weight"] == {None}


def test_a_last_layer_with_names_of_its_own_is_left_out() -> None:
    odd = [(f"model.layers.3.{name}", (8, 8)) for name in (*LAYER, "eh_proj.weight")]

    (stack,) = stacks_of([*layers("model.layers", 3), *odd])

    assert (stack.layers, set(stack.shapes)) == ({0, 1, 2}, set(LAYER))


def test_what_stands_beside_a_stack_has_names_below_the_same_module() -> None:
    tensors = [*layers("m.encoder.layers", 2), ("m.patch.weight", (3, 3)), ("other.weight", (1,))]
    (stack,) = stacks_of(tensors)

    assert dict(Surroundings(tensors).beside(stack, "encoder.layers")) == {"patch.weight": {(3, 3)}}


@given(st.lists(st.text(alphabet="a.0N1-/", max_size=12), max_size=30))
def test_any_names_are_grouped_without_an_error(names: list[str]) -> None:
    tensors: list[Named] = [(name, None) for name in names]
    around = Surroundings(tensors)

    for stack in stacks_of(tensors):
        around.beside(stack, "layers")
        assert stack.layers
