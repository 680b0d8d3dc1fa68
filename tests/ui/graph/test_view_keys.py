"""The graph by keyboard, and for people who do not see it."""

import gc

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from desktop.ui.graph.view import GraphView
from tests.ui.graph.stars import Wait, all_kinds, chain, placed, show, star


def type_text(view: GraphView, text: str) -> None:
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(view, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def test_arrows_go_to_the_nearest_in_their_direction(view: GraphView, wait_until: Wait) -> None:
    places = {1: (0.0, 0.0), 2: (60.0, 5.0), 3: (140.0, 0.0), 4: (0.0, -70.0)}
    show(view, placed(chain("A", "B", "C", "D"), places, 1), wait_until)
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up)
    chosen = []
    for key in (Qt.Key.Key_Down, *keys):
        QTest.keyClick(view, key)
        chosen.append(view.selected_id())
    assert chosen == [1, 2, 3, 3, 2, 1, 4]


def test_tab_goes_round_the_neighbours_and_escape_ends_it(app: object, wait_until: Wait) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    view, field = GraphView(), QLineEdit()
    row.addWidget(view, 1)
    row.addWidget(field)
    window.resize(500, 360)
    window.show()
    window.activateWindow()
    picture = placed(star(3), {1: (0.0, 0.0), 2: (50.0, -50.0), 3: (50.0, 50.0), 4: (-50.0, 50.0)}, 1)
    show(view, picture, wait_until)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    chosen = []
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        chosen.append(view.selected_id())
    assert chosen == [2, 3, 4, 2]
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert view.selected_id() == 4
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selected_id() is None
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert window.focusWidget() is field
    window.hide()
    window.deleteLater()


def test_letters_jump_to_titles_in_both_languages(view: GraphView, wait_until: Wait) -> None:
    titles = ("Модель данных", "Мера", "Data model", "Digest", "Поиск")
    show(view, placed(chain(*titles), {n: (40.0 * n, 0.0) for n in range(1, 6)}), wait_until)
    type_text(view, "мо")
    assert view.selected_id() == 1
    view._keys.forget()
    type_text(view, "d")
    assert view.selected_id() == 3
    type_text(view, "d")
    assert view.selected_id() == 4
    view._keys.forget()
    type_text(view, "mod")
    assert view.selected_id() == 3
    view._keys.forget()
    type_text(view, "нет такого")
    assert view.selected_id() == 3


def test_p_lets_a_held_node_go_and_space_holds_it(view: GraphView, wait_until: Wait) -> None:
    picture = show(view, placed(chain("Plan", "Other"), {1: (0.0, 0.0), 2: (40.0, 0.0)}, 2), wait_until)
    told: list[bool] = []
    view.pinned_changed.connect(lambda: told.append(True))
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert picture.simulation.pinned == {1}
    QTest.keyClick(view, Qt.Key.Key_P)
    assert picture.simulation.pinned == frozenset()
    assert told == [True, True]
    assert view.selected_id() == 2
    QTest.keyClick(view, Qt.Key.Key_P)
    assert view.selected_id() == 1


def test_enter_opens_and_the_menu_key_asks_for_the_menu(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(3), {1: (0.0, 0.0), 2: (50.0, 0.0), 3: (0.0, 50.0), 4: (-50.0, 0.0)}, 1), wait_until)
    opened: list[tuple[int, bool]] = []
    asked: list[tuple[object, QPoint]] = []
    view.activated.connect(lambda number, in_tab: opened.append((number, in_tab)))
    view.context_requested.connect(lambda number, place: asked.append((number, place)))
    QTest.keyClick(view, Qt.Key.Key_Menu)
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [number for number, _place in asked] == [None, 1]
    assert view.rect().contains(view.mapFromGlobal(asked[1][1]))
    assert opened == [(1, False), (1, True)]


def test_letters_are_no_shortcuts_while_the_graph_has_the_focus(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(star(2), {1: (0.0, 0.0), 2: (50.0, 0.0), 3: (0.0, 50.0)}), wait_until)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_D, Qt.KeyboardModifier.NoModifier, "d")
    event.ignore()
    QApplication.sendEvent(view, event)
    assert event.isAccepted()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier, "\x06")
    event.ignore()
    QApplication.sendEvent(view, event)
    assert not event.isAccepted()


def test_a_screen_reader_finds_the_selected_node(view: GraphView, wait_until: Wait) -> None:
    show(view, placed(all_kinds(), {1: (0.0, 0.0), -1: (60.0, 0.0), -2: (0.0, 60.0), -3: (-60.0, 0.0)}, 1), wait_until)
    graph = QAccessible.queryAccessibleInterface(view)
    assert graph.role() == QAccessible.Role.Chart
    assert graph.text(QAccessible.Text.Name) == "Graph of links"
    assert graph.childCount() == 0
    events: list[tuple[object, int]] = []
    names = {}
    for number in (1, -1, -2, -3):
        assert view.picture is not None
        view.select(view.picture.index[number])
        events.append((graph.childCount(), graph.indexOfChild(graph.child(0))))
        names[number] = graph.child(0).text(QAccessible.Text.Name)
    assert events == [(1, 0)] * 4
    assert names == {
        1: "Lecture – lecture, links: 3",
        -1: "Missing – not written yet, links: 1",
        -2: "#tag – tag, links: 1",
        -3: "file.pdf – attachment, links: 1",
    }
    assert view.accessibleDescription() == names[-3]
    node = graph.child(0)
    assert node.parent() is graph
    assert node.state().selected
    assert node.rect().contains(view.mapToGlobal(view.stage.place_of(3).toPoint()))
    view.select(None)
    assert graph.childCount() == 0
    assert view.accessibleDescription() == ""


def test_interfaces_come_and_go_with_their_views(app: object, wait_until: Wait) -> None:
    from desktop.ui.graph import accessible

    before = len(accessible._interfaces)
    for _ in range(20):
        view = GraphView()
        view.show_picture(placed(star(2), {1: (0.0, 0.0), 2: (50.0, 0.0), 3: (0.0, 50.0)}, 1))
        view.select(0)
        assert QAccessible.queryAccessibleInterface(view).child(0).isValid()
        view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del view
        gc.collect()
    assert len(accessible._interfaces) <= before
