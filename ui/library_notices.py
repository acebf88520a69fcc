"""What the window says about its library: who has it, what a crash left, where it lies."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer, Signal, Slot

from samverkan_desktop.claims import RENEWED_EVERY, Watch
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.version import Version
from samverkan_desktop.files import Folders
from samverkan_desktop.places import place_of
from samverkan_desktop.services.moving import Moved, better_place, move_library
from ui import library_words as words
from ui.sitting import Sitting, Start
from ui.strips import Strips
from ui.workplace import Workplace

LOOKED_EVERY_MS = 5_000

# What is done between two windows, and then the next window or None.
Next = Callable[[], Start | None]


class LibraryNotices(QObject):
    """Keeps the claim alive, watches who else has the library, and tells it in strips."""

    leave_wanted = Signal(object)  # Next: what is done when the window has been closed

    def __init__(
        self, workplace: Workplace, sitting: Sitting, strips: Strips, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workplace, self._sitting, self._strips = workplace, sitting, strips
        self._path = workplace.library.path
        self._watch = Watch(self._path)
        self._timer = QTimer(self)
        if sitting.claim is not None:
            self._timer.setInterval(int(RENEWED_EVERY * 1000))
            self._timer.timeout.connect(self.renew)
            self._tell_crash()
        else:
            self._timer.setInterval(LOOKED_EVERY_MS)
            self._timer.timeout.connect(self.look)
            self._strips.tell("holder", words.held(sitting.holder, sitting.why_not))
        self._timer.start()

    @Slot(object)
    def note_saved(self, draft: Draft) -> None:
        """Let whoever comes after a crash know which drafts were written."""
        if self._sitting.claim is not None:
            self._sitting.claim.note_draft(draft.id)

    @Slot(object, object)
    def tell_overtaken(self, draft: Draft, version: Version) -> None:
        """Say that another program wrote a draft meanwhile, and where its text is."""
        self._tell_until_read("overtaken", words.overtaken(draft, version))

    @Slot()
    def renew(self) -> None:
        """Give a sign of life; when another has taken the library over, only read from now on."""
        claim = self._sitting.claim
        if claim is not None and claim.renew() is not None:
            self._timer.stop()
            self._leave(lambda: Start(self._path))

    @Slot()
    def look(self) -> None:
        """Offer to work here when the one who had the library has ended."""
        if not self._sitting.why_not and self._watch.is_free():
            self._timer.stop()
            offer = ("Börja arbeta här", partial(self._leave, lambda: Start(self._path)))
            self._strips.tell("holder", words.free(self._sitting.holder), offer)

    def tell_start(self, start: Start, state: QSettings, *, may_move: bool) -> None:
        """Say what was done before this window was opened, and whether the place is a bad one."""
        if start.failed:
            self._tell_until_read("failed", start.failed)
        if start.moved is not None:
            self._tell_moved(start.moved)
        if self._sitting.claim is not None:
            self._tell_place(state, may_move=may_move)

    def _tell_crash(self) -> None:
        crashed = self._sitting.crashed
        if crashed is None:
            return
        found = {summary.id: summary for summary in self._workplace.library.summaries()}
        written = [found[draft_id] for draft_id in reversed(crashed.drafts) if draft_id in found]
        self._tell_until_read("crash", words.crashed(crashed, written))

    def _tell_place(self, state: QSettings, *, may_move: bool) -> None:
        known = f"place-accepted/{self._path.as_posix().replace('/', '|')}"
        text = words.bad_place(place_of(self._path))
        if not text or state.value(known):
            return

        def accept() -> None:
            state.setValue(known, 1)
            self._strips.withdraw("place")

        offers = [("Låt det ligga", accept)]
        target = self._better_place() if may_move else None
        if target is not None:
            move = partial(self._move, target)
            offers.insert(0, ("Flytta biblioteket till den här datorn", move))
        self._strips.tell("place", text, *offers)

    def _better_place(self) -> Path | None:
        try:
            return better_place(self._path, self._workplace.folders)
        except SamverkanError:
            return None

    def _move(self, target: Path) -> None:
        self._leave(partial(_after_move, self._path, target, self._workplace.folders))

    def _tell_moved(self, moved: Moved) -> None:
        back = partial(self._move, moved.before)
        self._strips.tell(
            "moved",
            words.moved(moved),
            ("Ångra flytten", back),
            ("Stäng", partial(self._strips.withdraw, "moved")),
        )

    def _tell_until_read(self, name: str, text: str) -> None:
        self._strips.tell(name, text, ("Stäng", partial(self._strips.withdraw, name)))

    def _leave(self, act: Next) -> None:
        self.leave_wanted.emit(act)


def _after_move(path: Path, target: Path, folders: Folders) -> Start:
    """Move a closed library; return how to go on, there or where it was."""
    try:
        moved = move_library(path, target, folders)
    except SamverkanError as error:
        return Start(path, failed=str(error))
    return Start(moved.now, moved=moved)
