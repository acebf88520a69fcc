"""What is printed of a draft, and what is not."""

import datetime
from dataclasses import replace

import pytest
import strategies
from hypothesis import given, settings

from samverkan_desktop.domain.composition import (
    APPROVALS,
    ATTACHMENTS,
    HEAD,
    ORGANISATION,
    SIGNATURES,
    TITLE,
    compose,
    printable,
)
from samverkan_desktop.domain.document import (
    ApprovalTable,
    Furniture,
    Head,
    ItemList,
    LabelledLines,
    Notice,
    OrganisationBlock,
    Properties,
    SectionHeading,
    Signature,
    Signatures,
    Subtitle,
    Title,
)
from samverkan_desktop.domain.draft import (
    Approval,
    Attachment,
    DecisionGroup,
    Draft,
    Flags,
    Officer,
    Organisation,
    Section,
    Signatory,
)
from samverkan_desktop.domain.template import (
    DecisionForm,
    DecisionRule,
    DnrRule,
    Labels,
    Need,
    Slot,
    SlotKind,
    Template,
)
from samverkan_desktop.domain.text import (
    BulletList,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Table,
    block_spans,
    is_empty,
    paragraph,
    plain_text,
    spans,
    spans_text,
    walk,
)
from samverkan_desktop.domain.typography import NBSP, clean, typeset_text

DAY = datetime.date(2024, 3, 1)
TEMPLATE = Template(
    id="stockholm-remissvar",
    name="Prov",
    group="Prov",
    document_name="Tjänsteutlåtande",
    decision=DecisionRule(form=DecisionForm.SENTENCE),
    slots=(
        Slot(
            key="fraga", heading="Förslag till beslut", need=Need.REQUIRED, kind=SlotKind.DECISION
        ),
        Slot(key="kort", heading="Sammanfattning", need=Need.REQUIRED),
        Slot(key="lang", heading="Ärendet", need=Need.OPTIONAL),
    ),
)


def draft(**fields) -> Draft:
    return Draft(**{"template": TEMPLATE.id, "title": "", **fields})


def parts(value: Draft, template: Template = TEMPLATE):
    return {part.key: part.elements for part in compose(value, template).parts}


def section(key: str, *blocks, **fields) -> Section:
    return Section(key=key, content=blocks, **fields)


def test_an_empty_draft_prints_nothing_but_the_document_name():
    document = compose(draft(), TEMPLATE)
    assert document.parts == ()
    assert document.furniture == Furniture("Tjänsteutlåtande", "", "", "Sida", "")
    assert document.properties == Properties("", "", "", "")


def test_everything_stands_in_reading_order():
    value = draft(
        title="Titel",
        officer=Officer(name="Kim Ek"),
        decision=(DecisionGroup(items=((paragraph("Bifalles."),),)),),
        sections=(
            section("lang", paragraph("lång")),
            section("egen", paragraph("egen")),
            section("kort", paragraph("kort")),
        ),
        signatories=(Signatory(name="Kim Ek"),),
        attachments=(Attachment(title="Karta"),),
        organisation=Organisation(name="Förvaltningen"),
        approvals=(Approval(name="Kim Ek"),),
    )
    assert list(parts(value)) == [
        HEAD, TITLE, "fraga", "lang", "egen", "kort", SIGNATURES, ATTACHMENTS, ORGANISATION,
        APPROVALS,
    ]  # fmt: skip


def test_the_head_has_labels_only_where_there_is_something_to_label():
    officer = Officer(name="Kim Ek", role="Utredare", phone="08-508 01 000", email="kim@exempel.se")
    value = draft(officer=officer, committee="Ängby nämnd", meeting_date=DAY)
    assert parts(value)[HEAD] == (
        Head(
            LabelledLines(
                "Handläggare",
                (
                    "Kim Ek",
                    "Utredare",
                    f"Telefon: 08-508{NBSP}01{NBSP}000",
                    "E-post: kim@exempel.se",
                ),
            ),
            LabelledLines("Till", ("Ängby nämnd", "2024-03-01")),
        ),
    )


@pytest.mark.parametrize(
    ("fields", "left", "right"),
    [
        ({"committee": "Nämnden"}, ("", ()), ("Till", ("Nämnden",))),
        ({"officer": Officer(name="Kim", phone=" ")}, ("Handläggare", ("Kim",)), ("", ())),
        ({"officer": Officer(phone="\xad\t", email="\x00", name=NBSP)}, None, None),
        ({"meeting_date": DAY}, ("", ()), ("", ("2024-03-01",))),
        ({"committee": "Järva\nnämnden"}, ("", ()), ("Till", ("Järva nämnden",))),
    ],
)
def test_half_a_head(fields, left, right):
    expected = (Head(LabelledLines(*left), LabelledLines(*right)),) if left else None
    assert parts(draft(**fields)).get(HEAD) == expected


def test_title_and_subtitle_are_one_line_each_and_typeset():
    value = draft(title=' Remiss om\n "Parken",\t KS 2023/740 ', subtitle="Svar  på remiss")
    assert parts(value)[TITLE] == (
        Title(f"Remiss om ”Parken”, KS{NBSP}2023/740"),
        Subtitle("Svar på remiss"),
    )


def test_immediate_approval_is_a_notice_under_the_title():
    value = draft(title="Titel", flags=Flags(immediate_approval=True))
    assert parts(value)[TITLE] == (Title("Titel"), Notice("Omedelbar justering"))


@pytest.mark.parametrize(
    ("secret", "mark"),
    [
        (None, ""),
        ("", "Sekretess"),
        (" ", "Sekretess"),
        ("OSL 26 kap. 1 §", f"Sekretess – OSL 26{NBSP}kap.{NBSP}1{NBSP}§"),
    ],
)
def test_the_mark_of_a_sekretess(secret, mark: str):
    assert compose(draft(flags=Flags(confidential=secret)), TEMPLATE).furniture.confidential == mark


@pytest.mark.parametrize(
    ("rule", "dnr", "printed"),
    [
        (DnrRule(), "", ""),
        (DnrRule(), " \xad", ""),
        (DnrRule(), "KS 2019-2020", f"Dnr{NBSP}KS{NBSP}2019-2020"),
        (DnrRule(), "2019-2020", f"Dnr{NBSP}2019-2020"),
        (DnrRule(), " 1.6 -  216/2013\t", f"Dnr{NBSP}1.6{NBSP}-{NBSP}216/2013"),
        (DnrRule(label="Ärendenummer"), "SLK-2023-01047", f"Ärendenummer{NBSP}SLK-2023-01047"),
        (DnrRule(label=""), "SLK-2023-01047", "SLK-2023-01047"),
    ],
)
def test_the_registry_number_is_printed_as_it_is_written(rule: DnrRule, dnr: str, printed: str):
    document = compose(draft(dnr=dnr), replace(TEMPLATE, dnr=rule))
    assert document.furniture.dnr == printed


def test_furniture_and_properties():
    value = draft(
        title='Om "Parken"',
        subtitle="Anmälan",
        dnr="KS 2023/740",
        document_date=DAY,
        officer=Officer(name="Kim\x00 Ek\n"),
        organisation=Organisation(name="Ängby förvaltning"),
    )
    document = compose(value, TEMPLATE)
    assert document.furniture.date == "2024-03-01"
    assert document.properties == Properties(
        "Om ”Parken”", "Kim Ek, Ängby förvaltning", "Anmälan", "KS 2023/740"
    )


@pytest.mark.parametrize(("language", "printed"), [("fi", "fi"), ("", "sv-SE"), ("på", "sv-SE")])
def test_the_document_always_has_a_language(language: str, printed: str):
    assert compose(draft(language=language), TEMPLATE).language == printed


# Sections


def test_headings_come_from_the_draft_else_the_template():
    value = draft(
        sections=(
            section("kort", paragraph("a")),
            section("lang", paragraph("b"), heading='Det "hela"'),
            section("egen", paragraph("c"), heading="Övrigt\n mer"),
            section("utan", paragraph("d")),
        )
    )
    headings = [e[0].text for e in parts(value).values() if isinstance(e[0], SectionHeading)]
    assert headings == ["Sammanfattning", "Det ”hela”", "Övrigt mer"]
    assert parts(value)["utan"] == (paragraph("d"),)


@pytest.mark.parametrize(
    "empty",
    [
        section("kort"),
        section("kort", paragraph(" \t")),
        section("kort", paragraph("\xad\u200b")),
        section("kort", BulletList((ListItem((Quote((Paragraph(),)),)), ListItem(())))),
        section("kort", paragraph("ord"), hidden=True),
        Section(key="kort", not_applicable="skäl", hidden=True),
    ],
)
def test_a_section_without_a_text_has_no_heading_either(empty: Section):
    assert parts(draft(sections=(empty,))) == {}


@pytest.mark.parametrize(
    ("reason", "printed"),
    [
        ("Ärendet berör inte barn.", "Ej tillämpligt. Ärendet berör inte barn."),
        ('  Det är "formellt".\n', "Ej tillämpligt. Det är ”formellt”."),
        ("", "Ej tillämpligt."),
        ("\t", "Ej tillämpligt."),
    ],
)
def test_not_applicable_is_printed_with_its_reason(reason: str, printed: str):
    value = Section(key="lang", content=(paragraph("dolt"),), not_applicable=reason)
    assert parts(draft(sections=(value,)))["lang"] == (
        SectionHeading("Ärendet"),
        paragraph(printed),
    )


def test_empty_blocks_are_dropped_at_every_level():
    full = paragraph("ord")
    blocks = (
        Paragraph(),
        Heading(2, spans(" ")),
        full,
        BulletList((ListItem((Paragraph(), full)), ListItem((paragraph("\xad"),)), ListItem(()))),
        NumberedList((ListItem((BulletList((ListItem((Paragraph(),)),)),)),)),
        Quote((Quote((Paragraph(),)), full)),
        Table(header=(spans(" "), ()), rows=(((), spans("\t")),)),
        Table(header=(spans("A"), ()), rows=(((), ()),)),
    )
    assert printable(blocks) == (
        full,
        BulletList((ListItem((full,)),)),
        Quote((full,)),
        Table(header=(spans("A"), ()), rows=(((), ()),)),
    )


def test_an_image_is_always_printed_and_its_description_is_one_clean_line():
    image = Image("a.png", 'En "karta"\n över\x00 parken ', caption=spans("Bild  1"), id="i")
    assert printable((image,)) == (
        Image("a.png", "En ”karta” över parken", caption=spans("Bild 1"), id="i"),
    )
    assert printable((Image("a.png", ""),)) == (Image("a.png", ""),)


def test_blocks_keep_their_ids_marks_and_kinds():
    blocks = (
        Heading(3, (Span("Mål", italic=True),), id="h"),
        Paragraph((Span("se "), Span("avtalet", bold=True, link="https://exempel.se")), id="p"),
    )
    assert printable(blocks) == blocks


# The decision


def decision(form: DecisionForm, *groups, immediate: bool = False, item: str = ""):
    labels = Labels(immediate_approval_item=item) if item else Labels()
    template = replace(TEMPLATE, decision=DecisionRule(form=form), labels=labels)
    value = draft(
        decision=tuple(
            DecisionGroup(lead_in=lead_in, items=tuple((paragraph(text),) for text in items))
            for lead_in, *items in groups
        ),
        flags=Flags(immediate_approval=immediate),
    )
    return lines(parts(value, template).get("fraga", ()))


def lines(elements) -> list[str]:
    out = []
    for element in elements:
        match element:
            case SectionHeading():
                out.append(f"# {element.text}")
            case ItemList():
                marks = (f"{i}. " if element.numbered else "- " for i in range(1, 99))
                out += [m + plain_text(item) for m, item in zip(marks, element.items, strict=False)]
            case _:
                out.append(plain_text((element,)))
    return out


def test_one_sentence_is_not_numbered():
    assert decision(DecisionForm.SENTENCE, (None, "Bifalles.")) == [
        "# Förslag till beslut",
        "Bifalles.",
    ]


def test_several_sentences_are():
    assert decision(DecisionForm.SENTENCE, (None, "Bifalles.", "Avslås.")) == [
        "# Förslag till beslut",
        "1. Bifalles.",
        "2. Avslås.",
    ]


@pytest.mark.parametrize("form", [DecisionForm.NUMBERED, DecisionForm.INFINITIVE])
def test_forms_that_are_always_numbered(form: DecisionForm):
    assert decision(form, ("Nämnden beslutar", "bifalla")) == [
        "# Förslag till beslut",
        "Nämnden beslutar",
        "1. bifalla",
    ]


def test_numbering_restarts_for_each_deciding_body():
    assert decision(
        DecisionForm.NUMBERED,
        ("I styrelsen", "Ett.", "Två."),
        ("I fullmäktige", "Tre."),
    ) == [
        "# Förslag till beslut",
        "I styrelsen",
        "1. Ett.",
        "2. Två.",
        "I fullmäktige",
        "1. Tre.",
    ]


def test_att_lines_become_one_sentence():
    assert decision(
        DecisionForm.ATT_LINES,
        (
            "Nämnden beslutar",
            "godkänna planen",
            "att ge uppdraget till chefen",
            "ta bort stängslet",
        ),
    ) == [
        "# Förslag till beslut",
        "Nämnden beslutar",
        "- att godkänna planen,",
        "- att ge uppdraget till chefen, samt",
        "- att ta bort stängslet.",
    ]


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("godkänna planen.", "att godkänna planen."),
        ("godkänna planen;", "att godkänna planen;"),
        ("godkänna planen, samt", "att godkänna planen, samt"),
        ("godkänna planen och", "att godkänna planen och"),
        ('anta "Planen."', "att anta ”Planen.”"),
        ("finansiera det gemensamt", "att finansiera det gemensamt,"),
        ("ge dem en kroch", "att ge dem en kroch,"),
        ("Att godkänna", "Att godkänna,"),
        ("attestera fakturan", "att attestera fakturan,"),
    ],
)
def test_the_officers_own_att_and_punctuation_stay(item: str, printed: str):
    made = decision(DecisionForm.ATT_LINES, (None, item, "ett till", "slut"))
    assert made[1] == f"- {printed}"


def test_att_lines_of_one_item_and_of_several_groups_each_end():
    made = decision(DecisionForm.ATT_LINES, ("Styrelsen", "ett"), ("Fullmäktige", "två", "tre"))
    assert made[1:] == [
        "Styrelsen", "- att ett.", "Fullmäktige", "- att två, samt", "- att tre.",
    ]  # fmt: skip


def test_an_att_line_that_begins_with_a_list_is_left_as_it_is():
    item = (BulletList((ListItem((paragraph("ett"),)),)),)
    template = replace(TEMPLATE, decision=DecisionRule(form=DecisionForm.ATT_LINES))
    value = draft(decision=(DecisionGroup(items=(item,)),))
    assert parts(value, template)["fraga"][1] == ItemList((item,), numbered=False)


def test_explanations_follow_in_the_item():
    item = (Paragraph((Span("anta "), Span("planen", bold=True))), Quote((paragraph("1 § …"),)))
    template = replace(TEMPLATE, decision=DecisionRule(form=DecisionForm.ATT_LINES))
    value = draft(decision=(DecisionGroup(items=(item,)),))
    made = Paragraph((Span("att anta "), Span("planen", bold=True), Span(".")))
    assert parts(value, template)["fraga"][1] == ItemList(
        ((made, *printable(item)[1:]),), numbered=False
    )


def test_empty_items_and_groups_are_not_numbered():
    assert decision(
        DecisionForm.NUMBERED, ("Tom", " "), (" ", "", "Ett.", "\xad", "Två."), (None,)
    ) == ["# Förslag till beslut", "1. Ett.", "2. Två."]
    assert decision(DecisionForm.NUMBERED, ("Nämnden beslutar", "")) == []


def test_a_hidden_decision_is_not_printed():
    value = draft(
        decision=(DecisionGroup(items=((paragraph("Bifalles."),),)),),
        sections=(Section(key="fraga", hidden=True),),
    )
    assert parts(value) == {}


def test_immediate_approval_adds_an_item_to_the_last_group():
    assert decision(
        DecisionForm.SENTENCE, ("A", "Ett."), ("B", "Två."), ("C", ""), immediate=True
    ) == [
        "# Förslag till beslut",
        "A",
        "Ett.",
        "B",
        "1. Två.",
        "2. Paragrafen justeras omedelbart.",
    ]


def test_immediate_approval_is_worded_as_the_template_says():
    made = decision(
        DecisionForm.ATT_LINES,
        (None, "godkänna planen"),
        immediate=True,
        item="att paragrafen justeras omedelbart",
    )
    assert made[1:] == ["- att godkänna planen, samt", "- att paragrafen justeras omedelbart."]


@pytest.mark.parametrize(
    "said",
    [
        "Paragrafen justeras omedelbart.",
        "Nämnden justerar paragrafen omedelbart.",
        "Nämnden förklarar paragrafen omedelbart justerad.",
        "Beslutet ska få omedelbar justering.",
    ],
)
def test_immediate_approval_is_not_said_twice(said: str):
    made = decision(DecisionForm.NUMBERED, (None, said), (None, "Ett."), immediate=True)
    assert made[1:] == [f"1. {said}", "1. Ett."]


def test_immediate_measures_are_not_immediate_approval():
    said = "Förvaltningen vidtar omedelbara åtgärder."
    made = decision(DecisionForm.NUMBERED, (None, said), immediate=True)
    assert made[1:] == [f"1. {said}", "2. Paragrafen justeras omedelbart."]


def test_immediate_approval_without_a_decision_adds_none():
    assert decision(DecisionForm.NUMBERED, (None, ""), immediate=True) == []
    assert decision(DecisionForm.NUMBERED, immediate=True) == []


# What stands last


def test_signatures_need_a_name_or_a_role():
    value = draft(
        signatories=(
            Signatory(name=" Kim  Ek ", role="Direktör"),
            Signatory(name="", role="Chef"),
            Signatory(name=" ", role="\xad"),
        )
    )
    assert parts(value)[SIGNATURES] == (
        Signatures((Signature("Kim Ek", "Direktör"), Signature("", "Chef"))),
    )
    assert parts(draft(signatories=(Signatory(),))) == {}


def test_one_attachment_is_a_bilaga_without_a_number():
    value = draft(attachments=(Attachment(title=""), Attachment(title="Karta", file="k.pdf")))
    assert parts(value)[ATTACHMENTS] == (
        SectionHeading("Bilaga"),
        ItemList(((paragraph("Karta"),),), numbered=False),
    )


def test_several_attachments_are_bilagor_and_numbered():
    value = draft(attachments=(Attachment(title="Karta"), Attachment(title='"Avtal"')))
    assert parts(value)[ATTACHMENTS] == (
        SectionHeading("Bilagor"),
        ItemList(((paragraph("Karta"),), (paragraph("”Avtal”"),)), numbered=True),
    )


def test_the_organisation_never_has_a_label_without_a_value():
    org = Organisation(
        name="Ängby förvaltning",
        postal_address="164 07 Ängby",
        switchboard="08-508 01 000",
        fax=" ",
        web="exempel.se",
    )
    assert parts(draft(organisation=org))[ORGANISATION] == (
        OrganisationBlock(
            (
                ("Ängby förvaltning",),
                (f"164{NBSP}07 Ängby", f"Växel{NBSP}08-508{NBSP}01{NBSP}000", "exempel.se"),
            )
        ),
    )
    only_fax = parts(draft(organisation=Organisation(fax="08-508 01 001")))[ORGANISATION]
    assert only_fax == (OrganisationBlock(((f"Fax{NBSP}08-508{NBSP}01{NBSP}001",),)),)


def test_approvals_are_a_table_with_iso_dates():
    value = draft(
        approvals=(
            Approval(name="Kim Ek", role="direktör", date=DAY),
            Approval(name="Bo Alm", role=" "),
            Approval(date=DAY),
        )
    )
    assert parts(value)[APPROVALS] == (
        SectionHeading("Attesterat av"),
        paragraph("Detta dokument har godkänts digitalt av följande personer:"),
        ApprovalTable(("Namn", "Datum"), (("Kim Ek, direktör", "2024-03-01"), ("Bo Alm", ""))),
    )
    assert parts(draft(approvals=(Approval(date=DAY),))) == {}


def test_name_and_role_on_one_line_are_typeset_as_one():
    value = draft(approvals=(Approval(name="Kim Ek", role="- tf. direktör"),))
    (*_, table) = parts(value)[APPROVALS]
    assert table.rows == (("Kim Ek, – tf. direktör", ""),)


# Any draft


def texts_of(element) -> list[str]:
    match element:
        case Head():
            sides = (element.left, element.right)
            return [text for side in sides for text in (side.label, *side.lines)]
        case OrganisationBlock():
            return [line for group in element.groups for line in group]
        case Signatures():
            return [text for line in element.signatures for text in (line.name, line.role)]
        case ApprovalTable():
            return [cell for row in (element.header, *element.rows) for cell in row]
        case ItemList():
            return [text for item in element.items for block in item for text in texts_of(block)]
        case Title() | Subtitle() | Notice() | SectionHeading():
            return [element.text]
        case _:
            blocks = list(walk((element,)))
            alts = [block.alt for block in blocks if isinstance(block, Image)]
            return [spans_text(s) for block in blocks for s in block_spans(block)] + alts


@settings(max_examples=40)
@given(strategies.drafts())
def test_what_is_printed_is_typeset_and_never_empty(value: Draft):
    document = compose(value, TEMPLATE)
    assert document == compose(value, TEMPLATE)
    assert len({part.key for part in document.parts}) == len(document.parts)
    for part in document.parts:
        texts = [text for element in part.elements for text in texts_of(element)]
        images = [b for e in part.elements if isinstance(e, Image) for b in (e,)]
        assert any(texts) or images
        assert all(typeset_text(text) == text for text in texts)
        for element in part.elements:
            if isinstance(element, SectionHeading | Title | Subtitle):
                assert element.text
                assert "\n" not in element.text


@settings(max_examples=40)
@given(strategies.drafts())
def test_no_empty_list_item_paragraph_or_label_is_printed(value: Draft):
    for part in compose(value, TEMPLATE).parts:
        for element in part.elements:
            match element:
                case Head():
                    assert element.left.lines or not element.left.label
                    assert element.right.lines or not element.right.label
                case ItemList():
                    assert element.items
                    assert not any(is_empty(item) for item in element.items)
                case OrganisationBlock():
                    assert all(line.strip() for group in element.groups for line in group)
                case Signatures():
                    assert all(line.name or line.role for line in element.signatures)
                case BulletList() | NumberedList() | Quote() | Paragraph() | Heading() | Table():
                    assert not any(is_empty((block,)) for block in walk((element,)))


@given(strategies.blocks(files=("a.png",)))
def test_the_officers_words_are_never_changed(blocks):
    def letters(some) -> list[str]:
        return [char for char in clean(plain_text(some)) if char.isalnum()]

    assert letters(printable(blocks)) == letters(blocks)
    assert printable(printable(blocks)) == printable(blocks)
