"""The set-up script: what it does before there is anything else to do it with."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent.parent / "packaging" / "bootstrap.py"


@pytest.fixture
def bootstrap():
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def apt_get(folder: Path) -> Path:
    """A package manager that only remembers what it was asked."""
    told = folder / "told"
    program = folder / "apt-get"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{told}"\n')
    program.chmod(0o755)
    return told


def test_it_needs_the_standard_library_only():
    command = [sys.executable, "-I", "-S", str(SCRIPT), "--help"]  # -S: no site-packages
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(command in done.stdout for command in ("start", "test", "bundle"))


def test_an_old_python_is_refused_in_plain_words(bootstrap, monkeypatch, tmp_path: Path):
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (4, 0))
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / "venv")
    with pytest.raises(bootstrap.SetupError, match="or later is needed"):
        bootstrap.set_up(bootstrap.LOCK)
    assert not (tmp_path / "venv").exists()


@pytest.mark.skipif(os.name == "nt", reason="Debian's packages are for Linux")
def test_root_gets_missing_system_packages_installed(bootstrap, monkeypatch, tmp_path: Path):
    told = apt_get(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    bootstrap._require_packages(["libegl1"])
    update, install = told.read_text().splitlines()
    assert update == "update"
    assert install == "install --yes --no-install-recommends libegl1"


@pytest.mark.skipif(os.name == "nt", reason="Debian's packages are for Linux")
def test_others_are_told_the_line_to_run(bootstrap, monkeypatch, tmp_path: Path):
    told = apt_get(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.SetupError) as refused:
        bootstrap._require_packages(["libegl1", "libgl1"])
    line = str(refused.value).splitlines()[-1]
    assert line == (
        "sudo apt-get update && sudo apt-get install --yes --no-install-recommends libegl1 libgl1"
    )
    assert not told.exists()


def test_only_libraries_that_do_not_load_are_asked_for(bootstrap):
    loaded = {"libc.so.6": "here"} if sys.platform == "linux" else {}
    libraries = {**loaded, "libnosuchlibrary.so.1": "absent"}
    assert bootstrap._packages_of_missing(libraries) == ["absent"]


def test_the_lock_is_installed_when_it_has_changed(bootstrap, monkeypatch, tmp_path: Path):
    venv, lock = tmp_path / "venv", tmp_path / "requirements.lock"
    (venv / "bin").mkdir(parents=True)
    lock.write_text("a==1\n")
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "SCRIPTS", venv / "bin")
    monkeypatch.setattr(bootstrap, "_run", lambda *command: asked.append(command))
    bootstrap._install(lock)
    bootstrap._install(lock)
    assert len(asked) == 1
    assert "--require-hashes" in asked[0]
    lock.write_text("a==2\n")
    bootstrap._install(lock)
    assert len(asked) == 2


def test_a_failed_installation_is_tried_again(bootstrap, monkeypatch, tmp_path: Path):
    (tmp_path / "bin").mkdir()
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "SCRIPTS", tmp_path / "bin")
    asked = []

    def fail(*command: str) -> None:
        asked.append(command)
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(bootstrap, "_run", fail)
    for _ in range(2):
        with pytest.raises(subprocess.CalledProcessError):
            bootstrap._install(lock)
    assert len(asked) == 2


def test_the_first_gate_that_fails_stops_the_rest(bootstrap, monkeypatch, capsys):
    ran = []

    def gate(*command: str) -> None:
        ran.append(command)
        if "check" in command:
            raise subprocess.CalledProcessError(3, command)

    monkeypatch.setattr(bootstrap, "set_up", lambda lock: None)
    monkeypatch.setattr(bootstrap, "_run", gate)
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "test"])
    assert bootstrap.main() == 3
    assert len(ran) == 2
    assert "ruff check ended with 3" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="a launcher for Windows is a .cmd file")
def test_the_launcher_works_from_any_folder(bootstrap, monkeypatch, tmp_path: Path):
    scripts = tmp_path / "with space åäö" / ".venv" / "bin"
    scripts.mkdir(parents=True)
    (scripts / "python").symlink_to(sys.executable)
    (tmp_path / "with space åäö" / "program.py").write_text("import sys; print(sys.argv[1:])")
    monkeypatch.setattr(bootstrap, "SCRIPTS", scripts)
    bootstrap._write_launcher("program", "program")
    (tmp_path / "link").symlink_to(scripts / "program")
    command = [str(tmp_path / "link"), "a b", "ö"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.stdout.strip(), done.stderr) == ("['a b', 'ö']", "")


def test_what_some_tests_run_is_asked_for_by_its_package(bootstrap, monkeypatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap._missing_test_tools() == ["default-jdk-headless", "poppler-utils", "strace"]
    for name in ("javac", "javac.exe"):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o755)
    assert bootstrap._missing_test_tools() == ["poppler-utils", "strace"]


@pytest.mark.parametrize("in_ci", [True, False])
def test_only_ci_has_to_have_what_some_tests_run(
    bootstrap, monkeypatch, tmp_path: Path, *, in_ci: bool
):
    """A developer without a JDK runs the other tests and is told which were skipped."""
    asked: list[list[str]] = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap, "set_up", lambda _lock: None)
    monkeypatch.setattr(bootstrap, "_run", lambda *_command: None)
    monkeypatch.setattr(bootstrap, "_require_packages", asked.append)
    monkeypatch.setenv("CI", "true" if in_ci else "")
    assert bootstrap.test([]) == 0
    assert asked == ([["default-jdk-headless", "poppler-utils", "strace"]] if in_ci else [])
