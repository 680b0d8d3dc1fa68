"""From a key to its paint while the search index of the same library is built, beside the same window at rest."""

import json
from pathlib import Path

from tests.bench.parts import library_of, type_into


def typing(folder: Path) -> None:
    """Open the program, type into its first note at rest and while the index is built; print both in milliseconds."""
    import desktop.core.notebook  # noqa: F401 -- before Qt, as the program does it
    from tests.bench.probe import start_program

    start_program(library_of(folder), _measure)


def _measure() -> None:
    from PySide6.QtWidgets import QPlainTextEdit

    from tests.bench.probe import find, run_for, wait_for, wait_for_first_paint

    window = wait_for_first_paint()
    run_for(3.0)
    workspace = window.workspace  # type: ignore[attr-defined]
    workspace.open_note(next(head.id for head in workspace.notebook.tree.living() if head.sections))
    editor = find(QPlainTextEdit, "Editor")
    assert wait_for(lambda: editor.document().characterCount() > 1), "the note did not open"
    run_for(2.0)
    idle = type_into(editor)
    keeper = window.index_keeper  # type: ignore[attr-defined]
    told: list[tuple[int, int]] = []
    keeper.progressed.connect(lambda progress: told.append((progress.done, progress.total)))
    keeper.rebuild()
    assert wait_for(lambda: len(told) > 1, 60), "the index was not built"
    building = type_into(editor)
    done, total = told[-1]
    print(json.dumps({"idle": idle, "building": building, "done": done, "total": total}))
