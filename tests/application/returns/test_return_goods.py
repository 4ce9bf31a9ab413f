"""Goods come back: money, stock and allowance go where they came from, once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from pos.application.returns.return_goods import ReturnGoods
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.returns.return_request import return_json
from pos.application.sales.complete_sale import Payment
from pos.application.text.translator import Translator
from pos.domain.errors import BadField, BadInput
from pos.domain.money import Money
from pos.domain.quota.rule import Verdict
from pos.domain.receipt_number import NoSuchReceipt
from pos.domain.request_key import KeyReused
from pos.domain.returns.goods_return import GoodsReturn, NothingLeftToReturn, NothingToReturn
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift import NoOpenShift
from pos.domain.staff.staff import ApprovalNotAllowed, NotAllowed
from pos.domain.stock.stock import Movement
from pos.languages.refusals import sentence_for
from tests.builders import MONDAY, card, cash, money
from tests.horgos import CNY, KZT, USD
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, MANAGERS_PIN, SOLD_OUT, SWEETS, DemoShop, a_ticket


def a_return(receipt: str, *lines: tuple[int, int], **changed: Any) -> dict[str, Any]:
    return {
        "key": f"back-{receipt}",
        "receipt": receipt,
        "lines": [{"line": line, "quantity": quantity} for line, quantity in lines],
        "refund": {"currency": "CNY", "method": "cash"},
        "reason": "did not fit",
        "cashier": "amina",
        **changed,
    }


def record_return(shop: DemoShop, receipt: str, *lines: tuple[int, int], **changed: Any) -> GoodsReturn:
    return shop.return_by_ticket(a_return(receipt, *lines, **changed))


def on_hand(shop: DemoShop, code: str) -> int:
    return shop.find.show(code).on_hand


def test_a_line_comes_back_to_the_shelf_and_its_money_to_the_customer(shop: DemoShop) -> None:
    before = on_hand(shop, CHOCOLATE)
    sale = shop.sell(CHOCOLATE, CHOCOLATE, SWEETS)

    back = record_return(shop, sale.receipt, (0, 1))

    assert (back.receipt, back.reverses, str(back.total)) == ("T1-000002", "T1-000001", "12.50")
    assert [(r.method, str(r.amount), r.amount.currency.code) for r in back.refunds] == [("cash", "12.50", "CNY")]
    assert on_hand(shop, CHOCOLATE) == before - 1
    assert shop.verify() == []
    report = shop.report_day()
    assert report["returns"] == {"count": 1, "pieces": 1, "amount": "12.50"}
    assert report["sales"]["amount"] == str(sale.total)


def test_what_goes_to_waste_does_not_come_to_the_shelf(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE)
    before = on_hand(shop, CHOCOLATE)
    back = shop.return_by_ticket(a_return(sale.receipt) | {"lines": [{"line": 0, "quantity": 1, "to": "waste"}]})
    assert (on_hand(shop, CHOCOLATE), back.lines[0].to) == (before, "waste")
    assert shop.verify() == []


def test_before_leaving_the_allowance_is_given_back_and_afterwards_not(shop: DemoShop) -> None:
    first = shop.sell(CARTON, CARTON)
    assert shop.basket(CARTON).view().verdict is Verdict.DUTY

    record_return(shop, first.receipt, (0, 1))
    assert shop.basket(CARTON).view().verdict <= Verdict.NOTE

    shop.now.move(days=1)
    second = shop.sell(CARTON, CARTON)
    with shop.store.begin() as work:
        known = work.visitors.known(shop.visitor().key)
        assert known is not None
        work.visitors.leave(known.locked.person, "cn-horgos", (shop.now.at.replace(hour=0), shop.now()), shop.now())
        work.journal.write(shop.now(), "T1", "amina", "left", _left(shop, second.receipt))
        work.commit()
    used = shop.basket(BAG).view().quota["A"].rule("value")
    assert used is not None
    record_return(shop, second.receipt, (0, 2))
    after = shop.basket(BAG).view().quota["A"].rule("value")
    assert after is not None
    assert (used.used, used.spent) == (after.used, after.spent)
    assert after.spent
    assert shop.verify() == []


def _left(shop: DemoShop, receipt: str) -> dict[str, Any]:
    lines = [{"receipt": receipt, "line": 0, "declared": False}]
    return {"at": shop.now().isoformat(), "regime": "cn-horgos", "source": "cashier", "lines": lines}


def test_of_a_dutiable_line_the_dutiable_piece_goes_back_first(shop: DemoShop) -> None:
    checkout = shop.basket(COGNAC, COGNAC, COGNAC)
    order = checkout.order(shop.person("manager"))
    sale = shop.complete_sale.from_counter(replace(order, over_quota="duty"), Payment((cash("1350"),)))
    assert sale.lines[0].taxed == 1

    record_return(shop, sale.receipt, (0, 1))

    [(taxed, returned)] = shop.rows("SELECT coalesce(taxed_now, taxed), returned FROM quota_entry")
    assert (taxed, returned) == (0, 1)
    assert shop.basket(BAG).view().verdict is Verdict.OK
    assert shop.verify() == []


def test_no_more_comes_back_than_was_sold_at_whatever_till(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE, CHOCOLATE, CHOCOLATE)
    record_return(shop, sale.receipt, (0, 2))
    with pytest.raises(NothingLeftToReturn) as refused:
        record_return(shop, sale.receipt, (0, 2), key="again")
    assert (refused.value.wanted, refused.value.left) == (2, 1)
    other = shop.other_till()
    assert record_return(other, sale.receipt, (0, 1), key="other").receipt == "T2-000001"
    other.close()
    assert shop.verify() == []


def test_pieces_sold_before_they_came_go_back_beside_those_that_were_there(shop: DemoShop) -> None:
    shop.set("sell_below_zero", "*")
    with shop.store.begin() as work:
        product = shop.find.show(SOLD_OUT).product.id
        work.stock.record([Movement(product, 2, "opening", cost=2_000)], MONDAY, "demo")
        work.commit()
    sale = shop.sell(*[SOLD_OUT] * 5)
    for pieces in (1, 3, 1):
        record_return(shop, sale.receipt, (0, pieces), key=f"back-{on_hand(shop, SOLD_OUT)}")

    back = shop.rows("SELECT quantity, cost_minor FROM stock_move WHERE reason = 'return' ORDER BY id")
    assert back == [(1, 1_000), (1, 1_000), (2, None), (1, None)]
    assert on_hand(shop, SOLD_OUT) == 2
    assert shop.verify() == []


def test_two_tills_never_refund_one_piece_twice(shop: DemoShop) -> None:
    other = shop.other_till()
    for number in range(12):
        sale = shop.sell(CHOCOLATE)
        tills = [(shop, f"a{number}"), (other, f"b{number}")]

        def back(one: tuple[DemoShop, str], receipt: str = sale.receipt) -> bool:
            try:
                record_return(one[0], receipt, (0, 1), key=one[1])
            except NothingLeftToReturn:
                return False
            return True

        with ThreadPoolExecutor(2) as both:
            assert sorted(both.map(back, tills)) == [False, True]
    assert shop.verify() == []
    other.close()


def test_the_same_return_again_is_the_same_return(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE, CHOCOLATE)
    first = record_return(shop, sale.receipt, (0, 1))
    before = shop.tables()
    assert return_json(record_return(shop, sale.receipt, (0, 1))) == return_json(first)
    assert shop.tables() == before
    with pytest.raises(KeyReused):
        record_return(shop, sale.receipt, (0, 2))


def test_a_mixed_payment_goes_back_as_it_came(shop: DemoShop) -> None:
    sale = shop.sell(CARTON, SWEETS, tenders=(card("200.00"), cash("10000", KZT)))
    back = record_return(shop, sale.receipt, (0, 1), (1, 1), refund={"currency": "KZT", "method": "cash"})
    ways = {(r.method, r.amount.currency.code): r.amount for r in back.refunds}
    change = sum(part.amount.minor for part in sale.change)
    assert ways["cash", "KZT"].minor == 1_000_000 - change
    assert ways["card", "CNY"] == money("200.00")
    assert abs((back.rounding + sale.rounding).minor) <= 1
    assert shop.verify() == []


def test_the_money_goes_back_in_notes_that_the_drawer_holds(shop: DemoShop) -> None:
    """More than a hundred dollars came in twenties: the drawer has never seen the hundred of the fewest notes."""
    sale = shop.sell(*[SWEETS] * 16, tenders=(replace(cash("120", USD), notes={2000: 6}),))
    before = shop.read_shift.drawer()
    assert before is not None

    back = record_return(shop, sale.receipt, (0, 16), refund={"currency": "USD", "method": "cash"})

    after = shop.read_shift.drawer()
    assert after is not None
    given = next(refund for refund in back.refunds if refund.amount.currency == USD)
    assert given.amount > Money.parse("100", USD)
    assert given.notes is not None
    for value, count in given.notes.items():
        assert count <= before["USD"][value]
        assert after["USD"].get(value, 0) == before["USD"][value] - count
    assert shop.verify() == []


@pytest.mark.parametrize("wanted", [("cash", "CNY"), ("cash", "KZT"), ("card", "CNY"), ("cash", "USD")])
@pytest.mark.parametrize("paid", [("CNY", "200"), ("KZT", "50000"), ("USD", "100")])
@pytest.mark.parametrize("percent", ["1.2", "3"])
def test_piece_by_piece_no_more_and_no_less_goes_back_than_the_line_cost(
    shop: DemoShop, percent: str, paid: tuple[str, str], wanted: tuple[str, str]
) -> None:
    """Ten bars at 12.35 or 12.125: each alone would be rounded to the next coin, and always the same way."""
    line = {"code": CHOCOLATE, "quantity": 10, "discount": {"percent": percent}}
    tender = {"method": "cash", "currency": paid[0], "amount": paid[1]}
    sale = shop.ring_sale(a_ticket(lines=[line], payments=[tender]))
    given = 0
    for number in range(10):
        back = record_return(
            shop, sale.receipt, (0, 1), key=f"b{number}", refund={"method": wanted[0], "currency": wanted[1]}
        )
        given += sum(refund.value.minor for refund in back.refunds)
    assert abs(given - sale.total.minor) <= 10
    assert shop.verify() == []


def test_a_card_is_paid_out_in_cash_only_when_a_manager_allows_it(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS, tenders=(card("48.00"),))
    approve = {"user": "manager", "pin": MANAGERS_PIN, "acts": ["refund_cash"]}
    with pytest.raises(ApprovalNotAllowed):
        record_return(shop, sale.receipt, (0, 1), approve={"user": "li", "pin": "135790", "acts": ["refund_cash"]})
    with pytest.raises(NotAllowed):
        record_return(shop, sale.receipt, (0, 1), approve={**approve, "acts": ["review"]})
    back = record_return(shop, sale.receipt, (0, 1), approve=approve)
    assert [(r.method, str(r.amount)) for r in back.refunds] == [("cash", "48.00")]
    assert back.approved_by == "manager"
    assert shop.verify() == []


def test_without_an_approval_a_card_goes_back_by_card_whatever_was_asked(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS, tenders=(card("48.00"),))
    back = record_return(shop, sale.receipt, (0, 1))
    assert [(r.method, str(r.amount)) for r in back.refunds] == [("card", "48.00")]


def test_money_in_another_currency_goes_back_at_todays_rate(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS)
    back = record_return(shop, sale.receipt, (0, 1), refund={"currency": "USD", "method": "cash"})
    assert back.refunds[0].amount.currency == USD
    assert back.refunds[0].amount.minor % 100 == 0
    assert shop.verify() == []


@pytest.mark.parametrize(
    ("changed", "refusal", "field"),
    [
        ({"receipt": "T1-000009"}, NoSuchReceipt, None),
        ({"receipt": "nonsense"}, NoSuchReceipt, None),
        ({"lines": []}, NothingToReturn, None),
        ({"lines": [{"line": 7, "quantity": 1}]}, BadInput, "lines[0].line"),
        ({"lines": [{"line": 0, "quantity": 0}]}, BadInput, "lines[0].quantity"),
        ({"lines": [{"line": 0, "quantity": 1.5}]}, BadInput, "lines[0].quantity"),
        ({"lines": [{"line": 0, "quantity": 1}] * 2}, BadInput, "lines[1].line"),
        ({"lines": [{"line": 0, "quantity": 1, "to": "home"}]}, BadInput, "lines[0].to"),
        ({"refund": None}, BadInput, "refund"),
        ({"refund": {"currency": "GBP"}}, BadInput, "refund.currency"),
        ({"refund": {"currency": "CNY", "method": "cheque"}}, BadInput, "refund.method"),
        ({"reason": ""}, BadInput, "reason"),
        ({"reason": None}, BadInput, "reason"),
        ({"cashier": "nobody"}, BadInput, None),
        ({"cashier": "clerk"}, NotAllowed, None),
        ({"tip": 5}, BadInput, "tip"),
        ({"key": "a b"}, BadInput, "key"),
    ],
)
def test_what_cannot_come_back_is_refused_and_changes_nothing(
    shop: DemoShop, changed: dict[str, Any], refusal: type[Exception], field: str | None
) -> None:
    sale = shop.sell(CHOCOLATE)
    before = shop.tables()
    with pytest.raises(refusal) as refused:
        shop.return_by_ticket(a_return(sale.receipt, (0, 1)) | changed)
    if field is not None:
        assert refused.value.facts()["field"] == field  # type: ignore[attr-defined] # a RuleBroken
    assert shop.tables() == before


def test_without_an_open_shift_nothing_comes_back(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE)
    other = DemoShop(shop.folder, "T9", shop.now)
    with pytest.raises(NoOpenShift):
        record_return(other, sale.receipt, (0, 1))
    other.close()


def test_after_the_z_a_return_waits_for_the_next_shift(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE)
    drawer = shop.read_shift.drawer()
    assert drawer is not None
    shop.close_shift(shop.person("amina"), {code: dict(notes) for code, notes in drawer.items()})

    with pytest.raises(NoOpenShift) as refused:
        record_return(shop, sale.receipt, (0, 1))

    sentence = sentence_for(refused.value, Translator.english())
    assert sentence == "No shift is open at till T1. Open the shift first."
    shop.open_shift(shop.person("amina"), {})
    assert record_return(shop, sale.receipt, (0, 1)).reverses == sale.receipt
    assert shop.verify() == []


def test_a_line_named_twice_is_refused_no_matter_who_asks(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE, CHOCOLATE)
    twice = ReturnOrder("k", sale.receipt, (ReturnLine(0, 1), ReturnLine(0, 1)), "cash", CNY, "why", "amina")
    for step in (shop.return_goods.proposal, shop.return_by_ticket.from_counter):
        with pytest.raises(BadField) as refused:
            step(twice)
        assert (refused.value.field, refused.value.what) == ("lines[1].line", "duplicate")


def test_without_its_rules_nothing_is_freed_and_the_journal_says_so(shop: DemoShop) -> None:
    """Whether goods have left only their rules can say."""
    sale = shop.sell(CARTON)
    gone = ReturnGoods(replace(shop.context, regimes=dict))
    order = ReturnOrder("k", sale.receipt, (ReturnLine(0, 1),), "cash", CNY, "why", "amina")
    gone(order, "content")
    [(details,)] = shop.rows("SELECT details FROM journal WHERE act = 'return'")
    assert (json.loads(details)["freed"], json.loads(details)["rules_gone"]) == ([], "cn-horgos")
    assert shop.verify() == []


def test_a_return_has_no_return(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE)
    back = record_return(shop, sale.receipt, (0, 1))
    with pytest.raises(NoSuchReceipt):
        record_return(shop, back.receipt, (0, 1))


def test_after_a_random_day_of_sales_and_returns_the_books_are_clean(shop: DemoShop) -> None:
    dice = Random(5)
    sales: list[Sale] = []
    for number in range(40):
        shop.now.move(minutes=dice.randint(1, 9))
        if sales and dice.random() < 0.45:
            sale = dice.choice(sales)
            line = dice.choice(sale.lines)
            try:
                record_return(
                    shop,
                    sale.receipt,
                    (line.line, dice.randint(1, line.quantity)),
                    key=f"r{number}",
                    refund={"currency": dice.choice(["CNY", "KZT", "USD"]), "method": dice.choice(["cash", "card"])},
                )
            except NothingLeftToReturn:
                continue
        else:
            codes = dice.choices((BAG, CHOCOLATE, SWEETS), k=dice.randint(1, 5))
            tenders = dice.choice([(), (cash("50000", KZT),), (cash("100", USD),)])
            sales.append(shop.sell(*codes, tenders=tenders))
    assert shop.verify() == []
    report = shop.report_day()
    paid = sum(_minor(row["value"]) for row in report["payments"])
    gone = sum(_minor(row["value"]) for row in (*report["change"], *report["refunds"]))
    sold = _minor(report["sales"]["amount"]) - _minor(report["returns"]["amount"])
    assert paid - gone == sold + _minor(report["rounding"])


def _minor(text: str) -> int:
    return int(text.replace(".", ""))
