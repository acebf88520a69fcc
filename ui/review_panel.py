"""What others suggest and say about the shown draft: a list, and what can be done with each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.domain.review import Comment, Suggestion, TextEdit
from samverkan_desktop.domain.review_words import around, said, sentence
from ui.labels import quiet_label
from ui.two_lines import DETAIL_ROLE, ID_ROLE, TwoLines

_NO_DRAFT = "Här visas vad andra föreslår och frågar om ärendet."
_NOTHING = "Inget att ta ställning till. Läs in ett granskat Word-dokument från menyn Arkiv."
_WHAT = Qt.ItemDataRole.UserRole + 2


class ReviewPanel(QWidget):
    """Shows suggestions and comments, and asks for what the user wants with them."""

    accepting_wanted = Signal(list)  # ids of suggestions
    rejecting_wanted = Signal(list)
    going_wanted = Signal(str, str)  # a section's key and a block's id
    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggestions: Sequence[Suggestion] = ()
        self._row = 0
        self._can_write = True
        self._remark = quiet_label(_NO_DRAFT, self)
        self._remark.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setObjectName("review")
        self._list.setAccessibleName("Förslag och kommentarer")
        self._list.setItemDelegate(TwoLines(self._list))
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._whole = QPlainTextEdit(self, readOnly=True, tabChangesFocus=True)
        self._whole.setObjectName("review-whole")
        self._whole.setAccessibleName("Hela förslaget eller kommentaren")
        self._accept = _button("Acceptera", "accept-suggestion", self)
        self._reject = _button("Avvisa", "reject-suggestion", self)
        self._accept_all = _button("Acceptera alla", "accept-all-suggestions", self)
        self._go = _button("Gå till", "go-to-suggestion", self)
        self.setFocusProxy(self._list)
        self._lay_out()
        self._connect()
        self.clear()

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._list)
        parts.addWidget(self._whole)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 1)
        self._parts = parts
        buttons = QGridLayout()
        for at, button in enumerate((self._accept, self._reject, self._go)):
            buttons.addWidget(button, 0, at)
        buttons.addWidget(self._accept_all, 1, 0, 1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._remark)
        column.addWidget(parts, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._list.currentItemChanged.connect(self._show_whole)
        self._list.itemActivated.connect(self._ask_to_go)
        self._go.clicked.connect(self._ask_to_go)
        self._accept.clicked.connect(lambda: self._ask(self.accepting_wanted.emit))
        self._reject.clicked.connect(lambda: self._ask(self.rejecting_wanted.emit))
        self._accept_all.clicked.connect(
            lambda: self.accepting_wanted.emit([one.id for one in self._from_same()])
        )

    @property
    def chosen(self) -> Suggestion | Comment | None:
        """Return the chosen suggestion or comment, if any."""
        what = self._list.currentIndex().data(_WHAT)
        return what if isinstance(what, Suggestion | Comment) else None

    def clear(self) -> None:
        """Show that no draft is open."""
        self.show_review((), (), {})
        self._remark.setText(_NO_DRAFT)

    def show_review(
        self,
        suggestions: Sequence[Suggestion],
        comments: Sequence[Comment],
        headings: Mapping[str, str],
    ) -> None:
        """Show what waits for an answer, and what has been said; `headings` are by section key."""
        if self._list.count():
            self._row = self._list.currentRow()  # also while another draft, or none, is shown
        self._suggestions = suggestions
        self._list.clear()
        for one in suggestions:
            self._list.addItem(_suggestion_row(one, headings))
        for remark in comments:
            self._list.addItem(_comment_row(remark, headings))
        is_empty = not self._list.count()
        self._remark.setText(_NOTHING)
        self._remark.setVisible(is_empty)
        self._parts.setVisible(not is_empty)
        if not is_empty:
            self._list.setCurrentRow(min(max(self._row, 0), self._list.count() - 1))
        self._show_whole()
        self.counted.emit(len(suggestions))

    def allow_reading_only(self, reason: str) -> None:
        """Show suggestions and comments, but judge none."""
        self._can_write = False
        for button in (self._accept, self._reject, self._accept_all):
            button.setToolTip(reason)
        self._show_whole()

    @Slot()
    def _show_whole(self) -> None:
        chosen = self.chosen
        self._whole.setPlainText(_whole(chosen) if chosen is not None else "")
        is_suggestion = isinstance(chosen, Suggestion) and self._can_write
        for button in (self._accept, self._reject, self._accept_all):
            button.setEnabled(is_suggestion)
        self._go.setEnabled(chosen is not None and bool(_place(chosen)[0]))
        author = chosen.author if isinstance(chosen, Suggestion) else ""
        self._accept_all.setText(f"Acceptera alla från {author}" if author else "Acceptera alla")

    def _from_same(self) -> list[Suggestion]:
        chosen = self.chosen
        author = chosen.author if isinstance(chosen, Suggestion) else None
        return [one for one in self._suggestions if one.author == author]

    def _ask(self, ask: Callable[[list[str]], object]) -> None:
        if isinstance(self.chosen, Suggestion):
            ask([self.chosen.id])

    @Slot()
    def _ask_to_go(self) -> None:
        if self.chosen is not None and _place(self.chosen)[0]:
            self.going_wanted.emit(*_place(self.chosen))


def _button(text: str, name: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName(name)
    return button


def _suggestion_row(one: Suggestion, headings: Mapping[str, str]) -> QListWidgetItem:
    line = sentence(one)
    where = headings.get(one.section, one.section)
    return _row(one.id, f"{line[0].upper()}{line[1:]}", (one.author, _time(one.at), where), one)


def _comment_row(one: Comment, headings: Mapping[str, str]) -> QListWidgetItem:
    replies = len(one.replies)
    answered = f"{replies} svar" if replies else ""
    where = headings.get(one.anchor.section, one.anchor.section)
    details = (one.remark.author, _time(one.remark.at), where, answered)
    text = " ".join(one.remark.text.split())
    return _row(one.id, f"Kommentar: {text}", details, one)


def _row(
    name: str, text: str, details: Sequence[str], what: Suggestion | Comment
) -> QListWidgetItem:
    item = QListWidgetItem(text)
    detail = " · ".join(filter(None, details))
    item.setData(ID_ROLE, name)
    item.setData(DETAIL_ROLE, detail)
    item.setData(_WHAT, what)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}, {detail}")
    return item


def _time(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H.%M}" if at is not None else ""


def _place(what: Suggestion | Comment) -> tuple[str, str]:
    """Return the section and block that a suggestion or comment is about."""
    if isinstance(what, Comment):
        return what.anchor.section, what.anchor.block
    edit = what.edits[0]
    return what.section, edit.block if isinstance(edit, TextEdit) else edit.after


def _whole(what: Suggestion | Comment) -> str:
    """Return all that a suggestion or comment says."""
    if isinstance(what, Suggestion):
        words = said(what)
        if words.kind:
            return f"{words.kind[0].upper()}{words.kind[1:]}:\n{words.inserted}"
        now, then = around(what)
        if now:
            return f"Nu:\n{now}\n\nBlir:\n{then}"
        parts = (("Tas bort", words.removed), ("Läggs till", words.inserted))
        return "\n\n".join(f"{label}:\n{text}" for label, text in parts if text)
    quote = f"Om ”{what.anchor.quote}”\n\n" if what.anchor.quote else ""
    remarks = (what.remark, *what.replies)
    told = "\n\n".join(f"{r.author}, {_time(r.at)}:\n{r.text}" for r in remarks)
    done = "\n\nMarkerad som löst." if what.resolved else ""
    return f"{quote}{told}{done}"
