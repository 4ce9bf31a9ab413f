"""The optimiser says what a plain search says, whatever rules a centre writes: random ones, of every form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.catalogue.product import Attributes
from pos.domain.quota.allowance_position import AllowancePosition, PastSale, Traveller, position_of
from pos.domain.quota.evaluation import judge
from pos.domain.quota.limits import Limits, kinds_of
from pos.domain.quota.measure import Goods, ItemOrigin
from pos.domain.quota.party_split import Member, evaluate_party
from pos.domain.quota.pooling import duty_floor, most_kept, pooled, verdict_floor
from pos.domain.quota.rule import (
    Alternative,
    Ban,
    Bound,
    Charge,
    Choice,
    DutyRate,
    Each,
    Form,
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
    Who,
    WholeUnit,
)
from pos.domain.quota.window import Window
from tests.domain.quota.border import ADULT, ALL, CHILD, NOON, ONCE, RATES, a_regime, a_rule
from tests.domain.quota.brute_force import Piece, Plain, party_advice, split

TOYS, DRINK, SPIRIT = Scope(("toy",)), Scope(("alcohol",)), Scope(("alcohol.spirit",))
STRONG = Scope(("alcohol",), strength=Strength(above=Fraction(22)))
MONTH = Window("month")
CHARGES: list[Charge | None] = [
    None,
    WholeUnit((DutyRate(ALL, Fraction(1, 5)),)),
    WholeUnit((DutyRate(DRINK, Fraction(3, 5), Fraction(20)), DutyRate(ALL, Fraction(1, 7)))),
    PartAbove(Fraction(1, 5), Fraction(4)),
    PartAbove(Fraction(1, 2), Fraction(1, 3)),
]
scopes = st.sampled_from([ALL, ALL, TOYS, DRINK, SPIRIT, STRONG])
limits = st.sampled_from([Fraction(value) for value in (0, 1, 2, 5, 10, 20, 30, 50)])
worse = st.sampled_from([verdict for verdict in Verdict if verdict > Verdict.OK])
sums = st.sampled_from(["value", "value", "gross_kg", "net_g", "ml", "pieces"])


@st.composite
def forms(draw: st.DrawFn, charge: Charge | None, scope: Scope) -> Form:
    form = draw(st.sampled_from([Sum, Sum, Sum, Sum, Pool, Tiers, Tiers, Choice, Ban, Each, PerVariant, MostVisits]))
    limit = draw(limits)
    if form is Sum:
        return Sum(draw(sums), limit)
    if form is Pool:
        parts = (PoolPart(DRINK, "ml", limit + 1), PoolPart(TOYS, draw(sums), draw(limits) + 1))
        return Pool(parts, draw(st.sampled_from([Verdict.OK, Verdict.NOTE])))
    if form is Tiers:
        specific = isinstance(charge, PartAbove)
        rates = [Fraction(draw(st.integers(1, 3)), draw(st.integers(1, 2))) if specific else Fraction(0) for _ in "ab"]
        over = Verdict.NOTE if charge is None else Verdict.DUTY
        steps = (Tier(limit), Tier(limit + 10, over, rates[0]), Tier(limit + 25, over, rates[1]))
        return Tiers(draw(sums), steps[: draw(st.integers(1, 3))])
    if form is Choice:
        bounds = (Bound(scope, "pieces", limit),) if draw(st.booleans()) else ()
        ways = [Alternative(scope, draw(sums), draw(limits)), Alternative(scope, "value", limit + 10, None, bounds)]
        return Choice(tuple(ways[: draw(st.integers(1, 2))]))
    if form is Ban:
        return Ban()
    if form is MostVisits:
        return MostVisits(Fraction(draw(st.integers(0, 2))))
    return Each(draw(sums), limit) if form is Each else PerVariant(draw(sums), limit)


@st.composite
def rules(draw: st.DrawFn, charge: Charge | None, number: int) -> Rule:
    scope = draw(scopes)
    form = draw(forms(charge, scope))
    over, under_age = draw(worse), draw(st.none() | st.just(Verdict.DUTY) | worse)
    taxed = charge is not None and (
        isinstance(charge, WholeUnit) or (isinstance(form, Sum) and form.measure in ("value", "gross_kg"))
    )
    if isinstance(form, Sum) and taxed and draw(st.booleans()):
        over = Verdict.DUTY
    if not taxed:
        over = Verdict.REVIEW if over is Verdict.DUTY else over
        under_age = Verdict.REFUSE if under_age is Verdict.DUTY else under_age
    if isinstance(form, Tiers):
        over = max(over, Verdict.REVIEW)
    if isinstance(form, Pool):
        scope = Scope(("alcohol", "toy"))
    window, uses = ONCE, None
    if isinstance(form, MostVisits) or (isinstance(form, Sum | Pool) and draw(st.integers(0, 3)) == 0):
        window = MONTH
        uses = draw(st.sampled_from([None, 1, 2])) if not isinstance(form, MostVisits) else None
    group = "g" if isinstance(form, Sum) and window is ONCE and draw(st.booleans()) else None
    who = draw(st.sampled_from([Who(), Who(), Who(), Who(age_from=18), Who(age_to=17)]))
    said = under_age if who.age_from is not None else None
    return a_rule(form, scope, window, over, id=f"r{number}", uses=uses, who=who, under_age=said, group=group)


@st.composite
def regimes(draw: st.DrawFn) -> Regime:
    charge = draw(st.sampled_from(CHARGES))
    return a_regime(*[draw(rules(charge, number)) for number in range(draw(st.integers(1, 4)))], charge=charge)


@st.composite
def lines(draw: st.DrawFn, most: int = 2) -> Goods:
    category = draw(st.sampled_from(["toy", "toy", "alcohol.spirit", "alcohol.wine"]))
    attributes = Attributes(
        ml=draw(st.sampled_from([Decimal(5), Decimal(10), Decimal("0.5"), None])),
        abv=draw(st.sampled_from([Decimal(12), Decimal(40), Decimal(22), None])) if category != "toy" else None,
        net_g=draw(st.sampled_from([Decimal(10), Decimal("2.5"), Decimal(20)])),
        gross_kg=draw(st.sampled_from([Decimal(1), Decimal("0.3"), Decimal(12), Decimal(30)])),
        variant=draw(st.sampled_from(["mink", "fox"])),
    )
    price = Fraction(draw(st.sampled_from(["0", "5", "10", "19.99", "20", "30", "60"])))
    return Goods(category, category, draw(st.integers(1, most)), price, "CNY", attributes=attributes)


def baskets(most: int) -> st.SearchStrategy[list[Goods]]:
    return st.lists(lines(), min_size=1, max_size=most)


@st.composite
def pasts(draw: st.DrawFn) -> list[PastSale]:
    """What was bought this month: carried out, all or a part of it exempt, or not yet."""
    sales = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        at = NOON - timedelta(hours=draw(st.sampled_from([2, 26])))
        left = draw(st.sampled_from([None, at + timedelta(minutes=30)]))
        sold = [replace(line, taxed_units=draw(st.integers(0, line.quantity))) for line in draw(baskets(1))]
        sales.append(PastSale(at, left, tuple(sold)))
    return sales


visitors = st.sampled_from([ADULT, ADULT, CHILD, CHILD, Traveller()])


def pieces_of(plain: Plain, basket: list[Goods]) -> list[Piece]:
    return [piece for line, goods in enumerate(basket) for piece in plain.pieces(goods, line)]


def advised(units: tuple[tuple[int, int], ...] | None, most: int) -> tuple[int, ...] | None:
    return None if units is None else tuple(dict(units).get(line, 0) for line in range(most))


@given(regimes(), visitors, pasts(), baskets(3))
@settings(max_examples=2 * settings().max_examples)
def test_one_visitor(rules: Regime, visitor: Traveller, history: list[PastSale], basket: list[Goods]) -> None:
    plain = Plain(rules, visitor, history, NOON, RATES)
    pieces = pieces_of(plain, basket)

    said = judge(position_of(rules, visitor, history, NOON, RATES), basket)

    assert said.assessment.verdict == plain.verdict([*plain.pending, *pieces])
    assert (None if said.bill is None else said.bill.exact) == plain.duty([*plain.pending, *pieces])
    assert said.proved
    wanted = plain.advice(pieces)
    assert advised(None if said.advice is None else said.advice.units, len(basket)) == wanted


@given(regimes(), st.lists(st.tuples(visitors, pasts()), min_size=2, max_size=2), baskets(2))
def test_a_party(rules: Regime, people: list[tuple[Traveller, list[PastSale]]], basket: list[Goods]) -> None:
    plain = [Plain(rules, visitor, history, NOON, RATES) for visitor, history in people]
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


def assert_nothing_is_under_the_floor(
    positions: list[AllowancePosition], basket: list[Goods], verdict: Verdict, duty: Fraction | None
) -> None:
    lots = [positions[0].scales.lot(ItemOrigin(index), line) for index, line in enumerate(basket)]
    party = [Limits(at, kinds_of(lots)) for at in positions]
    pools = pooled(party)
    assert verdict_floor(party, pools) <= verdict
    if verdict <= Verdict.DUTY:
        assert duty_floor(party, pools) <= (duty or 0)
    if verdict <= Verdict.NOTE:
        assert most_kept(party, pools, [1] * len(basket)) == sum(line.quantity for line in basket)
