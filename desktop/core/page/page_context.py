"""What a page shows that does not stand in its text: embedded notes, stored pictures, turned folds, dead links.

A block **asks** the context while it is written. What it asked is kept with it, so that another context draws only
those blocks anew of which an answer changed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

MAX_EMBEDDED = 200_000  # characters of one embedded text; the rest is left out

Question = tuple[str, str]  # "embed", "stored", "toggled" or "missing", and what was asked for


@dataclass(frozen=True, slots=True)
class Embedded:
    """Another note's text, or a section's, as it is shown inside of this one; `problem` is a sentence instead of it."""

    title: str
    text: str
    problem: str = ""


@dataclass(frozen=True)
class PageContext:
    """The library's side of one page."""

    embeds: Mapping[str, Embedded] = field(default_factory=dict)  # by the target in `![[...]]`, without its size
    stored: frozenset[str] = frozenset()  # addresses of remote images that the library holds a copy of
    toggled: frozenset[str] = frozenset()  # ids of folds that the user turned
    missing: frozenset[str] = frozenset()  # names in links that no note goes by; `Name#Anchor`: not in that note
    words: Mapping[str, str] = field(default_factory=dict)  # English -> the user's language, for what the page says

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to answer."""
        return not (self.embeds or self.stored or self.toggled or self.missing)

    @property
    def language(self) -> str:
        """Return what differs between the pages of two languages."""
        return self.words.get("Copy", "")

    def say(self, words: str) -> str:
        """Return words of ours in the user's language."""
        return self.words.get(words, words)

    def answer(self, question: Question) -> str:
        """Return what there is to a question, "" for the usual: nothing."""
        kind, name = question
        if kind == "embed":
            found = self.embeds.get(name)
            return repr(found) if found is not None else ""
        return "1" if name in getattr(self, kind) else ""


EMPTY_CONTEXT = PageContext()


def answered(key: str, asked: Iterable[Question], context: PageContext) -> str:
    """Return a block's key with the answers to what it asks; the key itself where there are none."""
    if context.empty:
        return key
    answers = [(question, answer) for question in asked if (answer := context.answer(question))]
    if not answers:
        return key
    from hashlib import blake2b  # late: the window imports this module before its first paint

    return blake2b(f"{key}\0{sorted(answers)}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Asker:
    """Answers a block's questions and remembers them."""

    def __init__(self, context: PageContext = EMPTY_CONTEXT, step: Callable[[], None] = lambda: None) -> None:
        self.context = context
        self.step = step  # called while much is written, and may raise to stop
        self.asked: set[Question] = set()

    def embedded(self, target: str) -> Embedded | None:
        """Return the text that stands behind a target of `![[...]]`."""
        self.asked.add(("embed", target))
        return self.context.embeds.get(target)

    def is_stored(self, address: str) -> bool:
        """Tell whether the library holds a copy of a remote image."""
        self.asked.add(("stored", address))
        return address in self.context.stored

    def is_toggled(self, fold: str) -> bool:
        """Tell whether the user turned a fold."""
        self.asked.add(("toggled", fold))
        return fold in self.context.toggled

    def is_missing(self, name: str, anchor: str = "") -> bool:
        """Tell whether a link leads to no note, or to none of the places in it."""
        asked = [("missing", target) for target in (name, f"{name}#{anchor}" if anchor else "") if target]
        self.asked.update(asked)
        return any(target in self.context.missing for _kind, target in asked)
