"""The computer and its processes, told apart without asking a clock."""

import os
import subprocess
import sys

import pytest

from samverkan_desktop import computer


def test_this_process_runs_and_one_that_began_at_another_time_does_not() -> None:
    started = computer.process_start(os.getpid())
    assert started
    assert computer.is_running(os.getpid(), started)
    assert not computer.is_running(os.getpid(), f"{started}1")


def test_a_process_that_has_ended_does_not_run() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        started = computer.process_start(child.pid)
        assert computer.is_running(child.pid, started)
    assert not computer.is_running(child.pid, started)


def test_where_the_start_is_not_told_the_number_has_to_do(monkeypatch) -> None:
    monkeypatch.setattr(computer, "process_start", lambda _pid: "")
    assert computer.is_running(os.getpid(), "")
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        pass
    assert not computer.is_running(child.pid, "")


def test_a_process_of_somebody_else_runs(monkeypatch) -> None:
    def refuse(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(computer, "process_start", lambda _pid: "")
    monkeypatch.setattr(os, "kill", refuse)
    assert computer.is_running(1, "")


def test_a_user_without_a_name_is_called_something(monkeypatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(computer.getpass, "getuser", nobody)
    assert computer.login_name() == "okänd"


def test_names_are_one_line_of_text() -> None:
    for told in (computer.full_name(), computer.host_name(), computer.machine_id()):
        assert "\n" not in told
    assert computer.host_name()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such table")
def test_a_user_that_the_system_does_not_know_has_no_full_name(monkeypatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 7)
    assert computer.full_name() == ""
