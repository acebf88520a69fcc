"""The public draft format: what is read, what is refused and where, and how it is written."""

import copy
import json

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan_desktop.codec.draft_json import (
    FORMAT,
    check_file_name,
    draft_from_plain,
    draft_to_plain,
    parse_json,
    read_draft,
    read_section,
    write_draft,
    write_value,
)
from samverkan_desktop.codec.structuring import FieldError
from samverkan_desktop.domain.draft import DecisionGroup, Draft, Referral, Section
from samverkan_desktop.domain.errors import InvalidFieldError, NewerFormatError
from samverkan_desktop.domain.text import (
    Align,
    BulletList,
    Column,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Table,
    paragraph,
    spans,
)

SMALLEST = {"format": FORMAT, "template": "prov", "title": "Prov"}


def read(**fields) -> Draft:
    return read_draft(json.dumps({**SMALLEST, **fields}), "prov.json")


def refused(data: object) -> InvalidFieldError:
    text = data if isinstance(data, str | bytes) else json.dumps(data)
    with pytest.raises(InvalidFieldError) as error:
        read_draft(text, "prov.json")
    assert str(error.value).startswith("prov.json kan inte läsas: fel")
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 250
    return error.value


def test_every_field_but_three_may_be_left_out():
    assert read() == Draft(template="prov", title="Prov")


def test_everything_that_the_format_says():
    every_block = [
        {"type": "paragraph", "id": "p", "text": "Se **avtalet**"},
        "Ett *kort* stycke",
        {"type": "heading", "level": 3, "spans": [{"text": "Mål", "language": "fi"}]},
        {"type": "bullet_list", "items": ["ett", [{"type": "paragraph", "text": "två"}]]},
        {"type": "numbered_list", "items": ["1) ett\n2) två"]},
        {
            "type": "table",
            "header": ["År", [{"text": "Antal", "bold": True}]],
            "rows": [["2023", "4"]],
            "caption": "Besök",
            "columns": [{}, {"align": "decimal"}],
        },
        {"type": "image", "file": "a.png", "alt": "karta", "caption": "Bild"},
        {"type": "quote", "blocks": ["Citat"]},
    ]
    made = read(
        sections=[{"key": "a", "content": every_block}, {"key": "b", "not_applicable": ""}],
        referral={"reply_by": "2024-02-29", "position": "tillstyrker delvis"},
        decision=[{"lead_in": None, "items": ["Bifalles.", [{"type": "paragraph"}]]}],
        flags={"confidential": ""},
    )
    inner = NumberedList((ListItem((paragraph("ett"),)), ListItem((paragraph("två"),))))
    assert made.sections[0].content == (
        Paragraph((Span("Se "), Span("avtalet", bold=True)), id="p"),
        Paragraph((Span("Ett "), Span("kort", italic=True), Span(" stycke"))),
        Heading(3, (Span("Mål", language="fi"),)),
        BulletList((ListItem((paragraph("ett"),)), ListItem((paragraph("två"),)))),
        NumberedList((ListItem((inner,)),)),
        Table(
            header=(spans("År"), (Span("Antal", bold=True),)),
            rows=((spans("2023"), spans("4")),),
            caption=spans("Besök"),
            columns=(Column(), Column(Align.DECIMAL)),
        ),
        Image("a.png", "karta", spans("Bild")),
        Quote((paragraph("Citat"),)),
    )
    assert made.sections[1] == Section(key="b", not_applicable="")
    assert made.decision == (DecisionGroup(items=((paragraph("Bifalles."),), (Paragraph(),))),)
    assert made.flags.confidential == ""
    assert made.referral.reply_by.isoformat() == "2024-02-29"


FULL = {
    **SMALLEST,
    "meeting_date": "2024-01-31",
    "officer": {"name": "Kim"},
    "referral": {"position": "avstår", "consulted": ["A"]},
    "flags": {"immediate_approval": True},
    "decision": [{"lead_in": "x", "items": [[{"type": "paragraph", "text": "x"}]]}],
    "sections": [
        {
            "key": "a",
            "content": [
                {"type": "heading", "level": 2, "text": "x"},
                {"type": "paragraph", "spans": [{"text": "x", "bold": True, "link": "y:z"}]},
                {"type": "bullet_list", "items": ["x", [{"type": "quote", "blocks": ["x"]}]]},
                {"type": "table", "header": ["x"], "rows": [["x"]], "columns": [{"align": "left"}]},
                {"type": "image", "file": "x", "alt": "x"},
            ],
        }
    ],
    "attachments": [{"title": "x", "file": "x.pdf"}],
}  # fmt: skip
C = "sections[0].content"


def changed(path: str, value: object) -> dict:
    """FULL with another value at a path such as `sections[0].key`."""
    out = copy.deepcopy(FULL)
    *steps, last = path.replace("[", ".[").split(".")
    here = out
    for step in steps:
        here = here[int(step[1:-1]) if step[0] == "[" else step]
    here[int(last[1:-1]) if last[0] == "[" else last] = value
    return out


def test_the_example_is_right_to_begin_with():
    draft_from_plain(FULL, "prov.json")


BLOCKS = "ska vara text eller en lista av block"
LIST, OBJECT, DATE = "ska vara en lista", "ska vara ett objekt", "ska vara ett datum (ÅÅÅÅ-MM-DD)"
TYPES = ("paragraph", "heading", "bullet_list", "numbered_list", "table", "image", "quote")
TEXT, BOOL = "ska vara text", "ska vara true eller false"


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("title", None, f"{TEXT}, inte null"),
        ("title", 5, f"{TEXT}, inte 5"),
        ("title", ["x"], f"{TEXT}, inte en lista"),
        ("title", True, f"{TEXT}, inte true"),
        ("template", 1.5, f"{TEXT}, inte 1.5"),
        ("id", {}, f"{TEXT}, inte ett objekt"),
        ("meeting_date", "2023-02-30", f"{DATE}, inte ”2023-02-30”"),
        ("meeting_date", "2023-W01-1", f"{DATE}, inte ”2023-W01-1”"),
        ("meeting_date", "20230101", f"{DATE}, inte ”20230101”"),
        ("meeting_date", "٢٠٢٣-٠١-٠١", f"{DATE}, inte ”٢٠٢٣-٠١-٠١”"),
        ("meeting_date", "2023-01-01T00:00", f"{DATE}, inte ”2023-01-01T00:00”"),
        ("meeting_date", 20230101, f"{DATE}, inte 20230101"),
        ("officer", None, f"{OBJECT}, inte null"),
        ("officer", "Kim", f"{OBJECT}, inte ”Kim”"),
        ("officer.name", 1, f"{TEXT}, inte 1"),
        ("officer.namn", "x", "fältet finns inte i formatet (menade du name?)"),
        ("nämnd", "x", "fältet finns inte i formatet"),
        ("referral.position", "kanske",
         "”kanske” är inget av tillstyrker, tillstyrker delvis, avstyrker, avstår"),
        ("referral.position", [1],
         "en lista är inget av tillstyrker, tillstyrker delvis, avstyrker, avstår"),
        ("referral.consulted", "A", f"{LIST}, inte ”A”"),
        ("referral.consulted[0]", None, f"{TEXT}, inte null"),
        ("flags.immediate_approval", "ja", f"{BOOL}, inte ”ja”"),
        ("flags.immediate_approval", 1, f"{BOOL}, inte 1"),
        ("flags.confidential", False, f"{TEXT}, inte false"),
        ("decision", {}, f"{LIST}, inte ett objekt"),
        ("decision[0]", "x", f"{OBJECT}, inte ”x”"),
        ("decision[0].items", "x", f"{LIST}, inte ”x”"),
        ("decision[0].items[0]", 7, f"{BLOCKS}, inte 7"),
        ("decision[0].items[0][0].text", 7, f"{TEXT}, inte 7"),
        ("decision[0].lead_in", 7, f"{TEXT}, inte 7"),
        ("sections", None, f"{LIST}, inte null"),
        ("sections[0]", [], f"{OBJECT}, inte en lista"),
        ("sections[0].key", " ",
         "nyckeln ska vara ifylld, utan mellanslag och bara finnas en gång"),
        ("sections[0].key", "a\tb",
         "nyckeln ska vara ifylld, utan mellanslag och bara finnas en gång"),
        (C, 5, f"{BLOCKS}, inte 5"),
        (C, None, f"{BLOCKS}, inte null"),
        (C, "![x](../hemligt.png)", "ska vara ett filnamn utan sökväg"),
        (f"{C}[0]", 5, f"{OBJECT}, inte 5"),
        (f"{C}[0].type", "video",
         f"”video” är inget av {', '.join(TYPES)}"),
        (f"{C}[0].type", None, "fältet saknas"),
        (f"{C}[0].type", [], f"en lista är inget av {', '.join(TYPES)}"),
        (f"{C}[0].level", 1, "ska vara 2 eller 3"),
        (f"{C}[0].level", "2", "ska vara ett heltal, inte ”2”"),
        (f"{C}[0].level", 2.0, "ska vara ett heltal, inte 2.0"),
        (f"{C}[0].level", True, "ska vara ett heltal, inte true"),
        (f"{C}[1].spans", "x", "ska vara en lista; använd text för Markdown"),
        (f"{C}[1].spans", 5, f"{LIST}, inte 5"),
        (f"{C}[1].spans[0]", "x", f"{OBJECT}, inte ”x”"),
        (f"{C}[1].spans[0].bold", "ja", f"{BOOL}, inte ”ja”"),
        (f"{C}[1].spans[0].färg", "röd", "fältet finns inte i formatet"),
        (f"{C}[2].items", {}, f"{LIST}, inte ett objekt"),
        (f"{C}[2].items[1][0].blocks[0]", 5, f"{OBJECT}, inte 5"),
        (f"{C}[2].items[1][0].text", "x", "fältet finns inte i formatet"),
        (f"{C}[3].header", [], "ska ha minst en cell"),
        (f"{C}[3].header[0]", 5, f"{LIST}, inte 5"),
        (f"{C}[3].rows[0]", ["x", "y"], "har 2 celler, rubrikraden har 1"),
        (f"{C}[3].rows[0]", "x", f"{LIST}, inte ”x”"),
        (f"{C}[3].columns", [{}, {}], "har fler kolumner än rubrikraden"),
        (f"{C}[3].columns[0].align", "mitten",
         "”mitten” är inget av left, center, right, decimal"),
        (f"{C}[4].file", "mapp/x.png", "ska vara ett filnamn utan sökväg"),
        (f"{C}[4].alt", None, f"{TEXT}, inte null"),
        ("attachments[0].file", "..", "ska vara ett filnamn utan sökväg"),
        ("attachments[0].file", "", "ska vara ett filnamn utan sökväg"),
        ("approvals", [{"date": "i går"}], None),
        ("title", "\ud83d", "innehåller ett halvt tecken (ensamt surrogat)"),
        (f"{C}[0].text", "a\udc00", "innehåller ett halvt tecken (ensamt surrogat)"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_by_its_path(path: str, value: object, reason: str | None):
    error = refused(changed(path, value))
    if reason is None:
        assert (error.place, error.reason) == ("approvals[0].date", f"{DATE}, inte ”i går”")
    else:
        assert (error.place, error.reason) == (path, reason)


@pytest.mark.parametrize(
    ("fields", "place", "reason"),
    [
        ({"sections": [{"heading": "x"}]}, "sections[0].key", "fältet saknas"),
        ({"sections": [{"key": "a"}, {"key": "a"}]}, "sections[1].key", None),
        (
            {"sections": [{"key": "a", "content": [{"type": "image", "file": "x"}]}]},
            f"{C}[0].alt",
            "fältet saknas",
        ),
        ({"sections": [{"key": "a", "content": [{}]}]}, f"{C}[0].type", "fältet saknas"),
        (
            {
                "sections": [
                    {"key": "a", "content": [{"type": "paragraph", "text": "", "spans": []}]}
                ]
            },
            f"{C}[0]",
            "ange antingen text eller spans, inte båda",
        ),
    ],
)
def test_what_is_missing_or_twice_is_named(fields, place: str, reason: str | None):
    error = refused({**SMALLEST, **fields})
    assert error.place == place
    assert reason is None or error.reason == reason


def test_a_misspelt_field_is_named_beside_the_one_that_is_missing_for_it():
    data = {("titel" if key == "title" else key): value for key, value in SMALLEST.items()}
    assert str(refused(data)) == (
        "prov.json kan inte läsas: fel vid titel: fältet finns inte i formatet (menade du title?)."
    )


@pytest.mark.parametrize("field", ["template", "title"])
def test_a_draft_needs_a_template_and_a_title(field: str):
    error = refused({key: value for key, value in SMALLEST.items() if key != field})
    assert (error.place, error.reason) == (field, "fältet saknas")


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        ("", "rad 1, tecken 1", "det är inte giltig JSON"),
        ('{"format":\n x}', "rad 2, tecken 2", "det är inte giltig JSON"),
        (b"\xff\xfe{\x00}\x00", "", "texten är inte UTF-8"),
        ("[]", "", "filen ska innehålla ett JSON-objekt"),
        ("null", "", "filen ska innehålla ett JSON-objekt"),
        ('{"a": {"b": 1, "c": 2, "b": 3}}', "", "fältet ”b” finns två gånger i samma objekt"),
        ('{"a": NaN}', "", "NaN är inget tal i JSON"),
        ('{"a": -Infinity}', "", "-Infinity är inget tal i JSON"),
        ('{"a": ' + "7" * 5000 + "}", "", "ett tal är för långt"),
        ("[" * 100_000, "", "för många nivåer i varandra"),
        ("{}", "format", "fältet saknas"),
        ('{"format": 1}', "format", f"ska vara ”{FORMAT}”"),
        ('{"format": "samverkan-draft/0"}', "format", f"ska vara ”{FORMAT}”"),
        ('{"format": "samverkan-draft/nytt"}', "format", f"ska vara ”{FORMAT}”"),
        ('{"format": "annat/2"}', "format", f"ska vara ”{FORMAT}”"),
    ],
)
def test_what_is_no_draft_at_all(data: str | bytes, place: str, reason: str):
    error = refused(data)
    assert (error.place, error.reason) == (place, reason)


@pytest.mark.parametrize("version", ["2", "17"])
def test_a_newer_format_is_told_from_a_wrong_one(version: str):
    with pytest.raises(NewerFormatError, match="nyare version"):
        read_draft(json.dumps({"format": f"samverkan-draft/{version}", "nytt": []}), "prov.json")


def test_long_wrong_values_and_names_are_shortened_to_one_line():
    error = refused({**SMALLEST, "meeting_date": "långt\n" * 500})
    assert error.reason == f"{DATE}, inte ”långt långt långt långt långt långt lån…”"
    error = refused({**SMALLEST, "x" * 500: 1})
    assert error.place == "x" * 39 + "…"


def nested(levels: int) -> list[object]:
    blocks: list[object] = [{"type": "paragraph", "text": "djupast"}]
    for _ in range(levels):
        blocks = [{"type": "bullet_list", "items": [blocks]}]
    return blocks


def test_lists_nest_deeper_than_any_document_needs_but_not_without_end():
    made = read(sections=[{"key": "a", "content": nested(25)}])
    assert read_draft(write_draft(made), "prov.json") == made
    for levels in (40, 300):
        error = refused({**SMALLEST, "sections": [{"key": "a", "content": nested(levels)}]})
        assert error.reason == "för många nivåer i varandra"


def test_a_byte_order_mark_is_no_error():
    assert read_draft(b"\xef\xbb\xbf" + json.dumps(SMALLEST).encode(), "prov.json") == read()


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", ".dold", "a/b", "a\\b", "C:x", "a*b", "a?b", 'a"b', "<a>", "a|b", "a\nb"],
)
def test_names_that_are_no_plain_file_names(name: str):
    with pytest.raises(FieldError, match="filnamn utan sökväg"):
        check_file_name(name)


@given(strategies.file_names())
def test_ordinary_file_names(name: str):
    check_file_name(name)


@given(strategies.drafts())
def test_writing_and_reading_gives_the_same_draft(value: Draft):
    data = write_draft(value)
    again = read_draft(data, "prov.json")
    assert again == value
    assert write_draft(again) == data


@settings(max_examples=30)
@given(strategies.drafts())
def test_a_section_alone_is_written_and_read(value: Draft):
    for section in value.sections:
        assert read_section(write_value(section), "prov") == section
        assert parse_json(write_value(section), "prov") == json.loads(json.dumps(
            next(s for s in draft_to_plain(value)["sections"] if s["key"] == section.key)
        ))  # fmt: skip


def test_a_wrong_section_is_named_from_the_section():
    with pytest.raises(InvalidFieldError, match=r"avsnittet kan inte läsas: fel vid content\[0\]"):
        read_section('{"key": "a", "content": [5]}', "avsnittet")


def test_written_json_is_for_people_too():
    """UTF-8, indented, in the format's order, without what isn't said."""
    value = Draft(
        template="prov",
        title="Å & <ö>",
        referral=Referral(sender_dnr="KS 2023/740"),
        decision=(DecisionGroup(items=((paragraph("Bifalles."),),)),),
        sections=(Section(key="a", content=(Paragraph((Span("fet", bold=True),), id="p"),)),),
    )
    assert write_draft(value).decode() == (
        "{\n"
        ' "format": "samverkan-draft/1",\n'
        ' "template": "prov",\n'
        ' "title": "Å & <ö>",\n'
        ' "referral": {\n  "sender_dnr": "KS 2023/740"\n },\n'
        ' "decision": [\n  {\n   "items": [\n    [\n     {\n'
        '      "type": "paragraph",\n'
        '      "spans": [\n       {\n        "text": "Bifalles."\n       }\n      ]\n'
        "     }\n    ]\n   ]\n  }\n ],\n"
        ' "sections": [\n  {\n   "key": "a",\n   "content": [\n    {\n'
        '     "type": "paragraph",\n'
        '     "spans": [\n      {\n       "text": "fet",\n       "bold": true\n      }\n     ],\n'
        '     "id": "p"\n'
        "    }\n   ]\n  }\n ]\n"
        "}\n"
    )


def test_half_a_character_does_not_stop_the_rest_from_being_saved():
    value = Draft(template="prov", title="halv \ud83d hel \N{ROCKET}")
    assert read_draft(write_draft(value), "x").title == "halv \ufffd hel \N{ROCKET}"
    assert read_section(write_value(Section(key="a", heading="\udc00")), "x").heading == "\ufffd"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=60)
@given(strategies.drafts(), JSON, st.data())
def test_a_damaged_draft_is_read_or_refused_in_words(value: Draft, junk, data):
    """Any value anywhere: the reader never fails in another way than its own."""
    plain = json.loads(write_draft(value))
    here = plain
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        inner = here[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        here = inner
    here[key] = junk
    try:
        made = draft_from_plain(plain, "prov.json")
    except NewerFormatError:
        return
    except InvalidFieldError as error:
        reason = error.reason
    else:
        reason = ""
        assert read_draft(write_draft(made), "prov.json") == made
    assert "har fel form" not in reason
