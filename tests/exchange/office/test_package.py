"""Files from anywhere: what isn't a sound Word file is refused, with the reason, within bounds."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from word_documents import document, members, section, to_word

from samverkan_desktop.domain.errors import UnreadableFileError
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.exchange.office.markup import BadMarkupError, parse
from samverkan_desktop.exchange.office.package import Package, open_package

WORD = to_word(document(section(paragraph("Bryggan byts ut."))))
MAIN = "word/document.xml"


def packed(contents: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as package:
        for name, data in contents.items():
            package.writestr(name, data)
    return out.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read(data)
    return str(caught.value)


def read(data: bytes) -> None:
    package = Package(data, "fil.docx")
    package.xml(package.main)


def test_a_sound_file_is_read() -> None:
    package = Package(WORD, "fil.docx")
    assert package.main == MAIN
    assert "Bryggan byts ut." in "".join(package.xml(MAIN).itertext())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "filen är tom"),
        (b"%PDF-1.7 ...", "det är en PDF"),
        (rb"{\rtf1\ansi}", "det är RTF"),
        (b"<!DOCTYPE html><html>", "det är en webbsida"),
        (b"MZ\x90\x00", "det är ett program"),
        (b"Hej!", "det är inget Word-dokument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), r"(.doc)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "lösenord",
        ),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (packed({"annat.txt": b"x"}), "det är inget Word-dokument"),
        (WORD[: len(WORD) // 2], "den är skadad"),
    ],
)
def test_another_kind_is_told_by_what_is_in_it(data: bytes, reason: str) -> None:
    assert reason in refused(data)


def with_type(kind: str) -> bytes:
    parts = members(WORD)
    usual = b"wordprocessingml.document.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(usual, kind.encode())
    return packed(parts)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("ms-word.document.macroEnabled.main+xml", "makron"),
        ("spreadsheetml.sheet.main+xml", "kalkylblad"),
        ("presentationml.presentation.main+xml", "presentation"),
    ],
)
def test_a_package_of_another_kind_is_refused(kind: str, reason: str) -> None:
    assert reason in refused(with_type(kind))


def test_macros_are_refused_wherever_they_lie() -> None:
    assert "makron" in refused(packed({**members(WORD), "word/VbaProject.bin": b"x"}))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    parts = {**members(WORD), "word/media/a.png": bytes(200_000_000)}
    assert "orimligt stor" in refused(packed(parts))


def test_many_small_bombs_are_refused_too() -> None:
    big = {f"word/media/{n}.png": bytes(3_900_000) for n in range(60)}
    assert "orimligt stor" in refused(packed({**members(WORD), **big}))


def test_a_member_that_says_that_it_is_small_is_read_no_further() -> None:
    data = bytearray(packed({**members(WORD), MAIN: b"<a>" + b" " * 9_000_000 + b"</a>"}))
    size = struct.pack("<L", 9_000_007)
    assert data.count(size) == 2
    assert "skadad" in refused(bytes(data.replace(size, struct.pack("<L", 700))))


def test_more_members_than_any_document_has_are_refused() -> None:
    many = {f"x/{n}": b"" for n in range(2_500)}
    assert "många delar" in refused(packed({**members(WORD), **many}))


def test_the_same_member_twice_is_refused() -> None:
    out = io.BytesIO(WORD)
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(MAIN, b"<a/>")
    assert "två gånger" in refused(out.getvalue())
    assert "två gånger" in refused(packed({**members(WORD), "WORD/Document.xml": b"<a/>"}))


def test_members_that_share_bytes_are_refused() -> None:
    data = bytearray(WORD)
    at = data.index(b"PK\x01\x02")  # the first two entries of the directory lead to one place
    second = data.index(b"PK\x01\x02", at + 4)
    data[second + 42 : second + 46] = data[at + 42 : at + 46]
    assert refused(bytes(data))


@pytest.mark.parametrize("name", ["../ut.xml", "/etc/passwd", "a/../../b", "c:/x", "a\\b"])
def test_names_that_point_elsewhere_are_refused(name: str) -> None:
    # a place-holder of the same length, since zipfile mends names
    holder = "x" * len(name)
    data = packed({**members(WORD), holder: b"x"}).replace(holder.encode(), name.encode())
    assert "pekar utanför" in refused(data)


def test_encrypted_and_oddly_packed_members_are_refused() -> None:
    data = bytearray(WORD)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "krypterad" in refused(bytes(data))
    assert "packad på ett sätt" in refused(packed(members(WORD), zipfile.ZIP_LZMA))


def test_a_missing_or_broken_part_is_told() -> None:
    parts = members(WORD)
    assert "skadad" in refused(packed({**parts, MAIN: b"<w:document><w:body>"}))
    del parts[MAIN]
    assert "inget Word-dokument" in refused(packed(parts))


_BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "markup",
    [
        f'<!DOCTYPE a [<!ENTITY a0 "ha">{_BOMB}]><a>&a8;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "http://localhost:1/">]><a>&x;</a>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(markup: str, encoding: str) -> None:
    with pytest.raises(BadMarkupError, match="dokumenttyp"):
        parse(markup.encode(encoding))


def test_an_encoding_that_hides_markup_is_refused() -> None:
    with pytest.raises(BadMarkupError, match="teckenkodning"):
        parse(b"<?xml version='1.0' encoding='utf-7'?>+ADw-a/+AD4-")


def test_more_elements_or_levels_than_a_document_has_are_refused() -> None:
    with pytest.raises(BadMarkupError, match="orimligt stor"):
        parse(b"<a>" + b"<b/>" * 800_000 + b"</a>")
    with pytest.raises(BadMarkupError, match="nivåer"):
        parse(b"<a>" * 1_000 + b"</a>" * 1_000)


def test_what_lies_outside_the_file_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = members(WORD)
    relation = (
        b'<Relationship Id="rIdX" TargetMode="External" Target="http://localhost:1/mall.dotm" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate"/></Relationships>'
    )
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation)
    monkeypatch.setattr("socket.socket", None)
    package = Package(packed(parts), "fil.docx")
    assert list(package.related(package.main, "attachedTemplate")) == []


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"borta\.docx"):
        open_package(tmp_path / "borta.docx")
