"""Stacks are told by names and shapes; what many build alike names nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.weights.architecture_matching import CONFIDENCES, MOST_SHARING, Likeness, likeness
from compliance.weights.families import DECLARED, family_of_model_type
from compliance.weights.known_structures import KnownStructures, known_structures
from compliance.weights.stacks import Named, Surroundings, stacks_of
from compliance.weights.structure import Configuration, Port, Structure, Structures
from tests.weights.architectures import tensors_of

QWEN_VL = ("qwen2_5_vl_vision", "visual.", "Qwen/Qwen2.5-VL-3B and 7B")


def told(tensors: list[Named], known: KnownStructures | None = None) -> Likeness | None:
    around = Surroundings(tensors)
    found = (likeness(one, around, known or known_structures()) for one in stacks_of(tensors))
    return next((one for one in found if one is not None), None)


def outcome(tensors: list[Named]) -> tuple[str, str] | None:
    found = told(tensors)
    return (found.level, found.structure.type) if found else None


def test_a_published_encoder_is_told_by_names_and_lengths() -> None:
    found = told(tensors_of(*QWEN_VL))

    assert found is not None
    assert (found.level, found.structure.type, found.confidence) == ("lengths", "qwen2_5_vl_vision", DECLARED)
    assert found.configuration is not None
    assert found.configuration.name == QWEN_VL[2]
    assert (found.in_layer, found.beside) == ((12, 12, 12), (4, 4, 4))


def test_another_team_s_encoder_made_from_it_is_among_those_that_fit() -> None:
    found = told(tensors_of(*QWEN_VL))

    assert found is not None
    assert {one.type for one in found.sharing} >= {"qwen2_5_vl_vision", "exaone4_5_vision"}


def test_the_same_architecture_with_other_lengths_is_told_by_names_alone() -> None:
    other: list[Named] = [
        (name, tuple(one + 64 if one == 1280 else one for one in shape or ()))
        for name, shape in tensors_of(*QWEN_VL)
    ]

    found = told(other)

    assert found is not None
    assert (found.level, found.structure.type, found.configuration) == ("names", "qwen2_5_vl_vision", None)
    assert (found.confidence or 1) < DECLARED


def test_more_layers_than_published_are_other_lengths() -> None:
    assert outcome(tensors_of(*QWEN_VL, layers=33)) == ("names", "qwen2_5_vl_vision")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["blocks.0.", "blocks.1.", "x.0.y.3.", ""]),
            st.sampled_from([name.split(".", 3)[-1] for name, _ in tensors_of(*QWEN_VL, layers=1)]),
            st.none() | st.tuples(st.integers(0, 9)) | st.just(()) | st.just((1280, 1280)),
        ),
        max_size=40,
    )
)
def test_any_tensors_are_compared_without_an_error_and_named_by_known_confidences(
    made: list[tuple[str, str, tuple[int, ...] | None]],
) -> None:
    found = told([(begin + name, shape) for begin, name, shape in made])

    assert found is None or found.confidence in CONFIDENCES.values()


@pytest.mark.parametrize("prefix", ["vision_tower.", "perception.towers.0.", ""])
def test_the_begin_of_the_names_doesn_t_matter(prefix: str) -> None:
    assert outcome(tensors_of(QWEN_VL[0], prefix, QWEN_VL[2])) == ("lengths", "qwen2_5_vl_vision")


def test_a_part_of_the_layers_tells_the_same() -> None:
    shard = [one for one in tensors_of(*QWEN_VL, layers=9) if "blocks" in one[0]]

    assert outcome(shard) == ("lengths", "qwen2_5_vl_vision")


def test_renamed_tensors_are_told_by_shapes() -> None:
    renamed = [
        (name.replace("attn", "mixer").replace("mlp", "ffn"), shape) for name, shape in tensors_of(*QWEN_VL)
    ]

    assert outcome(renamed) == ("renamed", "qwen2_5_vl_vision")


def test_usual_shapes_under_other_names_tell_nobody() -> None:
    clip = tensors_of("clip_vision_model", "v.", "openai/clip-vit-large-patch14")
    renamed = [
        (name.replace("_attn", "_x").replace("mlp", "f").replace("layer_norm", "n"), shape) for name, shape in clip
    ]

    found = told(renamed)

    assert found is None or found.level == "generic"


@pytest.mark.parametrize("configuration", ["meta-llama/Llama-3.1-8B", "meta-llama/Llama-2-7b"])
def test_names_that_many_developers_use_name_nobody_even_with_published_lengths(configuration: str) -> None:
    found = told(tensors_of("llama", "model.", configuration))

    assert found is not None
    assert (found.level, found.confidence) == ("generic", None)
    assert len({one.holder for one in found.sharing}) > MOST_SHARING


def test_names_without_shapes_are_told_by_names() -> None:
    names: list[Named] = [(name, None) for name, _ in tensors_of(*QWEN_VL)]

    found = told(names)

    assert found is not None
    assert (found.structure.type, found.same_shapes) == ("qwen2_5_vl_vision", 0)


def test_an_architecture_of_its_own_is_like_nothing() -> None:
    own: list[Named] = [
        (f"net.cells.{layer}.{name}", (96, 96))
        for layer in range(12)
        for name in ("mix.a", "mix.b", "gate.a", "gate.b")
    ]

    assert outcome(own) is None


@pytest.mark.parametrize("shape", [None, ()])
def test_names_that_nobody_uses_without_lengths_are_like_nothing(shape: tuple[int, ...] | None) -> None:
    own: list[Named] = [(f"net.{layer}.part{name}", shape) for layer in range(4) for name in "abcdefghij"]

    assert outcome(own) is None


def table(*structures: Structure, ports: tuple[Port, ...] = ()) -> KnownStructures:
    return KnownStructures(Structures("a library", ports, structures))


def structure(module: str, beside: str = "embed") -> Structure:
    shapes = Configuration("default", 2, "4x4 4x4 4x4 4x4", "4x4")
    return Structure(module, module, "text_decoder", "layers", "a b c d", beside, (shapes,))


LAYERS: list[Named] = [(f"m.layers.{layer}.{name}", (4, 4)) for layer in range(2) for name in "abcd"]
OWN: list[Named] = [*LAYERS, ("m.embed", (4, 4))]


def test_of_two_with_the_same_names_the_one_that_the_other_was_made_from_is_named() -> None:
    known = table(structure("child"), structure("parent"), ports=(Port("child", ("parent",)),))

    found = told(OWN, known)

    assert found is not None
    assert (found.level, found.structure.type) == ("lengths", "parent")


def test_of_two_that_don_t_know_each_other_none_is_named() -> None:
    found = told(OWN, table(structure("one"), structure("other")))

    assert found is not None
    assert found.level == "generic"


def test_what_stands_beside_the_layers_tells_two_with_the_same_layers_apart() -> None:
    found = told(OWN, table(structure("one", beside="patch"), structure("other")))

    assert found is not None
    assert (found.level, found.structure.type) == ("lengths", "other")


def test_an_architecture_from_korea_is_told_as_its_own() -> None:
    found = told(tensors_of("solar_open", "model."))

    assert found is not None
    family = family_of_model_type(found.structure.type)
    assert family is not None
    assert family.country == "KR"
