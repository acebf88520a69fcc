"""The window: library, draft and preview side by side, and the commands that join them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop import __version__
from samverkan_desktop.domain.errors import SamverkanError
from ui.actions import Command, allow_reading_only, build_actions, enable
from ui.backup_commands import BackupCommands
from ui.check_panel import CheckPanel
from ui.checking import Checking
from ui.comparing import Comparing
from ui.draft_commands import DraftCommands
from ui.draft_view import DraftView, application
from ui.history import HistoryCommands
from ui.history_panel import HistoryPanel
from ui.housekeeping import Housekeeping, bin_rule
from ui.library_panel import LibraryPanel
from ui.open_drafts import OpenDrafts
from ui.output import Output
from ui.preview import PreviewPanel
from ui.reading import REASON
from ui.reading_in import ReadingIn
from ui.returning import Returning
from ui.review_panel import ReviewPanel
from ui.reviewing import Reviewing
from ui.settings_dialog import SettingsDialog
from ui.shortcut_guard import ShortcutGuard
from ui.strips import Strips
from ui.theme import apply_theme
from ui.undo_bar import UndoBar
from ui.workplace import Workplace

COLUMNS = [230, 700, 350]
SIZE = QSize(1440, 900)
# On a narrower screen (in device-independent pixels) a column is folded away at first.
ROOM_FOR = {
    Command.SHOW_LIBRARY: 700,
    Command.SHOW_OUTLINE: 850,
    Command.SHOW_PREVIEW: 1000,
}
# What a text field can do, by the name of its method.
TEXT_COMMANDS = {
    Command.UNDO: "undo",
    Command.REDO: "redo",
    Command.CUT: "cut",
    Command.COPY: "copy",
    Command.PASTE: "paste",
    Command.SELECT_ALL: "selectAll",
}
# Room for the title bar and borders that the platform puts around the window.
FRAME = QSize(8, 40)


class MainWindow(QMainWindow):
    """The one window."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.setWindowTitle("Samverkan")
        self.workplace = workplace
        self._state = workplace.window_state()
        self.panel = LibraryPanel(workplace.library, self)
        self.panel.bin_rule = bin_rule(workplace.settings().bin_days)
        self.drafts = OpenDrafts(workplace, self)
        self._make_side(workplace)
        self.undo_bar = UndoBar(self)
        self.strips = Strips(self)
        self.commands = DraftCommands(
            workplace, self._state, self.panel, self.drafts, self.undo_bar
        )
        self.backups = BackupCommands(workplace, self.drafts, self.commands, self.panel)
        self.checking = Checking(workplace, self.drafts, self.checks)
        self.history = HistoryCommands(workplace.library, self.drafts, self.versions, self.undo_bar)
        self.comparing = Comparing(workplace, self.drafts, self.versions, self.history)
        self.output = Output(workplace, self._state, self.drafts, self.preview)
        self.reviewing = Reviewing(workplace.library, self.drafts, self.review, self.undo_bar)
        self.returning = Returning(workplace, self.drafts, self.undo_bar, self._show_returned, self)
        self.reading = ReadingIn(
            workplace,
            self.drafts,
            self.undo_bar,
            self.commands.show_new,
            lambda path: self.commands.take(path) or self.returning.take(path),
            self,
        )
        self.housekeeping = Housekeeping(workplace, self)
        self._lay_out()
        self._actions = build_actions(self, self._handlers())
        self._add_number_keys()
        self.drafts.view_changed.connect(self._show_view)
        self.drafts.saved.connect(self.panel.show_saved)
        self.housekeeping.erased.connect(self.panel.refresh)
        self.housekeeping.failed.connect(self.undo_bar.tell)
        self.backups.keeper.failed.connect(self.undo_bar.tell)
        self.checks.counted.connect(self._show_count)
        self.review.counted.connect(self._show_review_count)
        self._guard = ShortcutGuard(
            application(), [action.shortcut() for action in self._actions.values()], self
        )
        application().commitDataRequest.connect(self.drafts.save_all)
        self._restore()
        self.panel.refresh()
        self.commands.open_last()
        self._show_view(self.drafts.view)

    def _make_side(self, workplace: Workplace) -> None:
        self.preview = PreviewPanel(workplace.runner, self)
        self.checks = CheckPanel(self)
        self.side = QTabWidget(self)
        self.side.setDocumentMode(True)
        self.side.setUsesScrollButtons(False)  # all tabs are to be seen
        self.side.setElideMode(Qt.TextElideMode.ElideRight)
        self.side.addTab(self.preview, "Sidor")
        self.side.setTabToolTip(0, "Förhandsvisning: så blir dokumentet")
        self.side.addTab(self.checks, "Kontroll")
        self.versions = HistoryPanel(self)
        self.side.addTab(self.versions, "Historik")
        self.review = ReviewPanel(self)
        self.side.addTab(self.review, "Granskning")

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.drafts, 1)
        column.addWidget(self.undo_bar)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.panel, middle, self.side):
            self.columns.addWidget(widget)
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes(COLUMNS)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.strips)
        rows.addWidget(self.columns, 1)
        self.setCentralWidget(whole)

    def _handlers(self) -> dict[Command, Callable[..., object]]:
        on_view = self._on_view
        return {
            Command.NEW: self.commands.new,
            Command.READ_IN: self.reading.choose,
            Command.READ_BACK: self.returning.choose,
            Command.DUPLICATE: on_view(lambda v: self.commands.duplicate(v.session.draft.id)),
            Command.KEEP: lambda: self.history.name(""),
            Command.EXPORT: self.output.export,
            Command.PRINT: self.output.print_out,
            Command.DELETE: on_view(lambda v: self.commands.delete(v.session.draft.id)),
            Command.BACKUPS: self.backups.show,
            Command.SETTINGS: self._show_settings,
            Command.QUIT: self.close,
            **{command: partial(_edit_text, name) for command, name in TEXT_COMMANDS.items()},
            Command.FIND: on_view(lambda v: v.find_bar.begin()),
            Command.FIND_DRAFT: self._find_draft,
            Command.NEXT_SECTION: on_view(lambda v: v.form.go_by(1)),
            Command.PREVIOUS_SECTION: on_view(lambda v: v.form.go_by(-1)),
            Command.ADD_SECTION: on_view(lambda v: v.form.add_section()),
            Command.MOVE_UP: on_view(lambda v: v.form.move_current(-1)),
            Command.MOVE_DOWN: on_view(lambda v: v.form.move_current(1)),
            Command.SHOW_LIBRARY: self.panel.setVisible,
            Command.SHOW_OUTLINE: self._show_outline,
            Command.SHOW_PREVIEW: self._show_preview,
            Command.SHOW_CHECKS: lambda: self._show_beside(self.checks),
            Command.SHOW_HISTORY: lambda: self._show_beside(self.versions),
            Command.SHOW_REVIEW: lambda: self._show_beside(self.review),
            Command.ONE_SECTION: self._show_one_section,
            Command.HELP: on_view(lambda v: v.form.toggle_help()),
            Command.ABOUT: self._show_about,
        }

    def _on_view(self, act: Callable[[DraftView], None]) -> Callable[[], None]:
        def handler() -> None:
            if self.drafts.view is not None:
                act(self.drafts.view)

        return handler

    def _enable(self, *, has_draft: bool) -> None:
        enable(self._actions, has_draft=has_draft)
        if not self.workplace.library.can_write:
            allow_reading_only(self._actions, REASON)
            self.versions.allow_reading_only(REASON)
            self.review.allow_reading_only(REASON)
            self.setAcceptDrops(False)

    def come_forward(self) -> None:
        """Come to the front: the user has started the program again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot(object)
    def _show_view(self, view: DraftView | None) -> None:
        self._enable(has_draft=view is not None)
        if view is None:
            self._actions[Command.SHOW_LIBRARY].setChecked(True)  # to choose another
        else:
            view.outline.setVisible(self._actions[Command.SHOW_OUTLINE].isChecked())
            view.form.set_one_at_a_time(self._actions[Command.ONE_SECTION].isChecked())

    @Slot(int)
    def _show_count(self, count: int) -> None:
        self.side.setTabText(1, f"Kontroll {count}" if count else "Kontroll")

    @Slot(int)
    def _show_review_count(self, count: int) -> None:
        at = self.side.indexOf(self.review)
        self.side.setTabText(at, f"Granskning {count}" if count else "Granskning")

    def _show_returned(self, draft_id: str) -> None:
        self.panel.refresh()
        self.commands.open(draft_id)
        self.reviewing.refresh()
        self._show_beside(self.review)

    def _show_beside(self, panel: QWidget) -> None:
        self._actions[Command.SHOW_PREVIEW].setChecked(True)
        self.side.setCurrentWidget(panel)
        panel.setFocus()

    @Slot(bool)
    def _show_outline(self, on: bool) -> None:
        if self.drafts.view is not None:
            self.drafts.view.outline.setVisible(on)

    @Slot(bool)
    def _show_one_section(self, on: bool) -> None:
        if self.drafts.view is not None:
            self.drafts.view.form.set_one_at_a_time(on)

    @Slot(bool)
    def _show_preview(self, on: bool) -> None:
        self.side.setVisible(on)
        self.output.refresh()

    def _add_number_keys(self) -> None:
        for number in range(1, 10):
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            key.activated.connect(partial(self._go_to_number, number))
        redo = QShortcut(QKeySequence("Ctrl+Y"), self)  # as in Word, on every platform
        redo.activated.connect(partial(_edit_text, "redo"))

    def _find_draft(self) -> None:
        self._actions[Command.SHOW_LIBRARY].setChecked(True)
        self.panel.search.setFocus()
        self.panel.search.selectAll()

    def _go_to_number(self, number: int) -> None:
        view = self.drafts.view
        if view is not None and number <= len(view.form.boxes):
            view.form.go_to(view.form.boxes[number - 1].key)

    def _show_settings(self) -> None:
        try:
            dialog = SettingsDialog(self.workplace.folders, self.workplace.catalogue, self)
        except SamverkanError as error:
            self.undo_bar.tell(str(error))
            return
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(
            lambda: apply_theme(application(), dialog.settings.appearance.value)
        )
        dialog.accepted.connect(self.output.refresh)
        dialog.open()

    def _show_about(self) -> None:
        QMessageBox.about(
            self,
            "Om Samverkan",
            f"Samverkan {__version__}\n\nSkriv tjänsteutlåtanden som är klara att skriva under.",
        )

    # What is remembered of the window

    def _restore(self) -> None:
        free = self.screen().availableSize() - FRAME
        self.resize(SIZE.boundedTo(free))
        self.restoreGeometry(self._bytes("geometry"))
        self.columns.restoreState(self._bytes("columns"))
        for command, room in ROOM_FOR.items():
            fits = free.width() >= room
            shown = self._state.value(command.name, defaultValue=fits, type=bool)
            self._actions[command].setChecked(bool(shown))
        self.panel.setVisible(self._actions[Command.SHOW_LIBRARY].isChecked())
        self.side.setVisible(self._actions[Command.SHOW_PREVIEW].isChecked())
        one = self._state.value(Command.ONE_SECTION.name, defaultValue=False, type=bool)
        self._actions[Command.ONE_SECTION].setChecked(bool(one))

    def _bytes(self, name: str) -> QByteArray:
        value = self._state.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _remember(self) -> None:
        self._state.setValue("geometry", self.saveGeometry())
        self._state.setValue("columns", self.columns.saveState())
        for command, action in self._actions.items():
            if action.isCheckable():
                self._state.setValue(command.name, action.isChecked())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Save when the user turns to another program, and look what it did on the way back."""
        if event.type() is QEvent.Type.ActivationChange and self.isVisible():
            (self.commands.show_news if self.isActiveWindow() else self.drafts.save_all)()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Save everything; when that can't be done, stay open unless the user insists."""
        self._remember()
        if self.commands.close_all() or self._insists():
            self.checking.stop()
            self.comparing.close()
            self.housekeeping.stop()
            self.backups.keeper.stop()
            self.output.stop()
            event.accept()
        else:
            event.ignore()

    def _insists(self) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Allt är inte sparat")
        box.setText("Det du skrev senast kan inte sparas just nu.")
        box.setInformativeText("Stänger du programmet går den texten förlorad.")
        stay = box.addButton("Stanna kvar", QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton("Stäng utan att spara", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is leave


def _edit_text(method: str) -> None:
    """Have the text field with the focus do what the menu says."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QLineEdit | QTextEdit | QPlainTextEdit):
        getattr(focused, method)()
