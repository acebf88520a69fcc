"""The entry point of the window's program."""

import gc
import sys


def main() -> int:
    """Read in what the window is made of, then run it; return the exit code.

    What is read in stays: to look for garbage in it takes a tenth of the start, and time later on.
    """
    gc.disable()
    from ui.app import main as run

    gc.freeze()
    gc.enable()
    return run()


if __name__ == "__main__":
    sys.exit(main())
