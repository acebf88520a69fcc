"""Nobody but the user looks into the program's own folders."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from samverkan_desktop import private
from samverkan_desktop.private import acl_command, make_private_folder

posix = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX systems")


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def open_to_all():
    """What the program makes is made as open as it asks for."""
    before = os.umask(0)
    yield
    os.umask(before)


@posix
def test_a_new_folder_is_the_users_alone(tmp_path: Path, open_to_all: None):
    make_private_folder(tmp_path / "data" / "Samverkan")
    assert mode_of(tmp_path / "data" / "Samverkan") == 0o700


@posix
def test_a_folder_that_was_open_is_closed_with_all_that_is_in_it(tmp_path: Path, open_to_all: None):
    folder = tmp_path / "Samverkan"
    (folder / "logs").mkdir(parents=True)
    for name in ("bibliotek.samverkandb", "logs/samverkan.log"):
        (folder / name).write_text("x")
    make_private_folder(folder)
    modes = {path.name: mode_of(path) for path in (folder, *folder.rglob("*"))}
    assert modes == {
        "Samverkan": 0o700,
        "logs": 0o700,
        "bibliotek.samverkandb": 0o600,
        "samverkan.log": 0o600,
    }


@posix
def test_what_a_link_leads_to_is_somebody_elses_choice(tmp_path: Path, open_to_all: None):
    shared, linked = tmp_path / "delad", tmp_path / "Samverkan"
    shared.mkdir()
    (shared / "fil").write_text("x")
    linked.symlink_to(shared)
    make_private_folder(linked)
    own = tmp_path / "egen"
    own.mkdir()
    (own / "genväg").symlink_to(shared / "fil")
    make_private_folder(own)
    assert (mode_of(shared), mode_of(shared / "fil"), mode_of(own)) == (0o777, 0o666, 0o700)


@posix
def test_a_file_system_without_permissions_is_no_failure(tmp_path: Path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    (tmp_path / "a").touch(0o644)
    monkeypatch.setattr(Path, "chmod", refuse)
    make_private_folder(tmp_path)


def test_windows_is_asked_to_leave_a_folder_to_its_user():
    """Not run on Windows yet: what the words mean is in Microsoft's reference."""
    folder = Path("Samverkan")
    assert acl_command(folder, "KOMMUN", "anna") == [
        "icacls",
        "Samverkan",
        "/inheritance:r",
        "/grant:r",
        "KOMMUN\\anna:(OI)(CI)F",
        "/grant:r",
        "*S-1-5-18:(OI)(CI)F",
        "/q",
    ]
    assert "anna:(OI)(CI)F" in acl_command(folder, "", "anna")


def test_on_windows_only_a_new_folder_is_asked_for(tmp_path: Path, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(private, "_run", lambda command: asked.append(command[1]))
    for _ in range(2):
        make_private_folder(tmp_path / "Samverkan")
    assert asked == [str(tmp_path / "Samverkan")]


@pytest.mark.parametrize(
    "failure", [FileNotFoundError("icacls"), subprocess.TimeoutExpired("i", 1)]
)
def test_windows_that_can_not_answer_is_no_failure(monkeypatch, failure: Exception):
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(subprocess, "run", fail)
    private._run(["icacls"])
