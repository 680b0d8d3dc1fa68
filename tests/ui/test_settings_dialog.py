"""The settings: each takes effect at once and is stored."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.core.settings import Settings, load_settings
from desktop.ui.dialogs.settings_dialog import SettingsDialog


def test_forgiving_search_is_switched_off_and_stored(app: object, tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings.forgiving_search
    window = QWidget()
    told: list[str] = []
    dialog = SettingsDialog(settings, "library", window)
    dialog.changed.connect(told.append)
    box = next(box for box in dialog.findChildren(QCheckBox) if box.accessibleName() == "Forgiving search")
    assert box.isChecked()
    box.click()
    assert told == ["forgiving_search"]
    stored = load_settings(tmp_path)
    assert isinstance(stored, Settings)
    assert not stored.forgiving_search
    window.deleteLater()
