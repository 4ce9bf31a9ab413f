"""What a visitor bought in other shops of the center lies in the same carry-out, and stays as it was sold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.application.quota.check_quota import check
from pos.domain.errors import BadInput
from pos.domain.quota.allowance_position import AllowancePosition, PastSale, Traveller, position_of
from pos.domain.quota.allowances import Heap
from pos.domain.quota.assess import Assessment, assess, assess_items
from pos.domain.quota.duty import Bill
from pos.domain.quota.evaluation import Evaluation, judge
from pos.domain.quota.limits import Limits, kinds_of
from pos.domain.quota.measure import Goods, ItemOrigin
from pos.domain.quota.party_split import Member, evaluate_party
from pos.domain.quota.pooling import duty_floor, pooled
from pos.domain.quota.rule import (
    Alternative,
    Ban,
    Choice,
    DutyRate,
    Each,
    MostVisits,
    PartAbove,
    PerVariant,
    Pool,
    PoolPart,
    Regime,
    Rule,
    Scope,
    Strength,
    Sum,
    Tier,
    Tiers,
    Verdict,
    WholeUnit,
)
from pos.domain.quota.window import Window
from tests.domain.quota import strategies, test_any_rules
from tests.domain.quota.border import ADULT, ALL, NOON, RATES, a_regime, a_rule, goods, regime, shipped
from tests.domain.quota.brute_force import Piece, party_advice, split
from tests.domain.quota.brute_force_of_shops import PlainShop
from tests.domain.quota.test_any_rules import advised, assert_nothing_is_under_the_floor


@st.composite
def histories(draw: st.DrawFn, lines: st.SearchStrategy[Goods], most: int = 3) -> list[PastSale]:
    """Sales here and in other shops: waiting, or carried out this month; each at an instant of its own."""
    sales = []
    for index in range(draw(st.integers(1, most))):
        at = NOON - timedelta(hours=draw(st.sampled_from([1, 1, 1, 2, 26])), minutes=index + 1)
        left = at + timedelta(minutes=30) if draw(st.integers(0, 3)) == 0 else None
        sold = draw(st.lists(lines, min_size=1, max_size=2))
        sold = [replace(line, taxed_units=draw(st.integers(0, line.quantity))) for line in sold]
        sales.append(PastSale(at, left, tuple(sold), fixed=draw(st.integers(0, 3)) > 0))
    return sales


past_of_any_rules = histories(test_any_rules.lines())
past_of_shipped = histories(strategies.lines(most=2))


def pieces_of(plain: PlainShop, basket: Sequence[Goods]) -> list[Piece]:
    return [piece for line, goods in enumerate(basket) for piece in plain.pieces(goods, line)]


def assert_one_visitor(rules: Regime, visitor: Traveller, history: list[PastSale], basket: list[Goods]) -> None:
    plain = PlainShop(rules, visitor, history, NOON, RATES)
    pieces = pieces_of(plain, basket)
    position = position_of(rules, visitor, history, NOON, RATES)

    said = judge(position, basket)

    everything = [*plain.pending, *pieces]
    assert said.assessment.verdict == plain.verdict(everything)
    assert (None if said.bill is None else said.bill.exact) == plain.duty(everything)
    assert said.bill is None or said.bill.proved
    wanted = plain.advice(pieces)
    assert advised(None if said.advice is None else said.advice.units, len(basket)) == wanted
    assert_compiled_alike(position, basket)
    fixed = {item.lot.origin for item in position.fixed}
    assert said.bill is None or fixed.isdisjoint(unit.origin for unit in said.bill.units)


def assert_compiled_alike(position: AllowancePosition, basket: Sequence[Goods]) -> None:
    """The rules compiled for the search say what the assessment says, of a part of the basket too."""
    for part in (basket, basket[1:], basket[:1], []):
        lots = [position.scales.lot(ItemOrigin(line), goods) for line, goods in enumerate(part)]
        limits = Limits(position, kinds_of(lots))
        present = [(kind, each.number) for kind, each in enumerate(limits.kinds)]
        assert limits.verdict(present, limits.sums(present)) == assess_items(position, lots).verdict


@given(test_any_rules.regimes(), test_any_rules.visitors, past_of_any_rules, test_any_rules.baskets(3))
@settings(max_examples=settings().max_examples // 3)
def test_one_visitor_under_any_rules(
    rules: Regime, visitor: Traveller, history: list[PastSale], basket: list[Goods]
) -> None:
    assert_one_visitor(rules, visitor, history, basket)


@given(strategies.regimes, strategies.visitors, past_of_shipped, strategies.small_baskets(5))
@settings(max_examples=settings().max_examples // 5)
def test_one_visitor_under_the_shipped_rules(
    name: str, visitor: Traveller, history: list[PastSale], basket: list[Goods]
) -> None:
    assert_one_visitor(regime(name), visitor, history, basket)


@given(
    test_any_rules.regimes(),
    st.lists(st.tuples(test_any_rules.visitors, histories(test_any_rules.lines(), 2)), min_size=2, max_size=3),
    test_any_rules.baskets(2),
)
@settings(max_examples=settings().max_examples // 9)
def test_a_party_shares_out_what_is_sold_here_and_nothing_else(
    rules: Regime, people: list[tuple[Traveller, list[PastSale]]], basket: list[Goods]
) -> None:
    plain = [PlainShop(rules, visitor, history, NOON, RATES) for visitor, history in people]
    pieces = pieces_of(plain[0], basket)
    positions = [position_of(rules, visitor, history, NOON, RATES) for visitor, history in people]

    said = evaluate_party([Member(str(index), at) for index, at in enumerate(positions)], basket)

    verdict, duty = split(plain, pieces)
    bills = [judgement.bill for _, judgement in said.members if judgement.bill is not None]
    owed = sum((bill.exact for bill in bills), Fraction(0)) if verdict is Verdict.DUTY else None
    assert (said.verdict, owed) == (verdict, duty)
    wanted = party_advice(plain, pieces)
    assert advised(None if said.advice is None else said.advice.units, len(basket)) == wanted
    assert_nothing_is_under_the_floor(positions, basket, verdict, duty)
    carried = [0] * len(basket)
    for parts in said.split.values():
        for line, units in parts:
            carried[line] += units
    assert carried == [line.quantity for line in basket]


# Two shops, one after the other: what each told stays, and adds up.

general = st.builds(
    lambda category, price, kilograms, units: goods(category, price, units, currency="EUR", gross_kg=kilograms),
    st.sampled_from(["toy", "perfume", "bag"]),
    st.sampled_from(["9.99", "120", "300", "450"]),
    st.sampled_from(["0.3", "9", "13"]),
    st.integers(1, 2),
)
rounds = st.lists(st.tuples(st.sampled_from("AB"), general), min_size=1, max_size=4)


def seen_by(shop: str, sales: Sequence[tuple[str, PastSale]]) -> list[PastSale]:
    return [replace(sale, fixed=seller != shop) for seller, sale in sales]


def at_minute(minute: int, *lines: Goods) -> PastSale:
    return PastSale(NOON - timedelta(hours=1) + timedelta(minutes=minute), None, lines)


def judged(name: str, history: Sequence[PastSale], basket: Sequence[Goods] = ()) -> Evaluation:
    return judge(position_of(regime(name), ADULT, history, NOON, RATES), basket)


def owed(said: Evaluation) -> Fraction:
    return Fraction(0) if said.bill is None else said.bill.exact


@given(rounds)
@settings(max_examples=settings().max_examples // 3)
def test_where_the_part_above_is_taxed_the_duties_of_all_shops_add_up_and_no_sale_changes_those_of_another(
    sold: list[tuple[str, Goods]],
) -> None:
    sales: list[tuple[str, PastSale]] = []
    told = {"A": Fraction(0), "B": Fraction(0)}
    for minute, (shop, line) in enumerate(sold):
        basket_told = judged("kz-horgos", seen_by(shop, sales), [line])
        sales.append((shop, at_minute(minute, line)))
        now = {one: owed(judged("kz-horgos", seen_by(one, sales))) for one in "AB"}
        other = "B" if shop == "A" else "A"
        assert now[other] == told[other]
        assert now[shop] == owed(basket_told)
        whole = judged("kz-horgos", [sale for _, sale in sales])
        assert sum(now.values()) == owed(whole)
        verdicts = [judged("kz-horgos", seen_by(one, sales)).assessment.verdict for one in "AB"]
        assert max(verdicts) == whole.assessment.verdict
        told = now


@given(rounds)
@settings(max_examples=settings().max_examples // 3)
def test_where_a_unit_is_taxed_whole_no_sale_changes_the_sums_of_another_shop(sold: list[tuple[str, Goods]]) -> None:
    sales: list[tuple[str, PastSale]] = []
    told: dict[str, Bill | None] = {"A": None, "B": None}
    for minute, (shop, line) in enumerate(sold):
        line = replace(line, unit_price=line.unit_price * 20, currency="CNY")
        history = seen_by(shop, sales)
        bill = judged("cn-horgos", history, [line]).bill
        taxed = {} if bill is None else {unit.origin: unit.units for unit in bill.units}
        sales = [
            (seller, replace(sale, lines=(replace(sale.lines[0], taxed_units=taxed.get(ItemOrigin(0, index), 0)),)))
            if seller == shop
            else (seller, sale)
            for index, (seller, sale) in enumerate(sales)
        ]
        sales.append((shop, at_minute(minute, replace(line, taxed_units=taxed.get(ItemOrigin(0), 0)))))
        now = {one: judged("cn-horgos", seen_by(one, sales)).bill for one in "AB"}
        other = "B" if shop == "A" else "A"
        assert now[other] == told[other]
        free = [line.unit_price * (line.quantity - line.taxed_units) for _, sale in sales for line in sale.lines]
        assert sum(free) <= 8000
        told = now


def _said(assessment: Assessment) -> list[tuple[object, ...]]:
    return [(r.rule.id, r.verdict, r.used, r.available, r.current, r.over, r.left) for r in assessment.rules]


@given(strategies.regimes, strategies.visitors, past_of_shipped, strategies.baskets, st.data())
@settings(max_examples=settings().max_examples // 3)
def test_beside_goods_of_other_shops_order_is_nothing_and_one_more_unit_betters_no_verdict(
    name: str, visitor: Traveller, history: list[PastSale], basket: list[Goods], data: st.DataObject
) -> None:
    def said(lines: list[Goods]) -> Assessment:
        return assess(regime(name), visitor, history, lines, NOON, RATES)

    singles = [
        replace(line, quantity=1, discount=line.discount / line.quantity)
        for line in basket
        for _ in range(line.quantity)
    ]
    assert _said(said(data.draw(st.permutations(singles)))) == _said(said(basket))
    assert said([*basket, data.draw(strategies.lines())]).verdict >= said(basket).verdict
    for result in said(basket).rules:
        assert 0 <= result.used_elsewhere <= (result.used or 0)
        assert 0 <= result.pending_elsewhere <= (result.pending or 0)
        assert result.fit is None or 0 <= result.fit.elsewhere <= result.fit.pending


# What each form of a rule makes of them.

TAXED = WholeUnit((DutyRate(ALL, Fraction(1, 5)),))
TOYS = Scope(("toy",))
TWO, FIVE = Fraction(2), Fraction(5)


def toys(units: int = 1, *, taxed: int = 0, category: str = "toy", variant: str = "mink", **measures: str) -> Goods:
    return goods(category, "10", units, taxed_units=taxed, variant=variant, **measures)


def of_rule(rule: Rule, theirs: Goods, *basket: Goods, charge: WholeUnit | PartAbove | None = TAXED) -> Evaluation:
    elsewhere = replace(at_minute(0, theirs), fixed=True)
    position = position_of(a_regime(rule, charge=charge), ADULT, [elsewhere], NOON, RATES)
    assert_compiled_alike(position, basket)
    return judge(position, basket)


def verdict_of(rule: Rule, theirs: Goods, *basket: Goods) -> Verdict:
    return of_rule(rule, theirs, *basket).assessment.verdict


PIECES = Sum("pieces", FIVE)
POOL = Pool((PoolPart(TOYS, "pieces", FIVE), PoolPart(Scope(("bag",)), "pieces", FIVE)), Verdict.NOTE)
CHOICE = Choice((Alternative(TOYS, "pieces", TWO), Alternative(Scope(("bag",)), "pieces", TWO)))
STEPS = Tiers("pieces", (Tier(TWO), Tier(FIVE, Verdict.DUTY)))
VISIT = a_rule(MostVisits(Fraction(1)), id="visits", over=Verdict.REFUSE, window=Window("month"))


def test_units_sold_free_elsewhere_take_room_and_those_sold_dutiable_take_none() -> None:
    rule = a_rule(PIECES, over=Verdict.DUTY)
    said = of_rule(rule, toys(5, taxed=2), toys(3))
    [result] = said.assessment.rules
    assert (result.current, result.pending, result.pending_elsewhere, result.over) == (6, 3, 3, 1)
    assert said.bill is not None
    assert [(unit.origin.history, unit.units) for unit in said.bill.units] == [(None, 1)]
    assert verdict_of(rule, toys(5, taxed=2), toys(2)) is Verdict.OK


def test_what_was_sold_dutiable_elsewhere_makes_no_basket_dutiable() -> None:
    assert verdict_of(a_rule(PIECES, over=Verdict.DUTY), toys(9, taxed=4)) is Verdict.OK
    assert verdict_of(a_rule(PIECES, over=Verdict.DUTY), toys(9, taxed=4), toys()) is Verdict.DUTY
    assert verdict_of(a_rule(Ban(), over=Verdict.DUTY), toys(1, taxed=1)) is Verdict.OK
    assert verdict_of(a_rule(Each("gross_kg", TWO), over=Verdict.DUTY), toys(gross_kg="3"), toys(gross_kg="1")) is (
        Verdict.OK
    )


def test_even_too_much_sold_free_elsewhere_is_the_duty_of_the_shop_that_sold_it() -> None:
    rule = a_rule(PIECES, over=Verdict.DUTY)
    assert verdict_of(rule, toys(7)) is Verdict.OK
    [result] = of_rule(rule, toys(7)).assessment.rules
    assert (result.over, result.pending_elsewhere) == (2, 7)
    said = of_rule(rule, toys(7), toys(2))
    assert said.bill is not None
    assert said.bill.exact == 4


def test_what_may_not_be_carried_at_all_counts_whatever_was_paid_for_it() -> None:
    for form, theirs, mine in (
        (PIECES, toys(5, taxed=5), toys()),
        (PerVariant("pieces", TWO), toys(2, taxed=2), toys()),
        (CHOICE, toys(2, taxed=2), toys()),
        (CHOICE, toys(1, taxed=1), toys(category="bag")),
        (POOL, toys(5, taxed=5), toys(category="bag")),
    ):
        assert verdict_of(a_rule(form), theirs) is Verdict.OK
        assert verdict_of(a_rule(form), theirs, mine) is Verdict.REFUSE


def test_goods_of_another_shop_that_are_refused_by_themselves_refuse_every_basket_and_no_advice_helps() -> None:
    said = of_rule(a_rule(PIECES), toys(6), toys())
    assert (said.assessment.verdict, said.bill, said.advice) == (Verdict.REFUSE, None, None)
    assert verdict_of(a_rule(Ban()), toys(1)) is Verdict.REFUSE


def test_a_kind_that_only_another_shop_sold_too_much_of_is_no_duty_here() -> None:
    rule = a_rule(PerVariant("pieces", TWO), over=Verdict.DUTY)
    assert verdict_of(rule, toys(3), toys(variant="fox")) is Verdict.OK
    assert verdict_of(rule, toys(2), toys()) is Verdict.DUTY
    assert verdict_of(rule, toys(2, taxed=2), toys()) is Verdict.OK


def test_kinds_are_mixed_with_what_was_sold_free_elsewhere() -> None:
    rule = a_rule(POOL, over=Verdict.DUTY)
    assert verdict_of(rule, toys(1), toys(category="bag")) is Verdict.NOTE
    assert verdict_of(rule, toys(1, taxed=1), toys(category="bag")) is Verdict.OK
    assert verdict_of(a_rule(CHOICE, over=Verdict.DUTY), toys(1, taxed=1), toys(category="bag")) is Verdict.OK
    assert verdict_of(a_rule(CHOICE, over=Verdict.DUTY), toys(1), toys(category="bag")) is Verdict.DUTY
    passed = of_rule(a_rule(CHOICE, over=Verdict.DUTY), toys(3), toys(2))
    assert passed.bill is not None
    assert [unit.units for unit in passed.bill.units] == [2]


def test_kinds_that_other_shops_alone_have_mixed_are_no_note_on_other_goods() -> None:
    both = replace(at_minute(0, toys(1), toys(category="bag")), fixed=True)
    rule = a_rule(POOL, Scope(("toy", "bag")), over=Verdict.DUTY)
    position = position_of(a_regime(rule, charge=TAXED), ADULT, [both], NOON, RATES)
    assert_compiled_alike(position, [toys(category="perfume")])
    assert judge(position, [toys(category="perfume")]).assessment.verdict is Verdict.OK
    assert judge(position, [toys()]).assessment.verdict is Verdict.NOTE


def test_tiers_count_dutiable_units_only_where_something_worse_than_duty_begins() -> None:
    rule = a_rule(STEPS)
    assert verdict_of(rule, toys(3, taxed=3), toys(2)) is Verdict.OK
    assert verdict_of(rule, toys(3, taxed=2), toys(2)) is Verdict.DUTY
    assert verdict_of(rule, toys(3, taxed=3), toys(3)) is Verdict.REFUSE
    assert verdict_of(rule, toys(3)) is Verdict.OK


def test_a_carry_out_is_one_however_many_shops_sold_into_it() -> None:
    [result] = of_rule(VISIT, toys(1, taxed=1), toys()).assessment.rules
    assert (result.verdict, result.current, result.pending, result.pending_elsewhere) == (Verdict.OK, 1, 1, 1)


def test_a_missing_figure_of_another_shops_goods_leaves_the_rule_unknown() -> None:
    rule = a_rule(Sum("gross_kg", FIVE), TOYS, over=Verdict.DUTY)
    assert verdict_of(rule, toys(1), toys(gross_kg="1")) is Verdict.UNKNOWN
    assert verdict_of(rule, toys(1, taxed=1), toys(gross_kg="1")) is Verdict.OK
    assert verdict_of(rule, toys(1), toys(category="bag")) is Verdict.OK
    ways = Choice((Alternative(ALL, "ml", FIVE),))
    assert verdict_of(a_rule(ways), toys(1, taxed=1), toys(ml="1")) is Verdict.UNKNOWN
    said = of_rule(a_rule(ways, over=Verdict.DUTY), toys(1), toys(ml="1"))
    assert said.advice is not None
    assert (said.assessment.verdict, said.advice.units) == (Verdict.UNKNOWN, ((0, 1),))


def test_a_limit_on_each_piece_looks_at_the_pieces_of_this_shop_alone_where_duty_is_due_above_it() -> None:
    strong = Scope(("alcohol",), strength=Strength(above=Fraction(22)))
    rule = a_rule(Each("ml", FIVE), strong, over=Verdict.DUTY)
    unknown, mine = goods("alcohol.wine", "10", ml="1"), goods("alcohol.wine", "10", ml="5", abv="40")
    assert verdict_of(rule, unknown, mine) is Verdict.OK
    assert verdict_of(rule, replace(mine, quantity=9), mine) is Verdict.OK


def test_a_search_for_a_party_begins_with_what_other_shops_left() -> None:
    rule, theirs = a_rule(Sum("value", Fraction(10)), over=Verdict.DUTY), replace(at_minute(0, toys(3)), fixed=True)
    above = a_regime(rule, charge=PartAbove(Fraction(1, 5)))
    at = position_of(above, ADULT, [theirs], NOON, RATES)
    party = [Limits(at, kinds_of([at.scales.lot(ItemOrigin(0), toys(2))]))] * 2
    assert duty_floor(party, pooled(party)) == 4
    passed = Limits(position_of(a_regime(a_rule(PIECES)), ADULT, [replace(theirs, lines=(toys(6),))], NOON, RATES), [])
    assert (passed.standing, passed.rooms(Verdict.DUTY)[0]) == (Verdict.REFUSE, [0])
    banned = Limits(position_of(a_regime(a_rule(Ban())), ADULT, [theirs], NOON, RATES), [])
    assert not Heap([banned], Verdict.UNKNOWN).is_fillable


def test_the_order_of_a_history_is_that_of_its_instants() -> None:
    sales = [at_minute(4, toys(1)), at_minute(1, toys(2)), at_minute(2, toys(1)), at_minute(3, toys(1))]
    history = [replace(sale, fixed=index < 2) for index, sale in enumerate(sales)]
    rules = a_regime(a_rule(Sum("value", Fraction(30)), over=Verdict.DUTY), charge=PartAbove(Fraction(1, 5)))
    told = {
        owed(judge(position_of(rules, ADULT, order, NOON, RATES), []))
        for order in (history, history[::-1], history[1:] + history[:1])
    }
    assert told == {Fraction(2)}


def test_used_up_elsewhere_is_told_apart() -> None:
    def past(hour: int, fixed: bool, line: Goods) -> PastSale:
        at = NOON - timedelta(hours=hour)
        return PastSale(at, at + timedelta(minutes=9), (line,), fixed=fixed)

    rules = a_regime(a_rule(Sum("pieces", FIVE), window=Window("month"), over=Verdict.DUTY), VISIT, charge=TAXED)
    history = [past(4, True, toys(3, taxed=1)), past(3, False, toys(1))]
    pieces, visits = position_of(rules, ADULT, history, NOON, RATES).rule_positions
    assert (pieces.used, pieces.used_elsewhere, pieces.available) == (3, 2, 2)
    assert (visits.used, visits.used_elsewhere) == (2, 1)


def test_the_kind_that_decides_tells_what_is_of_other_shops() -> None:
    for form in (PerVariant("pieces", TWO), CHOICE):
        [result] = of_rule(a_rule(form), toys(1), toys()).assessment.rules
        assert result.fit is not None
        assert (result.fit.current, result.fit.pending, result.fit.elsewhere) == (2, 1, 1)


def a_scenario(elsewhere: object) -> str:
    line = {"category": "perfume", "quantity": 1, "unit_price": "5000.00", "currency": "CNY"}
    sale = {"at": "2026-11-20T10:00:00+08:00", "carried_out_at": None, "lines": [line], "elsewhere": elsewhere}
    return json.dumps(
        {
            "regime": "cn-horgos", "at": "2026-11-20T12:00:00+08:00", "visitor": {"birth_date": "1986-05-01"},
            "rates": {"base": "KZT", "per_unit": {"CNY": "72"}},
            "history": [sale], "basket": [{**line, "unit_price": "6000.00"}],
        }
    )  # fmt: skip


def test_a_scenario_says_which_purchases_another_shop_sold() -> None:
    here, there = (json.loads(check(a_scenario(elsewhere), shipped())) for elsewhere in (None, True))
    assert here["duty"]["units"][0] == {
        "history": 0, "line": 0, "units": 1, "taxable": "5000.00", "rate": "0.20", "duty": "1000.00",
    }  # fmt: skip
    assert [unit["line"] for unit in there["duty"]["units"]] == [0]
    assert (there["duty"]["amount"], "history" in there["duty"]["units"][0]) == ("1200.00", False)
    value = there["rules"][0]
    assert (value["pending"], value["used_elsewhere"], value["pending_elsewhere"]) == ("5000.00", "0.00", "5000.00")
    assert "pending_elsewhere" not in here["rules"][0]


def test_a_scenario_that_says_it_otherwise_is_refused_by_the_name_of_its_field() -> None:
    with pytest.raises(BadInput, match=r"history\[0\]\.elsewhere"):
        check(a_scenario("yes"), shipped())
