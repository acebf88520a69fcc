"""A comparison as a page of rich text, with names to go to and links to follow.

Every row is a table of its own: so only those that are seen have to be laid out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from samverkan_desktop.domain.comparing import Change, Comparison, Kind, Part, Piece, Row
from samverkan_desktop.domain.comparing.lines import Line, LineKind
from samverkan_desktop.domain.comparing.wording import SECTIONS, became, moved, restyled
from samverkan_desktop.domain.text import Span, Spans
from ui.compare.colours import SIGNS, Colours
from ui.compare.layout import Fold, Shown, View, shown_rows, stops_by_row

_PARAGRAPH = "<p style='margin:0px'>"
_INDENT = 16  # pixels for each list or quotation that a line stands in


@dataclass(frozen=True, slots=True)
class Page:
    """How a comparison is shown.

    `opened` are folds to show; with `whole` nothing is folded. `restorable`: sections have a link
    that takes them back.
    """

    comparison: Comparison
    view: View
    colours: Colours
    opened: frozenset[Fold] = frozenset()
    whole: bool = False
    restorable: bool = False

    def html(self) -> str:
        """Return the page."""
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        if self.comparison.parts and self.comparison.is_empty:
            yield "<p>Ingenting skiljer versionerna åt.</p>"
        stops = stops_by_row(self.comparison)
        unchanged = []
        for number, part in enumerate(self.comparison.parts):
            if part.is_changed or (self.whole and part.rows):
                yield self._heading(number, part, stops.get((number, -1)))
                for item in self._rows(number, part, stops):
                    yield self._fold(item) if isinstance(item, Fold) else self._row(item)
            elif part.is_section:
                unchanged.append(part.heading)
        if unchanged and stops:
            text = f"Oförändrade avsnitt: {', '.join(unchanged)}."
            yield f"<p>{self._quiet(escape(text))}</p>"

    def _rows(
        self, number: int, part: Part, stops: dict[tuple[int, int], int]
    ) -> Iterable[Shown | Fold]:
        if self.whole:
            return [Shown(row, stops.get((number, i))) for i, row in enumerate(part.rows)]
        return shown_rows(number, part, stops, self.opened)

    def _heading(self, number: int, part: Part, stop: int | None) -> str:
        remark = SECTIONS.get(part.change, "") if part.is_section else ""
        text = f"<b style='font-size:large'>{escape(part.heading)}</b>"
        text += f" {self._marked(part, remark)}" if remark else ""
        if self.restorable and part.is_section and part.differs_within:
            text += f" &nbsp; {self._link(f'restore:{number}', 'Återställ avsnittet')}"
        sign = SIGNS[part.change] if stop is not None else ""
        return _table((_gutter(sign, stop), "4%"), (text, "96%"), above=14)

    def _marked(self, part: Part, remark: str) -> str:
        ink = {
            Change.ADDED: self.colours.words[Kind.ADDED],
            Change.REMOVED: self.colours.words[Kind.REMOVED],
        }.get(part.change, self.colours.moved)
        return f"<span style='color:{ink.text};background-color:{ink.ground}'>{remark}</span>"

    def _fold(self, fold: Fold) -> str:
        name = f"fold:{fold.part}:{fold.first}:{fold.last}"
        text = f"Visa {fold.count} oförändrade rader"
        return _table(("", "4%"), (self._link(name, text), "96%"))

    def _row(self, shown: Shown) -> str:
        row = shown.row
        gutter = (_gutter(SIGNS[row.change], shown.stop), "4%")
        if self.view is View.INLINE:
            return _table(gutter, (self._inline(row), "96%"))
        return _table(gutter, (self._old(row), "47%"), ("", "2%"), (self._new(row), "47%"))

    def _inline(self, row: Row) -> str:
        words = "".join(self._piece(piece, row, piece.new or piece.old) for piece in row.pieces)
        return _cell(self._move(row), _line(row.line, words), *self._remarks(row))

    def _old(self, row: Row) -> str:
        if row.old is None or row.change is Change.MOVED:
            return self._move(row)
        words = "".join(self._piece(piece, row, piece.old) for piece in row.pieces if piece.old)
        return _cell(_line(row.old, words))

    def _new(self, row: Row) -> str:
        if row.new is None:
            return self._move(row)
        words = "".join(self._piece(piece, row, piece.new) for piece in row.pieces if piece.new)
        return _cell(_line(row.new, words), *self._remarks(row))

    def _piece(self, piece: Piece, row: Row, spans: Spans) -> str:
        words = _words(spans)
        ink = self.colours.words.get(piece.kind)
        if row.change is Change.LEFT or (row.change is Change.MOVED and piece.kind is Kind.SAME):
            ink = self.colours.moved
        return f"<span style='{ink.css}'>{words}</span>" if ink else words

    def _move(self, row: Row) -> str:
        """Return the link between the two places of a moved line."""
        if row.move is None:
            return ""
        here = row.change is Change.MOVED
        text = moved(row, self.comparison.heading(row.elsewhere) if row.elsewhere else "")
        name, target = ("m", "l") if here else ("l", "m")
        link = self._link(f"{target}{row.move}", text)
        return f"<a name='{name}{row.move}'>\u200b</a>{link}"

    def _remarks(self, row: Row) -> Iterator[str]:
        """Yield what is to be said under a line: what it became, and how it is set."""
        if row.is_reformed:
            yield self._quiet(escape(became(row)))
        styles = {restyled(piece) for piece in row.pieces if piece.kind is Kind.RESTYLED}
        if styles and row.line.form.kind is not LineKind.FIELD:
            yield self._quiet(escape(f"Stil: {'; '.join(sorted(styles))}"))

    def _quiet(self, markup: str) -> str:
        return f"<span style='color:{self.colours.quiet}'>{markup}</span>"

    def _link(self, target: str, text: str) -> str:
        return f"<a href='{target}' style='color:{self.colours.link}'>{escape(text)}</a>"


def _table(*cells: tuple[str, str], above: int = 0) -> str:
    """Return a table of one row: the markup of each cell and its width."""
    row = "".join(f"<td width='{width}'>{markup}</td>" for markup, width in cells)
    style = f"margin-top:{above}px;margin-bottom:0px"
    table = f"<table width='100%' cellspacing='0' cellpadding='4' style='{style}'>"
    return f"{table}<tr>{row}</tr></table>"


def _cell(*lines: str) -> str:
    """Return lines under each other; one alone is given to Qt as it is, which it reads faster."""
    shown = [line for line in lines if line]
    if len(shown) == 1:
        return shown[0]
    return "".join(line if line.startswith("<p") else f"{_PARAGRAPH}{line}</p>" for line in shown)


def _gutter(sign: str, stop: int | None) -> str:
    return f"<a name='s{stop}'>&nbsp;{sign}&nbsp;</a>" if stop is not None else sign


def _line(line: Line, words: str) -> str:
    """Return a line: what stands before it, and its words where its kind puts them."""
    form = line.form
    if form.kind is LineKind.FIELD:
        return f"<b>{escape(line.mark)}:</b> {words}"
    if form.kind in {LineKind.HEADING, LineKind.HEADER}:
        words = f"<b>{words}</b>"
    elif form.kind is LineKind.IMAGE:
        words = f"<i>Bild {escape(form.setting)}:</i> {words}"
    elif form.kind is LineKind.CAPTION:
        words = f"<i>{words}</i>"
    mark = f"{line.mark}&nbsp;" if line.mark else ""
    text = f"{mark}{words or '<i>(tom rad)</i>'}"
    indent = _INDENT * len(form.frames)
    return f"<p style='margin:0px 0px 0px {indent}px'>{text}</p>" if indent else text


def _words(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    text = escape(span.text).replace("\t", " │ ").replace("\n", "<br>")
    text = text.replace("  ", "&nbsp; ")
    if span.bold:
        text = f"<b>{text}</b>"
    return f"<i>{text}</i>" if span.italic else text
