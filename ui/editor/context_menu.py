"""The editor's context menu: the usual lines, and what can be done to a link, table or image."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QIcon, QTextCursor
from PySide6.QtWidgets import QMenu

from samverkan_desktop.domain.text import Align
from ui.editor import tables
from ui.editor.commands import Commands
from ui.editor.image_commands import ImageCommands

_ALIGNS = {
    Align.LEFT: "&Vänster",
    Align.CENTER: "&Centrerat",
    Align.RIGHT: "&Höger",
    Align.DECIMAL: "&Decimaltal (efter decimalkomma)",
}


def extend(
    menu: QMenu,
    commands: Commands,
    images: ImageCommands,
    cursor: QTextCursor,
    icon: Callable[[str], QIcon],
) -> None:
    """Add our lines to a text edit's own menu; `icon` draws one by its name."""
    menu.addAction("Klistra in &oformaterat\tCtrl+Skift+V", commands.paste_plain)
    menu.addSeparator()
    linked = commands.state.link
    text = "Ändra &länk…" if linked else "&Länk…"
    menu.addAction(icon("link"), f"{text}\tCtrl+K", commands.edit_link)
    if linked:
        menu.addAction("Ö&ppna länken", commands.open_link)
    if images.image_at(QTextCursor(cursor)) is not None:
        menu.addAction("Ändra &alternativtext…", images.edit)
    if commands.table is not None:
        _add_table_lines(menu.addMenu(icon("table"), "&Tabell"), commands)


def _add_table_lines(inside: QMenu, commands: Commands) -> None:
    lines = (
        ("Infoga rad &ovanför", partial(tables.insert_row, below=False)),
        ("Infoga rad &nedanför", partial(tables.insert_row, below=True)),
        ("Infoga kolumn till &vänster", partial(tables.insert_column, after=False)),
        ("Infoga kolumn till &höger", partial(tables.insert_column, after=True)),
        None,
        ("Ta bort &rad", tables.remove_rows),
        ("Ta bort &kolumn", tables.remove_columns),
        ("Ta bort &tabellen", tables.remove_table),
        None,
        ("Tabellte&xt", tables.add_caption),
    )
    for line in lines:
        if line is None:
            inside.addSeparator()
        else:
            text, change = line
            inside.addAction(text, partial(commands.change_table, change))
    _add_alignments(inside.addMenu("&Justera kolumn"), commands)


def _add_alignments(menu: QMenu, commands: Commands) -> None:
    now = commands.column_align
    for align, text in _ALIGNS.items():
        action = menu.addAction(text, partial(commands.align_columns, align))
        action.setCheckable(True)
        action.setChecked(align is now)
