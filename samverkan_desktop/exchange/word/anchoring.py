"""Comments with what they are about: the exact text, and where in the draft that stands."""

import hashlib
from collections.abc import Iterable, Sequence

from samverkan_desktop.domain.review import Anchor, Comment, Remark
from samverkan_desktop.exchange.word.remarks import Said
from samverkan_desktop.exchange.word.suggesting import NOBODY
from samverkan_desktop.exchange.word.trail import Spot, Step

Texts = dict[tuple[str, str], str]  # stored texts by block and spot


def anchors(sections: Iterable[tuple[str, Iterable[Step], Texts]]) -> dict[str, Anchor]:
    """Return where each comment stands, by its number.

    `sections` have their key, their characters in order and the texts that are stored. A comment
    about several paragraphs is anchored to what it covers of the first one.
    """
    opened: dict[str, list[tuple[str, Spot | None]]] = {}
    where: dict[str, tuple[str, Texts]] = {}
    closed: dict[str, Anchor] = {}
    for key, steps, texts in sections:
        for step in steps:
            if step.comment and step.begins:
                opened[step.comment] = []
                where[step.comment] = key, texts
            elif step.comment and step.comment in opened:
                closed[step.comment] = _anchor(*where[step.comment], opened.pop(step.comment))
            elif step.char:
                for covered in opened.values():
                    covered.append((step.char, step.spot))
    closed |= {name: _anchor(*where[name], covered) for name, covered in opened.items()}
    return closed


def comments(said: Sequence[Said], found: dict[str, Anchor], version: str) -> tuple[Comment, ...]:
    """Return comments with the answers to them; an answer to an answer belongs to the first."""
    by_number = {one.number: one for one in said}
    threads: dict[str, list[Said]] = {}
    for one in said:
        threads.setdefault(_first(one, by_number), []).append(one)
    out = []
    for number, thread in threads.items():
        first = by_number[number]
        replies = tuple(_remark(one) for one in thread if one.number != number)
        told = repr((version, first.author, first.at, first.text, found.get(number)))
        out.append(
            Comment(
                id=hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32],
                anchor=found.get(number, Anchor()),
                remark=_remark(first),
                replies=replies,
                resolved=first.resolved,
            )
        )
    return tuple(out)


def _anchor(section: str, texts: Texts, covered: Sequence[tuple[str, Spot | None]]) -> Anchor:
    first = next((spot for char, spot in covered if spot is not None and char.strip()), None)
    if first is None:
        quote = "".join(char for char, _ in covered).strip()
        return Anchor(section=section, quote=quote)
    same = [(c, s) for c, s in covered if s and (s.block, s.spot) == (first.block, first.spot)]
    kept = [spot for _, spot in same if spot.end > spot.start]
    text = texts.get((first.block, first.spot))
    if kept and text is not None:
        start, end = kept[0].start, kept[-1].end
        quote = text[start:end]
    else:  # it is about what was put in
        start, quote = first.start, "".join(char for char, _ in same)
    return Anchor(section=section, block=first.block, spot=first.spot, start=start, quote=quote)


def _first(one: Said, by_number: dict[str, Said]) -> str:
    seen = {one.number}
    while one.parent in by_number and one.parent not in seen:
        one = by_number[one.parent]
        seen.add(one.number)
    return one.number


def _remark(one: Said) -> Remark:
    return Remark(author=one.author or NOBODY, at=one.at, text=one.text)
