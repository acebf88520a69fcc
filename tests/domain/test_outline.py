import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan_desktop.domain.draft import DecisionGroup, Draft, Section, with_section
from samverkan_desktop.domain.outline import State, outline, outline_entry, put_section, reorder
from samverkan_desktop.domain.template import (
    DecisionForm,
    DecisionRule,
    Need,
    Slot,
    SlotKind,
    Template,
)
from samverkan_desktop.domain.text import Paragraph, paragraph

KEYS = ("fraga", "a", "b", "c", "d")
TEMPLATE = Template(
    id="prov",
    name="Prov",
    group="Prov",
    document_name="Prov",
    decision=DecisionRule(form=DecisionForm.SENTENCE),
    slots=(
        Slot(key="fraga", heading="Förslag", need=Need.REQUIRED, kind=SlotKind.DECISION),
        *(Slot(key=key, heading=key.upper(), need=Need.RECOMMENDED) for key in KEYS[1:]),
    ),
)


def draft(*keys: str, **fields) -> Draft:
    sections = tuple(Section(key=key, content=(paragraph(key),)) for key in keys)
    return Draft(template="prov", title="Prov", sections=sections, **fields)


def keys_of(value: Draft) -> list[str]:
    return [entry.key for entry in outline(value, TEMPLATE)]


@pytest.mark.parametrize(
    ("present", "shown"),
    [
        ((), ["fraga", "a", "b", "c", "d"]),
        (("b",), ["fraga", "a", "b", "c", "d"]),
        (("d", "b"), ["fraga", "a", "d", "b", "c"]),
        (("a", "egen", "c"), ["fraga", "a", "b", "egen", "c", "d"]),
        (("egen",), ["fraga", "a", "b", "c", "d", "egen"]),
        (("c", "fraga"), ["c", "d", "fraga", "a", "b"]),
        (("d", "c", "b", "a", "fraga"), ["d", "c", "b", "a", "fraga"]),
    ],
)
def test_a_slot_not_begun_stands_after_the_nearest_before_it(present, shown):
    assert keys_of(draft(*present)) == shown


def test_every_slot_and_section_is_there_once_and_says_whether_it_is_in_the_draft():
    entries = outline(draft("b", "egen"), TEMPLATE)
    assert {entry.key: entry.in_draft for entry in entries} == {
        "fraga": False, "a": False, "b": True, "c": False, "d": False, "egen": True,
    }  # fmt: skip
    assert {entry.key: entry.need for entry in entries if entry.key in ("fraga", "b", "egen")} == {
        "fraga": Need.REQUIRED,
        "b": Need.RECOMMENDED,
        "egen": Need.OPTIONAL,
    }


def test_a_decision_slot_under_another_heading_is_still_the_decision():
    value = Draft(
        template="prov",
        title="Prov",
        sections=(Section(key="a"), Section(key="fraga", heading="Beslutsförslag")),
    )
    decisions = [entry for entry in outline(value, TEMPLATE) if entry.is_decision]
    assert [(entry.key, entry.heading) for entry in decisions] == [("fraga", "Beslutsförslag")]


@pytest.mark.parametrize(
    ("section", "heading"),
    [
        (Section(key="a"), "A"),
        (Section(key="a", heading="Egen rubrik"), "Egen rubrik"),
        (Section(key="a", heading="  "), "A"),
        (Section(key="egen"), ""),
        (Section(key="egen", heading=""), ""),
        (Section(key="egen", heading="Övrigt"), "Övrigt"),
    ],
)
def test_headings(section: Section, heading: str):
    value = dataclasses.replace(draft(), sections=(section,))
    assert {entry.key: entry.heading for entry in outline(value, TEMPLATE)}[section.key] == heading


@pytest.mark.parametrize(
    ("section", "state"),
    [
        (Section(key="a"), State.EMPTY),
        (Section(key="a", content=(Paragraph(),)), State.EMPTY),
        (Section(key="a", content=(paragraph("ord"),)), State.BEGUN),
        (Section(key="a", content=(paragraph("ord"),), hidden=True), State.BEGUN),
        (Section(key="a", content=(paragraph("ord"),), done=True), State.DONE),
        (Section(key="a", done=True), State.DONE),
        (Section(key="a", not_applicable="Berör ingen."), State.DONE),
        (Section(key="a", not_applicable=""), State.BEGUN),
    ],
)
def test_how_far_a_section_has_come(section: Section, state: State):
    value = dataclasses.replace(draft(), sections=(section,))
    assert {entry.key: entry.state for entry in outline(value, TEMPLATE)}["a"] is state


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        ((), State.EMPTY),
        ((DecisionGroup(lead_in="Nämnden beslutar", items=((), (Paragraph(),))),), State.EMPTY),
        ((DecisionGroup(), DecisionGroup(items=((paragraph("Bifalles."),),))), State.BEGUN),
    ],
)
def test_how_far_the_decision_has_come(decision, state: State):
    entries = outline(draft(decision=decision), TEMPLATE)
    assert entries[0].state is state


def test_a_section_is_put_where_the_outline_shows_it():
    value = draft("a", "egen", "d")
    for key in ("fraga", "c"):
        shown = keys_of(value)
        value = put_section(value, TEMPLATE, Section(key=key))
        assert keys_of(value) == shown
    assert [s.key for s in value.sections] == ["fraga", "a", "c", "egen", "d"]


def test_putting_a_section_that_is_there_replaces_it_in_place():
    value = draft("a", "b", "c")
    new = Section(key="b", content=(paragraph("nytt"),))
    put = put_section(value, TEMPLATE, new)
    assert put.sections == (value.sections[0], new, value.sections[2])
    assert with_section(value, new) == put


def test_an_own_section_is_put_last():
    value = put_section(draft("a"), TEMPLATE, Section(key="egen", heading="Övrigt"))
    assert [s.key for s in value.sections] == ["a", "egen"]


def test_replacing_a_section_that_is_not_there_is_an_error():
    with pytest.raises(KeyError, match="egen"):
        with_section(draft("a"), Section(key="egen"))


@given(st.permutations(KEYS), st.lists(st.sampled_from((*KEYS, "egen", "min")), unique=True))
def test_reordering_makes_the_order_and_loses_nothing(order, present):
    value = draft(*present)
    own = [key for key in present if key not in KEYS]
    made = reorder(value, TEMPLATE, [*own, *order])
    assert keys_of(made) == [*own, *order]
    assert {s.key: s for s in value.sections}.items() <= {s.key: s for s in made.sections}.items()


@given(st.lists(st.sampled_from((*KEYS, "egen", "min")), unique=True), st.sampled_from(KEYS))
def test_putting_any_section_keeps_what_the_outline_shows(present, key):
    value = draft(*present)
    assert keys_of(put_section(value, TEMPLATE, Section(key=key))) == keys_of(value)


@pytest.mark.parametrize("order", [("a",), ("fraga", "a", "b", "c", "c"), (*KEYS, "egen"), ()])
def test_an_order_that_names_too_few_or_too_many_is_refused(order):
    with pytest.raises(ValueError, match="every section once"):
        reorder(draft("a"), TEMPLATE, order)


def test_one_line_of_the_outline_is_found_by_its_key_and_no_other():
    value = draft("b", "egen")
    found = {entry.key: entry for entry in outline(value, TEMPLATE)}
    assert {key: outline_entry(value, TEMPLATE, key) for key in found} == found
    with pytest.raises(KeyError, match="okänd"):
        outline_entry(value, TEMPLATE, "okänd")
