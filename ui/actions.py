"""Every command of the window: its text, its key and its place in the menus, in one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow


class Command(Enum):
    """What the window can be told to do."""

    NEW = auto()
    READ_IN = auto()
    READ_BACK = auto()
    DUPLICATE = auto()
    KEEP = auto()
    EXPORT = auto()
    PRINT = auto()
    DELETE = auto()
    BACKUPS = auto()
    SETTINGS = auto()
    QUIT = auto()
    UNDO = auto()
    REDO = auto()
    CUT = auto()
    COPY = auto()
    PASTE = auto()
    SELECT_ALL = auto()
    FIND = auto()
    FIND_DRAFT = auto()
    NEXT_SECTION = auto()
    PREVIOUS_SECTION = auto()
    ADD_SECTION = auto()
    MOVE_UP = auto()
    MOVE_DOWN = auto()
    SHOW_LIBRARY = auto()
    SHOW_OUTLINE = auto()
    SHOW_PREVIEW = auto()
    SHOW_CHECKS = auto()
    SHOW_HISTORY = auto()
    SHOW_REVIEW = auto()
    ONE_SECTION = auto()
    HELP = auto()
    ABOUT = auto()


@dataclass(frozen=True, slots=True)
class Spec:
    """How a command is shown. `needs_draft`: it is off while no draft is open.

    `writes`: it is off while the library can only be read.
    """

    text: str
    key: str = ""
    needs_draft: bool = False
    checkable: bool = False
    writes: bool = False


SPECS: Mapping[Command, Spec] = {
    Command.NEW: Spec("&Nytt ärende…", "Ctrl+N", writes=True),
    Command.READ_IN: Spec("Läs in &dokument…", "Ctrl+O", writes=True),
    Command.READ_BACK: Spec("Läs in &granskat Word-dokument…", writes=True),
    Command.DUPLICATE: Spec("D&uplicera", needs_draft=True, writes=True),
    Command.KEEP: Spec("Spara &version", "Ctrl+S", needs_draft=True, writes=True),
    Command.EXPORT: Spec("&Exportera…", "Ctrl+E", needs_draft=True),
    Command.PRINT: Spec("Skriv &ut…", "Ctrl+P", needs_draft=True),
    Command.DELETE: Spec("Flytta till &papperskorgen", needs_draft=True, writes=True),
    Command.BACKUPS: Spec("&Säkerhetskopior…", writes=True),
    Command.SETTINGS: Spec("&Inställningar…", "Ctrl+,"),
    Command.QUIT: Spec("&Avsluta", "Ctrl+Q"),
    # The text fields have these keys themselves: here they are only told, after the tab.
    Command.UNDO: Spec("&Ångra\tCtrl+Z"),
    Command.REDO: Spec("&Gör om\tCtrl+Skift+Z"),
    Command.CUT: Spec("Klipp &ut\tCtrl+X"),
    Command.COPY: Spec("&Kopiera\tCtrl+C"),
    Command.PASTE: Spec("Klistra &in\tCtrl+V"),
    Command.SELECT_ALL: Spec("&Markera allt\tCtrl+A"),
    Command.FIND: Spec("Sök i &ärendet", "Ctrl+F", needs_draft=True),
    Command.FIND_DRAFT: Spec("&Sök bland ärenden", "Ctrl+Shift+F"),
    Command.NEXT_SECTION: Spec("&Nästa avsnitt", "Alt+Down", needs_draft=True),
    Command.PREVIOUS_SECTION: Spec("&Föregående avsnitt", "Alt+Up", needs_draft=True),
    Command.ADD_SECTION: Spec("&Lägg till eget avsnitt", needs_draft=True, writes=True),
    Command.MOVE_UP: Spec("Flytta avsnittet &upp", "Alt+Shift+Up", needs_draft=True, writes=True),
    Command.MOVE_DOWN: Spec(
        "Flytta avsnittet n&er", "Alt+Shift+Down", needs_draft=True, writes=True
    ),
    Command.SHOW_LIBRARY: Spec("Ä&renden", "F9", checkable=True),
    Command.SHOW_OUTLINE: Spec("&Disposition", "Ctrl+F9", checkable=True),
    Command.SHOW_PREVIEW: Spec("&Förhandsvisning och kontroll", "Shift+F9", checkable=True),
    Command.SHOW_CHECKS: Spec("&Kontroll", "Ctrl+Shift+K", needs_draft=True),
    Command.SHOW_HISTORY: Spec("&Historik", "Ctrl+Shift+H", needs_draft=True),
    Command.SHOW_REVIEW: Spec("&Granskning", "Ctrl+Shift+G", needs_draft=True),
    Command.ONE_SECTION: Spec("&Ett avsnitt i taget", needs_draft=True, checkable=True),
    Command.HELP: Spec("&Hjälp om avsnitten", "F1", needs_draft=True),
    Command.ABOUT: Spec("&Om Samverkan"),
}

# A None is a line between commands.
MENUS: Mapping[str, tuple[Command | None, ...]] = {
    "&Arkiv": (
        Command.NEW,
        Command.READ_IN,
        Command.READ_BACK,
        Command.DUPLICATE,
        Command.KEEP,
        None,
        Command.EXPORT,
        Command.PRINT,
        None,
        Command.DELETE,
        None,
        Command.BACKUPS,
        Command.SETTINGS,
        Command.QUIT,
    ),
    "&Redigera": (
        Command.UNDO,
        Command.REDO,
        None,
        Command.CUT,
        Command.COPY,
        Command.PASTE,
        Command.SELECT_ALL,
        None,
        Command.FIND,
        Command.FIND_DRAFT,
    ),
    "Av&snitt": (
        Command.NEXT_SECTION,
        Command.PREVIOUS_SECTION,
        None,
        Command.ADD_SECTION,
        Command.MOVE_UP,
        Command.MOVE_DOWN,
    ),
    "&Visa": (
        Command.SHOW_LIBRARY,
        Command.SHOW_OUTLINE,
        Command.SHOW_PREVIEW,
        Command.SHOW_CHECKS,
        Command.SHOW_HISTORY,
        Command.SHOW_REVIEW,
        None,
        Command.ONE_SECTION,
    ),
    "&Hjälp": (Command.HELP, Command.ABOUT),
}


def build_actions(
    window: QMainWindow, handlers: Mapping[Command, Callable[..., object]]
) -> dict[Command, QAction]:
    """Make the window's actions and menus; a checkable command's handler gets the new state."""
    actions = {}
    for command, spec in SPECS.items():
        action = QAction(spec.text, window, checkable=spec.checkable)
        action.setObjectName(command.name.lower())
        if spec.key:
            action.setShortcut(QKeySequence(spec.key))
        handler = handlers[command]
        if spec.checkable:
            action.toggled.connect(handler)
        else:
            action.triggered.connect(lambda _checked=False, act=handler: act())
        actions[command] = action
        window.addAction(action)
    for title, commands in MENUS.items():
        menu = window.menuBar().addMenu(title)
        for entry in commands:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(actions[entry])
    return actions


def enable(actions: Mapping[Command, QAction], *, has_draft: bool) -> None:
    """Turn the commands that need a draft on or off."""
    for command, action in actions.items():
        if SPECS[command].needs_draft:
            action.setEnabled(has_draft)


def allow_reading_only(actions: Mapping[Command, QAction], reason: str) -> None:
    """Turn the commands that write off for good; their menu lines say why."""
    for command, action in actions.items():
        if SPECS[command].writes:
            action.setEnabled(False)
            action.setToolTip(reason)
            action.setStatusTip(reason)
