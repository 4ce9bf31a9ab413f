"""Which backups are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.maintenance.rotation import Rotation

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)


def test_a_year_and_a_half_of_two_backups_a_day_leaves_so_many_days_weeks_and_months() -> None:
    made = [MIDNIGHT - timedelta(hours=12 * n) for n in range(2 * 550)]
    kept = sorted(Rotation(14, 8, 12).kept(made), reverse=True)
    assert kept[0] == MIDNIGHT
    assert len({at.date() for at in kept[:14]}) == 14
    assert [at.date().isoformat() for at in kept[14:21]] == [
        "2026-11-08", "2026-11-01", "2026-10-31", "2026-10-25", "2026-10-18", "2026-10-11", "2026-09-30",
    ]  # fmt: skip
    assert kept[-1].date().isoformat() == "2025-12-31"
    assert len(kept) == 14 + 5 + 11


def test_of_a_day_with_several_the_newest_is_kept() -> None:
    made = [MIDNIGHT, MIDNIGHT + timedelta(hours=9), MIDNIGHT + timedelta(hours=18)]
    assert Rotation().kept(made) == {made[-1]}


@given(st.sets(st.integers(0, 40_000), max_size=60), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_the_newest_is_always_kept_and_nothing_is_made_up(hours: set[int], days: int, weeks: int, months: int) -> None:
    made = {MIDNIGHT - timedelta(hours=n) for n in hours}
    kept = Rotation(days, weeks, months).kept(made)
    assert kept <= made
    assert len(kept) <= 1 + days + weeks + months
    assert not made or max(made) in kept
    assert Rotation(days, weeks, months).kept(kept) == kept


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(1, 20), st.integers(0, 9), st.integers(0, 4))
def test_it_can_be_said_when_a_backup_is_gone(made: date, days: int, weeks: int, months: int) -> None:
    rotation = Rotation(days, weeks, months)
    over = rotation.over_on(made)

    def stands(today: date) -> bool:
        return _at(made) in rotation.kept(_at(made + timedelta(days=n)) for n in range((today - made).days + 1))

    assert not stands(over)
    assert stands(made)


def test_the_last_backup_of_a_month_stays_longest() -> None:
    assert Rotation(14, 8, 12).over_on(date(2026, 1, 31)) == date(2027, 1, 1)
    assert Rotation(14, 8, 0).over_on(date(2026, 11, 29)) == date(2027, 1, 18)
    assert Rotation(14, 0, 0).over_on(date(2026, 11, 29)) == date(2026, 12, 13)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_a_backup_is_kept_for_its_longest_span_and_what_was_put_aside_for_a_month_at_least() -> None:
    kept = ((14, 8, 12), (14, 60, 0), (400, 8, 12), (1, 1, 0), (1, 0, 1))

    assert [Rotation(*spans).longest.days for spans in kept] == [372, 420, 400, 31, 31]
    assert Rotation() == Rotation(14, 8, 12)


def test_without_days_a_backup_is_there_until_the_next_one() -> None:
    assert Rotation(0, 0, 0).over_on(date(2026, 11, 29)) == date(2026, 11, 30)
    assert Rotation(0, 0, 1).over_on(date(2026, 12, 29)) == date(2027, 1, 1)
    assert Rotation(0, 1, 0).over_on(date(2026, 11, 29)) == date(2026, 11, 30)
    assert Rotation(0, 1, 0).over_on(date(2026, 11, 23)) == date(2026, 11, 30)
    assert Rotation(0, 0, 1).kept([_at(date(2026, 11, 1)), _at(date(2025, 11, 30))]) == {_at(date(2026, 11, 1))}
    two = [_at(date(2026, 1, 1)), _at(date(2025, 12, 29))]  # of one ISO week
    assert Rotation(0, 2, 0).kept(two) == {two[0]}
    assert Rotation(0, 0, 2).kept([_at(date(2026, 11, 1)), _at(date(2025, 11, 30))]) == {
        _at(date(2026, 11, 1)),
        _at(date(2025, 11, 30)),
    }
