"""The index of a model in several files: which tensor lies in which, and how many bytes they have together.

Format: `model.safetensors.index.json` and `pytorch_model.bin.index.json` as `huggingface_hub` writes them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import msgspec

from compliance.model.skip import Reason
from compliance.model.text import Text, encodable
from compliance.weights.caps import LONGEST_NAME, MAX_COUNT, MAX_HEADER, MAX_TENSORS
from compliance.weights.faults import Fault, malformed, too_large
from compliance.weights.json_headers import decoded
from compliance.weights.shards import ShardContent, shard_content
from compliance.weights.tensors import Faults

SUFFIXES = (".safetensors.index.json", ".bin.index.json")
MAX_SHARDS = 2_000
LONGEST_SHARD = 100
"""Characters of a shard's file name."""


class WeightIndex(msgspec.Struct, frozen=True):
    """What an index says."""

    tensors: int
    shards: Mapping[str, ShardContent]
    """By file name, in the order of first mention."""
    total_size: int | None
    """Bytes of all tensors, as the index says."""
    names: tuple[str, ...] = ()
    """Of all tensors."""
    faults: tuple[Fault, ...] = ()


def read(stream: BinaryIO, size: int) -> WeightIndex:
    """The index in `stream`, which has `size` bytes.

    Raises:
        WeightFileError: it isn't an index, or is over a cap.
        OSError: the stream can't be read.
    """
    if size > MAX_HEADER:
        raise too_large(f"an index of {size:,} bytes", f"색인 {size:,}바이트")
    root = decoded(stream.read(size))
    places = root.get("weight_map")
    if not isinstance(places, dict):
        raise malformed("there is no weight_map", "weight_map 항목이 없음")
    if len(places) > MAX_TENSORS:
        raise too_large(f"{len(places):,} tensors", f"텐서 {len(places):,}개")
    faults = Faults()
    names = _names_by_shard(places, faults)
    shards = {shard: shard_content(listed) for shard, listed in names.items()}
    total = _total_size(root, faults)
    listed = tuple(name for many in names.values() for name in many)
    return WeightIndex(len(listed), shards, total, listed, faults.all())


def compare(
    said: Mapping[str, ShardContent], total_size: int | None, present: Mapping[str, ShardContent | None]
) -> Iterator[tuple[str, Fault]]:
    """Where files differ from what their index says: each shard with its fault; an empty name for all together.

    Args:
        said: the index's shards.
        total_size: as the index says.
        present: the shards that are here; None for one whose header couldn't be read, which is reported there.
    """
    for shard, expected in said.items():
        if shard not in present:
            yield shard, _fault("missing-file", f"{shard} isn't here", f"{shard} 파일이 없음", shard)
        elif (found := present[shard]) is not None and found.names != expected.names:
            counts = f"{expected.tensors:,} tensors by the index, {found.tensors:,} in the file"
            counted = f"색인에는 텐서 {expected.tensors:,}개, 파일에는 {found.tensors:,}개"
            yield (
                shard,
                _fault(
                    "malformed", f"other tensors than listed: {counts}", f"다른 텐서가 들어 있음: {counted}", shard
                ),
            )
    sizes = [found.data_bytes if found else None for found in (present.get(shard) for shard in said)]
    if total_size is not None and None not in sizes and sum(one or 0 for one in sizes) != total_size:
        have = sum(one or 0 for one in sizes)
        words = f"total_size is {total_size:,}, the tensors have {have:,} bytes"
        yield (
            "",
            _fault(
                "malformed", words, f"total_size 값은 {total_size:,}, 실제 텐서는 {have:,}바이트", "total_size"
            ),
        )


def _fault(reason: Reason, en: str, ko: str, entry: str) -> Fault:

    return Fault(reason, Text(en=en, ko=ko), entry=entry)


def _names_by_shard(places: dict[str, Any], faults: Faults) -> dict[str, list[str]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for tensor, shard in places.items():
        if not isinstance(shard, str) or not shard or shard in (".", "..") or {"/", "\\", "\0"} & set(shard):
            faults.add(
                malformed("its file isn't a name in the same folder", "같은 폴더의 파일 이름이 아님", entry=tensor)
            )
        elif len(shard) > LONGEST_SHARD or len(tensor) > LONGEST_NAME:
            faults.add(too_large("a name is too long", "이름이 너무 긺", entry=tensor))
        elif shard not in names and len(names) == MAX_SHARDS:
            raise too_large(f"more than {MAX_SHARDS:,} files", f"파일이 {MAX_SHARDS:,}개를 넘음", entry=tensor)
        else:
            names[encodable(shard)].append(encodable(tensor))
    return dict(names)


def _total_size(root: dict[str, Any], faults: Faults) -> int | None:
    metadata = root.get("metadata")
    said = metadata.get("total_size") if isinstance(metadata, dict) else None
    if said is None:
        return None
    if isinstance(said, float) and said.is_integer():  # some writers divide on the way
        said = int(said)
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said <= MAX_COUNT:
        faults.add(malformed("it isn't a number of bytes", "바이트 수가 아님", entry="total_size"))
        return None
    return said
