"""What pops up over the window: it takes the keys at once, and leaves when it should."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.dialogs.palette import Palette
from desktop.ui.notice_bar import NoticeBar


def test_the_palette_takes_what_is_typed(app: object) -> None:
    window = QWidget()
    window.resize(600, 400)
    palette = Palette([QAction("Import", window)], window)
    assert isinstance(palette.focusWidget(), QLineEdit)
    palette.deleteLater()


@pytest.mark.parametrize(("stays", "leaves"), [(True, False), (False, True)])
def test_an_offer_stays_until_it_is_answered_unless_told_otherwise(app: object, stays: bool, leaves: bool) -> None:
    bar = NoticeBar()
    answers: list[bool] = []
    bar.tell("info", "“Note” is in the trash.", "Undo", lambda: answers.append(True), stays)
    assert bar._timer.isActive() is leaves
    bar._button.click()
    assert answers == [True]
    assert not bar.isVisible()
