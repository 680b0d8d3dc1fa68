"""Words of a user in tooltips and labels are shown as they are, never read as markup."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel

from desktop.ui.graph.status_line import EmptyPage, StatusLine
from desktop.ui.plain_tips import plain_tip

HOSTILE = ("<img src='file:///secret.png'>", "a < b & c > d", "<b>x</b>\nsecond", "&lt;i&gt; <i>", "plain", "R&D", "")


@pytest.mark.parametrize("words", HOSTILE)
def test_a_tip_shows_exactly_its_words(app: object, words: str) -> None:
    tip = plain_tip(words)
    if tip == words:
        assert "<" not in tip
        return
    document = QTextDocument()
    document.setHtml(tip)
    assert document.toPlainText() == words
    assert "<img" not in document.toHtml()


@pytest.mark.parametrize("made", [StatusLine, EmptyPage])
def test_labels_that_hold_titles_read_no_markup(app: object, made: type) -> None:
    widget = made()
    labels = [label for label in (getattr(widget, name, None) for name in ("words", "left_out")) if label is not None]
    assert labels
    for label in labels:
        assert isinstance(label, QLabel)
        assert label.textFormat() == Qt.TextFormat.PlainText
    widget.deleteLater()


def test_no_tip_takes_a_title_as_it_is() -> None:
    taken = []
    for path in sorted(Path("desktop/ui").rglob("*.py")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.search(r"setToolTip\((?!plain_tip|title\)).*title", line) and "self.tr(" not in line:
                taken.append(f"{path}: {line.strip()}")
    assert not taken
