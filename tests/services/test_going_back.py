"""Going back is a step forward: nothing of what was written since is lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import DecisionGroup, Draft, Section
from samverkan_desktop.domain.errors import UnknownSectionError, UnknownVersionError
from samverkan_desktop.domain.journal import Act
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.services.restoring import restore_section, restore_version
from samverkan_desktop.store.library import Library


def section(key: str, text: str) -> Section:
    return Section(key=key, content=(replace(paragraph(text), id=f"id-{key}"),))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "b.db") as opened:
        first = Draft(
            id="a", template="t", title="Först", sections=(section("x", "1"), section("y", "1"))
        )
        opened.add(first)
        second = replace(first, title="Sedan", sections=(section("x", "2"), section("y", "2")))
        opened.save(second, first)
        yield opened


def texts(draft: Draft) -> dict[str, str]:
    return {s.key: s.content[0].spans[0].text for s in draft.sections}


def test_a_whole_version_becomes_the_newest(library: Library) -> None:
    restored = restore_version(library, "a", 1)
    assert library.load("a") == library.history.draft("a", 1)
    kept = library.history.versions("a")
    assert [v.reason for v in kept] == [Reason.BEGUN, Reason.BEFORE, Reason.RESTORED]
    assert (restored.number, restored.note) == (3, "version 1")
    assert library.history.draft("a", 2).title == "Sedan"
    assert library.history.journal("a")[-1].act is Act.RESTORED


def test_one_section_becomes_the_newest(library: Library) -> None:
    restore_section(library, "a", 1, "x", "forslag")
    assert library.load("a").title == "Sedan"
    assert texts(library.load("a")) == {"x": "1", "y": "2"}
    assert library.history.versions("a")[-1].note == "x ur version 1"


def test_the_decision_goes_back_as_a_section_does(library: Library) -> None:
    old = library.load("a")
    item = (replace(paragraph("Bifalla."), id="b"),)
    library.save(replace(old, decision=(DecisionGroup(items=(item,)),)), old)
    restore_section(library, "a", 1, "forslag", "forslag")
    assert library.load("a") == replace(old, decision=())


def test_what_is_not_there_changes_nothing(library: Library) -> None:
    before = library.load("a")
    with pytest.raises(UnknownVersionError):
        restore_version(library, "a", 9)
    with pytest.raises(UnknownSectionError, match="inget avsnitt ”z”"):
        restore_section(library, "a", 1, "z", "forslag")
    assert library.load("a") == before
    assert len(library.history.versions("a")) == 1
