"""Find in the open draft: through all its sections, in the document's order."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ui.editor.section_editor import SectionEditor
from ui.form.draft_form import DraftForm
from ui.labels import quiet_label


class FindBar(QWidget):
    """A line under the toolbar; Enter goes to the next place, Shift+Enter to the one before."""

    closed = Signal()

    def __init__(self, form: DraftForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        label = QLabel("Sök i ärendet", self)
        self.line = QLineEdit(self)
        self.line.setObjectName("find")
        self.line.setAccessibleName("Sök i ärendet")
        label.setBuddy(self.line)
        self._remark = quiet_label(parent=self)
        before, after = QPushButton("Föregående", self), QPushButton("Nästa", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        for widget in (label, self.line, before, after, self._remark):
            row.addWidget(widget)
        row.addStretch(1)
        after.clicked.connect(self.find_next)
        before.clicked.connect(self.find_previous)
        self.line.textEdited.connect(lambda: self._remark.setText(""))
        self.hide()

    def begin(self) -> None:
        """Show the line, with what is selected in the text as the words to find."""
        editor = self._editor_in_use()
        selected = editor.textCursor().selectedText() if editor is not None else ""
        if selected and "\u2029" not in selected:
            self.line.setText(selected)
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    @Slot()
    def find_next(self) -> None:
        """Go to the next place with these words; after the last one to the first."""
        self._find(QTextDocument.FindFlag(0))

    @Slot()
    def find_previous(self) -> None:
        """Go to the place before; before the first one to the last."""
        self._find(QTextDocument.FindFlag.FindBackward)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter finds, Esc closes."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.hide()
                self.closed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                backward = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                (self.find_previous if backward else self.find_next)()
            case _:
                super().keyPressEvent(event)

    def _find(self, flags: QTextDocument.FindFlag) -> None:
        words, editors = self.line.text(), list(self._form.editors)
        if not words or not editors:
            return
        step = -1 if flags & QTextDocument.FindFlag.FindBackward else 1
        start = self._editor_in_use() or editors[-1 if step < 0 else 0]
        if start.find(words, flags):
            self._show(start)
            return
        at = editors.index(start)
        for away in range(1, len(editors) + 1):
            editor = editors[(at + step * away) % len(editors)]
            if _find_from_edge(editor, words, flags):
                if editor is not start:
                    _unselect(start)
                self._show(editor)
                return
        self._remark.setText("Finns inte i ärendet")

    def _show(self, editor: SectionEditor) -> None:
        self._remark.setText("")
        self._form.show_editor(editor)

    def _editor_in_use(self) -> SectionEditor | None:
        return next((e for e in self._form.editors if e.textCursor().hasSelection()), None)


def _unselect(editor: SectionEditor) -> None:
    cursor = editor.textCursor()
    cursor.clearSelection()
    editor.setTextCursor(cursor)


def _find_from_edge(editor: SectionEditor, words: str, flags: QTextDocument.FindFlag) -> bool:
    """Find in an editor from its beginning, or from its end when going backward."""
    before = editor.textCursor()
    backward = bool(flags & QTextDocument.FindFlag.FindBackward)
    edge = QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start
    editor.moveCursor(edge)
    if editor.find(words, flags):
        return True
    editor.setTextCursor(before)
    return False
