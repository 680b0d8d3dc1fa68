"""Texts to measure with: Russian and English notes as people keep them, the same for the same seed.

What makes an index and a search behave as they do at a user's is how words are spread, so three sources are mixed:
glue words (a third of all), common words in their inflected forms (drawn by Zipf), and an endless tail of invented
words, names and terms, of which a note uses a few again and again. So the vocabulary keeps growing with the library:
some 120,000 distinct forms in 10,000 notes. Lengths have a long tail: half of the notes are short, one in a thousand
is a book chapter. Notes have front matter, dates, tags, links, lists, tables and code.
"""

import itertools
import random
from functools import lru_cache
from pathlib import Path

from tests.bench.vocabulary import CODE, COMMON, CONSONANTS, ENDINGS, GLUE, HOSTS, SYLLABLES

GLUE_SHARE, COMMON_SHARE = 0.34, 0.46  # of all words; the rest is the tail
TAIL_EXPONENT, TAIL_OFFSET = 0.85, 900.0
OWN_WORDS = 14  # of the tail, that a note comes back to
OWN_SHARE = 0.6
MEDIAN_WORDS, LENGTH_SPREAD, MAX_WORDS = 125, 0.95, 3_000
CHAPTER_EVERY, CHAPTER_WORDS = 1_000, 15_000
KINDS = ("lecture", "digest", "", "", "")
TAGS = 120
FOLDERS = 40

Forms = tuple[tuple[str, ...], ...]


class Prose:
    """A source of text in two languages."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._own: list[str] = []

    def word(self, language: str) -> str:
        """Return a word in one of its forms."""
        share = self.random.random()
        if share < GLUE_SHARE:
            glue, weights = _glue(language)
            return self.random.choices(glue, cum_weights=weights)[0]
        return self.content_word(language, share < GLUE_SHARE + COMMON_SHARE)

    def content_word(self, language: str, common: bool) -> str:
        """Return a word that carries meaning."""
        draw = self.random
        if common:
            forms, weights = _forms(language)
            return draw.choice(draw.choices(forms, cum_weights=weights)[0])
        if self._own and draw.random() < OWN_SHARE:
            return draw.choice(self._own)
        rank = int(TAIL_OFFSET * (max(draw.random(), 1e-9) ** (-1.0 / TAIL_EXPONENT) - 1.0))
        found = invented(language, rank, draw.randrange(1 << 16))
        if len(self._own) < OWN_WORDS:
            self._own.append(found)
        return found

    def sentence(self, language: str) -> str:
        """Return a sentence of 5 to 18 words, now and then with a word of the other language."""
        words = [self.word(language) for _ in range(self.random.randint(5, 18))]
        if language == "ru" and self.random.random() < 0.3:
            words[self.random.randrange(len(words))] = self.content_word("en", self.random.random() < 0.7)
        if self.random.random() < 0.3:
            words[self.random.randrange(len(words) - 1)] += ","
        words[0] = words[0].capitalize()
        return " ".join(words) + self.random.choice("....?!")

    def note(self, number: int, notes: int) -> str:
        """Return a note that links to others of the same library."""
        length = min(MAX_WORDS, int(self.random.lognormvariate(0.0, LENGTH_SPREAD) * MEDIAN_WORDS) + 20)
        if number % CHAPTER_EVERY == CHAPTER_EVERY // 2:
            length = CHAPTER_WORDS
        return self.text(number, notes, length)

    def text(self, number: int, notes: int, length: int) -> str:
        """Return a note of about so many words."""
        language = "ru" if number % 3 else "en"
        self._own = []
        lines = [*self._front_matter(), f"# {title(number)}", ""]
        size = 0
        while size < length:
            block = self._block(language, notes, length)
            size += sum(line.count(" ") + 1 for line in block)
            lines += [*block, ""]
        if self.random.random() < 0.5:
            lines.append(" ".join(f"#{tag_name(self._rank(TAGS))}" for _ in range(self.random.randint(1, 3))))
        return "\n".join(lines) + "\n"

    def long_text(self, size: int) -> str:
        """Return one note of about `size` bytes."""
        parts, length = ["# Long\n"], 0
        while length < size:
            part = self.text(0, 100, 300)
            parts.append(part)
            length += len(part.encode())
        return "\n".join(parts)

    def queries(self, count: int) -> list[str]:
        """Return words as a person would search for them, common and rare."""
        found = (
            self.content_word(self.random.choice(("ru", "ru", "en")), self.random.random() < 0.7)
            for _ in itertools.count()
        )
        return list(itertools.islice((word for word in found if len(word) > 3), count))

    def _front_matter(self) -> list[str]:
        if self.random.random() < 0.4:
            return []
        day = f"{self.random.randint(2019, 2025)}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}"
        kind = self.random.choice(KINDS)
        tags = ", ".join(tag_name(self._rank(TAGS)) for _ in range(self.random.randint(0, 4)))
        values = {"date": day, "kind": kind, "tags": f"[{tags}]" if tags else ""}
        return ["---", *(f"{key}: {value}" for key, value in values.items() if value), "---", ""]

    def _rank(self, size: int) -> int:
        return min(size - 1, int(size ** self.random.random()) - 1)

    def _block(self, language: str, notes: int, length: int) -> list[str]:
        draw = self.random
        share = draw.random()
        if share < 0.12 and length > 60:
            words = " ".join(self.word(language) for _ in range(draw.randint(2, 5)))
            return [f"{'#' * draw.randint(2, 3)} {words.capitalize()}"]
        if share < 0.25:
            return [f"- {self.sentence(language)} {self._link(notes)}" for _ in range(draw.randint(2, 5))]
        if share < 0.30:
            names = {key: self.content_word("en", True) for key in "abc"}
            return draw.choice(CODE).format(**names, n=draw.randint(2, 4_000)).split("\n")
        if share < 0.33:
            rows = [[self.content_word(language, True) for _ in range(3)] for _ in range(draw.randint(3, 6))]
            return ["| " + " | ".join(row) + " |" for row in (rows[0], ["---"] * 3, *rows[1:])]
        sentences = [self.sentence(language) for _ in range(draw.randint(2, 6))]
        if draw.random() < 0.3:
            sentences.append(self._link(notes))
        return [" ".join(sentences)]

    def _link(self, notes: int) -> str:
        if self.random.random() < 0.5:
            return f"[[{title(self.random.randrange(notes))}]]"
        host, place = self.random.choice(HOSTS), self.random.randrange(10**6)
        return f"[{self.content_word('en', True)}](https://{host}/{self.content_word('en', True)}/{place})"


def title(number: int) -> str:
    """Return the title of a generated note: a few words and its number, for titles must differ."""
    language = "ru" if number % 3 else "en"
    draw = random.Random(number)
    forms, weights = _forms(language)
    words = [found[0] for found in draw.choices(forms, cum_weights=weights, k=draw.randint(1, 3))]
    return f"{' '.join(words).capitalize()} {number:05d}"


def tag_name(rank: int) -> str:
    """Return a tag; some stand below another."""
    words = COMMON["en" if rank % 2 else "ru"].split()
    return f"{words[rank % 7]}/{words[rank]}" if rank % 9 == 8 else words[rank]


@lru_cache(maxsize=100_000)
def invented(language: str, rank: int, form: int) -> str:
    """Return the word of that rank in the endless tail, in one of its forms."""
    syllables, consonants, classes = _sounds(language)
    number = (rank * 2_654_435_761 + 97) & 0xFFFFFFFF  # neighbours in rank shall not look alike
    number, last = divmod(number, len(consonants))
    number, chosen = divmod(number, len(classes))
    stem = []
    while number and len(stem) < 4:
        number, place = divmod(number, len(syllables))
        stem.append(syllables[place])
    endings = classes[chosen]
    return "".join(stem[: 2 + rank % 3]) + consonants[last] + endings[form % len(endings)]


@lru_cache(maxsize=2)
def _sounds(language: str) -> tuple[list[str], list[str], tuple[tuple[str, ...], ...]]:
    return SYLLABLES[language].split(), CONSONANTS[language], ENDINGS[language]


@lru_cache(maxsize=2)
def _glue(language: str) -> tuple[list[str], list[float]]:
    words = GLUE[language].split()
    return words, _zipf(len(words))


@lru_cache(maxsize=2)
def _forms(language: str) -> tuple[Forms, list[float]]:
    """Return the forms of every common word, the dictionary form first, and the weights of the words."""
    words = list(dict.fromkeys(COMMON[language].split()))
    inflect = _russian_forms if language == "ru" else _english_forms
    return tuple(inflect(word) for word in words), _zipf(len(words))


def _zipf(count: int) -> list[float]:
    return list(itertools.accumulate(1 / (rank + 8) for rank in range(count)))


def _russian_forms(word: str) -> tuple[str, ...]:
    found = dict.fromkeys([word])
    for form in _morphology().parse(word)[0].lexeme:
        if not {"PRTF", "PRTS", "GRND", "Cmp2", "Supr"} & form.tag.grammemes:
            found[form.word] = None
    return tuple(found)


def _english_forms(word: str) -> tuple[str, ...]:
    if word.endswith("e"):
        return (word, f"{word}s", f"{word}d", f"{word[:-1]}ing")
    if word.endswith("y"):
        return (word, f"{word[:-1]}ies", f"{word}ing")
    return (word, f"{word}s", f"{word}ed", f"{word}ing")


@lru_cache(maxsize=1)
def _morphology():  # type: ignore[no-untyped-def]
    import pymorphy3  # late: measuring without a generator does not load the dictionary

    return pymorphy3.MorphAnalyzer()


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
