"""The command line as a program runs it, on a library of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samverkan_desktop import cli
from samverkan_desktop.files import Folders
from tests.commands.answers import Answer


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "b.db"


@pytest.fixture
def run(
    library: Path, folders: Folders, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture
) -> Callable[..., Answer]:
    monkeypatch.setattr(cli, "standard_folders", lambda: folders)
    monkeypatch.delenv("SAMVERKAN_LIBRARY", raising=False)

    def run_command(*arguments: object) -> Answer:
        capfd.readouterr()
        code = cli.main(["--library", str(library), *map(str, arguments)])
        return Answer(code, *capfd.readouterr())

    return run_command


@pytest.fixture
def filled(run: Callable[..., Answer], tmp_path: Path) -> dict[str, str]:
    """Example drafts in the library: their ids by file name."""
    assert run("example", tmp_path / "ex").code == 0
    paths = sorted((tmp_path / "ex").glob("*.json"))
    return {path.stem: run("new", path).out.strip() for path in paths}
