"""Fields of the form, each bound to one place in the draft."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from samverkan_desktop.domain.draft import Position
from ui.draft_session import DraftSession
from ui.form.dates import DateEdit
from ui.form.lens import Lens


class TextField(QLineEdit):
    """One line of text."""

    def __init__(self, session: DraftSession, lens: Lens[str], name: str, hint: str = "") -> None:
        super().__init__(lens.get(session.draft), placeholderText=hint)
        self.setAccessibleName(name)
        self.setCursorPosition(0)
        self._session, self._lens = session, lens
        self.textEdited.connect(self._put)

    @Slot(str)
    def _put(self, text: str) -> None:
        self._session.edit(lambda draft: self._lens.put(draft, text))


class DateField(DateEdit):
    """A date or none."""

    def __init__(
        self, session: DraftSession, lens: Lens[date | None], name: str, resources: Path
    ) -> None:
        super().__init__(name, resources)
        self.set_date(lens.get(session.draft))
        self.date_changed.connect(lambda value: session.edit(lambda draft: lens.put(draft, value)))


class CheckField(QCheckBox):
    """Yes or no."""

    def __init__(self, session: DraftSession, lens: Lens[bool], text: str) -> None:
        super().__init__(text)
        self.setChecked(lens.get(session.draft))
        self.toggled.connect(lambda on: session.edit(lambda draft: lens.put(draft, on)))


class SecrecyField(QWidget):
    """Whether the matter is secret, and under which paragraph (lagrum)."""

    def __init__(self, session: DraftSession, lens: Lens[str | None], name: str) -> None:
        super().__init__()
        lagrum = lens.get(session.draft)
        self._check = QCheckBox(name)
        self._check.setChecked(lagrum is not None)
        self._line = QLineEdit(
            lagrum or "", placeholderText="Lagrum, till exempel OSL 30 kap. 20 §"
        )
        self._line.setAccessibleName("Lagrum för sekretessen")
        self._line.setVisible(lagrum is not None)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._check)
        row.addWidget(self._line, 1)
        self.setFocusProxy(self._check)
        self._session, self._lens = session, lens
        self._check.toggled.connect(self._line.setVisible)
        self._check.toggled.connect(self._put)
        self._line.textEdited.connect(self._put)

    @Slot()
    def _put(self) -> None:
        value = self._line.text() if self._check.isChecked() else None
        self._session.edit(lambda draft: self._lens.put(draft, value))


class LinesField(QPlainTextEdit):
    """Several short values, one on each line."""

    def __init__(
        self, session: DraftSession, lens: Lens[tuple[str, ...]], name: str, hint: str = ""
    ) -> None:
        super().__init__("\n".join(lens.get(session.draft)), placeholderText=hint)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 12)
        self._session, self._lens = session, lens
        self.textChanged.connect(self._put)

    @Slot()
    def _put(self) -> None:
        values = tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())
        self._session.edit(lambda draft: self._lens.put(draft, values))


class PositionField(QComboBox):
    """The stand taken on a referral."""

    def __init__(self, session: DraftSession, lens: Lens[Position | None], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.addItems(["Välj ståndpunkt", *(p.value.capitalize() for p in Position)])
        current = lens.get(session.draft)
        self.setCurrentIndex(0 if current is None else list(Position).index(current) + 1)
        self._session, self._lens = session, lens
        self.activated.connect(self._put)

    @Slot(int)
    def _put(self, index: int) -> None:
        position = list(Position)[index - 1] if index else None
        self._session.edit(lambda draft: self._lens.put(draft, position))
