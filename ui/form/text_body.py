"""The body of an ordinary section: its editor, or the reason why it doesn't apply."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.outline import put_section
from ui.draft_session import DraftSession
from ui.editor.section_editor import SectionEditor
from ui.form.file_keeper import DraftFiles


class TextBody(QWidget):
    """One editor bound to a section's content."""

    def __init__(self, session: DraftSession, key: str, resources: Path) -> None:
        super().__init__()
        self._session, self._key = session, key
        entry = session.entry(key)
        self.editor = SectionEditor(DraftFiles(session), resources, self)
        self.editor.setAccessibleName(entry.heading)
        self.editor.setObjectName(f"editor:{key}")
        self.editor.set_content(entry.section.content)
        self._question = QLabel("Varför är avsnittet inte tillämpligt? Skälet skrivs ut.", self)
        self._reason = QLineEdit(self)
        self._reason.setAccessibleName(f"Skäl till att {entry.heading} inte är tillämpligt")
        self._question.setBuddy(self._reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._question)
        column.addWidget(self._reason)
        column.addWidget(self.editor)
        self.show_reason(entry.section.not_applicable)
        self.editor.edited.connect(self._edited)
        self._reason.textEdited.connect(self._put_reason)

    @property
    def editors(self) -> tuple[SectionEditor, ...]:
        """Return the editors of this body."""
        return (self.editor,)

    def focus(self) -> None:
        """Put the cursor where one writes."""
        (self._reason if self._reason.isVisibleTo(self) else self.editor).setFocus()

    def insert_phrase(self, text: str) -> None:
        """Write a standard phrase at the cursor."""
        self.editor.setFocus()
        self.editor.insert_phrase(text)

    def word_count(self) -> int:
        """Return the number of words in the editor."""
        return self.editor.word_count()

    def show_reason(self, reason: str | None) -> None:
        """Ask for the reason, or show the editor (None). What the editor holds is kept."""
        self._question.setVisible(reason is not None)
        self._reason.setVisible(reason is not None)
        self._reason.setText(reason or "")
        self.editor.setVisible(reason is None)

    @Slot()
    def _edited(self) -> None:
        self._session.edit_later(f"section {self._key}", self._with_content)

    def _with_content(self, draft: Draft) -> Draft:
        content = self.editor.content()
        section = draft.section(self._key) or Section(key=self._key)
        if section.content == content:
            return draft
        return put_section(draft, self._session.template, replace(section, content=content))

    @Slot(str)
    def _put_reason(self, text: str) -> None:
        self._session.edit_section(self._key, lambda s: replace(s, not_applicable=text))
