"""Marks on text: bold, italic, links."""

import re
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor

from samverkan_desktop.domain.text import Span
from ui.editor.formats import Property, char_format, marks_of
from ui.editor.images import fragments

_ADDRESS = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@[^\s@])\S*", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@:/]+@[^\s@:/]+\.\w+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-zåäö]{2,}(?:[/?#]\S*)?", re.IGNORECASE)


def full_address(text: str) -> str | None:
    """Return what was typed as an address that a link may have, or None.

    Links go to the web (http, https) or to an e-mail address (mailto). A plain "www.example.se" or
    "namn@example.se" is completed.
    """
    text = text.strip()
    if _ADDRESS.fullmatch(text):
        return text
    if _EMAIL.fullmatch(text):
        return f"mailto:{text}"
    return f"https://{text}" if _HOST.fullmatch(text) else None


def toggled_bold(now: QTextCharFormat) -> QTextCharFormat:
    """Return what changes when bold is switched."""
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.Normal if marks_of(now).bold else QFont.Weight.Bold)
    return made


def toggled_italic(now: QTextCharFormat) -> QTextCharFormat:
    """Return what changes when italic is switched."""
    made = QTextCharFormat()
    made.setFontItalic(not now.fontItalic())
    return made


def set_link(cursor: QTextCursor, link: str | None) -> None:
    """Make the selected text a link, or no link; its other marks are kept."""
    _change_marks(cursor, lambda marks: replace(marks, link=link))


def _change_marks(cursor: QTextCursor, change: Callable[[Span], Span]) -> None:
    document = cursor.document()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    part = QTextCursor(document)
    runs: list[tuple[int, int, QTextCharFormat]] = []
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        for run in fragments(block):
            first = max(start, run.position())
            past = min(end, run.position() + run.length())
            if first < past and not run.charFormat().hasProperty(Property.FILE):
                runs.append((first, past, char_format(change(marks_of(run.charFormat())))))
        block = block.next()
    cursor.beginEditBlock()
    for first, past, made in runs:
        part.setPosition(first)
        part.setPosition(past, QTextCursor.MoveMode.KeepAnchor)
        part.setCharFormat(made)
    cursor.endEditBlock()


def link_at(cursor: QTextCursor) -> str | None:
    """Return where the link goes that the cursor is in, or that the selection begins in."""
    inside = QTextCursor(cursor.document())
    at = cursor.selectionStart()
    for position in (at + 1, at):  # a format belongs to the character before the position
        if position <= cursor.document().characterCount() - 1:
            inside.setPosition(position)
            link = marks_of(inside.charFormat()).link
            if link is not None and inside.block() == cursor.document().findBlock(at):
                return link
    return None


def select_link(cursor: QTextCursor) -> None:
    """Select the whole of the link that the cursor is in."""
    link = link_at(cursor)
    block = cursor.document().findBlock(cursor.selectionStart())
    at = cursor.selectionStart()
    runs = [
        (run.position(), run.position() + run.length())
        for run in fragments(block)
        if link is not None and marks_of(run.charFormat()).link == link
    ]
    start, end = _stretch(runs, at)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)


def _stretch(runs: list[tuple[int, int]], at: int) -> tuple[int, int]:
    """Join runs that touch; return the one around a position."""
    start = end = at
    for first, past in runs:
        if first == end and start < end:
            end = past
        elif end <= at and first <= at:
            start, end = first, past
        elif first > at:
            break
    return start, end


def leaves_link(cursor: QTextCursor) -> bool:
    """Whether text typed at the cursor would wrongly continue a link that ends right there."""
    if cursor.hasSelection() or marks_of(cursor.charFormat()).link is None:
        return False
    if cursor.atBlockEnd() or cursor.atBlockStart():
        return True
    after = QTextCursor(cursor)
    after.movePosition(QTextCursor.MoveOperation.NextCharacter)
    return marks_of(after.charFormat()).link != marks_of(cursor.charFormat()).link
