"""Two drafts, part by part as they stand in the Word file: a difference names the part and line.

After a change that is meant, look at the files in Word or LibreOffice, then write the golden parts
anew with SAMVERKAN_GOLDEN=write.
"""

import os
from pathlib import Path

import pytest
from lxml import etree
from word_documents import FOLDERS, W, members, picture, to_word

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.domain.composition import compose

GOLDEN = Path(__file__).parent.parent / "golden" / "word"
DRAFTS = sorted(path.stem for path in GOLDEN.glob("*.json"))

# These are as in the base document, which has its own test.
SHIPPED = {"word/fontTable.xml", "word/theme/theme1.xml", "word/styles.xml", "word/settings.xml"}


@pytest.mark.parametrize("name", DRAFTS)
def test_every_part_is_as_it_was_looked_at(name):
    made = parts(name)
    if os.environ.get("SAMVERKAN_GOLDEN") == "write":
        write(GOLDEN / name, made)
    assert sorted(made) == sorted(stored(GOLDEN / name))
    for part, text in made.items():
        assert text.splitlines() == stored(GOLDEN / name)[part].splitlines(), part


def parts(name: str) -> dict[str, str]:
    draft = read_draft((GOLDEN / f"{name}.json").read_bytes(), name)
    made = compose(draft, load_catalogue(FOLDERS).template(draft.template))
    docx = members(to_word(made, {"karta.png": picture(96, 48)}.__getitem__))
    shown = {part for part in docx if part.endswith((".xml", ".rels"))} - SHIPPED
    return {part: indented(docx[part]) for part in shown}


def indented(data: bytes) -> str:
    root = etree.fromstring(data)
    for definition in root.findall(f"{W}abstractNum"):  # the base document's
        root.remove(definition)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def stored(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def write(folder: Path, made: dict[str, str]) -> None:
    for part in stored(folder).keys() - made.keys():
        (folder / part).unlink()
    for part, text in made.items():
        path = folder / part
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
