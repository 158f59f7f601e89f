"""Tensors in what a pickle of PyTorch's would make: names from its dictionaries, shapes from its calls.

The calls: `torch/_utils.py` (`_rebuild_*`); storages: `torch/serialization.py` (`persistent_id`).
"""

from collections.abc import Iterator
from typing import TypeGuard

import msgspec

from compliance.model.text import encodable
from compliance.weights.caps import LONGEST_NAME, MAX_COUNT, MAX_DEPTH, MAX_METADATA, MAX_TENSORS
from compliance.weights.element_types import BITS, NUMPY, bytes_of
from compliance.weights.faults import WeightFileError, malformed, too_large
from compliance.weights.pickle_machine import Global, Made, Persistent
from compliance.weights.safe_globals import STORAGES
from compliance.weights.tensors import Faults, Place, Tensor, checked_shape, kept_value

_REBUILD = "torch._utils._rebuild_"
_FROM_STORAGE = {f"{_REBUILD}{name}" for name in ("tensor", "tensor_v2", "tensor_v3", "qtensor")}
_AROUND = {f"{_REBUILD}{name}" for name in ("parameter", "parameter_with_state")} | {
    "torch.nn.parameter.Parameter"
}
_WITHOUT_STORAGE = f"{_REBUILD}meta_tensor_no_storage"
_BY_TYPE = "torch._tensor._rebuild_from_type_v2"
_DTYPE_AT = 6
"""Where `_rebuild_tensor_v3` has its dtype."""
_ALIASES = {"half": "F16", "float": "F32", "double": "F64"}


class Storage(msgspec.Struct, frozen=True):
    """A stretch of numbers that tensors are views of."""

    key: str
    """Its name in the file, such as the member `data/0` of a zip."""
    dtype: str
    size: int
    """Bytes that it should have."""


class Found(msgspec.Struct):
    """What was found in one pickle."""

    tensors: list[Tensor]
    storages: dict[str, Storage]
    metadata: list[tuple[str, str]]
    """Texts and numbers beside the tensors, such as an epoch or a license."""


def tensors_in(value: object, faults: Faults) -> Found:
    """Tensors, storages and plain values below `value`, which a `PickleMachine` has returned."""
    found = Found([], {}, [])
    views: set[tuple[object, ...]] = set()
    for name, inner in _named(value, faults):
        if len(found.tensors) == MAX_TENSORS:
            faults.add(too_large(f"more than {MAX_TENSORS:,} tensors", f"텐서가 {MAX_TENSORS:,}개를 넘음"))
            break
        if not isinstance(inner, Made):
            if len(found.metadata) < MAX_METADATA:
                found.metadata.append((name, kept_value(encodable(str(inner)))))
            continue
        try:
            _tensor(name, inner, found, views)
        except WeightFileError as error:
            faults.add(error)
    return found


def _named(value: object, faults: Faults) -> Iterator[tuple[str, Made | str | int]]:
    """Tensors and plain values with the path of keys to each; a container that stands in several places is entered
    at the first one."""
    waiting: list[tuple[str, object, int]] = [("", value, 0)]
    entered: set[int] = set()
    deep = False
    while waiting:
        name, inner, depth = waiting.pop()
        if _is_tensor(inner) or (name and _is_plain(inner)):
            yield name, inner
        elif isinstance(inner, Made | tuple) and id(inner) not in entered:
            entered.add(id(inner))
            if depth < MAX_DEPTH and len(name) <= LONGEST_NAME:
                below = [(_joined(name, key), one, depth + 1) for key, one in _children(inner)]
                waiting.extend(reversed(below))
            elif not deep:
                deep = True
                said = (
                    f"more than {MAX_DEPTH} levels or {LONGEST_NAME:,} characters of keys",
                    "키의 깊이나 길이가 한도를 넘음",
                )
                faults.add(too_large(*said, entry=name))


def _children(value: Made | tuple[object, ...]) -> Iterator[tuple[object, object]]:
    if isinstance(value, tuple):
        yield from enumerate(value)
        return
    yield from value.pairs
    yield from enumerate(value.elements)
    if isinstance(value.function, Global):  # an object: what it was made of, and its attributes
        yield from _pairs_of_call(value) or [("", value.arguments)]
        yield "", value.state


def _pairs_of_call(value: Made) -> list[tuple[object, object]]:
    """Keys and values of a dictionary that is made from a list of both, as Python 2 wrote ordered ones."""
    match value.function, value.arguments:
        case Global("collections.OrderedDict"), (Made() as listed,):
            pairs = [tuple(one.elements) if isinstance(one, Made) else one for one in listed.elements]
            return [(one[0], one[1]) for one in pairs if isinstance(one, tuple) and len(one) == 2]
    return []


def _joined(name: str, key: object) -> str:
    part = str(key)[: LONGEST_NAME + 1] if isinstance(key, str | int) else ""
    return f"{name}.{part}" if name and part else name or part


def _is_plain(value: object) -> TypeGuard[str | int]:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _is_tensor(value: object) -> TypeGuard[Made]:
    if not isinstance(value, Made) or not isinstance(value.function, Global):
        return False
    return value.function.name in _FROM_STORAGE | _AROUND | {_WITHOUT_STORAGE, _BY_TYPE}


def _tensor(name: str, made: Made, found: Found, views: set[tuple[object, ...]]) -> None:
    function, arguments = _unwrapped(made)
    if function == _WITHOUT_STORAGE and len(arguments) > 1:
        found.tensors.append(Tensor(_said(name), _dtype(arguments[0]), _lengths(arguments[1], name)))
        return
    if function not in _FROM_STORAGE or len(arguments) < 4:
        raise malformed(
            "its rebuilding call has other arguments than PyTorch's",
            "PyTorch와 다른 인자로 복원되는 텐서",
            entry=name,
        )
    storage = _storage(arguments[0], name)
    dtype = (
        _dtype(arguments[_DTYPE_AT]) if function.endswith("_v3") and len(arguments) > _DTYPE_AT else storage.dtype
    )
    shape = _lengths(arguments[2], name)
    size = bytes_of(dtype, _elements(shape))
    _check_view(arguments, shape, dtype, storage, name)
    found.storages[storage.key] = storage
    view = (storage.key, arguments[1], shape)
    place = _place(arguments, shape, dtype, storage)
    found.tensors.append(Tensor(_said(name), dtype, shape, size=size, shared=view in views, elsewhere=place))
    views.add(view)


def _place(arguments: tuple[object, ...], shape: tuple[int, ...], dtype: str, storage: Storage) -> Place | None:
    """Where in `storage` the data of a view lie; None where they aren't in one piece, row by row."""
    begin, expected = arguments[1], 1
    bits = BITS.get(dtype, 1)
    for length, stride in zip(reversed(shape), reversed(_numbers(arguments[3])), strict=True):
        if length != 1 and stride != expected:
            return None
        expected *= length
    return Place(storage.key, begin * bits // 8) if isinstance(begin, int) and not bits % 8 else None


def _unwrapped(made: Made) -> tuple[str, tuple[object, ...]]:
    """Name and arguments of the innermost call that makes a tensor."""
    for _ in range(MAX_DEPTH):
        function = made.function.name if isinstance(made.function, Global) else ""
        arguments = made.arguments if isinstance(made.arguments, tuple) else ()
        match arguments:
            case (Made() as inner, *_) if function in _AROUND:
                made = inner
            case (Global() as rebuild, _, tuple() as inside, *_) if function == _BY_TYPE:
                made = Made(rebuild, inside)
            case _:
                return function, arguments
    return "", ()


def _said(name: str) -> str:
    return encodable(name[:LONGEST_NAME])


def _storage(value: object, name: str) -> Storage:
    if isinstance(value, Made) and isinstance(value.arguments, tuple):  # a typed storage around an untyped one
        value = next((one for one in value.arguments if isinstance(one, Persistent)), value)
    identifier = value.identifier if isinstance(value, Persistent) else None
    match identifier:
        case ("storage", Global(kind), key, _, int(count), *_) if 0 <= count <= MAX_COUNT:
            dtype = STORAGES.get(kind.rpartition(".")[2], kind[:40])
            return Storage(str(key)[:LONGEST_NAME], dtype, bytes_of(dtype, count) or 0)
    raise malformed("its storage isn't one of PyTorch's", "PyTorch 저장소가 아닌 데이터를 가리킴", entry=name)


def _dtype(value: object) -> str:
    name = value.name.removeprefix("torch.") if isinstance(value, Global) else "?"
    return _ALIASES.get(name) or NUMPY.get(name) or name[:40]


def _lengths(value: object, name: str) -> tuple[int, ...]:
    if isinstance(value, Made) and isinstance(value.arguments, tuple) and value.arguments:  # torch.Size((2, 3))
        value = value.arguments[0]
    if not isinstance(value, tuple | Made):
        raise malformed("its shape isn't written out", "형상이 직접 적혀 있지 않음", entry=name)
    return checked_shape(value.elements if isinstance(value, Made) else value, name)


def _numbers(value: object) -> tuple[int, ...]:
    elements = value.elements if isinstance(value, Made) else value
    if not isinstance(elements, tuple | list):
        return ()
    return tuple(one for one in elements if isinstance(one, int) and 0 <= one <= MAX_COUNT)


def _elements(shape: tuple[int, ...]) -> int:
    return Tensor("", "", shape).elements


def _check_view(
    arguments: tuple[object, ...], shape: tuple[int, ...], dtype: str, storage: Storage, name: str
) -> None:
    """Refuse a view that reaches beyond its storage."""
    strides, begin = _numbers(arguments[3]), arguments[1]
    if not isinstance(begin, int) or not 0 <= begin <= MAX_COUNT or len(strides) != len(shape):
        raise malformed("its place in the storage makes no sense", "저장소 내 위치가 올바르지 않음", entry=name)
    last = begin + sum((length - 1) * stride for length, stride in zip(shape, strides, strict=True))
    if dtype in BITS and _elements(shape) and (last + 1) * BITS[dtype] > storage.size * 8:
        said = (
            f"it reaches beyond its storage of {storage.size:,} bytes",
            f"{storage.size:,}바이트 저장소를 벗어남",
        )
        raise malformed(*said, entry=name)
