"""Records are read back as written: money, instants, exact decimals, in one order for all tills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine.canonical import content, dumps
from db.engine.types import from_microseconds, to_microseconds
from pos.application.ports.stock_ports import StockDeduction
from pos.application.sales.complete_sale import Payment
from pos.domain.staff.staff import NameTaken
from pos.domain.visitors.document import read_typed
from tests.builders import MONDAY, a_rate, cash
from tests.horgos import KZT
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, DemoShop


@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_is_the_same_instant_after_the_store(instant: datetime) -> None:
    assert from_microseconds(to_microseconds(instant)) == instant.astimezone(UTC)


def test_the_hour_that_comes_twice_in_autumn_is_two_hours() -> None:
    early = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))
    late = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=1)))

    assert to_microseconds(late) - to_microseconds(early) == 3_600_000_000


def test_what_is_chained_is_the_same_bytes_whatever_the_order_of_the_fields() -> None:
    one = content(sale={"b": 1, "a": Decimal("1.50"), "at": MONDAY, "day": date(2026, 3, 2), "name": "茅台"})
    two = content(sale={"name": "茅台", "day": date(2026, 3, 2), "at": MONDAY, "a": Decimal("1.50"), "b": 1})

    assert one == two
    assert "茅台".encode() in one
    assert dumps({"a": Decimal("1E+2")}) == '{"a":"100"}'


@pytest.mark.parametrize("value", [1.5j, object(), b"bytes", {1, 2}])
def test_what_has_no_one_way_to_be_written_is_not_chained(value: object) -> None:
    with pytest.raises(TypeError):
        dumps({"a": value})


def test_a_ledger_holds_what_was_bought_under_a_regime_oldest_first(shop: DemoShop) -> None:
    shop.sell(CARTON, COGNAC)
    shop.now.move(minutes=5)
    shop.sell(CHOCOLATE, CHOCOLATE)
    key = shop.visitor().key

    with shop.store.reading() as work:
        ledger = work.visitors.ledger(key, "cn-horgos", MONDAY - timedelta(days=1))
        later = work.visitors.ledger(key, "cn-horgos", MONDAY + timedelta(minutes=1))
        other = work.visitors.ledger(key, "kz-horgos", MONDAY - timedelta(days=1))
        stranger = work.visitors.ledger("0" * 64, "cn-horgos", MONDAY - timedelta(days=1))

    assert [(line.category, line.quantity) for line in ledger] == [
        ("tobacco.cigarette", 1),
        ("alcohol.spirit", 1),
        ("food.sweets", 2),
    ]
    assert (ledger[0].attributes.sticks, ledger[1].attributes.ml) == (200, Decimal(700))
    assert [line.quantity for line in later] == [2]
    assert list(other) == list(stranger) == []


def test_a_visitor_is_one_row_however_often_they_come(shop: DemoShop) -> None:
    shop.sell(BAG)
    shop.now.move(days=2)
    shop.sell(BAG)

    assert shop.rows("SELECT count(*) FROM visitor") == [(1,)]
    [(first, last)] = shop.rows("SELECT first_seen, last_seen FROM visitor")
    assert last - first == 2 * 86_400 * 1_000_000
    assert shop.rows("SELECT kind, country, masked FROM visitor_document") == [("passport", "CHN", "E••••••01")]


def test_visitors_are_locked_in_one_order_whatever_order_they_came_in(shop: DemoShop) -> None:
    documents = [read_typed("passport", f"E9{n:07d}", "CHN", "1990-01-01", MONDAY.date()) for n in range(5)]
    people = [
        replace(shop.visitor(), label=str(n), key=shop.secrets.identity(p.identity)) for n, p in enumerate(documents)
    ]

    with shop.store.begin() as work:
        forward = work.visitors.lock(people, MONDAY)
        backward = work.visitors.lock(people[::-1], MONDAY)
        work.commit()

    assert forward == backward
    by_key = sorted(people, key=lambda person: person.key)
    rows = [forward[person.label].person for person in by_key]
    assert rows == sorted(rows)


def test_a_key_is_claimed_once(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        assert work.keys.claim("k", "one", MONDAY)
        assert not work.keys.claim("k", "two", MONDAY)
        assert work.keys.fingerprint_of("k") == "one"


def test_the_last_piece_is_taken_once(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        assert work.stock.take(StockDeduction(1, 160)) is not None
        assert work.stock.take(StockDeduction(1, 1)) is None
        assert work.stock.on_hand(1) == 0
        assert work.stock.take(StockDeduction(10**9, 1)) is None
        assert work.stock.on_hand(10**9) == 0


def test_a_number_that_was_rolled_back_is_given_again(shop: DemoShop) -> None:
    for _ in range(2):
        with shop.store.begin() as work:
            assert work.register.take_number("T7", cash("5").amount).number == 1
    with shop.store.begin() as work:
        entries = [work.register.take_number("T7", cash("5").amount) for _ in range(3)]
        work.register.close_chain("T7", "abc")
        work.commit()
    with shop.store.begin() as work:
        after = work.register.take_number("T7", cash("5").amount)

    assert [entry.number for entry in entries] == [1, 2, 3]
    assert (after.number, after.chain) == (4, "abc")


def test_rates_in_force_are_the_newest_of_each_currency_not_after_the_instant(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        work.rates.set(a_rate("USD", "510", "515", since=MONDAY + timedelta(hours=1)), "manager")
        work.rates.set(a_rate("USD", "490.123456789", "495", since=MONDAY - timedelta(hours=1)), "manager")
        work.commit()

    with shop.store.reading() as work:
        earlier = work.rates.at(MONDAY - timedelta(minutes=1))
        now, later = work.rates.at(MONDAY), work.rates.at(MONDAY + timedelta(hours=2))

    assert {code: str(rate.buy) for code, rate in earlier.items()} == {"USD": "490.123456789"}
    assert list(now) == ["CNY", "USD", "EUR", "RUB"]
    assert [str(table["USD"].buy) for table in (now, later)] == ["501.00", "510"]


def test_the_journal_counts_each_till_from_one(shop: DemoShop) -> None:
    other = shop.other_till("T5")
    with shop.store.begin() as work:
        work.journal.write(MONDAY, "T5", "li", "no_sale", {"reason": "change"})
        work.commit()

    assert shop.rows("SELECT number, act FROM journal WHERE till = 'T5' ORDER BY number") == [
        (1, "open_shift"),
        (2, "no_sale"),
    ]
    assert shop.verify() == []
    other.close()


def test_a_receipt_is_an_original_once_and_a_copy_ever_after(shop: DemoShop) -> None:
    sale = shop.sell(BAG)
    copies: list[int] = []
    for _ in range(3):
        with shop.store.begin() as work:
            assert work.outbox.is_done("T1", sale.number) == (len(copies) > 0)
            copies.append(work.outbox.sending("T1", sale.number))
            work.outbox.done("T1", sale.number)
            work.commit()

    assert copies == [0, 1, 2]


def test_a_receipt_whose_printing_was_broken_off_comes_back_as_a_copy(shop: DemoShop) -> None:
    sale = shop.sell(BAG)
    for expected in (0, 1):
        with shop.store.begin() as work:
            assert work.outbox.sending("T1", sale.number) == expected
            assert not work.outbox.is_done("T1", sale.number)
            work.commit()


def test_two_people_of_one_name_do_not_work_here(shop: DemoShop) -> None:
    with pytest.raises(NameTaken), shop.store.begin() as work:
        work.people.add("AMINA", "Another Amina", "cashier", "x")


@pytest.mark.parametrize(
    "ask",
    [
        lambda work: work.sales.by_number("T1", 99),
        lambda work: work.sales.last_of("T1"),
        lambda work: work.sales.with_key("nobody's"),
        lambda work: work.products.by_code("nothing", MONDAY),
        lambda work: work.products.by_id(10**9, MONDAY),
        lambda work: work.people.by_name("nobody"),
        lambda work: work.people.credentials("nobody", "T1"),
        lambda work: work.shifts.open_at("T9"),
    ],
)
def test_what_is_not_there_is_none(shop: DemoShop, ask: Callable[[object], object]) -> None:
    with shop.store.reading() as work:
        assert ask(work) is None


def test_notes_that_were_named_are_kept_with_the_payment(shop: DemoShop) -> None:
    order = shop.basket(COGNAC).order(shop.person("amina"))
    tender = replace(cash("40000", KZT), notes={2000000: 2})
    sale = shop.complete_sale.from_counter(order, Payment((tender,), KZT))

    with shop.store.reading() as work:
        sale_read = work.sales.by_number("T1", sale.number)

    assert sale_read is not None
    assert sale_read.paid[0].tender.notes == {2000000: 2}
    assert sale_read.change == sale.change
