"""The title, which may stand over several lines or be set apart, and the line under it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from samverkan_desktop.exchange.reading.joining import joined
from samverkan_desktop.exchange.reading.model import ReadParagraph, Style
from samverkan_desktop.exchange.recognising.head_fields import HeadData
from samverkan_desktop.exchange.recognising.report import Certainty, Log
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, close_up

_MOST_LINES = 8  # of a title
_UNFINISHED = re.compile(
    r"(?:[,:–-]|\b(?:om|för|till|i|av|och|mellan|med|samt|på|över|från|vid|enligt|under|av|inom|den))$"
)


def read_title(
    data: HeadData, vocabulary: Vocabulary, log: Log, fallback: str
) -> tuple[str, str, list[ReadParagraph]]:
    """Return the title, the subtitle, and the lines of the head that found no place."""
    groups = _groups(data.rest)
    if data.labelled_title:
        log.place("Titel", data.labelled_title, Certainty.SURE)
        title, certainty = data.labelled_title, None
    else:
        title, certainty = "", Certainty.LIKELY
    styled = next((i for i, group in enumerate(groups) if _is_titled(group[0])), None)
    at = styled if styled is not None else _largest(groups)
    left: list[ReadParagraph] = []
    if not title and groups:
        left = [line for group in groups[:at] for line in group]
        chosen, groups = _title_lines(groups[at:], vocabulary)
        title = _one(chosen)
        certainty = Certainty.SURE if styled is not None or len(groups) <= 1 else Certainty.LIKELY
        log.place("Titel", title, certainty)
    if not title and fallback:
        title = fallback
        log.notes.append("Titeln är hämtad ur filens egenskaper (osäkert).")
    subtitle, left = _subtitle(groups, left, log)
    return title, subtitle, left


def _is_titled(line: ReadParagraph) -> bool:
    return line.look.style in (Style.TITLE, Style.HEADING)


def _largest(groups: Sequence[Sequence[ReadParagraph]]) -> int:
    """Return the first group among those set largest."""
    if not groups:
        return 0
    sizes = [max(line.look.size for line in group) for group in groups]
    return sizes.index(max(sizes)) if max(sizes) > 1.15 else 0


def _groups(lines: Sequence[ReadParagraph]) -> list[list[ReadParagraph]]:
    groups: list[list[ReadParagraph]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        same = last is not None and (
            line.look.style is last.look.style
            and line.look.bold == last.look.bold
            and abs(line.look.size - last.look.size) < 0.08
        )
        if last is not None and same and line.look.tight:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _title_lines(
    groups: list[list[ReadParagraph]], vocabulary: Vocabulary
) -> tuple[list[ReadParagraph], list[list[ReadParagraph]]]:
    """Return the lines of the title, and the groups after it."""
    chosen, rest = list(groups[0][:_MOST_LINES]), groups[1:]
    if len(groups[0]) > _MOST_LINES:
        rest = [groups[0][_MOST_LINES:], *rest]
    for at, line in enumerate(chosen):
        opens = _opens(line.text, vocabulary)
        if at and opens and not _UNFINISHED.search(chosen[at - 1].text):
            return chosen[:at], [chosen[at:], *rest]
    while rest and len(chosen) < _MOST_LINES and _continues(chosen[-1], rest[0][0], vocabulary):
        chosen += rest[0]
        rest = rest[1:]
    return chosen, rest


def _opens(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line begins as a line under a title does: "Svar på remiss"."""
    openings = tuple(opening.casefold() for opening in vocabulary.subtitles)
    return text.casefold().startswith(openings)


def _continues(last: ReadParagraph, following: ReadParagraph, vocabulary: Vocabulary) -> bool:
    if _UNFINISHED.search(last.text) or following.text[:1].islower():
        return True
    same = following.look == replace(last.look, tight=following.look.tight)
    large = last.look.size > 1.15 or last.look.style is Style.TITLE
    return same and large and not _opens(following.text, vocabulary)


def _subtitle(
    groups: list[list[ReadParagraph]], left: list[ReadParagraph], log: Log
) -> tuple[str, list[ReadParagraph]]:
    for at, group in enumerate(groups):
        text = _one(group)
        if 0 < len(text) <= 150 and (
            text[-1] not in ".!?" or group[0].look.style is Style.SUBTITLE
        ):
            sure = Certainty.SURE if group[0].look.style is Style.SUBTITLE else Certainty.LIKELY
            log.place("Underrubrik", text, sure)
            others = [line for i, g in enumerate(groups) if i != at for line in g]
            return text, left + others
    return "", left + [line for group in groups for line in group]


def _one(lines: Sequence[ReadParagraph]) -> str:
    """Return lines as one; a word cut at the end of a line becomes whole."""
    text = ""
    for line in lines:
        said = close_up(line.text).strip(" *_#")
        text = joined(text, said) if text else said
    return text
