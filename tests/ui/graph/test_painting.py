"""How a picture looks: colours, shapes, names that keep clear of each other, what stands out, motion that ends."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle

from desktop.core.records import Graph, GraphNode, NodeKind, NoteKind
from desktop.ui import theme
from desktop.ui.graph.colours import RING_HUES, Tint, colours_of, tint_of_group, tints_of
from desktop.ui.graph.drawing import screen_radii
from desktop.ui.graph.label_plan import MOST_LABELS, candidates
from desktop.ui.graph.labels import LabelStyle, shown_title, two_lines
from desktop.ui.graph.oklch import oklch, to_oklab
from desktop.ui.graph.picture import Picture
from desktop.ui.graph.view import GraphView
from tests.ui.graph.stars import Wait, all_kinds, chain, pixel_of, placed, show, star

# Machado, Oliveira and Fernandes, 2009: what people without red or without green cones see, in linear sRGB.
BLIND = (
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
)
ALL_PLACES = {1: (0.0, 0.0), -1: (60.0, 0.0), -2: (0.0, 60.0), -3: (-60.0, 0.0), 2: (0.0, -60.0)}


def seen_by(colour: QColor, matrix: tuple[tuple[float, ...], ...]) -> QColor:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    mixed = np.clip(np.array(matrix) @ linear, 0.0, 1.0)
    return QColor.fromRgbF(*(12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in mixed))


def difference(first: QColor, second: QColor) -> float:
    return float(np.linalg.norm(np.subtract(to_oklab(first), to_oklab(second))))


def distance(pixel: QColor, colour: QColor) -> int:
    pairs = ((pixel.red(), colour.red()), (pixel.green(), colour.green()), (pixel.blue(), colour.blue()))
    return max(abs(first - second) for first, second in pairs)


def at(image: QImage, place: QPoint) -> QColor:
    return image.pixelColor(place)


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_the_ring_is_even_and_its_neighbours_differ_for_everybody(app: object, scheme: theme.Theme) -> None:
    colours = colours_of(scheme)
    ring = [colours.of_group(number) for number in range(len(RING_HUES))]
    kinds = [colours.of_kind(kind) for kind in (NoteKind.LECTURE, NoteKind.DIGEST, NoteKind.FOLDER)]
    lightness = [to_oklab(colour)[0] for colour in (*ring, *kinds)]
    assert max(lightness) - min(lightness) < 0.01
    strength = [float(np.hypot(*to_oklab(colour)[1:])) for colour in ring]
    assert max(strength) - min(strength) < 0.035, "a screen cannot show all hues equally strong, but nearly"
    for first, second in itertools.pairwise(ring):
        assert difference(first, second) > 0.1
        for matrix in BLIND:
            assert difference(seen_by(first, matrix), seen_by(second, matrix)) > 0.05
    for first, second in itertools.combinations(kinds, 2):
        assert min(difference(seen_by(first, matrix), seen_by(second, matrix)) for matrix in BLIND) > 0.05
    for colour in (*ring, *kinds, colours.of_kind(NoteKind.NOTE)):
        assert abs(to_oklab(colour)[0] - to_oklab(colours.ground)[0]) > 0.3


def test_the_formula_of_the_ring_goes_there_and_back(app: object) -> None:
    assert oklch(1.0, 0.0, 0.0).name() == "#ffffff"
    red = to_oklab(QColor("#ff0000"))
    assert red == pytest.approx((0.628, 0.2249, 0.1258), abs=1e-3)
    lightness, a, b = to_oklab(oklch(0.6, 0.1, 140.0))
    assert (lightness, float(np.hypot(a, b)), float(np.degrees(np.arctan2(b, a)))) == pytest.approx(
        (0.6, 0.1, 140.0), abs=0.5
    )
    assert to_oklab(oklch(0.6, 0.4, 140.0))[0] == pytest.approx(0.6, abs=0.01)


def test_colour_tells_the_kind_or_the_folder_and_the_shape_what_is_no_note(view: GraphView, wait_until: Wait) -> None:
    graph = all_kinds()
    assert tints_of(graph, False).tolist() == [Tint.LECTURE, Tint.UNRESOLVED, Tint.TAG, Tint.FILE, Tint.NOTE]
    assert tints_of(graph, True).tolist() == [tint_of_group(0), Tint.UNRESOLVED, Tint.TAG, Tint.FILE, tint_of_group(1)]
    assert tint_of_group(-1) == Tint.NOTE
    show(view, placed(graph, ALL_PLACES), wait_until)
    colours = colours_of(theme.current())
    image = view.grab().toImage()
    radii = view.stage.radii()
    assert distance(at(image, pixel_of(view, 0)), colours.of_kind(NoteKind.LECTURE)) < 6
    assert distance(at(image, pixel_of(view, 1)), colours.of_kind(None)) > 60, "what is missing is hollow"
    corner = QPoint(round(radii[2] * 0.72), round(radii[2] * 0.72))
    assert distance(at(image, pixel_of(view, 2)), colours.tints[Tint.TAG]) < 6
    assert distance(at(image, pixel_of(view, 2) + corner), colours.tints[Tint.TAG]) > 60, "a tag is a diamond"
    assert distance(at(image, pixel_of(view, 3) + corner * 0.9), colours.tints[Tint.FILE]) < 60, "a file is a square"
    view.set_colour_by("folder")
    wait_until(lambda: not view.running)
    image = view.grab().toImage()
    assert distance(at(image, pixel_of(view, 0)), colours.of_group(0)) < 6
    assert distance(at(image, pixel_of(view, 4)), colours.of_group(1)) < 6


def test_names_keep_clear_of_each_other_and_of_the_nodes(view: GraphView, wait_until: Wait) -> None:
    random = np.random.default_rng(3)
    edges = tuple(sorted({(int(random.integers(1, n)), n) for n in range(2, 91)}))
    degrees = np.bincount(np.array(edges).ravel(), minlength=92)
    nodes = tuple(
        GraphNode(n, f"Заметка number {n} " + "с длинным названием " * (n % 4), NoteKind.NOTE, int(degrees[n]))
        for n in range(1, 91)
    )
    view.resize(900, 700)
    picture = Picture(Graph(nodes, edges), None, None)
    picture.simulation.settle()
    show(view, picture, wait_until)
    for _ in range(3):
        view.zoom_by(1.5)
        wait_until(lambda: not view.running)
        shown = view._painter.names.shown
        assert len(shown.placed) > 10
        assert set(shown.opacity.values()) == {1.0}
        radii = screen_radii(picture, view.camera.scale)
        places = np.array(view.stage.places_of(np.arange(len(picture))))
        boxes = {}
        for node, placed_label in shown.placed.items():
            size = view._painter.names.labels.size(picture.titles[node], placed_label.style)
            x, y = places[node].tolist()
            left, top, width, height = candidates(x, y, float(radii[node]), *size)[placed_label.side]
            boxes[node] = (left + 3.0, top + 3.0, left + width - 3.0, top + height - 3.0)
        in_view = [box for box in boxes.values() if box[0] > 0 and box[1] > 0 and box[2] < 900 and box[3] < 700]
        assert len(in_view) <= MOST_LABELS
        for (a, b, c, d), (e, f, g, h) in itertools.combinations(boxes.values(), 2):
            assert c <= e or g <= a or d <= f or h <= b
        for left, top, right, bottom in boxes.values():
            nearest = np.clip(places, (left, top), (right, bottom)) - places
            assert (np.hypot(nearest[:, 0], nearest[:, 1]) >= radii - 1.0).all()


def test_where_two_want_one_place_the_better_linked_is_named(view: GraphView, wait_until: Wait) -> None:
    view.resize(240, 200)
    others = tuple(GraphNode(number, f"Leaf {number}", NoteKind.NOTE, 1) for number in range(3, 12))
    near = (GraphNode(1, "A lonely note with a long name", NoteKind.NOTE, 1), GraphNode(2, "The hub", None, 9))
    edges = ((1, 2), *((2, number) for number in range(3, 12)))
    places = {1: (-13.0, 0.0), 2: (13.0, 0.0)}
    places |= {number: ((number - 7) * 17.0, 60.0 if number % 2 else -60.0) for number in range(3, 12)}
    show(view, placed(Graph((*near, *others), edges), places), wait_until)
    shown = view._painter.names.shown.placed
    assert 1 in shown
    assert shown[1].style is LabelStyle.HUB
    assert len(shown) < 11


def test_long_titles_lose_their_middle_and_hostile_ones_their_tricks(app: object) -> None:
    metrics = QFontMetricsF(QFont("Inter"))
    title = "Конспект лекции о вероятностных моделях и о том, как их обучают на больших данных, часть 17"
    lines = two_lines(title, metrics)
    assert len(lines) == 2
    assert lines[0].startswith("Конспект")
    assert lines[1].endswith("17")
    assert "…" in lines[1]
    assert two_lines("a" * 100_000, metrics)[0].endswith("a")
    assert two_lines("", metrics) == []
    assert shown_title("\u202eright\n\x00to \ud800left") == "right to left"


def test_a_plan_is_only_shifted_while_one_pans(view: GraphView, wait_until: Wait) -> None:
    places = {1: (0.0, 0.0), 2: (40.0, 0.0), 3: (0.0, 40.0), 4: (-40.0, 0.0), 5: (0.0, -40.0)}
    show(view, placed(star(4), places), wait_until)
    image, plan = view._painter.layer.image, dict(view._painter.names.shown.placed)
    for _ in range(8):
        view.flight.pull(4.0, 2.0)
        view._painter.prepare(view.look(), 16.0, False)
        view.grab()
    assert view._painter.layer.image is image
    assert view._painter.names.shown.placed == plan


def test_what_a_search_found_and_a_chain_stand_out(view: GraphView, wait_until: Wait) -> None:
    places = {1: (-90.0, 0.0), 2: (-30.0, 0.0), 3: (30.0, 0.0), 4: (90.0, 0.0)}
    show(view, placed(chain("A", "B", "C", "D"), places), wait_until)
    colours, ground = colours_of(theme.current()), theme.current().base
    view.highlight({1, 4})
    wait_until(lambda: not view.running)
    image = view.grab().toImage()
    assert view.motion.dim == 1.0
    assert distance(at(image, pixel_of(view, 0)), colours.of_kind(NoteKind.NOTE)) < 6
    assert distance(at(image, pixel_of(view, 1)), ground) < 40
    view.show_path((2, 3))
    wait_until(lambda: not view.running)
    image = view.grab().toImage()
    middle = (pixel_of(view, 1) + pixel_of(view, 2)) / 2
    assert distance(at(image, middle), colours.accent) < 40
    assert {1, 2} <= set(view._painter.names.shown.placed)
    assert distance(at(image, (pixel_of(view, 0) + pixel_of(view, 1)) / 2), colours.accent) > 60
    view.show_path(())
    view.highlight(None)
    wait_until(lambda: not view.running)
    assert view.motion.dim == 0.0
    assert distance(at(view.grab().toImage(), pixel_of(view, 1)), colours.of_kind(NoteKind.NOTE)) < 6


def test_a_hub_of_hundreds_stands_out_too(view: GraphView, wait_until: Wait) -> None:
    picture = Picture(star(700), None, None)
    picture.simulation.settle(60)
    picture.simulation.cool()
    show(view, picture, wait_until)
    view.attention.hover(0)
    wait_until(lambda: not view.running)
    image = view.grab().toImage()
    accent, ground = theme.current().accent, theme.current().base
    tinted = sum(
        distance(image.pixelColor(x, y), accent) < distance(image.pixelColor(x, y), ground)
        for x in range(0, 400, 4)
        for y in range(0, 360, 4)
    )
    assert tinted > 100


def test_new_nodes_grow_and_old_ones_stay(view: GraphView, wait_until: Wait) -> None:
    places = {1: (0.0, 0.0), 2: (60.0, 0.0), 3: (0.0, 60.0), 4: (-60.0, 0.0)}
    show(view, placed(chain("A", "B", "C"), places, 1), wait_until)
    view.show_picture(placed(chain("A", "B", "C", "D"), places, 1), keep_camera=True)
    assert view.motion.births is not None
    assert view.motion.births.tolist() == [1.0, 1.0, 1.0, 0.0]
    colour = colours_of(theme.current()).of_kind(NoteKind.NOTE)
    assert distance(at(view.grab().toImage(), pixel_of(view, 3)), colour) > 40
    wait_until(lambda: not view.running)
    assert view.motion.births is None
    assert distance(at(view.grab().toImage(), pixel_of(view, 3)), colour) < 6


class StillStyle(QProxyStyle):
    """A style of a system that asks for no animations."""

    def styleHint(self, hint: QStyle.StyleHint, *others: object) -> int:
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, *others)  # type: ignore[arg-type]


def test_without_animations_everything_is_there_at_once(
    view: GraphView, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    still = StillStyle("Fusion")
    monkeypatch.setattr(QApplication, "style", staticmethod(lambda: still))
    show(view, placed(star(3), {1: (0.0, 0.0), 2: (50.0, 0.0), 3: (0.0, 50.0), 4: (-50.0, 0.0)}), wait_until)
    view.zoom_by(1.7)
    goal = view.flight.goal
    view.motion._tick()
    assert view.camera == goal
    view.attention.hover(1)
    view.motion._tick()
    assert view.motion.dim == 1.0


def test_at_rest_nothing_runs_and_nothing_is_painted(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(3), {1: (0.0, 0.0), 2: (50.0, 0.0), 3: (0.0, 50.0), 4: (-50.0, 0.0)}), wait_until)
    ticks: list[float] = []
    view.motion.ticked.connect(ticks.append)
    QApplication.processEvents()
    for _ in range(5):
        QApplication.processEvents()
    assert ticks == []
    view.attention.hover(1)
    assert view.running
    wait_until(lambda: not view.running)
    assert ticks


def test_the_theme_is_not_touched_and_another_one_is_taken(view: GraphView, wait_until: Wait) -> None:
    before = {role: getattr(theme.LIGHT, role) for role in theme.Theme.__slots__ if role != "dark"}
    copies = {role: QColor(colour) for role, colour in before.items()}
    show(view, placed(star(2), {1: (0.0, 0.0), 2: (50.0, 0.0), 3: (0.0, 50.0)}, 1), wait_until)
    view.attention.hover(1)
    wait_until(lambda: view.attention.card.is_shown)
    view.grab()
    assert before == copies
    light = at(view.grab().toImage(), QPoint(3, 3))
    theme.apply("dark")
    dark = at(view.grab().toImage(), QPoint(3, 3))
    theme.apply("light")
    assert light == theme.LIGHT.base
    assert dark == theme.DARK.base


def test_missing_nodes_are_told_by_either_mark() -> None:
    nodes = (GraphNode(-1, "A", None, 0), GraphNode(-2, "B", None, 0, NodeKind.UNRESOLVED))
    assert tints_of(Graph(nodes, ()), True).tolist() == [Tint.UNRESOLVED] * 2
