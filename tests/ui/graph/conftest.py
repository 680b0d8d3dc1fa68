"""A view on the screen of nobody."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from desktop.ui.graph.view import GraphView


@pytest.fixture
def view(app: object) -> Iterator[GraphView]:
    """Return a view that is shown."""
    view = GraphView()
    view.resize(400, 360)
    view.show()
    QTest.mouseMove(view, QPoint(1, 1))  # a pointer that is where it was last is not moved: no event comes
    yield view
    view.hide()
    view.deleteLater()
