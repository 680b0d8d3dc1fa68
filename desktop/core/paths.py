"""Where things are: the library, what can be rebuilt, the settings, and the program's own resources.

The environment variable KONSPEKT_HOME puts all of a user's places under one folder (a portable set-up, and tests).
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

LIBRARY_SUFFIX = ".konspekt"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one user."""

    data: Path  # the default library and its backups
    cache: Path  # search indexes: may be deleted at any time
    config: Path  # settings

    @property
    def default_library(self) -> Path:
        """Return the library that is opened when none is named."""
        return self.data / f"library{LIBRARY_SUFFIX}"

    def index_folder(self, uuid: str) -> Path:
        """Return the folder of one library's search index."""
        return self.cache / "index" / uuid


def user_places() -> Places:
    """Return the places of the user who runs this process."""
    home = os.environ.get("KONSPEKT_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        return Places(root / "data", root / "cache", root / "config")
    import platformdirs  # late: only here, and 5 ms

    folders = platformdirs.PlatformDirs("Konspekt", appauthor=False, roaming=False)
    return Places(Path(folders.user_data_dir), Path(folders.user_cache_dir), Path(folders.user_config_dir))


def resource(relative: str) -> Path:
    """Return the path of a file under resources/, in a checkout and in the frozen program alike."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root / "resources" / relative
