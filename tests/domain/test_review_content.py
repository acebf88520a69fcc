"""The proposed decision seen as blocks, and back."""

import pytest
import reviewed
from hypothesis import given
from strategies import drafts

from samverkan_desktop.domain.draft import DecisionGroup, Draft
from samverkan_desktop.domain.review_content import (
    content_of,
    decision_blocks,
    decision_groups,
    decision_key,
    with_content,
)
from samverkan_desktop.domain.text import Paragraph, spans

TEMPLATE = reviewed.TEMPLATES["stockholm-remissvar"]


@given(drafts())
def test_a_decision_is_the_same_after_it_has_been_seen_as_blocks(draft: Draft) -> None:
    assert decision_groups(decision_blocks(draft.decision)) == draft.decision
    key = decision_key(TEMPLATE)
    assert with_content(draft, TEMPLATE, key, content_of(draft, TEMPLATE, key)) == draft
    for section in draft.sections:
        content = content_of(draft, TEMPLATE, section.key)
        assert with_content(draft, TEMPLATE, section.key, content) == draft


def test_what_is_neither_lead_in_nor_list_becomes_an_item() -> None:
    extra = Paragraph(spans("Räcket målas."), "x")
    group = DecisionGroup(items=((Paragraph(spans("Bryggan byts."), "a"),),))
    (made,) = decision_groups((*decision_blocks((group,)), extra))
    assert made.items == (*group.items, (extra,))
    assert decision_groups((extra,)) == (DecisionGroup(items=((extra,),)),)


def test_text_of_a_section_that_is_gone_is_refused_and_not_dropped() -> None:
    with pytest.raises(KeyError):
        with_content(Draft(template=TEMPLATE.id, title=""), TEMPLATE, "borta", ())
