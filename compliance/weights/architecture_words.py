"""What a part of a model is built like, as statements that a person can check against the file and the library."""

from collections.abc import Iterator

from compliance.model.text import Text
from compliance.weights.architecture_matching import Likeness
from compliance.weights.known_structures import KnownStructures
from compliance.weights.stacks import Stack
from compliance.weights.structure import DEFAULT, Configuration

Said = tuple[str, Text]
"""Field and what it says."""

_MOST_SHAPES = 4
_MOST_NAMED = 3
_WORDS = {
    "lengths": Text(en="names and shapes are equal", ko="이름과 형상이 같음"),
    "names": Text(
        en="names are equal, lengths are others or unknown", ko="이름은 같고 차원은 다르거나 알 수 없음"
    ),
    "renamed": Text(en="shapes are equal, names were changed", ko="형상은 같고 이름이 다름"),
}


def statements(stack: Stack, like: Likeness, known: KnownStructures) -> Iterator[Said]:
    """The architecture; the layers and how much of it is here; its known lengths; who else builds the same."""
    yield "architecture", _architecture(like, known)
    yield "layers", _layers(stack)
    if like.level == "generic":
        return
    yield "architecture-names", _names(like)
    if like.configuration is not None:
        yield "architecture-lengths", _lengths(like.configuration)
    elif None not in {shape for many in stack.shapes.values() for shape in many}:
        yield "architecture-lengths", _other_lengths(len(like.structure.configurations), like.structure.type)
    others = _others(like, known)
    yield (
        "architecture-null",
        Text(
            en=f"no sign of reused weights, anybody may build it: {others.en}",
            ko=f"누구나 만들 수 있는 구조로, 가중치 재사용의 표시가 아님: {others.ko}",
        ),
    )


def _architecture(like: Likeness, known: KnownStructures) -> Text:
    if like.level == "generic":
        others = _others(like, known)
        return Text(en=f"nobody in particular: {others.en}", ko=f"특정 개발자를 가리키지 않음: {others.ko}")
    kind, how = f"{like.structure.type} ({known.library})", _WORDS[like.level]
    return Text(en=f"{kind}: {how.en}", ko=f"{kind}: {how.ko}")


def _names(like: Likeness) -> Text:
    both, seen, expected = like.in_layer
    beside, beside_seen, beside_expected = like.beside
    return Text(
        en=f"{both} of {expected} names in a layer, {seen - both} others; "
        f"{beside} of {beside_expected} beside the layers, {beside_seen - beside} others",
        ko=f"층 안의 이름 {expected}개 중 {both}개 일치, 그 밖의 이름 {seen - both}개; "
        f"층 밖의 이름 {beside_expected}개 중 {beside}개 일치, 그 밖의 이름 {beside_seen - beside}개",
    )


def _lengths(configuration: Configuration) -> Text:
    layers = configuration.layers
    if configuration.name == DEFAULT:
        return Text(
            en=f"those of the library's default, which has {layers} layers",
            ko=f"라이브러리 기본 설정의 차원(층 {layers}개)",
        )
    return Text(
        en=f"those of {configuration.name}, which has {layers} layers",
        ko=f"{configuration.name} 설정의 차원(층 {layers}개)",
    )


def _other_lengths(configurations: int, kind: str) -> Text:
    return Text(
        en=f"none of {configurations} known configurations of {kind} has these",
        ko=f"알려진 {kind} 설정 {configurations}개 중 차원이 같은 것 없음",
    )


def _others(like: Likeness, known: KnownStructures) -> Text:
    """How many others build the same, as far as known."""
    shown = None if like.level == "generic" else like.structure.type
    others = [one.type for one in like.sharing if one.type != shown]
    more = ", …" if len(others) > _MOST_NAMED else ""
    named = ", ".join(others[:_MOST_NAMED]) + more
    how, count, shapes = _how(like), len(like.sharing), like.same_shapes
    return Text(
        en=f"{count} of {known.developers} developers {how.en}{f' (such as {named})' if others else ''}, "
        f"{shapes or 'none'} of them with layers of these shapes",
        ko=f"개발자 {known.developers}곳 중 {count}곳{how.ko}{f'(예: {named})' if others else ''}, "
        + (f"층의 형상까지 같은 곳 {shapes}곳" if shapes else "층의 형상까지 같은 곳은 없음"),
    )


def _how(like: Likeness) -> Text:
    both, seen, expected = like.in_layer
    if like.level == "renamed":
        return Text(en="build layers of this kind", ko="에서 같은 종류의 층을 사용")
    if both == seen == expected:
        return Text(en="use these names", ko="에서 같은 이름을 사용")
    return Text(
        en=f"come nearest, with {both} of {expected} names", ko=f"의 이름이 가장 가까움({expected}개 중 {both}개)"
    )


def _layers(stack: Stack) -> Text:
    first, last, count = min(stack.layers), max(stack.layers), len(stack.layers)
    gaps = count < last - first + 1
    shapes = _shapes(stack)
    return Text(
        en=f"{count} layers ({first} to {last}{', with gaps' if gaps else ''}) of {stack.root}: {shapes.en}",
        ko=f"{stack.root}의 층 {count}개({first}–{last}번{', 일부 없음' if gaps else ''}): {shapes.ko}",
    )


def _shapes(stack: Stack) -> Text:
    """The largest tensors in a layer: they tell width and inner width."""
    largest = sorted(
        (
            (max(shape), name, shape)
            for name, many in stack.shapes.items()
            for shape in many
            if shape and len(shape) > 1
        ),
        key=lambda one: (-one[0], one[1]),
    )
    told = [f"{name} {'x'.join(map(str, shape))}" for _, name, shape in largest[:_MOST_SHAPES]]
    if not told:
        return Text(en=f"{len(stack.shapes)} names in a layer", ko=f"층마다 이름 {len(stack.shapes)}개")
    return Text(en=", ".join(told), ko=", ".join(told))
