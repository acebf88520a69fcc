"""The binding itself: PySide6 6.12.0 on Python 3.11 aborts after some hundred emitted bools."""

import subprocess
import sys

# In a process of its own: it would end this one, and pytest's many references hide the bug.
PROGRAM = """
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Switch(QObject):
    turned = Signal(bool)

app, switch, seen = QCoreApplication([]), Switch(), [0]

def count(on):
    seen[0] += 1

switch.turned.connect(count)
for number in range(20_000):
    switch.turned.emit(True)
print(seen[0])
"""


def test_emitting_a_bool_20000_times_ends_normally():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "20000\n"
