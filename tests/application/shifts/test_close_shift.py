"""The close: a blind count of every note, a Z that stays, and an identity that holds after any day."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

import pytest

from pos.application.reports.shift_json import shift_json
from pos.domain.errors import BadField, RuleBroken
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.banknotes import worth
from pos.domain.payment.tender import Tender, fewest_notes
from pos.domain.shifts.shift import NoOpenShift
from pos.domain.staff.staff import Approval, NotAllowed
from tests.builders import card, cash, money, qr
from tests.faults.customers import a_return
from tests.horgos import CNY, EUR, KZT, RUB, USD
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, SWEETS, DemoShop


def right_count(shop: DemoShop) -> dict[str, dict[int, int]]:
    """Exactly what the drawer should hold, as someone counts who sees no minus."""
    report = shop.read_shift(shop.person("manager"))
    return {line.currency.code: fewest_notes(line.expected or Money.zero(line.currency)) for line in report.cash}


def test_a_shift_closes_with_a_numbered_z_and_takes_no_more(shop: DemoShop) -> None:
    amina = shop.person("amina")
    shop.sell(CHOCOLATE, SWEETS, tenders=(cash("100"),))
    shop.sell(BAG, tenders=(card("1"),))
    count = right_count(shop)
    count["CNY"][100] = count["CNY"].get(100, 0) - 1 if count["CNY"].get(100) else 1
    shop.now.move(hours=8)

    z = shop.close_shift(amina, count)

    report = z.report
    assert (report.z_name, report.number, report.closed_by, report.closed_at) == ("T1-Z000001", 1, "amina", shop.now())
    assert (report.sales.count, report.sales.pieces, report.sales.amount) == (2, 3, money("61.50"))
    assert (report.first_receipt, report.last_receipt) == ("T1-000001", "T1-000002")
    assert report.grand_total == money("61.50")
    assert [(p.method, str(p.amount)) for p in report.payments] == [("cash", "100.00"), ("card", "1.00")]
    line = report.cash[0]
    assert (line.tendered, line.change, line.expected) == (money("100"), money("39.50"), money("2060.50"))
    assert line.counted == money("2060.50") + (line.difference or money("0"))
    assert line.difference in (money("1"), money("-1"))
    assert shop.open_shift.current() is None
    with pytest.raises(NoOpenShift):
        shop.sell(BAG)
    with pytest.raises(NoOpenShift):
        shop.move_cash(amina, "in", money("5"), "late")
    with pytest.raises(NoOpenShift):
        shop.close_shift(amina, count)
    assert shop.verify() == []


def test_what_the_z_counted_is_known_to_the_person_who_opens_the_next_shift(shop: DemoShop) -> None:
    amina = shop.person("amina")
    assert shop.open_shift.last_count(amina) == {}  # no Z yet
    shop.sell(SWEETS)
    count = right_count(shop)
    shop.close_shift(amina, count)
    assert shop.open_shift.last_count(amina) == {code: notes for code, notes in count.items() if notes}


def test_the_next_shift_starts_again_and_the_running_total_goes_on(shop: DemoShop) -> None:
    li = shop.person("li")
    shop.sell(SWEETS)
    shop.close_shift(shop.person("amina"), right_count(shop))

    shop.open_shift(li, {"CNY": {10_000: 2, 100: 5}})
    shop.sell(CHOCOLATE)
    z = shop.close_shift(li, {"CNY": {10_000: 2, 1_000: 1, 500: 1, 100: 2, 50: 1}})

    assert (z.report.number, z.report.z_number, z.report.cashier) == (2, 2, "li")
    assert z.report.sales.amount == money("12.50")
    assert z.report.grand_total == money("60.50")
    assert [(c.currency, c.difference) for c in z.report.cash] == [(CNY, money("0"))]
    assert shop.verify() == []


def test_a_cashier_reads_their_own_shift_without_what_is_expected(shop: DemoShop) -> None:
    shop.sell(SWEETS, tenders=(cash("100"),))

    seen = shop.read_shift(shop.person("amina"))
    whole = shop.read_shift(shop.person("manager"))

    assert (seen.sales.count, seen.sales.pieces, seen.sales.shown) == (1, 1, None)
    assert {line.expected for line in seen.cash} == {None}
    assert [line.currency for line in seen.cash] == [line.currency for line in whole.cash]
    assert whole.cash[0].expected == money("2048")
    assert whole.without_expected() == seen
    with pytest.raises(NotAllowed):
        shop.read_shift(shop.person("li"))
    with pytest.raises(NotAllowed):
        shop.read_shift(shop.person("clerk"))


def test_what_a_cashier_is_shown_of_a_shift_never_adds_up_to_the_drawer(shop: DemoShop) -> None:
    manager, amina = shop.person("manager"), shop.person("amina")
    receipt = shop.sell(COGNAC, tenders=(cash("500"),)).receipt
    shop.return_by_ticket(a_return("back", receipt))
    shop.sell(SWEETS, tenders=(card("48"),))
    shop.sell(CHOCOLATE, tenders=(cash("50"),))
    shop.move_cash(amina, "drop", money("100"), "safe")

    answer = shift_json(shop.read_shift(amina))

    withheld = {"expected", "float", "in", "out", "drops", "tendered", "change", "refunds", "hand_overs"}
    assert {line[name] for line in answer["cash"] for name in withheld} == {None}
    assert [paid["method"] for paid in answer["payments"]] == ["card"]
    assert (answer["change"], answer["refunds"], answer["spread"], answer["returns_by_reason"]) == ([], [], [], [])
    assert (answer["grand_total"], answer["average"]) == (None, None)
    assert answer["sales"] == {"count": 3, "pieces": 3, "amount": None}
    assert answer["returns"] == {"count": 1, "pieces": 1, "amount": None}
    assert shift_json(shop.read_shift(manager))["cash"][0]["expected"] == "1912.50"


def test_a_currency_that_moved_must_be_counted_and_nothing_there_is_a_count(shop: DemoShop) -> None:
    count = right_count(shop)
    before = shop.tables()
    del count["EUR"]

    for step in (shop.close_shift, shop.close_shift.differs):
        with pytest.raises(BadField) as refused:
            step(shop.person("amina"), count)
        assert (refused.value.field, refused.value.what) == ("count.EUR", "missing")
    assert shop.tables() == before
    z = shop.close_shift(shop.person("amina"), {**count, "EUR": {}})
    assert [c.difference for c in z.report.cash if c.currency == EUR] == [money("-200", EUR)]


@pytest.mark.parametrize(
    ("notes", "field", "what"),
    [
        ({300: 1}, "count.CNY.3.00", "unknown"),
        ({100: -1}, "count.CNY.1.00", "negative"),
        ({100: 100_001}, "count.CNY.1.00", "too_large"),
    ],
)
def test_notes_that_cannot_be_are_named(shop: DemoShop, notes: dict[int, int], field: str, what: str) -> None:
    with pytest.raises(BadField) as refused:
        shop.close_shift(shop.person("amina"), {**right_count(shop), "CNY": notes})
    assert (refused.value.field, refused.value.what) == (field, what)


def test_before_the_close_only_the_currencies_that_differ_are_reported(shop: DemoShop) -> None:
    amina, count = shop.person("amina"), right_count(shop)
    before = shop.tables()

    assert shop.close_shift.differs(amina, count) == ()
    assert shop.tables() == before
    assert shop.close_shift.differs(amina, {**count, "USD": {100: 1}, "KZT": {}}) == ("KZT", "USD")


def test_who_counts_until_it_agrees_is_known_by_every_count(shop: DemoShop) -> None:
    amina, count = shop.person("amina"), right_count(shop)
    for dollars in range(3):
        shop.close_shift.differs(amina, {**count, "USD": {100: dollars}})

    rows = shop.rows("SELECT person, details FROM journal WHERE act = 'count_differs' ORDER BY id")
    assert [(person, json.loads(text)) for person, text in rows] == [
        ("amina", {"shift": 1, "counted": {"USD": f"{dollars}.00"}}) for dollars in range(3)
    ]
    assert shop.verify() == []


def test_a_shift_left_open_is_closed_by_a_manager_or_by_their_approval_and_both_are_named(shop: DemoShop) -> None:
    li, manager, count = shop.person("li"), shop.person("manager"), right_count(shop)
    shift = shop.open_shift.current()
    assert shift is not None
    with pytest.raises(NotAllowed) as refused:
        shop.close_shift(li, count)
    assert refused.value.act == "close_other"
    with pytest.raises(NotAllowed):
        shop.close_shift.differs(li, count, Approval(manager, None, "drawer:77"))

    z = shop.close_shift(li, count, Approval(manager, frozenset({"close_other"}), shift.key))

    assert (z.report.cashier, z.report.closed_by, z.report.approved_by) == ("amina", "li", "manager")
    assert z.report.approvals == 1
    shop.open_shift(li, {})
    again = shop.close_shift(manager, {})
    assert (again.report.cashier, again.report.closed_by, again.report.approved_by) == ("li", "manager", None)
    assert shop.verify() == []


def test_the_day_report_has_the_count_where_there_is_a_z(shop: DemoShop) -> None:
    assert {row["counted"] for row in shop.report_day()["cash"]} == {None}

    count = right_count(shop)
    shop.close_shift(shop.person("amina"), {**count, "RUB": {100_000: 9}})

    cash_ = {row["currency"]: row for row in shop.report_day()["cash"]}
    expected = {"float": "10000.00", "expected": "10000.00", "counted": "9000.00", "difference": "-1000.00"}
    assert {name: cash_["RUB"][name] for name in expected} == expected
    assert cash_["CNY"]["difference"] == "0.00"


def test_change_is_given_from_the_notes_in_the_drawer(shop: DemoShop) -> None:
    amina = shop.person("amina")
    shop.close_shift(amina, right_count(shop))
    shop.open_shift(amina, {"CNY": {1_000: 5, 500: 2}, "KZT": {10_000: 9, 5_000: 9, 2_000: 9, 1_000: 9, 500: 9}})

    sale = shop.sell(CHOCOLATE, tenders=(Tender("cash", money("50"), notes={5_000: 1}),))

    # 37.50 wanted; 35 from the notes, 2.50 × 72.80 = 182 → 180 tenge
    assert [(str(c.amount), dict(c.notes)) for c in sale.change] == [
        ("35.00", {1_000: 3, 500: 1}),
        ("180.00", {10_000: 1, 5_000: 1, 2_000: 1, 1_000: 1}),
    ]
    held = shop.read_shift.drawer()
    assert held is not None
    assert held["CNY"] == {5_000: 1, 1_000: 2, 500: 1}
    report = shop.read_shift(shop.person("manager"))
    assert not any(line.estimated for line in report.cash)
    shop.sell(CHOCOLATE, tenders=(cash("50"),))
    assert [line.currency for line in shop.read_shift(amina).cash if line.estimated] == [CNY]
    assert shop.verify() == []


SEEDS = range(6)


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_day_the_drawer_holds_what_came_less_what_went(shop: DemoShop, seed: int) -> None:
    """Float + ins − outs − drops + tendered − change − refunds = expected, recounted here from what happened."""
    dice, manager = Random(seed), shop.person("manager")
    shop.close_shift(shop.person("amina"), right_count(shop))
    float_ = {code: {value: dice.randint(0, 6) for value in CURRENCIES[code].denominations} for code in CURRENCIES}
    shop.open_shift(shop.person("amina"), float_)
    there: Counter[Currency] = Counter({CURRENCIES[code]: worth(notes) for code, notes in float_.items()})
    sales = 0
    for _ in range(dice.randint(10, 25)):
        shop.now.move(minutes=dice.randint(0, 30))
        currency = dice.choice(list(CURRENCIES.values()))
        if dice.random() < 0.3:
            amount = Money(dice.choice(currency.denominations) * dice.randint(1, 9), currency)
            kind = dice.choice(["in", "out", "drop"])
            try:
                shop.move_cash(manager, kind, amount, "any", dice.choice([None, fewest_notes(amount)]))
                there[currency] += amount.minor if kind == "in" else -amount.minor
            except RuleBroken:
                assert kind != "in"
                assert there[currency] < amount.minor
            continue
        basket = shop.basket(*dice.choices((BAG, CHOCOLATE, SWEETS, CARTON, COGNAC), k=dice.randint(1, 2)))
        first = Tender("cash", Money(dice.choice(currency.denominations[:5]) * dice.randint(1, 9), currency))
        try:
            sale = shop.pay(basket, *dice.choice([(first,), (qr("1"), first), (), (first, cash("3000"))]))
        except RuleBroken:
            continue
        sales += 1
        for paid in sale.paid:
            if paid.tender.method == "cash":
                there[paid.tender.amount.currency] += paid.tender.amount.minor
        for change in sale.change:
            there[change.amount.currency] -= change.amount.minor

    count = {code: fewest_notes(Money(max(there[money_], 0), money_)) for code, money_ in CURRENCIES.items()}
    z = shop.close_shift(shop.person("amina"), count)

    assert sales >= 3
    for line in z.report.cash:
        of = line.moved()
        moved = of["float"] + of["in"] - of["out"] - of["drop"] + of["tender"] - of["change"] - of["refund"]
        assert line.expected == moved == Money(there[line.currency], line.currency)
        assert line.counted == Money(worth(count[line.currency.code]), line.currency)
        assert line.difference == line.counted - line.expected
    assert {line.currency for line in z.report.cash} == {CNY, KZT, USD, EUR, RUB}
    assert z.report.sales.count == sales
    assert shop.verify() == []


def test_a_manager_reads_the_x_of_another_till_and_no_one_else_does(shop: DemoShop) -> None:
    other = shop.other_till()
    other.sell(SWEETS)

    report = shop.read_shift(shop.person("manager"), "T2")

    assert (report.till, str(report.sales.amount)) == ("T2", "48.00")
    with pytest.raises(NotAllowed):
        shop.read_shift(shop.person("amina"), "T2")
    with pytest.raises(NoOpenShift):
        shop.read_shift(shop.person("manager"), "T3")


def test_a_removed_row_that_undo_brings_back_is_no_removed_line_of_the_shift(shop: DemoShop) -> None:
    """Voided alone, by the advice or with the whole basket: each was a slip, and only the last removal stays."""
    amina = shop.person("amina")
    checkout = shop.basket(SWEETS, CHOCOLATE)
    first, second = (view.line for view in checkout.view().lines)
    checkout.void(first.id, amina)
    checkout.undo()
    checkout.leave_behind({first.id: 1}, amina)
    checkout.undo()
    checkout.clear(amina)
    assert checkout.undo().pieces == 2
    checkout.void(second.id, amina)

    assert [void.code for void in shop.read_shift(amina).details.voids] == [second.product.code]
    day = shop.read_day(shop.person("manager"))
    assert [void.code for void in day.details.voids] == [second.product.code]
    assert shop.close_shift(amina, right_count(shop)).report.voids == 1
    assert shop.verify() == []
