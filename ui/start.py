"""The entry point of the window's program."""

import gc
import sys

# Seconds that the window waits for a job beside it to let go of the interpreter. A key needs it
# several times, and with Python's own 5 ms one in a hundred takes 0.1 s while the preview is made.
_TURN = 0.0001


def main() -> int:
    """Read in what the window is made of, then run it; return the exit code.

    What is read in stays: to look for garbage in it takes a tenth of the start, and time later on.
    After that the window's `Collector` looks for garbage.
    """
    sys.setswitchinterval(_TURN)
    gc.disable()
    from ui.app import main as run

    gc.freeze()
    return run()


if __name__ == "__main__":
    sys.exit(main())
