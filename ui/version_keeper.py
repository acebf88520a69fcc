"""When a version of a draft that is being written is kept without anybody asking."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

# A version is kept at the first pause in the writing when this long has gone since the last one …
SPACING_MS = 5 * 60_000
PAUSE_MS = 10_000
# … and by somebody who never pauses, after this long.
LONGEST_MS = 10 * 60_000


class VersionKeeper(QObject):
    """Counts the time of one draft. What it has kept when, only its timers know."""

    def __init__(self, keep: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._keep = keep
        self._spacing = QTimer(self, singleShot=True, interval=SPACING_MS)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._spacing.timeout.connect(self._keep_if_pausing)
        self._pause.timeout.connect(self._keep_if_due)
        self._longest.timeout.connect(self._keep_now)

    @Slot()
    def count_edit(self) -> None:
        """Count an edit: the pause begins anew, and the first edit begins the whole."""
        self._pause.start()
        if not self._longest.isActive():
            self._spacing.start()
            self._longest.start()

    @Slot()
    def begin_anew(self) -> None:
        """Begin counting when something is edited next: a version was kept by other means."""
        for timer in (self._spacing, self._pause, self._longest):
            timer.stop()

    @Slot()
    def _keep_if_due(self) -> None:
        if not self._spacing.isActive():
            self._keep_now()

    @Slot()
    def _keep_if_pausing(self) -> None:
        if not self._pause.isActive():
            self._keep_now()

    @Slot()
    def _keep_now(self) -> None:
        self.begin_anew()
        self._keep()
