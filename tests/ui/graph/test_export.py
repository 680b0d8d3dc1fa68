"""A graph as a file."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from desktop.core.errors import ExportRefused
from desktop.core.records import Graph, GraphNode, NoteKind
from desktop.ui import theme
from desktop.ui.graph.view import GraphView
from tests.ui.graph.stars import Wait, all_kinds, placed, show, star

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    '"/><image href="http://example.com/x.png"/>',
    "]]> &amp; & \x00\x01\x0b\x1b \ud800 \ufffe",
    "\u202e<!-- <!DOCTYPE svg [<!ENTITY x 'y'>]>",
    "a" * 50_000,
)


def words_of(root: ElementTree.Element) -> list[str]:
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def test_png_has_the_ground_of_the_theme_at_twice_the_size(view: GraphView, wait_until: Wait, tmp_path: Path) -> None:
    show(view, placed(star(3), {1: (0.0, 0.0), 2: (50.0, 0.0), 3: (0.0, 50.0), 4: (-50.0, 0.0)}, 1), wait_until)
    view.select(2)
    view.export_png(tmp_path / "graph.png")
    image = QImage(str(tmp_path / "graph.png"))
    assert (image.width(), image.height()) == (800, 720)
    assert image.pixelColor(4, 4) == theme.current().base
    hub = view.stage.place_of(0) * 2
    assert image.pixelColor(hub.toPoint()) != theme.current().base
    seen = view.grab().toImage()
    assert image.pixelColor(hub.toPoint()) == seen.pixelColor(view.stage.place_of(0).toPoint())


def test_the_whole_picture_is_in_the_file_though_a_part_is_on_the_screen(
    view: GraphView, wait_until: Wait, tmp_path: Path
) -> None:
    show(view, placed(star(3), {1: (0.0, 0.0), 2: (500.0, 0.0), 3: (0.0, 500.0), 4: (-500.0, 0.0)}, 1), wait_until)
    view.zoom_by(3.0, view.stage.place_of(0))
    wait_until(lambda: not view.running)
    view.export_svg(tmp_path / "part.svg")
    view.export_svg(tmp_path / "whole.svg", whole=True)
    view.export_png(tmp_path / "whole.png", 1.0, whole=True)
    titles = {}
    for name in ("part", "whole"):
        root = ElementTree.parse(tmp_path / f"{name}.svg").getroot()
        titles[name] = {element.text for element in root.iter(f"{SVG}title")}
    assert titles["part"] == {"Hub"}
    assert titles["whole"] == {"Hub", "Note 2", "Note 3", "Note 4"}
    image = QImage(str(tmp_path / "whole.png"))
    assert image.width() == 1_600


def test_svg_holds_shapes_lines_and_words(view: GraphView, wait_until: Wait, tmp_path: Path) -> None:
    places = {1: (0.0, 0.0), -1: (60.0, 0.0), -2: (0.0, 60.0), -3: (-60.0, 0.0), 2: (0.0, -60.0)}
    show(view, placed(all_kinds(), places, 1), wait_until)
    view.export_svg(tmp_path / "graph.svg")
    root = ElementTree.parse(tmp_path / "graph.svg").getroot()
    assert {"Lecture", "Missing", "#tag", "file.pdf", "Other"} <= set(words_of(root))
    ways = [path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("fill") is None]
    assert sum(way.count("M") for way in ways) == 3
    shapes = [element[0].tag.removeprefix(SVG) for element in root.iter(f"{SVG}g") if len(element) == 2]
    assert sorted(shapes) == ["circle", "circle", "circle", "path", "rect"]
    assert QSvgRenderer(QByteArray((tmp_path / "graph.svg").read_bytes())).isValid()


def test_hostile_titles_stay_words(view: GraphView, wait_until: Wait, tmp_path: Path) -> None:
    nodes = tuple(GraphNode(number, title, NoteKind.NOTE, 1) for number, title in enumerate(HOSTILE, 1))
    graph = Graph(nodes, ((1, 2), (3, 4)))
    show(view, placed(graph, {number: (150.0 * number, 0.0) for number in range(1, 6)}, 1), wait_until)
    view.export_svg(tmp_path / "graph.svg", whole=True)
    content = (tmp_path / "graph.svg").read_bytes()
    assert b"<script" not in content
    assert b"<image" not in content
    assert b"<!DOCTYPE" not in content
    root = ElementTree.fromstring(content)
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "rect", "g", "path", "circle", "title", "text"}
    titles = {element.text for element in root.iter(f"{SVG}title")}
    assert "<script>alert(1)</script>" in titles
    assert len(content) < 20_000
    assert QSvgRenderer(QByteArray(content)).isValid()


def test_a_file_that_cannot_be_written_is_told(view: GraphView, wait_until: Wait, tmp_path: Path) -> None:
    show(view, placed(star(1), {1: (0.0, 0.0), 2: (50.0, 0.0)}), wait_until)
    with pytest.raises(ExportRefused):
        view.export_png(tmp_path / "nowhere" / "graph.png")
    with pytest.raises(ExportRefused):
        view.export_svg(tmp_path / "nowhere" / "graph.svg")


def test_a_chain_is_in_the_file_and_the_pointer_is_not(view: GraphView, wait_until: Wait, tmp_path: Path) -> None:
    show(view, placed(star(3), {1: (0.0, 0.0), 2: (50.0, 0.0), 3: (0.0, 50.0), 4: (-50.0, 0.0)}), wait_until)
    view.show_path((2, 1, 3))
    wait_until(lambda: not view.running)
    accent = theme.current().accent.name()
    view.export_svg(tmp_path / "chain.svg")
    assert f'stroke="{accent}"' in (tmp_path / "chain.svg").read_text(encoding="utf-8")
    view.show_path(())
    view.attention.hover(0)
    wait_until(lambda: not view.running)
    view.export_svg(tmp_path / "plain.svg")
    assert f'stroke="{accent}"' not in (tmp_path / "plain.svg").read_text(encoding="utf-8")
