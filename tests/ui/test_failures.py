"""A mistake in the program is told and logged, and loses nothing."""

import logging
import sys

from samverkan_desktop.domain.errors import UnknownDraftError
from ui.failures import logged_to, told


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
