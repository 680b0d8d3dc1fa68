"""The graph by mouse and touchpad."""

import time
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.graph.view import GraphView
from tests.ui.graph.stars import Wait, pixel_of, placed, point, show, star

LEFT = Qt.MouseButton.LeftButton
NO_PIXELS = QPoint()
PLACES = {1: (0.0, 0.0), 2: (60.0, 0.0), 3: (0.0, 60.0), 4: (-60.0, 0.0), 5: (0.0, -60.0)}


def turn(view: GraphView, at: QPoint, angle: int, pixels: QPoint = NO_PIXELS, ctrl: bool = False) -> None:
    phase = Qt.ScrollPhase.NoScrollPhase if pixels.isNull() else Qt.ScrollPhase.ScrollUpdate
    modifiers = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(at), view.mapToGlobal(QPointF(at)), pixels, QPoint(0, angle), Qt.MouseButton.NoButton, modifiers,
        phase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_a_click_opens_here_ctrl_and_the_middle_button_in_a_tab(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(4), PLACES, 1), wait_until)
    opened: list[tuple[int, bool]] = []
    view.activated.connect(lambda number, in_tab: opened.append((number, in_tab)))
    QTest.mouseClick(view, LEFT, pos=pixel_of(view, 1))
    QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.ControlModifier, pixel_of(view, 2))
    QTest.mouseClick(view, Qt.MouseButton.MiddleButton, pos=pixel_of(view, 3))
    QTest.mouseClick(view, LEFT, pos=QPoint(5, 5))
    assert opened == [(2, False), (3, True), (4, True)]


def test_a_dragged_node_stays_and_a_double_click_lets_it_go(view: GraphView, wait_until: Wait) -> None:
    picture = show(view, placed(star(4), PLACES, 1), wait_until)
    told: list[bool] = []
    opened: list[int] = []
    view.pinned_changed.connect(lambda: told.append(True))
    view.activated.connect(lambda number, _in_tab: opened.append(number))
    start, way = pixel_of(view, 1), QPoint(40, 30)
    QTest.mousePress(view, LEFT, pos=start)
    for share in (1, 2, 3, 4):
        QTest.mouseMove(view, start + way * share / 4)
    QTest.mouseRelease(view, LEFT, pos=start + way)
    assert picture.simulation.pinned == {1}
    assert told == [True]
    wait_until(lambda: not view.running)
    assert (pixel_of(view, 1) - start - way).manhattanLength() <= 2
    QTest.mouseDClick(view, LEFT, pos=pixel_of(view, 1))
    assert picture.simulation.pinned == frozenset()
    assert told == [True, True]
    assert opened == []


def test_a_click_on_a_held_node_opens_when_no_second_one_comes(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(4), PLACES, 1), wait_until)
    opened: list[int] = []
    view.activated.connect(lambda number, _in_tab: opened.append(number))
    view.pins.toggle(1)
    QTest.mouseClick(view, LEFT, pos=pixel_of(view, 1))
    assert opened == []
    wait_until(lambda: opened == [2])


def test_the_wheel_zooms_and_what_the_pointer_is_on_stays_there_all_the_way(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(4), PLACES, 1), wait_until)
    at, scale = pixel_of(view, 1), view.camera.scale
    held, strayed = view.stage.place_of(1), 0.0
    turn(view, at, 480)
    assert view.running
    while view.running:
        QApplication.processEvents()
        strayed = max(strayed, (view.stage.place_of(1) - held).manhattanLength())
    assert view.camera.scale > 1.8 * scale
    assert strayed < 1.5, "a pixel for the rounding of the pointer's place"


def test_two_fingers_pan_and_with_ctrl_they_zoom(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(4), PLACES, 1), wait_until)
    before, place = view.camera, pixel_of(view, 0)
    turn(view, QPoint(50, 50), 90, QPoint(30, -12))
    assert view.camera.scale == before.scale
    assert pixel_of(view, 0) == place + QPoint(30, -12)
    turn(view, QPoint(50, 50), 90, QPoint(0, 12), ctrl=True)
    wait_until(lambda: not view.running)
    assert view.camera.scale > before.scale


def test_a_thrown_ground_glides_on_and_comes_to_rest(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(4), PLACES, 1), wait_until)
    corner = QPoint(20, 20)
    QTest.mousePress(view, LEFT, pos=corner)
    for step in range(1, 7):
        time.sleep(0.006)
        QTest.mouseMove(view, corner + QPoint(9, 0) * step)
    QTest.mouseRelease(view, LEFT, pos=corner + QPoint(54, 0))
    let_go = pixel_of(view, 0).x()
    wait_until(lambda: not view.running)
    assert pixel_of(view, 0).x() > let_go + 8
    before = view.camera
    QTest.mouseDClick(view, LEFT, pos=QPoint(5, 5))
    assert view.camera == before, "it eases there, it does not jump"
    wait_until(lambda: not view.running)
    assert view.camera.is_near(view.stage.fitted())


def test_a_rested_hand_throws_nothing(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(4), PLACES, 1), wait_until)
    QTest.mousePress(view, LEFT, pos=QPoint(20, 20))
    QTest.mouseMove(view, QPoint(60, 20))
    QTest.mouseMove(view, QPoint(90, 20))
    time.sleep(0.1)
    QTest.mouseRelease(view, LEFT, pos=QPoint(90, 20))
    assert view.flight.standing


def test_the_right_button_asks_for_the_menu(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(4), PLACES, 1), wait_until)
    asked: list[object] = []
    view.context_requested.connect(lambda number, _place: asked.append(number))
    for place in (pixel_of(view, 2), QPoint(3, 3)):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
        QApplication.sendEvent(view, event)
    assert asked == [3, None]
    assert view.selected_id() == 3


def test_a_card_comes_for_the_node_it_was_asked_for_and_never_for_another(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(4), PLACES, 1), wait_until)
    asked: dict[int, Callable[[str], None]] = {}
    told: list[object] = []
    view.set_hover_source(lambda number, then: asked.update({number: then}))
    view.hovered.connect(told.append)
    card = view.attention.card
    point(view, pixel_of(view, 1))
    wait_until(lambda: 2 in asked)
    assert card.is_shown
    assert card.words == ("Note 2", "note · links: 1", "")
    point(view, pixel_of(view, 2))
    assert not card.is_shown
    asked[2]("The first line of Note 2")
    wait_until(lambda: 3 in asked)
    assert card.words[0] == "Note 3"
    assert card.words[2] == ""
    asked[2]("Late again")
    assert card.words[2] == ""
    asked[3]("The first line of Note 3\x00 <b>")
    assert card.words[2] == "The first line of Note 3 <b>"
    assert not view.grab().isNull()
    point(view, QPoint(2, 2))
    assert not card.is_shown
    assert told == [2, 3, None]


def test_what_the_pointer_is_on_is_found_quickly(view: GraphView, wait_until: Wait) -> None:
    picture = show(view, placed(star(4), PLACES, 1), wait_until)
    for node in range(5):
        assert view.stage.node_at(QPointF(pixel_of(view, node))) == node
    assert view.stage.node_at(QPointF(3, 3)) is None
    picture.simulation.positions[2] = (-60.0, 60.0)
    assert view.stage.node_at(QPointF(pixel_of(view, 2))) == 2
