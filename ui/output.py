"""What leaves the window: the preview, the exported files and the printed pages."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Slot

from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.domain.template import Template
from samverkan_desktop.services import exporting
from samverkan_desktop.services.exporting import Outputs
from samverkan_desktop.store.library import Library
from ui.draft_view import DraftView
from ui.open_drafts import OpenDrafts
from ui.preview import PreviewPanel
from ui.preview_making import MadePdf, PdfMaker
from ui.workplace import Workplace

# The draft's value is read for the preview when the typing has paused this long.
PAUSE_MS = 80


class Output(QObject):
    """Keeps the preview in step with the shown draft, exports it and prints it."""

    def __init__(
        self, workplace: Workplace, state: QSettings, drafts: OpenDrafts, preview: PreviewPanel
    ) -> None:
        super().__init__(drafts)
        self._workplace, self._state = workplace, state
        self._drafts, self._preview = drafts, preview
        self._pdf_maker = PdfMaker()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        drafts.edited.connect(self._pause.start)
        drafts.view_changed.connect(self.refresh)
        drafts.section_entered.connect(preview.go_to_section)
        preview.section_clicked.connect(self._go_to)

    def stop(self) -> None:
        """Begin no more previews: the window is closing."""
        self._pause.stop()
        self._preview.clear()

    @Slot()
    def refresh(self) -> None:
        """Show the draft as it stands in the preview."""
        view = self._drafts.view
        if view is None:
            self._preview.clear()
        else:
            self._preview.show_document(self._maker(view), view.session.draft.id)

    @Slot()
    def export(self) -> None:
        """Ask for format, folder and name, and write the files."""
        from samverkan_desktop.services.checking import findings
        from ui.export_dialog import ExportDialog

        view = self._drafts.view
        if view is None:
            return
        view.session.save()
        draft, template = view.session.draft, view.session.template
        files, folders = self._files(draft), self._workplace.folders
        path, author = self._workplace.library.path, self._workplace.library.author
        can_write = self._workplace.library.can_write

        def write(outputs: Outputs, progress: Progress) -> tuple[Path, ...]:
            document = self._composed(draft, template)
            written = exporting.export(document, draft, files, outputs, folders, progress)
            if can_write:
                with Library.open(path, author=author) as library:
                    exporting.record_export(library, draft, written)
            return written

        dialog = ExportDialog(
            write,
            exporting.suggested_name(draft),
            self._export_folder(),
            findings(draft, template, folders),
            self._workplace.runner,
            view.window(),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.exported.connect(lambda to: self._state.setValue("export-folder", str(to)))
        dialog.open()

    def _export_folder(self) -> Path:
        last = str(self._state.value("export-folder", ""))
        return Path(self._workplace.settings().export_folder or last or Path.home())

    @Slot()
    def print_out(self) -> None:
        """Print the draft: the same pages as the PDF."""
        view = self._drafts.view
        if view is not None:
            self._preview.print_document(self._maker(view), view.session.draft.title)

    def _maker(self, view: DraftView) -> Callable[[Progress], MadePdf]:
        draft, template = view.session.draft, view.session.template
        files, folders = self._files(draft), self._workplace.folders

        def make(progress: Progress) -> MadePdf:
            document = self._composed(draft, template)
            return self._pdf_maker.make(document, files, folders, progress)

        return make

    def _composed(self, draft: Draft, template: Template) -> Document:
        workplace = self._workplace
        return exporting.composed(draft, template, workplace.catalogue, workplace.settings())

    def _files(self, draft: Draft) -> Callable[[str], bytes]:
        """Return a reader of the draft's files that any thread may use."""
        library = self._workplace.library
        return exporting.library_files(library.path, draft.id, type(library).open)

    @Slot(str)
    def _go_to(self, key: str) -> None:
        if self._drafts.view is not None:
            self._drafts.view.form.go_to(key)
