"""The customs rates of the center, and a till whose rates differ from them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import make_url

from db.center.prepare import center_config
from db.center.store import open_engine
from db.center.tables import metadata
from pos.application.center.customs_rates import SetCustomsRate, ShowCustomsRates
from pos.application.center.list_flags import ListFlags
from pos.application.center.refusals import CustomsRateExists
from pos.application.center.requests import Person
from pos.application.center.verify_center import VerifyCenter
from pos.domain.errors import BadField
from tests.center.shops import ADULT, Center, perfume

TODAY = date(2026, 11, 20)


def set_rate(center: Center, code: str, rate: str, day: date | None = None) -> None:
    SetCustomsRate(center.context)(code, Decimal(rate), "aigul", day)


def test_a_rate_holds_from_its_day_until_the_next_one_and_is_set_once(center: Center) -> None:
    set_rate(center, "CNY", "72.00")
    set_rate(center, "CNY", "73", TODAY + timedelta(days=1))
    with pytest.raises(CustomsRateExists):
        set_rate(center, "CNY", "74")
    day, (rate,) = ShowCustomsRates(center.context)()
    assert (day, rate.base, rate.per_unit, rate.by) == (TODAY, "KZT", Decimal("72.00"), "aigul")
    center.clock.pass_by(days=3)
    day, (rate,) = ShowCustomsRates(center.context)()
    assert (day, rate.per_unit, rate.day) == (TODAY + timedelta(days=3), Decimal(73), TODAY + timedelta(days=1))
    with pytest.raises(BadField):
        set_rate(center, "EUR", "530", TODAY)
    with pytest.raises(BadField):
        set_rate(center, "KZT", "1")


def test_a_till_whose_rate_differs_is_flagged_once_a_day_and_still_sells(center: Center) -> None:
    set_rate(center, "CNY", "73")  # the tills of the tests have 72
    till = center.till("A1")
    for number in range(3):
        till.sell(f"visitor {number}", perfume("10"))
    (flag,) = ListFlags(center.context)()
    assert (flag.kind, flag.shop, flag.till, flag.reference) == ("rate_differs", "A", "1", None)
    assert flag.facts == {"rates": {"CNY": {"till": "72", "center": "73", "base": "KZT"}}}
    center.till("B1").sell("another", perfume("10"))
    center.clock.pass_by(days=1)
    till.sell("one more", perfume("10"))
    assert [each.shop for each in ListFlags(center.context)()] == ["A", "B", "A"]
    assert VerifyCenter(center.context)().findings == []


@pytest.mark.parametrize("rate", ["72", "72.7", "71.3"])
def test_up_to_one_per_cent_apart_is_no_difference(center: Center, rate: str) -> None:
    set_rate(center, "CNY", rate)
    center.till("A1").sell("passport", perfume("10"))
    assert ListFlags(center.context)() == []


def test_a_birth_date_that_differs_is_flagged_once(center: Center) -> None:
    till = center.till("A1")
    till.look_up("passport", person=ADULT)
    for _ in range(3):
        till.look_up("passport", person=Person(date(1990, 1, 1), None, "CN"))
    (flag,) = ListFlags(center.context)()
    assert (flag.kind, flag.facts["field"], flag.shop) == ("person_differs", "birth_date", "A")
    assert flag.reference == till.known["passport"].reference


def test_the_steps_make_the_tables_that_the_program_knows(center: Center) -> None:
    from alembic import command
    from alembic.config import Config

    engine = open_engine(make_url(center.url), 1)
    with engine.begin() as connection:
        config = center_config(connection, metadata)
        assert isinstance(config, Config)
        command.check(config)
    engine.dispose()
