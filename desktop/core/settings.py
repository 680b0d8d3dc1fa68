"""What the user prefers, typed, with defaults and units; one JSON file in the config folder.

An unreadable file is set aside, never a reason not to start.
"""

import dataclasses
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE_NAME = "settings.json"


@dataclass(slots=True)
class Settings:
    """The preferences of one user; `save` writes them."""

    file: Path | None = field(default=None, metadata={"stored": False})
    theme: str = "system"  # "system", "light", "dark"
    language: str = ""  # "" follows the system, else "en" or "ru"
    text_size: int = 16  # pixels
    column: int = 80  # characters of a line in the editor, 0 for as many as fit
    focus_mode: str = ""  # what stands out in the editor: "" (everything), "paragraph", "sentence"
    typewriter: bool = False  # the line that is written stays in the middle
    view: str = "split"  # "edit", "split", "preview"
    sidebar: bool = True  # search and tree are shown
    side_panels: bool = True  # outline, links and graph are shown
    geometry: str = ""  # of the window, base64
    layout: str = ""  # of its docks, base64
    split: list[int] = field(default_factory=list)  # widths of editor and preview, pixels
    welcomed: bool = False  # the samples were offered once
    forgiving_search: bool = True  # also show what may have been meant when a search finds little
    image_limit: int = 20  # MB that one image fetched from elsewhere may have
    close_pairs: bool = True  # brackets, quotes and marks that are typed close themselves
    smart_typography: bool = False  # dashes, ellipses and quotation marks are set while typing
    preview_renames: bool = True  # what a rename writes in other notes is shown before
    spelling: bool = True  # words that look misspelt are underlined in the editor
    library: str = ""  # opened last; "" is the default library

    def save(self) -> None:
        """Write the settings file whole, or leave the old one."""
        if self.file is None:
            return
        values = {f.name: getattr(self, f.name) for f in _stored()}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.file.with_suffix(".new")
        draft.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(draft, self.file)


def load_settings(folder: Path) -> Settings:
    """Return the settings in `folder`; values of the wrong type fall back to their defaults."""
    file = folder / FILE_NAME
    settings = Settings(file=file)
    try:
        values: Any = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return settings
    except (OSError, ValueError):
        _set_aside(file)
        return settings
    if isinstance(values, dict):
        for f in _stored():
            value = values.get(f.name)
            if type(value) is type(getattr(settings, f.name)):
                setattr(settings, f.name, value)
    return settings


def _stored() -> list[dataclasses.Field[Any]]:
    return [f for f in dataclasses.fields(Settings) if f.metadata.get("stored", True)]


def _set_aside(file: Path) -> None:
    try:
        os.replace(file, file.with_suffix(".damaged"))
    except OSError:
        pass  # the next save replaces it
