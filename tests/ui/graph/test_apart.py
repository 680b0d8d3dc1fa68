"""A big picture is moved and drawn beside the window's thread; names are told apart and written as they can be."""

import threading
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop.core.records import Graph, GraphNode, NoteKind
from desktop.ui.graph.apart import BIG_NODES, is_big
from desktop.ui.graph.export_picture import svg_of
from desktop.ui.graph.labels import two_lines, writable
from desktop.ui.graph.path_bar import Crumbs, Step
from desktop.ui.graph.picture import Picture
from desktop.ui.graph.view import GraphView
from tests.ui.graph.stars import placed, show, star


def big(nodes: int = BIG_NODES + 500) -> Graph:
    random = np.random.default_rng(1)
    edges = {(int(a), int(b)) for a, b in random.integers(1, nodes + 1, (3 * nodes, 2)) if a != b}
    notes = tuple(GraphNode(number, f"Note {number}", NoteKind.NOTE, 6) for number in range(1, nodes + 1))
    return Graph(notes, tuple(sorted(edges)))


def test_a_big_picture_moves_and_is_drawn_on_other_threads(
    view: GraphView, wait_until: Callable[..., None]
) -> None:
    picture = Picture(big())
    assert is_big(picture)
    threads: set[str] = set()
    take = picture.simulation._forces.add_to

    def watched(*given: object) -> None:
        threads.add(threading.current_thread().name.split("_")[0])
        take(*given)  # type: ignore[arg-type]

    assert picture.simulation.step()
    picture.simulation._forces.add_to = watched  # type: ignore[method-assign,assignment]
    picture.simulation.alpha = 0.02
    rests: list[bool] = []
    view.rested.connect(lambda: rests.append(True))
    view.show_picture(picture)
    assert view.motion.moving
    wait_until(lambda: not view.running, timeout_s=20)
    assert threads == {"graph"}
    assert rests == [True]
    assert view._painter.layer.covers(view.camera, view.width(), view.height())
    view.pins.toggle(3)
    view.motion.reheat(0.01)
    view.wake()
    wait_until(lambda: not view.running, timeout_s=20)
    assert picture.simulation.pinned == {3}


def test_the_picture_before_is_shown_until_the_new_one_is_drawn(
    view: GraphView, wait_until: Callable[..., None]
) -> None:
    first, second = Picture(big()), Picture(big(BIG_NODES + 300))
    for picture in (first, second):
        picture.simulation.settle(5)
        picture.simulation.cool()
    show(view, first, wait_until)
    image = view._painter.layer.image
    view.show_picture(second, keep_camera=True)
    assert view._painter.layer.image is image
    wait_until(lambda: not view.running, timeout_s=20)
    assert view._painter.layer.image is not image


def test_pictures_that_no_font_has_are_left_out(app: object) -> None:
    metrics = QFontMetricsF(QFont("Inter"))
    lost = "\U000e0fff"  # unassigned: it stays, being no picture
    assert writable("Definition", metrics) == "Definition"
    assert writable(f"a{lost}", metrics) == f"a{lost}"
    for title in ("\U0001f9d1\u200d\U0001f33e Garden", "\U0001f332\ufe0f Garden"):
        if not metrics.inFontUcs4(0x1F33E) and not metrics.inFontUcs4(0x1F332):
            assert writable(title, metrics) == "Garden"
    assert writable("می\u200cخواهم", metrics) == "می\u200cخواهم"


def test_a_long_title_keeps_whole_words(app: object) -> None:
    metrics = QFontMetricsF(QFont("Inter"))
    lines = two_lines("2022-09-18 Model Registry and its many users, a digest 4172", metrics)
    assert lines[1].endswith("… 4172")
    words = set("2022-09-18 Model Registry and its many users, a digest 4172 …".split())
    assert {word for line in lines for word in line.split()} <= words


def test_a_fitted_picture_stands_beside_a_card(view: GraphView, wait_until: Callable[..., None]) -> None:
    places = {1: (0.0, 0.0), **{number: (-200.0 + 80.0 * number, 150.0) for number in range(2, 7)}}
    places[2] = (-200.0, 150.0)
    card = QRect(0, view.height() - 60, 60, 60)
    view.stage.cards = lambda: [card]
    show(view, placed(star(5), places), wait_until)
    assert view.picture is not None
    for node in range(len(view.picture)):
        assert not card.contains(view.stage.place_of(node).toPoint())


def test_a_chain_shown_again_keeps_its_buttons(app: object) -> None:
    crumbs = Crumbs()
    crumbs.show_steps([Step(1, "One"), Step(2, "Two", False)])
    before = list(crumbs.buttons)
    assert "not in this picture" in before[1].toolTip()
    crumbs.show_steps([Step(1, "One"), Step(2, "Two")])
    assert crumbs.buttons == before
    assert before[1].toolTip() == "Two"


def test_an_svg_looks_the_same_to_a_plain_reader(view: GraphView, wait_until: Callable[..., None]) -> None:
    show(view, placed(star(3), {1: (0.0, 0.0), 2: (80.0, 0.0), 3: (0.0, 80.0), 4: (-80.0, 0.0)}), wait_until)
    text = svg_of(view.look(), view._painter)
    renderer = QSvgRenderer(text.encode())
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(0xFF00FF)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    ground = view._painter.colours.ground
    corner = image.pixelColor(image.width() - 2, image.height() - 2)
    assert corner == ground
    dark = sum(image.pixelColor(x, y).lightness() < 90 for x in range(image.width()) for y in range(image.height()))
    assert dark > 40  # letters, not only their halo
