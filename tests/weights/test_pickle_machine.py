"""Pickles are worked out, not run: every name outside the short list is found, however it is hidden."""

import contextlib
import io
import os
import pickle
import subprocess
import sys
from collections import Counter, OrderedDict
from pathlib import Path

import pytest

from compliance.weights.faults import WeightFileError
from compliance.weights.header_reader import HeaderReader
from compliance.weights.pickle_machine import Made, PickleMachine
from tests.weights.writers import MARK, STOP, call, dictionary, name, number, pickled, text, tuple_of


def machine_of(content: bytes) -> PickleMachine:
    """A machine that has seen `content` up to its end or its first fault."""
    machine = PickleMachine(HeaderReader(io.BytesIO(content), len(content)))
    with contextlib.suppress(WeightFileError):
        machine.run()
    return machine


def unsafe(content: bytes) -> dict[str, bool]:
    """Each unsafe name, and whether it is called."""
    return {one.name: one.called_at is not None for one in machine_of(content).unsafe_globals}


class Command:
    """Creates a file when unpickled."""

    def __init__(self, sentinel: Path) -> None:
        self.sentinel = sentinel

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch {self.sentinel}",)


class State:
    """Hands a command to something else's state."""

    def __init__(self, sentinel: Path) -> None:
        self.sentinel = sentinel

    def __reduce__(self) -> tuple[object, ...]:
        return OrderedDict, (), {"x": Command(self.sentinel)}, None, iter([("k", Command(self.sentinel))])


SYSTEM = os.system.__module__ + ".system"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("nested", [False, True])
def test_a_pickle_that_would_run_a_command_is_named_and_not_run(
    protocol: int, nested: bool, tmp_path: Path
) -> None:
    sentinel = tmp_path / "ran"
    value: object = Command(sentinel)
    if nested:
        value = {"state_dict": [(1, State(sentinel))]}

    content = pickle.dumps(value, protocol)

    assert unsafe(content) == {SYSTEM: True}
    assert not sentinel.exists()


def test_the_sample_really_runs_when_it_is_loaded(tmp_path: Path) -> None:
    sentinel = tmp_path / "ran"
    (tmp_path / "evil.pkl").write_bytes(pickle.dumps(Command(sentinel)))

    # in a process of its own, and only to show that the test above would notice
    subprocess.run(
        [sys.executable, "-c", "import pickle, sys; pickle.load(open(sys.argv[1], 'rb'))", tmp_path / "evil.pkl"],
        check=True,
    )

    assert sentinel.exists()


OS_SYSTEM = name("os", "system")


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(call(OS_SYSTEM, text("id")), id="REDUCE"),
        pytest.param(MARK + text("id") + b"ios\nsystem\n", id="INST"),
        pytest.param(MARK + OS_SYSTEM + text("id") + b"o", id="OBJ"),
        pytest.param(OS_SYSTEM + tuple_of(text("id")) + b"\x81", id="NEWOBJ"),
        pytest.param(OS_SYSTEM + tuple_of(text("id")) + b"}\x92", id="NEWOBJ_EX"),
        pytest.param(text("os") + text("system") + b"\x93" + tuple_of(text("id")) + b"R", id="STACK_GLOBAL"),
        pytest.param(
            text("os") + b"q\x010" + text("system") + b"q\x020h\x01h\x02\x93" + tuple_of(text("id")) + b"R",
            id="names through the memo",
        ),
        pytest.param(
            OS_SYSTEM + b"q\x05" + b"0" + text("harmless") + b"0" + b"h\x05" + tuple_of(text("id")) + b"R",
            id="function through the memo",
        ),
        pytest.param(OS_SYSTEM + b"2" + tuple_of(text("id")) + b"R", id="DUP"),
        pytest.param(MARK + OS_SYSTEM + text("id") + b"\x85R" + b"1" + b"N", id="dropped by POP_MARK"),
        pytest.param(MARK + b"0" + OS_SYSTEM + text("id") + b"\x85R", id="a mark that is popped"),
        pytest.param(dictionary({"a": call(OS_SYSTEM, text("id"))}), id="in a dictionary"),
        pytest.param(b"]" + call(OS_SYSTEM, text("id")) + b"a", id="in a list"),
        pytest.param(call(name("collections", "OrderedDict")) + call(OS_SYSTEM, text("id")) + b"b", id="BUILD"),
        pytest.param(tuple_of(text("storage"), call(OS_SYSTEM, text("id"))) + b"Q", id="in a persistent id"),
    ],
)  # fmt: skip
def test_every_way_to_call_is_seen(value: bytes) -> None:
    assert unsafe(pickled(value)) == {"os.system": True}


def test_a_name_is_reported_where_it_is_only_mentioned() -> None:
    (found,) = machine_of(pickled(dictionary({"a": OS_SYSTEM}))).unsafe_globals

    assert (found.name, found.opcode, found.offset, found.called_at) == ("os.system", "GLOBAL", 10, None)


@pytest.mark.parametrize("code", [b"\x82\x05", b"\x83\x05\0", b"\x84\x05\0\0\0"])
def test_a_number_from_the_loader_s_registry_is_reported(code: bytes) -> None:
    assert unsafe(pickled(code + b")R")) == {"(extension 5)": True}


@pytest.mark.parametrize(
    "value",
    [
        b"N" + text("system") + b"\x93",
        text("os") + number(1) + b"\x93",
        text("os") + b"C\x06system" + b"\x93",
        text("os") + call(name("_codecs", "encode"), text("system")) + b"\x93",
    ],
)
def test_a_name_that_is_computed_is_reported_as_such(value: bytes) -> None:
    assert unsafe(pickled(value)) == {"(a computed name)": False}


def test_a_callable_that_is_computed_is_reported_as_such() -> None:
    fetched = call(name("builtins", "getattr"), name("os", "path"), text("x"))

    assert unsafe(pickled(call(fetched, text("id")))) == {
        "builtins.getattr": True,
        "os.path": False,
        "(a computed callable)": True,
    }


def test_attributes_set_on_a_safe_function_are_reported() -> None:
    function = name("torch._utils", "_rebuild_tensor_v2")

    found = unsafe(pickled(function + tuple_of(b"N", dictionary({"__code__": b"N"})) + b"b"))

    assert found == {"(attributes of torch._utils._rebuild_tensor_v2)": True}


@pytest.mark.parametrize(
    ("module", "attribute"),
    [
        ("collections", "OrderedDict.__init__.__globals__"),
        ("torch", "_utils.os.system"),
        ("torch.storage", "_load_from_bytes"),
        ("collections.abc", "OrderedDict"),
        ("builtins", "eval"),
        ("__builtin__", "eval"),
        ("torch", "FloatStorage "),
        ("", "torch.Size"),
    ],
)
def test_a_name_near_a_safe_one_is_not_safe(module: str, attribute: str) -> None:
    assert len(unsafe(pickled(name(module, attribute)))) == 1


@pytest.mark.parametrize(
    "value",
    [
        name("__builtin__", "set"),
        name("torch", "bfloat16"),
        name("numpy._core.multiarray", "_reconstruct"),
        name("torch.nn.parameter", "Parameter"),
    ],
)
def test_names_of_the_short_list_are_not_reported(value: bytes) -> None:
    assert unsafe(pickled(value)) == {}


def test_a_pickle_inside_a_pickle_is_looked_into(tmp_path: Path) -> None:
    inner = pickle.dumps(Command(tmp_path / "ran"))
    value = call(name("_pickle", "loads"), b"B" + len(inner).to_bytes(4, "little") + inner)

    assert unsafe(pickled(value)) == {"_pickle.loads": True, SYSTEM: True}


def test_what_comes_before_a_broken_place_is_named_since_a_loader_would_run_it() -> None:
    assert unsafe(b"\x80\x02" + call(OS_SYSTEM, text("id")) + b"\xff") == {"os.system": True}


def test_a_name_is_reported_once_with_its_first_place() -> None:
    value = tuple_of(*[call(OS_SYSTEM, text("id"))] * 50)

    assert len(machine_of(pickled(value)).unsafe_globals) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "1 more bytes are announced than the 0 that are left (at byte 0)"),
        (b"\x80\x02.", "the pickle takes from an empty stack (at byte 2)"),
        (b"\x80\x02(0", "1 more bytes are announced than the 0"),
        (b"u", "the pickle needs a mark that isn't there (at byte 0)"),
        (b"h\x07", "the pickle recalls what it never remembered (at byte 0)"),
        (b"2", "the pickle looks at an empty stack (at byte 0)"),
        (b"(o", "OBJ without a class (at byte 1)"),
        (b"\x00", "byte 0x00 is no pickle opcode (at byte 0)"),
        (b"X\xff\xff\xff\xff", "65,536 more bytes are announced than the 0"),
        (b"\x8d" + b"\xff" * 8, "65,536 more bytes are announced than the 0"),
        (b"cos", "1 more bytes are announced than the 0"),
    ],
)
def test_a_broken_pickle_is_refused_with_its_place(content: bytes, said: str) -> None:
    with pytest.raises(WeightFileError) as raised:
        PickleMachine(HeaderReader(io.BytesIO(content), len(content))).run()

    assert str(raised.value).startswith(said)


def test_what_python_pickles_is_understood() -> None:
    value = {
        "a": [1, 2.5, None, True, b"x", "é", (1, 2, 3, 4)],
        "b": OrderedDict(x=1),
        "c": Counter("aab"),
        3: {4},
    }
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        machine = PickleMachine(HeaderReader(io.BytesIO(content := pickle.dumps(value, protocol)), len(content)))

        found = machine.run()

        assert isinstance(found, Made)
        assert [key for key, _ in found.pairs] == ["a", "b", "c", 3]
        assert {one.name for one in machine.unsafe_globals} <= {"_codecs.encode"}


def test_a_value_that_contains_itself_is_no_trouble() -> None:
    value: list[object] = []
    value.append(value)

    assert unsafe(pickle.dumps(value)) == {}


def test_a_pickle_without_a_protocol_is_understood() -> None:
    assert unsafe(b"cos\nsystem\n(S'id'\ntR.") == {"os.system": True}
    assert unsafe(STOP) == {}
