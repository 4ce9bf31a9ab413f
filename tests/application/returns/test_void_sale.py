"""A finished sale is voided as a whole on its shift: money, goods and allowance go back, and the receipt stays."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from pos.application.returns.void_request import void_json
from pos.application.returns.void_sale import VoidOrder, void_requirement
from pos.application.sales.complete_sale import Payment
from pos.application.text.translator import Translator
from pos.domain.money import Currency
from pos.domain.payment.tender import Tender
from pos.domain.quota.rule import Verdict
from pos.domain.receipt_number import NoSuchReceipt, ReceiptOfReturn
from pos.domain.request_key import KeyReused
from pos.domain.returns.goods_return import GoodsReturn, RefundChanged
from pos.domain.returns.voidable import (
    AllowanceMoved,
    AlreadyVoided,
    GoodsHaveLeft,
    NotOfThisShift,
    PartlyReturned,
    PartOfExchange,
)
from pos.domain.shifts.shift import NoOpenShift, ShiftOfAnother
from pos.domain.staff.staff import Approval, NotAllowed
from pos.languages.refusals import sentence_for
from tests.application.returns.test_return_goods import on_hand, record_return
from tests.application.sales.test_exchange import coming, exchange
from tests.application.shifts.test_close_shift import right_count
from tests.application.shifts.test_hand_over import hand_over
from tests.application.visitors.test_record_departure import a_passport, steps
from tests.application.visitors.test_visits import approval
from tests.builders import card, cash, money, qr
from tests.horgos import CNY, EUR, KZT, USD
from tests.shops import CARTON, CHOCOLATE, COGNAC, MANAGERS_PIN, SWEETS, DemoShop

APPROVED = {"user": "manager", "pin": MANAGERS_PIN}


def a_void(receipt: str, **changed: Any) -> dict[str, Any]:
    return {
        "key": f"void-{receipt}", "receipt": receipt, "reason": "Rung up wrongly", "cashier": "amina",
        "approve": APPROVED, **changed,
    }  # fmt: skip


def void(shop: DemoShop, receipt: str, **changed: Any) -> GoodsReturn:
    return shop.void_by_ticket(a_void(receipt, **changed))


def test_a_sale_is_voided_whole_and_stays_in_the_books_with_its_number(shop: DemoShop) -> None:
    before = on_hand(shop, CHOCOLATE), on_hand(shop, SWEETS)
    sale = shop.sell(CHOCOLATE, CHOCOLATE, SWEETS)

    back = void(shop, sale.receipt)

    assert (back.receipt, back.reverses, back.is_void, back.total) == ("T1-000002", sale.receipt, True, sale.total)
    assert (back.approved_by, back.reason) == ("manager", "Rung up wrongly")
    assert (on_hand(shop, CHOCOLATE), on_hand(shop, SWEETS)) == before
    with shop.store.reading() as work:
        recorded = work.sales.by_number("T1", 1)
        assert recorded is not None
        assert recorded == replace(sale, voided_by="T1-000002", visitors=recorded.visitors)
        assert work.returns.by_number("T1", 2) == back
    [entry] = shop.rows("SELECT person, details FROM journal WHERE act = 'void_sale'")
    details = json.loads(entry[1])
    assert (entry[0], details["receipt"], details["reverses"]) == ("amina", "T1-000002", "T1-000001")
    assert shop.verify() == []


def test_all_allowance_of_every_visitor_comes_back(shop: DemoShop) -> None:
    sale = shop.sell(CARTON, CARTON)
    assert shop.basket(CARTON).view().verdict is Verdict.DUTY

    void(shop, sale.receipt)

    assert shop.basket(CARTON, CARTON).view().verdict <= Verdict.NOTE
    assert shop.rows("SELECT quantity, returned FROM quota_entry") == [(2, 2)]
    assert shop.verify() == []


def test_the_allowance_comes_back_also_where_the_shop_has_the_rules_no_more(shop: DemoShop) -> None:
    sale = shop.sell(CARTON)
    shop.known_regimes = {}

    void(shop, sale.receipt)

    assert shop.rows("SELECT returned FROM quota_entry") == [(1,)]
    assert shop.verify() == []


def test_dutiable_pieces_leave_nothing_behind(shop: DemoShop) -> None:
    checkout = shop.basket(COGNAC, COGNAC, COGNAC)
    order = checkout.order(shop.person("manager"))
    sale = shop.complete_sale.from_counter(replace(order, over_quota="duty"), Payment((cash("1350"),)))

    void(shop, sale.receipt)

    assert shop.rows("SELECT coalesce(taxed_now, taxed), returned FROM quota_entry") == [(0, 3)]
    assert shop.verify() == []


def test_money_goes_back_by_each_way_it_came_and_cards_name_their_reference(shop: DemoShop) -> None:
    paid = replace(card("30.00"), reference="4471"), replace(qr("20.00"), reference="wx-9"), cash("50")
    sale = shop.sell(SWEETS, SWEETS, tenders=paid)
    assert [str(change.amount) for change in sale.change] == ["4.00"]

    back = void(shop, sale.receipt)

    assert [(one.method, str(one.amount)) for one in back.refunds] == [
        ("card", "30.00"),
        ("qr", "20.00"),
        ("cash", "46.00"),
    ]
    answer = void_json(back)
    assert answer["to_reverse"] == [
        {"method": "card", "amount": "30.00", "currency": "CNY", "reference": "4471"},
        {"method": "qr", "amount": "20.00", "currency": "CNY", "reference": "wx-9"},
    ]
    assert answer["voids"] == sale.receipt
    assert shop.rows("SELECT kind, sum(amount_minor) FROM cash_move WHERE sale_id IS NOT NULL GROUP BY kind") == [
        ("change", -400), ("refund", -4600), ("tender", 5000),
    ]  # fmt: skip
    assert shop.verify() == []


def test_a_card_is_reversed_whole_where_change_was_given_in_another_currency(shop: DemoShop) -> None:
    order = shop.basket(SWEETS, CHOCOLATE).order(shop.person("amina"))
    sale = shop.complete_sale.from_counter(order, Payment((card("10.00"), cash("20", USD)), KZT))
    assert sale.change

    back = void(shop, sale.receipt)

    ways = {(one.method, one.amount.currency.code): one.amount for one in back.refunds}
    assert ways["card", "CNY"] == money("10.00")
    worth = sum(one.value.minor for one in back.refunds)
    assert abs(worth - sale.total.minor) <= 100
    assert shop.verify() == []


def test_cash_of_several_currencies_goes_back_in_each_of_them_where_the_change_was_not_of_these_alone(
    shop: DemoShop,
) -> None:
    order = shop.basket(*[SWEETS] * 10).order(shop.person("amina"))
    paid = cash("50", USD), cash("10", EUR), cash("10000", KZT)
    sale = shop.complete_sale.from_counter(order, Payment(paid, USD))
    change = {one.amount.currency.code: one.amount.minor for one in sale.change}
    assert set(change) == {"USD", "CNY"}, "what is less than a dollar is given in yuan"

    back = void(shop, sale.receipt)

    came = {one.amount.currency.code: one.amount.minor for one in back.refunds}
    assert (came["USD"], came["EUR"]) == (5000 - change["USD"], 1000)
    assert 0 < came["KZT"] < 1_000_000
    assert set(came) == {"USD", "EUR", "KZT"}
    assert all(one.rate == 1 / sale.rates.taking(one.amount.currency) for one in back.refunds)
    assert abs(sum(one.value.minor for one in back.refunds) - sale.total.minor) < 10
    assert shop.verify() == []


@pytest.mark.parametrize(
    ("tender", "change_in", "change", "back"),
    [
        (cash("20", EUR), CNY, {"CNY": 11410}, {"EUR": 500, "CNY": 750}),
        (cash("20", EUR), KZT, {"KZT": 830500}, {"EUR": 500, "CNY": 750}),
        (cash("20", EUR), EUR, {"EUR": 1000, "CNY": 3310}, {"EUR": 500, "CNY": 740}),
        (cash("20", USD), CNY, {"CNY": 8960}, {"USD": 600, "CNY": 680}),
        (cash("10000", KZT), CNY, {"CNY": 8940}, {"KZT": 349000}),
        (cash("100", CNY), KZT, {"KZT": 378500}, {"CNY": 4800}),
    ],
)
def test_the_change_stays_with_the_customer_and_what_goes_back_is_worth_the_sale(
    shop: DemoShop, tender: Tender, change_in: Currency, change: dict[str, int], back: dict[str, int]
) -> None:
    """Whole notes of what was paid at the rate of the sale, what is less than a note in the price currency."""
    order = shop.basket(SWEETS).order(shop.person("amina"))
    sale = shop.complete_sale.from_counter(order, Payment((tender,), change_in))
    assert {one.amount.currency.code: one.amount.minor for one in sale.change} == change

    voided = void(shop, sale.receipt)

    assert {one.amount.currency.code: one.amount.minor for one in voided.refunds} == back
    assert abs(sum(one.value.minor for one in voided.refunds) - sale.total.minor) < 10, "less than the smallest coin"
    came_and_went = dict(
        shop.rows("SELECT currency, sum(amount_minor) FROM cash_move WHERE sale_id IS NOT NULL GROUP BY 1")
    )
    paid = {tender.amount.currency.code: tender.amount.minor}
    assert came_and_went == {
        code: paid.get(code, 0) - change.get(code, 0) - back.get(code, 0) for code in {*paid, *change, *back}
    }
    assert shop.verify() == []


def test_a_cashier_needs_the_approval_of_just_this_receipt(shop: DemoShop) -> None:
    sale, other = shop.sell(SWEETS), shop.sell(CHOCOLATE)

    with pytest.raises(NotAllowed):
        void(shop, sale.receipt, approve=None)
    order = VoidOrder("k1", sale.receipt, "Customer cancelled", "amina")
    for_other = Approval(shop.person("manager"), frozenset({"void_sale"}), "k1", frozenset({void_requirement(other)}))
    with pytest.raises(NotAllowed):
        shop.void_sale.from_counter(order, for_other)

    granted = replace(for_other, granted=frozenset({void_requirement(sale)}))
    assert shop.void_sale.from_counter(order, granted).approved_by == "manager"
    [(person, details)] = shop.rows("SELECT person, details FROM journal WHERE act = 'approve'")
    assert (person, json.loads(details)["figures"]) == ("manager", ["T1-000001 48.00 CNY"])
    assert shop.verify() == []


def test_the_same_key_again_gives_the_void_already_recorded(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS)

    first = void(shop, sale.receipt)

    assert void(shop, sale.receipt) == first
    with pytest.raises(KeyReused):
        void(shop, sale.receipt, reason="Customer cancelled")
    with pytest.raises(AlreadyVoided) as refused:
        void(shop, sale.receipt, key="another")
    assert (refused.value.receipt, refused.value.void) == (sale.receipt, first.receipt)
    with pytest.raises(NoSuchReceipt):
        void(shop, first.receipt, key="of-a-void")
    assert shop.verify() == []


def test_a_voided_sale_is_not_returned_as_well(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS)
    void(shop, sale.receipt)

    with pytest.raises(AlreadyVoided):
        record_return(shop, sale.receipt, (0, 1))
    assert shop.verify() == []


def test_a_sale_of_which_something_came_back_is_returned_not_voided(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS, CHOCOLATE)
    back = record_return(shop, sale.receipt, (0, 1))

    with pytest.raises(PartlyReturned) as refused:
        void(shop, sale.receipt)

    assert (refused.value.pieces, refused.value.returns) == (1, (back.receipt,))
    assert "1 already returned (T1-000002)" in sentence_for(refused.value, Translator.english())
    assert shop.verify() == []


def test_neither_side_of_an_exchange_is_voided(shop: DemoShop) -> None:
    first = shop.sell(SWEETS)
    sold = exchange(shop, "x", [coming(first.receipt)], CHOCOLATE)

    with pytest.raises(PartOfExchange):
        void(shop, sold.receipt)
    with pytest.raises(PartlyReturned):
        void(shop, first.receipt)
    assert shop.verify() == []


def test_goods_that_have_left_are_not_voided(shop: DemoShop) -> None:
    sale = shop.sell(CARTON)
    with shop.store.begin() as work:
        known = work.visitors.known(shop.visitor().key)
        assert known is not None
        work.visitors.leave(known.locked.person, "cn-horgos", (shop.now.at.replace(hour=0), shop.now()), shop.now())
        lines = [{"receipt": sale.receipt, "line": 0, "declared": False}]
        work.journal.write(
            shop.now(),
            "T1",
            "amina",
            "left",
            {"at": shop.now().isoformat(), "regime": "cn-horgos", "source": "cashier", "lines": lines},
        )
        work.commit()

    with pytest.raises(GoodsHaveLeft):
        void(shop, sale.receipt)
    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]
    assert shop.verify() == []


def test_only_a_receipt_of_this_tills_running_shift_is_voided(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS)
    other = shop.other_till()
    with pytest.raises(NotOfThisShift):
        void(other, sale.receipt)
    other.close()

    amina = shop.person("amina")
    shop.close_shift(amina, right_count(shop))
    with pytest.raises(NoOpenShift):
        void(shop, sale.receipt)
    shop.open_shift(amina, {})
    with pytest.raises(NotOfThisShift) as refused:
        void(shop, sale.receipt)
    assert (refused.value.receipt, refused.value.till) == (sale.receipt, "T1")
    assert shop.verify() == []


def test_money_of_another_amount_than_was_on_show_is_refused(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS)
    proposal = shop.void_sale.propose(sale.receipt)
    order = VoidOrder("k", sale.receipt, "x", "manager")

    shown = tuple(replace(one, amount=one.amount + money("1.00")) for one in proposal.refunds)
    with pytest.raises(RefundChanged):
        shop.void_sale.from_counter(order, shown=shown)
    assert proposal.need == void_requirement(sale)


def test_a_void_is_refused_before_a_key_is_used_up(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS)
    with pytest.raises(NotAllowed):
        void(shop, sale.receipt, approve=None)

    assert void(shop, sale.receipt).receipt == "T1-000002"
    assert shop.verify() == []


def test_goods_that_count_for_another_visitor_by_now_are_not_voided(shop: DemoShop) -> None:
    sale = shop.sell(CARTON)
    key = steps(shop).move_quota.key(sale.receipt)
    steps(shop).move_quota(sale.receipt, "A", a_passport(shop), shop.person("amina"), approval(shop, key))

    with pytest.raises(AllowanceMoved) as refused:
        void(shop, sale.receipt)

    assert (refused.value.receipt, refused.value.visitor) == (sale.receipt, "A")
    assert shop.verify() == []


def test_without_a_cashier_a_file_is_booked_on_who_has_the_shift_by_now(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS)
    hand_over(shop, "li")
    with pytest.raises(ShiftOfAnother):
        void(shop, sale.receipt)

    back = void(shop, sale.receipt, cashier=None)

    assert (back.cashier, back.reverses) == ("li", sale.receipt)
    assert shop.report_day()["voided_sales"] == {"count": 1, "pieces": 1, "amount": "48.00"}
    assert shop.verify() == []


def test_the_number_of_a_void_or_of_a_return_is_said_to_be_one_and_names_its_sale(shop: DemoShop) -> None:
    voided = void(shop, shop.sell(SWEETS).receipt)
    sale = shop.sell(CHOCOLATE, CHOCOLATE)
    back = record_return(shop, sale.receipt, (0, 1))

    with pytest.raises(ReceiptOfReturn) as of_void:
        record_return(shop, voided.receipt, (0, 1))
    with pytest.raises(ReceiptOfReturn) as of_return:
        record_return(shop, back.receipt, (0, 1))
    said = [sentence_for(one.value, Translator.english()) for one in (of_void, of_return)]

    assert said == [
        f"{voided.receipt} is the void of receipt {voided.reverses}. Nothing is left of that sale.",
        f"{back.receipt} is the return of goods of receipt {sale.receipt}. Choose receipt {sale.receipt}.",
    ]
