"""When the program itself is wrong: the text stays, the log tells where, the user is told that.

The log holds tracebacks, never what anybody wrote: a traceback names lines of code, not values.
"""

import contextlib
import logging
import logging.handlers
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.files import make_folder

LARGEST = 500_000  # bytes, before a new file is begun; two older ones are kept

_LOG = logging.getLogger(__name__)

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


@contextlib.contextmanager
def logged_to(folder: Path) -> Iterator[Path]:
    """Write what the program logs to a file in `folder`, readable by the user alone.

    Raises WriteError.
    """
    make_folder(folder)
    path = folder / "samverkan.log"
    path.touch(mode=0o600)
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=LARGEST, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        yield path
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


@contextlib.contextmanager
def told(tell: Callable[[str], None], log: Path) -> Iterator[None]:
    """Tell the user of every exception that nothing else has caught, and log it."""
    before = sys.excepthook
    sys.excepthook = _hook(tell, log)
    try:
        yield
    finally:
        sys.excepthook = before


def _hook(tell: Callable[[str], None], log: Path) -> Hook:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, SamverkanError):
            tell(str(error))
            return
        _LOG.error("an exception that nothing caught", exc_info=(kind, error, trace))
        tell(f"Något gick fel i programmet. Det du har skrivit finns kvar. Loggen: {log}")

    return hook
