"""Reading again a while after something changed."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QWidget

from desktop.ui.awaited import Awaited

DELAY_MS = 20


def spin(ms: int) -> None:
    """Let events run for a while."""
    from time import monotonic

    end = monotonic() + ms / 1000
    while monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def test_it_reads_once_after_the_last_wish(app: object, wait_until: Callable[..., None]) -> None:
    widget, reads = QWidget(), list[int]()
    awaited = Awaited(widget, lambda: reads.append(1), DELAY_MS)
    widget.show()
    wait_until(lambda: reads == [1])
    for _ in range(5):
        awaited.ask()
    assert awaited.stale
    wait_until(lambda: len(reads) == 2)
    spin(3 * DELAY_MS)
    assert len(reads) == 2
    assert not awaited.stale
    widget.close()


def test_a_hidden_widget_is_read_for_when_it_is_seen_again(app: object, wait_until: Callable[..., None]) -> None:
    widget, reads = QWidget(), list[int]()
    awaited = Awaited(widget, lambda: reads.append(1), DELAY_MS)
    widget.show()
    wait_until(lambda: len(reads) == 1)
    widget.hide()
    awaited.ask()
    spin(4 * DELAY_MS)
    assert len(reads) == 1
    widget.show()
    wait_until(lambda: len(reads) == 2)
    widget.hide()
    widget.show()
    spin(4 * DELAY_MS)
    assert len(reads) == 2  # nothing was asked for meanwhile
    widget.close()


def test_only_the_last_reading_counts(app: object) -> None:
    widget, shown = QWidget(), list[str]()
    awaited = Awaited(widget, lambda: None, DELAY_MS)
    awaited.read_now()
    first, first_is_old = awaited.if_current(shown.append), awaited.outdated()
    assert not first_is_old()
    awaited.read_now()
    second = awaited.if_current(shown.append)
    assert first_is_old()
    first("old")
    second("new")
    awaited.drop()
    second("too late")
    assert shown == ["new"]


def test_a_long_reading_is_repeated_less_often(app: object, wait_until: Callable[..., None]) -> None:
    widget, reads = QWidget(), list[int]()
    awaited = Awaited(widget, lambda: reads.append(1), DELAY_MS, share=10)
    widget.show()
    wait_until(lambda: len(reads) == 1)
    show = awaited.if_current(lambda _result: None)
    spin(40)
    show(None)  # the reading took 40 ms or more
    awaited.ask()
    spin(200)
    assert len(reads) == 1
    wait_until(lambda: len(reads) == 2)
    widget.close()
