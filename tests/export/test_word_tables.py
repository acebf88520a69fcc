"""Tables and images in a Word file."""

import io

import docx
import pytest
from PIL import Image as Pillow
from word_documents import (
    W,
    document,
    find,
    members,
    no_files,
    picture,
    section,
    to_word,
    values,
    xml,
)
from word_text import word_text

from samverkan_desktop.domain.document import ApprovalTable
from samverkan_desktop.domain.export_errors import UnreadableImageError
from samverkan_desktop.domain.text import (
    Align,
    BulletList,
    Column,
    Image,
    ListItem,
    Quote,
    Table,
    paragraph,
    spans,
)

TEXT_WIDTH = 7370  # 130 mm in twentieths of a point
EMU = 635  # in a twentieth of a point


def table(*rows: tuple[str, ...], caption: str = "", aligns: tuple[Align, ...] = ()) -> Table:
    header, *body = (tuple(map(spans, row)) for row in rows)
    return Table(header, tuple(body), spans(caption), tuple(map(Column, aligns)))


def written(*elements: object):
    return xml(to_word(document(section(*elements))))


def widths(root) -> list[int]:
    return [int(column.get(f"{W}w")) for column in find(root, "//w:gridCol")]


def test_the_header_row_is_marked_and_repeated_on_each_page():
    root = written(table(("År", "Antal"), ("2023", "7"), ("2024", "8")))
    rows = find(root, "//w:tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert [look.get(f"{W}firstRow") for look in find(root, "//w:tblLook")] == ["1"]
    assert [look.get(f"{W}firstColumn") for look in find(root, "//w:tblLook")] == ["0"]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_row_higher_than_a_page_may_be_broken():
    root = written(table(("Åtgärd",), ("ord " * 800,)))
    assert [row.find(f"{W}trPr/{W}cantSplit") is None for row in find(root, "//w:tr")] == [
        False,
        True,
    ]


def test_the_caption_stands_above_and_stays_with_its_table():
    made = to_word(document(section(table(("År",), ("2023",), caption="Tabell över år"))))
    assert [(line.style, line.text) for line in word_text(made).body[1:3]] == [
        ("caption", "Tabell över år"),
        ("(table)", "År"),
    ]
    styles = xml(made, "word/styles.xml")
    assert find(styles, "//w:style[@w:styleId='Caption']/w:pPr/w:keepNext")
    assert find(styles, "//w:style[@w:styleId='TableHeading']/w:pPr/w:keepNext")


def test_the_attest_table_is_last_and_can_be_followed_by_nothing():
    made = to_word(document(section(ApprovalTable(("Namn", "Datum"), (("Bo Al", "2024-05-07"),)))))
    assert [line.text for line in word_text(made).body] == [
        "Ärendet", "Namn\tDatum", "Bo Al\t2024-05-07", "",
    ]  # fmt: skip


def test_two_tables_do_not_become_one():
    root = written(table(("a",)), table(("b",)))
    assert [e.tag for e in find(root, "//w:sdtContent/*")] == [
        f"{W}{name}" for name in ("p", "tbl", "p", "tbl", "p")
    ]


def test_text_stands_off_from_a_table_above_it():
    after = section(table(("a",)), paragraph("b"), table(("c",)), BulletList((item("d"),)))
    made = to_word(document(after))
    assert [line.style for line in word_text(made).body if line.text == "b"] == [
        "Brödtext efter tabell"
    ]
    root = xml(made)
    assert [s.get(f"{W}before") for s in find(root, "//w:p[.//w:t='d']//w:spacing")] == ["240"]


def item(*blocks: object) -> ListItem:
    return ListItem(tuple(paragraph(b) if isinstance(b, str) else b for b in blocks))


def test_columns_are_as_wide_as_their_text():
    narrow, wide = widths(written(table(("Nr", "Åtgärd"), ("1", "Belysning vid lekplatsen"))))
    assert narrow < wide < TEXT_WIDTH / 2


def test_a_long_text_is_given_the_room_that_others_leave():
    short, long = widths(written(table(("Nr", "Åtgärd"), ("1", "mycket text " * 40))))
    assert short < 800
    assert short + long == pytest.approx(TEXT_WIDTH, abs=2)


def test_many_columns_are_given_the_outer_margin_too():
    row = tuple(f"spalt {i} med text" for i in range(7))
    assert TEXT_WIDTH < sum(widths(written(table(row)))) <= TEXT_WIDTH + 2041


def test_what_is_too_wide_grows_into_the_outer_margin_and_no_further():
    root = written(table(tuple(f"Kommunikationsavdelningen{i}" for i in range(9))))
    assert sum(widths(root)) == pytest.approx(TEXT_WIDTH + 2041, abs=9)
    left = [int(i.get(f"{W}w")) for i in find(root, "//w:tblInd")]
    assert left == [TEXT_WIDTH - sum(widths(root))]


def test_a_table_in_a_list_stands_under_its_item_and_within_the_text():
    wide = table(("Rubrik", "Text"), ("a", "mycket text " * 40))
    root = written(BulletList((item("punkt", wide),)))
    assert [i.get(f"{W}w") for i in find(root, "//w:tblInd")] == ["340"]
    assert sum(widths(root)) <= TEXT_WIDTH - 340


def test_however_deep_a_table_stands_it_has_room():
    deep = table(("Rubrik", "Text"), ("a", "mycket text " * 40))
    for _ in range(30):
        deep = Quote((BulletList((item("punkt", deep),)),))
    root = written(deep)
    (left,) = (int(i.get(f"{W}w")) for i in find(root, "//w:tblInd"))
    assert sum(widths(root)) > 2000
    assert left + sum(widths(root)) <= TEXT_WIDTH


def test_numbers_stand_with_their_commas_over_one_another():
    cells = ("1 057,5", "3,25", "12", "–")
    root = written(table(("Kronor",), *((c,) for c in cells), aligns=(Align.DECIMAL,)))
    assert set(values(root, "//w:tc//w:jc")) == {"right"}
    paragraphs = {
        p.findtext(f".//{W}t"): p.find(f"{W}pPr/{W}ind") for p in find(root, "//w:tc/w:p")
    }
    moved = {text: int(ind.get(f"{W}right")) for text, ind in paragraphs.items() if ind is not None}
    assert moved.keys() == {"1 057,5", "12", "–"}
    assert 0 < moved["1 057,5"] < moved["12"] == moved["–"]


@pytest.mark.parametrize(("align", "side"), [(Align.CENTER, "center"), (Align.RIGHT, "right")])
def test_columns_are_set_as_asked(align, side):
    root = written(table(("a", "b"), ("c", "d"), aligns=(Align.LEFT, align)))
    assert values(root, "//w:tc//w:jc") == [side, side]


def test_an_image_has_its_alt_text_and_caption_and_its_own_size():
    made = document(section(Image("karta.png", "Karta över bryggan", spans("Bryggan i maj"))))
    made = to_word(made, {"karta.png": picture(96, 48)}.__getitem__)
    body = word_text(made).body[1:]
    assert [(line.style, line.text) for line in body] == [
        ("Bild", "[Bild: Karta över bryggan]"),
        ("Bildtext", "Bryggan i maj"),
    ]
    extent = find(xml(made), "//wp:extent")[0]
    assert (int(extent.get("cx")), int(extent.get("cy"))) == (914400, 457200)  # 96 dots an inch


@pytest.mark.parametrize("size", [(5000, 100), (300, 6000)])
def test_an_image_is_never_larger_than_its_room_and_keeps_its_shape(size):
    made = document(section(Quote((Image("a.png", "a"),))))
    made = to_word(made, {"a.png": picture(*size)}.__getitem__)
    extent = find(xml(made), "//wp:extent")[0]
    width, height = int(extent.get("cx")), int(extent.get("cy"))
    assert width <= (TEXT_WIDTH - 400) * EMU + 1
    assert height <= 430 * 12700 + 1
    assert width / height == pytest.approx(size[0] / size[1], rel=0.01)


def test_the_same_image_twice_is_kept_once():
    made = document(section(Image("a.png", "ett"), Image("b.png", "två")))
    made = to_word(made, lambda _: picture(10, 10))
    assert len([name for name in members(made) if name.startswith("word/media/")]) == 1
    assert len({p.get("id") for p in find(xml(made), "//wp:docPr")}) == 2


def kept(data: bytes) -> Pillow.Image:
    """The image in the file when `data` is shown."""
    made = to_word(document(section(Image("a", "a"))), lambda _: data)
    (name,) = [name for name in members(made) if name.startswith("word/media/")]
    return Pillow.open(io.BytesIO(members(made)[name]))


def test_a_photo_tells_nothing_of_place_and_camera_and_stands_upright():
    exif = Pillow.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kamerafabriken"  # turned a quarter, the maker
    shown = kept(picture(40, 20, "JPEG", exif=exif))
    assert shown.size == (20, 40)
    assert dict(shown.getexif()) == {}
    assert "Kamerafabriken" not in repr(shown.info)


@pytest.mark.parametrize("kind", ["WEBP", "GIF", "BMP", "TIFF"])
def test_other_formats_become_one_that_every_word_shows(kind):
    assert kept(picture(30, 20, kind)).format == "PNG"


def test_an_image_finer_than_print_is_made_smaller():
    assert kept(picture(5000, 500)).width == pytest.approx(TEXT_WIDTH / 1440 * 300, abs=1)


def test_a_sound_image_is_kept_as_it_is():
    data = picture(40, 20, "JPEG")
    made = to_word(document(section(Image("a", "a"))), lambda _: data)
    assert data in members(made).values()


@pytest.mark.parametrize("data", [b"", b"hej", picture(400, 300)[:-400]])
def test_a_damaged_image_is_named_with_its_section(data):
    made = document(section(paragraph("a"), Image("bild 1.png", "a"), heading="Läget"))
    with pytest.raises(UnreadableImageError, match=r"bild 1\.png i avsnittet ”Läget”"):
        to_word(made, lambda _: data)


def test_an_image_without_its_end_is_made_whole():
    shown = kept(picture(9, 9)[:-12])
    assert (shown.size, shown.format) == ((9, 9), "PNG")


def test_nothing_comes_along_behind_an_image():
    made = to_word(document(section(Image("a", "a"))), lambda _: picture(9, 9) + b"hemligt")
    assert not [name for name, data in members(made).items() if b"hemligt" in data]


def test_a_missing_image_is_named_too():
    with pytest.raises(UnreadableImageError, match=r"karta\.png"):
        to_word(document(section(Image("karta.png", "a"))), no_files)


def test_word_opens_every_kind_of_table_and_image():
    made = section(table(("", ""), ("", "")), Image("a", ""), Quote((table(("x",)),)))
    opened = docx.Document(io.BytesIO(to_word(document(made), lambda _: picture(9, 9))))
    assert len(opened.inline_shapes) == 1
