"""Random changes of a random library, and what must hold after each of them.

The promise: whatever is done to whatever notes, every stored link leads where a look at the whole library finds that
it leads, and all derived rows are those that the texts give. Renaming and moving lead no link astray and lose none.
Taking a change back gives the identical library, doing it again the one after it; what is refused changes nothing.

All is drawn from one seed: the same seed makes the same notes and changes, and finds the same fault.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from desktop.core.errors import KonspektError
from desktop.core.notebook import Notebook
from desktop.core.records import (
    AmbiguousLink,
    BrokenLink,
    Changes,
    Extraction,
    LinkKind,
    NoteId,
    NoteKind,
    TreeStep,
)
from desktop.core.store.check import Checker
from desktop.core.store.links.resolver import Resolver

NAMES = (
    "A", "B", "a", "Ёж", "еж", "Модель", "index", "x y", "x\u00a0y", "Й", "И\u0306", "C.md", "US$", "a`b", "p%%q",
    "Café (1)", "😀", "x_y_", "R&D", "{k}", "10% off", "<b>",
)  # fmt: skip
ANCHORS = ("", "", "#H", "#^b1", "#H#K")
TYPED = ("w ", "[[", "]]", "`", "\n", "\r\n", "$", "# z\n", "%%", "---\n", "")
FEW, MANY = 4, 14  # living notes: below the one notes are made, above the other none
KEEPING = ("rename", "move", "heading")  # after these each link leads to the note that it led to
Row = tuple[object, ...]


@dataclass(frozen=True)
class State:
    """What a user sees of a library: its living notes and where their links lead."""

    notes: Mapping[NoteId, Row]  # text, title, name, parent, kind, row among its siblings
    links: Mapping[NoteId, list[Row]]  # in the order of the text: target, note that is meant


@dataclass(frozen=True)
class Deed:
    """A change that is ready to be made."""

    words: str
    make: Callable[[], Changes]
    note_id: NoteId | None = None


@dataclass
class Telling:
    """Says of whatever is raised inside which seed, step and operation it came from."""

    seed: int
    step: int = 0
    deed: str = "opening"

    def __enter__(self) -> "Telling":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None:
            error.add_note(f"seed {self.seed}, step {self.step}: {self.deed}")


def hostile_text(draw: random.Random, names: list[str]) -> str:
    """Return a little note of things that are hard to read and to rewrite, full of links to `names`."""
    nl = draw.choice(("\n", "\r\n"))
    parts = ["\ufeff"] if draw.random() < 0.15 else []
    if draw.random() < 0.35:
        alias = draw.choice(("Al", "еж", "B", "index"))
        front = ("---", f"aliases: [{alias}, q{draw.randrange(3)}]", f'rel: "[[{draw.choice(names)}]]"', "---", "")
        parts.append(nl.join(front))
    if draw.random() < 0.6:
        parts.append(f"# {draw.choice((*names, f'Big [[{draw.choice(names)}]]'))}{nl}{nl}")
    return "".join([*parts, *(_piece(draw, names, nl) for _ in range(draw.randrange(7)))])


def _piece(draw: random.Random, names: list[str], nl: str) -> str:
    name, other, anchor, number = draw.choice(names), draw.choice(names), draw.choice(ANCHORS), draw.randrange(2)
    to = draw.choice((name, name, name, f"{other}/{name}", f"/{name}", f"../{name}", f"./{name}", f"{name}.md"))
    return draw.choice((
        f"[[{to}{anchor}]] ", f"[[{to}{anchor}|words]] ", f"![[{to}]] ", f"[w](<{to}>) ",
        f"[w]({to.replace(' ', '%20')}#h) ", f"see [w][r{number}]{nl}{nl}[r{number}]: <{to}>{nl}{nl}",
        f"`[[{to}]]` ", f"```{nl}[[{to}]]{nl}```{nl}",
        f"| a | [[{to}\\|x]] |{nl}|--|--|{nl}| [[{to}]] | $x$ |{nl}", f"$a$ 😀 [[{to}|two{nl}lines]] ",
        f"{nl}## H{nl}", f"{nl}### K{nl}", f"words ^b1{nl}{nl}", f"> [!note] [[{to}]]{nl}{nl}", "[[#H]] [x](#h) ",
        f"{name} и {other}. ", f"from $5 to $6 {nl}", f"%% [[{to}]] %% ", f"<!-- [[{to}]] --> ", f"[[{to}]][[{to}]]",
    ))  # fmt: skip


@dataclass
class RandomLibrary:
    """A library that changes at random, and the steps that take its changes back."""

    notebook: Notebook
    folder: Path  # for what is imported
    seed: int
    undos: list[TreeStep] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.names = self.draw.sample(NAMES, 8)
        self.made: dict[str, int] = {}  # changes by operation

    def run(self, steps: int) -> None:
        """Change the library so often, and compare after each change; raise AssertionError with the difference."""
        with Telling(self.seed) as telling:
            for telling.step in range(steps):
                operation = self._operation()
                deed = DEEDS[operation](self)
                if deed is not None:
                    telling.deed = f"{operation} {deed.words}"
                    self._change(operation, deed)
            telling.deed = "check of the whole"
            problems = self.notebook.safety.check().problems
            assert not problems, problems

    def living(self) -> list[NoteId]:
        """Return the notes outside the trash."""
        return self._ids("IS NULL")

    def trashed(self) -> list[NoteId]:
        """Return the notes in the trash."""
        return self._ids("IS NOT NULL")

    def state(self) -> State:
        """Read what a user sees."""
        sql = self.notebook._database.read()
        notes = sql.execute(
            "SELECT id, text, title, name, parent_id, kind,"
            " row_number() OVER (PARTITION BY parent_id ORDER BY position, id) FROM note WHERE trashed_at IS NULL"
        )
        found = {NoteId(row[0]): tuple(row[1:]) for row in notes}
        rows = sql.execute(
            "SELECT source_id, target, target_id FROM link WHERE target_key != '' ORDER BY start, target_start"
        )
        links: dict[NoteId, list[Row]] = {}
        for source_id, *row in rows:
            if source_id in found:
                links.setdefault(NoteId(source_id), []).append(tuple(row))
        return State(found, links)

    def _ids(self, trashed: str) -> list[NoteId]:
        rows = self.notebook._database.read().execute(f"SELECT id FROM note WHERE trashed_at {trashed} ORDER BY id")
        return [NoteId(row[0]) for row in rows]

    def _operation(self) -> str:
        living = len(self.living())
        if living < FEW:
            return "create"
        operation = self.draw.choice(OFTEN)
        return "trash" if living > MANY and operation in ("create", "import") else operation

    def _change(self, operation: str, deed: Deed) -> None:
        before = self.state()
        try:
            changes = deed.make()
        except KonspektError as refusal:
            same(before, self.state(), f"changed, though refused: {refusal}")
            return
        self.made[operation] = self.made.get(operation, 0) + 1
        after = self.state()
        self._are_settled()
        if operation in KEEPING:
            reheaded = deed.note_id if operation == "heading" else None
            none_astray(before, after, reheaded, is_told="could not be written" in changes.remark)
        if changes.undo is not None and operation != "undo" and self.draw.random() < 0.6:
            changes = self._there_and_back(changes.undo, before, after)
        if changes.undo is not None:
            self.undos.append(changes.undo)

    def _there_and_back(self, undo: TreeStep, before: State, after: State) -> Changes:
        back = self.notebook.tree.apply(undo)
        same(before, self.state(), "after taking it back")
        self._are_settled()
        assert back.undo is not None, "what was taken back cannot be done again"
        again = self.notebook.tree.apply(back.undo)
        same(after, self.state(), "after doing it again")
        self._are_settled()
        return again

    def _are_settled(self) -> None:
        """Compare the links with a look at the whole library, all that is derived with what the texts give."""
        database = self.notebook._database
        resolver = Resolver(database.read(), preload=True)
        links = database.read().execute(
            "SELECT source_id, target, l.kind, target_id FROM link l JOIN note n ON n.id = source_id"
            " WHERE target_key != '' AND trashed_at IS NULL"
        )
        for source_id, target, kind, stored in links.fetchall():
            meant = resolver.resolve(target, source_id, LinkKind(kind))
            assert meant == stored, f"“{target}” in note {source_id} means {meant}, but {stored} is stored"
        rows = self._derived()
        Checker(database).rebuild_derived()
        for table, rebuilt in self._derived().items():
            had, right = Counter(rows[table]), Counter(rebuilt)
            assert had == right, f"{table}: stored {list(had - right)}, the texts give {list(right - had)}"

    def _derived(self) -> dict[str, list[Row]]:
        sql = self.notebook._database.read()
        return {table: sorted(map(tuple, sql.execute(query)), key=repr) for table, query in DERIVED.items()}


DERIVED = {
    "link": 'SELECT source_id, l.kind, target, anchor, label, start, "end", target_start, target_end, target_key,'
    " target_id FROM link l JOIN note n ON n.id = source_id WHERE trashed_at IS NULL",
    "section": 'SELECT note_id, ordinal, level, title, slug, start, "end" FROM section',
    "tag": "SELECT note_id, tag_key, tag FROM tag",
    "alias": "SELECT note_id, alias_key, alias FROM alias",
}


def same(expected: State, found: State, when: str) -> None:
    """Raise AssertionError with what differs between two states."""
    for was, now in ((expected.notes, found.notes), (expected.links, found.links)):
        other = {n: (was.get(n), now.get(n)) for n in {*was, *now} if was.get(n) != now.get(n)}
        assert not other, f"{when}, (expected, found) by note: {other}"


def none_astray(before: State, after: State, reheaded: NoteId | None, is_told: bool) -> None:
    """Raise AssertionError when a link leads to another note, or is gone; a heading's own links may go with it.

    A link may lead nowhere where the user is told so: in `$5 [[a/b]]` no `a` can become `US$`.
    """
    for source_id, links in before.links.items():
        now = after.links.get(source_id, [])
        if len(links) != len(now) and source_id == reheaded:
            continue
        texts = before.notes[source_id][0], after.notes[source_id][0]
        assert len(links) <= len(now), f"{len(links)} links of note {source_id} became {len(now)}: {texts}"
        if len(links) < len(now):  # the old name held half of a comment, which hid a link
            lost = Counter(row[1] for row in links if row[1] is not None) - Counter(row[1] for row in now)
            assert not lost, f"note {source_id} links no more to {list(lost)}: {texts}"
            continue
        for was, led in zip(links, now, strict=True):
            is_left = is_told and led[1] is None
            assert is_left or was[1] in (None, led[1]), f"a link of {source_id} went astray: {was} -> {led}: {texts}"


# --- what can be done ------------------------------------------------------------------------------------------


def _create(library: RandomLibrary) -> Deed:
    draw, tree = library.draw, library.notebook.tree
    title, parent = draw.choice(library.names), draw.choice([None, *library.living()])
    text, kind = hostile_text(draw, library.names), draw.choice(list(NoteKind))
    return Deed(f"{title!r} ({kind}) under {parent}: {text!r}", lambda: tree.create(title, kind, parent, text=text))


def _save(library: RandomLibrary) -> Deed:
    draw, notes = library.draw, library.notebook.notes
    note = notes.read(draw.choice(library.living()))
    at = draw.randrange(len(note.text) + 1)
    typed = note.text[:at] + draw.choice(TYPED) + note.text[at + draw.randrange(3) :]
    written = hostile_text(draw, library.names)
    text = draw.choice((written, note.text + written, typed))
    return Deed(f"{note.head.id}: {note.text!r} -> {text!r}", lambda: notes.save(note.head.id, text, note.head.version))


def _alias(library: RandomLibrary) -> Deed | None:
    draw, notes = library.draw, library.notebook.notes
    note = notes.read(draw.choice(library.living()))
    if note.text.startswith(("---", "\ufeff---")):
        return None
    text = f"---\naliases: [{draw.choice(library.names)}]\n---\n" + note.text.removeprefix("\ufeff")
    return Deed(f"{note.head.id}: {text!r}", lambda: notes.save(note.head.id, text, note.head.version))


def _rename(library: RandomLibrary) -> Deed:
    draw, tree = library.draw, library.notebook.tree
    note_id, keep = draw.choice(library.living()), draw.random() < 0.2
    title = draw.choice([*library.names, f"New{draw.randrange(4)}"])
    return Deed(f"{note_id} to {title!r}, alias: {keep}", lambda: tree.rename(note_id, title, keep_alias=keep))


def _move(library: RandomLibrary) -> Deed:
    draw, tree = library.draw, library.notebook.tree
    note_ids, parent = draw.sample(library.living(), draw.choice((1, 1, 2))), draw.choice([None, *library.living()])
    position = draw.choice((None, None, 0, 1))
    return Deed(f"{note_ids} under {parent} at {position}", lambda: tree.move(note_ids, parent, position))


def _heading(library: RandomLibrary) -> Deed | None:
    draw, tree, note_id = library.draw, library.notebook.tree, library.draw.choice(library.living())
    sections = library.notebook.notes.sections(note_id)
    if not sections:
        return None
    ordinal, title = draw.choice(sections).ordinal, draw.choice([*library.names, "Heading 2"])
    return Deed(f"{ordinal} of {note_id}: {title!r}", lambda: tree.rename_heading(note_id, ordinal, title), note_id)


def _trash(library: RandomLibrary) -> Deed:
    note_id = library.draw.choice(library.living())
    return Deed(f"{note_id}", lambda: library.notebook.tree.trash_notes([note_id]))


def _restore(library: RandomLibrary) -> Deed | None:
    note_id = library.draw.choice(library.trashed() or [None])
    return Deed(f"{note_id}", lambda: library.notebook.tree.restore([note_id])) if note_id else None


def _delete(library: RandomLibrary) -> Deed | None:
    note_id = library.draw.choice(library.trashed() or [None])
    if note_id is None or library.draw.random() < 0.7:
        return None
    return Deed(f"{note_id}", lambda: library.notebook.tree.delete_forever([note_id]))


def _kind(library: RandomLibrary) -> Deed:
    note_id, kind = library.draw.choice(library.living()), library.draw.choice(list(NoteKind))
    return Deed(f"{note_id}: {kind}", lambda: library.notebook.tree.set_kind(note_id, kind))


def _merge(library: RandomLibrary) -> Deed:
    note_id, into = library.draw.sample(library.living(), 2)
    return Deed(f"{note_id} into {into}", lambda: library.notebook.passages.merge(note_id, into))


def _extract(library: RandomLibrary) -> Deed:
    draw, note = library.draw, library.notebook.notes.read(library.draw.choice(library.living()))
    start, end = sorted(draw.randrange(len(note.text) + 1) for _ in range(2))
    title, embed = draw.choice(library.names), draw.random() < 0.3
    wanted = Extraction(note.head.id, note.text, start, end, title, note.head.parent_id, embed)
    return Deed(f"{wanted}", lambda: library.notebook.passages.extract(wanted))


def _mention(library: RandomLibrary) -> Deed:
    note_id, links = library.draw.choice(library.living()), library.notebook.links
    places = {mention.source.id: None for mention in links.mentions(note_id)}
    return Deed(f"{note_id} in {list(places)}", lambda: links.link_mentions(note_id, places).changes)


def _health(library: RandomLibrary) -> Deed | None:
    report = library.notebook.health.report()
    broken = [link for link in report.broken if link.suggestion]
    chosen: list[BrokenLink | AmbiguousLink] = [*broken[:3], *report.ambiguous[:1]]
    return Deed(f"{chosen}", lambda: library.notebook.health.use(chosen)[0]) if chosen else None


def _import(library: RandomLibrary) -> Deed | None:
    draw = library.draw
    if draw.random() < 0.6:
        return None
    folder = library.folder / str(len(list(library.folder.iterdir()))) / draw.choice(("vault", "A", "B"))
    names = ["A", "B", "index", "Модель", "x y"]
    for _ in range(3):
        page = folder / draw.choice(("", "sub")) / f"{draw.choice(names)}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(hostile_text(draw, names).encode())
    return Deed(f"{folder}", lambda: library.notebook.exchange.import_paths([folder]).changes)


def _undo(library: RandomLibrary) -> Deed | None:
    """Take a change back, the last or one long before, whatever was done since."""
    if not library.undos:
        return None
    undo = library.undos.pop(library.draw.choice((-1, -1, library.draw.randrange(len(library.undos)))))
    return Deed(f"{undo}", lambda: library.notebook.tree.apply(undo))


DEEDS: dict[str, Callable[[RandomLibrary], Deed | None]] = {
    "create": _create, "save": _save, "alias": _alias, "rename": _rename, "move": _move, "heading": _heading,
    "trash": _trash, "restore": _restore, "delete": _delete, "kind": _kind, "merge": _merge, "extract": _extract,
    "mention": _mention, "health": _health, "import": _import, "undo": _undo,
}  # fmt: skip
OFTEN = (*DEEDS, "create", "save", "rename", "rename", "move", "move", "undo")
