"""By which names a note is mentioned.

A note goes by its title, its aliases, and the name of its file. Not each of them says the note when it stands in a
text, and a list that holds every "introduction" of a library helps nobody. So:

- a name has three letters at least and eight words at most, and is no address; two capitals (GD, ИИ) count where they
  are written as capitals;
- the name of a file counts where it has several words, or is the title too: "index" and "lecture" are what files are
  called, not what people write about;
- a single word that another note goes by as well names neither of them, nor do several words that more than a few
  notes go by;
- a single *everyday* word (one of a short list of what chapters and files are called, such as README, Введение, or
  any word that stands in a tenth of all notes) counts only where it is written like a name: with the capitals of
  the name, and not just because a sentence begins there. "See Introduction", but not "an introduction to".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from desktop.core.search.analyzer import query_words, word_stems
from desktop.core.search.query import Node, Phrase, Word
from desktop.core.search.snippets import Wanted
from desktop.core.store.links.places import NoteNames
from desktop.core.text.folding import fold_name
from desktop.core.text.words import TOKEN, compose, tokens

SHORTEST = 3  # letters
MOST_WORDS = 8
MOST_NAMES = 20  # a note with more aliases than that is not looked for by the others
MOST_SHARED = 3  # other notes that may go by several words, and they still name this one
EVERYDAY_SHARE = 10  # a word in one of so many notes is an everyday one
EVERYDAY_FROM = 100  # notes
EVERYDAY = frozenset(
    "index readme home main todo inbox note notes untitled draft archive misc changelog license contents introduction "
    "intro preface conclusion conclusions summary overview appendix chapter part section lecture digest about links "
    "references example examples exercise exercises task tasks question questions answer answers plan results "
    "введение вступление предисловие заключение вывод выводы итог итоги содержание оглавление приложение глава часть "
    "раздел лекция лекции дайджест конспект конспекты заметка заметки задача задачи задание задания вопрос вопросы "
    "ответ ответы пример примеры план планы разное главная ссылки литература источники черновик черновики архив "
    "словарь термины результат результаты обзор".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name to look for: its words, and what stands between them where that is no blank."""

    text: str
    words: tuple[Wanted, ...]
    gaps: tuple[str, ...]
    everyday: bool

    def node(self) -> Node:
        """Return what asks the index for the name."""
        asked = tuple(query_words(self.text))
        return Word(asked[0]) if len(asked) == 1 else Phrase(asked)


def names_that_count(
    note: NoteNames, others_named: Callable[[str], int], notes_with: Callable[[Node], int], size: int
) -> list[Name]:
    """Return the names by which a note is looked for.

    `others_named`: how many other notes go by a folded name; `notes_with`: how many of `size` notes hold a word.
    """
    names: list[Name] = []
    for text in _worth_looking(note):
        words = tokens(text)
        shared = others_named(fold_name(text))
        if shared > (MOST_SHARED if len(words) > 1 else 0):
            continue
        everyday = len(words) == 1 and (words[0] in EVERYDAY or len(words[0]) < SHORTEST)
        name = Name(text, tuple(Wanted(word, frozenset(word_stems(word))) for word in words), _gaps(text), everyday)
        if len(words) == 1 and not everyday and notes_with(name.node()) > max(EVERYDAY_FROM, size // EVERYDAY_SHARE):
            name = Name(text, name.words, name.gaps, True)
        if not name.everyday or text != text.lower():
            names.append(name)
    return names


def _worth_looking(note: NoteNames) -> Iterable[str]:
    several = len(tokens(note.name)) > 1
    found: dict[str, str] = {}
    for name in (note.title, *note.aliases[:MOST_NAMES], *([note.name] if several else [])):
        words = tokens(name)
        letters = len("".join(words))
        is_long_enough = letters >= SHORTEST or (letters == SHORTEST - 1 and name.isupper())
        if "://" not in name and 0 < len(words) <= MOST_WORDS and is_long_enough:
            found.setdefault(" ".join(words), name)
    return found.values()


def _gaps(text: str) -> tuple[str, ...]:
    """Return what stands between the words of a name, blanks aside."""
    text = compose(text)
    spans = [match.span() for match in TOKEN.finditer(text)]
    return tuple("".join(text[a[1] : b[0]].split()) for a, b in pairwise(spans))
