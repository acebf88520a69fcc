"""One open draft in the middle of the window: what it is called, its outline, toolbar and form."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ui.draft_session import DraftSession
from ui.editor.toolbar import EditorToolbar
from ui.find_bar import FindBar
from ui.form.draft_form import DraftForm
from ui.labels import ElidedLabel, embolden
from ui.outline_panel import OutlinePanel
from ui.reading import ReadingCover
from ui.strips import ActionStrip
from ui.theme import TIGHT

OUTLINE_WIDTH = 170


class DraftView(QWidget):
    """The view of one session."""

    current_changed = Signal(str)
    place_changed = Signal()  # the cursor has moved

    def __init__(
        self, session: DraftSession, resources: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.form = DraftForm(session, resources, self)
        self.outline = OutlinePanel(session, self)
        self.toolbar = EditorToolbar(resources, self)
        self.find_bar = FindBar(self.form, self)
        self._title = ElidedLabel(self)
        embolden(self._title)
        self._status = QLabel("Utkast · Sparat", self, textFormat=Qt.TextFormat.PlainText)
        self._status.setObjectName("save-status")
        self._banner = ActionStrip(self)
        self._banner.offer(("Spara i en fil…", self._save_as_file))
        top = QHBoxLayout()
        top.setContentsMargins(TIGHT, 6, 12, 0)
        top.addWidget(self._title, 1)
        top.addWidget(self._status)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(self.outline)
        self.splitter.addWidget(self.form)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([OUTLINE_WIDTH, 600])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._banner)
        column.addWidget(self.toolbar)
        column.addWidget(self.find_bar)
        column.addWidget(self.splitter, 1)
        self._connect(session)
        self._show_title()
        if not session.can_write:
            self._cover()

    def _connect(self, session: DraftSession) -> None:
        self.find_bar.closed.connect(lambda: self.form.go_to(self.form.current))
        self.outline.chosen.connect(self.form.go_to)
        self.form.current_changed.connect(self.outline.set_current)
        self.form.current_changed.connect(self.current_changed)
        session.collected.connect(self._show_title)
        session.touched.connect(self._show_unsaved)
        session.saved.connect(self._show_saved)
        session.save_failed.connect(self._show_failure)
        application().focusChanged.connect(self._follow_focus)

    def _cover(self) -> None:
        """Let everything be read, and nothing be changed."""
        cover = ReadingCover(self)
        cover.cover(self.form)
        self.form.built.connect(lambda: cover.cover(self.form))
        self.outline.allow_moving(on=False)
        self.toolbar.hide()
        self._status.setText("Skrivskyddat")

    def focus_start(self) -> None:
        """Put the cursor where a new draft is begun: in the title."""
        self.form.head.title.setFocus()

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        editor = self.form.editor_with(new)
        if editor is not None:
            editor.cursorPositionChanged.connect(
                self.place_changed, Qt.ConnectionType.UniqueConnection
            )
            if self.session.can_write:
                self.toolbar.attach(editor)
        elif not self.toolbar.isAncestorOf(new):
            self.toolbar.release()

    @Slot()
    def _show_title(self) -> None:
        self._title.setText(self.session.draft.title or "Ärende utan rubrik")

    @Slot()
    def _show_unsaved(self) -> None:
        if not self._banner.text:
            self._status.setText("Utkast · Sparar …")

    @Slot(datetime)
    def _show_saved(self, when: datetime) -> None:
        self._banner.tell("")
        self._status.setText(f"Utkast · Sparat {when:%H.%M}")

    @Slot(str)
    def _show_failure(self, reason: str) -> None:
        self._status.setText("Utkast · Inte sparat")
        self._banner.tell(f"{reason} Det du skriver finns kvar här och sparas så snart det går.")

    def _save_as_file(self) -> None:
        """Keep the draft somewhere else: the library may not come back."""
        from ui.rescue import save_as_file

        told = save_as_file(self.session.draft, self)
        if told:
            self._banner.tell(f"{told} Här sparas det så snart det går.")


def application() -> QApplication:
    """Return the running application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
