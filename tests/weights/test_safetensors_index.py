"""An index of shards is compared with what the shards hold."""

import io
import json

import pytest

from compliance.weights.faults import WeightFileError
from compliance.weights.safetensors_index import WeightIndex, compare, read
from compliance.weights.shards import ShardContent, read_said, shard_content

PLACES = {"a": "1.safetensors", "b": "2.safetensors", "c": "2.safetensors"}
FIRST, SECOND = shard_content(["a"], 4), shard_content(["c", "b"], 8)


def index(places: object, total: object = 12) -> WeightIndex:
    return read_text(json.dumps({"metadata": {"total_size": total}, "weight_map": places}))


def read_text(words: str) -> WeightIndex:
    return read(io.BytesIO(words.encode()), len(words.encode()))


def differences(present: dict[str, ShardContent | None], total: int | None = 12) -> dict[str, str]:
    found = index(PLACES)
    return {shard: fault.said.en for shard, fault in compare(found.shards, total, present)}


def test_an_index_says_which_tensors_each_file_holds() -> None:
    found = index(PLACES)

    assert (found.tensors, found.total_size, found.faults) == (3, 12, ())
    assert found.shards == {"1.safetensors": shard_content(["a"]), "2.safetensors": shard_content(["b", "c"])}


def test_shards_as_the_index_says_are_no_faults() -> None:
    assert differences({"1.safetensors": FIRST, "2.safetensors": SECOND}) == {}


def test_a_missing_shard_is_named() -> None:
    assert differences({"1.safetensors": FIRST}) == {
        "2.safetensors": "2.safetensors isn't here (in 2.safetensors)"
    }


def test_a_tensor_in_the_wrong_shard_is_seen_in_both() -> None:
    found = differences({"1.safetensors": shard_content(["a", "b"], 8), "2.safetensors": shard_content(["c"], 4)})

    assert found == {
        "1.safetensors": "other tensors than listed: 1 tensors by the index, 2 in the file (in 1.safetensors)",
        "2.safetensors": "other tensors than listed: 2 tensors by the index, 1 in the file (in 2.safetensors)",
    }


def test_as_many_tensors_under_other_names_are_seen() -> None:
    assert list(differences({"1.safetensors": shard_content(["x"], 4), "2.safetensors": SECOND})) == [
        "1.safetensors"
    ]


def test_a_lying_total_is_named() -> None:
    found = differences({"1.safetensors": FIRST, "2.safetensors": SECOND}, total=13)

    assert found == {"": "total_size is 13, the tensors have 12 bytes (in total_size)"}


def test_a_total_can_not_be_compared_with_a_shard_that_is_unreadable() -> None:
    assert differences({"1.safetensors": FIRST, "2.safetensors": None}, total=13) == {}


@pytest.mark.parametrize("shard", ["../x.safetensors", "/etc/passwd", "a/b", "..", "", 3, None, "a\\b"])
def test_a_shard_outside_the_folder_is_refused(shard: object) -> None:
    found = index({"a": shard})

    assert (found.shards, len(found.faults)) == ({}, 1)


@pytest.mark.parametrize("total", [-1, "12", 1.5, True, 1 << 70])
def test_a_total_that_is_no_number_of_bytes_is_named(total: object) -> None:
    found = index(PLACES, total)

    assert (found.total_size, len(found.faults)) == (None, 1)


def test_an_index_without_a_total_is_read() -> None:
    assert read_text(json.dumps({"weight_map": PLACES})).total_size is None


@pytest.mark.parametrize("words", ["", "[]", "{}", '{"weight_map": []}', '{"weight_map": {"a": "x", "a": "y"}}'])
def test_what_is_no_index_is_refused(words: str) -> None:
    with pytest.raises(WeightFileError) as raised:
        read_text(words)
    assert raised.value.fault.said.ko


@pytest.mark.parametrize("content", [FIRST, shard_content([])])
def test_what_a_finding_says_of_a_shard_can_be_read_back(content: ShardContent) -> None:
    assert read_said(content.said) == content
    assert read_said("something else") is None
