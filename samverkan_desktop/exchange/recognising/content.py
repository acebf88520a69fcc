"""A section's pieces to blocks: real lists, tables, quotations, sub-headings, images."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from samverkan_desktop.domain.text import (
    Blocks,
    Heading,
    Image,
    Paragraph,
    Quote,
    Table,
)
from samverkan_desktop.exchange.pasted_lists import Continuation, ListLine, Part, assembled
from samverkan_desktop.exchange.reading.model import (
    Piece,
    ReadImage,
    ReadParagraph,
    ReadTable,
    Style,
)
from samverkan_desktop.exchange.recognising.cleaning import joined_cut, trimmed
from samverkan_desktop.exchange.recognising.heading_looks import is_headinglike, is_short
from samverkan_desktop.exchange.recognising.list_marks import Mark, typed_mark
from samverkan_desktop.exchange.recognising.report import Certainty, Log
from samverkan_desktop.exchange.recognising.tables import plain, table_of

_ENDED = re.compile(r"[.!?:;,)”]$")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})+[ \t]+(?=[A-ZÅÄÖ])")
_SENTENCE = re.compile(r"\w\W? .*[.!?…][”’»\")]?$", re.DOTALL)
_QUOTES = '”“„»«"'
_SET_IN = 2  # characters or points: more than a ragged edge


@dataclass(slots=True)
class Files:
    """The images that a draft's blocks name."""

    contents: dict[str, bytes] = field(default_factory=dict)

    def add(self, image: ReadImage) -> str:
        """Keep an image's bytes; return the name that the block uses."""
        stem, dot, suffix = _safe_name(image.name).rpartition(".")
        stem, suffix = (stem, dot + suffix) if dot else (suffix, "")
        name, number = f"{stem}{suffix}", 1
        while name in self.contents and self.contents[name] != image.data:
            number += 1
            name = f"{stem}-{number}{suffix}"
        self.contents[name] = image.data
        return name


def _safe_name(name: str) -> str:
    """Return a file name without folders or odd characters."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^\w.-]+", "-", last).strip(".-") or "bild"


def blocks_of(pieces: Sequence[Piece], files: Files, log: Log, level: int = 1) -> Blocks:
    """Return the blocks of a section whose own heading has `level` in the document."""
    return assembled(_Builder(pieces, files, log, level).parts())


class _Builder:
    def __init__(self, pieces: Sequence[Piece], files: Files, log: Log, level: int) -> None:
        self._pieces, self._files, self._log, self._level = pieces, files, log, level
        self._levels: list[
            tuple[str, float, int]
        ] = []  # kind, indent, last number: outermost first
        self._group = 0
        self._quoted = -1  # where the last quotation that was told by its look stands
        first = pieces[0] if pieces else None
        # Where a section's text follows its heading without a gap, so do those of sub-headings.
        self._is_close = isinstance(first, ReadParagraph) and first.look.tight

    def parts(self) -> Iterator[Part]:
        for index, piece in enumerate(self._pieces):
            match piece:
                case ReadParagraph() if self._is_caption(index):
                    self._levels.clear()
                case ReadParagraph():
                    yield self._paragraph(index, piece)
                case ReadTable():
                    self._levels.clear()
                    if table := table_of(piece):
                        yield self._captioned(index, table)
                case ReadImage():
                    self._levels.clear()
                    name = self._files.add(piece)
                    self._log.place("Bild", piece.alt or name, Certainty.SURE)
                    yield Image(name, piece.alt, piece.caption)

    def _is_caption(self, index: int) -> bool:
        """Whether a line says what the table under it shows."""
        piece, following = self._pieces[index], self._pieces[index + 1 : index + 2]
        if not following or not isinstance(following[0], ReadTable) or following[0].caption:
            return False
        if not isinstance(piece, ReadParagraph) or piece.mark or len(piece.text) > 120:
            return False
        bold = piece.look.bold and piece.look.size < 1.03 and piece.look.style is not Style.HEADING
        named = re.match(r"Tabell(?: \d+)?[.:]? ", piece.text) is not None
        apart = piece.look.style is Style.UNKNOWN and not piece.look.tight
        apart = apart and len(following[0].rows) > 1
        return (
            piece.look.style is Style.CAPTION
            or bold
            or named
            or (apart and is_headinglike(self._pieces, index))
        )

    def _captioned(self, index: int, table: Table) -> Table:
        if index and self._is_caption(index - 1):
            above = self._pieces[index - 1]
            assert isinstance(above, ReadParagraph)
            return replace(table, caption=plain(above.spans))
        return table

    def _paragraph(self, index: int, piece: ReadParagraph) -> Part:
        if heading := self._told_heading(piece):
            self._levels.clear()
            return heading
        if piece.mark:
            return self._real_item(piece)
        if piece.look.style is Style.QUOTE:
            self._levels.clear()
            return Quote((Paragraph(piece.spans),))
        mark = typed_mark(piece.text)
        if mark and (part := self._typed_item(index, piece, mark)):
            return part
        if self._levels and self._belongs_to_item(index, piece):
            return Continuation((Paragraph(piece.spans),))
        self._levels.clear()
        if self._is_quotation(index, piece):
            self._quoted = index
            return Quote((Paragraph(plain(piece.spans)),))
        if self._is_sub_heading(index):
            return Heading(3 if _is_italic(piece) else 2, plain(piece.spans))
        return Paragraph(piece.spans)

    def _told_heading(self, piece: ReadParagraph) -> Heading | None:
        """Return the sub-heading that a line is by its style or its number ("3.1"), if it is one.

        The number counted from the section's, which has none here.
        """
        number = _NUMBERED.match(piece.text)
        if piece.look.style is Style.HEADING:
            below = (piece.look.level or self._level + 1) - self._level
        elif number and not piece.mark and is_short(piece):
            below = number[0].count(".")
        else:
            return None
        if number:
            self._log.marks.append(number[0].strip())
        said = trimmed(joined_cut(piece.spans, number.end() if number else 0))
        return Heading(2 if below < 2 else 3, plain(said))

    def _real_item(self, piece: ReadParagraph) -> Part:
        assert piece.mark is not None
        self._levels.clear()
        block = Paragraph(piece.spans)
        if piece.continues:
            return Continuation((block,))
        mark = piece.mark
        if mark.text.strip("()."):
            self._log.marks.append(mark.text)
        return ListLine(mark.depth + 1, mark.numbered, mark.list_id, (block,))

    def _typed_item(self, index: int, piece: ReadParagraph, mark: Mark) -> Part | None:
        """Return a typed item as a list line; None when its number doesn't count."""
        depth = self._depth(mark, piece.look.indent)
        if depth is None or (mark.is_counted and self._is_numbered_heading(index, mark)):
            self._levels.clear()
            return (
                Heading(2, plain(piece.spans)) if self._is_numbered_heading(index, mark) else None
            )
        del self._levels[depth:]
        self._levels.append((mark.kind, piece.look.indent, mark.number))
        if mark.is_counted:
            self._log.marks.append(mark.shown)
        if mark.number == 1 and depth == 0:
            self._group += 1
        text = trimmed(joined_cut(piece.spans, mark.length))
        return ListLine(depth + 1, mark.is_counted, f"typed{self._group}", (Paragraph(text),))

    def _depth(self, mark: Mark, indent: float) -> int | None:
        """Return how deep an item stands, or None when it is no item of a list."""
        for depth in range(len(self._levels) - 1, -1, -1):
            kind, _, number = self._levels[depth]
            if kind == mark.kind and (not mark.is_counted or mark.number == number + 1):
                return self._same_kind(depth, mark, indent)
        if mark.number > 1:
            return None
        if not self._levels:
            return 0
        if mark.is_counted and self._levels[-1][0] == mark.kind:
            return len(self._levels) if indent > self._levels[-1][1] else 0
        deepest = next((d for d, (k, i, _) in enumerate(self._levels) if i >= indent > 0), None)
        return len(self._levels) if deepest is None or indent == 0 else deepest

    def _same_kind(self, depth: int, mark: Mark, indent: float) -> int:
        """Bullets of one sort may be nested by their indent alone."""
        if mark.is_counted:
            return depth
        top_kind, top_indent, _ = self._levels[-1]
        if top_kind == mark.kind and indent > top_indent + 1:
            return len(self._levels)
        fitting = [
            d
            for d, (kind, i, _) in enumerate(self._levels)
            if kind == mark.kind and i <= indent + 1
        ]
        return fitting[-1] if fitting else depth

    def _is_numbered_heading(self, index: int, mark: Mark) -> bool:
        """Whether "2. Nuläge" is a heading: short, no sentence, text under it, not in a row."""
        if mark.kind != "1" or not is_headinglike(self._pieces, index):
            return False
        following = self._pieces[index + 1]
        if isinstance(following, ReadParagraph) and (
            following.mark or typed_mark(following.text) or following.look.tight
        ):
            return False
        piece, before = self._pieces[index], self._pieces[index - 1 : index] if index else ()
        close = isinstance(piece, ReadParagraph) and piece.look.tight
        return not (
            close and any(isinstance(p, ReadParagraph) and typed_mark(p.text) for p in before)
        )

    def _belongs_to_item(self, index: int, piece: ReadParagraph) -> bool:
        """Whether a paragraph goes on in the list item before it: set in, or between numbers."""
        kind, indent, number = self._levels[0]
        if piece.look.indent > indent and piece.look.indent > 0:
            return True
        if kind != "1" or number == 0:
            return False
        for later in self._pieces[index + 1 : index + 3]:
            mark = typed_mark(later.text) if isinstance(later, ReadParagraph) else None
            if mark:
                return mark.kind == "1" and mark.number == number + 1
        return False

    def _is_quotation(self, index: int, piece: ReadParagraph) -> bool:
        """Whether sentences that are set in are a quotation: by their look, or led in by a colon.

        An address or an enumeration may be set in too, but holds no sentence.
        """
        text, look = piece.text, piece.look
        if look.indent < _SET_IN or not _SENTENCE.search(text) or look.bold:
            return False
        before = self._pieces[index - 1] if index else None
        above = before if isinstance(before, ReadParagraph) else None
        led_in = above is not None and above.look.indent < look.indent and above.text[-1:] == ":"
        goes_on = (
            above is not None and above.look.indent == look.indent and self._quoted == index - 1
        )
        is_marked = text[0] in _QUOTES or look.size < 0.98 or _is_italic(piece)
        return is_marked or led_in or goes_on

    def _is_sub_heading(self, index: int) -> bool:
        piece = self._pieces[index]
        if not is_headinglike(self._pieces, index) or not isinstance(piece, ReadParagraph):
            return False
        if piece.look.bold or piece.look.size > 1.05:
            return True
        following = self._pieces[index + 1]
        if _is_italic(piece) and isinstance(following, ReadParagraph) and not _is_italic(following):
            return True
        apart = isinstance(following, ReadParagraph) and (
            not following.look.tight
            or (self._is_close and len(following.text) > 50)
            or (len(following.text) > 40 and _ENDED.search(following.text) is not None)
        )
        before = self._pieces[index - 1] if index else None
        after_text = (
            before is None
            or not isinstance(before, ReadParagraph)
            or bool(_ENDED.search(before.text) or before.mark or typed_mark(before.text))
        )
        unstyled = piece.look.style is Style.UNKNOWN and not piece.look.tight
        return unstyled and apart and after_text and len(piece.text) <= 60


def _is_italic(piece: ReadParagraph) -> bool:
    return piece.look.italic or all(s.italic for s in piece.spans if s.text.strip())
