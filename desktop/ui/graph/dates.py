"""A span of days to choose: a few usual ones by a click, any other by typing its ends."""

import calendar
import re
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

USUAL: Final = (7, 30, 365)  # days
_DATE: Final = re.compile(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?")


def day_of(typed: str, last: bool) -> str | None:
    """Return the first or last day that a typed date means, as ISO; "" for nothing typed, None for no date.

    A year or a month stands for all its days.
    """
    typed = typed.strip()
    if not typed:
        return ""
    found = _DATE.fullmatch(typed)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    month = month or (12 if last else 1)
    if not (1 <= year <= 9_999 and 1 <= month <= 12):
        return None
    length = calendar.monthrange(year, month)[1]
    day = day if day is not None else (length if last else 1)
    return date(year, month, day).isoformat() if 1 <= day <= length else None


def span_words(since: str, until: str) -> str:
    """Return a span of days as short words; "" for all days."""
    translate = QCoreApplication.translate
    if since and until:
        return since if since == until else f"{since} – {until}"
    if since:
        return translate("DatesCard", "since {0}").format(since)
    return translate("DatesCard", "until {0}").format(until) if until else ""


class DatesCard(QWidget):
    """The usual spans, and two fields."""

    chosen = Signal(str, str)  # since and until, ISO days or ""
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 10)
        column.setSpacing(1)
        names = (self.tr("Last week"), self.tr("Last month"), self.tr("Last year"))
        self._add(column, self.tr("Any day"), 0)
        for name, days in zip(names, USUAL, strict=True):
            self._add(column, name, days)
        self.since, self.until = QLineEdit(), QLineEdit()
        grid = QGridLayout()
        grid.setContentsMargins(6, 8, 6, 0)
        grid.setSpacing(6)
        for row, (field, name) in enumerate(((self.since, self.tr("From")), (self.until, self.tr("To")))):
            field.setAccessibleName(name)
            field.setPlaceholderText(self.tr("2024 or 2024-05-17"))
            field.setMaxLength(10)
            field.setMinimumWidth(210)
            field.textEdited.connect(self._take)
            field.returnPressed.connect(self.finished)
            label = QLabel(name)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        column.addLayout(grid)
        self.problem = QLabel()
        self.problem.setObjectName("problem")
        self.problem.setContentsMargins(6, 4, 6, 0)
        self.problem.hide()
        column.addWidget(self.problem)

    def _add(self, column: QVBoxLayout, name: str, days: int) -> None:
        button = QPushButton(name)
        button.setObjectName("usualSpan")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._choose(days))
        column.addWidget(button)

    def show_span(self, since: str, until: str) -> None:
        """Put a span into the fields."""
        self.since.setText(since)
        self.until.setText(until)
        self.problem.hide()

    def _choose(self, days: int) -> None:
        since = (date.today() - timedelta(days=days - 1)).isoformat() if days else ""
        self.show_span(since, "")
        self.chosen.emit(since, "")
        self.finished.emit()

    def _take(self) -> None:
        """Take what was typed, when it is a span; say what is wrong with it else."""
        since, until = day_of(self.since.text(), last=False), day_of(self.until.text(), last=True)
        problem = ""
        if since is None or until is None:
            problem = self.tr("That is no date yet.")
        elif since and until and since > until:
            problem = self.tr("The span ends before it begins.")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if not problem:
            assert since is not None
            assert until is not None
            self.chosen.emit(since, until)
