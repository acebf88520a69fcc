"""The checks: each rule fires where it should, and stays silent at the near miss."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
import strategies
from hypothesis import given, settings

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.codec.draft_json import draft_from_plain, read_draft
from samverkan_desktop.codec.markdown import read_blocks
from samverkan_desktop.domain.checks import Finding, Severity, check
from samverkan_desktop.domain.draft import (
    Approval,
    Attachment,
    DecisionGroup,
    Draft,
    Flags,
    Officer,
    Position,
    Referral,
    Section,
    Signatory,
)
from samverkan_desktop.domain.template import (
    DecisionForm,
    DecisionRule,
    DnrRule,
    Need,
    Slot,
    SlotCheck,
    SlotKind,
    Template,
)
from samverkan_desktop.domain.text import (
    Heading,
    Image,
    Paragraph,
    Quote,
    Table,
    paragraph,
    spans,
)
from samverkan_desktop.files import Folders

EXAMPLES = Path(__file__).resolve().parents[2] / "resources" / "examples"
MEETING = datetime.date(2024, 3, 21)
ONE_DAY = datetime.timedelta(days=1)

TEMPLATE = Template(
    id="prov",
    name="Prov",
    group="Prov",
    document_name="Tjänsteutlåtande",
    dnr=DnrRule(pattern=r"^KS \d{4}/\d+$", example="KS 2023/740"),
    decision=DecisionRule(
        form=DecisionForm.SENTENCE,
        phrases=("Nämnden godkänner …", "… antas och ersätter …"),
    ),
    slots=(
        Slot(
            key="fraga", heading="Förslag till beslut", need=Need.REQUIRED, kind=SlotKind.DECISION
        ),
        Slot(
            key="kort",
            heading="Sammanfattning",
            need=Need.REQUIRED,
            checks=(SlotCheck.STANDS_ALONE,),
            phrases=("Förslaget innebär att …", "… har remitterat … till nämnden."),
        ),
        Slot(
            key="pengar",
            heading="Ekonomi",
            need=Need.RECOMMENDED,
            not_applicable=True,
            checks=(SlotCheck.MENTIONS_MONEY,),
            phrases=("Kostnaden beräknas till … tkr och ryms i … budget.",),
        ),
        Slot(key="barnen", heading="Barn", need=Need.REQUIRED, not_applicable=True),
        Slot(key="klimat", heading="Klimat", need=Need.OPTIONAL),
    ),
)
REFERRAL_TEMPLATE = replace(
    TEMPLATE,
    slots=(
        *TEMPLATE.slots,
        Slot(key="svar", heading="Synpunkter", need=Need.OPTIONAL, checks=(SlotCheck.POSITION,)),
        Slot(
            key="mer", heading="Kostnader", need=Need.OPTIONAL, checks=(SlotCheck.MENTIONS_MONEY,)
        ),
    ),
)
SECTIONS = {
    "kort": Section(key="kort", content=(paragraph("Parken rustas upp till sommaren."),)),
    "pengar": Section(key="pengar", not_applicable="Arbetet görs av egen personal."),
    "barnen": Section(key="barnen", content=(paragraph("Barnen får en lekplats till."),)),
}
DRAFT = Draft(
    template="prov",
    title="Upprustning av Ängby park",
    dnr="KS 2024/12",
    committee="Ängby nämnd",
    meeting_date=MEETING,
    officer=Officer(name="Kim Ek"),
    signatories=(Signatory(name="Bo Alm", role="Chef"),),
    decision=(DecisionGroup(items=((Paragraph(spans("Nämnden godkänner planen."), id="d"),),)),),
    sections=tuple(SECTIONS.values()),
)


def draft(**fields) -> Draft:
    return replace(DRAFT, **fields)


def with_text(key: str, *blocks, markdown: str = "", **fields) -> Draft:
    section = Section(key=key, content=(*read_blocks(markdown), *blocks), **fields)
    sections = {**SECTIONS, key: section}
    return draft(sections=tuple(sections.values()))


def deciding(*texts: str) -> Draft:
    return draft(decision=(DecisionGroup(items=tuple((paragraph(text),) for text in texts)),))


def found(value: Draft, template: Template = TEMPLATE, today: datetime.date | None = None):
    return [finding.code for finding in check(value, template, today)]


def only(value: Draft, template: Template = TEMPLATE) -> Finding:
    (finding,) = check(value, template)
    return finding


def test_a_draft_that_is_right_gives_no_finding():
    assert check(DRAFT, TEMPLATE, MEETING) == ()


def test_the_examples_that_ship_give_no_finding(folders: Folders):
    catalogue = load_catalogue(folders)
    paths = sorted(EXAMPLES.glob("*.json"))
    assert len(paths) >= 6
    for path in paths:
        value = read_draft(path.read_bytes(), path.name)
        assert check(value, catalogue.template(value.template)) == (), path.name


def test_findings_come_worst_first_and_then_in_the_order_of_the_document():
    value = replace(
        with_text("kort", markdown="Se ovan. XX. Mer i bilaga 2."), dnr="", signatories=(), title=""
    )
    assert [(f.severity.value, f.code, f.section) for f in check(value, TEMPLATE)] == [
        ("error", "title_missing", None),
        ("error", "placeholder", "kort"),
        ("warning", "dnr_missing", None),
        ("warning", "signatory_missing", None),
        ("warning", "attachment_absent", "kort"),
        ("warning", "stands_alone", "kort"),
    ]


def test_a_finding_names_its_block():
    assert only(with_text("klimat", Image("karta.png", "", id="b7"))) == Finding(
        "alt_missing",
        Severity.ERROR,
        "klimat",
        "b7",
        "Beskriv i ord vad bilden karta.png visar.",
    )


@settings(max_examples=40)
@given(strategies.drafts())
def test_any_draft_is_checked_and_every_message_says_what_to_do(value: Draft):
    for template in (TEMPLATE, REFERRAL_TEMPLATE):
        for finding in check(value, template, MEETING):
            assert finding.message.endswith(".")
            assert finding.section is None or finding.section in (
                {s.key for s in template.slots} | {s.key for s in value.sections}
            )


# The head


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " \xad"}, "title_missing"),
        ({"dnr": "\t"}, "dnr_missing"),
        ({"dnr": "2024-12"}, "dnr_unusual"),
        ({"committee": ""}, "committee_missing"),
        ({"officer": Officer(phone="08-508 01 000")}, "officer_missing"),
        ({"signatories": (Signatory(name=" ", role="Chef"),)}, "signatory_missing"),
        ({"attachments": (Attachment(title="", file="a.pdf"),)}, "attachment_unnamed"),
        ({"referral": Referral(sender_dnr="ks 2024/12")}, "dnr_of_sender"),
        ({"flags": Flags(confidential="OSL 26 kap. 1 §")}, "confidential"),
    ],
)
def test_the_head_has_what_it_needs(fields, code: str):
    assert found(draft(**fields)) == [code]


@pytest.mark.parametrize(
    "fields",
    [
        {"dnr": " KS\u00a02024/12 "},
        {"attachments": (Attachment(title="Karta", file="k.pdf"), Attachment())},
        {"referral": Referral(sender_dnr="KS 2023/1")},
        {"referral": Referral(sender_dnr="")},
        {"flags": Flags(immediate_approval=True)},
    ],
)
def test_a_head_that_is_right(fields):
    assert found(draft(**fields)) == []


def test_an_unusual_number_is_shown_beside_a_usual_one():
    message = only(draft(dnr="12/24")).message
    assert message == "Kontrollera Dnr ”12/24”. Det brukar se ut som KS 2023/740."
    plain = replace(TEMPLATE, dnr=DnrRule(pattern="^x$"))
    assert only(DRAFT, plain).message == "Kontrollera Dnr ”KS 2024/12”."


def test_the_head_is_spoken_of_in_the_words_of_the_form():
    asks_all = replace(REFERRAL_TEMPLATE, dnr=DnrRule(label="Ärendenummer"))
    empty = draft(title="", dnr="", committee="", officer=Officer(), signatories=())
    told = [f.message for f in check(replace(empty, meeting_date=None), asks_all)]
    assert told == [
        "Skriv en rubrik. Den syns i kallelsen och på sammanträdets webbsida.",
        "Fyll i Ärendenummer. Du får numret av registrator.",
        "Fyll i Nämnd, den som ärendet går till.",
        "Fyll i namn under Handläggare.",
        "Lägg till en underskrift, till exempel förvaltningschefens.",
        "Fyll i Sammanträde, dagen då ärendet avgörs.",
        "Välj Ståndpunkt: tillstyrker, tillstyrker delvis, avstyrker eller avstår.",
        "Fyll i remissens uppgifter: Remittent, Remittentens dnr, Svar senast.",
    ]
    unlabelled = replace(TEMPLATE, dnr=DnrRule(label=" "))
    assert only(draft(dnr=""), unlabelled).message.startswith("Fyll i Dnr.")


def test_dates_are_spoken_of_in_the_words_of_the_form():
    late = draft(document_date=MEETING + ONE_DAY, referral=Referral(reply_by=MEETING - ONE_DAY))
    assert [f.message.split(",")[0] for f in check(late, TEMPLATE)] == [
        "Dokumentdatum är den 22 mars 2024",
        "Svar senast är den 20 mars 2024",
    ]


@pytest.mark.parametrize("secret", ["", "enligt lag"])
def test_a_secret_matter_names_its_provision(secret: str):
    value = draft(flags=Flags(confidential=secret))
    assert found(value) == ["confidential", "confidential_without_law"]


# Dates


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"meeting_date": None}, ["meeting_missing"]),
        ({"document_date": MEETING}, []),
        ({"document_date": MEETING + ONE_DAY}, ["document_after_meeting"]),
        ({"approvals": (Approval(name="Bo", date=MEETING),)}, []),
        ({"approvals": (Approval(name="Bo", date=MEETING + ONE_DAY),)}, ["approval_after_meeting"]),
        ({"approvals": (Approval(name="Bo"),)}, ["approval_incomplete"]),
        ({"approvals": (Approval(date=MEETING),)}, ["approval_incomplete"]),
        ({"approvals": (Approval(),)}, []),
        ({"referral": Referral(reply_by=MEETING - ONE_DAY)}, ["reply_before_meeting"]),
        ({"referral": Referral(reply_by=MEETING)}, ["reply_before_minutes"]),
        ({"referral": Referral(reply_by=MEETING + 13 * ONE_DAY)}, ["reply_before_minutes"]),
        ({"referral": Referral(reply_by=MEETING + 14 * ONE_DAY)}, []),
        ({"referral": Referral(reply_by=MEETING), "meeting_date": None}, ["meeting_missing"]),
        (
            {"referral": Referral(reply_by=MEETING), "flags": Flags(immediate_approval=True)},
            [],
        ),
    ],
)
def test_dates_that_can_not_all_be_right(fields, codes: list[str]):
    assert found(draft(**fields)) == codes


def test_an_approval_is_of_the_document_as_it_is():
    value = draft(
        document_date=MEETING - ONE_DAY,
        approvals=(
            Approval(role="direktör", date=MEETING - 2 * ONE_DAY),
            Approval(name="Bo", date=MEETING - ONE_DAY),
        ),
    )
    finding = only(value)
    assert finding.code == "approval_before_document"
    assert finding.message.startswith("direktör har attesterat den 19 mars 2024")


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (None, []),
        (MEETING, []),
        (MEETING + ONE_DAY, ["meeting_past"]),
        (MEETING - 730 * ONE_DAY, []),
        (MEETING - 731 * ONE_DAY, ["meeting_far_away"]),
    ],
)
def test_the_meeting_is_a_coming_one(today, codes: list[str]):
    assert found(DRAFT, today=today) == codes


@pytest.mark.parametrize("immediate", [True, False])
def test_a_late_answer_is_told_about_omedelbar_justering_once(immediate: bool):
    value = draft(
        referral=Referral(reply_by=MEETING - ONE_DAY), flags=Flags(immediate_approval=immediate)
    )
    assert ("omedelbar justering" in only(value).message) is not immediate


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Paragrafen justeras omedelbart.", True),
        ("Nämnden förklarar paragrafen omedelbart\u00a0justerad.", True),
        ("Nämnden avvaktar protokollets justering.", False),
    ],
)
def test_omedelbar_justering_that_the_decision_says_is_not_proposed_again(sentence, said: bool):
    value = deciding("Nämnden godkänner planen.", sentence)
    in_time = replace(value, referral=Referral(reply_by=MEETING + ONE_DAY))
    assert found(in_time) == ([] if said else ["reply_before_minutes"])
    late = replace(value, referral=Referral(reply_by=MEETING - ONE_DAY))
    assert ("omedelbar justering" in only(late).message) is not said


# The decision


@pytest.mark.parametrize(
    "decision", [(), (DecisionGroup(lead_in="Nämnden beslutar", items=((paragraph(" "),),)),)]
)
def test_there_is_something_to_decide_on(decision):
    finding = only(draft(decision=decision))
    assert (finding.code, finding.section) == ("decision_missing", "fraga")


def test_a_hidden_decision_is_none():
    value = draft(sections=(*DRAFT.sections, Section(key="fraga", hidden=True)))
    assert only(value).message.startswith("Förslaget till beslut är dolt")


@pytest.mark.parametrize(
    "text",
    [
        "Nämnden beslutar enligt föreliggande förslag.",
        "Nämnden godkänner planen enligt ovan.",
        "Planen antas i enlighet med förslaget.",
        "Yttrandet avges enligt förvaltningens förslag.",
        "Planen antas enligt vad som anges ovan.",
        "Planen antas enligt ovanstående.",
    ],
)
def test_a_decision_is_not_understood_by_what_is_elsewhere(text: str):
    assert found(deciding(text)) == ["decision_refers"]


@pytest.mark.parametrize(
    "text",
    [
        "Nämnden antar taxan enligt förslaget till ny taxa.",
        "Remissen besvaras med förvaltningens tjänsteutlåtande.",
        "Nämnden antar förslaget till plan.",
        "Bidraget beviljas enligt 4 kap. 1 § socialtjänstlagen.",
    ],
)
def test_a_decision_that_says_what_is_decided(text: str):
    assert found(deciding(text)) == []


def test_whole_sentences_without_att_where_the_template_wants_them():
    value = deciding("Nämnden godkänner planen.", "Att ge chefen uppdraget.", "Attesten godkänns.")
    assert found(value) == ["decision_att"]
    lines = replace(TEMPLATE, decision=DecisionRule(form=DecisionForm.ATT_LINES))
    assert found(value, lines) == []


def test_text_in_the_decisions_section_is_not_printed():
    value = with_text("fraga", paragraph("Bortglömt."))
    assert found(value) == ["decision_text_unused"]
    assert found(with_text("fraga", Paragraph())) == []


# Sections


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        (Section(key="kort"), ["required_empty"]),
        (Section(key="kort", content=(paragraph(" "),)), ["required_empty"]),
        (replace(SECTIONS["kort"], hidden=True), ["required_empty", "text_hidden"]),
        (Section(key="kort", not_applicable="Behövs inte här."), ["required_empty"]),
        (Section(key="barnen"), ["required_empty"]),
        (Section(key="barnen", not_applicable="Barn berörs inte."), []),
        (Section(key="barnen", not_applicable=" "), ["reason_missing"]),
        (Section(key="barnen", not_applicable="Ej tillämpligt."), ["reason_missing"]),
        (Section(key="barnen", not_applicable="Nej"), ["reason_missing"]),
        (Section(key="barnen", not_applicable="Ej aktuellt, barn berörs inte."), []),
        (Section(key="pengar"), ["recommended_empty"]),
        (Section(key="pengar", not_applicable="Inga kostnader.", hidden=True),
         ["recommended_empty"]),
        (Section(key="klimat"), []),
        (Section(key="klimat", hidden=True), []),
        (Section(key="klimat", content=(paragraph("a"),), hidden=True), ["text_hidden"]),
        (Section(key="klimat", content=(paragraph("a"),), not_applicable="Berörs inte."),
         ["text_unused"]),
        (Section(key="egen", content=(paragraph("a"),)), ["heading_missing"]),
        (Section(key="egen", heading="Övrigt", content=(paragraph("a"),)), []),
        (Section(key="egen"), []),
        (Section(key="egen", content=(paragraph("a"),), hidden=True), ["text_hidden"]),
    ],
)  # fmt: skip
def test_sections_asked_for_are_there_and_nothing_is_left_out(section: Section, codes: list[str]):
    assert found(draft(sections=tuple({**SECTIONS, section.key: section}.values()))) == codes


@pytest.mark.parametrize(("key", "near"), [("klimt", "klimat"), ("Barnen", "barnen")])
def test_a_misspelt_key_is_named_beside_the_one_in_the_template(key: str, near: str):
    finding = only(with_text(key, paragraph("a")))
    assert finding.section == key
    assert finding.message == (
        f"Ändra nyckeln ”{key}”, som inte finns i mallen (menade du ”{near}”?), eller ge avsnittet"
        " en rubrik."
    )


def test_an_own_section_without_a_heading_is_named_by_its_key():
    finding = only(with_text("egen_1", paragraph("a")))
    assert finding.message == "Ge det egna avsnittet ”egen_1” en rubrik."


def test_a_section_that_can_be_ruled_out_says_so():
    assert "eller varför det inte är tillämpligt" in only(with_text("barnen")).message
    assert "tillämpligt" not in only(with_text("kort")).message


@pytest.mark.parametrize(
    ("markdown", "codes"),
    [
        ("## A\n\ntext\n\n### B\n\ntext", []),
        ("### B\n\ntext", ["heading_level"]),
        ("### B\n\ntext\n\n## A\n\ntext\n\n### C\n\ntext", ["heading_level"]),
        ("> ### B\n> text", ["heading_level"]),
        ("text\n\n## A", ["heading_without_text"]),
        ("## A\n\n## B\n\ntext", ["heading_without_text"]),
        ("## A\n\n### B\n\ntext", []),
        ("## A\n\n### B\n\n## C\n\ntext", ["heading_without_text"]),
    ],
)
def test_headings_announce_something_and_skip_no_level(markdown: str, codes: list[str]):
    assert found(with_text("klimat", markdown=markdown)) == codes


@pytest.mark.parametrize("markdown", ["### Om *barnen*\n\ntext", "text\n\n## Om *barnen*"])
def test_a_heading_that_is_wrong_is_named(markdown: str):
    assert "ubriken ”Om barnen” " in only(with_text("klimat", markdown=markdown)).message


def test_levels_begin_anew_in_each_section():
    value = with_text("klimat", markdown="## A\n\ntext")
    other = Section(key="egen", heading="Övrigt", content=read_blocks("### B\n\ntext"))
    assert found(replace(value, sections=(*value.sections, other))) == ["heading_level"]


def test_an_empty_heading_is_not_printed_and_not_judged():
    assert found(with_text("klimat", paragraph("a"), Heading(3), paragraph("b"))) == []


@pytest.mark.parametrize("alt", ["", " \xad", "karta.png", "Karta", "KARTA.PNG"])
def test_an_image_is_described_in_words(alt: str):
    assert found(with_text("klimat", Quote((Image("karta.png", alt),)))) == ["alt_missing"]


def test_an_image_that_is_described():
    assert found(with_text("klimat", Image("karta.png", "Karta över parken"))) == []


LONG = "Parken anlades för hundra år sedan och har sedan dess rustats upp fyra gånger av staden."


def test_the_same_paragraph_in_two_sections():
    value = with_text("klimat", Paragraph(spans(LONG), id="k2"))
    sections = (Section(key="kort", content=(paragraph(LONG),)), *value.sections[1:])
    finding = only(replace(value, sections=sections))
    assert (finding.code, finding.severity) == ("copied_text", Severity.HINT)
    assert (finding.section, finding.block) == ("klimat", "k2")
    assert "”Sammanfattning”" in finding.message


@pytest.mark.parametrize(
    "blocks",
    [
        (paragraph("Parken rustas upp till sommaren."),),
        (paragraph(LONG), paragraph(LONG)),
        (paragraph(f"{LONG} Igen."),),
    ],
)
def test_short_or_different_paragraphs_are_no_copies(blocks):
    assert found(with_text("klimat", *blocks)) == []


# Gaps


@pytest.mark.parametrize(
    "text",
    [
        "Kostnaden är XX kronor.",
        "Beslutet fattas den xx mars.",
        "Planen gäller till 20XX.",
        "Mötet är ÅÅÅÅ-MM-DD.",
        "Se [namn] och […].",
        "Se [fyll i området].",
        "Till «Förnamn» eller {{namn}}.",
        "Stämmer det??",
        "TODO: kontrollera.",
        "Klicka eller tryck här för att ange text.",
        "Dnr saknas",
        "Förslaget innebär att …",
        "Förslaget innebär att ... och så vidare.",
        "Staden har remitterat … hit.",
        "Kostnaden beräknas till 5 tkr och ryms i … budget.",
        "… tkr och ryms här.",
        "Nämnden godkänner …",
    ],
)
def test_gaps_are_found(text: str):
    finding = only(with_text("klimat", Paragraph(spans(text), id="g")))
    assert (finding.code, finding.severity) == ("placeholder", Severity.ERROR)
    assert (finding.section, finding.block) == ("klimat", "g")


@pytest.mark.parametrize(
    "text",
    [
        "Storlek XXL och extra.",
        "Är det så? Ja!",
        "Tystnaden … bröts av ett skratt.",
        "Förslaget innebär att parken … rustas.",
        "[1] och [Anm]",
        "Mössa på: ”«”.",
        "Gatan och ÅÅR är namn.",
        "Todo-listan är klar. Diarienumret finns.",
        "http://exempel.se/a?b=1",
    ],
)
def test_what_only_looks_like_a_gap(text: str):
    assert found(with_text("klimat", paragraph(text))) == []


def test_every_gap_in_the_phrases_that_ship_is_found(folders: Folders):
    for template in load_catalogue(folders).templates.values():
        own = [phrase for slot in template.slots for phrase in slot.phrases]
        for phrase in (*template.decision.phrases, *own):
            value = with_text("egen", paragraph(f"Inledning. {phrase} Slut."), heading="Eget")
            assert ("placeholder" in found(value, template)) is ("…" in phrase), phrase


def test_omissions_in_a_quotation_are_no_gaps():
    assert found(with_text("klimat", Quote((paragraph("Förslaget innebär att …"),)))) == []


def test_any_dots_in_a_decision_are_a_gap():
    assert found(deciding("Nämnden ger … uppdraget.")) == ["placeholder"]
    assert found(deciding("Nämnden ger Kim Ek uppdraget.")) == []


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": "Anmälan av …"}, "fältet Rubrik"),
        ({"subtitle": "Svar på skrivelse från ..."}, "fältet Underrubrik"),
        ({"dnr": "Dnr saknas"}, "fältet Dnr"),
        ({"committee": "…nämnden"}, "fältet Nämnd"),
        ({"officer": Officer(name="[namn]")}, "fältet Namn under Handläggare"),
        ({"signatories": (Signatory(name="XX", role="Chef"),)}, "underskrifterna"),
        ({"attachments": (Attachment(title="Avtal med …"),)}, "bilagorna"),
        ({"referral": Referral(sender_dnr="KS ÅÅÅÅ/XX")}, "fältet Remittentens dnr"),
    ],
)
def test_gaps_in_the_head(fields, where: str):
    finding = only(draft(**fields))
    assert finding.code == "placeholder"
    assert finding.message.endswith(f" i {where}.")


def test_gaps_in_headings_reasons_and_lead_ins_are_of_their_section():
    assert only(with_text("klimat", paragraph("a"), heading="Om …")).section == "klimat"
    assert only(with_text("barnen", not_applicable="Eftersom …")).section == "barnen"
    groups = (DecisionGroup(lead_in="…nämnden beslutar", items=((paragraph("Bifalles."),),)),)
    assert only(draft(decision=groups)).section == "fraga"
    assert found(with_text("klimat", heading="Om …")) == []


def test_a_title_may_quote_dots():
    assert found(draft(title="Motion om ”att … våga”")) == []


def test_a_template_without_phrases():
    plain = replace(
        TEMPLATE,
        decision=DecisionRule(form=DecisionForm.SENTENCE),
        slots=tuple(replace(slot, phrases=()) for slot in TEMPLATE.slots),
    )
    assert found(with_text("klimat", paragraph("Förslaget innebär att …")), plain) == []


# References


@pytest.mark.parametrize(
    ("text", "count", "fires"),
    [
        ("Se bilaga 3.", 3, False),
        ("Se bilaga 3.", 2, True),
        ("Se Bilaga 1.", 1, False),
        ("Se bilaga 1.", 0, True),
        ("Se bilagorna 1–3.", 2, True),
        ("Se bilaga 1 och 4.", 3, True),
        ("Se bilaga 2, 3 samt 5.", 4, True),
        ("Se bilaga 2 till detta tjänsteutlåtande.", 1, True),
        ("Se bilaga 2 till överenskommelsen.", 0, False),
        ("Se förordningens bilaga 2.", 0, False),
        ("Se bilagan.", 0, False),
        ("Se bilaga 2023.", 0, False),
        ("Bilaga A finns.", 0, False),
    ],
)
def test_attachments_referred_to_are_there(text: str, count: int, fires: bool):
    attachments = tuple(Attachment(title=f"Karta {n}") for n in range(count))
    value = replace(with_text("klimat", paragraph(text)), attachments=(*attachments, Attachment()))
    assert found(value) == ["attachment_absent"] * fires


@pytest.mark.parametrize(
    ("count", "has"), [(0, "inga bilagor"), (1, "bara en bilaga"), (2, "bara 2 bilagor")]
)
def test_how_many_attachments_there_are_is_said(count: int, has: str):
    attachments = tuple(Attachment(title="Karta") for _ in range(count))
    value = replace(with_text("klimat", markdown="Se bilaga 7."), attachments=attachments)
    assert f"”bilaga 7” men ärendet har {has}." in only(value).message


@pytest.mark.parametrize(
    "text",
    [
        "Som nämns ovan.",
        "Se nedan.",
        "Ovanstående gäller.",
        "Planen ligger i bilagan.",
        "Bilaga finns.",
    ],
)
def test_the_summary_stands_alone(text: str):
    assert found(with_text("kort", paragraph(text))) == ["stands_alone"]
    assert found(with_text("klimat", paragraph(text))) == []


@pytest.mark.parametrize(
    "text",
    ["Det är ovanligt.", "Huset nedanför parken.", "Många är ovana.", "Den är ovan vid ljus."],
)
def test_words_that_only_look_like_references(text: str):
    assert found(with_text("kort", paragraph(text))) == []


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Se KS 2024-12.", "KS 2024-12"),
        ("Se ks 2024/12.", "ks 2024/12"),
        ("Se KS2024/12.", "KS2024/12"),
        ("(Dnr KS 2024 / 12)", "KS 2024 / 12"),
        ("Se KS 2024–12", "KS 2024–12"),
    ],
)
def test_a_registry_number_is_written_in_one_way(text: str, other: str):
    finding = only(with_text("klimat", Paragraph(spans(text), id="p")))
    assert (finding.code, finding.section, finding.block) == ("dnr_two_ways", "klimat", "p")
    assert f"också skrivet ”{other}”" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Se KS 2024/12.",
        "Se KS\u00a02024/12, och KS 2024/120.",
        "Se AKS 2024-12 och KS 2024-12-01.",
        "KS 202412",
        "År 2024 fick 12 personer svar.",
    ],
)
def test_other_numbers_are_other_numbers(text: str):
    assert found(with_text("klimat", paragraph(text))) == []


def test_the_senders_number_too_and_in_the_title():
    value = draft(title="Remiss, TN-2023-740", referral=Referral(sender_dnr="TN 2023/740"))
    finding = only(value)
    assert (finding.code, finding.section) == ("dnr_two_ways", None)


def test_a_number_too_short_to_be_sure_of():
    free = replace(TEMPLATE, dnr=DnrRule())
    value = replace(with_text("klimat", paragraph("Mellan 1-2 och 3.")), dnr="1/2")
    assert found(value, free) == []
    assert found(replace(value, dnr="2024"), free) == []


# A referral's answer

FACTS = Referral(
    sender="Trafiknämnden",
    sender_dnr="TN 2024/1",
    reply_by=MEETING + 30 * ONE_DAY,
    position=Position.APPROVE,
)


def answer(text: str, **facts) -> Draft:
    value = with_text("svar", paragraph(text))
    return replace(value, referral=replace(FACTS, **facts))


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (answer("Förvaltningen tillstyrker förslaget."), []),
        (answer("Förvaltningen ställer sig mycket positiv till planen."), []),
        (answer("Förvaltningen har inga synpunkter."), []),
        (answer("Planen har många sidor."), ["position_unsaid"]),
        (answer("Förvaltningen tillstyrker.", position=None), ["position_missing"]),
        (answer("Förvaltningen avstyrker planen."), ["position_contradicted"]),
        (answer("Förvaltningen tillstyrker.", position=Position.REJECT), ["position_contradicted"]),
        (answer("Förvaltningen tillstyrker det mesta men avstyrker resten."), []),
        (answer("Förvaltningen avstyrker.", position=Position.APPROVE_PARTLY), []),
        (answer("Vi tillstyrker.", sender=" "), ["referral_facts_missing"]),
        (answer("Vi tillstyrker.", reply_by=None, sender_dnr=""), ["referral_facts_missing"]),
    ],
)
def test_an_answer_takes_a_stand(value: Draft, codes: list[str]):
    assert found(value, REFERRAL_TEMPLATE) == codes


def test_an_answer_not_begun_is_not_told_to_take_a_stand_in_it():
    assert found(replace(DRAFT, referral=FACTS), REFERRAL_TEMPLATE) == []


def test_facts_that_are_missing_are_named():
    value = answer("Vi tillstyrker.", reply_by=None, sender_dnr="")
    assert only(value, REFERRAL_TEMPLATE).message == (
        "Fyll i remissens uppgifter: Remittentens dnr, Svar senast."
    )


def test_other_documents_take_no_stand():
    assert found(draft(referral=Referral())) == []


# Money


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kostnaden ökar.", ["amount_missing"]),
        ("Planen medför kostnader för belysning.", ["amount_missing"]),
        ("Förslaget medför inga kostnader.", []),
        ("Kostnaden ryms i budgeten.", []),
        ("Remissen saknar en beräkning av kostnaderna.", []),
        ("Ökade levnadskostnader drabbar många. Arbetet är kostnadseffektivt.", []),
        ("Kostnaden är 1 250,5 tkr.", ["financing_missing"]),
        ("Utgiften blir 3 miljoner kronor.", ["financing_missing"]),
        ("Kostnaden är 1 250 tkr och tas ur nämndens budget.", []),
        ("Kostnaden är 40 kr. Den finansieras med avgifter.", []),
        ("Kostnaden är 40 tkr under en lång tid.", ["financing_missing"]),
        ("Anläggningen har 40 kr i kassan.", []),
        ("Kostnaden framgår.\n\n| Del | Kostnad (tkr) |\n|-|-|\n| A | 5 |", []),
    ],
)
def test_money_has_an_amount_and_a_source(text: str, codes: list[str]):
    assert found(with_text("pengar", markdown=text)) == codes
    assert found(with_text("klimat", markdown=text)) == []


def test_money_calls_for_the_section_about_it():
    value = replace(with_text("klimat", markdown="Staden ger 500 tkr."), referral=FACTS)
    finding = only(value, REFERRAL_TEMPLATE)
    assert (finding.code, finding.section) == ("money_elsewhere", "mer")
    assert "”500 tkr”" in finding.message
    ruled_out = replace(
        value, sections=(*value.sections, Section(key="mer", not_applicable="Andra betalar allt."))
    )
    assert found(ruled_out, REFERRAL_TEMPLATE) == []
    without = replace(with_text("klimat", markdown="500 träd planteras."), referral=FACTS)
    assert found(without, REFERRAL_TEMPLATE) == []


# Tables


def table(*rows: str, caption: str = "") -> Table:
    cells = [tuple(spans(cell.strip()) for cell in row.split("|")) for row in rows]
    return Table(header=cells[0], rows=tuple(cells[1:]), caption=spans(caption), id="t")


@pytest.mark.parametrize(
    ("rows", "fires"),
    [
        (("|Antal", "Pojkar|3"), False),
        (("Kön|", "Pojkar|3"), True),
        (("|", "Pojkar|3"), True),
        (("Kön|", "Pojkar|"), False),
        (("|", "|"), False),
    ],
)
def test_columns_have_headers(rows, fires: bool):
    assert found(with_text("klimat", table(*rows))) == ["table_header_missing"] * fires


RIGHT = [
    ("Del|Antal", "A|3", "B|4", "Summa|7"),
    ("Del|Antal", "A|1 003", "B|-3", "Totalt|1 000"),
    ("Del|Antal", "A|3", "B|–", "C|", "Summa|3"),
    ("Del|Antal", "A|3", "B|cirka 4", "Summa|9"),
    ("Del|Andel (procent)", "A|30", "B|40", "Totalt|35"),
    ("Del|Belopp (tkr)", "A|3", "B|4", "Summa|8"),
    ("Del|Belopp", "A|3,3", "B|4,4", "Summa|7,8"),
    ("Del|Antal", "A|3", "varav ny|1", "B|4", "Summa|7"),
    ("Del|Antal", "A|3", "Delsumma|3", "B|4", "Delsumma|4", "Totalt|7"),
    ("Del|Antal", "Totalt|7", "A|3", "B|4"),
    ("Del|Antal", "Avgifter|9", "Summa intäkter|9", "Lön|4", "Hyra|2", "Summa kostnader|6",
     "Totalt|3"),
    ("Del|Antal", "A|3 st", "B|4 st", "Summa|7 st"),
    ("Del|Antal|År", "A|3|2023", "B|4|2024", "Summa|7|2024"),
    ("Del|Antal", "A|3", "Summa|"),
    ("Del|Antal", "Summa|3"),
    ("Del|Antal", "Summan av kardemumman|3", "B|4"),
]  # fmt: skip


@pytest.mark.parametrize("rows", RIGHT)
def test_sums_that_can_be_right(rows):
    assert found(with_text("klimat", table(*rows))) == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("Del|Antal", "A|3", "B|4", "Summa|8"),
         "Kontrollera ”Summa” i kolumnen ”Antal”: där står 8 men raderna blir 7."),
        (("Del|Belopp (mnkr)", "A|40,5", "B|44,5", "Totalt|75,0"),
         "Kontrollera ”Totalt” i kolumnen ”Belopp (mnkr)”: där står 75,0 men raderna blir 85,0."),
        (("Del|Antal", "A|900", "B|1 200", "Summa|−2 100"),
         "Kontrollera ”Summa” i kolumnen ”Antal”: där står −2 100 men raderna blir 2 100."),
        (("Del|Antal", "Totalt|8", "A|3", "B|4"),
         "Kontrollera ”Totalt” i kolumnen ”Antal”: där står 8 men raderna blir 7."),
        (("Del|Antal|Mer", "A|3|1", "B|4|1", "Summa|7|3"),
         "Kontrollera ”Summa” i kolumnen ”Mer”: där står 3 men raderna blir 2."),
    ],
)  # fmt: skip
def test_sums_that_are_wrong(rows, message: str):
    finding = only(with_text("klimat", table(*rows)))
    assert (finding.code, finding.section, finding.block) == ("table_sum_wrong", "klimat", "t")
    assert finding.message == message


def test_a_caption_may_say_that_amounts_are_rounded():
    rows = ("Del|Belopp", "A|3", "B|4", "Summa|8")
    assert found(with_text("klimat", table(*rows, caption="Utfall, mnkr"))) == []
    assert found(with_text("klimat", table(*rows, caption="Utfall"))) == ["table_sum_wrong"]


def test_the_format_itself_can_hold_all_of_it():
    plain = json.loads('{"format": "samverkan-draft/1", "template": "prov", "title": "Prov"}')
    assert "decision_missing" in found(draft_from_plain(plain, "prov"))
