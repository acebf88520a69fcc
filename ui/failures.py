"""When the program itself is wrong: the text stays, the log tells where, the user is told that.

The log never holds what anybody wrote. The message of an exception may: KeyError("…") names the key
that was looked for. So of an exception its types and the places in the code are logged, and of what
others log no more than where it was done.
"""

import contextlib
import logging
import logging.handlers
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from samverkan_desktop.domain.errors import SamverkanError, WriteError
from samverkan_desktop.files import make_folder, reason

LARGEST = 500_000  # bytes, before a new file is begun; two older ones are kept
OURS = ("ui", "samverkan_desktop")  # whose messages are constants (tests/architecture)

_LOG = logging.getLogger(__name__)

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


@contextlib.contextmanager
def logged_to(folder: Path) -> Iterator[Path]:
    """Write what the program logs to a file in `folder`, readable by the user alone.

    Raises WriteError.
    """
    make_folder(folder)
    path = folder / "samverkan.log"
    try:
        handler = _PrivateHandler(path, maxBytes=LARGEST, backupCount=2, encoding="utf-8")
    except OSError as error:
        raise WriteError(path, reason(error)) from error
    handler.setFormatter(WordlessFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
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


class WordlessFormatter(logging.Formatter):
    """Writes what happened and where, and no value: no message of an exception or of others."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record's line, and a line for each step of its exception."""
        bare = logging.makeLogRecord(record.__dict__)
        bare.args, bare.exc_text, bare.stack_info = None, None, None
        if record.name.partition(".")[0] not in OURS:
            bare.msg = f"{record.module}:{record.lineno}"
        return super().format(bare)

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        """Return the types of an exception and of those that led to it, and their places."""
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(_steps(error, frozenset())) if error is not None else ""


def _steps(error: BaseException, told_of: frozenset[int]) -> Iterator[str]:
    """Yield a line for an exception and each place it came through, then for what led to it."""
    if id(error) in told_of:
        return
    told_of |= {id(error)}
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for place in traceback.extract_tb(error.__traceback__):
        yield f"  {place.filename}:{place.lineno} {place.name}"
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for other in (*inner, before):
        if other is not None:
            yield from _steps(other, told_of)


class _PrivateHandler(logging.handlers.RotatingFileHandler):
    """Begins every file readable by the user alone."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return TextIOWrapper(os.fdopen(handle, "ab"), encoding="utf-8")


def _hook(tell: Callable[[str], None], log: Path) -> Hook:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, SamverkanError):
            tell(str(error))
            return
        _LOG.error("an exception that nothing caught", exc_info=(kind, error, trace))
        tell(f"Något gick fel i programmet. Det du har skrivit finns kvar. Loggen: {log}")

    return hook
