"""How one writes: folds, focus, typewriter, the width of the column, nothing but the text."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.ui.editor.page import COLUMN_CHARACTERS
from desktop.ui.workspace import Place

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow
    from desktop.ui.zen import Zen



class WritingCommands(QObject):
    """Commands of the editor's page; what is chosen is remembered."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.workspace.settings

    @cached_property
    def zen(self) -> "Zen":
        """The window without anything but the text."""
        from desktop.ui.zen import Zen  # late: not before the first paint

        return Zen(self._window)

    def in_zen(self) -> bool:
        """Say whether only the text is shown."""
        return "zen" in vars(self) and self.zen.active

    def toggle_zen(self) -> None:
        """Show nothing but the text, or everything again."""
        self.zen.toggle()
        self._window.actions_by_name["zen"].setChecked(self.zen.active)

    def show_choices(self) -> None:
        """Mark in the menu what is in force."""
        actions, settings = self._window.actions_by_name, self._settings
        for mode in ("paragraph", "sentence"):
            actions[f"focus_{mode}"].setChecked(settings.focus_mode == mode)
        actions["typewriter"].setChecked(settings.typewriter)
        actions["column_full"].setChecked(not settings.column)

    def focus_on(self, mode: str) -> None:
        """Let only the paragraph or the sentence stand out; the same again ends it."""
        self._settings.focus_mode = "" if self._settings.focus_mode == mode else mode
        self._settings.save()
        self.apply("focus_mode")

    def toggle_typewriter(self) -> None:
        """Keep the line that is written in the middle, or not."""
        self._settings.typewriter = not self._settings.typewriter
        self._settings.save()
        self.apply("typewriter")

    def change_column(self, by: int) -> None:
        """Make the column wider (1), narrower (-1), or as wide as the window and back (0)."""
        from desktop.ui.dialogs.settings_dialog import COLUMN_STEP, NARROWEST, WIDEST

        column = self._settings.column
        if by:
            column = max(NARROWEST, min(WIDEST, (column or WIDEST) + by * COLUMN_STEP))
        else:
            column = 0 if column else COLUMN_CHARACTERS
        self._settings.column = column
        self._settings.save()
        self.apply("column")

    def apply(self, name: str) -> None:
        """Put one setting in force."""
        edit, settings = self._window.editor.edit, self._settings
        if name == "focus_mode":
            edit.focus_mode.set_mode(settings.focus_mode)
        elif name == "typewriter":
            edit.typewriter.set_on(settings.typewriter)
        elif name == "column":
            edit.set_column(settings.column)
        self.show_choices()

    def go_to_heading(self) -> None:
        """Find a heading of the open note by typing; the place is shown meanwhile."""
        editor, workspace = self._window.editor, self._window.workspace
        session = editor.session
        if session is None:
            return
        if self._settings.view == "preview":
            self._window.show_view("split")
        from desktop.core.text.outline import scan_sections
        from desktop.ui.dialogs.go_to_heading import GoToHeading

        note_id, text = session.note_id, session.text()
        here = editor.place()
        offset = here.offset if here is not None and here.offset is not None else 0
        dialog = GoToHeading(editor.places.hold(), offset, self._window)
        dialog.shown.connect(lambda section: editor.places.go_to(Place(note_id, section=section)))
        dialog.chosen.connect(lambda section: workspace.open_note(note_id, section=section))
        dialog.show()
        workspace.answer(lambda: scan_sections(text), dialog.fill)
