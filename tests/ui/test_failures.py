"""A mistake in the program is told and logged, and loses nothing."""

import logging
import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from samverkan_desktop.domain.errors import UnknownDraftError, WriteError
from ui import failures
from ui.failures import logged_to, told
from ui.tasks import TaskRunner

TEXT = "Barnets namn är Märta"  # what an officer wrote, and no log may hold


def raise_in_hook(error: Exception) -> None:
    try:
        raise error
    except Exception:
        sys.excepthook(*sys.exc_info())


def test_an_unexpected_exception_is_told_in_words_and_logged_with_its_place(tmp_path):
    sentences: list[str] = []
    with logged_to(tmp_path / "logs") as log, told(sentences.append, log):
        raise_in_hook(ZeroDivisionError("division by zero"))
    assert sentences[0].startswith("Något gick fel i programmet.")
    assert str(log) in sentences[0]
    written = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "raise_in_hook" in written
    assert log.stat().st_mode & 0o077 == 0


def test_a_failure_that_has_a_sentence_is_told_with_it(tmp_path):
    sentences: list[str] = []
    with logged_to(tmp_path) as log, told(sentences.append, log):
        raise_in_hook(UnknownDraftError("x7"))
    assert "x7" in sentences[0]
    assert log.read_text(encoding="utf-8") == ""


def test_everything_is_as_before_afterwards(tmp_path):
    hook, handlers = sys.excepthook, list(logging.getLogger().handlers)
    with logged_to(tmp_path) as log, told(print, log):
        pass
    assert sys.excepthook is hook
    assert logging.getLogger().handlers == handlers


def look_up() -> None:
    {}[TEXT]


def raise_from_another() -> None:
    try:
        look_up()
    except KeyError as error:
        raise ValueError(f"wrong: {TEXT}") from error


def raise_while_handling() -> None:
    try:
        look_up()
    except KeyError:
        TEXT.encode("ascii")


def raise_several() -> None:
    wrong = TypeError(TEXT)
    wrong.add_note(TEXT)
    raise ExceptionGroup(TEXT, [wrong, KeyError(TEXT)])


def raise_itself_as_its_cause() -> None:
    wrong = RuntimeError(TEXT)
    raise wrong from wrong


@pytest.mark.parametrize(
    ("mistake", "kinds"),
    [
        (look_up, ["KeyError"]),
        (raise_from_another, ["ValueError", "KeyError"]),
        (raise_while_handling, ["UnicodeEncodeError", "KeyError"]),
        (raise_several, ["ExceptionGroup", "TypeError", "KeyError"]),
        (raise_itself_as_its_cause, ["RuntimeError"]),
    ],
)
def test_the_log_tells_kinds_and_places_and_nothing_that_was_written(
    tmp_path: Path, mistake: Callable[[], None], kinds: list[str]
) -> None:
    with logged_to(tmp_path) as log, told(print, log):
        try:
            mistake()
        except Exception:
            sys.excepthook(*sys.exc_info())
    written = log.read_text(encoding="utf-8")
    assert TEXT not in written
    assert "Märta" not in written
    assert [line for line in written.splitlines() if line.startswith("builtins.")] == [
        f"builtins.{kind}" for kind in kinds
    ]
    assert f"{Path(__file__).name}:" in written
    assert mistake.__name__ in written


def test_a_job_in_a_thread_logs_nothing_that_was_written(qtbot, tmp_path: Path) -> None:
    failed: list[Exception] = []
    with logged_to(tmp_path) as log, closing(TaskRunner()) as runner:
        runner.run(lambda _progress: look_up(), print, failed.append)
        qtbot.waitUntil(lambda: failed != [], timeout=3000)
    written = log.read_text(encoding="utf-8")
    assert "Märta" not in written
    assert "a job failed\nbuiltins.KeyError\n" in written
    assert "look_up" in written


def test_a_slot_logs_nothing_that_was_written(qtbot, tmp_path: Path) -> None:
    sentences: list[str] = []
    with logged_to(tmp_path) as log, told(sentences.append, log):
        QTimer.singleShot(0, raise_from_another)
        qtbot.waitUntil(lambda: sentences != [], timeout=3000)
    written = log.read_text(encoding="utf-8")
    assert "Märta" not in written
    assert "raise_from_another" in written


def test_of_what_libraries_log_only_the_place_is_kept(tmp_path: Path) -> None:
    library = logging.getLogger("PIL.Image")
    with logged_to(tmp_path) as log:
        library.warning("can't read %s", TEXT)
        library.error(f"can't read {TEXT}", stack_info=True)
        logging.getLogger("ui.preview").warning("a constant, and %s", TEXT)
    written = log.read_text(encoding="utf-8")
    assert "Märta" not in written
    assert written.count("PIL.Image test_failures:") == 2
    assert "ui.preview a constant, and %s" in written


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX systems")
def test_every_log_file_is_the_users_alone(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(failures, "LARGEST", 200)
    mask = os.umask(0)
    try:
        with logged_to(tmp_path / "logs") as log:
            for _ in range(10):
                logging.getLogger("ui").warning("some words")
    finally:
        os.umask(mask)
    modes = {path.name: path.stat().st_mode & 0o777 for path in log.parent.iterdir()}
    assert modes == dict.fromkeys(("samverkan.log", "samverkan.log.1", "samverkan.log.2"), 0o600)


def test_a_log_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "samverkan.log").mkdir()
    with pytest.raises(WriteError, match="det är en mapp"), logged_to(tmp_path):
        pass
