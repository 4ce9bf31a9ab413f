"""Money that goes back: the way it came, to the last coin, and never more than the goods cost."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import CNY, KZT, USD, Currency, Money, total
from pos.domain.payment.tender import CashRules, Tender, settle
from pos.domain.returns.goods_return import Refund, left_of, refunds_for, worth_of
from tests.builders import a_rate_table, card, cash, money

CASH = CashRules()
RATES = a_rate_table()


def back(
    due: str, *tenders: Tender, value: str | None = None, requested: tuple[str, Currency] = ("cash", CNY)
) -> list[str]:
    """What goes back of a sale over `due` paid with `tenders`, as "cash 12.50 CNY"; the rounding comes last."""
    settlement = settle(money(due), tenders, RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    refunds, rounding = refunds_for(money(value or due), requested, left, RATES, RATES, CASH)
    return [f"{r.method} {r.amount} {r.amount.currency.code}" for r in refunds] + [str(rounding)]


def test_the_same_notes_go_back_when_everything_comes_back() -> None:
    settlement = settle(money("837.40"), [cash("62000", KZT)], RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    refunds, rounding = refunds_for(money("837.40"), ("cash", KZT), left, RATES, RATES, CASH)
    assert [refund.amount for refund in refunds] == [left[("cash", "KZT")]]
    assert abs((rounding + settlement.rounding).minor) <= 1  # two roundings to the fen


def test_of_cash_that_no_coins_make_as_much_goes_back_as_coins_make() -> None:
    assert back("0.17", cash("12.50", KZT), requested=("cash", KZT)) == ["cash 12.00 KZT", "0.01"]
    assert back("48.05", cash("48.05")) == ["cash 48.00 CNY", "0.05"]


def test_what_was_paid_by_card_goes_back_by_card() -> None:
    assert back("100.00", card("60.00"), cash("40.00")) == ["cash 40.00 CNY", "card 60.00 CNY", "0.00"]
    assert back("100.00", card("100.00"), value="30.00") == ["card 30.00 CNY", "0.00"]


def test_cash_for_a_card_goes_back_when_someone_allows_it() -> None:
    settlement = settle(money("100.00"), [card("100.00")], RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    refunds, rounding = refunds_for(money("100.00"), ("cash", CNY), left, RATES, RATES, CASH, in_cash=True)
    assert [(r.method, str(r.amount)) for r in refunds] == [("cash", "100.00")]
    assert not rounding


def test_for_what_cost_nothing_nothing_goes_back() -> None:
    assert back("0.10", cash("0.10"), value="0.00") == ["0.00"]
    assert back("0.30", cash("1", USD), value="0.00", requested=("cash", USD)) == ["0.00"]


def test_foreign_money_without_coins_goes_back_in_whole_notes_and_the_rest_in_yuan() -> None:
    refunds = back("100.00", cash("20", USD), value="50.00", requested=("cash", USD))
    assert refunds[0].endswith(" USD")
    assert refunds[0].split()[1].endswith(".00")
    assert refunds[1].endswith(" CNY")


def test_what_went_back_before_does_not_go_back_again() -> None:
    settlement = settle(money("100.00"), [card("100.00")], RATES, CASH)
    before = Refund("card", money("80.00"), Fraction(1), money("80.00"))
    left = left_of(settlement.paid, settlement.change, [before])
    assert left == {("card", "CNY"): money("20.00")}


@given(st.integers(1, 500_000), st.integers(1, 40), st.lists(st.integers(1, 12), max_size=6))
def test_the_pieces_of_a_line_cost_together_what_it_cost(minor: int, sold: int, parts: list[int]) -> None:
    before, given_back = 0, []
    for part in parts:
        part = min(part, sold - before)
        if part:
            given_back.append(worth_of(Money(minor, CNY), sold, before, part))
            before += part
    if before < sold:
        given_back.append(worth_of(Money(minor, CNY), sold, before, sold - before))
    assert total(given_back, CNY).minor == minor
    assert all(worth.minor >= 0 for worth in given_back)


tenders = st.lists(
    st.one_of(
        st.builds(lambda n: Tender("cash", Money(n * 10, CNY)), st.integers(1, 5000)),
        st.builds(lambda n: Tender("cash", Money(n * 500_00, KZT)), st.integers(1, 60)),
        st.builds(lambda n: Tender("cash", Money(n * 100, USD)), st.integers(1, 60)),
        st.builds(lambda n: Tender("card", Money(n, CNY)), st.integers(1, 30_000)),
    ),
    min_size=1,
    max_size=4,
)
ways = st.tuples(st.sampled_from(["cash", "card", "qr"]), st.sampled_from([CNY, KZT, USD]))


@given(st.integers(100, 60_000), tenders, ways, st.integers(1, 100), st.booleans())
def test_what_goes_back_is_what_the_goods_cost_but_for_a_cash_step(
    minor: int, given: list[Tender], requested: tuple[str, Currency], percent: int, in_cash: bool
) -> None:
    settlement = settle(Money(minor, CNY), given, RATES, CASH)
    if settlement.left.minor > 0:
        return
    left = left_of(settlement.paid, settlement.change, ())
    value = Money(max(1, minor * percent // 100), CNY)
    refunds, rounding = refunds_for(value, requested, left, RATES, RATES, CASH, in_cash=in_cash)
    assert total((refund.value for refund in refunds), CNY) + rounding == value
    assert all(refund.amount.minor > 0 for refund in refunds)
    assert abs(rounding.units) <= Fraction(1, 10)
    for (method, code), here in left.items():
        if method != "cash":
            gone = [r.amount for r in refunds if (r.method, r.amount.currency.code) == (method, code)]
            assert total(gone, here.currency) <= here


def test_what_goes_back_in_one_way_at_one_rate_is_one_sum() -> None:
    settlement = settle(money("680.00"), [cash("400.00"), cash("21000", KZT)], RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    refunds, _ = refunds_for(money("500.00"), ("cash", CNY), left, RATES, RATES, CASH)
    assert [(refund.method, str(refund.amount)) for refund in refunds] == [("cash", "500.00")]


def test_a_shop_that_rounds_for_the_buyer_gives_back_no_more_than_was_paid() -> None:
    cash = CashRules(buyers_favour=True, coins=frozenset({"CNY", "KZT", "USD", "EUR", "RUB"}))

    refunds, rounding = refunds_for(money("0.70"), ("cash", USD), {}, RATES, RATES, cash)

    assert [str(refund.amount) for refund in refunds] == ["0.10"]
    assert total((refund.value for refund in refunds), CNY) + rounding == money("0.70")
    assert rounding.minor >= 0
