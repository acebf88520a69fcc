"""Places where there is soon no more room: a small disk, and a limit on the size of files."""

import contextlib
import errno
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """Mount a disk of `size`, such as 512k; the test is skipped where this user may not."""
    folder = Path(tempfile.mkdtemp(prefix="samverkan-full-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = (
        shutil.which("mount")
        and not subprocess.run(command, check=False, capture_output=True).returncode
    )
    if not mounted:
        folder.rmdir()
        pytest.skip("this user may not mount a small disk; the file size limit is tested instead")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


@contextlib.contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Leave no room on a disk while the block runs."""
    ballast = folder / "annat"
    handle = os.open(ballast, os.O_CREAT | os.O_WRONLY)
    try:
        _write_until_full(handle)
        yield
    finally:
        os.close(handle)
        ballast.unlink()


@contextlib.contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file that this process writes grow beyond `size` bytes, as a quota does."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def _write_until_full(handle: int) -> None:
    for size in (4096, 1):
        with contextlib.suppress(OSError):
            while os.write(handle, bytes(size)):
                pass
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        os.write(handle, b"x")
