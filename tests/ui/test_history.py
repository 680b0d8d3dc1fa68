"""Back and forward through places."""

from desktop.core.records import NoteId
from desktop.ui.history import MOST, History, Place


def place(note: int, offset: int | None = None) -> Place:
    return Place(NoteId(note), offset)


def test_back_and_forward_walk_the_line() -> None:
    history = History()
    for note in (1, 2, 3):
        history.visit(place(note))
    assert [history.back(), history.back(), history.back()] == [place(2), place(1), None]
    assert [history.forward(), history.forward(), history.forward()] == [place(2), place(3), None]


def test_a_visit_forgets_what_lay_ahead() -> None:
    history = History()
    for note in (1, 2, 3):
        history.visit(place(note))
    history.back()
    history.visit(place(4))
    assert not history.can_go_forward
    assert history.back() == place(2)


def test_the_same_place_is_not_visited_twice_and_can_be_said_more_exactly() -> None:
    history = History()
    history.visit(place(1))
    history.visit(place(1))
    assert not history.can_go_back
    history.amend(place(1, 40))
    history.amend(place(9, 1))  # another note: not this place
    history.visit(place(2))
    assert history.back() == place(1, 40)


def test_the_line_is_bounded() -> None:
    history = History()
    for note in range(MOST + 50):
        history.visit(place(note))
    steps = 0
    while history.back():
        steps += 1
    assert steps == MOST - 1
