"""A second start on a library hands what it was asked to do over to the window that has it.

A local socket (a named pipe on Windows) that only this user may connect to. One message a
connection, a line of JSON; it is answered once the window has done what it says.
"""

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from samverkan_desktop.computer import login_name

PATIENCE_MS = 20_000  # how long the second start waits; the first may just be starting
_TRY_AGAIN_MS = 100
_LARGEST = 64 * 1024  # bytes of a message
_DONE = b"done\n"


@dataclass(frozen=True, slots=True)
class Request:
    """What a start was asked to do: open a draft by its id, or a draft.json. Either may be ""."""

    open: str = ""
    file: str = ""


class Door(QObject):
    """Takes requests from later starts on the same library.

    They may come before the window is there: they wait until somebody serves.
    """

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answer: Callable[[Request], None] | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._receive)
        name = door_name(library)
        QLocalServer.removeServer(name)  # what a killed process left; the library is ours
        self._server.listen(name)

    def serve(self, answer: Callable[[Request], None]) -> None:
        """Have requests done, those that wait and those that come."""
        self._answer = answer
        self._receive()

    def close(self) -> None:
        """Take no more requests."""
        self._server.close()

    @Slot()
    def _receive(self) -> None:
        while self._answer is not None and self._server.hasPendingConnections():
            _Visitor(self._server.nextPendingConnection(), self._answer)


class _Visitor(QObject):
    """One connection: what it says is read, done and answered."""

    def __init__(self, socket: QLocalSocket, answer: Callable[[Request], None]) -> None:
        super().__init__(socket)  # and goes with it
        self._socket, self._answer = socket, answer
        socket.setReadBufferSize(_LARGEST)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)
        self._read()

    @Slot()
    def _read(self) -> None:
        socket = self._socket
        if not socket.canReadLine():
            if socket.bytesAvailable() >= _LARGEST:
                socket.abort()
            return
        request = read_request(bytes(socket.readLine().data()))
        if request is None:
            socket.abort()
            return
        self._answer(request)
        socket.write(_DONE)
        socket.flush()
        socket.disconnectFromServer()


def hand_over(library: Path, request: Request, patience_ms: int = PATIENCE_MS) -> bool:
    """Ask the window that has a library to do something; return whether it has done it."""
    deadline = QDeadlineTimer(patience_ms)
    while not deadline.hasExpired():
        if not _is_safe(door_name(library)):
            return False
        socket = QLocalSocket()
        socket.connectToServer(door_name(library))
        if socket.waitForConnected(_left(deadline)):
            _let_come_forward()
            socket.write(_message(request))
            socket.waitForReadyRead(_left(deadline))
            return bytes(socket.readAll().data()) == _DONE
        QThread.msleep(_TRY_AGAIN_MS)
    return False


def door_name(library: Path) -> str:
    """Return the name of the socket for a library and this user.

    It lies in the folder that the system keeps for the user while logged in, where there is one.
    """
    known = f"{login_name()}\0{os.path.normcase(os.path.realpath(library))}"
    name = f"samverkan-{hashlib.sha256(known.encode('utf-8', 'replace')).hexdigest()[:24]}"
    if sys.platform == "win32":
        return name
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    folder = runtime if runtime.is_absolute() and runtime.is_dir() else tempfile.gettempdir()
    return str(Path(folder) / name)


def read_request(line: bytes) -> Request | None:
    """Return what a message asks for, None when it is no message of ours."""
    try:
        fields: Any = json.loads(line)
        request = Request(**fields)
    except (ValueError, TypeError, RecursionError):
        return None
    return request if all(isinstance(value, str) for value in fields.values()) else None


def _message(request: Request) -> bytes:
    return json.dumps(asdict(request)).encode("ascii") + b"\n"


def _left(deadline: QDeadlineTimer) -> int:
    return max(1, deadline.remainingTime())


def _is_safe(name: str) -> bool:
    """Whether a socket is this user's own: in a shared folder anybody may have made it."""
    if sys.platform == "win32":
        return True
    with contextlib.suppress(OSError):
        return Path(name).lstat().st_uid == os.getuid()
    return True  # not there yet


def _let_come_forward() -> None:
    """Let the first window come to the front, which Windows allows no process by itself."""
    if sys.platform == "win32":
        import ctypes

        any_process = 0xFFFF_FFFF
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)
