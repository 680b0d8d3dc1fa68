"""A view on the screen of nobody."""

from collections.abc import Iterator

import pytest

from desktop.ui.graph.view import GraphView


@pytest.fixture
def view(app: object) -> Iterator[GraphView]:
    """Return a view that is shown."""
    view = GraphView()
    view.resize(400, 360)
    view.show()
    yield view
    view.hide()
    view.deleteLater()
