"""Drafts begin with what is known, and lose nothing on their way in."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samverkan_desktop.catalogue import Catalogue, load_catalogue
from samverkan_desktop.domain.draft import Approval, Attachment, Draft, Officer
from samverkan_desktop.domain.errors import (
    DraftExistsError,
    InvalidFieldError,
    UnknownTemplateError,
    UnreadableFileError,
)
from samverkan_desktop.domain.text import walk
from samverkan_desktop.files import Folders
from samverkan_desktop.services import writing
from samverkan_desktop.settings import Settings
from samverkan_desktop.store.library import Library

TODAY = date(2024, 5, 17)


@pytest.fixture
def catalogue(folders: Folders) -> Catalogue:
    return load_catalogue(folders)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "b.db") as opened:
        yield opened


def test_a_new_draft_knows_who_writes_and_for_whom(catalogue: Catalogue) -> None:
    officer = Officer(name="Vera Lundmark", phone="08-000 00 00")
    profile = next(p for p in catalogue.organisations.values() if p.committee)
    template = catalogue.template("stockholm-remissvar")

    draft = writing.new_draft(template, profile, Settings(officer=officer), TODAY, lambda: "id-1")

    assert (draft.id, draft.template, draft.language) == ("id-1", template.id, "sv-SE")
    assert (draft.title, draft.subtitle) == ("", "Svar på remiss")
    assert draft.officer == officer
    assert draft.committee == profile.committee
    assert draft.organisation.name == profile.name
    assert draft.organisation.switchboard == profile.switchboard
    assert draft.document_date == TODAY
    assert draft.sections == ()
    assert draft.decision == ()


def test_a_decision_with_a_usual_lead_in_begins_with_it(catalogue: Catalogue) -> None:
    template = catalogue.template("uppsala-tjansteskrivelse")
    draft = writing.new_draft(template, None, Settings(), TODAY)
    assert [group.lead_in for group in draft.decision] == [template.decision.default_lead_in]
    assert draft.committee == draft.organisation.name == ""


def test_a_subtitle_to_be_filled_in_is_left_to_the_officer(catalogue: Catalogue) -> None:
    template = replace(catalogue.template("stockholm-remissvar"), subtitle="Anmälan av …")
    assert writing.new_draft(template, None, Settings(), TODAY).subtitle == ""


def test_two_new_drafts_are_two(catalogue: Catalogue) -> None:
    template = catalogue.template("stockholm-remissvar")
    first, second = (writing.new_draft(template, None, Settings()) for _ in range(2))
    assert first.id != second.id
    assert first.document_date == second.document_date == date.today()


def write_json(path: Path, **fields: object) -> Path:
    whole = {"format": "samverkan-draft/1", "template": "stockholm-remissvar", "title": "T"}
    path.write_text(json.dumps(whole | fields), encoding="utf-8")
    return path


IMAGE = {"type": "image", "file": "karta över ån.png", "alt": "Karta"}


def test_a_draft_from_a_file_comes_with_its_files(
    library: Library, catalogue: Catalogue, tmp_path: Path
) -> None:
    (tmp_path / "karta över ån.png").write_bytes(b"bild")
    (tmp_path / "missiv.pdf").write_bytes(b"pdf")
    (tmp_path / "annat.txt").write_bytes(b"annat")
    path = write_json(
        tmp_path / "a.json",
        sections=[{"key": "arendet", "content": ["Text.", IMAGE]}],
        attachments=[{"title": "Missiv", "file": "missiv.pdf"}],
    )

    added = writing.add_from_json(library, path, catalogue)

    assert added.id
    assert all(block.id for block in walk(added.all_blocks()))
    assert library.load(added.id) == added
    assert library.file_names(added.id) == {"karta över ån.png", "missiv.pdf"}
    assert library.file(added.id, "karta över ån.png") == b"bild"


def test_a_file_that_is_missing_stops_the_draft(
    library: Library, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = write_json(tmp_path / "a.json", attachments=[{"title": "M", "file": "missiv.pdf"}])
    with pytest.raises(UnreadableFileError, match=r"missiv\.pdf.*finns inte"):
        writing.add_from_json(library, path, catalogue)
    assert library.summaries() == []


def test_a_draft_of_an_unknown_template_is_refused(
    library: Library, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = write_json(tmp_path / "a.json", template="okänd-mall")
    with pytest.raises(UnknownTemplateError, match="okänd-mall"):
        writing.add_from_json(library, path, catalogue)
    assert library.summaries() == []


def test_a_wrong_type_is_named_with_its_place(
    library: Library, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = write_json(tmp_path / "a.json", sections=[{"key": "a"}, {"key": "b", "content": 7}])
    with pytest.raises(InvalidFieldError, match=r"a\.json.*sections\[1\]\.content"):
        writing.add_from_json(library, path, catalogue)
    assert library.summaries() == []


def test_the_same_file_can_not_be_added_twice_by_mistake(
    library: Library, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = write_json(tmp_path / "a.json", id="1234")
    writing.add_from_json(library, path, catalogue)
    with pytest.raises(DraftExistsError):
        writing.add_from_json(library, path, catalogue)
    assert len(library.summaries()) == 1


def test_a_copy_is_another_matter_with_the_same_text(
    library: Library, catalogue: Catalogue, tmp_path: Path
) -> None:
    (tmp_path / "missiv.pdf").write_bytes(b"pdf")
    path = write_json(
        tmp_path / "a.json",
        title="Nya cykelbanor",
        dnr="KS 2023/740",
        meeting_date="2024-06-01",
        document_date="2024-05-01",
        sections=[{"key": "arendet", "content": "Text."}],
        attachments=[{"title": "Missiv", "file": "missiv.pdf"}],
        approvals=[{"name": "Chef", "date": "2024-05-02"}],
    )
    original = writing.add_from_json(library, path, catalogue)
    assert original.approvals == (Approval(name="Chef", date=date(2024, 5, 2)),)

    copy = writing.duplicate(library, original.id)

    assert copy.id != original.id
    assert copy.title == "Nya cykelbanor (kopia)"
    assert (copy.dnr, copy.meeting_date, copy.document_date, copy.approvals) == ("", None, None, ())
    assert copy.sections == original.sections
    assert copy.attachments == (Attachment(title="Missiv", file="missiv.pdf"),)
    assert library.file(copy.id, "missiv.pdf") == b"pdf"
    assert library.load(copy.id) == copy
    assert library.load(original.id) == original


def test_a_file_opened_twice_is_the_same_draft_as_it_is_in_the_library(
    library: Library, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps(
            {
                "format": "samverkan-draft/1",
                "id": "a",
                "template": "stockholm-remissvar",
                "title": "Ur filen",
            }
        ),
        encoding="utf-8",
    )
    assert writing.add_or_find(library, path, catalogue) == writing.Added("a", was_there=False)
    loaded = library.load("a")
    library.save(replace(loaded, title="Skrivet sedan"), loaded)
    library.delete("a")
    assert writing.add_or_find(library, path, catalogue) == writing.Added("a", was_there=True)
    assert [summary.title for summary in library.summaries()] == ["Skrivet sedan"]


def test_a_draft_written_to_a_file_is_another_when_it_is_read(
    library: Library, catalogue: Catalogue, tmp_path: Path
) -> None:
    draft = library.add(Draft(id="a", template="stockholm-remissvar", title="Räddat"))
    writing.write_json(draft, tmp_path / "räddat.json")
    found = writing.add_or_find(library, tmp_path / "räddat.json", catalogue)
    assert not found.was_there
    assert library.load(found.draft_id).title == "Räddat"
    assert found.draft_id != "a"
