"""The chain of a journal shows every change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan_desktop.domain.journal import START, Act, JournalEnd, JournalEntry, broken, chained


def journal(length: int) -> tuple[list[JournalEntry], JournalEnd]:
    entries: list[JournalEntry] = []
    end = START
    for number in range(1, length + 1):
        at = datetime(2026, 3, 1, 8, tzinfo=UTC) + timedelta(minutes=number)
        entry = JournalEntry(
            number=number, at=at, who="Kim", act=Act.EDITED, detail={"version": str(number)}
        )
        entry = replace(entry, sha256=chained(end, entry))
        entries.append(entry)
        end = JournalEnd(number, entry.sha256)
    return entries, end


@pytest.mark.parametrize("length", [0, 1, 7])
def test_an_untouched_journal_is_whole(length: int) -> None:
    assert list(broken(*journal(length))) == []


@given(st.integers(1, 9), st.data())
def test_a_missing_entry_is_named(length: int, data: st.DataObject) -> None:
    entries, end = journal(length)
    gone = data.draw(st.sets(st.integers(1, length), min_size=1))
    assert set(broken([e for e in entries if e.number not in gone], end)) == gone


CHANGES = [
    {"who": "Någon annan"},
    {"at": datetime(2026, 3, 2, tzinfo=UTC)},
    {"act": Act.APPROVED},
    {"detail": {"version": "99"}},
    {"sha256": "0" * 64},
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_changed_entry_is_named(number: int, change: dict[str, object]) -> None:
    entries, end = journal(3)
    entries[number - 1] = replace(entries[number - 1], **change)
    assert number in set(broken(entries, end))


def test_an_entry_too_many_is_named() -> None:
    entries, _ = journal(4)
    assert list(broken(entries, JournalEnd(3, entries[2].sha256))) == [4]


def test_a_missing_end_is_noticed() -> None:
    entries, _ = journal(2)
    assert list(broken(entries, START)) == [2]
