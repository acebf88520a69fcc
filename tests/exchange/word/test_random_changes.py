"""Any changes at all: what is suggested is what Word would show, in whatever order it is judged."""

import random

import pytest
from lxml import etree
from reviewed import ANNA, BO, DRAFT, TEMPLATES, back, sent
from test_returned import KEYS, in_word, lines
from word_changes import Edited, W, find, text_of

from samverkan_desktop.domain.review_content import content_of, with_content
from samverkan_desktop.domain.reviewing import accept_all

TEMPLATE = TEMPLATES[DRAFT.template]
SENT = sent()


def change(edited: Edited, chance: random.Random) -> None:
    """Do something in a paragraph somewhere, as one of two people."""
    p = chance.choice([p for key in KEYS for p in edited.paragraphs(key)[1:]])
    who, length = chance.choice([ANNA, BO]), len(text_of(p))
    at = chance.randint(0, length)
    end = min(length, at + chance.randint(1, 12))
    row = next(p.iterancestors(W + "tr"), None)
    has_next = p.getnext() is not None and p.getnext().tag == W + "p"
    choices = {
        "insert": lambda: edited.insert(p, at, chance.choice(["nytt ", "x", '"så" ']), who),
        "delete": lambda: edited.delete(p, at, end, who),
        "bold": lambda: edited.embolden(p, at, end, who),
    }
    if row is not None:
        choices["add row"] = lambda: edited.add_row(row, ["ny", "1"], who)
        if not find(row, "w:trPr/w:tblHeader|w:trPr/w:del"):
            choices["delete row"] = lambda: edited.delete_row(row, who)
    elif not find(p, ".//w:drawing") and not _is_caption(p):
        choices["split"] = lambda: edited.split(p, at, who)
        choices["add"] = lambda: edited.add_after(p, f"Stycke av {who}", who)
        if has_next and not find(p.getnext(), ".//w:drawing"):
            choices["join"] = lambda: edited.join(p, who)
            choices["remove"] = lambda: edited.delete_paragraph(p, who)
        if not find(p, "w:pPr/w:pPrChange"):
            choices["style"] = lambda: edited.style(p, chance.choice(["Normal", "Heading3"]), who)
    chance.choice(list(choices.values()))()


def _is_caption(p: etree._Element) -> bool:
    """A caption belongs to its picture or table, whatever comes between them."""
    before, after = p.getprevious(), p.getnext()
    is_under = before is not None and bool(find(before, ".//w:drawing"))
    return is_under or (after is not None and after.tag == W + "tbl")


@pytest.mark.parametrize("seed", range(60))
def test_accepting_in_any_order_gives_what_word_would_show(seed: int) -> None:
    chance = random.Random(seed)
    edited = Edited(SENT)
    for _ in range(1 + seed % 6):
        change(edited, chance)
    data = edited.save()
    returned = back(data)
    for key in KEYS:
        own = [one for one in returned.suggestions if one.section == key]
        content = content_of(DRAFT, TEMPLATE, key)
        shuffled = chance.sample(own, len(own))
        made = accept_all(content, own)
        assert accept_all(content, shuffled) == made
        draft = with_content(DRAFT, TEMPLATE, key, made)
        assert lines(draft, key) == in_word(data, key, accept=True)


@pytest.mark.parametrize("seed", range(20))
def test_every_character_of_a_section_is_accounted_for(seed: int) -> None:
    """What isn't as it was sent is in a suggestion: accepting all explains the whole file."""
    chance = random.Random(1000 + seed)
    edited = Edited(SENT)
    for _ in range(4):
        change(edited, chance)
    returned = back(edited.save())
    assert returned.account.total == sum(len(text_of(p)) for p in edited.paragraphs())
