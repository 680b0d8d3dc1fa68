"""Texts to measure with: Russian and English notes with headings, links and tags, the same for the same seed.

Words are drawn from a vocabulary with a Zipf distribution, as in real prose: a few words are in every note, most are
rare. That is what makes an index and a search behave as they do at a user's.
"""

import itertools
import random
from pathlib import Path

ONSETS = {
    "ru": "б в г д ж з к л м н п р с т ф х ц ч ш ст пр кл тр".split(),
    "en": "b c d f g l m n p r s t st pr".split(),
}
VOWELS = {"ru": "а е и о у ы я ю".split(), "en": "a e i o u ea ou".split()}
ENDINGS = {"ru": "а и у ой ам ах ов ение ения ость ать ает".split(), "en": "s ed ing er tion ly ment".split()}
COMMON = {
    "ru": "и в на с что для как это модель данные система обучение поток время метод задача".split(),
    "en": "the of and to in is for model data system learning stream time method".split(),
}
VOCABULARY = 6_000  # stems a language
FOLDERS = 40


class Prose:
    """A source of text in two languages."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = {language: self._vocabulary(language) for language in ONSETS}
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

    def _vocabulary(self, language: str) -> list[str]:
        draw = self.random.choice
        stems = [
            "".join(draw(ONSETS[language]) + draw(VOWELS[language]) for _ in range(self.random.randint(1, 3)))
            + draw(ONSETS[language])
            for _ in range(VOCABULARY - len(COMMON[language]))
        ]
        return COMMON[language] + stems

    def word(self, language: str) -> str:
        """Return a word, often in an inflected form."""
        word = self.random.choices(self.words[language], cum_weights=self.weights)[0]
        return word + self.random.choice(ENDINGS[language]) if self.random.random() < 0.5 else word

    def sentence(self, language: str) -> str:
        """Return a sentence of 5 to 18 words."""
        words = [self.word(language) for _ in range(self.random.randint(5, 18))]
        return " ".join(words).capitalize() + "."

    def note(self, number: int, notes: int) -> str:
        """Return a note of about 2 KB that links to others of the same library."""
        language = "ru" if number % 3 else "en"
        lines = [f"# {title(number)}", ""]
        for _ in range(self.random.randint(2, 4)):
            lines += [f"## {self.sentence(language).rstrip('.')[:60].strip()}", ""]
            lines.append(" ".join(self.sentence(language) for _ in range(self.random.randint(2, 6))))
            for _ in range(self.random.randint(0, 3)):
                lines.append(f"- {self.sentence(language)} [[{title(self.random.randrange(notes))}]]")
            lines.append("")
        lines.append(f"#{self.word(language)} #{self.word(language)}")
        return "\n".join(lines) + "\n"

    def long_text(self, size: int) -> str:
        """Return one note of about `size` bytes."""
        parts, length = ["# Long\n"], 0
        while length < size:
            part = self.note(0, 100)
            parts.append(part)
            length += len(part.encode())
        return "\n".join(parts)

    def queries(self, count: int) -> list[str]:
        """Return words as a person would search for them, common and rare."""
        found = (self.word(self.random.choice(("ru", "ru", "en"))) for _ in itertools.count())
        return list(itertools.islice((word for word in found if len(word) > 3), count))


def title(number: int) -> str:
    """Return the title of a generated note; the numbers are spread so that prefixes are shared."""
    return f"Заметка {number:05d}" if number % 3 else f"Note {number:05d}"


def write_folder(folder: Path, notes: int, seed: int = 1) -> int:
    """Write so many notes as Markdown files into a few folders, and return their size in bytes."""
    prose = Prose(seed)
    size = 0
    for number in range(notes):
        file = folder / f"Раздел {number % FOLDERS:02d}" / f"{title(number)}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        data = prose.note(number, notes).encode()
        file.write_bytes(data)
        size += len(data)
    return size
