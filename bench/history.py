"""Versions: what keeping, reading and going back costs, and how much a thousand of them take."""

import itertools
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.drafts import long_draft
from bench.measure import Measurement, show, timed
from samverkan_desktop.domain.draft import Draft, Section, with_section
from samverkan_desktop.domain.text import Paragraph, Span, spans_text
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.services.restoring import restore_section, restore_version
from samverkan_desktop.store.library import Library

# Times the longest example, and the pages that makes.
_LENGTHS = {1: 5, 17: 60, 85: 300}
_VERSIONS = 1000


def measure() -> list[Measurement]:
    """Measure drafts of several lengths, each in a library of its own."""
    out: list[Measurement] = []
    for times, pages in _LENGTHS.items():
        with (
            tempfile.TemporaryDirectory(prefix="samverkan-bench-") as folder,
            Library.open(Path(folder) / "b.samverkandb") as library,
        ):
            out += _measured(library, library.add(long_draft(times)), pages)
    return out


def _measured(library: Library, draft: Draft, pages: int) -> list[Measurement]:
    history, edit = library.history, _writer(library, draft)
    before = _bytes(library)
    kept = [_kept(library, draft.id, edit) for _ in range(_VERSIONS if pages == 60 else 100)]
    grown = (_bytes(library) - before) / len(kept)
    numbers = itertools.cycle(range(1, len(kept), 7))
    key = draft.sections[0].key
    name = f"{pages} pages"
    return [
        Measurement(f"keep a version, {name}", kept),
        Measurement(f"read a version, {name}", timed(lambda: history.draft(draft.id, 2), 20)),
        Measurement(
            f"list {len(kept)} versions, {name}", timed(partial(history.versions, draft.id), 20)
        ),
        Measurement(
            f"restore a whole version, {name}",
            timed(lambda: restore_version(library, draft.id, next(numbers)), 10),
        ),
        Measurement(
            f"restore a section, {name}",
            timed(lambda: restore_section(library, draft.id, next(numbers), key, ""), 10),
        ),
        Measurement(f"each of {len(kept)} versions, {name}", [grown], unit="bytes"),
        Measurement(f"first version, {name}", [before], unit="bytes"),
    ]


def _kept(library: Library, draft_id: str, edit: Callable[[], None]) -> float:
    edit()
    return timed(lambda: library.history.keep(draft_id, Reason.WRITTEN), 1)[0]


def _writer(library: Library, draft: Draft) -> Callable[[], None]:
    """Return a function that writes a sentence in one section after the other, and saves."""
    written = itertools.count(1)
    keys = itertools.cycle(s.key for s in draft.sections if _paragraph(s) is not None)
    now = draft

    def write() -> None:
        nonlocal now
        section = now.section(next(keys))
        assert section is not None
        after = with_section(now, _with_sentence(section, f"Mening {next(written)} är ny. "))
        library.save(after, now)
        now = after

    return write


def _with_sentence(section: Section, sentence: str) -> Section:
    first = _paragraph(section)
    assert first is not None
    text = sentence + spans_text(first.spans)[:2000]
    changed = replace(first, spans=(Span(text),))
    return replace(section, content=tuple(changed if b is first else b for b in section.content))


def _paragraph(section: Section) -> Paragraph | None:
    return next((block for block in section.content if isinstance(block, Paragraph)), None)


def _bytes(library: Library) -> int:
    """Return the size of the library with its log moved into it."""
    connection = library._file.connection  # noqa: SLF001 - nothing else needs to know it
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return library.path.stat().st_size


if __name__ == "__main__":
    show(measure())
