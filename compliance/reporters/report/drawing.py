"""Diagrams of a report as SVG: boxes and lines from left to right, and bars. Each says in words what it shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

import msgspec

from compliance.reporters.report import counts
from compliance.reporters.report.blocks import Bars, Edge, Graph, Node
from compliance.reporters.terminal_text import ELLIPSIS, cells, cut, wrapped

_LINE = 17
_CHARACTER = 6.8
"""Width of a column of text at the size used, and height of a line, in pixels."""
_WIDEST = 34
_MOST_LINES = 3
"""Of a box's note."""
_PAD = 10
_GAP_ACROSS = 110
_GAP_DOWN = 16
_BAR = 420
_LABEL = 200
MOST_LABEL = 16
"""Columns of a line's label."""
LABELS = ", "
"""Between several labels of a line: the first is drawn above it, the others below."""


class Colours(msgspec.Struct, frozen=True):
    """What a diagram is painted with; CSS variables where a page has a dark side."""

    text: str = "var(--text)"
    quiet: str = "var(--quiet)"
    line: str = "var(--line)"
    subject: str = "var(--subject)"
    origin: str = "var(--origin)"
    ancestor: str = "var(--ancestor)"
    bar: str = "var(--bar)"
    back: str = "var(--back)"
    """What lies below, which shines around labels so that lines don't cross them."""
    font: str = ""
    """Family; on a page, what surrounds the diagram says it."""


SHOWN = Colours()
"""On a screen."""
PRINTED = Colours(
    "#1a1f29", "#4d5666", "#8a94a6", "#dbe7ff", "#eef1f6", "#ffffff", "#3b66c4", "#ffffff", "Pretendard GOV"
)
"""For paper."""


class _Box(msgspec.Struct, frozen=True):
    node: Node
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


def svg_of(diagram: Graph | Bars, colours: Colours = SHOWN) -> str:
    """`diagram` as an SVG element."""
    return _graph(diagram, colours) if isinstance(diagram, Graph) else _bars(diagram, colours)


def _graph(graph: Graph, colours: Colours) -> str:
    boxes = _placed(graph)
    lines = [_line(edge, boxes, colours) for edge in graph.edges if edge.source in boxes and edge.target in boxes]
    parts = [path for path, _label in lines]
    parts += [label for _path, label in lines if label]
    parts += [_box(box, colours) for box in boxes.values()]
    width = max((box.x + box.width for box in boxes.values()), default=0) + _PAD
    height = max((box.y + box.height for box in boxes.values()), default=0) + _PAD
    return _svg(width, height, graph.title, graph.alternative, parts, colours)


def _bars(bars: Bars, colours: Colours) -> str:
    parts = []
    for place, bar in enumerate(bars.bars):
        y = _PAD + place * (_LINE + 12)
        label = escape(cut(bar.label, 28))
        note = escape(f"{counts.percent(bar.share)}  {bar.note}".rstrip())
        parts.append(_text(_LABEL - 8, y + 13, label, colours.text, "end"))
        parts.append(
            f'<rect x="{_LABEL}" y="{y}" width="{max(bar.share * _BAR, 1):.1f}" height="{_LINE}" rx="2" '
            f'fill="{colours.bar}"/>'
        )
        parts.append(_text(_LABEL + bar.share * _BAR + 8, y + 13, note, colours.quiet))
    height = 2 * _PAD + len(bars.bars) * (_LINE + 12)
    return _svg(_LABEL + _BAR + 180, height, bars.title, bars.alternative, parts, colours)


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of a diagram, in pixels."""
    width, height = (float(svg.partition(f' {side}="')[2].partition('"')[0]) for side in ("width", "height"))
    return width, height


def _svg(width: float, height: float, title: str, alternative: str, parts: Sequence[str], colours: Colours) -> str:
    label = quoteattr(f"{title}: {alternative}")
    inner = "\n".join(parts)
    font = f" font-family={quoteattr(colours.font)}" if colours.font else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-label={label}{font}>\n{inner}\n</svg>'
    )


def _placed(graph: Graph) -> Mapping[str, _Box]:
    """Boxes in columns by their distance from the first node, in the order of the nodes."""
    depths = _depths(graph)
    columns: defaultdict[int, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        columns[depths[node.id]].append(node)
    boxes: dict[str, _Box] = {}
    x = float(_PAD)
    for depth in sorted(columns):
        lines = {node.id: _lines(node) for node in columns[depth]}
        widest = max(cells(line) for said in lines.values() for line in said)
        width = widest * _CHARACTER + 2 * _PAD
        y = float(_PAD)
        for node in columns[depth]:
            height = len(lines[node.id]) * _LINE + _PAD
            boxes[node.id] = _Box(node, lines[node.id], x, y, width, height)
            y += height + _GAP_DOWN
        x += width + _GAP_ACROSS
    return _centred(boxes)


def _centred(boxes: Mapping[str, _Box]) -> dict[str, _Box]:
    """`boxes` with each column in the middle of the height of the highest."""
    lowest: defaultdict[float, float] = defaultdict(float)
    for box in boxes.values():
        lowest[box.x] = max(lowest[box.x], box.y + box.height)
    whole = max(lowest.values(), default=0.0)
    return {
        name: msgspec.structs.replace(box, y=box.y + (whole - lowest[box.x]) / 2) for name, box in boxes.items()
    }


def _depths(graph: Graph) -> dict[str, int]:
    below: defaultdict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        below[edge.source].append(edge.target)
    depths = {graph.nodes[0].id: 0} if graph.nodes else {}
    waiting = list(depths)
    while waiting:
        here = waiting.pop(0)
        for target in below[here]:
            if target not in depths:
                depths[target] = depths[here] + 1
                waiting.append(target)
    return {node.id: depths.get(node.id, 1) for node in graph.nodes}


def _lines(node: Node) -> tuple[str, ...]:
    note = wrapped(node.note, _WIDEST) if node.note else []
    if len(note) > _MOST_LINES:
        note = [*note[: _MOST_LINES - 1], note[_MOST_LINES - 1].rstrip(",") + ELLIPSIS]
    return tuple(cut(line, _WIDEST) for line in (node.label, *note))


def _box(box: _Box, colours: Colours) -> str:
    fill = {"subject": colours.subject, "ancestor": colours.ancestor}.get(box.node.kind, colours.origin)
    rect = (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="5" '
        f'fill="{fill}" stroke="{colours.line}"/>'
    )
    said = [
        _text(
            box.x + _PAD, box.y + (place + 1) * _LINE, escape(line), colours.text if place == 0 else colours.quiet
        )
        for place, line in enumerate(box.lines)
    ]
    return "\n".join((rect, *said))


def _line(edge: Edge, boxes: Mapping[str, _Box], colours: Colours) -> tuple[str, str]:
    """The line, and its label, which is drawn above all lines."""
    source, target = boxes[edge.source], boxes[edge.target]
    x1, y1 = source.x + source.width, source.y + source.height / 2
    x2, y2 = target.x, target.y + target.height / 2
    if x2 <= x1:  # to the same column or back: leave and arrive on the right
        x2 = target.x + target.width
        bend = max(x1, x2) + _GAP_ACROSS / 2
        way = f"M{x1:.1f},{y1:.1f} C{bend:.1f},{y1:.1f} {bend:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
    else:
        middle = (x1 + x2) / 2
        way = f"M{x1:.1f},{y1:.1f} C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
    path = f'<path d="{way}" fill="none" stroke="{colours.line}" stroke-width="1.5"/>'
    if not edge.label:
        return path, ""
    labels = edge.label.split(LABELS)
    places = [y2 - 5, *(y2 + (place + 1) * _LINE - 3 for place in range(len(labels)))]
    if len(labels) == 1 and y2 > y1:  # on the side that the line doesn't come from
        del places[0]
    return path, "\n".join(
        _text(x2 - 6, y, escape(cut(one, MOST_LABEL)), colours.quiet, "end", halo=colours.back)
        for y, one in zip(places, labels, strict=False)
    )


def _text(x: float, y: float, said: str, colour: str, anchor: str = "start", halo: str = "") -> str:
    """`said` has been escaped."""
    around = f' stroke="{halo}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    place = f'x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="12.5" text-anchor="{anchor}"'
    return f"<text {place}{around}>{said}</text>"
