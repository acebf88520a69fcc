"""Checks the shown draft while it is written, beside the window."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.domain.template import Template
from samverkan_desktop.files import Folders
from ui.check_panel import CheckPanel
from ui.open_drafts import OpenDrafts
from ui.workplace import Workplace

if TYPE_CHECKING:  # the rules are loaded when the first draft is checked, not at the start
    from samverkan_desktop.domain.checks import Finding

# A finding may wait until the typing has paused: it is about what was written, not about typing.
PAUSE_MS = 700


class Checking(QObject):
    """Keeps the list of findings in step with the shown draft."""

    def __init__(self, workplace: Workplace, drafts: OpenDrafts, panel: CheckPanel) -> None:
        super().__init__(drafts)
        self._workplace, self._drafts, self._panel = workplace, drafts, panel
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        drafts.edited.connect(self._pause.start)
        drafts.view_changed.connect(self._pause.start)
        panel.chosen.connect(self._go_to)

    def stop(self) -> None:
        """Begin no more checks: the window is closing."""
        self._pause.stop()

    @Slot()
    def refresh(self) -> None:
        """Check the draft as it stands."""
        session = self._drafts.session
        if session is None:
            self._panel.clear()
            return
        draft, template = session.draft, session.template
        headings = {entry.key: entry.heading for entry in session.entries}
        self._workplace.runner.run(
            partial(_findings, draft, template, self._workplace.folders),
            lambda findings: self._show(draft, findings, headings),
            _raise,
        )

    def _show(
        self, draft: Draft, findings: "tuple[Finding, ...]", headings: dict[str, str]
    ) -> None:
        session = self._drafts.session
        if session is not None and session.draft.id == draft.id:
            self._panel.show_findings(findings, headings)

    @Slot(str, str)
    def _go_to(self, section: str, block: str) -> None:
        if self._drafts.view is not None:
            self._drafts.view.form.go_to_block(section, block)


def _findings(
    draft: Draft, template: Template, folders: Folders, _progress: Progress
) -> "tuple[Finding, ...]":
    from samverkan_desktop.services.checking import findings

    return findings(draft, template, folders)


def _raise(error: Exception) -> None:
    raise error
