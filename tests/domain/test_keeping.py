"""Which backups stay: whatever happens, there is always the newest good one to go back to."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan_desktop.domain.backup import Backup, Drill, Occasion, Record, Snapshot, Verdict
from samverkan_desktop.domain.keeping import (
    DAYS,
    MONTHS,
    MOST_IN_A_DAY,
    WEEKS,
    drill_is_due,
    due_at_start,
    due_while_working,
    rotated_away,
)

NOW = datetime(2026, 5, 13, 16, 30, tzinfo=UTC)  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def backup(at: datetime, verdict: Verdict = Verdict.GOOD, occasion=Occasion.REGULAR) -> Backup:
    record = Record(
        library="b",
        made_at=at,
        made_by="0.1.0",
        occasion=occasion,
        size=1,
        sha256="",
        drafts_sha256="",
        snapshot=Snapshot(counts=(("drafts", 3),), state=""),
        verified_at=at,
        problem="skadad" if verdict is Verdict.DAMAGED else "",
    )
    known = None if verdict is Verdict.UNVERIFIED else record
    return Backup(Path(f"{at.isoformat()} {verdict} {occasion}"), at, 1, known)


backups = st.lists(
    st.builds(
        backup,
        st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC)),
        st.sampled_from(Verdict),
        st.sampled_from(Occasion),
    ),
    max_size=60,
    unique_by=lambda b: b.path,
)


def good(several) -> list[Backup]:
    return [b for b in several if b.verdict is Verdict.GOOD]


@given(backups)
def test_the_newest_good_one_always_stays(several: list[Backup]) -> None:
    left = set(several) - rotated_away(several, NOW)
    for known in (good(several), [b for b in good(several) if b.at <= NOW]):
        if known:
            newest = max(b.at for b in known)
            assert newest in {b.at for b in good(left)}


@given(backups)
def test_bad_ones_never_push_out_good_ones(several: list[Backup]) -> None:
    alone = rotated_away(good(several), NOW)
    assert {b for b in rotated_away(several, NOW) if b.verdict is Verdict.GOOD} == alone


@given(backups)
def test_what_is_unknown_is_never_removed(several: list[Backup]) -> None:
    assert all(b.verdict is not Verdict.UNVERIFIED for b in rotated_away(several, NOW))


@given(backups)
def test_what_stays_stays_when_it_is_asked_again(several: list[Backup]) -> None:
    left = set(several) - rotated_away(several, NOW)
    assert rotated_away(sorted(left, key=lambda b: b.at), NOW) == frozenset()


@given(backups)
def test_every_day_week_and_month_keeps_its_last(several: list[Backup]) -> None:
    left = good(set(several) - rotated_away(several, NOW))
    for one in good(several):
        age = NOW - one.at
        if timedelta(0) <= age <= MONTHS:
            span = 1 if age <= DAYS else 7 if age <= WEEKS else 31
            later = [b for b in left if one.at <= b.at <= NOW]
            assert any((b.at.date() - one.at.date()).days < span for b in later)


def test_a_year_of_daily_backups_is_thinned_and_reaches_back() -> None:
    kept: list[Backup] = []
    for day in range(500, -1, -1):
        at = NOW - day * DAY
        kept.append(backup(at - HOUR))
        gone = rotated_away(kept, at)
        kept = [b for b in kept if b not in gone]
    ages = sorted((NOW - b.at).days for b in kept)
    assert ages[:14] == list(range(14))
    assert 20 < len(kept) < 40
    assert 330 < ages[-1] <= 366
    gaps = [older - newer for newer, older in itertools.pairwise(ages)]
    assert max(gaps) <= 35  # from the last Sunday of one month to that of the next


def test_of_one_day_the_last_eight_stay_and_then_the_last() -> None:
    day = [backup(NOW - n * HOUR / 2) for n in range(20)]
    left = set(day) - rotated_away(day, NOW)
    assert left == set(day[:MOST_IN_A_DAY])
    tomorrow = NOW + 2 * DAY
    assert set(day) - rotated_away(day, tomorrow) == {day[0]}


def test_the_state_before_a_restore_stays_two_months() -> None:
    before = backup(NOW - 40 * DAY, occasion=Occasion.BEFORE_RESTORE)
    later = [backup(NOW - 40 * DAY + n * HOUR) for n in (1, 2)] + [backup(NOW)]
    assert rotated_away([before, *later], NOW) == {later[0]}
    assert before in rotated_away([before, *later], NOW + 30 * DAY)


def test_a_damaged_one_goes_after_two_weeks_if_there_is_a_newer_good_one() -> None:
    damaged, newer = backup(NOW - 15 * DAY, Verdict.DAMAGED), backup(NOW)
    assert rotated_away([damaged], NOW) == frozenset()
    assert rotated_away([damaged, backup(NOW - 16 * DAY)], NOW) == frozenset()
    assert rotated_away([damaged, newer], NOW) == {damaged}
    assert rotated_away([damaged, newer], NOW - DAY) == frozenset()


def test_a_clock_that_was_wrong_costs_no_backup() -> None:
    future, past = backup(NOW + 900 * DAY), backup(NOW - 900 * DAY)
    assert rotated_away([future, past], NOW) == frozenset()


def test_a_file_that_changed_its_size_is_damaged() -> None:
    whole = backup(NOW)
    assert whole.drafts == 3
    assert replace(whole, size=0).verdict is Verdict.DAMAGED
    assert replace(whole, record=None).verdict is Verdict.UNVERIFIED
    assert replace(whole, record=None).drafts is None


@pytest.mark.parametrize(
    ("newest", "changed", "start", "working"),
    [
        (None, False, True, True),
        (NOW - HOUR, False, False, False),
        (NOW - HOUR, True, True, False),
        (NOW - DAY, True, True, True),
        (NOW - DAY, False, False, False),
        (NOW + DAY, True, True, True),  # the clock went backwards
    ],
)
def test_when_a_backup_is_due(newest, changed, start, working) -> None:
    assert due_at_start(newest, changed=changed) is start
    assert due_while_working(newest, NOW, changed=changed) is working


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (Drill(at=NOW - 6 * DAY, backup="b"), False),
        (Drill(at=NOW - 7 * DAY, backup="b"), True),
        (Drill(at=NOW + HOUR, backup="b"), True),
        (Drill(at=NOW - HOUR, backup="b", problem="skadad"), True),
    ],
)
def test_a_drill_is_due_each_week_and_after_one_that_failed(last, due: bool) -> None:
    assert drill_is_due(last, NOW) is due
