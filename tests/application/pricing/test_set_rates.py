"""Rates are superseded from an instant on, never edited, and a sale keeps those it was made with."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pos.application.pricing.set_rates import RateDraft
from pos.application.pricing.show_rate_board import ShowRateBoard
from pos.domain.errors import BadField, Refused
from pos.domain.pricing.rate_doubts import ClockBehind, RateJump, RatesApart
from pos.domain.staff.staff import NotAllowed
from tests.builders import MONDAY, cash
from tests.horgos import CNY, KZT, USD
from tests.shops import AMINAS_PIN, SWEETS, DemoShop

NEW = (Decimal("510"), Decimal("520"), Decimal("515"))


def test_a_rate_holds_from_its_instant_on_and_the_old_one_until_then(shop: DemoShop) -> None:
    shop.set_rate(shop.person("manager"), USD, *NEW, MONDAY + timedelta(hours=3))

    assert str(shop.show_rates().of(USD).buy) == "501.00"
    shop.now.move(hours=3)
    assert str(shop.show_rates().of(USD).buy) == "510"
    assert shop.rows("SELECT count(*) FROM rate WHERE currency = 'USD'") == [(2,)]


def test_of_two_rates_of_one_instant_the_later_entered_holds(shop: DemoShop) -> None:
    for buy in ("511", "512"):
        shop.set_rate(shop.person("manager"), USD, Decimal(buy), Decimal("520"), None, MONDAY)

    assert shop.show_rates().of(USD).buy == Decimal("512")


def test_a_recorded_sale_keeps_its_rates(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS, tenders=(cash("10", USD),))
    shop.set_rate(shop.person("manager"), USD, *NEW, MONDAY - timedelta(days=1), anyway=True)
    shop.set_rate(shop.person("manager"), USD, *NEW, None)

    with shop.store.reading() as work:
        sale_read = work.sales.by_number("T1", 1)

    assert sale_read is not None
    assert sale_read.rates == sale.rates
    assert sale_read.paid[0].rate == sale.paid[0].rate


@pytest.mark.parametrize(
    ("buy", "sell", "customs", "field"),
    [
        ("0", "1", None, "buy"),
        ("-1", "1", None, "buy"),
        ("NaN", "1", None, "buy"),
        ("1", "Infinity", None, "sell"),
        ("1", "0", None, "sell"),
        ("1", "2", "0", "customs"),
        ("3", "2", None, "buy"),
    ],
)
def test_a_rate_of_nothing_or_below_what_the_shop_pays_is_refused(
    shop: DemoShop, buy: str, sell: str, customs: str | None, field: str
) -> None:
    before = shop.tables()

    with pytest.raises(BadField) as refused:
        shop.set_rate(
            shop.person("manager"),
            USD,
            Decimal(buy),
            Decimal(sell),
            None if customs is None else Decimal(customs),
            None,
        )

    assert refused.value.field == field
    assert shop.tables() == before


def test_the_base_has_no_rate_and_a_cashier_sets_none(shop: DemoShop) -> None:
    with pytest.raises(BadField) as refused:
        shop.set_rate(shop.person("manager"), KZT, Decimal(1), Decimal(1), None, None)
    assert refused.value.what == "is_the_base"
    with pytest.raises(NotAllowed):
        shop.set_rate(shop.person("amina"), CNY, Decimal(1), Decimal(1), None, None)


def test_who_set_which_rate_stands_in_the_journal(shop: DemoShop) -> None:
    shop.set_rate(shop.person("manager"), USD, *NEW, None)

    [(person, details)] = shop.rows("SELECT person, details FROM journal WHERE act = 'set_rate'")
    assert person == "manager"
    assert '"buy":"510"' in details
    assert shop.verify() == []


def draft(buy: str, sell: str, since: datetime | None = None, customs: str | None = None) -> RateDraft:
    return RateDraft(USD, Decimal(buy), Decimal(sell), None if customs is None else Decimal(customs), since)


@pytest.mark.parametrize(
    ("buy", "sell", "customs", "doubt"),
    [
        ("5010", "5050", None, RateJump),  # a digit too many
        ("501", "5050", None, RateJump),
        ("400", "505", None, RateJump),
        ("501", "505", "50.3", RateJump),
        ("450", "560", None, RatesApart),  # each within a fifth of the last, and yet far apart
    ],
)
def test_a_rate_that_looks_like_a_slip_is_asked_about_and_never_blocked(
    shop: DemoShop, buy: str, sell: str, customs: str | None, doubt: type[Refused]
) -> None:
    before, manager = shop.tables(), shop.person("manager")

    plan = shop.set_rate.plan(manager, [draft(buy, sell, customs=customs)])
    with pytest.raises(doubt):
        shop.set_rate.all(manager, [draft(buy, sell, customs=customs)])

    assert isinstance(plan.doubts[0], doubt)
    assert plan.rates[0].before is not None
    assert shop.tables() == before
    assert shop.set_rate.all(manager, [draft(buy, sell, customs=customs)], anyway=True)[0].buy == Decimal(buy)


def test_the_question_says_both_figures_and_by_how_much_they_differ(shop: DemoShop) -> None:
    plan = shop.set_rate.plan(shop.person("manager"), [draft("400", "405")])

    facts = {"currency": "USD", "before": Decimal(501), "now": Decimal(400), "off": Decimal("-20.2"), "percent": 20}
    assert [doubt.facts() for doubt in plan.doubts] == [facts]


def test_the_first_rate_of_a_currency_follows_none(shop: DemoShop) -> None:
    with shop.raw(writing=True) as store:
        store.execute("DROP TRIGGER rate_is_never_deleted")
        store.execute("DELETE FROM rate WHERE currency = 'USD'")

    plan = shop.set_rate.plan(shop.person("manager"), [draft("5", "5.05")])

    assert (plan.rates[0].before, plan.doubts) == (None, ())


def test_a_rate_of_this_morning_may_be_set_at_noon_and_sales_keep_theirs(shop: DemoShop) -> None:
    shop.now.move(hours=4)
    sale = shop.sell(SWEETS, tenders=(cash("10", USD),))
    shop.set_rate(shop.person("manager"), USD, *NEW, MONDAY + timedelta(hours=1))

    assert str(shop.show_rates().of(USD).buy) == "510"
    with shop.store.reading() as work:
        sale_read = work.sales.by_number("T1", 1)
    assert sale_read is not None
    assert sale_read.rates == sale.rates
    assert shop.verify() == []


def test_a_rate_from_before_the_one_in_force_would_count_for_no_sale_and_is_asked_about(shop: DemoShop) -> None:
    yesterday = MONDAY - timedelta(days=1)

    plan = shop.set_rate.plan(shop.person("manager"), [draft("510", "520", yesterday)])

    assert [doubt.facts() for doubt in plan.doubts] == [{"currency": "USD", "since": yesterday, "newer": MONDAY}]
    shop.set_rate(shop.person("manager"), USD, *NEW, yesterday, anyway=True)
    assert str(shop.show_rates().of(USD).buy) == "501.00"


def test_with_a_clock_that_was_set_back_the_till_asks_before_rates_hold_from_now(shop: DemoShop) -> None:
    shop.sign_in("amina", AMINAS_PIN)
    shop.now.move(hours=-2)

    plan = shop.set_rate.plan(shop.person("manager"), [draft("510", "520")])
    dated = shop.set_rate.plan(shop.person("manager"), [draft("510", "520", MONDAY + timedelta(hours=3))])

    assert [doubt.facts() for doubt in plan.doubts] == [{"now": shop.now(), "last": MONDAY}]
    assert dated.doubts == ()
    with pytest.raises(ClockBehind):
        shop.set_rate(shop.person("manager"), USD, *NEW, None)


@pytest.mark.parametrize("absurd", ["0.0000001", "1000001", "1E+40"])
def test_what_no_currency_is_worth_is_no_rate(shop: DemoShop, absurd: str) -> None:
    with pytest.raises(BadField) as refused:
        shop.set_rate(shop.person("manager"), USD, Decimal(absurd), Decimal(absurd), None, None)

    assert (refused.value.field, refused.value.what) == ("buy", "out_of_range")


def test_without_a_customs_rate_goods_are_valued_at_the_middle_of_buy_and_sell(shop: DemoShop) -> None:
    shop.set_rate(shop.person("manager"), USD, Decimal("500"), Decimal("507"), None, None)

    assert shop.show_rates().for_customs()["USD"] == Fraction("503.5")


def test_a_basket_that_is_open_when_new_rates_come_into_force_keeps_its_own(shop: DemoShop) -> None:
    checkout = shop.basket(SWEETS)
    shop.now.move(hours=1)
    shop.set_rate(shop.person("manager"), USD, *NEW, None)

    sale = shop.pay(checkout, cash("10", USD))

    assert str(sale.rates.of(USD).buy) == "501.00"
    checkout.start_new()
    assert str(checkout.rates.of(USD).buy) == "510"


@pytest.mark.parametrize(
    "statement", ["UPDATE rate SET buy = '1'", "DELETE FROM rate", "REPLACE INTO rate SELECT * FROM rate"]
)
def test_the_store_itself_refuses_to_edit_a_recorded_rate(shop: DemoShop, statement: str) -> None:
    with shop.store.begin() as work, pytest.raises(DBAPIError, match="superseded, never"):
        work.connection.execute(text(statement))


def test_a_rate_that_no_one_set_and_one_that_is_gone_are_named(shop: DemoShop) -> None:
    shop.now.move(hours=1)
    shop.set_rate(shop.person("manager"), USD, *NEW, None)
    with shop.raw(writing=True) as store:
        store.execute("DROP TRIGGER rate_is_never_edited")
        store.execute("UPDATE rate SET buy = '1' WHERE buy = '510'")

    assert shop.verify() == [
        "trigger rate_is_never_edited: it is gone from the store",
        "rate USD 1/520 from 2026-03-02T05:00:00+00:00: no journal entry sets it",
        "rate USD 510/520 from 2026-03-02T05:00:00+00:00: it was set, and is gone",
    ]


def test_the_board_shows_what_holds_what_held_and_what_will(shop: DemoShop) -> None:
    manager = shop.person("manager")
    shop.now.move(days=50)
    shop.set_rate(manager, USD, *NEW, None)
    shop.set_rate(manager, USD, Decimal("511"), Decimal("521"), None, shop.now() + timedelta(days=1))

    board = ShowRateBoard(shop.context)(manager)
    lines = {line.currency: line for line in board.lines}

    assert KZT not in lines
    assert [str(one.rate.buy) for one in lines[USD].past] == ["501.00", "510"]
    assert [str(one.rate.buy) for one in lines[USD].coming] == ["511"]
    assert not lines[USD].stale
    assert lines[CNY].stale
    current = lines[USD].current
    assert current is not None
    assert (current.person, current.rate.spread) == ("manager", Fraction(1000, 515))
    with pytest.raises(NotAllowed):
        ShowRateBoard(shop.context)(shop.person("amina"))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE rate SET buy = '1' WHERE currency = 'USD'", ["no journal entry sets it", "it was set, and is gone"]),
        ("DELETE FROM rate WHERE currency = 'USD'", ["it was set, and is gone"]),
        (
            "INSERT INTO rate SELECT currency, since, entry + 1, '1', sell, customs, person FROM rate"
            " WHERE currency = 'USD'",
            ["no journal entry sets it"],
        ),
    ],
)
def test_a_rate_with_which_the_demo_began_is_compared_with_its_journal_too(
    shop: DemoShop, statement: str, said: list[str]
) -> None:
    with shop.raw(writing=True) as store:
        for trigger in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'rate'"):
            store.execute(f"DROP TRIGGER {trigger[0]}")
        store.execute(statement)

    assert [line.partition("+00:00: ")[2] for line in shop.verify() if line.startswith("rate USD")] == said


def test_a_rate_scheduled_for_customs_alone_sets_no_other_rate_back(shop: DemoShop) -> None:
    manager, tomorrow = shop.person("manager"), shop.now() + timedelta(days=1)
    the_day_after = tomorrow + timedelta(days=1)
    for at, customs in ((tomorrow, "503.10"), (the_day_after, "504.20")):
        shop.set_rate.all(manager, [RateDraft(USD, None, None, Decimal(customs), at)])
    shop.set_rate(manager, USD, Decimal("480"), Decimal("485"), Decimal("502"), None)
    lines = {line.currency: line for line in ShowRateBoard(shop.context)(manager).lines}
    coming = [(str(one.rate.buy), str(one.rate.sell), str(one.rate.customs)) for one in lines[USD].coming]
    shop.now.move(days=1, hours=1)

    assert coming == [("480", "485", "503.10"), ("480", "485", "504.20")]
    assert str(shop.show_rates().of(USD).buy) == "480"


def test_a_rate_that_was_scheduled_with_figures_of_its_own_comes_as_it_was_set(shop: DemoShop) -> None:
    manager = shop.person("manager")
    shop.set_rate(manager, USD, *NEW, shop.now() + timedelta(days=1))
    shop.set_rate(manager, USD, Decimal("480"), Decimal("485"), Decimal("502"), None)
    shop.now.move(days=1, hours=1)
    rate = shop.show_rates().of(USD)

    assert (rate.buy, rate.sell, rate.customs) == NEW
