"""The user's own words: right for the spelling whatever dictionaries say. One a line, in the settings folder."""

from pathlib import Path

FILE_NAME = "words.txt"
MOST = 50_000  # lines that are read


class OwnWords:
    """Words in small letters, read from the file when they are first asked for."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` None keeps them in memory alone."""
        self._file = folder / FILE_NAME if folder is not None else None
        self._words: frozenset[str] | None = None

    def all(self) -> frozenset[str]:
        """Return the words."""
        if self._words is None:
            self._words = self._read()
        return self._words

    def add(self, word: str) -> None:
        """Remember a word; raise OSError where the file cannot be written, the word being known until the end."""
        word = word.lower()
        if word in self.all():
            return
        self._words = self.all() | {word}
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(f"{word}\n")

    def _read(self) -> frozenset[str]:
        if self._file is None:
            return frozenset()
        try:
            lines = self._file.read_text(encoding="utf-8", errors="replace").split("\n", MOST)[:MOST]
        except OSError:
            return frozenset()
        return frozenset(word for line in lines if (word := line.strip().lower()))
