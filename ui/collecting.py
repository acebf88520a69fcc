"""Garbage is collected in the window's own thread."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 1_000


class Collector(QObject):
    """Collects what is due now and then, in place of Python, which does it in any thread.

    A widget that is part of a cycle is destroyed where the cycle is collected. Qt allows that in
    the thread of the application only (https://doc.qt.io/qt-6/threads-qobject.html), and a job
    beside the window, such as the preview's, makes garbage enough to start a collection.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=_EVERY_MS)
        timer.timeout.connect(self.collect_due)
        timer.start()

    @Slot()
    def collect_due(self) -> None:
        """Collect the oldest generation that is due, and with it the younger ones."""
        states = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, limit) in enumerate(states) if count > limit]
        if due:
            gc.collect(due[-1])
