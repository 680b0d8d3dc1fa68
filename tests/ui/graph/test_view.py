"""The widget: it comes to rest, can be used by mouse and by keys, and stays fast when big."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.core.records import Graph, GraphNode, NoteKind
from desktop.ui.graph.camera import Camera, fitting
from desktop.ui.graph.picture import Picture
from desktop.ui.graph.splat import TONES, clip_lines, lay_tones, splat_lines, trace_lines
from desktop.ui.graph.view import GraphView
from tests.ui.graph.stars import KINDS, pixel_of, point, star


def show_settled(view: GraphView, picture: Picture, wait_until: Callable[..., None]) -> None:
    picture.simulation.settle()
    view.show_picture(picture)
    wait_until(lambda: not view.running)


def test_it_moves_until_it_rests_and_then_costs_nothing(view: GraphView, wait_until: Callable[..., None]) -> None:
    rests: list[bool] = []
    view.rested.connect(lambda: rests.append(True))
    picture = Picture(star(6), open_id=1)
    picture.simulation.settle(260)
    view.show_picture(picture)
    assert view.running
    wait_until(lambda: not view.running)
    assert rests == [True]
    left, top = pixel_of(view, 0).x(), pixel_of(view, 0).y()
    assert 0 < left < view.width()
    assert 0 < top < view.height()


def test_a_hidden_view_does_not_move(view: GraphView) -> None:
    view.hide()
    view.show_picture(Picture(star(6)))
    assert not view.running
    view.show()
    assert view.running


def test_a_click_opens_and_a_drag_pins(view: GraphView, wait_until: Callable[..., None]) -> None:
    opened: list[tuple[int, bool]] = []
    view.activated.connect(lambda number, in_tab: opened.append((number, in_tab)))
    picture = Picture(star(5), open_id=1)
    show_settled(view, picture, wait_until)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel_of(view, 2))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, pixel_of(view, 3))
    assert opened == [(3, False), (4, True)]
    wait_until(lambda: not view.running)
    start = pixel_of(view, 1)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(30, 10))
    QTest.mouseMove(view, start + QPoint(60, 20))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 20))
    assert len(opened) == 2
    assert picture.simulation.pinned == {1}
    assert (pixel_of(view, 1) - start - QPoint(60, 20)).manhattanLength() <= 2


def test_the_ground_pans_and_a_double_click_fits(view: GraphView, wait_until: Callable[..., None]) -> None:
    show_settled(view, Picture(star(5)), wait_until)
    before = view.camera
    corner = QPoint(6, 6)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(view, corner + QPoint(50, 40))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=corner + QPoint(50, 40))
    assert view.camera.x < before.x
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(6, 6))
    wait_until(lambda: not view.running)
    assert view.camera.is_near(before)


def test_keys_select_open_zoom_and_describe(view: GraphView, wait_until: Callable[..., None]) -> None:
    opened: list[int] = []
    view.activated.connect(lambda number, _in_tab: opened.append(number))
    picture = Picture(star(4), open_id=1)
    show_settled(view, picture, wait_until)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.selected_id() == 1
    assert view.accessibleDescription() == "Hub – lecture, links: 4"
    QTest.keyClick(view, Qt.Key.Key_Right)
    chosen = view.selected_id()
    assert chosen is not None
    assert chosen != 1
    assert picture.positions[picture.index[chosen]][0] > picture.positions[0][0]
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [chosen]
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.selected_id() == 1
    scale = view.camera.scale
    QTest.keyClick(view, Qt.Key.Key_Plus)
    wait_until(lambda: not view.running)
    assert view.camera.scale == pytest.approx(scale * 1.3)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    wait_until(lambda: not view.running)
    assert view.camera.scale == pytest.approx(scale)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selected_id() is None


def test_hovering_dims_the_rest_and_comes_back(view: GraphView, wait_until: Callable[..., None]) -> None:
    show_settled(view, Picture(star(5)), wait_until)
    calm = view.grab().toImage()
    point(view, pixel_of(view, 2))
    wait_until(lambda: view.motion.dim == 1.0)
    assert view.grab().toImage() != calm
    point(view, QPoint(3, 3))
    wait_until(lambda: view.motion.dim == 0.0)
    assert not view.running


def test_one_note_alone_and_none(view: GraphView, wait_until: Callable[..., None]) -> None:
    show_settled(view, Picture(Graph((GraphNode(1, "Alone", NoteKind.NOTE, 0),), ())), wait_until)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(view, key)
    view.show_picture(None)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert not view.grab().isNull()


def test_hostile_titles_are_painted(view: GraphView, wait_until: Callable[..., None]) -> None:
    titles = ("", "a" * 100_000, "<b>bold</b>", "\u202eright to left\n\n\x00", "😀" * 500)
    nodes = tuple(GraphNode(number, title, NoteKind.NOTE, 1) for number, title in enumerate(titles, 1))
    show_settled(view, Picture(Graph(nodes, ((1, 2), (3, 4)))), wait_until)
    assert not view.grab().isNull()


def test_a_big_picture_becomes_sharp_in_slices(view: GraphView, wait_until: Callable[..., None]) -> None:
    random = np.random.default_rng(1)
    edges = {(int(a), int(b)) for a, b in random.integers(1, 3_001, (9_000, 2)) if a != b}
    nodes = tuple(GraphNode(number, f"Note {number}", KINDS[number % 5], 3) for number in range(1, 3_001))
    picture = Picture(Graph(nodes, tuple(sorted(edges))), open_id=7)
    picture.simulation.settle(20)
    picture.simulation.cool()
    view.show_picture(picture)
    wait_until(lambda: not view.running, timeout_s=20)
    layer = view._painter.layer
    assert layer.covers(view.camera, view.width(), view.height())
    assert layer.image is not None
    assert len({layer.image.pixel(x, 200) for x in range(0, 400, 3)}) > 5
    view.flight.jump(view.camera.panned(20, 5))
    assert layer.covers(view.camera, view.width(), view.height())
    view.zoom_by(1.5)
    assert view.running


def test_splatted_lines_lie_where_they_should() -> None:
    density = np.zeros(40 * 30, dtype=np.float32)
    ends = np.array([[-50.0, 10.0, 90.0, 10.0], [20.0, -9.0, 20.0, 99.0], [200.0, 1.0, 300.0, 5.0]])
    clipped, seen = clip_lines(ends, 40, 30)
    assert seen.tolist() == [True, True, False]
    splat_lines(density, clipped, np.ones(2), 40, 0.0)
    grid = density.reshape(30, 40)
    assert grid[10, 5] == pytest.approx(1.0)
    assert grid[5, 20] == pytest.approx(1.0)
    assert grid[10, 20] == pytest.approx(2.0)
    assert grid[3, 3] == 0.0


def test_the_camera_goes_to_the_scene_and_back() -> None:
    camera = Camera(2.0, 10.0, -5.0)
    assert camera.to_screen(*camera.to_scene(33.0, 44.0, 400, 300), 400, 300) == pytest.approx((33.0, 44.0))
    zoomed = camera.zoomed(1.7, 33.0, 44.0, 400, 300)
    assert zoomed.to_scene(33.0, 44.0, 400, 300) == pytest.approx(camera.to_scene(33.0, 44.0, 400, 300))
    fitted = fitting((-100.0, -50.0, 100.0, 50.0), 400, 300, 20, 10.0)
    assert fitted.to_screen(-100.0, 0.0, 400, 300)[0] == pytest.approx(20.0)


def test_lines_in_motion_are_as_strong_as_those_at_rest_and_leave_nothing_behind() -> None:
    ends = np.array(((5.0, 5.3, 30.0, 12.0), (30.0, 20.0, 6.0, 21.0), (8.2, 4.0, 11.0, 28.0), (20.0, 30.0, 18.0, 5.0)))
    weights = np.array((1.0, 0.5, 0.25, 0.75))
    at_rest, moving = np.zeros(40 * 40, dtype=np.float32), np.zeros(40 * 40, dtype=np.float32)
    splat_lines(at_rest, ends, weights, 40, 1.15)
    rounds = trace_lines(moving, ends, weights, 40, 1.15, np.array((0, TONES, 0, TONES)))
    assert moving.sum() == pytest.approx(float(at_rest.sum()), rel=0.01)
    for axis in (0, 1):  # and they do not jump when they come to rest
        still, flown = (pixels.reshape(40, 40).sum(axis=axis) for pixels in (at_rest, moving))
        assert np.average(np.arange(40), weights=flown) == pytest.approx(
            np.average(np.arange(40), weights=still), abs=0.05
        )
    pixels = np.zeros(40 * 40, dtype=np.uint32)
    lay_tones(pixels, moving, rounds, np.repeat(np.array((1, 2), dtype=np.uint32), TONES))
    assert not moving.any()
    assert (pixels.reshape(40, 40)[12] == 1).any()
    assert (pixels.reshape(40, 40)[20] == 2).any()
