"""What the program stored of an imported folder, in the words of the oracle, and where both differ."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.notebook import Notebook
from desktop.core.records import LinkKind, NoteId
from tests.links.oracle import Folder, Page, Written, read_folder, same

NOTE_KINDS = ("wiki", "embed", "markdown", "collection")


@dataclass
class Stored:
    """The program's answer: for each page its links, each with the path of the note that it leads to, folded."""

    links: dict[str, list[tuple[Written, str | None]]]
    unresolved: Counter[tuple[str, str]]  # (page, target)
    backlinks: Counter[str]  # places in other notes that link to a page
    linking: Counter[str]  # other notes that link to it


@dataclass
class Difference:
    """A link that both find and resolve differently; `by` names the rule of the program's own that explains it."""

    page: str
    link: Written
    obsidian: str | None
    konspekt: str | None
    by: str


@dataclass
class Comparison:
    """What both say of one folder."""

    folder: Folder
    stored: Stored
    only_oracle: list[tuple[str, Written]] = field(default_factory=list)
    only_program: list[tuple[str, Written]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    unresolved: Counter[tuple[str, str]] = field(default_factory=Counter)
    backlinks: Counter[str] = field(default_factory=Counter)
    linking: Counter[str] = field(default_factory=Counter)

    @property
    def explained(self) -> Counter[str]:
        """Count the differences by the rule that explains them; "" counts those that nothing explains."""
        return Counter(difference.by for difference in self.differences)


def stored_links(notebook: Notebook, folder: Path) -> Stored:
    """Read every link of an imported folder from the library."""
    heads = {head.id: head for head in notebook.tree.living()}
    paths: dict[NoteId, str] = {}
    for head in heads.values():
        names, above = [head.name], head.parent_id
        while above is not None:
            names.append(heads[above].name)
            above = heads[above].parent_id
        inside = names[-2::-1] if names[-1] == folder.name else names[::-1]
        paths[head.id] = same("/".join(inside)) or "."
    stored = Stored({}, Counter(), Counter(), Counter())
    for note_id, path in paths.items():
        rows = stored.links[path] = []
        led: set[str] = set()
        for resolved in notebook.links.outgoing(note_id):
            link = resolved.link
            target = paths[resolved.target.id] if resolved.target else None
            rows.append((Written(str(link.kind), link.target, link.anchor), target))
            if target is not None and target != path:
                stored.backlinks[target] += 1
                led.add(target)
        stored.linking.update(led)
        for _source, link in notebook.links.unresolved(note_id):
            if link.kind is not LinkKind.COLLECTION:
                stored.unresolved[path, link.target] += 1
    return stored


def compare(notebook: Notebook, folder: Path) -> Comparison:
    """Import a folder and compare every link of it with the oracle's."""
    result = notebook.exchange.import_paths([folder])
    assert not [line for line in result.report if line.level == "error"], result.report
    expected, stored = read_folder(folder), stored_links(notebook, folder)
    found = Comparison(expected, stored)
    for page in expected.pages.values():
        _compare_page(found, page, stored.links.get(same(page.path), []))
    collections = {same(link.target) for rows in stored.links.values() for link, _ in rows if link.kind == "collection"}
    surplus = set(stored.links) - {same(path) for path in expected.pages} - {"."} - collections
    assert not surplus, f"notes that no file is: {surplus}"
    return found


def _compare_page(found: Comparison, page: Page, rows: list[tuple[Written, str | None]]) -> None:
    wanted, had = Counter(page.links), Counter(link for link, _target in rows)
    found.only_oracle += [(page.path, link) for link in (wanted - had).elements()]
    found.only_program += [(page.path, link) for link in (had - wanted).elements()]
    targets = dict(rows)
    led: set[str] = set()
    for link in page.links:
        if link not in targets or link.kind not in NOTE_KINDS or not link.target:
            continue
        right = found.folder.obsidian(link, page)
        ours, by = targets[link], ""
        theirs = same(right.path) if right else None
        if theirs != ours:
            way, allowed = found.folder.beyond_obsidian(link, page) if right is None else ("", [])
            by = way if ours in [same(other.path) for other in allowed] else ""
            if link.kind == "collection" and ours == same(link.target):
                by = "collection"  # an import makes the note that lectures say they belong to
            found.differences.append(Difference(page.path, link, theirs, ours, by))
        if ours is None and link.kind != "collection" and not found.folder.is_file(link):
            found.unresolved[same(page.path), link.target] += 1
        if ours is not None and ours != same(page.path):
            found.backlinks[ours] += 1
            led.add(ours)
    found.linking.update(led)
