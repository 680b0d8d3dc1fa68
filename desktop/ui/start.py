"""From an empty process to a window that shows its library, and back to nothing, with every text on the disk."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.core.errors import KonspektError
from desktop.core.notebook import Notebook
from desktop.core.paths import resource, user_places
from desktop.core.records import Changes, NoteId
from desktop.core.settings import Settings, load_settings
from desktop.ui import theme
from desktop.ui.main_window import MainWindow
from desktop.ui.sentences import in_users_language
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

STEP_MS = 15  # between the steps that follow the first paint: keys and paints go first
HEAVY = {"sqlmodel", "sqlalchemy", "whoosh", "markdown", "qtawesome", "numpy"}  # never before the first paint
PICTURE_DELAY_MS = 4_000  # the picture for headless machines is taken when the preview stands


def open_window(
    library: Path | None, scheme: str, on_painted: Callable[[MainWindow], None] | None = None
) -> int:
    """Open a library in a window and run until it is closed; return the exit code.

    `on_painted` gets the window after its first paint: scripts and tests drive it from there.
    """
    application = QApplication([sys.argv[0], *theme.STYLE])
    application.setApplicationName("Konspekt")
    application.setApplicationDisplayName("Konspekt")
    application.setDesktopFileName("konspekt")
    places = user_places()
    settings = load_settings(places.config)
    if scheme:
        settings.theme = scheme
    translators = install_translators(application, settings)
    theme.load_fonts()
    theme.prepare(application, theme.chosen(settings.theme))
    path = library or (Path(settings.library) if settings.library else places.default_library)
    try:
        notebook = Notebook.open(path, places=places)
    except KonspektError as error:
        from PySide6.QtWidgets import QMessageBox  # late: rarely

        QMessageBox.critical(None, "Konspekt", in_users_language(str(error)))
        return 1
    tasks = Tasks()
    workspace = Workspace(notebook, tasks, settings)
    window = MainWindow(workspace)
    theme.apply(settings.theme)
    _report_bugs(window)
    window.first_painted.connect(lambda: _after_first_paint(window))
    if on_painted is not None:
        window.first_painted.connect(lambda: on_painted(window))
    window.layout_state.reopen()
    # Not `focus_text`: it would make the page before the first paint.
    if workspace.current is not None and settings.view != "preview":
        window.editor.setFocus()
    else:
        window.library.take_focus()
    window.show()
    code = application.exec()
    _close(window)
    del translators
    return code


def install_translators(application: QApplication, settings: Settings) -> list[QTranslator]:
    """Install the texts of the user's language; return what must stay alive."""
    locale = QLocale(settings.language) if settings.language else QLocale.system()
    QLocale.setDefault(locale)
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    our_folder = str(resource("i18n"))
    files = [("konspekt_en", our_folder)]  # only its plurals: "1 word", "2 words"
    if locale.language() == QLocale.Language.Russian:
        files = [("qtbase_ru", qt_folder), ("konspekt_ru", our_folder)]
    translators = []
    for name, folder in files:
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
            translators.append(translator)
    return translators


def _after_first_paint(window: MainWindow) -> None:
    """Do, one small step at a time, what the first picture did not need."""
    started = os.environ.get("KONSPEKT_QUIT_AFTER_FIRST_PAINT")
    if started:
        _print_first_paint()
        QTimer.singleShot(0, window.close)
        return
    steps: list[Callable[[], object]] = [
        *window.late_parts(),
        lambda: _sweep_garbage(window),
        window.header.load_icons,
        # The index writes on a thread of its own: two threads that import SQLModel at once get it half made.
        lambda: window.workspace.write(
            window.workspace.notebook.warm_up, lambda _changes: window.index_keeper.start()
        ),
        lambda: _first_start(window),
        lambda: _take_picture(window),
    ]

    def step() -> None:
        steps.pop(0)()
        if steps:
            QTimer.singleShot(STEP_MS, step)

    QTimer.singleShot(STEP_MS, step)


def _sweep_garbage(window: MainWindow) -> None:
    """Let Python look for rubbish from now on, on this thread."""
    from desktop.ui.garbage import GarbageSweep  # late: not before the first paint

    GarbageSweep(window)


def _first_start(window: MainWindow) -> None:
    """Fill an empty library with the samples at the user's first start, and say how to be rid of them."""
    notebook, workspace = window.workspace.notebook, window.workspace
    translate = QCoreApplication.translate  # by this name lupdate knows it
    welcomed, workspace.settings.welcomed = workspace.settings.welcomed, True
    folder = resource("samples")
    if welcomed or notebook.tree.total() or notebook.tree.trash() or not folder.is_dir():
        return
    found: list[Changes] = []

    def job() -> Changes:
        result = notebook.exchange.import_paths(sorted(folder.iterdir()), origin="samples")
        found.append(result.changes)
        return result.changes

    def show(_changes: Changes) -> None:
        roots = [head.id for head in notebook.tree.children(None)]
        if roots:
            first = _first_with_text(notebook, roots)
            workspace.open_note(first)
            window.library.view.expand(window.library.model.find(first))
        window.offer(
            translate(
                "FirstStart", "Welcome. These are a few notes to look around in; they can go to the trash at any time."
            ),
            translate("FirstStart", "Remove them"),
            lambda: workspace.change_tree(
                translate("FirstStart", "Remove the samples"), lambda: notebook.tree.trash_notes(roots)
            ),
        )

    workspace.write(job, show)


def _first_with_text(notebook: Notebook, roots: list[NoteId]) -> NoteId:
    for head in notebook.tree.living():
        if head.sections:
            return head.id
    return roots[0]


def _report_bugs(window: MainWindow) -> None:
    """Show what is our fault in a dialog with a report, the text saved first."""
    showing: list[bool] = []

    def show(error: BaseException) -> None:
        from desktop.ui.dialogs.crash import CrashDialog  # late: rarely

        if showing:
            return
        showing.append(True)
        saved = window.editor.flush(wait=True)
        dialog = CrashDialog(error, saved, window)
        dialog.finished.connect(lambda _result: showing.clear())
        dialog.open()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(error, KonspektError):
            window.workspace.tell("error", str(error))
            return
        window.workspace.tasks.on_main_thread(lambda: show(error))

    sys.excepthook = hook
    window.workspace.bug_found.connect(show)


def _close(window: MainWindow) -> None:
    """Stop the index, back up what changed, close the file."""
    workspace = window.workspace
    workspace.tasks.close()
    try:
        if not workspace.notebook.read_only:
            workspace.notebook.safety.backup_if_changed()
    except KonspektError as error:
        print(error, file=sys.stderr)
    finally:
        workspace.notebook.close()


def _print_first_paint() -> None:
    """Print what starting cost, as one JSON line, for the benchmark and the proof of the frozen program."""
    report = {
        "cpu_ms": round(time.process_time() * 1000),
        "rss_mb": _resident_mb(),
        "modules": sorted(set(sys.modules) & HEAVY),
    }
    print(json.dumps(report), flush=True)


def _resident_mb() -> float | None:
    """Return the most memory this process had so far; None on Windows, where the standard library does not know."""
    if sys.platform == "win32":
        return None
    import resource as usage

    return round(usage.getrusage(usage.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2), 1)


def _take_picture(window: MainWindow) -> None:
    """Save a picture of the window and close it, where KONSPEKT_PICTURE asks for one (machines without a display)."""
    file = os.environ.get("KONSPEKT_PICTURE")
    if not file:
        return

    def save() -> None:
        window.grab().save(file)
        window.close()

    QTimer.singleShot(PICTURE_DELAY_MS, save)
