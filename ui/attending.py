"""Joins a window to its sitting: the claim, what is to be told, and what later starts ask for."""

from functools import partial
from pathlib import Path

from ui.handover import Request
from ui.library_notices import LibraryNotices, Next
from ui.main_window import MainWindow
from ui.sitting import Sitting, Start


def attend(window: MainWindow, sitting: Sitting, start: Start, *, may_move: bool) -> list[Next]:
    """Attend to a window's sitting as long as it is shown.

    Return a list that is empty until the window is closed to do something that needs it closed.
    """
    wanted: list[Next] = []
    notices = LibraryNotices(window.workplace, sitting, window.strips, window)
    window.drafts.saved.connect(notices.note_saved)
    window.drafts.overtaken.connect(notices.tell_overtaken)
    notices.leave_wanted.connect(partial(_leave, window, wanted))
    if sitting.door is not None:
        sitting.door.serve(partial(_answer, window))
    if sitting.crashed is not None and sitting.crashed.drafts:
        window.commands.open_if_there(sitting.crashed.drafts[-1])
    notices.tell_start(start, window.workplace.window_state(), may_move=may_move)
    if start.request != Request():
        _answer(window, start.request)
    return wanted


def _answer(window: MainWindow, request: Request) -> None:
    """Do what a start was asked to do, and come to the front."""
    if request.file:
        window.reading.read([Path(request.file)])
    elif request.open:
        window.commands.open_named(request.open)
    window.come_forward()


def _leave(window: MainWindow, wanted: list[Next], act: Next) -> None:
    """Close the window to do something, unless it has to stay for what can't be saved."""
    wanted.append(act)
    if not window.close():
        wanted.clear()
