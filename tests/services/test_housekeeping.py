"""What time takes away, and what it leaves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import JobCancelledError
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.services.housekeeping import tidy
from samverkan_desktop.store.library import Library

START = datetime(2026, 1, 1, 8, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Callable[[], datetime]):
    with Library.open(tmp_path / "b.db", clock=clock) as opened:
        for name in ("kvar", "bort", "senare"):
            opened.add(Draft(id=name, template="t", title=name.title()))
        yield opened


def test_the_bin_is_emptied_of_what_has_been_there_long_enough(library, clock) -> None:
    library.delete("bort")
    clock.forward(days=20)
    library.delete("senare")
    assert tidy(library, 30, clock.forward(days=9), silent) == ()
    erased = tidy(library, 30, clock.forward(days=1), silent)
    assert [summary.title for summary in erased] == ["Bort"]
    assert [summary.id for summary in library.bin()] == ["senare"]
    assert [summary.id for summary in library.summaries()] == ["kvar"]


@pytest.mark.parametrize("days", [0, -1])
def test_the_bin_can_be_kept_for_ever(library, clock, days: int) -> None:
    library.delete("bort")
    assert tidy(library, days, clock.forward(days=5000), silent) == ()
    assert library.load("bort").title == "Bort"


def test_old_versions_are_thinned_also_in_the_bin(library, clock) -> None:
    for name in ("kvar", "bort"):
        for number in range(10):
            clock.forward(minutes=5)
            old = library.load(name)
            library.save(replace(old, subtitle=str(number)), old)
            library.history.keep(name, Reason.WRITTEN)
    library.delete("bort")
    tidy(library, 30, clock.forward(days=2), silent)
    assert len(library.history.versions("kvar")) < 5
    assert len(library.history.versions("bort")) < 5
    assert library.history.draft("kvar", 11) == library.load("kvar")


def test_it_can_be_stopped(library, clock) -> None:
    def stop(*_: int) -> None:
        raise JobCancelledError

    library.delete("bort")
    with pytest.raises(JobCancelledError):
        tidy(library, 30, clock.forward(days=90), stop)
    assert library.load("bort")
