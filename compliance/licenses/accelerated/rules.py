"""ScanCode's rule and license objects, made out of rows of the index file: a rule when it is first asked for."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import msgspec

from compliance.licenses.accelerated.array_file import Array

_REMEMBERED_PAIRS = 1 << 14


class RowFile:
    """Rows of fields by number."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        """The rows called `name` among `arrays`."""
        self._starts = arrays[f"{name}_row_starts"]
        self._content = memoryview(arrays[f"{name}_rows"])  # type: ignore[arg-type]  # numpy's arrays are buffers

    def __len__(self) -> int:
        """How many there are."""
        return int(self._starts.size) - 1

    def __getitem__(self, number: int) -> dict[str, Any]:
        """The fields in row `number`."""
        row = self._content[int(self._starts[number]) : int(self._starts[number + 1])]
        fields: dict[str, Any] = msgspec.msgpack.decode(row)
        return fields


class Rules:
    """ScanCode's rules by number; each is made once, so that one number always gives the same object."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """The rules in `arrays`."""
        self._rows = RowFile(arrays, "rule")
        self._made: dict[int, Any] = {}
        self._class = _known_rule()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        """All of them, which makes them all."""
        return (self[number] for number in range(len(self)))

    def __getitem__(self, rid: int) -> Any:
        """The rule with number `rid`."""
        if (rule := self._made.get(rid)) is None:
            rule = self._made[rid] = self._make(rid)
        return rule

    def _make(self, rid: int) -> Any:
        from licensedcode.spans import Span

        fields = self._rows[rid]
        fields["required_phrase_spans"] = [Span(span) for span in fields["required_phrase_spans"]]
        rule = _filled(self._class, fields)
        rule.rid = rid
        if rule.license_expression:
            rule.license_expression_object = _parsed(rule.license_expression)
        return rule


def licenses_by_key(arrays: Mapping[str, Array]) -> dict[str, Any]:
    """ScanCode's `License` objects, without their texts, in ScanCode's order."""
    from licensedcode.models import License

    rows = RowFile(arrays, "license")
    made = (_filled(License, rows[number]) for number in range(len(rows)))
    return {one.key: one for one in made}


def _filled(cls: Any, fields: Mapping[str, Any]) -> Any:
    """An object of an attrs class with `fields` and else the defaults; its own set-up already took place."""
    made: Any = cls.__new__(cls)
    for name, default, factory in _defaults(cls):
        setattr(made, name, fields[name] if name in fields else factory() if factory else default)
    return made


@cache
def _defaults(cls: Any) -> tuple[tuple[str, Any, Callable[[], Any] | None], ...]:
    """Name, default and what makes a new default, of each field of an attrs class."""
    return tuple((one.name, one.default, _factory_of(one)) for one in cls.__attrs_attrs__)


def default_of(field: Any) -> Any:
    """The default of a field of an attrs class."""
    factory = _factory_of(field)
    return factory() if factory else field.default


def _factory_of(field: Any) -> Callable[[], Any] | None:
    factory: Callable[[], Any] | None = getattr(field.default, "factory", None)
    return factory


@lru_cache(maxsize=_REMEMBERED_PAIRS)
def _parsed(expression: str) -> Any:
    from licensedcode.models import BasicRule

    return BasicRule.licensing.parse(expression)


@lru_cache(maxsize=_REMEMBERED_PAIRS)
def _equivalent(one: str, other: str) -> bool:
    from licensedcode.models import BasicRule

    return bool(BasicRule.licensing.is_equivalent(_parsed(one), _parsed(other)))


@lru_cache(maxsize=_REMEMBERED_PAIRS)
def _contains(one: str, other: str) -> bool:
    from licensedcode.models import BasicRule

    return bool(BasicRule.licensing.contains(expression1=_parsed(one), expression2=_parsed(other)))


@lru_cache(maxsize=_REMEMBERED_PAIRS)
def in_spdx(expression: str) -> str:
    """ScanCode's `expression` in SPDX's words.

    A key alone is looked up: the vocabulary of ScanCode's parser takes each process .03 s to make.
    """
    from licensedcode.cache import build_spdx_license_expression, get_cache

    if (known := get_cache().db.get(expression)) is not None:
        return str(known.spdx_license_key)
    return str(build_spdx_license_expression(expression, licensing=get_cache().licensing))


@lru_cache(maxsize=1)
def _known_rule() -> type:
    """ScanCode's `Rule` whose answers about expressions are remembered; rules of the index are made of it."""
    from licensedcode.models import Rule

    class KnownRule(Rule):  # type: ignore[misc]  # ScanCode has no types
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            return self is other  # ScanCode compares all fields, of which the number alone tells two rules apart

        def __ne__(self, other: object) -> bool:
            return self is not other

        __hash__ = None  # type: ignore[assignment]  # as ScanCode's

        def same_licensing(self, other: Any) -> bool | None:
            both = self.license_expression and other.license_expression
            return _equivalent(self.license_expression, other.license_expression) if both else None

        def licensing_contains(self, other: Any) -> bool | None:
            both = self.license_expression and other.license_expression
            return _contains(self.license_expression, other.license_expression) if both else None

        def spdx_license_expression(self) -> str:
            return in_spdx(self.license_expression)

    return KnownRule
