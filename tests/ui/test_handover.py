"""A later start on the same library: what it was asked to do is done by the window that has it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from ui import handover
from ui.handover import Door, Request, door_name, hand_over, read_request

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path / "b.samverkandb"


@pytest.fixture
def asked(qapp, path: Path) -> Iterator[list[Request]]:
    """What the window was asked to do."""
    found: list[Request] = []
    door = Door(path)
    door.serve(found.append)
    yield found
    door.close()
    door.deleteLater()


# What another process does while the window's event loop runs: hand over, or send other bytes and
# wait to be shown out.
HAND_OVER = """
import sys
from pathlib import Path
from ui.handover import Request, hand_over
path, patience, open_, file = sys.argv[1:]
sys.exit(not hand_over(Path(path), Request(open_, file), int(patience)))
"""
VISIT = """
import socket, sys
visitor = socket.socket(socket.AF_UNIX)
visitor.connect(sys.argv[1])
visitor.settimeout(10)
try:
    visitor.sendall(eval(sys.argv[2]))
    sys.exit(visitor.recv(100) != b"")
except (ConnectionResetError, BrokenPipeError):
    sys.exit(0)
"""


def elsewhere(qtbot: QtBot, code: str, *arguments: str) -> bool:
    """Run code in another process and return whether it ended well."""
    child = subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT)
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=20_000)
    return child.returncode == 0


def handed_over(qtbot: QtBot, path: Path, request: Request, patience_ms: int = 5000) -> bool:
    return elsewhere(qtbot, HAND_OVER, str(path), str(patience_ms), request.open, request.file)


@pytest.mark.parametrize(
    "request_", [Request(), Request(open="a-1"), Request(file="/mapp/Ärende \n 1.json")]
)
def test_a_request_arrives_whole_and_is_answered(qtbot, path, asked, request_) -> None:
    assert handed_over(qtbot, path, request_)
    assert asked == [request_]


def test_a_window_that_does_not_answer_is_not_waited_for_long(qtbot, path) -> None:
    server = QLocalServer()
    server.listen(door_name(path))
    assert not handed_over(qtbot, path, Request(), patience_ms=200)
    server.close()


def test_where_no_window_listens_the_answer_is_no(qapp, path: Path) -> None:
    assert hand_over(path, Request(), patience_ms=150) is False


def test_what_a_killed_window_left_is_no_hindrance(qtbot, path: Path) -> None:
    import socket

    left = socket.socket(socket.AF_UNIX)
    left.bind(door_name(path))
    left.close()
    assert hand_over(path, Request(), patience_ms=150) is False
    door = Door(path)
    door.serve(lambda _: None)
    assert handed_over(qtbot, path, Request())
    door.close()


def test_who_comes_before_the_window_is_there_waits_for_it(qtbot, path: Path) -> None:
    door = Door(path)
    child = subprocess.Popen(
        [sys.executable, "-c", HAND_OVER, str(path), "20000", "a-1", ""], cwd=ROOT
    )
    qtbot.waitUntil(door._server.hasPendingConnections, timeout=20_000)
    assert child.poll() is None
    found: list[Request] = []
    door.serve(found.append)
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=20_000)
    assert (child.returncode, found) == (0, [Request(open="a-1")])
    door.close()


def test_only_the_user_may_connect(path: Path, asked) -> None:
    assert Path(door_name(path)).stat().st_mode & 0o077 == 0


def test_a_socket_that_somebody_else_made_gets_nothing(qtbot, path, asked, monkeypatch) -> None:
    monkeypatch.setattr(handover.os, "getuid", lambda: 4711)
    assert not hand_over(path, Request(open="hemligt"), patience_ms=300)
    assert asked == []


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"GET / HTTP/1.1\r\n",
        b"[]",
        b"null",
        b"7",
        b'{"open": 7}',
        b'{"open": null}',
        b'{"erase": "everything"}',
        b"[" * 50_000,
        b"\xff\xfe",
    ],
)
def test_a_message_that_is_none_of_ours_is_ignored(line: bytes) -> None:
    assert read_request(line) is None


@pytest.mark.parametrize("data", ["b'nonsense\\n'", "b'x' * 200_000"])
def test_strange_visitors_are_shown_out_and_the_next_is_served(qtbot, path, asked, data) -> None:
    assert elsewhere(qtbot, VISIT, door_name(path), data)
    assert handed_over(qtbot, path, Request(open="a"))
    assert asked == [Request(open="a")]


def test_each_library_and_user_has_a_door_of_its_own(path: Path, tmp_path, monkeypatch) -> None:
    own = door_name(path)
    assert door_name(tmp_path / "annat.samverkandb") != own
    (tmp_path / "länk").symlink_to(tmp_path)
    assert door_name(tmp_path / "länk" / path.name) == own
    monkeypatch.setattr(handover, "login_name", lambda: "annek")
    assert door_name(path) != own


def test_the_name_of_the_door_fits_where_there_is_no_folder_of_the_users(path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    assert len(door_name(path)) < 100
