"""The window "Jämför versioner"."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from samverkan_desktop.domain.comparing import Comparison, Part, compare
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.version import Version
from ui.compare.browser import ChangeBrowser
from ui.compare.change_bar import ChangeBar
from ui.compare.restore_bar import RestoreBar
from ui.compare.version_choice import VersionChoice
from ui.messages import MessageStrip
from ui.theme import GAP, MARGIN

Load = Callable[[int | None], Draft]
TemplateOf = Callable[[str], Template]

WIDTH, HEIGHT = 1080, 760


class CompareWindow(QDialog):
    """Two versions of a draft, what differs between them, and the ways back to the earlier one.

    `load` gives the draft by a version's number, or as it is now (None); `template_of` a template
    by its id. What either raises of SamverkanError is told in the window.
    """

    restore_wanted = Signal(int)  # a version's number
    restore_section_wanted = Signal(int, str)  # a version's number and a section's key

    def __init__(
        self,
        versions: Sequence[Version],
        load: Load,
        template_of: TemplateOf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._load, self._template_of = load, template_of
        self._comparison = Comparison(())
        self._shown: tuple[tuple[int | None, int | None], Comparison] | None = None
        self.setWindowTitle("Jämför versioner")
        self.resize(WIDTH, HEIGHT)
        self._choice, self._bar = VersionChoice(self), ChangeBar(self)
        self._strip = MessageStrip(self)
        self._changes, self._foot = ChangeBrowser(self), RestoreBar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for widget in (self._choice, self._bar, self._strip):
            column.addWidget(widget)
        column.addWidget(self._changes, 1)
        column.addWidget(self._foot)
        self._connect()
        self._choice.show_versions(versions)
        self._changes.setFocus()

    def show_versions(self, versions: Sequence[Version]) -> None:
        """Offer these versions, given the oldest first, and compare those chosen again."""
        self._choice.show_versions(versions)
        self.refresh()

    def choose(self, old: int | None, new: int | None) -> None:
        """Compare two versions by their numbers; None is the draft as it is now."""
        self._choice.choose(old, new)
        if self.isVisible():
            self._begin_anew()

    @Slot()
    def refresh(self) -> None:
        """Compare the chosen versions again, since the draft may have changed."""
        problem = ""
        try:
            comparison = self._compared()
        except SamverkanError as error:
            comparison, problem = Comparison(()), str(error)
        self._strip.tell(problem)
        if (self._choice.chosen, comparison) != self._shown:
            self._comparison, self._shown = comparison, (self._choice.chosen, comparison)
            self._changes.show_comparison(comparison, restorable=self._version is not None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Compare when there is somebody to see it."""
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Compare again when the user comes back, since the draft may have changed meanwhile."""
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh()
        super().changeEvent(event)

    @property
    def _version(self) -> int | None:
        """Return the version that can be gone back to: the first one chosen that isn't now."""
        old, new = self._choice.chosen
        return new if old is None else old

    @property
    def _part(self) -> Part | None:
        """Return the part that the current change is in."""
        if self._changes.current < 0:
            return None
        return self._comparison.parts[self._changes.stops[self._changes.current].part]

    @property
    def _section(self) -> Part | None:
        """Return the section that the current change is in, if it can be gone back to."""
        part = self._part
        return part if part and part.is_section and part.differs_within else None

    def _compared(self) -> Comparison:
        old, new = map(self._load, self._choice.chosen)
        return compare(old, new, self._template_of(new.template), self._template_of(old.template))

    def _connect(self) -> None:
        self._choice.changed.connect(self._begin_anew)
        self._bar.view_chosen.connect(self._changes.show_as)
        self._bar.whole_wanted.connect(self._changes.show_whole)
        self._bar.next_wanted.connect(self._changes.go_next)
        self._bar.previous_wanted.connect(self._changes.go_previous)
        self._changes.moved.connect(self._show_place)
        self._changes.restore_wanted.connect(self._ask_for_part)
        self._foot.version_wanted.connect(self._ask_for_version)
        self._foot.section_wanted.connect(self._ask_for_section)
        self._foot.closing_wanted.connect(self.close)

    @Slot()
    def _begin_anew(self) -> None:
        self._changes.current = -1
        self.refresh()

    @Slot(int)
    def _show_place(self, current: int) -> None:
        part, section = self._part, self._section
        self._bar.show_place(current, len(self._changes.stops), part.heading if part else "")
        version = None if self._comparison.is_empty else self._version
        self._foot.offer(version, section.heading if section and version is not None else None)

    @Slot()
    def _ask_for_version(self) -> None:
        if self._version is not None:
            self.restore_wanted.emit(self._version)

    @Slot()
    def _ask_for_section(self) -> None:
        if self._version is not None and self._section is not None:
            self.restore_section_wanted.emit(self._version, self._section.key)

    @Slot(int)
    def _ask_for_part(self, number: int) -> None:
        if self._version is not None:
            self.restore_section_wanted.emit(self._version, self._comparison.parts[number].key)
