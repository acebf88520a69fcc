"""What a screen reader is told of the shipped examples, kept as text.

After a change that is meant, write the files anew with SAMVERKAN_GOLDEN=write and read the
difference: it is what listeners will notice.
"""

from pathlib import Path

import pytest
from pdf_documents import document_texts, words
from pdf_samples import CATALOGUE, EXAMPLES, example_pdf
from pdf_text import structure_outline, structure_text
from test_pdf import same_as_golden

from samverkan_desktop.domain.composition import compose
from samverkan_desktop.services.writing import read_json


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read_as_it_was(path: Path):
    same_as_golden(f"{path.stem}.structure.txt", structure_outline(example_pdf(path)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read_in_the_order_it_is_composed_in(path: Path):
    draft = read_json(path)
    composed = document_texts(compose(draft, CATALOGUE.template(draft.template)))
    assert words(structure_text(example_pdf(path))) == words(composed)
