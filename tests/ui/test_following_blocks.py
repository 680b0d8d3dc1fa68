"""Links to a paragraph, and to a heading below another, lead there; a place that is gone is told."""

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui.preview.hovering import target_of
from desktop.ui.workspace import Place, Workspace

TEXT = "# A\n\n## X\n\nfirst ^one-1\n\n# B\n\n## X\n\n- item ^two2\n  - below\n"


def make(notebook: Notebook, title: str, text: str) -> NoteId:
    return notebook.tree.create(title, text=text).created[0]


def test_a_link_to_a_block_leads_to_it(workspace: Workspace) -> None:
    target = make(workspace.notebook, "Target", TEXT)
    source = make(workspace.notebook, "Source", "[[Target#^one-1]]")
    places: list[Place] = []
    told: list[str] = []
    workspace.place_requested.connect(places.append)
    workspace.notice.connect(lambda _level, sentence: told.append(sentence))
    workspace.follow(source, "Target", "^one-1")
    workspace.follow(source, "Target", "B#X")
    workspace.follow(source, "Target", "^TWO2")
    assert [(place.note_id, place.offset, place.section) for place in places] == [
        (target, TEXT.index("first"), None),
        (target, None, 3),
        (target, TEXT.index("- item"), None),
    ]
    assert told == []
    workspace.follow(source, "Target", "^gone")
    workspace.follow(source, "Target", "Gone")
    assert len(told) == 2
    assert "^gone" in told[0]
    assert workspace.current == target


def test_a_card_shows_the_block(workspace: Workspace) -> None:
    notebook = workspace.notebook
    target, source = make(notebook, "Target", TEXT), make(notebook, "Source", "x")
    found = target_of(notebook, source, "x", "note:Target#%5Eone-1", "w", "here", "no “{0}”")
    assert found is not None
    assert (found.note, found.title, found.words) == (target, "Target", "first")
    gone = target_of(notebook, source, "x", "note:Target#Gone", "w", "here", "no “{0}”")
    assert gone is not None
    assert gone.where == "no “Gone”"
    here = target_of(notebook, target, TEXT, "#nowhere", "w", "here", "no “{0}”")
    assert here is not None
    assert here.where == "no “nowhere”"
