"""What a pickle would do, worked out without doing it: a stack machine over placeholders.

Every name that the pickle would import is compared with the short list of safe ones; the others are reported with
their place, and where they would be called. Semantics: `pickletools` and `Lib/pickle.py` of CPython.
"""

import contextlib
from collections.abc import Callable
from io import BytesIO

import msgspec

from compliance.weights.faults import WeightFileError, malformed, shown
from compliance.weights.header_reader import HeaderReader
from compliance.weights.pickle_opcodes import Argument, opcodes
from compliance.weights.safe_globals import full_name, is_safe
from compliance.weights.tensors import UnsafeGlobal

MAX_UNSAFE = 1_000
"""Different unsafe names kept of one pickle."""
_INNER_LOADERS = (
    "pickle.loads",
    "_pickle.loads",
    "cPickle.loads",
    "dill.loads",
    "cloudpickle.loads",
    "joblib.loads",
)
_MOST_INNER = 3
"""Pickles inside pickles that are followed."""


class Global(msgspec.Struct, frozen=True):
    """A name that would be imported."""

    name: str


class Persistent(msgspec.Struct, frozen=True):
    """Something that the loader keeps elsewhere, such as a storage."""

    identifier: object


class Made(msgspec.Struct, eq=False):
    """A container, or what a call would return."""

    function: object = None
    """`Global` of the callable; None for a plain list, dict or set."""
    arguments: object = ()
    elements: list[object] = msgspec.field(default_factory=list)
    pairs: list[tuple[object, object]] = msgspec.field(default_factory=list)
    state: object = None


class Unknown:
    """A value that nothing here depends on."""


UNKNOWN = Unknown()


class PickleMachine:
    """Runs pickles of one stream one after another and collects the names that they would import."""

    def __init__(self, reader: HeaderReader, entry: str | None = None, *, inner: int = 0) -> None:
        """Read from `reader`.

        Args:
            reader: at the first opcode.
            entry: the member of the file that the reader reads; None for the file itself.
            inner: how many pickles hold this one.
        """
        self._reader = reader
        self._entry = entry
        self._inner = inner
        self._unsafe: dict[str, UnsafeGlobal] = {}
        self._stack: list[object] = []
        self._marks: list[int] = []
        self._memo: dict[int, object] = {}
        self._place = 0

    @property
    def unsafe_globals(self) -> tuple[UnsafeGlobal, ...]:
        """Each unsafe name once, in the order in which they come first."""
        return tuple(self._unsafe.values())

    def run(self) -> object:
        """The next pickle's value, of placeholders.

        Raises:
            WeightFileError: the pickle is broken; what was seen before stays in `unsafe_globals`.
        """
        self._stack, self._marks, self._memo = [], [], {}
        for name, argument, place in opcodes(self._reader):
            self._place = place
            if name == "STOP":
                return self._pop()
            _ACTIONS[name](self, argument)
        raise self._fault("no STOP", "STOP 명령이 없음")

    # the stack

    def _fault(self, en: str, ko: str) -> WeightFileError:
        return malformed(en, ko, offset=self._place, entry=self._entry)

    def _pop(self) -> object:
        if len(self._stack) <= (self._marks[-1] if self._marks else 0):
            raise self._fault("the pickle takes from an empty stack", "피클이 빈 스택에서 값을 꺼냄")
        return self._stack.pop()

    def _top(self) -> object:
        if not self._stack:
            raise self._fault("the pickle looks at an empty stack", "피클이 빈 스택을 참조함")
        return self._stack[-1]

    def _pop_to_mark(self) -> list[object]:
        if not self._marks:
            raise self._fault("the pickle needs a mark that isn't there", "피클에 필요한 MARK가 없음")
        at = self._marks.pop()
        taken = self._stack[at:]
        del self._stack[at:]
        return taken

    def push(self, value: object) -> None:
        """Put `value` on the stack."""
        self._stack.append(value)

    def mark(self, _: Argument) -> None:
        """MARK."""
        self._marks.append(len(self._stack))

    def pop(self, _: Argument) -> None:
        """POP: a value, or a mark."""
        if self._marks and self._marks[-1] == len(self._stack):
            self._marks.pop()
        else:
            self._pop()

    def pop_mark(self, _: Argument) -> None:
        """POP_MARK."""
        self._pop_to_mark()

    def duplicate(self, _: Argument) -> None:
        """DUP."""
        self.push(self._top())

    def remember(self, argument: Argument) -> None:
        """PUT and its kin."""
        if isinstance(argument, int):
            self._memo[argument] = self._top()

    def memoize(self, _: Argument) -> None:
        """MEMOIZE."""
        self._memo[len(self._memo)] = self._top()

    def recall(self, argument: Argument) -> None:
        """GET and its kin."""
        if not isinstance(argument, int) or argument not in self._memo:
            raise self._fault("the pickle recalls what it never remembered", "피클이 저장한 적 없는 값을 참조함")
        self.push(self._memo[argument])

    # values

    def literal(self, argument: Argument) -> None:
        """A number, text or data."""
        self.push(UNKNOWN if argument is None else argument)

    def container(self, _: Argument) -> None:
        """EMPTY_LIST, EMPTY_DICT, EMPTY_SET."""
        self.push(Made())

    def list_of(self, _: Argument) -> None:
        """LIST, FROZENSET."""
        self.push(Made(elements=self._pop_to_mark()))

    def dict_of(self, _: Argument) -> None:
        """DICT."""
        self.push(Made(pairs=_pairs(self._pop_to_mark())))

    def tuple_of(self, _: Argument) -> None:
        """TUPLE."""
        self.push(tuple(self._pop_to_mark()))

    def tuple_of_last(self, count: int) -> None:
        """TUPLE1, TUPLE2, TUPLE3."""
        self.push(tuple(reversed([self._pop() for _ in range(count)])))

    def append(self, _: Argument) -> None:
        """APPEND."""
        value = self._pop()
        self._extend([value])

    def appends(self, _: Argument) -> None:
        """APPENDS, ADDITEMS."""
        self._extend(self._pop_to_mark())

    def set_item(self, _: Argument) -> None:
        """SETITEM."""
        value, key = self._pop(), self._pop()
        self._update([(key, value)])

    def set_items(self, _: Argument) -> None:
        """SETITEMS."""
        self._update(_pairs(self._pop_to_mark()))

    def persistent(self, argument: Argument) -> None:
        """PERSID."""
        self.push(Persistent(argument))

    def persistent_of_top(self, _: Argument) -> None:
        """BINPERSID."""
        self.push(Persistent(self._pop()))

    def nothing(self, _: Argument) -> None:
        """PROTO, FRAME, READONLY_BUFFER."""

    def _extend(self, values: list[object]) -> None:
        if isinstance(target := self._top(), Made):
            target.elements += values

    def _update(self, pairs: list[tuple[object, object]]) -> None:
        if isinstance(target := self._top(), Made):
            target.pairs += pairs

    # names and calls

    def named(self, argument: Argument) -> None:
        """GLOBAL."""
        module, _, name = str(argument).partition("\n")
        self.push(self._global(full_name(module, name), "GLOBAL"))

    def named_by_stack(self, _: Argument) -> None:
        """STACK_GLOBAL."""
        name, module = self._pop(), self._pop()
        known = isinstance(name, str) and isinstance(module, str)
        full = full_name(str(module), str(name)) if known else "(a computed name)"
        self.push(self._global(full, "STACK_GLOBAL"))

    def named_by_registry(self, argument: Argument) -> None:
        """EXT1, EXT2, EXT4: a number that stands for a name in the loader's own registry."""
        self.push(self._global(f"(extension {argument!r})", "EXT"))

    def instance(self, argument: Argument) -> None:
        """INST: a name and its call in one."""
        module, _, name = str(argument).partition("\n")
        self._call(self._global(full_name(module, name), "INST"), tuple(self._pop_to_mark()), "INST")

    def object_of(self, _: Argument) -> None:
        """OBJ."""
        taken = self._pop_to_mark()
        if not taken:
            raise self._fault("OBJ without a class", "OBJ 명령에 클래스가 없음")
        self._call(taken[0], tuple(taken[1:]), "OBJ")

    def reduce(self, _: Argument) -> None:
        """REDUCE."""
        arguments, function = self._pop(), self._pop()
        self._call(function, arguments, "REDUCE")

    def new_object(self, _: Argument) -> None:
        """NEWOBJ."""
        arguments, function = self._pop(), self._pop()
        self._call(function, arguments, "NEWOBJ")

    def new_object_with_keywords(self, _: Argument) -> None:
        """NEWOBJ_EX."""
        keywords, arguments, function = self._pop(), self._pop(), self._pop()
        self._call(function, (arguments, keywords), "NEWOBJ_EX")

    def build(self, _: Argument) -> None:
        """BUILD: hands a state to an object, or sets its attributes."""
        state = self._pop()
        match self._top():
            case Made() as target:
                target.state = state
            case Global(name):  # attributes of a function or class itself, such as its code
                self._global(f"(attributes of {name})", "BUILD", called=True)
            case _:
                pass

    def _global(self, name: str, opcode: str, *, called: bool = False) -> Global:
        if not is_safe(name) and name not in self._unsafe and len(self._unsafe) < MAX_UNSAFE:
            place = self._place if called else None
            self._unsafe[name] = UnsafeGlobal(shown(name), opcode, self._place, place, self._entry)
        return Global(name)

    def _call(self, function: object, arguments: object, opcode: str) -> None:
        if not isinstance(function, Global):
            function = self._global("(a computed callable)", opcode)
        known = self._unsafe.get(function.name)
        if known is not None and known.called_at is None:
            self._unsafe[function.name] = msgspec.structs.replace(known, called_at=self._place)
        if function.name in _INNER_LOADERS and isinstance(arguments, tuple) and self._inner < _MOST_INNER:
            self._look_into(arguments)
        self.push(Made(function, arguments))

    def _look_into(self, arguments: tuple[object, ...]) -> None:
        """Names in a pickle that this one holds as data and would load."""
        for data in arguments[:1]:
            content = data if isinstance(data, bytes) else b""
            machine = PickleMachine(
                HeaderReader(BytesIO(content), len(content)), self._entry, inner=self._inner + 1
            )
            with contextlib.suppress(WeightFileError):  # that it would be loaded is reported already
                machine.run()
            for one in machine.unsafe_globals:
                self._unsafe.setdefault(
                    one.name, msgspec.structs.replace(one, offset=self._place, called_at=self._place)
                )


def _pairs(flat: list[object]) -> list[tuple[object, object]]:
    return list(zip(flat[::2], flat[1::2], strict=False))


Action = Callable[[PickleMachine, Argument], None]


def _constant(value: object) -> Action:
    return lambda machine, _: machine.push(value)


def _tuple_of(count: int) -> Action:
    return lambda machine, _: machine.tuple_of_last(count)


_M = PickleMachine
_ACTIONS: dict[str, Action] = {
    **dict.fromkeys(
        ("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT"), _M.literal
    ),
    **dict.fromkeys(
        ("STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "BINUNICODE8"), _M.literal
    ),
    **dict.fromkeys(("SHORT_BINUNICODE", "BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8"), _M.literal),
    **dict.fromkeys(("EMPTY_LIST", "EMPTY_DICT", "EMPTY_SET"), _M.container),
    **dict.fromkeys(("LIST", "FROZENSET"), _M.list_of),
    **dict.fromkeys(("APPENDS", "ADDITEMS"), _M.appends),
    **dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT"), _M.remember),
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), _M.recall),
    **dict.fromkeys(("EXT1", "EXT2", "EXT4"), _M.named_by_registry),
    **dict.fromkeys(("PROTO", "FRAME", "READONLY_BUFFER"), _M.nothing),
    "NEXT_BUFFER": _constant(UNKNOWN),
    "NONE": _constant(None),
    "NEWTRUE": _constant(True),
    "NEWFALSE": _constant(False),
    "EMPTY_TUPLE": _constant(()),
    "TUPLE": _M.tuple_of,
    "TUPLE1": _tuple_of(1),
    "TUPLE2": _tuple_of(2),
    "TUPLE3": _tuple_of(3),
    "DICT": _M.dict_of,
    "APPEND": _M.append,
    "SETITEM": _M.set_item,
    "SETITEMS": _M.set_items,
    "MARK": _M.mark,
    "POP": _M.pop,
    "POP_MARK": _M.pop_mark,
    "DUP": _M.duplicate,
    "MEMOIZE": _M.memoize,
    "PERSID": _M.persistent,
    "BINPERSID": _M.persistent_of_top,
    "GLOBAL": _M.named,
    "STACK_GLOBAL": _M.named_by_stack,
    "INST": _M.instance,
    "OBJ": _M.object_of,
    "REDUCE": _M.reduce,
    "NEWOBJ": _M.new_object,
    "NEWOBJ_EX": _M.new_object_with_keywords,
    "BUILD": _M.build,
}
