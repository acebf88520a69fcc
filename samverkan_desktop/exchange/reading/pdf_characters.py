"""The characters of a PDF page with place, font and tag, as pdfium gives them."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from samverkan_desktop.domain.text import Span, Spans, normal_spans, spans_text
from samverkan_desktop.exchange.reading.joining import joined

_BOLD_WEIGHT, _ITALIC_FLAG, _BOLD_FLAG = 600, 1 << 6, 1 << 18


# Left, right, top and bottom.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Font:
    """What a run of characters is set in. `size` is in points."""

    size: float
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand together in one text object. Points from the page's top left.

    `tag` is the marked content that they belong to (-1: none). `is_artifact` is true when the file
    says that they are page furniture.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    font: Font
    tag: int
    is_artifact: bool


def flowing(runs: Sequence[tuple[Span, Run]], *, keep_hyphens: bool = False) -> Spans:
    """Return runs as the text of one paragraph: lines joined, words that were cut made whole.

    `keep_hyphens`: a hyphen at the end of a line was written, since the program that made the file
    never cuts words.
    """
    out: list[Span] = []
    last: Run | None = None
    for span, run in runs:
        if out and last is not None:
            out[-1] = replace(
                out[-1], text=_before(out[-1].text, last, span.text, run, keep_hyphens)
            )
        out.append(span)
        last = run
    return normal_spans(out)


def _before(text: str, last: Run, following: str, run: Run, keep_hyphens: bool) -> str:  # noqa: FBT001
    """Return the text before a run as it is when the run follows it."""
    if not following or following[0].isspace() or text[-1:].isspace() or not text:
        return text
    if is_same_line(last, run) and run.left >= last.left:
        return text if run.left - last.right < 0.15 * run.font.size else f"{text} "
    if keep_hyphens and text[-1] in "-–/":
        return text
    whole = joined(text, following)
    return whole[: len(whole) - len(following)]


def with_breaks(runs: Sequence[tuple[Span, Run]], room: float) -> list[tuple[Span, Run]]:
    """Return runs with a line break after each line that had room for the word after it."""
    out = list(runs)
    left = min((run.left for _, run in runs), default=0.0)
    for at, ((span, run), (_, following)) in enumerate(pairwise(runs)):
        if is_same_line(run, following) or following.top < run.top:
            continue
        word = following.text.split(" ")[0]
        share = len(word) / max(len(following.text), 1)
        needed = share * (following.right - following.left) + 0.8 * run.font.size
        small = following.text[:1].islower() or following.text[:1].isdigit()
        short = run.right + needed < room - 0.1 * (room - left)
        if short and (not small or run.right - left < 0.5 * (room - left)):
            out[at] = replace(span, text=f"{span.text.rstrip()}\n"), run
    return out


def is_same_line(one: Run, other: Run) -> bool:
    """Whether two runs of a page stand on one line."""
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def lines_of_runs(runs: Sequence[Run]) -> Iterator[tuple[str, float]]:
    """Yield the text of runs that stand together on a line, and its top; wide gaps part them."""
    for row in rows_of(runs):
        part: list[Run] = []
        for run in row:
            if part and run.left - part[-1].right > 1.5 * run.font.size:
                yield _line_text(part), part[0].top
                part = []
            part.append(run)
        yield _line_text(part), part[0].top


def rows_of(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield the runs of each line of a page from its top, left first."""
    rows: list[list[Run]] = []
    for run in sorted((r for r in runs if r.text.strip()), key=lambda r: (r.bottom, r.left)):
        fitting = next((row for row in reversed(rows[-3:]) if _fits_in(row, run)), None)
        if fitting is None:
            rows.append([run])
        else:
            fitting.append(run)
    for row in rows:
        yield sorted(row, key=lambda run: run.left)


def _fits_in(row: Sequence[Run], run: Run) -> bool:
    """Whether a run stands on the line of others: beside them, not above or below one of them."""
    tallest = max(row, key=lambda other: other.bottom - other.top)
    over = any(
        other.left < run.right - 1 and run.left < other.right - 1 and not is_same_line(other, run)
        for other in row
    )
    return not over and is_same_line(tallest, run)


def _line_text(runs: Sequence[Run]) -> str:
    return spans_text(flowing([(Span(run.text), run) for run in runs])).strip()


def page_runs(document: pdfium.PdfDocument, number: int) -> Iterator[Run]:
    """Yield the runs of a page (counted from 0) in the order they were drawn."""
    page = document[number]
    text = page.get_textpage()
    try:
        yield from _Reader(page, text).runs()
    finally:
        text.close()
        page.close()


class _Gathering:
    """Characters of one text object that follow each other."""

    def __init__(self, owner: int, box: Box) -> None:
        self.owner, self.box = owner, box
        self.characters: list[str] = []

    def add(self, character: str, box: Box) -> None:
        self.characters.append(character)
        left, right, top, bottom = self.box
        self.box = (min(left, box[0]), max(right, box[1]), min(top, box[2]), max(bottom, box[3]))

    def space(self) -> None:
        if self.characters[-1] != " ":
            self.characters.append(" ")


class _Reader:
    def __init__(self, page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> None:
        self._page, self._text = page, text
        self._height = page.get_height()
        self._fonts: dict[int, tuple[Font, int, bool]] = {}

    def runs(self) -> Iterator[Run]:
        """Yield the runs; pdfium puts in spaces and line breaks where it sees them."""
        current: _Gathering | None = None
        for index in range(self._text.count_chars()):
            code = raw.FPDFText_GetUnicode(self._text.raw, index)
            hyphen = raw.FPDFText_IsHyphen(self._text.raw, index) == 1
            character = _character(code, hyphen=hyphen)
            if raw.FPDFText_IsGenerated(self._text.raw, index) == 1:
                if current and character == " ":
                    current.space()
                elif current and character == "\n":
                    yield self._run(current)
                    current = None
            elif character:
                about = raw.FPDFText_GetTextObject(self._text.raw, index)
                owner, box = _address(about), self._box(index)
                if current and (owner != current.owner or not _follows(current.box, box)):
                    yield self._run(current)
                    current = None
                current = current or self._begun(owner, about, index, box)
                current.add(character, box)
        if current:
            yield self._run(current)

    def _begun(self, owner: int, about: object, index: int, box: Box) -> _Gathering:
        self._note(owner, about, index)
        return _Gathering(owner, box)

    def _run(self, gathered: _Gathering) -> Run:
        font, tag, artifact = self._fonts[gathered.owner]
        return Run("".join(gathered.characters), *gathered.box, font, tag, artifact)

    def _box(self, index: int) -> Box:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        found = raw.FS_RECTF()
        if raw.FPDFText_GetLooseCharBox(self._text.raw, index, found):
            return found.left, found.right, self._height - found.top, self._height - found.bottom
        raw.FPDFText_GetCharBox(self._text.raw, index, left, right, bottom, top)
        return left.value, right.value, self._height - top.value, self._height - bottom.value

    def _note(self, address: int, about: object, index: int) -> None:
        """Find out once for each text object what it is set in and how it is tagged."""
        if address in self._fonts:
            return
        name = ctypes.create_string_buffer(200)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._text.raw, index, name, 200, flags)
        shown = name.value.decode("utf-8", "replace").casefold()
        weight = raw.FPDFText_GetFontWeight(self._text.raw, index)
        bold = weight >= _BOLD_WEIGHT or "bold" in shown or "black" in shown or "semibold" in shown
        italic = bool(flags.value & _ITALIC_FLAG) or "italic" in shown or "oblique" in shown
        size = self._size(about, index)
        tag = raw.FPDFPageObj_GetMarkedContentID(about) if about else -1
        bold = bold or bool(flags.value & _BOLD_FLAG)
        self._fonts[address] = Font(size, bold, italic), tag, _is_artifact(about)

    def _size(self, about: object, index: int) -> float:
        """Return the size as drawn: files may set 1 point and scale it."""
        size = raw.FPDFText_GetFontSize(self._text.raw, index)
        matrix = raw.FS_MATRIX()
        if about and raw.FPDFPageObj_GetMatrix(about, matrix):
            scale = max(abs(matrix.d), abs(matrix.b))
            size *= scale if scale else 1.0
        return round(float(size), 1)


def _address(about: object) -> int:
    """Return what tells one of pdfium's objects from another."""
    return ctypes.addressof(about.contents) if about else 0  # type: ignore[attr-defined]


def _character(code: int, *, hyphen: bool) -> str:
    if hyphen or code in (2, 0xFFFE):
        return "-"
    if code in (10, 13):
        return "\n"
    if code in (9, 32, 0x2009):
        return " "
    if code < 32 or code == 0xFFFF or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    return chr(code)


def _follows(box: Box, place: Box) -> bool:
    """Whether a character stands on the same line as the run, and close to its end."""
    height = max(box[3] - box[2], 1.0)
    same_line = abs(place[3] - box[3]) < 0.5 * height
    return same_line and -2 * height < place[0] - box[1] < 1.2 * height


def _is_artifact(about: object) -> bool:
    if not about:
        return False
    for mark in range(raw.FPDFPageObj_CountMarks(about)):
        name = (ctypes.c_ushort * 32)()
        length = ctypes.c_ulong()
        found = raw.FPDFPageObj_GetMark(about, mark)
        named = found and raw.FPDFPageObjMark_GetName(found, name, 64, length)
        if named and "".join(map(chr, name)).rstrip("\0") == "Artifact":
            return True
    return False
