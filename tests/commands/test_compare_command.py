"""`samverkan compare`: what differs, readably and as JSON, with exit codes as those of diff."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.text import Paragraph, Span, paragraph
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.store.library import Library
from tests.commands.answers import one_sentence, write_json

LONG = (
    "Parken byggdes 1962 av dåvarande gatukontoret och har sedan dess inte fått några nya redskap,"
    " trots att barnen i området har blivit fler för varje år som har gått och flera skolor ligger"
    " inom gångavstånd."
)

WORDS = (
    "Parken byggdes [-1962-]{+1971+} av dåvarande gatukontoret och har … trots att barnen i"
    " området har blivit [-fler-]{+färre+} för varje år som har gått och flera …"
)


@pytest.fixture
def draft(run, tmp_path: Path) -> str:
    sections = [
        {"key": "bakgrund", "content": f"{LONG}\n\nKartan är gammal och visar fel vägar."},
        {"key": "arendet", "content": "Vi föreslår en **ny** park."},
    ]
    path = write_json(tmp_path / "a.json", title="Parken", sections=sections)
    return run("new", path).out.strip()


@pytest.fixture
def edit(library: Path, draft: str) -> Callable[[Callable[[Draft], Draft]], None]:
    def change(how: Callable[[Draft], Draft]) -> None:
        with Library.open(library) as opened:
            old = opened.load(draft)
            opened.save(how(old), old)
            opened.history.keep(draft, Reason.WRITTEN)

    return change


def rewritten(draft: Draft) -> Draft:
    background, matter = draft.sections
    first, moved = background.content
    first = replace(
        first, spans=(Span(LONG.replace("1962", "1971").replace("blivit fler", "blivit färre")),)
    )
    plain = Paragraph((Span("Vi föreslår en ny park."),), matter.content[0].id)
    return replace(
        draft,
        title="Torget",
        sections=(
            replace(background, content=(first,)),
            replace(matter, content=(plain, moved, paragraph("Helt nytt."))),
            Section(key="egen", heading="Eget avsnitt", content=(paragraph("Mer."),)),
        ),
    )


def test_versions_that_are_equal_say_so_and_end_with_0(run, draft) -> None:
    answer = run("compare", draft, 1)
    assert (answer.code, answer.out) == (0, "Ingenting skiljer versionerna åt.\n")
    assert run("compare", draft, 1, 1, "--json").json == []


def test_what_differs_is_told_in_the_order_of_the_document(run, draft, edit) -> None:
    edit(rewritten)
    answer = run("compare", draft, 1)
    assert answer.code == 1
    assert answer.out.splitlines() == [
        "Ärendeuppgifter",
        "    Rubrik: [-Parken-]{+Torget+}",
        "",
        "Bakgrund",
        f"    Ändrat: {WORDS}",
        "    Flyttat härifrån till Ärendet: Kartan är gammal och visar fel vägar.",
        "",
        "Ärendet",
        "    Ändrat: Vi föreslår en {~ny~ inte fet} park.",
        "    Flyttat hit från Bakgrund: Kartan är gammal och visar fel vägar.",
        "    Nytt: Helt nytt.",
        "",
        "Eget avsnitt (nytt avsnitt)",
        "    Nytt: Mer.",
        "",
        "6 ändringar",
    ]


def test_two_versions_and_a_version_and_now(run, draft, edit) -> None:
    edit(rewritten)
    edit(lambda now: replace(now, title="Torget i dag"))
    assert run("compare", draft, 1, 2).code == 1
    answer = run("compare", draft[:8], 2)
    assert answer.out.splitlines() == [
        "Ärendeuppgifter",
        "    Rubrik: Torget{+ i dag+}",
        "",
        "1 ändring",
    ]
    assert run("compare", draft, 3).code == 0


def test_a_program_gets_every_change_with_its_words(run, draft, edit) -> None:
    edit(rewritten)
    head, background, *_ = run("compare", draft, 1, 2, "--json").json
    (title,) = head["rows"]
    assert (title["label"], title["old"], title["new"]) == ("Rubrik", "Parken", "Torget")
    assert title["pieces"] == [
        {"kind": "removed", "text": "Parken"},
        {"kind": "added", "text": "Torget"},
    ]
    assert (background["key"], background["change"]) == ("bakgrund", "changed")
    left = background["rows"][-1]
    assert (left["change"], left["new"], left["elsewhere"]) == ("left", None, "arendet")


def test_a_line_that_becomes_something_else_is_told(run, draft, edit) -> None:
    from samverkan_desktop.domain.text import BulletList, ListItem

    def listed(now: Draft) -> Draft:
        background, matter = now.sections
        content = (BulletList((ListItem(background.content),)),)
        return replace(now, sections=(replace(background, content=content), matter))

    edit(listed)
    assert "    Ändrat (stycke → stycke i punkt): Parken byggdes" in run("compare", draft, 1).out


@pytest.mark.parametrize(
    ("numbers", "told"), [((9,), "ingen version 9"), ((1, 7), "ingen version 7"), (("x",), "tal")]
)
def test_a_version_that_is_not_there_is_told(run, draft, numbers, told) -> None:
    answer = run("compare", draft, *numbers)
    assert (answer.code, one_sentence(answer)) == (2, True)
    assert told in answer.err
