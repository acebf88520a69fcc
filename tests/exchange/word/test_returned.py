"""Our Word file back: what was done in it is suggested and told, and nothing else is."""

import pytest
from reviewed import ANNA, BO, DRAFT, SCENARIOS, TEMPLATES, back, fixture, sent
from word_changes import Edited, find, shown, w
from word_documents import members, xml

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.review import Suggestion, TextEdit
from samverkan_desktop.domain.review_content import content_of, with_content
from samverkan_desktop.domain.review_words import sentence
from samverkan_desktop.domain.reviewing import accept_all, anchored
from samverkan_desktop.domain.text import block_spans, plain_text, spans_text, walk
from samverkan_desktop.domain.typography import typeset_text
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.word.carried import carried_draft, carried_files

TEMPLATE = TEMPLATES[DRAFT.template]
KEYS = ("beslut", "sammanfattning", "arendet", "ekonomi")


def accepted(draft: Draft, suggestions: tuple[Suggestion, ...]) -> Draft:
    for key in KEYS:
        own = [one for one in suggestions if one.section == key]
        content = content_of(draft, TEMPLATE, key)
        draft = with_content(draft, TEMPLATE, key, accept_all(content, own))
    return draft


def lines(draft: Draft, key: str) -> list[str]:
    """What is printed of a section, without its heading."""
    content = content_of(draft, TEMPLATE, key)
    pieces = (spans_text(s) for block in walk(content) for s in block_spans(block))
    return plain([typeset_text(piece) for piece in pieces])


def plain(texts: list[str]) -> list[str]:
    folded = (
        " ".join(typeset_text(text).replace("\N{NO-BREAK SPACE}", " ").split()) for text in texts
    )
    return [text for text in folded if text]


def in_word(data: bytes, key: str, accept: bool) -> list[str]:
    control = find(xml(data), f".//w:sdt[w:sdtPr/w:tag/@w:val='{key}']")[0]
    return plain(shown(control, accept)[1:])


def said(data: bytes) -> list[tuple[str, str]]:
    return [(one.author, sentence(one)) for one in back(data).suggestions]


def test_a_file_that_nobody_has_touched_says_nothing() -> None:
    returned = back(sent())
    assert returned.is_untouched
    assert returned.lost == ()
    assert returned.draft_id == DRAFT.id


@pytest.mark.parametrize("name", SCENARIOS)
def test_accepting_all_gives_what_word_would_show(name: str) -> None:
    data = fixture(name)
    made = accepted(DRAFT, back(data).suggestions)
    for key in KEYS:
        if name == "utanfor" and key == "sammanfattning":
            continue  # its heading was changed, which is no suggestion
        assert lines(made, key) == in_word(data, key, accept=True)


@pytest.mark.parametrize("name", SCENARIOS)
def test_rejecting_all_gives_the_version_sent(name: str) -> None:
    data = fixture(name)
    for key in KEYS:
        assert lines(DRAFT, key) == in_word(data, key, accept=False)[: len(lines(DRAFT, key))]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_fixture_is_what_its_scenario_makes(name: str) -> None:
    edited = Edited(sent())
    SCENARIOS[name](edited)
    assert members(edited.save()) == members(fixture(name))


def test_words_are_suggested_by_who_changed_them() -> None:
    assert said(fixture("ord")) == [
        (BO, "lägg till ”och nämndens kansli”"),
        (ANNA, "lägg till ”och 1988”"),
        (BO, "ta bort ”h 19”"),
        (BO, "gör fet: ”Arbetet”"),
        (ANNA, "ta bort ”1 057” och lägg till ”1 200”"),
    ]


def test_a_deletion_of_anothers_insertion_stands_within_that() -> None:
    suggestions = back(fixture("ord")).suggestions
    outer, inner = (
        one for one in suggestions if "1988" in sentence(one) or "h 19" in sentence(one)
    )
    assert inner.within == outer.id
    edit = inner.edits[0]
    assert isinstance(edit, TextEdit)
    assert edit.before[edit.start : edit.end] == "h 19"


def test_what_was_not_changed_stays_as_it_was_typed() -> None:
    """The printed dash, spaces and quotation marks are never taken for changes."""
    made = accepted(DRAFT, back(fixture("ord")).suggestions)
    text = plain_text(content_of(made, TEMPLATE, "sammanfattning"))
    assert "är  i dåligt skick - den" in text
    assert '"genast"' in plain_text(content_of(made, TEMPLATE, "beslut"))


def test_a_move_is_one_suggestion() -> None:
    assert said(fixture("flyttat")) == [
        (ANNA, "flytta: ”Arbetet kostar 1 057 tkr och tar sex veckor.”")
    ]


def test_rows_are_told_without_the_header() -> None:
    assert (BO, "lägg till ”Transport | 50”") in said(fixture("tabeller"))
    assert (ANNA, "ta bort ”Summa | 450”") in said(fixture("tabeller"))


def test_comments_stand_at_their_words_with_the_answers() -> None:
    comments = back(fixture("kommentarer")).comments
    first, over_two, in_cell, in_title = comments
    assert [reply.text for reply in first.replies] == ["Ja, enligt bygglovet.", "Tack!"]
    assert (first.remark.author, first.remark.text) == (BO, "Stämmer årtalet?")
    assert (over_two.anchor.quote, over_two.resolved) == ("ar sex veckor.", True)
    assert (in_cell.anchor.block, in_cell.anchor.spot) == ("t1", "rows.0.0")
    assert (in_title.anchor.section, in_title.anchor.quote) == ("", "Ny")


def test_each_comment_sits_on_its_quote() -> None:
    for comment in back(fixture("kommentarer")).comments:
        if comment.anchor.block:
            content = content_of(DRAFT, TEMPLATE, comment.anchor.section)
            assert anchored(content, comment.anchor) == comment.anchor


def test_what_stands_outside_the_sections_is_told() -> None:
    outside = {
        one.place: (one.before, one.after, one.author) for one in back(fixture("utanfor")).outside
    }
    assert outside == {
        "titeln": ("Ny brygga vid Norrviken", "Ny arebrygga vid Norrviken", ANNA),
        "rubriken till avsnittet ”Sammanfattning”": ("Sammanfattning", "Kort om ärendet", BO),
        "mellan avsnitten": ("", "Mellan avsnitten.", ANNA),
    }


def untracked(name: str) -> bytes:
    """The file with every change accepted in Word: what is left are edits that nobody tracked."""
    edited = Edited(fixture(name))
    for p in edited.paragraphs():
        for gone in find(p, ".//w:del"):
            if gone.getparent().tag != f"{{{p.nsmap['w']}}}rPr":
                gone.getparent().remove(gone)
        for put in find(p, ".//w:ins[w:r]"):
            for r in list(put):
                put.addprevious(r)
            put.getparent().remove(put)
        for changed in find(p, ".//w:rPrChange"):
            changed.getparent().remove(changed)
    return edited.save(saved_by="Kim Sparare")


def test_untracked_edits_are_suggestions_of_who_saved_the_file() -> None:
    data = untracked("ord")
    suggestions = back(data).suggestions
    assert {one.author for one in suggestions} == {"Kim Sparare"}
    made = accepted(DRAFT, suggestions)
    for key in KEYS:
        assert lines(made, key) == in_word(data, key, accept=True)


def test_the_same_file_gives_the_same_ids() -> None:
    for name in SCENARIOS:
        assert back(fixture(name)) == back(fixture(name))


def test_text_boxes_and_notes_are_told() -> None:
    edited = Edited(sent())
    box = w("txbxContent", w("p", w("r", w("t"))))
    next(box.iter("{*}t")).text = "I en ruta"
    edited.paragraph("Läs mer").append(w("r", w("pict", box)))
    outside = back(edited.save()).outside
    assert [(one.place, one.after) for one in outside] == [("textruta", "I en ruta")]


def test_a_new_picture_comes_with_its_file() -> None:
    edited = Edited(sent())
    figure = edited.paragraph("Viken").getprevious()
    copied = edited.add_after(edited.paragraph("Läs mer"), "", ANNA)
    put = w("ins", **edited.by(ANNA))
    put.append(find(xml(sent()), ".//w:r[w:drawing]")[0])
    copied.getnext().append(put)
    assert find(figure, ".//w:drawing")
    returned = back(edited.save())
    (name,) = returned.pictures
    assert returned.pictures[name].startswith(b"\x89PNG")
    made = accepted(DRAFT, returned.suggestions)
    assert name in made.file_names()


def test_the_draft_comes_out_as_it_was_sent() -> None:
    package = Package(sent(), "fil.docx")
    carried = carried_draft(package)
    assert carried is not None
    assert carried.draft == DRAFT
    assert set(carried_files(package, carried)) == {"karta.png"}


def test_libreoffice_changes_no_text_and_what_it_loses_is_told() -> None:
    returned = back(fixture("libreoffice-orort"))
    assert returned.is_untouched
    assert "innehållskontroller" in returned.lost[0]
    assert len(returned.lost) == 1


def test_changes_survive_libreoffice() -> None:
    assert said(fixture("libreoffice-ord")) == said(fixture("ord"))


def test_text_typed_beside_a_picture_is_a_paragraph_of_its_own() -> None:
    edited = Edited(sent())
    edited.insert(edited.paragraph("Viken").getprevious(), 0, "Se kartan. ", BO)
    assert said(edited.save()) == [(BO, "lägg till ”Se kartan.”")]
