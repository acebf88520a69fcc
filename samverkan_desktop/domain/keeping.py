"""Which backups are kept, and when the next one and the next drill are due."""

from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta

from samverkan_desktop.domain.backup import Backup, Drill, Occasion, Verdict

# Of the last day this many are kept; then the last of each day, week and month, for so long.
MOST_IN_A_DAY = 8
DAYS, WEEKS, MONTHS = timedelta(days=14), timedelta(days=60), timedelta(days=366)

# A state that a restored backup took the place of is kept this long, whatever else is.
REPLACED = timedelta(days=60)
# So long a damaged backup lies there, for what can still be read of it.
DAMAGED = timedelta(days=14)

DRILL_EVERY = timedelta(days=7)


def rotated_away(backups: Sequence[Backup], now: datetime) -> frozenset[Backup]:
    """Return the backups of one library that are to be removed.

    Of the good ones the last eight of the last day are kept, the last of each day for two weeks, of
    each week for two months and of each month for a year; the state before a restore for two
    months; and always the newest one. A damaged one goes after two weeks if there is a newer good
    one; it never counts for a good one. What has no record is never removed, nor what the clock
    says is from the future.
    """
    good = sorted((b for b in backups if b.verdict is Verdict.GOOD), key=lambda b: b.at)
    past = [backup for backup in good if backup.at <= now]
    kept = {backup for backup in past if _replaced(backup) and now - backup.at <= REPLACED}
    kept |= {b for b in past[-MOST_IN_A_DAY:] if now - b.at <= timedelta(days=1)}
    last_of = {_stretch(backup.at, now): backup for backup in past}
    kept |= {backup for stretch, backup in last_of.items() if stretch is not None}
    kept |= set(past[-1:])
    damaged = (b for b in backups if b.verdict is Verdict.DAMAGED)
    useless = {b for b in damaged if now - b.at > DAMAGED and past and past[-1].at > b.at}
    return frozenset(set(past) - kept | useless)


def due_at_start(newest_good: datetime | None, *, changed: bool) -> bool:
    """Return whether a backup is to be made when the program has started.

    `changed`: whether the library isn't as it was in the newest good backup.
    """
    return newest_good is None or changed


def due_while_working(newest_good: datetime | None, now: datetime, *, changed: bool) -> bool:
    """Return whether a backup is to be made between: one a day, if something has changed."""
    if newest_good is None:
        return True
    return changed and newest_good.astimezone(now.tzinfo).date() != now.date()


def drill_is_due(last: Drill | None, now: datetime) -> bool:
    """Return whether a restore drill is due.

    It is when a week has gone since the last one or the clock went backwards, and after one that
    failed, since the newest good backup is another now.
    """
    if last is None or last.problem:
        return True
    return not timedelta(0) <= now - last.at < DRILL_EVERY


def _replaced(backup: Backup) -> bool:
    return backup.record is not None and backup.record.occasion is Occasion.BEFORE_RESTORE


def _stretch(moment: datetime, now: datetime) -> Hashable | None:
    """Return the day, week or month of which one backup is kept; None when it's too old."""
    age, day = now - moment, moment.astimezone(now.tzinfo).date()
    if age <= DAYS:
        return day
    if age <= WEEKS:
        return day.isocalendar()[:2]
    return ("month", day.year, day.month) if age <= MONTHS else None
