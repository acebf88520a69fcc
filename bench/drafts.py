"""Drafts to measure with, made of the examples that ship with the program."""

import random
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.text import Block, Paragraph, paragraph, plain_text

EXAMPLES = Path(__file__).resolve().parent.parent / "resources" / "examples"

THREE_PAGES = "svar-medborgarforslag.json"
_LONGEST = "beslut-upprustning-lekplats.json"  # five pages, with lists, a quotation and a table

_PLACES = ("Almbacken", "Björkhöjden", "Ekdalen", "Granparken", "Hasselviken", "Lindtorpet")
_WHAT = ("Lekplats", "Cykelväg", "Förskola", "Bibliotek", "Utegym", "Belysning", "Odling")


def example(name: str) -> Draft:
    """Return one of the examples, with an id of its own."""
    draft = read_draft((EXAMPLES / name).read_bytes(), name)
    return replace(draft, id=uuid.uuid4().hex)


def long_draft(times: int) -> Draft:
    """Return the longest example with `times` as much text in each section.

    17 times give some 60 pages, of which the section that tells the matter has 20.
    """
    chance = random.Random(times)
    own_words = _sentences()
    draft = example(_LONGEST)
    sections = tuple(
        replace(section, content=tuple(_longer(section, times, own_words, chance)))
        for section in draft.sections
    )
    return replace(draft, title=f"{draft.title}, {times} gånger så långt", sections=sections)


def many_drafts(count: int) -> Iterator[Draft]:
    """Yield drafts of three to five pages, no two alike; the same ones every time."""
    chance = random.Random(count)
    own_words = _sentences()
    models = [example(path.name) for path in sorted(EXAMPLES.glob("*.json"))]
    for number in range(count):
        model = models[number % len(models)]
        place, what = chance.choice(_PLACES), chance.choice(_WHAT)
        yield replace(
            model,
            id=uuid.UUID(int=chance.getrandbits(128)).hex,
            title=f"{what} i {place}, etapp {number}",
            dnr=f"KS {2000 + number % 27}/{number}",
            sections=tuple(
                replace(section, content=tuple(_longer(section, 1, own_words, chance)))
                for section in model.sections
            ),
        )


def _sentences() -> dict[str, list[str]]:
    """Return the sentences of the examples' paragraphs, by the key of the section they are in.

    A section made of its own sentences has the words that such a section has.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(EXAMPLES.glob("*.json")):
        for section in example(path.name).sections:
            paragraphs = (block for block in section.content if isinstance(block, Paragraph))
            text = plain_text(tuple(paragraphs))
            found.setdefault(section.key, []).extend(re.findall(r"[A-ZÅÄÖ][^.]+\.", text))
    return found


def _longer(
    section: Section, times: int, own_words: dict[str, list[str]], chance: random.Random
) -> Iterator[Block]:
    """Yield the section's blocks `times` over, each paragraph in other words."""
    for _ in range(times):
        for block in section.content:
            if isinstance(block, Paragraph):
                yield _redrawn(block, own_words[section.key], chance)
            else:
                yield replace(block, id="")


def _redrawn(block: Paragraph, sentences: list[str], chance: random.Random) -> Paragraph:
    """Return a paragraph of about the same length."""
    text, length = "", len(plain_text((block,)))
    while len(text) < length:
        text += f" {chance.choice(sentences)}"
    return paragraph(text.strip())
