"""Words with a number in them, for functions that have no object whose `tr` they could use.

lupdate sees the plural of a text in `tr` alone: one in `QCoreApplication.translate` is passed over, or taken for a text
without forms.
"""

from PySide6.QtCore import QObject


class Counted(QObject):
    """Says how many there are of something."""

    def links(self, count: int) -> str:
        """Return "3 links"."""
        return self.tr("%n link(s)", "", count)

    def notes(self, count: int) -> str:
        """Return "3 notes"."""
        return self.tr("%n note(s)", "", count)

    def in_notes(self, count: int) -> str:
        """Return "in 3 notes"."""
        return self.tr("in %n note(s)", "", count)

    def more_notes(self, count: int) -> str:
        """Return "3 more notes"."""
        return self.tr("%n more note(s)", "", count)

    def namesakes(self, count: int) -> str:
        """Return how many other notes go by a name."""
        return self.tr("%n other note(s) go by this name", "", count)

    def links_left_alone(self, count: int) -> str:
        """Return how many links were not rewritten."""
        return self.tr("%n link(s) were left alone: their text is another by now.", "", count)

    def links_changed(self, count: int) -> str:
        """Return how many links were rewritten, and the way back."""
        return self.tr("%n link(s) were changed; “Undo the last change of the tree” takes it back.", "", count)
