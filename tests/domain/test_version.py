"""Which versions are let go of in time, and which never."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from samverkan_desktop.domain.version import Reason, Version, thinned

NOW = datetime(2026, 6, 15, 14, 30, tzinfo=UTC)


def version(number: int, age: timedelta, reason: Reason = Reason.WRITTEN) -> Version:
    return Version(
        number=number, at=NOW - age, author="Kim", reason=reason, note="", sha256=f"{number:064}"
    )


def left(versions: list[Version], now: datetime = NOW) -> list[Version]:
    gone = thinned(versions, now)
    return [v for v in versions if v.number not in gone]


def every(step: timedelta, age: timedelta, count: int) -> list[Version]:
    """Versions from `age` ago onwards, a step apart, between a first and a last one."""
    middle = [version(n + 2, age - n * step) for n in range(count)]
    return [version(1, timedelta(days=999)), *middle, version(count + 2, timedelta(0))]


def test_all_of_the_last_day_are_kept() -> None:
    versions = every(timedelta(minutes=5), timedelta(hours=23), 200)
    assert left(versions) == versions


def test_of_the_last_week_the_last_of_each_hour_is_kept() -> None:
    kept = left(every(timedelta(minutes=5), timedelta(days=3), 24))[1:-1]
    assert [v.at.minute for v in kept] == [55, 55, 25]


def test_of_the_last_ninety_days_the_last_of_each_day_is_kept() -> None:
    kept = left(every(timedelta(hours=1), timedelta(days=30), 72))[1:-1]
    assert [v.at.hour for v in kept] == [23, 23, 23, 13]


def test_before_that_the_last_of_each_week_is_kept() -> None:
    kept = left(every(timedelta(days=1), timedelta(days=200), 28))[1:-1]
    assert len(kept) == 4
    assert all(b.at - a.at == timedelta(days=7) for a, b in itertools.pairwise(kept))


reasons = st.sampled_from(Reason)
ages = st.timedeltas(timedelta(days=-2), timedelta(days=800))


@st.composite
def histories(draw: st.DrawFn) -> list[Version]:
    told = draw(st.lists(st.tuples(ages, reasons), max_size=40))
    if draw(st.booleans()):
        told.sort(key=lambda pair: pair[0], reverse=True)
    return [version(n + 1, age, reason) for n, (age, reason) in enumerate(told)]


@given(histories())
def test_what_somebody_asked_for_and_both_ends_are_never_let_go_of(versions) -> None:
    kept = left(versions)
    asked = [v for v in versions if not v.reason.is_passing]
    assert set(asked + versions[:1] + versions[-1:]) <= set(kept)


@given(histories())
def test_thinning_again_takes_nothing_more(versions) -> None:
    kept = left(versions)
    assert left(kept) == kept


@given(histories(), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_thinning_now_and_later_leaves_what_thinning_later_does(versions, pause) -> None:
    """When it is done makes no difference, for times that go forward."""
    versions = [v for v in versions if v.at <= NOW]
    versions.sort(key=lambda v: v.at)
    versions = [version(n + 1, NOW - v.at, v.reason) for n, v in enumerate(versions)]
    assert left(left(versions), NOW + pause) == left(versions, NOW + pause)


@given(histories())
def test_no_stretch_of_time_is_emptied(versions) -> None:
    kept = left(versions)
    for gone in set(versions) - set(kept):
        stretch = timedelta(days=7)
        assert any(v.number != gone.number and abs(v.at - gone.at) <= stretch for v in kept)


def test_a_version_says_why_it_was_kept() -> None:
    named = replace(version(1, timedelta(0), Reason.NAMED), note="Efter mötet")
    assert named.why.endswith(" Efter mötet")
    assert all(version(1, timedelta(0), reason).why for reason in Reason)
    assert len({version(1, timedelta(0), reason).why for reason in Reason}) == len(Reason)
