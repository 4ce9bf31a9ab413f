"""Goods come back and others are sold in one act: one transaction, and only the difference moves as money."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest

from pos.application.sales.sale_json import sale_json
from pos.domain.errors import BadInput
from pos.domain.money import Money
from pos.domain.payment.tender import Underpaid
from pos.domain.receipt_number import NoSuchReceipt
from pos.domain.request_key import KeyReused
from pos.domain.returns.goods_return import NothingLeftToReturn
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import ApprovalNotAllowed
from pos.domain.stock.stock import OutOfStock
from tests.application.returns.test_return_goods import on_hand, record_return
from tests.builders import card, cash
from tests.horgos import CNY, KZT
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, LAST_ONE, MANAGERS_PIN, SWEETS, DemoShop, a_ticket


def coming(receipt: str, line: int = 0, quantity: int = 1, **changed: Any) -> dict[str, Any]:
    return {"receipt": receipt, "line": line, "quantity": quantity, **changed}


def exchange(shop: DemoShop, key: str, returns: list[dict[str, Any]], *codes: str, **changed: Any) -> Sale:
    """Bring goods back and take others at this till; paid exactly unless `payments` say otherwise."""
    lines = [{"code": code, "quantity": 1} for code in codes]
    ticket = a_ticket(key=key, lines=lines, returns=returns, payments=[]) | changed
    return shop.ring_sale(ticket)


def in_cash(amount: str, currency: str = "CNY") -> dict[str, str]:
    return {"method": "cash", "currency": currency, "amount": amount}


def money_of(sale: Sale) -> list[str]:
    """How a sale was paid and what went back with it, as "exchange 48.00", "-cash 2.00"."""
    paid = [f"{paid.tender.method} {paid.tender.amount}" for paid in sale.paid]
    gone = [f"-{refund.method} {refund.amount}" for back in sale.returns for refund in back.refunds]
    return paid + gone


def drawer_in(shop: DemoShop, currency: str = "CNY") -> Money:
    report = shop.read_shift(shop.person("manager"))
    return next(line.expected for line in report.cash if line.currency.code == currency and line.expected is not None)


def test_only_the_difference_is_paid(shop: DemoShop) -> None:
    first = shop.sell(SWEETS)
    before, sweets = drawer_in(shop), on_hand(shop, SWEETS)

    sale = exchange(shop, "x", [coming(first.receipt)], COGNAC, payments=[in_cash("402.00")])

    assert money_of(sale) == ["exchange 48.00", "cash 402.00", "-exchange 48.00"]
    [back] = sale.returns
    assert (back.receipt, back.reverses, back.exchanged_in) == ("T1-000002", first.receipt, sale.receipt)
    assert sale.receipt == "T1-000003"
    assert sale.paid[0].tender.reference == back.receipt
    assert not sale.rounding
    assert not back.rounding
    assert drawer_in(shop) - before == Money(40_200, CNY)
    assert on_hand(shop, SWEETS) == sweets + 1
    assert shop.verify() == []


def test_what_is_worth_more_than_the_sale_goes_back_as_it_was_paid(shop: DemoShop) -> None:
    first = shop.sell(SWEETS, tenders=(card("48.00"),))
    before = drawer_in(shop)

    sale = exchange(shop, "x", [coming(first.receipt)], CHOCOLATE)

    assert money_of(sale) == ["exchange 12.50", "-exchange 12.50", "-card 35.50"]
    assert drawer_in(shop) == before
    assert shop.verify() == []


def test_even_goods_move_no_money_at_all(shop: DemoShop) -> None:
    first = shop.sell(SWEETS)
    before = drawer_in(shop)
    sale = exchange(shop, "x", [coming(first.receipt)], SWEETS)
    assert money_of(sale) == ["exchange 48.00", "-exchange 48.00"]
    assert drawer_in(shop) == before
    assert shop.verify() == []


def test_too_little_for_the_difference_is_refused_and_nothing_has_come_back(shop: DemoShop) -> None:
    first = shop.sell(SWEETS)
    before = shop.tables()
    with pytest.raises(Underpaid) as refused:
        exchange(shop, "x", [coming(first.receipt)], COGNAC, payments=[in_cash("400.00")])
    assert str(refused.value.left) == "2.00"
    assert shop.tables() == before


def test_the_allowance_that_comes_back_is_free_for_the_new_basket(shop: DemoShop) -> None:
    """Two cartons are what Zhang Wei may take: the third is within because one comes back in the same act."""
    first = shop.sell(CARTON, CARTON)
    sale = exchange(shop, "x", [coming(first.receipt)], CARTON)
    assert sale.quota["A"]["verdict"] in ("ok", "note")
    assert shop.verify() == []


def test_the_very_piece_that_came_back_can_be_sold_again(shop: DemoShop) -> None:
    """A watch is exchanged for the same one: there is no other on hand."""
    first = shop.sell(LAST_ONE)
    assert on_hand(shop, LAST_ONE) == 0
    sale = exchange(shop, "x", [coming(first.receipt)], LAST_ONE)
    assert on_hand(shop, LAST_ONE) == 0
    with pytest.raises(OutOfStock):
        exchange(shop, "y", [coming(sale.receipt, to="waste")], LAST_ONE)
    assert shop.verify() == []


def test_goods_of_several_receipts_pay_for_one_sale(shop: DemoShop) -> None:
    first, second = shop.sell(SWEETS, CHOCOLATE), shop.sell(SWEETS, tenders=(card("48.00"),))
    returns = [coming(first.receipt), coming(second.receipt), coming(first.receipt, line=1, to="waste")]
    sale = exchange(shop, "x", returns, SWEETS, SWEETS)
    assert [(back.reverses, str(back.total)) for back in sale.returns] == [
        (first.receipt, "60.50"),
        (second.receipt, "48.00"),
    ]
    assert money_of(sale) == ["exchange 60.50", "exchange 35.50", "-exchange 60.50", "-exchange 35.50", "-card 12.50"]
    assert shop.verify() == []


def test_the_same_exchange_again_is_the_same_and_other_content_is_not(shop: DemoShop) -> None:
    first = shop.sell(SWEETS, SWEETS)
    sale = exchange(shop, "x", [coming(first.receipt)], SWEETS)
    before = shop.tables()
    assert sale_json(exchange(shop, "x", [coming(first.receipt)], SWEETS), None) == sale_json(sale, None)
    with pytest.raises(KeyReused):
        exchange(shop, "x", [coming(first.receipt, quantity=2)], SWEETS)
    assert shop.tables() == before


def test_the_answer_names_what_came_back(shop: DemoShop) -> None:
    first = shop.sell(SWEETS)
    answer = sale_json(exchange(shop, "x", [coming(first.receipt)], CHOCOLATE), None)
    [returned] = answer["returns"]
    assert (returned["receipt"], returned["reverses"]) == ("T1-000002", first.receipt)
    assert returned["total"] == {"amount": "48.00", "currency": "CNY"}
    assert [(refund["method"], refund["amount"]) for refund in returned["refunds"]] == [
        ("exchange", "12.50"),
        ("cash", "35.50"),
    ]


@pytest.mark.parametrize(
    ("changed", "refusal", "field"),
    [
        ({"returns": [coming("T1-000009")]}, NoSuchReceipt, None),
        ({"returns": [coming("nonsense")]}, BadInput, "returns[0].receipt"),
        ({"returns": [coming("T1-000001", line=7)]}, BadInput, "returns[0].line"),
        ({"returns": [coming("T1-000001"), coming("t1-000001")]}, BadInput, "returns[1].line"),
        ({"returns": [coming("T1-000001", quantity=0)]}, BadInput, "returns[0].quantity"),
        ({"returns": [coming("T1-000001", to="home")]}, BadInput, "returns[0].to"),
        ({"returns": [coming("T1-000001", quantity=2)]}, NothingLeftToReturn, None),
        ({"returns": [], "refund": {"currency": "CNY"}}, BadInput, "refund"),
        ({"refund": {"currency": "CNY", "method": "exchange"}}, BadInput, "refund.method"),
        ({"payments": [{"method": "exchange", "currency": "CNY", "amount": "48"}]}, BadInput, "payments[0].method"),
        ({"lines": []}, BadInput, None),
    ],
)
def test_what_cannot_be_exchanged_is_refused_and_changes_nothing(
    shop: DemoShop, changed: dict[str, Any], refusal: type[Exception], field: str | None
) -> None:
    shop.sell(SWEETS)
    before = shop.tables()
    with pytest.raises(refusal) as refused:
        exchange(shop, "x", changed.pop("returns", [coming("T1-000001")]), SWEETS, **changed)
    if field is not None:
        assert refused.value.facts()["field"] == field  # type: ignore[attr-defined] # a RuleBroken
    assert shop.tables() == before


# ── the money in a chain of exchanges ────────────────────────────────────────────────────────────────────────


def test_what_was_paid_by_card_goes_back_by_card_after_any_number_of_exchanges(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS, tenders=(card("48.00"),))
    for number in range(3):
        sale = exchange(shop, f"x{number}", [coming(sale.receipt)], SWEETS)
    back = record_return(shop, sale.receipt, (0, 1))
    assert [(refund.method, str(refund.amount)) for refund in back.refunds] == [("card", "48.00")]
    assert shop.verify() == []


def test_what_was_paid_in_foreign_cash_goes_back_in_cash_after_an_exchange(shop: DemoShop) -> None:
    first = shop.sell(SWEETS, tenders=(cash("3530", KZT),))
    sale = exchange(shop, "x", [coming(first.receipt)], SWEETS)
    back = record_return(shop, sale.receipt, (0, 1), refund={"currency": "CNY", "method": "cash"})
    assert [(refund.method, str(refund.amount)) for refund in back.refunds] == [("cash", "48.00")]
    assert shop.verify() == []


def test_cash_for_the_card_of_an_exchange_needs_someone_who_may(shop: DemoShop) -> None:
    first = shop.sell(SWEETS, tenders=(card("48.00"),))
    wanted = {"currency": "CNY", "method": "cash"}
    approve = {"user": "manager", "pin": MANAGERS_PIN, "acts": ["refund_cash"]}
    before = shop.tables()
    with pytest.raises(ApprovalNotAllowed):
        exchange(
            shop, "x", [coming(first.receipt)], CHOCOLATE, refund=wanted,
            approve={"user": "li", "pin": "135790", "acts": ["refund_cash"]},
        )  # fmt: skip
    assert shop.tables() == before
    sale = exchange(shop, "x", [coming(first.receipt)], CHOCOLATE, refund=wanted, approve=approve)
    assert money_of(sale)[-1] == "-cash 35.50"
    assert sale.returns[0].approved_by == "manager"
    back = record_return(shop, sale.receipt, (0, 1))
    assert [refund.method for refund in back.refunds] == ["card"]
    assert shop.verify() == []


def test_a_partial_exchange_takes_the_money_of_its_goods_along(shop: DemoShop) -> None:
    """Of 48 by card and 48 in cash one box is exchanged and one comes back: by card goes back what came by card."""
    first = shop.sell(SWEETS, SWEETS, tenders=(card("48.00"), cash("48.00")))
    second = exchange(shop, "x", [coming(first.receipt)], SWEETS)
    ways = [
        refund.method
        for receipt in (first.receipt, second.receipt)
        for refund in record_return(shop, receipt, (0, 1), key=f"b{receipt}").refunds
    ]
    assert sorted(ways) == ["card", "cash"]
    assert shop.verify() == []


def test_a_difference_below_half_a_coin_is_no_ones_to_pay(shop: DemoShop) -> None:
    """12.50 for 12.46: no one can pay four fen, and no one keeps them for ever."""
    discounted = {"code": CHOCOLATE, "quantity": 1, "discount": {"amount": "0.04"}}
    first = shop.ring_sale(a_ticket(lines=[discounted], payments=[in_cash("12.50")]))
    assert str(first.rounding) == "0.04"
    sale = exchange(shop, "x", [coming(first.receipt)], CHOCOLATE)
    assert (money_of(sale), str(sale.rounding)) == (["exchange 12.50", "-exchange 12.50"], "0.00")
    cheaper = exchange(shop, "y", [coming(sale.receipt)], CHOCOLATE, lines=[discounted])
    dearer = exchange(shop, "z", [coming(cheaper.receipt)], CHOCOLATE)
    assert shop.verify() == []
    assert not [refund for back in (*cheaper.returns, *dearer.returns) for refund in back.refunds if refund.notes]


@pytest.mark.parametrize("seed", range(4))
def test_a_chain_of_exchanges_never_pays_out_more_than_was_paid_in(shop: DemoShop, seed: int) -> None:
    """Whatever is exchanged for whatever: in value no more goes out than came in, but for a cash step a payment."""
    dice, steps = Random(seed), 0
    first = {"code": CHOCOLATE, "quantity": 3, "discount": {"percent": dice.choice(["0.7", "3.3", "9.9"])}}
    by_card = dice.random() < 0.5
    paid = in_cash("200") | ({"method": "card", "amount": _price_of(first)} if by_card else {})
    sales = [shop.ring_sale(a_ticket(lines=[first], payments=[paid]))]
    for number in range(12):
        shop.now.move(minutes=1)
        sale = dice.choice(sales)
        line = dice.choice(sale.lines)
        bought = {"code": dice.choice([CHOCOLATE, SWEETS, BAG]), "quantity": dice.randint(1, 2)}
        bought |= {"discount": {"percent": dice.choice(["1.3", "5.7"])}} if dice.random() < 0.6 else {}
        quantity = dice.randint(1, line.quantity)
        wish = {"currency": dice.choice(["CNY", "KZT", "USD"]), "method": dice.choice(["cash", "card"])}
        try:
            if dice.random() < 0.3:
                record_return(shop, sale.receipt, (line.line, quantity), key=f"r{number}", refund=wish)
            else:
                returns = [coming(sale.receipt, line.line, quantity)]
                given = [in_cash("300")]
                sales.append(exchange(shop, f"x{number}", returns, lines=[bought], refund=wish, payments=given))
            steps += 1
        except NothingLeftToReturn:
            continue
    for sale in sales:
        for known in shop.return_goods.look(sale.receipt).lines:
            if known.sold > known.refunded:
                left = known.sold - known.refunded
                record_return(shop, sale.receipt, (known.line, left), key=f"end{sale.receipt}-{known.line}")
                steps += 1
    assert shop.verify() == []
    report = shop.report_day()
    came = _fen(report["payments"], "exchange") - _fen(report["change"])
    gone = _fen(report["refunds"], "exchange")
    assert gone <= came + 10 * steps
    by_way = {
        way: [
            sum(_minor(row["value"]) for row in report[side] if row["method"] == way)
            for side in ("payments", "refunds")
        ]
        for way in ("card", "exchange")
    }
    assert by_way["card"][1] <= by_way["card"][0]
    assert by_way["exchange"][1] == by_way["exchange"][0]


def _price_of(line: dict[str, Any]) -> str:
    from decimal import ROUND_HALF_UP, Decimal

    gross = Decimal("12.50") * line["quantity"]
    off = (gross * Decimal(line["discount"]["percent"]) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return str(gross - off)


def _fen(rows: list[dict[str, Any]], without: str = "") -> int:
    return sum(_minor(row["value"]) for row in rows if row.get("method") != without)


def _minor(text: str) -> int:
    return int(text.replace(".", ""))


# ── two tills ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_piece_returned_at_one_till_and_exchanged_at_another_comes_back_once(shop: DemoShop) -> None:
    other = shop.other_till()
    for number in range(8):
        first = shop.sell(SWEETS)

        def plainly(receipt: str = first.receipt, key: str = f"a{number}") -> bool:
            return _done(lambda: record_return(shop, receipt, (0, 1), key=key))

        def exchanged(receipt: str = first.receipt, key: str = f"b{number}") -> bool:
            return _done(lambda: exchange(other, key, [coming(receipt)], SWEETS))

        with ThreadPoolExecutor(2) as both:
            assert sorted(step.result() for step in (both.submit(plainly), both.submit(exchanged))) == [False, True]
    assert shop.verify() == []
    other.close()


def _done(step: Any) -> bool:
    try:
        step()
    except NothingLeftToReturn:
        return False
    return True
