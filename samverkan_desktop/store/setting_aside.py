"""A damaged library makes room for a mended one: both are there the whole time.

The damaged file gets a second name before it loses its first, so that there is a library at its
place whenever the computer stops. What lies beside it goes along: a log ("-wal") that stayed would
be taken for the new library's.
"""

import contextlib
from datetime import datetime
from glob import escape
from pathlib import Path

from samverkan_desktop.store.schema import BESIDE


def set_aside(path: Path, replacement: Path, now: datetime) -> Path:
    """Put `replacement` at `path`; return the new name of what was there.

    Raises OSError; everything is then as it was.
    """
    aside = _free_name(path, now)
    present = [suffix for suffix in ("", *BESIDE) if _with(path, suffix).exists()]
    with contextlib.ExitStack() as undo:
        for suffix in present:
            undo.callback(_name_again, _with(aside, suffix), _with(path, suffix))
            _name_also(_with(path, suffix), _with(aside, suffix))
        for suffix in BESIDE:
            _with(path, suffix).unlink(missing_ok=True)
        replacement.replace(path)
        undo.pop_all()
    return aside


def finish_interrupted(path: Path) -> None:
    """Put back what lay beside a library when the computer stopped between the two names.

    Raises OSError.
    """
    for aside in path.parent.glob(f"{escape(path.stem)} skadad *{escape(path.suffix)}"):
        if aside.samefile(path):
            for suffix in BESIDE:
                _name_again(_with(aside, suffix), _with(path, suffix))
            aside.unlink()


def is_in_use(path: Path) -> bool:
    """Whether another program has the library open, as SQLite's locks say.

    https://www.sqlite.org/lockingv3.html: whoever reads holds a lock on bytes from 0x40000002. Must
    not be asked while this program has the library open: the system lets go of those locks too.
    """
    try:
        import fcntl

        with path.open("rb+") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
    except BlockingIOError:
        return True
    except (ImportError, OSError):  # Windows refuses to rename a file that is open elsewhere
        return False
    return False


def _free_name(path: Path, now: datetime) -> Path:
    name = f"{path.stem} skadad {now:%Y-%m-%d %H.%M.%S}"
    candidates = (f"{name}{f' {n}' if n > 1 else ''}{path.suffix}" for n in range(1, 10_000))
    names = (path.with_name(candidate) for candidate in candidates)
    return next(n for n in names if not any(_with(n, s).exists() for s in ("", *BESIDE)))


def _name_also(path: Path, new: Path) -> None:
    """Give a file a second name; where the file system has only one for each, a new one."""
    try:
        new.hardlink_to(path)
    except (OSError, NotImplementedError):
        path.rename(new)


def _name_again(aside: Path, path: Path) -> None:
    if aside.exists():
        if path.exists():
            aside.unlink()
        else:
            aside.rename(path)


def _with(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
