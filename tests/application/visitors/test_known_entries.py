"""Days of entry that the books know bind at every sale, whatever is stated there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.complete_sale import Payment
from pos.domain.quota.rule import Verdict
from pos.domain.sales.sale import Sale
from tests.application.visitors.test_record_departure import a_passport, steps
from tests.builders import MONDAY, cash
from tests.shops import CARTON, CHOCOLATE, ZHANG_WEI, DemoShop, a_ticket

TODAY = MONDAY.date()
FOUR = (TODAY, TODAY - timedelta(3), TODAY - timedelta(6), TODAY - timedelta(9))


@pytest.fixture
def often(shop: DemoShop) -> DemoShop:
    """A shop that knows of four entries of Zhang Wei in ten days: the allowance is 40 cigarettes a day."""
    steps(shop).record_entry_dates(shop.document(), FOUR, shop.person("amina"))
    return shop


def ring(shop: DemoShop, **fields: Any) -> Sale:
    visitor = {"id": "A", "document": {"mrz": list(ZHANG_WEI)}, "residence": "CN", **fields}
    payments = [{"method": "cash", "currency": "CNY", "amount": "260.00"}]
    lines = [{"code": CARTON, "quantity": 1}]
    return shop.ring_sale(a_ticket(visitors=[visitor], lines=lines, payments=payments))


def entries_journal(shop: DemoShop) -> list[dict[str, Any]]:
    rows = shop.rows("SELECT details FROM journal WHERE act = 'entries' ORDER BY id")
    return [json.loads(details) for (details,) in rows]


def answered(shop: DemoShop, checkout: Checkout, days: Sequence[date]) -> CheckoutView:
    """What the visitor answers at the counter about the days of entry."""
    known = steps(shop).record_entry_dates(shop.document(), days, shop.person("amina"))
    return checkout.take_entries("A", days, known, "amina")


@pytest.mark.parametrize("fields", [{}, {"entries": []}, {"entries": [str(TODAY)]}, {"entries": list(map(str, FOUR))}])
def test_a_file_is_judged_by_the_entries_of_the_books_whether_it_names_them_or_not(
    often: DemoShop, fields: dict[str, Any]
) -> None:
    with pytest.raises(QuotaExceeded) as refused:
        ring(often, **fields)
    assert refused.value.rules == ("tobacco_frequent",)
    assert often.rows("SELECT count(*) FROM sale") == [(0,)]


@pytest.mark.parametrize("days", [(), (TODAY,)])
def test_a_cashier_who_types_fewer_days_changes_nothing(often: DemoShop, days: Sequence[date]) -> None:
    checkout = often.basket(CARTON)
    view = answered(often, checkout, days)
    assert view.quota["A"].verdict is Verdict.DUTY
    order = checkout.order(often.person("amina"))
    for step in (
        lambda: often.hold_sale(order),
        lambda: often.complete_sale.from_counter(order, Payment((cash("260.00"),))),
    ):
        with pytest.raises(QuotaExceeded):
            step()
    parked = often.park_sale(order, "", often.person("amina"))
    assert [visitor.label for visitor in parked.unheld] == ["A"]


def test_the_journal_says_that_fewer_days_were_reported_than_are_known(often: DemoShop) -> None:
    checkout = often.basket(CHOCOLATE)
    answered(often, checkout, (TODAY,))
    often.pay(checkout)
    steps(often).record_entry_dates(often.document(), (FOUR[1],), often.person("amina"))

    [(visitor,)] = often.rows("SELECT id FROM visitor")
    assert entries_journal(often) == [
        {"days": 4, "visitor": visitor},
        {"days": 1, "unsaid": 3, "visitor": visitor},
        {"days": 1, "unsaid": 3, "visitor": visitor},
    ]
    assert often.verify() == []


def test_days_that_lie_before_those_asked_for_are_not_missed(often: DemoShop) -> None:
    often.now.move(days=20)
    steps(often).record_entry_dates(often.document(), (often.now().date(),), often.person("amina"))
    assert "unsaid" not in entries_journal(often)[-1]


def test_a_document_that_was_linked_brings_its_entries(often: DemoShop) -> None:
    other = a_passport(often)
    steps(often).link(often.document(), other, often.person("amina"))
    checkout = often.checkout()
    checkout.identify(other)
    checkout.leave_to("CN")
    assert checkout.scan(CARTON).quota["A"].verdict is Verdict.DUTY
