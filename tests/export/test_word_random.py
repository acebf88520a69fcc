"""Any draft at all: Word says what the plain text says, word for word and number for number."""

import io

import docx
from hypothesis import given
from hypothesis import strategies as st
from strategies import drafts
from word_documents import FOLDERS, picture, to_word
from word_text import word_text, words

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.export.text import write_text

TEMPLATES = load_catalogue(FOLDERS).templates
PICTURE = picture(20, 10)


@given(st.sampled_from(sorted(TEMPLATES)).flatmap(lambda name: drafts(template=name)))
def test_word_and_text_say_the_same_in_the_same_order(draft: Draft):
    made = compose(draft, TEMPLATES[draft.template])
    data = to_word(made, lambda _: PICTURE)
    docx.Document(io.BytesIO(data))
    said = " ".join(line.as_text for line in word_text(data).in_order())
    assert words(said) == words(write_text(made))


@given(drafts())
def test_the_same_draft_gives_the_same_bytes(draft: Draft):
    made = compose(draft, TEMPLATES[draft.template])
    assert to_word(made, lambda _: PICTURE) == to_word(made, lambda _: PICTURE)
