"""What the shop earns by exchanging money; what rates, promotions and labels can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.label import Label, LabelLot, check_copies
from pos.domain.pricing.promotion import Offers, Promoted, Promotion, weighable
from pos.domain.pricing.rate_doubts import RateJump, RatePassed, RatesApart, doubts_of, percent_off
from pos.domain.pricing.rates import RateTable, check_rate, read_rate
from pos.domain.pricing.spread import Spread, earned, joined
from tests.builders import MONDAY, a_product, a_rate, a_rate_table, money
from tests.horgos import CNY, KZT, USD

LATER = MONDAY + timedelta(days=2)


def test_money_is_worth_its_customs_rate_and_counts_by_the_rate_of_the_till() -> None:
    rates = RateTable(KZT, CNY, {"CNY": a_rate("CNY", "72", "74", "73"), "USD": a_rate("USD", "500", "520", "511")})

    taken = Spread.of(money("10.00", USD), money("67.57"), rates)

    assert taken.worth == money("70.00")
    assert taken.earned == money("2.43")
    assert Spread.of(money("-10.00", USD), money("-71.00"), rates).earned == money("1.00")


def test_parts_of_one_currency_become_one_in_the_order_of_the_counter() -> None:
    dollars = Spread(money("10", USD), money("67"), money("70"))
    tenge = Spread(money("500", KZT), money("6"), money("7"))
    back = Spread(money("-4", USD), money("-28"), money("-27"))

    assert joined([dollars, tenge, back]) == (tenge, Spread(money("6", USD), money("39"), money("43")))
    assert earned([dollars, tenge, back], money("0")) == money("5")
    assert earned([], money("0")) == money("0")


def test_the_middle_of_a_rate_and_how_far_buy_and_sell_are_apart() -> None:
    rate = a_rate("USD", "480", "520")

    assert (rate.mean, rate.spread) == (Fraction(500), Fraction(8))
    assert (rate.of_kind("buy"), rate.of_kind("sell"), rate.of_kind("customs")) == (
        Fraction(480),
        Fraction(520),
        Fraction(500),
    )
    assert a_rate("USD", "480", "520", "511").of_kind("customs") == 511


def test_rates_by_kind_leave_out_the_base() -> None:
    table = RateTable(KZT, CNY, {"CNY": a_rate("CNY", "72", "74"), "KZT": a_rate("KZT", "1", "1")})

    assert table.of_kind("buy") == {"CNY": Fraction(72)}
    assert table.for_customs() == {"CNY": Fraction(73)}


def test_a_price_shown_in_another_currency_is_what_must_be_tendered() -> None:
    assert a_rate_table().due(money("735.00"), KZT) == money("54022.50", KZT)
    assert a_rate_table().middle(KZT) == 1 / Fraction("72.95")
    assert a_rate_table().middle(CNY) == 1


@pytest.mark.parametrize(("text", "what"), [
    ("0.000001", None), ("1000000", None), ("0.00000099", "out_of_range"), ("1000000.1", "out_of_range"),
    ("0", "not_a_rate"), ("-1", "not_a_rate"), ("NaN", "not_a_rate"), ("Infinity", "not_a_rate"),
])  # fmt: skip
def test_no_currency_is_worth_less_than_a_millionth_or_more_than_a_million(text: str, what: str | None) -> None:
    if what is None:
        check_rate(Decimal(text), "buy")
    else:
        with pytest.raises(BadField) as refused:
            check_rate(Decimal(text), "buy")
        assert (refused.value.field, refused.value.what) == ("buy", what)


def test_a_rate_has_nine_digits_on_each_side_at_most() -> None:
    assert read_rate("999999999.999999999", "buy") == Decimal("999999999.999999999")

    for text in ("1000000000", "1.0000000001", "0", "0.0"):
        with pytest.raises(BadField):
            read_rate(text, "buy")


def test_a_rate_that_jumps_more_than_the_shop_lets_pass_is_asked_about() -> None:
    before = a_rate("USD", "500", "505")

    assert list(doubts_of(a_rate("USD", "550", "555"), before, None, 10)) == []
    jump = list(doubts_of(a_rate("USD", "551", "556"), before, None, 10))
    assert [one.facts() for one in jump] == [
        {"currency": "USD", "before": Decimal(500), "now": Decimal(551), "off": Decimal("10.2"), "percent": 10}
    ]
    fall = list(doubts_of(a_rate("USD", "449", "505"), before, None, 13))
    assert fall == []
    assert [type(one) for one in doubts_of(a_rate("USD", "449", "490"), before, None, 10)] == [RateJump]


def test_buy_sell_and_customs_that_lie_far_apart_are_asked_about() -> None:
    assert list(doubts_of(a_rate("USD", "500", "550"), None, None, 10)) == []
    apart = list(doubts_of(a_rate("USD", "500", "550.1"), None, None, 10))
    assert [one.facts() for one in apart] == [
        {"currency": "USD", "low": Decimal(500), "high": Decimal("550.1"), "percent": 10}
    ]
    assert [type(one) for one in doubts_of(a_rate("USD", "500", "510", "440"), None, None, 10)] == [RatesApart]


def test_a_rate_from_before_the_one_in_force_is_asked_about() -> None:
    now = a_rate("USD", "500", "505")

    assert list(doubts_of(now, None, now, 10)) == []
    assert [type(one) for one in doubts_of(now, None, replace(now, since=LATER), 10)] == [RatePassed]


def test_a_jump_is_shown_to_a_tenth_of_a_per_cent() -> None:
    assert percent_off(Decimal(500), Decimal(551)) == Decimal("10.2")
    assert percent_off(Decimal(500), Decimal(450)) == Decimal(-10)
    assert percent_off(Decimal(300), Decimal(301)) == Decimal("0.3")


def promotion(**said: object) -> Promotion:
    return replace(Promotion(1, "Spring", MONDAY, percent=Decimal(10)), **said)  # type: ignore[arg-type] # any field


def test_a_promotion_runs_from_its_first_instant_to_before_its_last() -> None:
    spring = promotion(until=LATER)
    before, last = MONDAY - timedelta(seconds=1), LATER - timedelta(seconds=1)

    assert [spring.runs_at(at) for at in (before, MONDAY, last, LATER)] == [False, True, True, False]
    assert [spring.is_over(at) for at in (before, MONDAY, last, LATER)] == [False, False, False, True]
    ended = replace(spring, ended_at=last)
    assert [ended.runs_at(at) for at in (MONDAY, last, LATER)] == [True, False, False]
    assert ended.is_over(last)
    assert not promotion().is_over(LATER)
    assert promotion(ended_at=MONDAY).is_over(MONDAY)


@pytest.mark.parametrize(
    "said",
    [
        {"name": "x" * 60}, {"percent": Decimal(100)}, {"percent": Decimal("0.1")}, {"scope": "food"},
        {"percent": None, "amount": Money(1, CNY)}, {"percent": None, "take": 2, "pay": 1},
        {"percent": None, "take": 20, "pay": 19}, {"until": MONDAY + timedelta(seconds=1)},
        {"scope": "nothing", "code": "4870204321111"},
    ],
)  # fmt: skip
def test_what_can_be_a_promotion_is_one(said: dict[str, object]) -> None:
    promotion(**said).check()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "x" * 61}, "name"), ({"name": " "}, "name"), ({"name": "a\nb"}, "name"),
        ({"scope": "nothing"}, "category"), ({"until": MONDAY}, "to"), ({"percent": None}, "percent"),
        ({"percent": Decimal(0)}, "percent"), ({"percent": Decimal("100.1")}, "percent"),
        ({"percent": Decimal("NaN")}, "percent"), ({"amount": Money(1, CNY)}, "percent"), ({"take": 3}, "percent"),
        ({"percent": None, "amount": Money(0, CNY)}, "amount"), ({"percent": None, "take": 3}, "take"),
        ({"percent": None, "pay": 2}, "take"), ({"percent": None, "take": 3, "pay": 3}, "take"),
        ({"percent": None, "take": 3, "pay": 0}, "take"), ({"percent": None, "take": 21, "pay": 2}, "take"),
    ],
)  # fmt: skip
def test_what_can_be_no_promotion_is_refused_by_its_field(said: dict[str, object], field: str) -> None:
    with pytest.raises(BadField) as refused:
        promotion(**said).check()

    assert refused.value.field == field


def test_a_promotion_takes_off_a_piece_what_it_says_and_never_more_than_its_price() -> None:
    price = money("12.50")

    assert promotion().off_a_piece(price) == money("1.25")
    assert promotion(percent=None, amount=money("20")).off_a_piece(price) == price
    assert promotion(percent=None, amount=money("2")).off_a_piece(price) == money("2")
    assert promotion(percent=None, amount=money("2", USD)).off_a_piece(price) == money("0")
    assert promotion(percent=None, take=3, pay=2).off_a_piece(price) == money("0")


def test_a_promotion_is_of_a_kind_and_about_some_goods() -> None:
    kinds = (promotion(), promotion(percent=None, amount=money("2")), promotion(percent=None, take=3, pay=2))
    bar = a_product()

    assert [one.kind for one in kinds] == ["percent", "amount", "bundle"]
    assert promotion(scope="food").covers(bar)
    assert not promotion(scope="drink").covers(bar)
    assert promotion(scope="drink", code=bar.code).covers(bar)
    assert not promotion(code="x").covers(bar)
    assert not promotion().covers(a_product(category=None))


def test_of_promotions_for_one_piece_the_better_holds_and_of_equals_the_eldest() -> None:
    better, same, bundle = (
        replace(promotion(percent=Decimal(20)), id=2),
        replace(promotion(percent=Decimal(20)), id=3),
        replace(promotion(percent=None, take=3, pay=2), id=4),
    )
    offers = Offers([bundle, same, better, promotion()]).of(a_product(), money("12.50"))

    assert (offers.single, offers.single_off, offers.bundles) == (better, money("2.50"), (bundle,))
    assert offers.alone(2) == (Promoted(2, "Spring", 2, money("5.00")),)
    alone = Offers([bundle]).of(a_product(), money("12.50"))
    assert alone
    assert alone.alone(2) == ()
    assert not Offers([]).of(a_product(), money("12.50"))


def test_so_many_bundles_are_weighed_as_have_four_hundred_states_together() -> None:
    def bundle(number: int, take: int) -> Promotion:
        return replace(promotion(percent=None, take=take, pay=1), id=number)

    assert [one.id for one in weighable([bundle(3, 2), bundle(2, 20), bundle(1, 20)])] == [1, 2]
    assert [one.id for one in weighable([bundle(1, 20), bundle(2, 19), bundle(3, 2)])] == [1, 2]
    assert [one.id for one in weighable([bundle(1, 20), bundle(2, 21)])] == [1]


def test_a_label_of_a_carton_has_the_price_of_its_pieces() -> None:
    bar = replace(a_product(), attributes=Attributes(net_g=Decimal(500)))
    one = Label(1, bar.code, ("Chocolate",), money("10.00"), date(2026, 3, 2), regular=money("12.50"))

    carton = one.of_pack("c12", 12, bar)

    assert (carton.code, carton.pieces, carton.price, carton.regular) == ("c12", 12, money("120"), money("150"))
    assert carton.unit_price is not None
    assert (carton.unit_price.amount, carton.unit_price.unit) == (money("20.00"), "kg")
    assert carton.of_pack(bar.code, 1, bar).price == money("10.00")
    assert replace(one, regular=None).of_pack("c12", 12, bar).regular is None


def test_a_label_names_the_lot_of_the_goods_or_none() -> None:
    one = Label(1, "c", ("Tea",), money("10.00"), date(2026, 3, 2))
    lot = one.of_lot(LabelLot("L1", date(2026, 9, 1)))

    assert (lot.lot, lot.expiry) == ("L1", date(2026, 9, 1))
    assert (lot.of_lot(None).lot, lot.of_lot(None).expiry) == ("", None)
    assert lot.printed == one.printed


@pytest.mark.parametrize(("copies", "is_well"), [(1, True), (999, True), (0, False), (1000, False)])
def test_a_product_has_one_to_999_labels(copies: int, is_well: bool) -> None:
    if is_well:
        assert check_copies(copies) == copies
    else:
        with pytest.raises(BadField):
            check_copies(copies)


def test_the_parts_of_a_discounted_line_cost_together_what_it_cost() -> None:
    tenth = Discount(percent=Decimal(10))
    whole = money("10.05")  # 1.01 off

    parts = [tenth.part(whole, before, 1, 3) for before in range(3)]

    assert [str(part.amount) for part in parts] == ["0.34", "0.33", "0.34"]
    both = parts[0].together(parts[1])
    assert both == Discount(Decimal(10), money("0.67"))
    assert parts[0].together(Discount(Decimal(20), money("1"))) is None
    assert parts[0].together(tenth) is None
    assert tenth.together(parts[0]) is None


def test_a_discount_is_of_a_kind_and_of_nothing_takes_nothing_off() -> None:
    assert (Discount(percent=Decimal(10)).kind, Discount(amount=money("1")).kind) == ("percent", "amount")
    assert not Discount()
    assert not Discount(percent=Decimal(0))
    assert Discount(amount=money("1"))
    Discount(percent=Decimal(0)).check(money("1"), "discount")
    Discount(amount=money("0")).check(money("1"), "discount")
    Discount(percent=Decimal(100), amount=money("1")).check(money("1"), "discount")
