"""compare(old, new, template): the head, then the sections of both drafts, line by line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from samverkan_desktop.domain.comparing.alignment import interleave, longest_increasing
from samverkan_desktop.domain.comparing.comparison import Change, Comparison, Part, Row, unmoved
from samverkan_desktop.domain.comparing.fields import head_fields, head_lists
from samverkan_desktop.domain.comparing.lines import Line
from samverkan_desktop.domain.comparing.matching import match
from samverkan_desktop.domain.comparing.sections import (
    Chapter,
    chapters,
    field_row,
    field_rows,
    regrouped,
)
from samverkan_desktop.domain.comparing.words import compare_words, removed
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.template import Template

# The key of the fields of the head; no section's key has a space.
HEAD = "head "


def compare(
    old: Draft, new: Draft, template: Template, old_template: Template | None = None
) -> Comparison:
    """Return what differs between two drafts, which may be versions of one.

    `template` is the new draft's; `old_template` the old one's where it is another. Not compared
    are the drafts' ids and the blocks', and whether a slot that nobody has written in is in the
    draft or not. Swapping the drafts swaps what was added and what was removed, and no more.
    """
    before = old_template or template
    return Comparison(
        (
            _head(old, new, before, template),
            *_lists(old, new, before, template),
            *_sections(chapters(old, before), chapters(new, template)),
        )
    )


def _head(old: Draft, new: Draft, before: Template, template: Template) -> Part:
    pairs = zip(head_fields(old, before), head_fields(new, template), strict=True)
    rows = tuple(
        field_row(field.label, was.shown, field.shown)
        for was, field in pairs
        if was.value != field.value
    )
    return Part(
        key=HEAD,
        heading="Ärendeuppgifter",
        change=_sum_of(rows),
        rows=rows,
        is_section=False,
    )


def _lists(old: Draft, new: Draft, before: Template, template: Template) -> Iterator[Part]:
    were = head_lists(old, before)
    for key, (heading, lines) in head_lists(new, template).items():
        rows = _rows({key: were[key][1]}, {key: lines})[key]
        yield Part(
            key=key, heading=heading, change=_sum_of(rows), rows=tuple(rows), is_section=False
        )


def _sections(old: dict[str, Chapter], new: dict[str, Chapter]) -> Iterator[Part]:
    old = {key: chapter for key, chapter in old.items() if key in new or not chapter.is_blank}
    new = {key: chapter for key, chapter in new.items() if key in old or not chapter.is_blank}
    were = {key: list(chapter.lines()) for key, chapter in old.items()}
    are = {
        key: were[key] if key in old and chapter.says_as(old[key]) else list(chapter.lines())
        for key, chapter in new.items()
    }
    rows = _rows(were, are)
    for key, change in _order(old, new):
        before, after = old.get(key), new.get(key)
        if not _is_written(before) and not _is_written(after):
            continue
        found = (*field_rows(before, after), *rows[key])
        if before and after and _sum_of(found) is Change.SAME:
            found = (*regrouped(before, after), *found)
        yield Part(
            key=key,
            heading=_heading(before, after),
            change=_sum_of(found) if change is Change.SAME else change,
            rows=found,
            is_section=True,
        )


def _heading(old: Chapter | None, new: Chapter | None) -> str:
    headings = [chapter.heading for chapter in (new, old) if chapter]
    return next((heading for heading in headings if heading.strip()), "Avsnitt utan rubrik")


def _is_written(chapter: Chapter | None) -> bool:
    return chapter is not None and chapter.is_written


def _order(old: Mapping[str, Chapter], new: Mapping[str, Chapter]) -> Iterator[tuple[str, Change]]:
    """Yield the keys of both versions in one order, and what became of each as a whole."""
    both = {key for key in old.keys() & new.keys() if old[key].is_written and new[key].is_written}
    staying = _staying([key for key in old if key in both], [key for key in new if key in both])
    olds, news = list(old), list(new)
    pairs = {i: news.index(key) for i, key in enumerate(olds) if key in staying}
    for i, j in interleave(range(len(olds)), range(len(news)), pairs):
        if j is not None:
            moved = news[j] in both and news[j] not in staying
            change = Change.MOVED if moved else Change.SAME
            yield news[j], change if news[j] in old else Change.ADDED
        elif i is not None and olds[i] not in new:
            yield olds[i], Change.REMOVED


def _staying(old: list[str], new: list[str]) -> set[str]:
    """Return the most keys that are in the same order in both; it doesn't matter which is which."""
    first, last = sorted((old, new))
    place = {key: index for index, key in enumerate(first)}
    return {last[index] for index in longest_increasing([place[key] for key in last])}


def _rows(old: Mapping[str, list[Line]], new: Mapping[str, list[Line]]) -> dict[str, list[Row]]:
    """Return the rows of each part; lines are also found again in other parts."""
    return _Rows(old, new).by_part()


class _Rows:
    """Puts the lines of both versions side by side, part by part."""

    def __init__(self, old: Mapping[str, list[Line]], new: Mapping[str, list[Line]]) -> None:
        self._old = [(key, line) for key, lines in old.items() for line in lines]
        self._new = [(key, line) for key, lines in new.items() for line in lines]
        self._keys = [*new, *(key for key in old if key not in new)]
        self._matching = match(self._old, self._new)
        self._back = {j: i for i, j in self._matching.pairs.items()}
        self._moves = {j: number for number, j in enumerate(sorted(self._matching.moved))}

    def by_part(self) -> dict[str, list[Row]]:
        pairs, moved = self._matching.pairs, self._matching.moved
        staying = {i: j for i, j in pairs.items() if j not in moved}
        olds, news = _by_part(self._old), _by_part(self._new)
        return {
            key: [
                self._row(i, j)
                for i, j in interleave(olds.get(key, ()), news.get(key, ()), staying)
            ]
            for key in self._keys
        }

    def _row(self, i: int | None, j: int | None) -> Row:
        if i is None and j in self._back:
            return self._moved(self._back[j], j)
        if j is None and i in self._matching.pairs:
            return self._left(i, self._matching.pairs[i])
        old = None if i is None else self._old[i][1]
        new = None if j is None else self._new[j][1]
        return unmoved(old, new)

    def _moved(self, i: int, j: int) -> Row:
        (there, old), (here, new) = self._old[i], self._new[j]
        return Row(
            change=Change.MOVED,
            old=old,
            new=new,
            pieces=compare_words(old.spans, new.spans),
            move=self._moves[j],
            elsewhere=there if there != here else "",
        )

    def _left(self, i: int, j: int) -> Row:
        (here, old), (there, _) = self._old[i], self._new[j]
        return Row(
            change=Change.LEFT,
            old=old,
            pieces=removed(old.spans),
            move=self._moves[j],
            elsewhere=there if there != here else "",
        )


def _by_part(lines: list[tuple[str, Line]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, (key, _) in enumerate(lines):
        found[key].append(index)
    return found


def _sum_of(rows: Iterable[Row]) -> Change:
    return Change.CHANGED if any(row.change is not Change.SAME for row in rows) else Change.SAME
