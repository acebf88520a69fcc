"""One section goes back; the others stay."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan_desktop.domain.draft import DecisionGroup, Draft, Section
from samverkan_desktop.domain.restoring import with_decision_as_in, with_section_as_in
from samverkan_desktop.domain.text import paragraph


def draft(**texts: str) -> Draft:
    sections = tuple(Section(key=key, content=(paragraph(t),)) for key, t in texts.items())
    return Draft(template="t", title="T", sections=sections)


def test_a_rewritten_section_is_as_it_was_and_stays_where_it_is() -> None:
    now, then = draft(a="ny", b="ny", c="ny"), draft(b="gammal", a="gammal")
    assert with_section_as_in(now, then, "b") == draft(a="ny", b="gammal", c="ny")


def test_a_removed_section_comes_back_after_its_neighbour() -> None:
    now, then = draft(c="ny", a="ny"), draft(a="1", b="2", x="3", d="4")
    assert with_section_as_in(now, then, "d") == draft(c="ny", a="ny", d="4")
    assert with_section_as_in(now, draft(d="4", a="1"), "d") == draft(d="4", c="ny", a="ny")


def test_a_section_that_was_not_there_is_taken_out() -> None:
    assert with_section_as_in(draft(a="1", b="2"), draft(a="0"), "b") == draft(a="1")


def test_the_decision_goes_back_with_its_section_where_it_has_one() -> None:
    old, new = (DecisionGroup(items=((paragraph(text),),)) for text in ("gammal", "ny"))
    now, then = replace(draft(a="ny"), decision=(new,)), replace(draft(a="1"), decision=(old,))
    assert with_decision_as_in(now, then, "b") == replace(now, decision=(old,))
    headed = replace(then, sections=(*then.sections, Section(key="b", heading="Beslut")))
    back = with_decision_as_in(now, headed, "b")
    assert (back.decision, back.section("b")) == ((old,), headed.section("b"))
    assert back.section("a") == now.section("a")


def test_a_section_that_nobody_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        with_section_as_in(draft(a="1"), draft(a="1"), "z")


texts = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["1", "2"]))


@given(texts, texts, st.sampled_from("abcdef"))
def test_nothing_else_changes(now_texts, then_texts, key) -> None:
    now, then = draft(**now_texts), draft(**then_texts)
    if key not in now_texts and key not in then_texts:
        return
    restored = with_section_as_in(now, then, key)
    assert restored.section(key) == then.section(key)
    others = [section for section in restored.sections if section.key != key]
    assert others == [section for section in now.sections if section.key != key]
