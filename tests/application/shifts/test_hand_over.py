"""A shift is one person's until it is handed over by a count; no one else works on it but a manager."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from random import Random

import pytest

from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.sales.complete_sale import Payment
from pos.application.shifts.hand_over_shift import Parties, hand_over_key
from pos.domain.errors import BadField, RuleBroken
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.banknotes import worth
from pos.domain.payment.tender import Tender, fewest_notes
from pos.domain.shifts.hand_over import AlreadyHeld, HandOver, HandOverUnconfirmed
from pos.domain.shifts.shift import NoOpenShift, Shift, ShiftOfAnother
from pos.domain.staff.staff import Approval, ApprovesHimself, MustChoosePin, NotAllowed, PersonDisabled, UnknownPerson
from tests.application.shifts.test_close_shift import right_count
from tests.builders import cash, money
from tests.horgos import CNY, EUR, KZT, USD
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, SWEETS, DemoShop

Count = Mapping[str, Mapping[int, int]]


def shift_of(shop: DemoShop) -> Shift:
    shift = shop.open_shift.current()
    assert shift is not None
    return shift


def pin_of(shop: DemoShop, name: str) -> Approval:
    """What the PIN of someone comes to at this drawer."""
    return Approval(shop.person(name), None, shift_of(shop).key)


def given(shop: DemoShop, name: str, taker: str = "li") -> Approval:
    """The PIN of someone who confirms that `taker` takes the shift."""
    return Approval(shop.person(name), None, hand_over_key(shift_of(shop), taker))


def parties(shop: DemoShop, taker: str, confirmed_by: str | None = None) -> Parties:
    """The taker stands at the till; the giver, or who is named, confirms with a PIN."""
    giver = shift_of(shop).holder
    return Parties(shop.person(taker), giver, taker, given(shop, confirmed_by or giver, taker))


def hand_over(shop: DemoShop, taker: str, count: Count | None = None) -> HandOver:
    return shop.hand_over_shift(parties(shop, taker), right_count(shop) if count is None else count)


def sell_as(shop: DemoShop, name: str) -> str:
    order = shop.basket(BAG).order(shop.person(name))
    return shop.complete_sale.from_counter(order, Payment((cash("1"),))).receipt


def bring_back_as(shop: DemoShop, name: str, key: str) -> str:
    order = ReturnOrder(key, "T1-000001", (ReturnLine(0, 1),), "cash", CNY, "unwanted", name)
    return shop.return_goods(order, key).receipt


# ── whose it is ──────────────────────────────────────────────────────────────────────────────────────────────


def test_no_one_sells_takes_back_or_moves_cash_on_the_shift_of_another(shop: DemoShop) -> None:
    li = shop.person("li")
    shop.sell(CHOCOLATE, CHOCOLATE)
    before = shop.tables()

    for step in (
        lambda: sell_as(shop, "li"),
        lambda: bring_back_as(shop, "li", "k"),
        lambda: shop.move_cash(li, "in", money("5"), "change"),
        lambda: shop.open_drawer(li, "a coin fell in", pin_of(shop, "manager")),
    ):
        with pytest.raises(ShiftOfAnother) as refused:
            step()
        assert refused.value.facts() == {"till": "T1", "person": "amina"}
    assert shop.tables() == before


def test_a_manager_works_on_another_persons_shift_and_is_named(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE)

    assert sell_as(shop, "manager") == "T1-000002"
    assert bring_back_as(shop, "manager", "k") == "T1-000003"
    shop.move_cash(shop.person("manager"), "in", money("5"), "change")

    assert shop.rows("SELECT cashier FROM sale ORDER BY number") == [("amina",), ("manager",), ("manager",)]
    written = shop.rows("SELECT person, act FROM journal ORDER BY id DESC LIMIT 3")
    assert written == [("manager", "move_cash"), ("manager", "return"), ("manager", "sale")]
    assert shop.verify() == []


def test_after_the_z_nothing_is_sold_taken_back_or_handed_over(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE)
    to_li, count = parties(shop, "li"), right_count(shop)
    shop.close_shift(shop.person("amina"), count)

    for step in (
        lambda: sell_as(shop, "amina"),
        lambda: bring_back_as(shop, "amina", "k"),
        lambda: shop.open_drawer(shop.person("manager"), "late"),
        lambda: shop.hand_over_shift(to_li, count),
    ):
        with pytest.raises(NoOpenShift):
            step()


# ── the hand-over ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_shift_goes_on_to_the_next_person_by_a_count(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE, tenders=(cash("50"),))
    count = right_count(shop)
    count["USD"] = {**count["USD"], 100: count["USD"].get(100, 0) + 2}
    shop.now.move(hours=4)

    made = hand_over(shop, "li", count)

    assert (made.number, made.giver, made.taker, made.at, made.approved_by) == (1, "amina", "li", shop.now(), None)
    assert [(line.currency, line.difference) for line in made.differing] == [(USD, money("2", USD))]
    shift = shift_of(shop)
    assert (shift.cashier, shift.holder, shift.since, shift.number) == ("amina", "li", shop.now(), 1)
    held = shop.read_shift.drawer()
    assert held is not None
    assert {code: {v: n for v, n in notes.items() if n} for code, notes in held.items()} == count
    report = shop.read_shift(shop.person("manager"))
    assert report.hand_overs == (made,)
    assert [line.currency for line in report.cash if line.estimated] == [], "the notes are those counted"
    assert sell_as(shop, "li") == "T1-000002"
    with pytest.raises(ShiftOfAnother):
        sell_as(shop, "amina")
    with pytest.raises(NotAllowed):
        shop.read_shift(shop.person("amina"))
    assert shop.verify() == []


def confirmed(shop: DemoShop, name: str, pin: str, taker: str) -> Approval:
    """What typing a PIN gives: an approval with its instant and its number."""
    return shop.sign_in.approve(name, pin, None, hand_over_key(shift_of(shop), taker))


def test_a_confirmation_is_for_one_hand_over_and_holds_for_minutes(shop: DemoShop) -> None:
    """The shift went to Li and came back: the PIN of the first time gives it to no one any more."""
    li, amina = shop.person("li"), shop.person("amina")
    given_once = confirmed(shop, "amina", "246810", "li")
    shop.hand_over_shift(Parties(li, "amina", "li", given_once), right_count(shop))
    back = confirmed(shop, "li", "135790", "amina")
    shop.hand_over_shift(Parties(amina, "li", "amina", back), right_count(shop))

    with pytest.raises(HandOverUnconfirmed):
        shop.hand_over_shift(Parties(li, "amina", "li", given_once), right_count(shop))
    late = confirmed(shop, "amina", "246810", "li")
    shop.now.move(minutes=10.1)
    for parties_ in (Parties(li, "amina", "li", late), Parties(amina, "amina", "li", late)):
        with pytest.raises(HandOverUnconfirmed):
            shop.hand_over_shift(parties_, right_count(shop))
    assert shift_of(shop).holder == "amina"
    assert shop.verify() == []


@pytest.mark.parametrize("gone", ["disable", "reset"])
def test_who_may_do_nothing_any_more_confirms_nothing(shop: DemoShop, gone: str) -> None:
    confirmation = confirmed(shop, "amina", "246810", "li")
    getattr(shop.staff, gone)(shop.person("manager"), "amina")

    with pytest.raises((PersonDisabled, MustChoosePin)):
        shop.hand_over_shift(Parties(shop.person("li"), "amina", "li", confirmation), right_count(shop))
    assert shift_of(shop).holder == "amina"


def test_it_is_written_in_the_journal_with_both_and_what_was_counted(shop: DemoShop) -> None:
    count = {**right_count(shop), "EUR": {}}

    shop.hand_over_shift(parties(shop, "li", confirmed_by="manager"), count)

    written = shop.rows("SELECT person, act, details FROM journal ORDER BY id DESC LIMIT 2")
    assert [(person, event) for person, event, _ in written] == [("li", "hand_over"), ("manager", "approve")]
    details = json.loads(written[0][2])
    assert (details["giver"], details["taker"], details["approved_by"]) == ("amina", "li", "manager")
    assert details["cash"]["EUR"] == {"expected": "200.00", "counted": "0.00", "difference": "-200.00", "notes": {}}
    assert shop.read_shift(shop.person("manager")).approvals == 1


def test_both_confirm_or_a_manager_for_who_has_gone_home(shop: DemoShop) -> None:
    shift, count = shift_of(shop), right_count(shop)
    amina, li, manager = (shop.person(name) for name in ("amina", "li", "manager"))
    before = shop.tables()

    def refused(expected: type[RuleBroken], between: Parties) -> RuleBroken:
        for step in (shop.hand_over_shift, shop.hand_over_shift.differs):
            with pytest.raises(expected) as error:
                step(between, count)
        return error.value

    assert refused(HandOverUnconfirmed, Parties(li, "amina", "li")).facts() == {"person": "amina"}
    for other in ("drawer:77:li", hand_over_key(shift, "yerlan"), shift.key):
        old = Approval(amina, None, other)
        assert refused(HandOverUnconfirmed, Parties(li, "amina", "li", old)).facts() == {"person": "amina"}
    assert refused(HandOverUnconfirmed, Parties(amina, "amina", "li")).facts() == {"person": "li"}
    assert refused(HandOverUnconfirmed, Parties(amina, "amina", "li", given(shop, "manager"))).facts() == {
        "person": "li"
    }
    refused(ApprovesHimself, Parties(li, "amina", "li", given(shop, "li")))
    refused(
        NotAllowed,
        Parties(li, "amina", "li", Approval(manager, frozenset({"close_other"}), hand_over_key(shift, "li"))),
    )
    assert shop.tables() == before

    shop.hand_over_shift(Parties(amina, "amina", "li", given(shop, "li")), count)  # Amina stands there, Li types
    made = shop.hand_over_shift(
        Parties(manager, "li", "amina", given(shop, "amina", "amina")), count
    )  # Li has gone home
    assert (made.number, made.giver, made.taker, made.approved_by) == (2, "li", "amina", "manager")
    made = shop.hand_over_shift(Parties(manager, "amina", "manager"), count)  # who may close it may take it
    assert (made.giver, made.taker, made.approved_by) == ("amina", "manager", None)
    assert shop.verify() == []


def test_what_cannot_be_handed_over_is_named_and_changes_nothing(shop: DemoShop) -> None:
    count, before = right_count(shop), shop.tables()
    for expected, between, figures in (
        (AlreadyHeld, parties(shop, "amina", "manager"), {"till": "T1", "person": "amina"}),
        (UnknownPerson, Parties(shop.person("manager"), "amina", "nobody"), {"name": "nobody"}),
        (
            ShiftOfAnother,
            Parties(shop.person("li"), "manager", "li", given(shop, "manager")),
            {"till": "T1", "person": "amina"},
        ),
        (NotAllowed, parties(shop, "clerk"), {"act": "close_shift", "person": "clerk"}),
    ):
        with pytest.raises(expected) as error:
            shop.hand_over_shift(between, count)
        assert error.value.facts() == figures
    for wrong, field, what in (
        ({code: notes for code, notes in count.items() if code != "EUR"}, "count.EUR", "missing"),
        ({**count, "CNY": {300: 1}}, "count.CNY.3.00", "unknown"),
        ({**count, "CNY": {100: -1}}, "count.CNY.1.00", "negative"),
        ({**count, "CNY": {100: 100_001}}, "count.CNY.1.00", "too_large"),
    ):
        with pytest.raises(BadField) as bad:
            hand_over(shop, "li", wrong)
        assert (bad.value.field, bad.value.what) == (field, what)
    assert shop.tables() == before


def test_before_it_only_the_currencies_that_differ_are_reported(shop: DemoShop) -> None:
    count, before = right_count(shop), shop.tables()

    assert shop.hand_over_shift.differs(parties(shop, "li"), count) == ()
    assert shop.tables() == before
    assert shop.hand_over_shift.differs(parties(shop, "li"), {**count, "USD": {}, "KZT": {}}) == ("KZT", "USD")
    entries = shop.rows("SELECT details FROM journal WHERE act = 'count_differs'")
    assert entries == [('{"counted":{"KZT":"0.00","USD":"0.00"},"shift":1}',)]


def test_a_cashier_reads_who_had_the_shift_and_by_how_much_it_was_off_but_no_expected_cash(shop: DemoShop) -> None:
    hand_over(shop, "li", {**right_count(shop), "EUR": {}})

    seen = shop.read_shift(shop.person("li"))
    whole = shop.read_shift(shop.person("manager"))

    assert [(made.giver, made.taker) for made in seen.hand_overs] == [("amina", "li")]
    assert [line.expected for line in seen.hand_overs[0].cash] == [None] * 5
    assert [line.difference for line in seen.hand_overs[0].differing] == [money("-200", EUR)]
    assert whole.hand_overs[0].differing[0].expected == money("200", EUR)
    assert whole.without_expected() == seen


def test_change_comes_from_the_notes_that_were_counted(shop: DemoShop) -> None:
    hand_over(shop, "li", {**right_count(shop), "CNY": {1_000: 3, 500: 1, 100: 2, 50: 1}})
    basket = shop.basket(CHOCOLATE)

    sale = shop.complete_sale.from_counter(
        basket.order(shop.person("li")), Payment((Tender("cash", money("50"), notes={5_000: 1}),))
    )

    assert sale.change[0].notes == {1_000: 3, 500: 1, 100: 2, 50: 1}


def test_a_clock_that_was_set_back_ends_no_shift_before_it_began(shop: DemoShop) -> None:
    opened = shift_of(shop).opened_at
    shop.now.at = opened
    shop.now.move(days=-3)
    made = hand_over(shop, "li")
    shop.now.move(days=-3)
    z = shop.close_shift(shop.person("li"), right_count(shop))
    shop.open_shift(shop.person("amina"), {})
    again = shop.close_shift(shop.person("amina"), {})

    assert made.at == opened
    assert z.report.closed_at == opened
    assert [z.report.z_number, again.report.z_number] == [1, 2]
    assert shop.verify() == []


@pytest.mark.parametrize("seed", range(3))
def test_the_differences_of_a_shift_are_what_the_last_count_is_off_the_books(shop: DemoShop, seed: int) -> None:
    """Σ differences = counted − (float + ins − outs − drops + tendered − change − refunds), after any day."""
    dice, manager = Random(seed), shop.person("manager")
    off: Counter[Currency] = Counter()

    def another_counts() -> dict[str, dict[int, int]]:
        """What lies there: sometimes a note more or less than the till expects."""
        count = right_count(shop)
        for code, currency in CURRENCIES.items():
            value = dice.choice(CURRENCIES[code].denominations)
            held = count[code].get(value, 0)
            count[code][value] = max(0, held + dice.choice((-1, 0, 0, 1)))
            off[currency] += (count[code][value] - held) * value
        return count

    for taker in ("li", "amina", "li"):
        for _ in range(5):
            shop.now.move(minutes=7)
            holder = shift_of(shop).holder
            currency = dice.choice(list(CURRENCIES.values()))
            amount = Money(dice.choice(currency.denominations) * dice.randint(1, 5), currency)
            order = shop.basket(*dice.choices((BAG, CHOCOLATE, SWEETS, CARTON, COGNAC), k=1)).order(shop.person(holder))
            try:
                if dice.random() < 0.4:
                    shop.move_cash(manager, dice.choice(("in", "out", "drop")), amount, "any")
                else:
                    shop.complete_sale.from_counter(order, Payment((Tender("cash", amount), cash("3000"))))
            except RuleBroken:
                continue
        hand_over(shop, taker, another_counts())
        assert shop.verify() == []
    z = shop.close_shift(shop.person("li"), another_counts())

    assert len(z.report.hand_overs) == 3
    for line in z.report.cash:
        of = line.moved()
        books = of["float"] + of["in"] - of["out"] - of["drop"] + of["tender"] - of["change"] - of["refund"]
        assert line.expected == books + of["hand_over"]
        assert line.counted == Money(worth(line.notes or {}), line.currency)
        assert line.whole_difference == line.counted - books == Money(off[line.currency], line.currency)
        handed = [one.difference for made in z.report.hand_overs for one in made.cash if one.currency == line.currency]
        assert sum((one.minor for one in handed), 0) == of["hand_over"].minor
    assert fewest_notes(z.report.grand_total or money("0"))
    assert shop.verify() == []


def test_a_z_names_who_had_the_shift_when(shop: DemoShop) -> None:
    hand_over(shop, "li")
    z = shop.close_shift(shop.person("amina"), right_count(shop), pin_of(shop, "manager"))

    assert (z.report.cashier, z.report.closed_by, z.report.approved_by) == ("amina", "amina", "manager")
    with shop.store.reading() as work:
        assert work.shifts.last_z("T1") == z
    assert [(made.giver, made.taker) for made in z.report.hand_overs] == [("amina", "li")]


def test_a_total_of_a_hundred_tenge_and_a_float_by_note_are_counted_alike(shop: DemoShop) -> None:
    made = hand_over(shop, "li", {**right_count(shop), "KZT": {200: 1, 100: 1}})

    assert [line.counted for line in made.cash if line.currency == KZT] == [money("3", KZT)]
