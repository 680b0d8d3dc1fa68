"""Exporting: where to, as what, and the list of everything that will be written before it is written."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import ExportPlan, ExportTarget
from desktop.ui import theme
from desktop.ui.sentences import in_users_language
from desktop.ui.workspace import Workspace

PLAN_DELAY_MS = 200
MOST = 1_000
MARKDOWN, HTML, PDF = "md", "html", "pdf"

Stop = Callable[[], None]
# Makes a PDF of notes under a title, hands its bytes or what was raised on, and returns what stops it.
MakePdf = Callable[[Sequence[ExportTarget], str, Callable[[bytes], None], Callable[[BaseException], None]], Stop]


class ExportDialog(QDialog):
    """Plans while the user chooses; writes when told to."""

    def __init__(
        self,
        workspace: Workspace,
        targets: Sequence[ExportTarget],
        title: str,
        parent: QWidget,
        make_pdf: MakePdf | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export “{0}”").format(title))
        self._workspace = workspace
        self._targets = list(targets)
        self._plan: ExportPlan | None = None
        self._asked = 0
        self._make_pdf = make_pdf
        self._stop: Stop | None = None  # of a PDF that is being made
        self._format = QComboBox()
        self._format.setAccessibleName(self.tr("Format"))
        self._format.addItem("Markdown", MARKDOWN)
        self._format.addItem(self.tr("HTML, one page with all that it shows"), HTML)
        if make_pdf is not None:
            self._format.addItem("PDF", PDF)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = QLineEdit(str(Path(documents or Path.home()) / "Konspekt"))
        self._folder.setAccessibleName(self.tr("Folder"))
        self._single = QCheckBox(self.tr("All in one file"))
        self._overwrite = QCheckBox(self.tr("Replace files that are there already"))
        self._files = QTreeWidget()
        self._files.setAccessibleName(self.tr("Files to be written"))
        self._files.setHeaderLabels([self.tr("File"), self.tr("Size"), ""])
        self._files.setRootIsDecorated(False)
        self._files.header().setStretchLastSection(False)
        self._files.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._write = self._buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._timer = QTimer(self, singleShot=True, interval=PLAN_DELAY_MS)
        self._name = title
        self._lay_out()
        self._timer.timeout.connect(self._make_plan)
        self._folder.textChanged.connect(self._folder_changed)
        self._format.currentIndexChanged.connect(lambda: self._make_plan())
        self._single.toggled.connect(lambda: self._make_plan())
        self._overwrite.toggled.connect(lambda: self._show_plan())
        self._buttons.accepted.connect(self._export)
        self._buttons.rejected.connect(self.close)
        self.finished.connect(self._give_up)
        self._folder.selectAll()
        self._make_plan()

    def _lay_out(self) -> None:
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("Folder")))
        row.addWidget(self._folder, 1)
        row.addWidget(browse)
        kind = QHBoxLayout()
        kind.addWidget(QLabel(self.tr("Format")))
        kind.addWidget(self._format)
        kind.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addLayout(row)
        layout.addLayout(kind)
        layout.addWidget(self._single)
        layout.addWidget(self._files, 1)
        layout.addWidget(self._summary)
        layout.addWidget(self._overwrite)
        layout.addWidget(self._buttons)
        self.resize(680, 480)

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for the export"), self._folder.text())
        if folder:
            self._folder.setText(folder)

    def _folder_changed(self) -> None:
        """Forget the plan at once: it is for another folder."""
        self._asked += 1
        self._plan = None
        self._write.setEnabled(False)
        self._timer.start()

    def _make_plan(self) -> None:
        self._plan = None
        self._write.setEnabled(False)
        many = len(self._targets) > 1 or any(t.subtree for t in self._targets)
        self._single.setVisible(many and self._format.currentData() == MARKDOWN)
        text = self._folder.text().strip()
        if not text:
            self._summary.setText(self.tr("Choose a folder."))
            return
        self._asked += 1
        asked, folder = self._asked, Path(text).expanduser().absolute()
        plan_it = self._planning(folder, asked)

        def show(plan: ExportPlan) -> None:
            if asked == self._asked:
                self._plan = plan
                self._show_plan()

        def failed(error: BaseException) -> None:
            if asked == self._asked:
                self._files.clear()
                self._summary.setText(in_users_language(str(error)))

        self._workspace.read(plan_it, show, failed)

    def _planning(self, folder: Path, asked: int) -> Callable[[], ExportPlan]:
        """Return what plans the export, for a reader thread."""
        exchange, targets, name = self._workspace.notebook.exchange, self._targets, self._name
        if self._format.currentData() == HTML:
            return lambda: exchange.plan_html(targets, folder, name=name, cancelled=lambda: asked != self._asked)
        if self._format.currentData() == PDF:
            return lambda: exchange.plan_pdf(targets, folder, name)
        single = f"{name}.md" if self._single.isChecked() else None
        return lambda: exchange.plan_export(targets, folder, single_file=single)

    def _show_plan(self) -> None:
        plan = self._plan
        if plan is None:
            return
        colours = theme.current()
        self._files.clear()
        existing = [file for file in plan.files if file.exists]
        for file in plan.files[:MOST]:
            state = ""
            if file.exists:
                state = self.tr("will be replaced") if self._overwrite.isChecked() else self.tr("is there already")
            item = QTreeWidgetItem([file.path, _size(len(file.data)) if file.data else "", state])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if file.exists:
                item.setForeground(2, colours.warning)
            self._files.addTopLevelItem(item)
        for column in (1, 2):
            self._files.resizeColumnToContents(column)
        said = [self.tr("%n file(s) will be written to {0}.", "", len(plan.files)).format(plan.folder)]
        if existing and not self._overwrite.isChecked():
            said = [self.tr("%n file(s) of these names are there already; choose another folder, or replace them.", "",
                            len(existing))]  # fmt: skip
        said += [in_users_language(line.message) for line in plan.report[:3]]
        self._summary.setText(" ".join(said))
        self._overwrite.setVisible(bool(existing))
        self._write.setEnabled(bool(plan.files) and (not existing or self._overwrite.isChecked()))

    def _export(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self._write.setEnabled(False)
        if self._format.currentData() != PDF or self._make_pdf is None:
            self._write_plan(plan)
            return
        self._format.setEnabled(False)
        self._summary.setText(self.tr("The PDF is being made…"))

        def write(data: bytes) -> None:
            self._stop = None
            self._write_plan(replace(plan, files=(replace(plan.files[0], data=data),)))

        self._stop = self._make_pdf(self._targets, self._name, write, self._failed)

    def _write_plan(self, plan: ExportPlan) -> None:
        exchange, overwrite = self._workspace.notebook.exchange, self._overwrite.isChecked()

        def done(paths: tuple[str, ...]) -> None:
            sentence = self.tr("Exported %n file(s) to {0}.", "", len(paths)).format(plan.folder)
            self._workspace.tell("info", sentence)
            self.close()

        self._workspace.read(lambda: exchange.write_export(plan, overwrite), done, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._stop = None
        self._summary.setText(in_users_language(str(error)))
        self._format.setEnabled(True)
        self._write.setEnabled(True)

    def _give_up(self) -> None:
        """Stop what is still being made for nobody."""
        self._asked += 1
        if self._stop is not None:
            self._stop()
            self._stop = None


def _size(size: int) -> str:
    """Return a file's size in units that people know: Qt's own default is KiB in every language."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
