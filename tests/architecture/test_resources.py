"""What ships with the program is sound."""

from pathlib import Path

import pytest

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.codec.draft_json import read_draft, write_draft
from samverkan_desktop.domain.checks import Severity, check
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.files import Folders

RESOURCES = Path(__file__).resolve().parent.parent.parent / "resources"
EXAMPLES = sorted((RESOURCES / "examples").glob("*.json"))


def test_every_template_and_profile_can_be_used(folders: Folders):
    catalogue = load_catalogue(folders)
    assert [str(problem) for problem in catalogue.problems] == []
    assert set(catalogue.templates) == {p.stem for p in (RESOURCES / "templates").glob("*.toml")}
    assert set(catalogue.organisations) == {
        p.stem for p in (RESOURCES / "organisations").glob("*.toml")
    }
    assert catalogue.templates
    assert catalogue.organisations


def test_every_template_has_an_organisation(folders: Folders):
    catalogue = load_catalogue(folders)
    alone = [name for name in catalogue.templates if not catalogue.organisations_for(name)]
    assert alone == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_a_whole_document(path: Path, folders: Folders):
    draft = read_draft(path.read_bytes(), path.name)
    template = load_catalogue(folders).template(draft.template)
    document = compose(draft, template)
    assert len(document.parts) > 5
    assert read_draft(write_draft(draft), path.name) == draft


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_in_order(path: Path, folders: Folders):
    draft = read_draft(path.read_bytes(), path.name)
    findings = check(draft, load_catalogue(folders).template(draft.template))
    assert [finding.message for finding in findings if finding.severity == Severity.ERROR] == []


def test_there_are_examples():
    assert EXAMPLES
