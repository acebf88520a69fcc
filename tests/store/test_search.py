"""Search: what an officer types finds what an officer wrote."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samverkan_desktop.domain.draft import DecisionGroup, Draft, Officer, Referral, Section
from samverkan_desktop.domain.text import Span, Table, paragraph, plain_text, spans
from samverkan_desktop.domain.typography import clean
from samverkan_desktop.store.index import fold
from samverkan_desktop.store.library import Library
from tests.strategies import drafts

_NUMBERS = itertools.count()  # for drafts that hypothesis adds to one library


def draft(draft_id: str, title: str, text: str = "", **fields: object) -> Draft:
    sections = (Section(key="arendet", content=(paragraph(text),)),) if text else ()
    return Draft(
        id=draft_id, template="stockholm-remissvar", title=title, sections=sections, **fields
    )


def found(library: Library, words: str) -> list[str]:
    return [hit.summary.id for hit in library.search(words)]


@pytest.fixture
def full(library: Library) -> Library:
    library.add(draft("park", "Ny park vid ån", "Kommunens trygghetsstrategi gäller även här."))
    library.add(
        draft(
            "kafé",
            "Uteservering på Café Lövsångaren",
            "Ägaren, fru Núñez, söker tillstånd för sämskgarvade sittdynor.",
            dnr="KS 2023/740",
        )
    )
    library.add(draft("väg", "Väg 73 vid Ösmo", "Trafiken ökar.", dnr="1.6-216/2013"))
    return library


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("trygghet", ["park"]),
        ("TRYGGHETSSTRATEGI", ["park"]),
        ("strategi", []),  # the beginning of a word, not its middle
        ("park trygghet", ["park"]),  # title and section
        ("trygghet kafé", []),  # two drafts
        ("cafe", ["kafé"]),
        ("café", ["kafé"]),
        ("nunez", ["kafé"]),
        ("lovsangaren", []),  # ö and å are letters of their own
        ("lövsång", ["kafé"]),
        ("LÖVSÅNG", ["kafé"]),
        ("a\N{COMBINING RING ABOVE}n", ["park"]),  # decomposed, as from a Mac
        ("samskgarvade", []),
        ("ösmo", ["väg"]),
        ("osmo", []),
        ("KS 2023/740", ["kafé"]),
        ("ks 2023", ["kafé"]),
        ("2023/740", ["kafé"]),
        ("2023-740", ["kafé"]),
        ("740/2023", []),
        ("1.6-216/2013", ["väg"]),
        ("1.6-216", ["väg"]),
        ("1.6-217", []),
        ("  park \t vid  ", ["park"]),
        ("vid", ["väg", "park"]),
        ("finnsinte", []),
    ],
)
def test_words_find(full: Library, words: str, ids: list[str]) -> None:
    assert found(full, words) == ids


@pytest.mark.parametrize(
    "words",
    ["", " ", '"', '""', "*", "-", "park*", 'park"', "park AND", "NOT", "NEAR(", "park NEAR ån",
     "shown:park", "folded : park", "^park", "park + ån", "(park", "{a b}: c", "\x00", "\ud800",
     "%", "_", "'; DROP TABLE drafts; --", "—", "🙂"],
)  # fmt: skip
def test_any_signs_are_safe(full: Library, words: str) -> None:
    full.search(words)
    assert len(full.summaries()) == 3


def test_signs_around_a_word_are_passed_over(full: Library) -> None:
    for words in ("park*", '"park"', "(park)", "park.", "-park", "park AND", "”park”"):
        assert found(full, words) == (["park"] if "AND" not in words else [])


def test_a_number_is_shown_where_all_of_it_stands(library: Library) -> None:
    text = f"Under 2023 {'hände mycket ' * 20}i ärende KS 2023/740."
    library.add(draft("a", "Park", text))
    (hit,) = library.search("2023/740")
    assert "i ärende KS 2023/740." in hit.snippet
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["2023/740"]


def test_everything_an_officer_writes_is_found(library: Library) -> None:
    table = Table(
        header=(spans("Kostnadsslag"),), rows=((spans("hyra"),),), caption=spans("bokslut")
    )
    library.add(
        Draft(
            id="a",
            template="t",
            title="Rubriken",
            officer=Officer(name="Anna Handläggarsson"),
            referral=Referral(sender="Avsändarnämnden", sender_dnr="Abc 1/22"),
            decision=(
                DecisionGroup(lead_in="Inledningen", items=((paragraph("Beslutsmening"),),)),
            ),
            sections=(
                Section(key="k", heading="Egenrubrik", content=(table,)),
                Section(key="l", not_applicable="Skälangivelse"),
            ),
        )
    )
    for word in (
        "rubriken", "handläggarsson", "avsändarnämnden", "abc 1/22", "inledningen", "beslutsmening",
        "egenrubrik", "kostnadsslag", "hyra", "bokslut", "skälangivelse",
    ):  # fmt: skip
        assert found(library, word) == ["a"], word


def test_a_soft_hyphen_or_marks_inside_a_word_do_not_hide_it(library: Library) -> None:
    content = (
        replace(paragraph(""), spans=(Span("sam\N{SOFT HYPHEN}ver"), Span("kan", bold=True))),
    )
    library.add(
        Draft(id="a", template="t", title="", sections=(Section(key="k", content=content),))
    )
    assert found(library, "samverkan") == ["a"]


def test_the_index_follows_what_is_saved(library: Library) -> None:
    old = library.add(draft("a", "Första", "gammal text"))
    new = replace(old, title="Andra", sections=(Section(key="ny", content=(paragraph("ersatt"),)),))
    library.save(new, old)
    assert found(library, "första") == found(library, "gammal") == []
    assert found(library, "andra ersatt") == ["a"]


def test_title_and_dnr_come_before_text_then_the_last_changed(library: Library) -> None:
    library.add(draft("titel", "Lekplats"))
    library.add(draft("äldre", "Park", "en lekplats"))
    library.add(draft("yngre", "Torg", "en lekplats"))
    assert found(library, "lekplats") == ["titel", "yngre", "äldre"]


def test_no_more_than_asked_for(library: Library) -> None:
    for number in range(5):
        library.add(draft(f"d{number}", "Lekplats"))
    assert [h.summary.id for h in library.search("lek", 2)] == ["d4", "d3"]


def test_a_hit_shows_its_words_in_their_text(full: Library) -> None:
    (hit,) = full.search("TRYGGHET")
    assert hit.section == "arendet"
    assert hit.snippet == "Kommunens trygghetsstrategi gäller även här."
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["trygghet"]

    (hit,) = full.search("tryg trygghetss")
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["trygghetss"]

    (hit,) = full.search("nunez")
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["Núñez"]

    (hit,) = full.search("2023/740")
    assert hit.section == ""
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["2023/740"]


def test_a_long_text_is_cut_around_the_hit(library: Library) -> None:
    library.add(draft("a", "Titel", f"{'före ' * 200}mitt i prick {'efter ' * 200}"))
    (hit,) = library.search("prick")
    assert hit.snippet.startswith("… före")
    assert hit.snippet.endswith("efter …")
    assert len(hit.snippet) < 160
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["prick"]


def test_a_word_longer_than_the_snippet_is_cut(library: Library) -> None:
    library.add(draft("a", "Titel", f"{'-x' * 300} {'y' * 300}"))
    for words in ("x", "yy"):
        (hit,) = library.search(words)
        assert len(hit.snippet) < 160
        assert {hit.snippet[a:b] for a, b in hit.marks} == {words}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(drafts(files=()), st.randoms(use_true_random=False))
def test_any_words_of_a_draft_find_it_and_are_marked(library: Library, made: Draft, random) -> None:
    made = library.add(replace(made, id=f"d{next(_NUMBERS)}"))
    texts = [made.title, *(plain_text(section.content) for section in made.sections)]
    words = [word for text in texts for word in clean(text).split()]
    chosen = random.sample(words, min(3, len(words)))
    if not any(char.isalnum() for char in "".join(chosen)):
        return
    hits = [hit for hit in library.search(" ".join(chosen), 10_000) if hit.summary.id == made.id]
    assert len(hits) == 1
    assert hits[0].marks
    assert all(0 <= a < b <= len(hits[0].snippet) for a, b in hits[0].marks)


@given(st.text())
@example("İı ß Ǆ ﬁ 한국 \N{COMBINING RING ABOVE}")
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding_is_what_swedes_expect() -> None:
    assert fold("ÅÄÖ åäö ÉÈÜÑ Łódź Ærø") == "åäö åäö eeun lodz ärö"
    assert fold("KS 2023/740, e-post_x") == "ks 2023 740  e post x"


@pytest.mark.parametrize("words", ["", "  ", " – ! ? "])
def test_where_nothing_is_asked_for_nothing_is_found(library: Library, words: str) -> None:
    library.add(draft("a", "Parken"))
    assert library.search(words) == []
