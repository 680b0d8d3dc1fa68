"""Notes as PDF: read back with another library than the one that drew them."""

import base64
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QObject
from PySide6.QtGui import QPageLayout, QPageSize

from desktop.core.errors import ExportRefused
from desktop.core.notebook import Notebook
from desktop.core.records import ExportTarget, NoteId
from desktop.ui import theme
from desktop.ui.printing.job import PrintJob
from desktop.ui.workspace import Workspace

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ROWS = "".join(f"| строка{n}я | {'много слов ' * (n % 4 + 1)} |\n" for n in range(60))
CODE = "".join(f"line_{n}x = 'не разорвана'\n" for n in range(70))
LONG = "https://example.org/" + "part-of-an-address/" * 8
SHORT = "https://example.org/a-path-that-is-somewhat-long"
TEXT = f"""# Первая глава

Слова с [наружной ссылкой](https://example.org/a), [вниз](#вторая-глава), [[Data]], сноской[^1] и `fi ffi -> !=`.
Адрес {LONG} здесь.

См. {SHORT} и {SHORT}.

![точка](dot.png) ![далеко](https://images.example/far.png)

<details><summary>Ещё</summary>Спрятанные слова.</details>

## Вложенная часть

| имя | значение |
|--|--|
{ROWS}
```python
{CODE}```

$$\\frac{{a}}{{b}}$$

# Вторая глава

Конец.

[^1]: Сама сноска.
"""


class Made:
    """What became of a job."""

    def __init__(self, job: PrintJob) -> None:
        self.pdf = b""
        self.error: BaseException | None = None
        job.made.connect(self._take)
        job.failed.connect(self._fail)

    def _take(self, data: bytes) -> None:
        self.pdf = data

    def _fail(self, error: BaseException) -> None:
        self.error = error


@pytest.fixture
def owner(app: object) -> Iterator[QObject]:
    """Own the jobs of a test, with the program's own fonts."""
    theme.load_fonts()
    owner = QObject()
    yield owner
    for job in owner.findChildren(PrintJob):
        job.stop()
    owner.deleteLater()


@pytest.fixture
def note(workspace: Workspace) -> NoteId:
    """Return a note of several sheets."""
    workspace.notebook.attachments.add("dot.png", DOT)
    return workspace.notebook.tree.create("Лекция", text=TEXT).created[0]


def pdf_of(workspace: Workspace, owner: QObject, wait_until: Callable[..., None], *targets: ExportTarget) -> bytes:
    job = PrintJob(workspace, targets, owner)
    made = Made(job)
    job.laid_out.connect(lambda: job.make_pdf("Лекция"))
    job.start()
    wait_until(lambda: bool(made.pdf) or made.error is not None, 60)
    assert made.error is None
    return made.pdf


def test_a_pdf_is_text_with_links_and_an_outline(
    workspace: Workspace, owner: QObject, note: NoteId, wait_until: Callable[..., None]
) -> None:
    pdf = PdfReader(io.BytesIO(pdf_of(workspace, owner, wait_until, ExportTarget(note))))
    pages = [page.extract_text() for page in pdf.pages]
    words = " ".join(" ".join(pages).split())
    assert len(pages) > 3
    assert "Слова с наружной ссылкой" in words
    assert "Спрятанные слова." in words  # nobody can open it on paper
    assert "fi ffi -> !=" in words  # and not one glyph for two letters
    assert f"См. {SHORT} и" in words  # without the blanks of places where it might be broken
    assert LONG.replace("/", "") in words.replace(" ", "").replace("/", "")
    assert "\t" not in "".join(pages)
    for unique in [f"строка{n}я" for n in range(60)] + [f"line_{n}x" for n in range(70)]:
        assert words.count(unique) == 1, unique  # no line is lost at a border, and none is there twice
    assert sum("имя" in page for page in pages) > 1  # the table's head stands on each of its sheets
    assert all(f"{n + 1} / {len(pages)}" in page for n, page in enumerate(pages))
    assert "Лекция" not in pages[0]
    assert all("Лекция" in page for page in pages[1:])
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Лекция"
    assert pdf.root_object["/Lang"] == "ru"
    outline = pdf.outline
    assert [entry if isinstance(entry, list) else entry["/Title"] for entry in outline][::2] == [
        "Первая глава",
        "Вторая глава",
    ]
    assert outline[1][0]["/Title"] == "Вложенная часть"
    links = [link.get_object() for page in pdf.pages for link in page.get("/Annots", ())]
    outside = {link["/A"]["/URI"] for link in links if "/A" in link}
    assert outside == {"https://example.org/a", LONG, SHORT, "https://images.example/far.png"}
    numbers = [page.indirect_reference for page in pdf.pages]
    goals = [numbers.index(next(iter(link["/Dest"]))) for link in links if "/Dest" in link]
    last = next(n for n, page in enumerate(pages) if "Вторая глава" in page)
    assert goals == [last, len(pages) - 1, 0]  # to the chapter, to the footnote, and back
    fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]
    assert all("/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts)
    assert len(pdf.pages[0].images) == 1
    assert not {"/JavaScript", "/OpenAction", "/AcroForm", "/EmbeddedFiles"} & set(pdf.root_object)


def test_boxes_that_follow_each_other_are_cut_apart(
    workspace: Workspace, owner: QObject, notes: tuple[Notebook, dict[str, NoteId]], wait_until: Callable[..., None]
) -> None:
    boxes = "".join(f"| ta{n}b | x |\n|--|--|\n| te{n}f | y |\n\n```\nco{n}d\n```\n\n" for n in range(24))
    note = notes[0].tree.create("Boxes", text=boxes).created[0]
    pdf = PdfReader(io.BytesIO(pdf_of(workspace, owner, wait_until, ExportTarget(note))))
    pages = [page.extract_text() for page in pdf.pages]
    words = " ".join(pages)
    for unique in [f"{word[:2]}{n}{word[2]}" for word in ("tab", "tef", "cod") for n in range(24)]:
        assert words.count(unique) == 1, unique  # a cut through a line writes it on both sheets
    assert all(f"te{n}f" in page for page in pages for n in range(24) if f"ta{n}b" in page)


def test_several_notes_are_one_pdf_and_a_note_in_the_trash_is_none(
    workspace: Workspace, owner: QObject, note: NoteId, notes: tuple[object, dict[str, NoteId]],
    wait_until: Callable[..., None],
) -> None:  # fmt: skip
    ids = notes[1]
    targets = [ExportTarget(ids["Data"]), ExportTarget(ids["Survey"], section=1)]
    pdf = PdfReader(io.BytesIO(pdf_of(workspace, owner, wait_until, *targets)))
    assert [entry["/Title"] for entry in pdf.outline if not isinstance(entry, list)] == ["Data", "Results"]
    assert "First words." not in pdf.pages[1].extract_text()
    workspace.notebook.tree.trash_notes([note])
    job = PrintJob(workspace, [ExportTarget(note)], owner)
    made = Made(job)
    job.start()
    wait_until(lambda: made.error is not None)
    assert isinstance(made.error, ExportRefused)
    assert "trash" in str(made.error)


def test_a_job_that_is_stopped_makes_nothing(
    workspace: Workspace, owner: QObject, note: NoteId, wait_until: Callable[..., None]
) -> None:
    job = PrintJob(workspace, [ExportTarget(note)], owner)
    made, steps = Made(job), []

    def count(share: float) -> None:
        steps.append(share)
        if share > 0.75:
            job.stop()

    job.progressed.connect(count)
    job.laid_out.connect(lambda: job.make_pdf("x"))
    job.start()
    wait_until(lambda: bool(steps) and steps[-1] > 0.75, 60)
    done = len(steps)
    with pytest.raises(AssertionError, match="waited in vain"):
        wait_until(lambda: bool(made.pdf), 0.3)
    assert len(steps) == done
    assert steps == sorted(steps)


def test_a_printer_gets_the_sheets_laid_out_for_its_paper(
    workspace: Workspace, owner: QObject, note: NoteId, wait_until: Callable[..., None], tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from desktop.ui.printing.printer import Printing

    job, ready, window = PrintJob(workspace, [ExportTarget(note)], owner), [], QWidget()
    job.laid_out.connect(ready.append)
    job.start()
    wait_until(lambda: bool(ready), 60)
    printing = Printing(job, "Лекция", window)
    pages = []
    for size in (job.page.pageSize().id(), QPageSize.PageSizeId.A5):
        file = tmp_path / f"{size.name}.pdf"
        printing.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # in the place of paper
        printing.printer.setOutputFileName(str(file))
        printing.printer.setPageSize(QPageSize(size))
        printing.printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        printing.paint(printing.printer)
        made = PdfReader(file)
        pages.append(len(made.pages))
        assert "Первая" in made.pages[0].extract_text()
    assert pages[0] == sum(len(chapter.sheets.sheets) for chapter in job.chapters)
    assert pages[1] > pages[0]
    window.deleteLater()
