"""PyTorch's files: the zip of today, the row of pickles before it, the tar before that, and plain pickles.

Nothing is unpickled. Formats: `torch/serialization.py` (`_save`, `_legacy_save`, `_legacy_load`).
"""

import posixpath
from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

import msgspec

from compliance.weights import tar_members, zip_directory
from compliance.weights.faults import WeightFileError, malformed, unsupported
from compliance.weights.header_reader import HeaderReader
from compliance.weights.pickle_machine import Made, PickleMachine
from compliance.weights.pickle_tensors import Found, Storage, tensors_in
from compliance.weights.tensors import Faults, UnsafeGlobal, WeightFile
from compliance.weights.zip_directory import ZipMember

ZIP_MAGIC = b"PK\3\4"
LEGACY_HEAD = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."
"""The first pickle of the older format: its magic number."""

_MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
_MOST_PICKLES = 100
"""In one file or member, and members that are pickles."""
_PICKLED = (".pkl", ".pickle")
_MAIN = "data.pkl"
_COUNT = 8
"""Bytes before each storage of the older format: its number of elements."""


def is_pickle(head: bytes) -> bool:
    """Whether content that starts with `head` (2 bytes or more) is a pickle that says its protocol, 2 or newer."""
    return len(head) > 1 and head[0] == 0x80 and 2 <= head[1] <= 5


def is_zip_of_tensors(stream: BinaryIO, size: int) -> bool:
    """Whether the zip in `stream` has a directory that lists a pickle of PyTorch's. Raises OSError."""
    try:
        return _holds_main(zip_directory.members(stream, size))
    except WeightFileError:
        return False


def read_zip(stream: BinaryIO, size: int) -> WeightFile:
    """The tensors and unsafe names of the PyTorch zip in `stream`, which is seekable and has `size` bytes.

    Raises:
        WeightFileError: the zip is broken, or holds no pickle of PyTorch's.
        OSError: the stream can't be read.
    """
    listed = zip_directory.members(stream, size)
    pickles = [one for one in listed if one.name.lower().endswith(_PICKLED)]  # PyTorch looks them up in any case
    if not _holds_main(pickles):
        raise unsupported("a zip without data.pkl, so not PyTorch's", "data.pkl이 없어 PyTorch 형식이 아닌 zip")
    faults = Faults()
    found: list[Found] = []
    unsafe: list[UnsafeGlobal] = []
    for member in pickles[:_MOST_PICKLES]:
        try:
            packed = zip_directory.content(stream, size, member)
        except WeightFileError as error:
            faults.add(error)
            continue
        machine = PickleMachine(HeaderReader(BytesIO(packed), len(packed)), member.name)
        found += [_in_folder(one, posixpath.splitext(member.name)[0]) for one in _run(machine, 1, faults)]
        unsafe += machine.unsafe_globals
    if len(pickles) > _MOST_PICKLES:
        faults.add(unsupported(f"{len(pickles):,} pickles in one file", f"한 파일에 피클 {len(pickles):,}개"))
    _check_members(listed, found, faults)
    return _weight_file("pytorch", found, _without_scripts(unsafe, listed), faults)


def read_pickles(stream: BinaryIO, size: int) -> WeightFile:
    """The same for a file of pickles one after another: PyTorch's older format, or any other pickle.

    Raises:
        WeightFileError: the first pickle is broken, and names nothing before the place where it is.
        OSError: the stream can't be read.
    """
    reader = HeaderReader(stream, size)
    machine = PickleMachine(reader)
    faults = Faults()
    first = _first(machine, faults)
    legacy = first == _MAGIC_NUMBER
    found = _legacy(machine, reader, faults) if legacy else [tensors_in(first, faults)]
    found += [] if legacy else _rest(machine, reader, faults)
    return _weight_file("pytorch" if legacy else "pickle", found, machine.unsafe_globals, faults)


def read_tar(stream: BinaryIO, size: int) -> WeightFile:
    """The unsafe names of PyTorch's oldest format, a tar of pickles; its tensors are not described.

    Raises:
        WeightFileError: the tar is broken, or isn't PyTorch's.
        OSError: the stream can't be read.
    """
    listed = tar_members.members(stream, size)
    if "pickle" not in {one.name for one in listed}:
        raise unsupported("a tar without a pickle, so not PyTorch's", "pickle 항목이 없어 PyTorch 형식이 아닌 tar")
    faults = Faults()
    faults.add(
        unsupported("tensors in the tar format of PyTorch's first releases", "PyTorch 초기 tar 형식의 텐서")
    )
    unsafe: list[UnsafeGlobal] = []
    for member in listed:
        reader = HeaderReader(stream, min(member.begin + member.size, size), start=member.begin)
        machine = PickleMachine(reader, member.name)
        _run(machine, 1, faults)
        unsafe += machine.unsafe_globals
    return _weight_file("pytorch", [], unsafe, faults)


def _in_folder(found: Found, folder: str) -> Found:
    """`found` in a pickle of a zip whose storages are members of `folder`."""
    for number, one in enumerate(found.tensors):
        if one.elsewhere:
            place = msgspec.structs.replace(one.elsewhere, of=f"{folder}/{one.elsewhere.of}")
            found.tensors[number] = msgspec.structs.replace(one, elsewhere=place)
    return found


def _holds_main(listed: Iterable[ZipMember]) -> bool:
    return any(one.name.rpartition("/")[2].lower() == _MAIN for one in listed)


def _first(machine: PickleMachine, faults: Faults) -> object:
    try:
        return machine.run()
    except WeightFileError as error:
        if not machine.unsafe_globals:
            raise
        faults.add(error)  # what would have run before the place matters more than the place
        return None


def _run(machine: PickleMachine, count: int, faults: Faults) -> list[Found]:
    found: list[Found] = []
    try:
        for _ in range(count):
            found.append(tensors_in(machine.run(), faults))  # noqa: PERF401 - what came before a fault is kept
    except WeightFileError as error:
        faults.add(error)
    return found


def _legacy(machine: PickleMachine, reader: HeaderReader, faults: Faults) -> list[Found]:
    """Protocol, system, the object itself and the list of storages; then the storages, which are no pickles."""
    values: list[object] = []
    try:
        for _ in range(4):
            values.append(machine.run())  # noqa: PERF401 - what came before a fault is kept
    except WeightFileError as error:
        faults.add(error)
    if len(values) < 3:
        return []
    found = tensors_in(values[2], faults)
    if len(values) == 4 and _says_little_endian(values[1]):
        _place_storages(found, values[3], reader)
    return [found]


def _says_little_endian(system: object) -> bool:
    return isinstance(system, Made) and dict(system.pairs).get("little_endian") is True


def _place_storages(found: Found, keys: object, reader: HeaderReader) -> None:
    """Give tensors their places where the storages, each after its number of elements, fill the file exactly."""
    at, begins = reader.offset, {}
    for key in keys.elements if isinstance(keys, Made) else ():
        storage = found.storages.get(str(key))
        if storage is None:
            return
        begins[storage.key] = at + _COUNT
        at += _COUNT + storage.size
    if at != reader.end:
        return
    for number, one in enumerate(found.tensors):
        if one.elsewhere and one.elsewhere.of in begins:
            found.tensors[number] = msgspec.structs.replace(
                one, offset=begins[one.elsewhere.of] + one.elsewhere.offset
            )


def _rest(machine: PickleMachine, reader: HeaderReader, faults: Faults) -> list[Found]:
    """Further pickles in the same file, which loaders may ask for one after another."""
    found: list[Found] = []
    for _ in range(_MOST_PICKLES):
        if reader.left <= 0:
            return found
        before = len(found)
        found += _run(machine, 1, faults)
        if len(found) == before:
            return found
    said = "what follows its first pickles was not looked into", "앞부분 피클 뒤의 내용은 확인하지 않음"
    faults.add(unsupported(*said, offset=reader.offset))
    return found


def _check_members(listed: list[ZipMember], found: list[Found], faults: Faults) -> None:
    """Note members of one name, of which loaders may take either, and storages that are missing or too short."""
    for name, count in Counter(one.name for one in listed).items():
        if count > 1:
            faults.add(malformed(f"{count} members of this name", f"같은 이름의 항목 {count}개", entry=name))
    sizes = {one.name.rpartition("/data/")[2]: one.size for one in listed if "/data/" in one.name}
    for storage in _storages(found):
        have = sizes.get(storage.key)
        if have is None:
            faults.add(malformed("a storage without a member", "저장소에 해당하는 항목이 없음", entry=storage.key))
        elif have < storage.size:
            said = (
                f"{have:,} bytes of a storage of {storage.size:,}",
                f"저장소 {storage.size:,}바이트 중 {have:,}바이트만 있음",
            )
            faults.add(malformed(*said, entry=storage.key))


def _storages(found: list[Found]) -> Iterable[Storage]:
    return (storage for one in found for storage in one.storages.values())


def _without_scripts(unsafe: list[UnsafeGlobal], listed: list[ZipMember]) -> list[UnsafeGlobal]:
    """`unsafe` without TorchScript's own classes, which are compiled from `code/` and are no Python modules."""
    if not any(one.name.endswith("/constants.pkl") for one in listed):
        return unsafe
    return [one for one in unsafe if not one.name.startswith("__torch__.")]


def _weight_file(kind: str, found: list[Found], unsafe: Iterable[UnsafeGlobal], faults: Faults) -> WeightFile:
    return WeightFile(
        kind,
        tuple(tensor for one in found for tensor in one.tensors),
        tuple(pair for one in found for pair in one.metadata),
        faults.all(),
        tuple(unsafe),
    )
