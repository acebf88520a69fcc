"""Nobody else on the computer can read what the program keeps, however open new files are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX systems")


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def run(home: Path, module: str, *arguments: str) -> None:
    """Run a program of ours whose folders are in `home`, where new files are open to all."""
    folders = {name: str(home / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | folders,
        umask=0,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("was_open", [False, True])
def test_what_the_window_keeps_is_the_users_alone(tmp_path: Path, was_open: bool) -> None:
    data = tmp_path / "XDG_DATA_HOME" / "Samverkan"
    if was_open:
        (data / "logs").mkdir(parents=True)
        data.chmod(0o755)
    run(tmp_path, "ui.app", "--selftest")
    folders = [path for path in tmp_path.rglob("Samverkan") if path.is_dir()]
    assert len(folders) == 2
    assert [mode_of(folder) for folder in folders] == [0o700, 0o700]
    kept = {path.name: mode_of(path) for path in data.rglob("*") if path.is_file()}
    assert kept
    assert set(kept.values()) == {0o600}


def test_what_the_command_line_keeps_is_the_users_alone(tmp_path: Path) -> None:
    data = tmp_path / "XDG_DATA_HOME" / "Samverkan"
    data.mkdir(parents=True)
    data.chmod(0o755)
    run(tmp_path, "samverkan_desktop.cli", "list")
    assert (mode_of(data), mode_of(data / "bibliotek.samverkandb")) == (0o700, 0o600)


def test_a_folder_that_the_user_chose_is_left_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "gemensamt"
    shared.mkdir()
    shared.chmod(0o775)
    library = shared / "b.samverkandb"
    for module, arguments in (("ui.app", ["--selftest"]), ("samverkan_desktop.cli", ["list"])):
        run(tmp_path, module, "--library", str(library), *arguments)
        assert mode_of(shared) == 0o775
        assert mode_of(library) == 0o600
    library.chmod(0o660)
    run(tmp_path, "samverkan_desktop.cli", "--library", str(library), "list")
    assert mode_of(library) == 0o660
