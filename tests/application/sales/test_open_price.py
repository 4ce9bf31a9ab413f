"""Goods without a price on file are sold at one given by hand, with the permission `price` or an approval."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pos.application.ports.journal_ports import JournalFilter
from pos.application.pricing.promotions import PromotionDraft
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.sales.basket_json import basket_from_json, basket_json
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.sales.required_approvals import pricing_approvals
from pos.application.sales.sale_json import sale_json
from pos.application.text.translator import Translator
from pos.domain.errors import BadField, RuleBroken
from pos.domain.sales.approval_requirements import PriceRequirement
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.goods_for_sale import IncompleteProduct
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, NotAllowed
from tests.builders import MONDAY, cash_for, money
from tests.shops import CHOCOLATE, COGNAC, INCOMPLETE, MANAGERS_PIN, SWEETS, DemoShop, a_ticket

pytestmark = pytest.mark.usefixtures("_unpriced")


@pytest.fixture
def _unpriced(shop: DemoShop) -> None:
    """The cognac came without a price."""
    _update(shop, "price_minor = NULL, price_currency = NULL", COGNAC)


def _update(shop: DemoShop, change: str, code: str) -> None:
    with shop.raw(writing=True) as store:
        store.execute(f"UPDATE product SET {change} WHERE code = ?", (code,))


def opened(shop: DemoShop, price: str = "120.00", quantity: int = 1, by: str = "manager") -> Checkout:
    checkout = shop.basket()
    checkout.add_at(money(price), COGNAC, quantity, shop.person(by))
    return checkout


def allowed(shop: DemoShop, checkout: Checkout) -> Approval:
    cart, amina = checkout.order(shop.person("amina")).cart, shop.person("amina")
    needs = pricing_approvals(cart, amina)
    return shop.sign_in.allowed(shop.person("manager"), sorted({one.permission for one in needs}), checkout.key, needs)


def pay(shop: DemoShop, checkout: Checkout, approval: Approval | None, cashier: str = "amina") -> Sale:
    order = replace(checkout.order(shop.person(cashier)), over_quota="duty")
    return shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)), approval)


def the_line(checkout: Checkout) -> CartLine:
    (row,) = checkout.view().lines
    return row.line


def test_a_scan_alone_still_refuses_them(shop: DemoShop) -> None:
    with pytest.raises(IncompleteProduct) as refused:
        shop.basket(COGNAC)
    assert refused.value.missing == ("price",)


def test_a_person_with_the_right_sells_them_at_a_price_given_by_hand(shop: DemoShop) -> None:
    line = the_line(opened(shop, quantity=2))
    assert (line.has_open_price, line.unit_price, line.amount) == (True, money("120.00"), money("240.00"))


def test_a_cashier_needs_an_approval_that_names_goods_and_price(shop: DemoShop) -> None:
    checkout, amina = shop.basket(), shop.person("amina")
    with pytest.raises(NotAllowed):
        checkout.add_at(money("120.00"), COGNAC, 1, amina)
    assert checkout.view().lines == ()

    checkout.add_at(money("120.00"), COGNAC, 1, shop.person("manager"))
    (need,) = pricing_approvals(checkout.order(amina).cart, amina)
    assert isinstance(need, PriceRequirement)
    assert (need.is_open_price, need.text()) == (True, f"{COGNAC} 1 × 120.00 CNY")
    with pytest.raises(NotAllowed):
        pay(shop, checkout, None)
    assert pay(shop, checkout, allowed(shop, checkout)).approved_by == "manager"


def test_another_price_or_quantity_than_the_approved_is_asked_about_again(shop: DemoShop) -> None:
    checkout = opened(shop)
    approval = allowed(shop, checkout)
    checkout.set_price(the_line(checkout).id, money("110.00"), shop.person("manager"))
    with pytest.raises(NotAllowed):
        pay(shop, checkout, approval)
    checkout.set_price(the_line(checkout).id, money("120.00"), shop.person("manager"))
    checkout.set_quantity(the_line(checkout).id, 2)
    with pytest.raises(NotAllowed):
        pay(shop, checkout, approval)
    checkout.set_quantity(the_line(checkout).id, 1)
    checkout.add_at(money("120.00"), COGNAC, 1, shop.person("manager"))
    with pytest.raises(NotAllowed):
        pay(shop, checkout, approval)
    checkout.undo()
    assert pay(shop, checkout, approval).approved_by == "manager"


def test_the_recorded_sale_says_that_no_price_was_on_file(shop: DemoShop) -> None:
    sale = pay(shop, opened(shop), None, "manager")

    (line,) = sale.lines
    assert (line.has_open_price, line.unit_price, line.catalogue) == (True, money("120.00"), money("0.00"))
    with shop.store.reading() as work:
        kept = work.sales.with_key(sale.key)
    assert kept is not None
    assert kept.lines == sale.lines
    assert sale_json(sale, None)["lines"][0]["catalogue_price"] == "0.00"
    assert shop.verify() == []


def test_the_journal_says_what_was_sold_at_which_price(shop: DemoShop) -> None:
    sale = pay(shop, opened(shop), None, "manager")

    (entry,) = shop.read_journal(JournalFilter(events=("price",)), shop.person("manager")).entries
    assert entry.details == {
        "receipt": sale.receipt, "line": 0, "code": COGNAC, "quantity": 1, "price": "120.00", "how": "open",
    }  # fmt: skip
    formatter = JournalFormatter(Translator.english(), shop.settings().zone, shop.settings().price, {})
    assert formatter.sentence(entry) == f"{sale.receipt}: {COGNAC} sold at ¥\u00a0120.00; no price was on file."


@pytest.mark.parametrize(
    ("lacking", "missing"),
    [
        ("gross_kg = NULL", ("gross_kg",)),
        ("ml = NULL", ("ml",)),
        ("category = NULL", ("category",)),
        ("by_weight = true", ("price",)),
    ],
)
def test_goods_of_which_the_allowance_needs_more_stay_refused(
    shop: DemoShop, lacking: str, missing: tuple[str, ...]
) -> None:
    _update(shop, lacking, COGNAC)
    checkout = shop.basket()
    with pytest.raises(IncompleteProduct) as refused:
        checkout.add_at(money("120.00"), COGNAC, 1, shop.person("manager"))
    assert refused.value.missing == missing


@pytest.mark.parametrize("price", ["0.00", "10000000.00"])
def test_nothing_and_a_barcode_are_no_price(shop: DemoShop, price: str) -> None:
    with pytest.raises(BadField):
        opened(shop, price)


def test_an_open_price_is_changed_to_another_one_and_never_to_none(shop: DemoShop) -> None:
    checkout = opened(shop)
    manager = shop.person("manager")
    with pytest.raises(BadField):
        checkout.set_price(the_line(checkout).id, None, manager)
    assert checkout.set_price(the_line(checkout).id, money("99.00"), manager).total == money("99.00")
    with pytest.raises(NotAllowed):
        checkout.set_price(the_line(checkout).id, money("98.00"), shop.person("amina"))


def test_goods_that_got_a_price_meanwhile_are_sold_beside_it(shop: DemoShop) -> None:
    _update(shop, "price_minor = 45000, price_currency = 'CNY'", COGNAC)
    line = the_line(opened(shop))
    assert (line.has_open_price, line.unit_price, line.catalogue) == (False, money("120.00"), money("450.00"))


def test_a_promotion_takes_nothing_off_an_open_price(shop: DemoShop) -> None:
    shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10)), shop.person("manager"))
    assert opened(shop).view().total == money("120.00")


def test_a_basket_put_aside_keeps_its_open_price_until_there_is_one_on_file(shop: DemoShop) -> None:
    checkout = opened(shop)
    text = basket_json(checkout.order(shop.person("amina")), MONDAY.date())

    def restored() -> Any:
        with shop.store.reading() as work:
            return basket_from_json(text, lambda number: work.products.by_id(number, shop.now()))

    (line,) = restored().cart.lines
    assert (line.has_open_price, line.unit_price) == (True, money("120.00"))
    _update(shop, "gross_kg = NULL", COGNAC)
    assert len(restored().gone) == 1


def test_a_parked_open_price_stands_beside_the_price_that_was_set_since(shop: DemoShop) -> None:
    checkout, amina = opened(shop), shop.person("amina")
    shop.park_sale(checkout.order(amina), "", amina)
    _update(shop, "price_minor = 45000, price_currency = 'CNY'", COGNAC)

    (line,) = shop.parked_sales.resume(checkout.key, amina).basket.cart.lines
    assert (line.has_open_price, line.unit_price, line.catalogue) == (False, money("120.00"), money("450.00"))


def test_a_file_names_an_open_price_and_who_approves_it(shop: DemoShop) -> None:
    line: dict[str, Any] = {"code": COGNAC, "quantity": 1, "price": "120.00"}
    ticket = a_ticket(lines=[line], payments=[{"method": "cash", "currency": "CNY", "amount": "120.00"}])
    with pytest.raises(RuleBroken):
        shop.ring_sale(ticket | {"key": "alone"})

    approve = {"user": "manager", "pin": MANAGERS_PIN, "acts": ["price"]}
    sale = shop.ring_sale(ticket | {"key": "together", "approve": approve})
    assert (sale.lines[0].has_open_price, sale.total, sale.approved_by) == (True, money("120.00"), "manager")
    with pytest.raises(IncompleteProduct):
        shop.ring_sale(a_ticket(lines=[{"code": INCOMPLETE, "quantity": 1, "price": "1.00"}], key="what-is-it"))
    assert shop.verify() == []


def test_goods_at_an_open_price_come_back_for_what_was_paid(shop: DemoShop) -> None:
    checkout = opened(shop)
    checkout.scan(SWEETS)
    sale = pay(shop, checkout, None, "manager")
    back = {
        "key": "back", "receipt": sale.receipt, "lines": [{"line": 0, "quantity": 1}], "cashier": "amina",
        "refund": {"currency": "CNY", "method": "cash"}, "reason": "did not fit",
    }  # fmt: skip
    back_again = shop.return_by_ticket(back)
    assert back_again.total == money("120.00")
    assert shop.verify() == []


def test_no_further_piece_joins_the_line(shop: DemoShop) -> None:
    checkout = opened(shop)
    checkout.add_at(money("120.00"), COGNAC, 1, shop.person("manager"))
    checkout.scan(CHOCOLATE)
    assert len(checkout.view().lines) == 3
