"""Which allowance rules hold today and on any other day, and which of them the shop goes by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from pos.application.quota.show_regimes import (
    FileFault,
    MissingRegime,
    RegimeFiles,
    RegimeOrigin,
    RegimeView,
    ShowRegimes,
)
from pos.application.settings.settings import Settings
from pos.domain.quota.rule import Rule
from tests.contexts import a_context
from tests.domain.quota.border import shipped

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def shown(now: datetime = NOON, origins: dict[str, RegimeOrigin] | None = None, **settings: str) -> ShowRegimes:
    """The step over the shipped regimes, in a shop with these settings."""
    regimes = shipped()
    files = RegimeFiles(
        Path("own"), regimes, {name: (origins or {}).get(name, RegimeOrigin.SHIPPED) for name in regimes},
        (FileFault(Path("own/bad.toml"), "", "", "not_toml"),),
    )  # fmt: skip
    return ShowRegimes(a_context(now=lambda: now, settings=lambda: Settings.read(settings)), lambda: files)


def regime(name: str, step: ShowRegimes | None = None) -> RegimeView:
    return next(view for view in (step or shown())().regimes if view.regime.id == name)


def ids(rules: Sequence[Rule]) -> list[str]:
    return [rule.id for rule in rules]


def test_the_rules_that_the_shop_goes_by_stand_first_then_its_own() -> None:
    view = shown(origins={"kr-jeju": RegimeOrigin.OWN})()
    names = [one.regime.id for one in view.regimes]
    assert names[:3] == ["cn-horgos", "kz-horgos", "kr-jeju"]
    assert names[3:] == sorted(names[3:])
    assert [one.sides for one in view.regimes[:2]] == [("CN",), ("KZ",)]
    assert not any(one.sides for one in view.regimes[2:])


def test_the_settings_say_which_rules_are_in_use() -> None:
    step = shown(regime_cn="cn-hainan", regime_kz="cn-hainan")
    assert regime("cn-hainan", step).sides == ("CN", "KZ")
    assert regime("cn-horgos", step).sides == ()


def test_rules_that_the_settings_want_and_that_are_not_there_are_named() -> None:
    assert shown(regime_kz="kz-own")().missing == (MissingRegime("KZ", "kz-own"),)
    assert shown()().missing == ()


def test_files_that_could_not_be_used_are_passed_on() -> None:
    view = shown()()
    assert [fault.what for fault in view.faults] == ["not_toml"]
    assert view.folder == Path("own")


def test_today_is_the_day_in_the_zone_of_the_regime() -> None:
    late = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # 01:00 in Shanghai, 22:00 in Almaty
    assert regime("cn-horgos", shown(late)).today == date(2026, 11, 25)
    assert regime("kz-horgos", shown(late)).today == date(2026, 11, 24)


def test_the_tobacco_rules_to_china_changed_on_the_first_of_december_2024() -> None:
    china = regime("cn-horgos")
    before, after = china.on(date(2024, 11, 30)), china.on(date(2024, 12, 1))
    assert "tobacco_old" in ids(before.in_force)
    assert "tobacco" in ids(before.later)
    assert "tobacco" in ids(after.in_force)
    assert "tobacco_old" in ids(after.ended)
    assert before.after == date(2024, 12, 1)
    assert after.before == date(2022, 11, 1)


def test_every_rule_is_in_force_or_later_or_ended_on_every_day_of_change() -> None:
    for view in shown()().regimes:
        for day in view.changes:
            rules = view.on(day)
            assert sorted(map(id, (*rules.in_force, *rules.later, *rules.ended))) == sorted(map(id, view.regime.rules))


def test_the_days_of_change_lead_from_one_to_the_next_and_end() -> None:
    kazakhstan = regime("kz-horgos")
    walked, day = [], date(2000, 1, 1)
    while (after := kazakhstan.on(day).after) is not None:
        walked.append(after)
        day = after
    assert tuple(walked) == kazakhstan.changes
    assert kazakhstan.on(walked[0]).before is None
    assert date(2022, 10, 8) in walked  # heated tobacco became an alternative of a rule that was in force already


def test_the_next_version_and_the_last_one_stand_nearest() -> None:
    rules = regime("kz-horgos").on(date(2020, 1, 1))
    later = [rule.since for rule in rules.later]
    assert later == sorted(later, key=lambda since: since or date.min)
    assert regime("kz-horgos").on(date(2026, 1, 1)).ended[0].until == date(2024, 4, 1)
