"""The sample library that a new user sees."""

from pathlib import Path

from desktop.core.notebook import Notebook
from desktop.core.page.markdown import to_html
from desktop.core.paths import resource
from desktop.core.records import NoteKind


def test_the_samples_are_one_linked_tree(notebook: Notebook) -> None:
    folder: Path = resource("samples")
    result = notebook.exchange.import_paths(sorted(folder.iterdir()))
    assert result.report == ()
    assert notebook.tree.count(None) == 1
    root = notebook.tree.children(None)[0]
    kinds = [head.kind for head in notebook.tree.children(root.id)]
    assert sorted(kinds) == [NoteKind.DIGEST, NoteKind.LECTURE, NoteKind.LECTURE]
    for head in notebook.tree.children(root.id):
        assert len(notebook.links.backlinks(head.id)) >= 2
    unresolved = {link.target for _id, link in notebook.links.unresolved()}
    assert unresolved == {"заметку, которой ещё нет", "Working memory"}
    assert notebook.attachments.find("nearest.png", root.id) is not None
    for head in notebook.tree.living():
        assert to_html(notebook.notes.read(head.id).text)
