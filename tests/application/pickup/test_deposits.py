"""Deposits: in the drawer and beside the payments, used for the sale, given back as they came, or kept."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.pickup.orders import SqlPickups
from pos.application.pickup.deposits import DepositDraft
from pos.application.pickup.pick_up import deposit_tenders
from pos.application.pickup.take_order import ClaimLine
from pos.application.pickup.upkeep import PickupUpkeep
from pos.application.reports.shift_json import shift_json
from pos.application.sales.complete_sale import Payment
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pickup.customer_order import CustomerOrder, CustomerOrderClosed, CustomerOrderState
from pos.domain.pickup.deposit import (
    DepositAboveOrder,
    DepositChanged,
    DepositTaken,
    NoDeposit,
)
from pos.domain.request_key import KeyReused
from pos.domain.shifts.shift import DrawerShort, NoOpenShift
from pos.domain.staff.staff import NotAllowed
from tests.application.pickup.orders import (
    claim,
    deposits,
    opened,
    order_of,
    pay_ahead,
    pick_up,
    pieces,
    settle_up,
    steps,
    upkeep,
)
from tests.application.reports.test_report_month import month
from tests.application.returns.test_return_goods import record_return
from tests.application.returns.test_void_sale import void
from tests.application.shifts.test_accounting_files import voucher
from tests.application.shifts.test_close_shift import right_count
from tests.builders import card, cash, money
from tests.horgos import CNY, KZT, USD
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop, a_ticket


def drawer(shop: DemoShop, code: str = "CNY") -> Any:
    report = shift_json(shop.read_shift(shop.person("manager")))
    return next((line for line in report["cash"] if line["currency"] == code), None)


def x(shop: DemoShop) -> dict[str, Any]:
    return shift_json(shop.read_shift(shop.person("manager")))


def sums(report: dict[str, Any], step: str) -> list[tuple[str, str, str, str]]:
    return [(one["method"], one["currency"], one["amount"], one["value"]) for one in report["deposits"][step]]


def open_sum(shop: DemoShop, order: CustomerOrder) -> str:
    deposit = order_of(shop, order.code).deposit
    assert deposit is not None
    return str(deposit.open)


def tenge_dearer(shop: DemoShop) -> None:
    shop.now.move(minutes=1)
    shop.set_rate(shop.person("manager"), CNY, Decimal(80), Decimal(90), None, None, anyway=True)


def identity(report: dict[str, Any]) -> Decimal:
    """Σ payments − change − refunds − (sales − returns + rounding): nothing, by commands.md."""

    def total(name: str) -> Decimal:
        return sum((Decimal(one["value"]) for one in report[name]), Decimal(0))

    sold = Decimal(report["sales"]["amount"]) - Decimal(report["returns"]["amount"]) + Decimal(report["rounding"])
    return total("payments") - total("change") - total("refunds") - sold


def test_cash_taken_ahead_is_in_the_drawer_and_in_no_payment(shop: DemoShop) -> None:
    order, before = claim(shop, COGNAC), drawer(shop)["expected"]

    taken = pay_ahead(shop, order, money("100"), key="k-1")
    assert pay_ahead(shop, order, money("100"), key="k-1") == taken

    report = x(shop)
    assert (report["payments"], sums(report, "taken")) == ([], [("cash", "CNY", "100.00", "100.00")])
    assert (drawer(shop)["deposits"], drawer(shop)["expected"]) == ("100.00", str(Decimal(before) + 100))
    with pytest.raises(DepositTaken):
        pay_ahead(shop, order, money("10"))
    assert shop.verify() == []


def test_a_key_that_took_another_deposit_is_refused(shop: DemoShop) -> None:
    order, other = claim(shop, COGNAC), claim(shop, COGNAC)
    pay_ahead(shop, order, money("100"), key="k-1")

    for of, amount, method in ((order, "50", "cash"), (order, "100", "card"), (other, "100", "cash")):
        with pytest.raises(KeyReused):
            pay_ahead(shop, of, money(amount), method, key="k-1")
    draft = DepositDraft("cash", money("10"))
    for key in ("k" * 60 + "1", "k" * 60 + "2"):
        one = claim(shop, CHOCOLATE, key=key)
        deposits(shop).taken_with(one.code, draft, shop.person("amina"), key)
        assert open_sum(shop, one) == "10.00"


def test_no_more_is_taken_than_the_order_comes_to_and_only_at_an_open_shift(shop: DemoShop) -> None:
    order = claim(shop, CHOCOLATE)
    with pytest.raises(DepositAboveOrder) as refused:
        pay_ahead(shop, order, money("12.60"))
    assert refused.value.most == money("12.50")
    assert deposits(shop).most(order, money("1", KZT), "cash") == money("910", KZT)  # 12.50 at 72.80
    with pytest.raises(BadField):
        pay_ahead(shop, order, money("0"))
    with pytest.raises(NotAllowed):
        deposits(shop).give_back(order.code, shop.person("clerk"))
    shop.close_shift(shop.person("amina"), right_count(shop))
    with pytest.raises(NoOpenShift):
        pay_ahead(shop, order, money("10"))


def test_the_whole_order_is_paid_ahead_in_cash_as_it_would_be_at_the_till(shop: DemoShop) -> None:
    order = claim(shop, lines=(ClaimLine(CHOCOLATE, 1, money("12.37")),))
    for amount, method in (("12.40", "card"), ("12.50", "cash")):
        with pytest.raises(DepositAboveOrder):
            pay_ahead(shop, order, money(amount), method)
    pay_ahead(shop, order, money("12.40"))

    sale = pick_up(shop, order)

    assert [(one.tender.method, str(one.value)) for one in sale.paid] == [("deposit", "12.40")]
    assert (str(sale.rounding), open_sum(shop, order)) == ("0.03", "0.00")
    assert identity(x(shop)) == 0
    assert shop.verify() == []


def test_a_deposit_pays_at_its_frozen_rate_and_is_a_payment_of_the_day_of_the_sale(shop: DemoShop) -> None:
    order = claim(shop, lines=(ClaimLine(COGNAC, 1, money("30000", KZT)),))
    pay_ahead(shop, order, money("7280", KZT))
    tenge_dearer(shop)

    sale = pick_up(shop, order)

    [deposit, rest] = sale.paid
    assert (deposit.tender.method, str(deposit.tender.amount), str(deposit.value)) == ("deposit", "7280.00", "100.00")
    assert (str(sale.total), str(rest.value)) == ("412.09", "312.10")  # 30,000 ÷ 72.80
    report = x(shop)
    assert [(one["method"], one["value"]) for one in report["payments"]] == [("cash", "312.10"), ("deposit", "100.00")]
    assert sums(report, "used") == [("cash", "KZT", "7280.00", "100.00")]
    assert identity(report) == 0
    assert drawer(shop, "KZT")["deposits"] == "7280.00"
    assert report["spread"] == []  # what the deposit earned is none of the payment's
    assert open_sum(shop, order) == "0.00"
    assert shop.verify() == []


def test_money_in_which_no_price_was_agreed_is_taken_at_the_buying_rate(shop: DemoShop) -> None:
    in_yuan = claim(shop, lines=(ClaimLine(COGNAC, 10),))
    in_dollars = claim(shop, lines=(ClaimLine(COGNAC, 2, money("100", USD)),))

    taken = [pay_ahead(shop, order, money("100", USD)).deposit for order in (in_yuan, in_dollars)]

    assert [str(one.value) for one in taken if one] == ["688.19", "693.68"]  # 501 and 505 ÷ 72.80
    assert str(deposits(shop).most(in_dollars, money("1", USD), "card")) == "200.00"


def test_what_is_left_of_a_partial_pick_up_goes_back_in_its_currency_at_its_rate(shop: DemoShop) -> None:
    order = claim(shop, lines=(ClaimLine(CHOCOLATE, 4, money("910", KZT)),))
    pay_ahead(shop, order, money("3640", KZT))  # all of it: 50.00
    tenge_dearer(shop)
    checkout = opened(shop, order)
    checkout.set_quantity(checkout.view().lines[0].line.id, 1)

    sale = settle_up(shop, checkout)

    assert [(str(one.tender.amount), str(one.value)) for one in sale.paid] == [("910.00", "12.50")]
    assert [one.code for one in deposits(shop).owed(shop.person("amina"))] == [order.code]
    back = deposits(shop).give_back(order.code, shop.person("amina"))
    assert (back.method, back.amount) == ("cash", money("2730", KZT))
    report = x(shop)
    assert sums(report, "returned") == [("cash", "KZT", "2730.00", "37.50")]
    assert (drawer(shop, "KZT")["deposits"], drawer(shop, "KZT")["deposits_back"]) == ("3640.00", "2730.00")
    with pytest.raises(NoDeposit):
        deposits(shop).give_back(order.code, shop.person("amina"))
    assert shop.verify() == []


def test_what_is_left_of_a_deposit_in_cash_is_made_by_notes_and_coins(shop: DemoShop) -> None:
    for price, paid, used, back, rest in (
        (money("12.37"), money("50"), "12.40", "37.60", []),
        (money("12.37"), money("2000", KZT), "900.00", "1100.00", []),
        (money("12.37"), money("5", USD), "1.00", "4.00", ["5.50"]),
        (money("13.78"), money("1010", KZT), "1005.00", "5.00", []),
    ):
        order = claim(shop, lines=(ClaimLine(CHOCOLATE, 6, price),))
        pay_ahead(shop, order, paid)
        checkout = opened(shop, order)
        checkout.set_quantity(checkout.view().lines[0].line.id, 1)

        sale = settle_up(shop, checkout)

        assert [str(one.tender.amount) for one in sale.paid] == [used, *rest], paid
        given = deposits(shop).give_back(order.code, shop.person("amina"))
        assert str(given.amount) == back, paid
        assert identity(x(shop)) == 0
    shop.close_shift(shop.person("amina"), right_count(shop))
    assert shop.verify() == []


def test_a_deposit_in_cash_that_is_a_coin_less_than_would_be_asked_for_pays_the_goods(shop: DemoShop) -> None:
    order = claim(shop, lines=(ClaimLine(CHOCOLATE, 6, money("13.78")),))
    pay_ahead(shop, order, money("1004", KZT))  # 13.79; in cash 1,005 would be asked for
    checkout = opened(shop, order)
    checkout.set_quantity(checkout.view().lines[0].line.id, 1)

    sale = settle_up(shop, checkout)

    assert [(str(one.tender.amount), str(one.value)) for one in sale.paid] == [("1004.00", "13.79")]
    assert (str(sale.rounding), open_sum(shop, order)) == ("0.01", "0.00")
    assert identity(x(shop)) == 0
    assert shop.verify() == []


def test_more_than_the_drawer_holds_is_not_given_back(shop: DemoShop) -> None:
    order = claim(shop, lines=(ClaimLine(COGNAC, 10),))
    pay_ahead(shop, order, money("4000"))
    shop.move_cash(shop.person("amina"), "drop", money("5900"), "to the safe")
    steps(shop).cancel(order.code, "", shop.person("amina"))
    with pytest.raises(DrawerShort):
        deposits(shop).give_back(order.code, shop.person("amina"))
    assert open_sum(shop, order) == "4000.00"


def test_by_card_no_cash_moves_and_the_person_reverses_it(shop: DemoShop) -> None:
    order, before = claim(shop, COGNAC), drawer(shop)
    with pytest.raises(BadField):
        deposits(shop).take(order.code, _without_reference(shop), shop.person("amina"), "k")
    pay_ahead(shop, order, money("100"), "card")
    steps(shop).cancel(order.code, "", shop.person("amina"))
    back = deposits(shop).give_back(order.code, shop.person("amina"))
    assert (back.method, back.amount, back.reference) == ("card", money("100"), "4711")
    assert drawer(shop) == before
    assert sums(x(shop), "returned") == [("card", "CNY", "100.00", "100.00")]
    assert shop.verify() == []


def _without_reference(shop: DemoShop) -> Any:
    shop.set("card_reference", "yes")
    return DepositDraft("card", money("100"))


def test_what_the_shop_keeps_when_no_one_comes_goes_into_the_books_of_the_open_shift(shop: DemoShop) -> None:
    shop.set("deposit_no_show", "keep")
    order, kept = claim(shop, COGNAC), claim(shop, CHOCOLATE)
    pay_ahead(shop, order, money("100"))
    shop.set("deposit_no_show", "give_back")  # the terms are those on which it was taken
    other, said = claim(shop, SWEETS), DepositDraft("card", money("1"), terms="keep")
    taken = deposits(shop).take(other.code, said, shop.person("amina"), "paid at the terminal on the old terms")
    assert taken.deposit is not None
    assert taken.deposit.no_show == "keep"
    deposits(shop).give_back(other.code, shop.person("amina"))
    pay_ahead(shop, kept, money("10"))
    shop.now.at = order.hold_until
    PickupUpkeep(shop.context).now_by(shop.person("amina"))

    with pytest.raises(NotAllowed):
        deposits(shop).give_back(order.code, shop.person("amina"))
    upkeep(shop)
    assert deposits(shop).keep_due() == 0

    assert sums(x(shop), "kept") == [("cash", "CNY", "100.00", "100.00")]
    assert (open_sum(shop, order), open_sum(shop, kept)) == ("0.00", "10.00")
    assert shop.verify() == []


def test_an_order_that_another_till_brings_back_meanwhile_keeps_its_deposit(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.set("deposit_no_show", "keep")
    order = claim(shop, COGNAC)
    pay_ahead(shop, order, money("100"))
    shop.now.at = order.hold_until
    PickupUpkeep(shop.context).now_by(shop.person("amina"))
    with shop.store.reading() as work:
        assert work.pickups.not_come("give_back", 9) == []
        read_before_the_lock = work.pickups.not_come("keep", 9)
    assert read_before_the_lock == [order.code]
    steps(shop).hold_until(order.code, shop.now() + timedelta(days=1), shop.person("amina"))
    monkeypatch.setattr(SqlPickups, "not_come", lambda *_: read_before_the_lock)

    assert deposits(shop).keep_due() == 0

    assert open_sum(shop, order) == "100.00"
    assert shop.verify() == []


def test_a_deposit_of_a_closed_order_pays_for_another_one(shop: DemoShop) -> None:
    shop.set("deposit_no_show", "credit")
    order, other = claim(shop, COGNAC), claim(shop, SWEETS, hold_until=shop.now() + timedelta(days=30))
    pay_ahead(shop, order, money("2000", KZT))
    with pytest.raises(CustomerOrderState):
        deposits(shop).move(order.code, other.code, shop.person("amina"))
    shop.now.at = order.hold_until
    upkeep(shop)
    with pytest.raises(NotAllowed):
        deposits(shop).give_back(order.code, shop.person("amina"))
    tenge_dearer(shop)

    moved = deposits(shop).move(order.code, other.code, shop.person("amina"))

    assert moved.deposit is not None
    assert (str(moved.deposit.open), str(moved.deposit.open_value)) == ("2000.00", "27.47")
    assert open_sum(shop, order) == "0.00"
    sale = pick_up(shop, other)
    assert str(sale.paid[0].value) == "27.47"
    assert sums(x(shop), "taken") == [("cash", "KZT", "2000.00", "27.47")]
    assert shop.verify() == []


def test_goods_that_come_back_pay_first_and_the_deposit_what_is_left(shop: DemoShop) -> None:
    sold = shop.sell(SWEETS)
    order = claim(shop, lines=(ClaimLine(CHOCOLATE, 8),))  # 100.00
    pay_ahead(shop, order, money("100"))
    ticket = a_ticket(key="x", lines=[], payments=[], pickups=[order.code])

    sale = shop.ring_sale(ticket | {"returns": [{"receipt": sold.receipt, "line": 0, "quantity": 1}]})

    assert [(one.tender.method, str(one.value)) for one in sale.paid] == [("exchange", "48.00"), ("deposit", "52.00")]
    assert open_sum(shop, order) == "48.00"
    assert identity(x(shop)) == 0
    assert shop.verify() == []


def test_a_deposit_pays_once_and_only_for_its_own_order(shop: DemoShop) -> None:
    order, other = claim(shop, COGNAC), claim(shop, COGNAC)
    pay_ahead(shop, order, money("100"))
    here, there = opened(shop, order), opened(shop, other)
    sale_order = here.order(shop.person("amina"))
    [deposit] = deposit_tenders(sale_order.pickups, sale_order.cart.total, shop.settings().cash())
    rest = cash(str(there.view().total.units - 100))
    with pytest.raises(DepositChanged):
        shop.complete_sale.from_counter(there.order(shop.person("amina")), Payment((deposit, rest)))
    steps(shop).cancel(other.code, "", shop.person("amina"))
    settle_up(shop, here)
    with pytest.raises(CustomerOrderClosed):
        pay_ahead(shop, other, money("1"))
    assert shop.verify() == []


def test_a_deposit_that_was_given_back_meanwhile_pays_nothing(shop: DemoShop) -> None:
    order = claim(shop, COGNAC)
    pay_ahead(shop, order, money("100"))
    sale_order = opened(shop, order).order(shop.person("amina"))
    [deposit] = deposit_tenders(sale_order.pickups, sale_order.cart.total, shop.settings().cash())
    deposits(shop).give_back(order.code, shop.person("amina"))
    rest = Money(sale_order.cart.total.minor - 10_000, CNY)
    with pytest.raises(DepositChanged):
        shop.complete_sale.from_counter(sale_order, Payment((deposit, cash(str(rest)))))
    assert shop.rows("SELECT count(*) FROM sale") == [(0,)]


def test_a_void_puts_the_deposit_on_its_order_again(shop: DemoShop) -> None:
    order = claim(shop, COGNAC)
    pay_ahead(shop, order, money("7280", KZT))
    before = drawer(shop), drawer(shop, "KZT")
    sale = settle_up(shop, opened(shop, order), card("350"))

    back = void(shop, sale.receipt)

    assert [(one.method, str(one.amount)) for one in back.refunds] == [("deposit", "7280.00"), ("card", "350.00")]
    assert [one.method for one in back.to_reverse] == ["card"]
    assert (drawer(shop)["expected"], drawer(shop, "KZT")["expected"]) == (before[0]["expected"], before[1]["expected"])
    report = x(shop)
    assert not sums(report, "used")
    assert identity(report) == 0
    assert open_sum(shop, order) == "7280.00"
    assert shop.verify() == []
    pick_up(shop, order)
    assert (open_sum(shop, order), shop.verify()) == ("0.00", [])


def test_goods_that_a_deposit_paid_come_back_for_the_money_that_had_come(shop: DemoShop) -> None:
    order = claim(shop, lines=(ClaimLine(CHOCOLATE, 2),))
    pay_ahead(shop, order, money("910", KZT))  # 12.50
    tenge_dearer(shop)
    sale = settle_up(shop, opened(shop, order), card("12.50"))

    back = record_return(shop, sale.receipt, (0, 2), refund={"method": "cash", "currency": "KZT"})

    assert [(one.method, str(one.amount), str(one.value)) for one in back.refunds] == [
        ("cash", "910.00", "12.50"),
        ("card", "12.50", "12.50"),
    ]
    assert order_of(shop, order.code).state.value == "picked_up"
    assert identity(x(shop)) == 0
    assert shop.verify() == []


def test_change_was_of_the_money_of_the_day_and_not_of_the_deposit(shop: DemoShop) -> None:
    order = claim(shop, lines=(ClaimLine(CHOCOLATE, 1, money("10700", KZT)),))  # 146.98 at 72.80
    pay_ahead(shop, order, money("5000", KZT))  # 68.68
    tenge_dearer(shop)
    sale = settle_up(shop, opened(shop, order), cash("10000", KZT))
    [change] = sale.change
    assert change.amount.currency == KZT
    stayed = money("15000", KZT) - change.amount

    back = record_return(shop, sale.receipt, (0, 1), refund={"method": "cash", "currency": "KZT"})

    assert [(one.method, one.amount) for one in back.refunds] == [("cash", stayed)]
    assert identity(x(shop)) == 0
    assert shop.verify() == []


def test_of_some_of_the_goods_the_deposit_and_the_money_that_stayed_come_back_at_their_mean(shop: DemoShop) -> None:
    order = claim(shop, lines=(ClaimLine(CHOCOLATE, 2, money("5350", KZT)),))  # 2 × 73.49
    pay_ahead(shop, order, money("5000", KZT))  # 68.68
    tenge_dearer(shop)
    sale = settle_up(shop, opened(shop, order), cash("10000", KZT))
    stayed = money("15000", KZT) - sale.change[0].amount

    back = record_return(shop, sale.receipt, (0, 1), refund={"method": "cash", "currency": "KZT"})

    half = Money.rounded(stayed.units / 2, KZT)
    assert abs(back.refunds[0].amount.minor - half.minor) <= 500  # its cash step
    assert shop.verify() == []


def test_the_z_the_day_and_the_month_tell_what_became_of_deposits(shop: DemoShop) -> None:
    first, second, third = claim(shop, COGNAC), claim(shop, CHOCOLATE), pieces(shop, SWEETS, 2)
    pay_ahead(shop, first, money("100"))
    pay_ahead(shop, second, money("728", KZT))
    pay_ahead(shop, third, money("20"), "card")
    pick_up(shop, first)
    deposits(shop).give_back(second.code, shop.person("amina"))

    z = shop.close_shift(shop.person("amina"), right_count(shop)).report

    said = shift_json(z)
    assert sums(said, "taken") == [
        ("card", "CNY", "20.00", "20.00"), ("cash", "CNY", "100.00", "100.00"), ("cash", "KZT", "728.00", "10.00"),
    ]  # fmt: skip
    assert (sums(said, "used"), sums(said, "returned"), sums(said, "kept")) == (
        [("cash", "CNY", "100.00", "100.00")],
        [("cash", "KZT", "728.00", "10.00")],
        [],
    )
    assert said["deposits"] == shop.report_day()["deposits"]
    assert month(shop).deposits == z.deposits
    assert month(shop).agrees
    assert shop.verify() == []


def test_the_voucher_owes_a_deposit_to_the_customer_until_it_is_used_or_goes_back(shop: DemoShop) -> None:
    first, second, third = claim(shop, COGNAC), claim(shop, CHOCOLATE), claim(shop, SWEETS)
    pay_ahead(shop, first, money("7280", KZT))
    pay_ahead(shop, second, money("10"))
    pay_ahead(shop, third, money("20"), "card")
    pick_up(shop, first)
    deposits(shop).give_back(second.code, shop.person("amina"))
    z = shop.close_shift(shop.person("amina"), right_count(shop)).report

    [of_z, _] = voucher(shop, z)

    accounts = {str(account): turnover for account, turnover in of_z.turnovers().items()}
    assert (str(accounts["deposits_KZT"].balance), str(accounts["deposits_CNY"].balance)) == ("0.00", "-20.00")
    assert str(accounts["customers"].balance) == "0.00"
    assert str(accounts["cash_KZT"].balance) == "0.00"
