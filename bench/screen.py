"""A virtual screen (Xvfb) whose pixels can be read and whose keys can be pressed.

What is measured on it is what a user has: the time from a key to the changed pixels, through the X
server, the event loop and the painting of a real window of another process. Pixels are read from
the memory that Xvfb draws in, so that looking doesn't disturb the program that is looked at.
"""

import contextlib
import ctypes
import mmap
import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from samverkan_desktop.domain.errors import SamverkanError

WIDTH, HEIGHT = 1280, 800

# Behind all windows: a colour that no program is likely to use.
_BEHIND = 0x5A3C7E
_POLL = 0.0005  # seconds between two looks

# https://www.x.org/releases/current/doc/libX11/libX11/libX11.html
_REVERT_TO_ROOT = 1  # RevertToPointerRoot
_VIEWABLE = 2  # IsViewable


class MeasuringError(SamverkanError):
    """Something didn't happen on the screen, so that there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the screen, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


EVERYTHING = Box(0, 0, WIDTH, HEIGHT)


class _Attributes(ctypes.Structure):
    """XWindowAttributes."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        *(("visual", ctypes.c_void_p), ("root", ctypes.c_ulong)),
        *((name, ctypes.c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing")),
        *((name, ctypes.c_ulong) for name in ("planes", "pixel")),
        *(("save_under", ctypes.c_int), ("colormap", ctypes.c_ulong)),
        *((name, ctypes.c_int) for name in ("map_installed", "map_state")),
        *((name, ctypes.c_long) for name in ("all_events", "your_events", "not_propagated")),
        *(("override_redirect", ctypes.c_int), ("screen", ctypes.c_void_p)),
    )


class Screen:
    """A screen without a window manager; `name` is its DISPLAY."""

    def __init__(self, name: str, memory: memoryview) -> None:
        self.name = name
        self._pixels = memory
        self._x = ctypes.CDLL("libX11.so.6")
        self._xtest = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        opened = self._x.XOpenDisplay(name.encode())
        if not opened:
            raise MeasuringError(f"no X server answers at {name}")
        self._display = ctypes.c_void_p(opened)
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._x.XSetWindowBackground(self._display, self._root, ctypes.c_ulong(_BEHIND))
        self._x.XClearWindow(self._display, self._root)
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        """Leave the X server."""
        self._x.XCloseDisplay(self._display)
        self._pixels.release()

    def press(self, *keys: str) -> None:
        """Press keys in this order and let go of them; named as in X: "a", "Control_L", "F9"."""
        codes = [self._code(key) for key in keys]
        for code in codes:
            self._xtest.XTestFakeKeyEvent(self._display, code, 1, ctypes.c_ulong(0))
        for code in reversed(codes):
            self._xtest.XTestFakeKeyEvent(self._display, code, 0, ctypes.c_ulong(0))
        self._x.XFlush(self._display)

    def give_focus(self) -> None:
        """Give the keyboard to the topmost window, as a window manager would."""
        for window in reversed(self._windows()):
            attributes = _Attributes()
            self._x.XGetWindowAttributes(self._display, window, ctypes.byref(attributes))
            if attributes.map_state == _VIEWABLE and attributes.width > 100:
                self._x.XSetInputFocus(self._display, window, _REVERT_TO_ROOT, ctypes.c_ulong(0))
                self._x.XSync(self._display, 0)
                return

    def pixels(self, box: Box) -> list[bytes]:
        """Return the rows of a part of the screen."""
        rows = range(box.top * WIDTH, box.bottom * WIDTH, WIDTH)
        return [bytes(self._pixels[row + box.left : row + box.right]) for row in rows]

    def samples(self) -> list[int]:
        """Return the colours of one pixel in 256, all over the screen."""
        rows = range(8 * WIDTH, HEIGHT * WIDTH, 16 * WIDTH)
        return [colour for row in rows for colour in self._pixels[row + 8 : row + WIDTH : 16]]

    def is_painted(self) -> bool:
        """Whether a large window stands on the screen with something drawn in it."""
        colours = [colour for colour in self.samples() if colour & 0xFFFFFF != _BEHIND]
        return len(colours) > 0.4 * WIDTH * HEIGHT / 256 and len(set(colours)) > 2

    def _windows(self) -> list[ctypes.c_ulong]:
        """Return the windows on the root, the topmost last."""
        root, parent = ctypes.c_ulong(), ctypes.c_ulong()
        children, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        found = (root, parent, children, count)
        self._x.XQueryTree(self._display, self._root, *map(ctypes.byref, found))
        windows = [ctypes.c_ulong(children[at]) for at in range(count.value)]
        self._x.XFree(children)
        return windows

    def _code(self, key: str) -> int:
        symbol = ctypes.c_ulong(self._x.XStringToKeysym(key.encode()))
        return int(self._x.XKeysymToKeycode(self._display, symbol)) & 0xFF


@contextlib.contextmanager
def virtual_screen() -> Iterator[Screen]:
    """Start an X server of our own with one screen, and end it."""
    with tempfile.TemporaryDirectory(prefix="samverkan-bench-") as folder:
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        options = ["-displayfd", str(writing), "-screen", "0", size, "-fbdir", folder]
        server = subprocess.Popen(
            ["Xvfb", *options, "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        try:
            with os.fdopen(reading, encoding="ascii") as answer:
                number = answer.readline().strip()
            screen = Screen(f":{number}", _memory(Path(folder) / "Xvfb_screen0"))
            with contextlib.closing(screen):
                yield screen
        finally:
            server.terminate()
            server.wait()


def waited_for(happened: Callable[[], bool], seconds: float) -> float:
    """Wait until something has happened and return when that was, as time.perf_counter().

    Raises MeasuringError when it hasn't after `seconds`.
    """
    end = time.perf_counter() + seconds
    while not happened():
        if time.perf_counter() > end:
            raise MeasuringError("nothing has happened on the screen")
        time.sleep(_POLL)
    return time.perf_counter()


def _memory(file: Path) -> memoryview:
    """Return the pixels in an XWD file, which begins with its header's size; each is 32 bits."""
    with file.open("rb") as opened:
        memory = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    header = struct.unpack(">25I", memory[:100])
    size, colours = header[0], header[19]
    start = size + colours * 12
    return memoryview(memory)[start : start + WIDTH * HEIGHT * 4].cast("I")
