"""YAML from people we don't know: positions of every key, every fault with its place, no tags, no bombs.

The one adapter of ruamel.yaml. The round-trip loader is used because it keeps line and column and rejects
duplicate keys; its composer recurses, so the parser below it, which doesn't, caps depth and size as it goes.
"""

import io
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    ScalarEvent,
)
from ruamel.yaml.parser import RoundTripParser

from compliance.model.text import Text

MAX_CHARACTERS = 4_000_000
MAX_DEPTH = 64
MAX_NODES = 400_000
MAX_ALIASES = 200
_SAFE_TAGS = {
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp")
}


class YamlError(Exception):
    """The text isn't acceptable YAML. Line and column are counted from 1."""

    def __init__(self, message: Text, line: int = 1, column: int = 1) -> None:
        """Say `message` about the place."""
        super().__init__(f"line {line}, column {column}: {message.en}")
        self.message = message
        self.line = line
        self.column = column


class YamlRefusedError(YamlError):
    """Valid YAML as far as it was read, but not plain: a tag, several documents, or too much of something."""


def read(text: str, *, most_values: int = MAX_NODES) -> Any:
    """The single document in `text` as ruamel's round-trip nodes (mappings and sequences know their positions).

    Args:
        text: YAML.
        most_values: how many values it may have, as many as there would be without aliases.

    Raises:
        YamlError: broken syntax or a duplicate key.
        YamlRefusedError: a tag outside YAML's own plain types, more than one document, or more nesting, nodes,
            aliases or characters than any honest file has.
    """
    if len(text) > MAX_CHARACTERS:
        raise YamlRefusedError(
            Text(
                en=f"the text has {len(text):,} characters, more than {MAX_CHARACTERS:,}; split the file",
                ko=f"글자 수 {len(text):,}, 한도 {MAX_CHARACTERS:,} 초과: 파일을 나누세요",
            )
        )
    try:
        return _loader(most_values).load(io.StringIO(text))
    except MarkedYAMLError as error:
        raise _fault_of(error) from error
    except YamlError:
        raise
    except (
        Exception
    ) as error:  # ruamel lets IndexError, KeyError, TypeError and others out for odd scalars and keys
        raise YamlError(_not_yaml(str(error) or type(error).__name__)) from error


class _Constructor(RoundTripConstructor):
    """Keeps what only looks like a date as text, so that whoever wants a date there says so at its place."""

    def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
        """The date that `node` writes; its text where there is no such day."""
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            return self.construct_scalar(node)


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


def mapping_in(content: bytes, expected: Text, *, most_values: int = MAX_NODES) -> dict[str, Any]:
    """The mapping that the document in `content` is.

    Args:
        content: UTF-8, with a byte order mark or without.
        expected: said where the document is something else.
        most_values: as for `read`.

    Raises:
        YamlError: as of `read`, or it is no UTF-8, or no mapping.
    """
    try:
        root = read(content.decode("utf-8-sig"), most_values=most_values)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace").split("\n")
        raise YamlError(_NOT_UTF8, len(before), len(before[-1]) + 1) from error
    if not isinstance(root, dict):
        raise YamlError(expected)
    return root


NO_MAPPING = Text(
    en="the file holds no mapping of keys to values; correct it", ko="키와 값의 매핑이 아닌 파일: 고치세요"
)
_NOT_UTF8 = Text(
    en="the file is not UTF-8 from here on; save it as UTF-8", ko="여기부터 UTF-8 아님: UTF-8로 저장하세요"
)


def _loader(most_values: int) -> YAML:
    loader = YAML(typ="rt", pure=True)
    loader.Constructor = _Constructor
    loader.Parser = _Parser
    loader.parser.most_values = most_values
    return loader


def position(node: Any, key: Any = None) -> tuple[int, int]:
    """Line and column, from 1, of `node`, or of `key`'s value inside it; (1, 1) where it has no position."""
    marks = getattr(node, "lc", None)
    if marks is None:
        return 1, 1
    try:
        if key is None:
            line, column = marks.line, marks.col
        else:
            line, column = marks.value(key) if isinstance(node, CommentedMap) else marks.item(key)
    except (KeyError, TypeError):
        return 1, 1
    return (line or 0) + 1, (column or 0) + 1


def key_position(node: Any, key: Any) -> tuple[int, int]:
    """Line and column, from 1, of `key` itself inside the mapping `node`; the mapping's own place if unknown."""
    try:
        line, column = node.lc.key(key)
    except (KeyError, TypeError, AttributeError):
        return position(node)
    return line + 1, column + 1


def mapping_of(members: Iterable[tuple[Any, Any]], like: Any) -> CommentedMap:
    """A mapping of `members`, each a mapping and a key of it, with their places; it stands where `like` does."""
    made = CommentedMap()
    made.lc.line, made.lc.col = like.lc.line, like.lc.col
    for node, key in members:
        made[key] = node[key]
        key_place, place = key_position(node, key), position(node, key)
        made.lc.add_kv_line_col(key, [*(one - 1 for one in (*key_place, *place))])
    return made


def sequence_of(members: Iterable[tuple[Any, int]]) -> CommentedSeq:
    """A sequence of `members`, each a sequence and an index in it, which keep their places."""
    made = CommentedSeq()
    for number, (node, index) in enumerate(members):
        made.append(node[index])
        made.lc.add_idx_line_col(number, [*(one - 1 for one in position(node, index))])
    return made


def plain(node: Any) -> Any:
    """`node` as dictionaries, lists and scalars without positions; scalars keep their YAML types."""
    match node:
        case CommentedMap():
            return {plain(key): plain(value) for key, value in node.items()}
        case CommentedSeq():
            return [plain(value) for value in node]
        case bool():
            return node
        case str():
            return str(node)
        case int():
            return int(node)
        case float():
            return float(node)
        case _:
            return node


class _Parser(RoundTripParser):
    """Refuses what isn't plain as soon as the composer takes it, before it goes deeper."""

    most_values = MAX_NODES

    def __init__(self, loader: Any) -> None:
        super().__init__(loader)
        self._aliases = self._documents = 0
        self._sizes = [0]
        """Values in each open collection, outermost first, as many as there would be without aliases."""
        self._anchored: dict[str, int] = {}
        self._open_anchors: list[str | None] = []

    def get_event(self) -> Any:
        """The next event, which is no part of a bomb."""
        event = super().get_event()
        self._count(event)
        return event

    def _count(self, event: Any) -> None:
        sizes = self._sizes
        match event:
            case ScalarEvent():
                sizes[-1] += 1
                _check_tag(event)
            case CollectionStartEvent():
                sizes.append(1)
                self._open_anchors.append(event.anchor)
                _check_tag(event)
            case CollectionEndEvent():
                size = sizes.pop()
                sizes[-1] += size
                if anchor := self._open_anchors.pop():
                    self._anchored[anchor] = size
            case AliasEvent():
                self._aliases += 1
                sizes[-1] += self._anchored.get(event.anchor, 0)
            case DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise YamlRefusedError(_several_documents(), *_place(event))
        if len(sizes) > MAX_DEPTH + 1 or sizes[-1] > self.most_values or self._aliases > MAX_ALIASES:
            raise YamlRefusedError(_too_much(self.most_values), *_place(event))


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _check_tag(event: Any) -> None:
    tag = str(event.tag) if event.tag else ""
    if not tag or tag == "!" or tag in _SAFE_TAGS:
        return
    raise YamlRefusedError(
        Text(
            en=f"the tag {tag[:60]!r} is not allowed here; write plain YAML values",
            ko=f"허용되지 않는 태그: {tag[:60]!r}. 일반 YAML 값으로 쓰세요",
        ),
        *_place(event),
    )


def _fault_of(error: MarkedYAMLError) -> YamlError:
    mark = error.problem_mark or error.context_mark
    what = " ".join(str(part) for part in (error.context, error.problem) if part).splitlines()[0]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return YamlError(_not_yaml(what), line, column)


def _not_yaml(what: str) -> Text:
    return Text(
        en=f"not valid YAML: {what}; correct the file at this place",
        ko=f"올바른 YAML 아님: {what}. 이 위치를 고치세요",
    )


def _several_documents() -> Text:
    return Text(
        en="another document begins here; keep one document in a file",
        ko="여기서 다른 문서 시작: 파일 하나에 문서 하나만 두세요",
    )


def _too_much(most_values: int) -> Text:
    return Text(
        en=f"more than {MAX_DEPTH} levels, {most_values:,} values or {MAX_ALIASES} aliases; simplify the file",
        ko=f"중첩 {MAX_DEPTH}단계, 값 {most_values:,}개 또는 별칭 {MAX_ALIASES}개 초과: 파일을 단순하게 고치세요",
    )
