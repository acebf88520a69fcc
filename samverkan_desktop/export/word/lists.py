"""Lists as Word has them: paragraphs that belong to a multilevel list, which begins at 1 again."""

import copy

from docx.oxml.ns import qn

from samverkan_desktop.export.word.base import ListKind
from samverkan_desktop.export.word.target import STEP, Target
from samverkan_desktop.export.word.xml import Element, w

_DEEPEST = 8  # the last level of a Word list, counted from 0


def new_list(target: Target, kind: ListKind, level: int, marks: int) -> str:
    """Return the id of a new list whose items stand on `level` with the marks of level `marks`.

    It begins at 1, as "Starta om vid 1" makes it. The levels differ where lists of two kinds stand
    in one another: a first numbered list has 1. and not a., wherever it is.
    """
    level, marks = min(level, _DEEPEST), min(marks, _DEEPEST)
    numbering = target.part.numbering_part.element
    number = str(max(int(num.get(qn("w:numId"))) for num in numbering.findall(qn("w:num"))) + 1)
    override = w("lvlOverride", w("startOverride", val=1), ilvl=level)
    if level != marks:
        override.append(_level(target, kind, level, marks))
    numbering.append(
        w("num", w("abstractNumId", val=target.base.list_ids[kind]), override, numId=number)
    )
    return number


def item_of(number: str, level: int) -> Element:
    """Return the property that makes a paragraph an item of a list."""
    return w("numPr", w("ilvl", val=min(level, _DEEPEST)), w("numId", val=number))


def _level(target: Target, kind: ListKind, level: int, marks: int) -> Element:
    """Return the definition of a level with the marks of another."""
    numbering = target.part.numbering_part.element
    path = (
        f"w:abstractNum[@w:abstractNumId='{target.base.list_ids[kind]}']/w:lvl[@w:ilvl='{marks}']"
    )
    made: Element = copy.deepcopy(numbering.xpath(path)[0])
    made.set(qn("w:ilvl"), str(level))
    for link in made.findall(qn("w:pStyle")):
        made.remove(link)
    for text in made.iter(qn("w:lvlText")):
        mark = text.get(qn("w:val"), "")
        text.set(qn("w:val"), mark.replace(f"%{marks + 1}", f"%{level + 1}"))
    for indent in made.iter(qn("w:ind")):
        indent.set(qn("w:left"), str(STEP * (level + 1)))
    return made
