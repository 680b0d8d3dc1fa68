"""The few things that a user may want otherwise; each takes effect at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.core.settings import Settings
from desktop.ui import theme

SMALLEST, LARGEST = 12, 28  # pixels
NARROWEST, WIDEST, COLUMN_STEP = 50, 120, 5  # characters
LARGEST_IMAGE = 200  # MB


class SettingsDialog(QDialog):
    """Changes the settings object and tells that it did."""

    changed = Signal(str)  # the setting's name

    def __init__(self, settings: Settings, library: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        themes = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        languages = {"": self.tr("As the system"), "en": "English", "ru": "Русский"}
        form.addRow(self.tr("Appearance"), self._choice("theme", themes, self.tr("Appearance")))
        form.addRow(self.tr("Language (after a restart)"), self._choice("language", languages, self.tr("Language")))
        size = QSpinBox()
        size.setRange(SMALLEST, LARGEST)
        size.lineEdit().setTextMargins(6, 0, 0, 0)  # the style sheet's padding is for the frame around it
        size.setSuffix(self.tr(" px"))
        size.setValue(settings.text_size)
        size.setAccessibleName(self.tr("Text size"))
        size.valueChanged.connect(lambda value: self._set("text_size", value))
        form.addRow(self.tr("Text size"), size)
        form.addRow(self.tr("Column"), self._column())
        focus = {
            "": self.tr("Off"),
            "paragraph": self.tr("The paragraph stands out"),
            "sentence": self.tr("The sentence stands out"),
        }
        form.addRow(self.tr("Focus"), self._choice("focus_mode", focus, self.tr("Focus")))
        typewriter = self._check("typewriter", self.tr("The line that is written stays in the middle"))
        form.addRow(self.tr("Typewriter"), typewriter)
        spelling = self._check("spelling", self.tr("Underline words that look misspelt"))
        spelling.setToolTip(self.tr("Russian and English; a right click offers what may have been meant"))
        form.addRow(self.tr("Spelling"), spelling)
        forgiving = QCheckBox(self.tr("Also show what may have been meant"))
        forgiving.setToolTip(self.tr("Typos, the other keyboard layout, words that begin so: always below exact hits"))
        forgiving.setAccessibleName(self.tr("Forgiving search"))
        forgiving.setChecked(settings.forgiving_search)
        forgiving.toggled.connect(lambda on: self._set("forgiving_search", on))
        form.addRow(self.tr("Search"), forgiving)
        limit = QSpinBox()
        limit.setRange(1, LARGEST_IMAGE)
        limit.lineEdit().setTextMargins(6, 0, 0, 0)
        limit.setSuffix(self.tr(" MB"))
        limit.setValue(settings.image_limit)
        limit.setToolTip(self.tr("Larger images are not fetched when a note is made offline"))
        limit.setAccessibleName(self.tr("Largest fetched image"))
        limit.valueChanged.connect(lambda value: self._set("image_limit", value))
        form.addRow(self.tr("Largest fetched image"), limit)
        pairs = self._check("close_pairs", self.tr("Brackets, quotes and marks close themselves"))
        form.addRow(self.tr("Typing"), pairs)
        signs = self._check("smart_typography", self.tr("Dashes, ellipses and quotation marks are set"))
        signs.setToolTip(self.tr("-- becomes –, ... becomes …, quotation marks are those of the language around"))
        form.addRow("", signs)
        renames = self._check("preview_renames", self.tr("Show what changes in other notes first"))
        form.addRow(self.tr("Renaming"), renames)
        where = QLabel(library)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        where.setWordWrap(True)
        where.setStyleSheet(f"color: {theme.current().muted.name()}")
        form.addRow(self.tr("Library file"), where)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(20)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.setMinimumWidth(460)

    def _choice(self, name: str, choices: dict[str, str], label: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(label)
        for value, text in choices.items():
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(getattr(self._settings, name))))
        box.currentIndexChanged.connect(lambda: self._set(name, box.currentData()))
        return box

    def _column(self) -> QSpinBox:
        """Return the width of the text in characters; below the least it is the whole width."""
        box = QSpinBox()
        box.setRange(NARROWEST - COLUMN_STEP, WIDEST)
        box.setSingleStep(COLUMN_STEP)
        box.setSpecialValueText(self.tr("The whole width"))
        box.setSuffix(self.tr(" characters"))
        box.lineEdit().setTextMargins(6, 0, 0, 0)
        box.setValue(self._settings.column or box.minimum())
        box.setAccessibleName(self.tr("Column"))
        box.valueChanged.connect(lambda value: self._set("column", value if value >= NARROWEST else 0))
        return box

    def _check(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setAccessibleName(text)
        box.setChecked(getattr(self._settings, name))
        box.toggled.connect(lambda on: self._set(name, on))
        return box

    def _set(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self._settings.save()
        self.changed.emit(name)
