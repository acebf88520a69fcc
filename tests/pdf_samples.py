"""PDF files of ours: of the shipped examples, and of drafts that nobody would write."""

import functools
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pdf_documents import FOLDERS, picture, to_pdf
from strategies import drafts

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.codec.draft_json import read_draft, write_draft
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.export_errors import MissingAltTextError
from samverkan_desktop.export.pdf.fonts import MissingGlyphError, load_fonts
from samverkan_desktop.services.writing import files_beside, read_json

EXAMPLES = sorted((FOLDERS.resources / "examples").glob("*.json"))
CATALOGUE = load_catalogue(FOLDERS)
FONT = load_fonts(FOLDERS).serif.regular
PICTURE = picture(20, 10)


def example_pdf(path: Path) -> bytes:
    """Return a shipped example as PDF."""
    draft = read_json(path)
    return to_pdf(compose(draft, CATALOGUE.template(draft.template)), files_beside(path))


@functools.cache
def random_pdfs(count: int) -> tuple[bytes, ...]:
    """Return PDF files of random drafts, always the same ones, of all templates."""
    made: list[bytes] = []
    for draft in _random_drafts(count * 3 // 2):
        document = compose(with_shown_characters(draft), CATALOGUE.template(draft.template))
        try:
            made.append(to_pdf(document, lambda _: PICTURE))
        except MissingAltTextError:
            continue
        if len(made) == count:
            return tuple(made)
    raise AssertionError(f"only {len(made)} of {count} random drafts can be exported")


def _random_drafts(count: int) -> list[Draft]:
    found: list[Draft] = []
    templates = st.sampled_from(sorted(CATALOGUE.templates))

    @seed(20260302)
    @settings(
        max_examples=count,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(templates.flatmap(lambda template: drafts(template=template)))
    def collect(draft: Draft) -> None:
        found.append(draft)

    collect()
    return found


@functools.cache
def can_be_shown(character: str) -> bool:
    try:
        FONT.measure(character)
    except MissingGlyphError:
        return False
    return True


def with_shown_characters(draft: Draft) -> Draft:
    """Replace what no font has; random text is nearly all of that kind.

    Arabic presentation forms are replaced too: they are read as the letters that they show.
    """
    text = write_draft(draft).decode()
    shown = {
        char: char
        if char == "\n" or (can_be_shown(char) and not "\ufb50" <= char <= "\ufefc")
        else "ж"
        for char in set(text)
    }
    return read_draft("".join(shown[char] for char in text), "draft")
