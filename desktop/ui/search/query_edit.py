"""What the results do to the field: filters come into its text and go again, the focus comes to it and goes back."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.ui.search import query_text


class QueryEdit(QObject):
    """Changes the field's text, and remembers where the focus was before; `results` is the panel under the field."""

    def __init__(self, field: QLineEdit, results: QWidget) -> None:
        super().__init__(results)
        self._field = field
        self._results = results
        self._focus_before: QWidget | None = None

    # --- the text ----------------------------------------------------------------------------------------

    def put_filter(self, facet: str, term: str) -> None:
        """Filter by one value of a facet."""
        self._field.setText(query_text.with_term(self._field.text(), facet, term))

    def remove_filter(self, facet: str) -> None:
        """Filter by no value of a facet."""
        self._field.setText(query_text.without(self._field.text(), facet))

    def remove_filters(self) -> None:
        """Leave only what was typed to be looked for."""
        self._field.setText(query_text.without_filters(self._field.text()))

    def set_newest(self, on: bool) -> None:
        """Ask for the newest notes first, or for the best."""
        if on:
            self.put_filter("sort", query_text.SORT_NEWEST)
        else:
            self.remove_filter("sort")

    # --- the focus ---------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Put the focus into the field, all of its text selected."""
        self.remember_focus()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def remember_focus(self) -> None:
        """Remember who has the focus, unless it is the search itself."""
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self._field and not self._results.isAncestorOf(focus):
            self._focus_before = focus
            focus.destroyed.connect(self._forget_focus)

    def give_focus_back(self) -> None:
        """Put the focus where it was before the search."""
        before = self._focus_before
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            window = self._results.window()
            window.setFocus(Qt.FocusReason.OtherFocusReason)  # which hands it on to the text

    def _forget_focus(self) -> None:
        self._focus_before = None
