"""Diagrams: what their boxes and lines have room for."""

from compliance.reporters.report.blocks import Edge, Graph, Node
from compliance.reporters.report.drawing import size_of, svg_of


def drawn(note: str = "", label: str = "") -> str:
    nodes = (Node("a", "hanbit", kind="subject"), Node("b", "llava", note))
    return svg_of(Graph("Lineage", "hanbit → llava", nodes, (Edge("a", "b", label),)))


def test_the_note_of_a_box_goes_on_below() -> None:
    svg = drawn("University of Wisconsin–Madison, Microsoft and others, US")
    assert ">University of Wisconsin–Madison,<" in svg
    assert ">Microsoft and others, US<" in svg


def test_a_note_that_is_too_long_ends_with_a_sign_of_it() -> None:
    *_, last = [line for line in drawn("developer, " * 40).split("<text")[1:] if "developer" in line]
    assert "developer…<" in last


def test_each_of_several_labels_of_a_line_has_a_line_of_its_own() -> None:
    svg = drawn(label="configuration, name of a path")
    assert ">configuration<" in svg
    assert ">name of a path<" in svg
    heights = [float(line.partition(' y="')[2].partition('"')[0]) for line in svg.split("<text")[1:]]
    assert all(10 < one < size_of(svg)[1] for one in heights)
