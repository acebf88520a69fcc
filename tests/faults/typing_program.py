"""The program itself, offscreen, with somebody who types in it and never stops.

`python -m tests.faults.typing_program LIBRARY DRAFT SEED`. Each key is told on standard output once
the window has taken it, with the time of the system's monotonic clock, and each time that the
status says "Sparat": then all keys told until then are called saved.
"""

import json
import os
import random
import sys
import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.keys import type_text
from ui import app
from ui.main_window import MainWindow

_LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
_BETWEEN_MS = (5, 25)
_TITLE = ""  # where the head is told of, in place of a section's key


class _TypedWindow(MainWindow):
    """The window, and the keys that are pressed in it."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._chance = random.Random(int(sys.argv[3]))
        self._left, self._place = 0, _TITLE
        self.drafts.saved.connect(lambda *_: self._tell_saved())
        self._keys = QTimer(self, singleShot=True, interval=0)
        self._keys.timeout.connect(self._press)
        self._keys.start()

    def _press(self) -> None:
        if not self._left:
            self._go_elsewhere()
        self._left -= 1
        char = self._chance.choice(_LETTERS)
        if self._chance.random() < 0.2:
            char = "\n" if self._place and self._chance.random() < 0.1 else " "
        type_text(self.focusWidget(), char)
        _tell({"at": time.monotonic(), "place": self._place, "char": char})
        self._keys.start(self._chance.randint(*_BETWEEN_MS))

    def _go_elsewhere(self) -> None:
        """Go to the end of another place, as somebody does who writes here and there."""
        form = self.drafts.view.form
        self._place = self._chance.choice([_TITLE, *(b.key for b in form.boxes if b.editors)][:5])
        self._left = self._chance.randint(5, 60)
        if self._place == _TITLE:
            form.head.title.setFocus()
            QTest.keyClick(form.head.title, Qt.Key.Key_End)
        else:
            form.go_to(self._place)
            end = Qt.KeyboardModifier.ControlModifier
            QTest.keyClick(self.focusWidget(), Qt.Key.Key_End, end)

    def _tell_saved(self) -> None:
        status = self.drafts.view.findChild(QLabel, "save-status").text()
        assert status.startswith("Utkast · Sparat"), status
        _tell({"saved": time.monotonic()})


def _tell(line: dict[str, object]) -> None:
    os.write(1, f"{json.dumps(line)}\n".encode())


if __name__ == "__main__":
    app.MainWindow = _TypedWindow
    sys.exit(app.main(["--library", sys.argv[1], "--open", sys.argv[2]]))
