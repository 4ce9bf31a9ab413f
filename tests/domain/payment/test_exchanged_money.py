"""The money of exchanged goods: it goes along by what it was paid, and no chain of exchanges makes more of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from pos.application.ports.return_ports import Refundable
from pos.application.returns.returnable import Returnable
from pos.domain.money import Currency, Money, total
from pos.domain.payment.tender import EXCHANGE, CashRules, Tender, check_settled, settle
from pos.domain.returns.goods_return import GoodsReturn, Refund, ReturnedLine, exchanged_for, left_of, worth_of
from pos.domain.sales.sale import Sale, SaleLine
from tests.builders import MONDAY, a_product, a_rate_table, card, cash, money
from tests.horgos import CNY, KZT, USD

RATES = a_rate_table()
CASH = CashRules()
TO_THE_FEN = CashRules({"CNY": 1, "KZT": 1, "USD": 1, "EUR": 1, "RUB": 1}, coins=frozenset({"CNY", "KZT", "USD"}))


def test_what_goods_paid_counts_by_what_they_had_been_paid() -> None:
    tenders = [Tender(EXCHANGE, money("48.00"), "T1-000002", origin="card"), cash("2.00")]
    settlement = settle(money("50.00"), tenders, RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    assert left == {("card", "CNY"): money("48.00"), ("cash", "CNY"): money("2.00")}


def test_goods_that_pay_take_the_money_of_their_receipt_along() -> None:
    settlement = settle(money("100.00"), [card("60.00"), cash("40.00")], RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    pays = exchanged_for(money("70.00"), left, RATES, ("cash", "CNY"))
    assert [(refund.origin, str(refund.value)) for refund in pays] == [("card", "60.00"), ("cash", "10.00")]
    after = left_of(settlement.paid, settlement.change, pays)
    assert after == {("card", "CNY"): money("0.00"), ("cash", "CNY"): money("30.00")}


def test_of_foreign_cash_whole_notes_stay_here() -> None:
    settlement = settle(money("136.32"), [cash("20", USD)], RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    pays = exchanged_for(money("50.00"), left, RATES, ("cash", "CNY"))
    [stays] = left_of(settlement.paid, settlement.change, pays, CASH).values()
    assert stays == money("12.00", USD)  # 12.66 are left


def test_the_last_piece_brings_all_that_was_paid_and_is_still_here() -> None:
    """100.04 were paid with 100.00: the person who brings everything back has paid no more than that."""
    books = Books(CASH)
    sold = books.sell(money("100.04"), 2, [cash("100.00")])
    here = books.look(sold)
    assert str(here.credit(books.lines(sold, 1))) == "50.02"
    assert str(here.credit(books.lines(sold, 2))) == "100.00"


@dataclass
class Books:
    """Sales and their returns as the store keeps them, without a store."""

    rules: CashRules
    sales: list[Sale] = field(default_factory=list)
    returns: dict[int, list[GoodsReturn]] = field(default_factory=dict)
    money_in: int = 0
    money_out: int = 0

    def sell(self, amount: Money, pieces: int, tenders: list[Tender]) -> int:
        """Sell so many pieces that cost `amount` together; the place of the sale."""
        settlement = settle(amount, tenders, RATES, self.rules)
        check_settled(settlement)
        product = a_product()
        line = SaleLine(
            0, product.id, product.code, product.name, product.names, "food.sweets", pieces, amount, Money.zero(CNY),
            amount, None, 0, product.attributes,
        )  # fmt: skip
        number = len(self.sales)
        self.sales.append(
            Sale(
                "T1", number + 1, f"k{number}", MONDAY, "amina", 1, "", None, None, amount, (line,), settlement.paid,
                settlement.change, settlement.rounding, RATES, {}, (), {},
            )
        )  # fmt: skip
        self.returns[number] = []
        came = (paid.value.minor for paid in settlement.paid if paid.tender.method != EXCHANGE)
        self.money_in += sum(came) - sum(change.value.minor for change in settlement.change)
        return number

    def look(self, index: int) -> Returnable:
        """What may come back of a sale."""
        sale, returns = self.sales[index], tuple(self.returns[index])
        back = sum(line.quantity for one in returns for line in one.lines)
        refunds = [refund for one in returns for refund in one.refunds]
        money_left = left_of(sale.paid, sale.change, refunds, self.rules)
        return Returnable(sale, (Refundable(0, sale.lines[0].quantity, back),), money_left, returns)

    def lines(self, index: int, quantity: int) -> tuple[ReturnedLine, ...]:
        """So many pieces of a sale as they come back."""
        line, here = self.sales[index].lines[0], self.look(index)
        worth = worth_of(line.amount, line.quantity, here.lines[0].refunded, quantity)
        return (ReturnedLine(0, line.product_id, line.code, line.name, {}, line.category, quantity, worth, "shelf"),)

    def return_goods(
        self, index: int, quantity: int, due: Money, requested: tuple[str, Currency]
    ) -> tuple[Refund, ...]:
        """Take pieces back, first towards what is `due`; how their worth goes back."""
        here, lines = self.look(index), self.lines(index, quantity)
        refunds = here.going_back(lines, due, requested, RATES, self.rules, in_cash=False)
        worth = total((line.amount for line in lines), CNY)
        rounding = worth - total((refund.value for refund in refunds), CNY)
        made = GoodsReturn(
            "T1", 900, "k", MONDAY, "amina", 1, self.sales[index].receipt, "why", worth, lines, refunds, rounding, RATES
        )
        self.returns[index].append(made)
        self.money_out += sum(refund.value.minor for refund in refunds if refund.method != EXCHANGE)
        return refunds


ways = st.tuples(st.sampled_from(["cash", "card"]), st.sampled_from([CNY, KZT, USD]))
steps = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 4), st.integers(0, 9_999), st.integers(1, 3), ways), max_size=25
)
first_paid = st.sampled_from(["card CNY", "card KZT", "card USD", "cash CNY", "cash KZT", "cash USD"])


def run(rules: CashRules, minor: int, paid: str, chain: list[tuple[int, int, int, int, tuple[str, Currency]]]) -> Books:
    """Sell something, exchange and return at random, and bring back all that is left; the books of it."""
    books = Books(rules)
    currency = {"CNY": CNY, "KZT": KZT, "USD": USD}[paid[-3:]]
    units = Money(minor, CNY).units / RATES.taking(currency)
    if paid.startswith("card"):
        tender = Tender("card", Money.rounded(units, currency))
    else:
        tender = Tender("cash", Money((units * 100).__ceil__() // 10_000 * 10_000 + 50_000, currency))
    books.sell(Money(minor, CNY), 3, [tender])
    for at, pieces, price, bought, requested in chain:
        index = at % len(books.sales)
        known = books.look(index).lines[0]
        quantity = min(pieces, known.sold - known.refunded)
        if not quantity:
            continue
        due = Money(price, CNY)
        refunds = books.return_goods(index, quantity, due, requested)
        if not price:
            continue
        pays = [Tender(EXCHANGE, x.amount, "T1-000900", origin=x.origin) for x in refunds if x.method == EXCHANGE]
        left = settle(due, pays, RATES, rules).left
        books.sell(due, bought, [*pays, *([Tender("card", left)] if left.minor > 0 else [])])
    for index in range(len(books.sales)):
        known = books.look(index).lines[0]
        if known.sold > known.refunded:
            books.return_goods(index, known.sold - known.refunded, Money.zero(CNY), ("cash", CNY))
    return books


@given(st.integers(100, 60_000), first_paid, steps)
def test_however_often_goods_are_exchanged_no_more_goes_out_than_came_in(
    minor: int, paid: str, chain: list[tuple[int, int, int, int, tuple[str, Currency]]]
) -> None:
    """Where every fen can be paid nothing is gained at all, but for the half cent of a foreign note."""
    books = run(TO_THE_FEN, minor, paid, chain)
    foreign = sum(1 for one in books.returns.values() for back in one for x in back.refunds if x.amount.currency != CNY)
    assert books.money_out <= books.money_in + 4 * foreign


@given(st.integers(100, 60_000), first_paid, steps)
def test_with_cash_steps_no_more_than_half_a_step_is_gained_with_each_payment_in_cash(
    minor: int, paid: str, chain: list[tuple[int, int, int, int, tuple[str, Currency]]]
) -> None:
    books = run(CASH, minor, paid, chain)
    given_in_cash = [x for one in books.returns.values() for back in one for x in back.refunds if x.notes is not None]
    half_its_cent = 4 if paid == "card USD" else 0  # however long the chain
    assert books.money_out <= books.money_in + 5 * len(given_in_cash) + half_its_cent
    by_card = sum(x.value.minor for one in books.returns.values() for b in one for x in b.refunds if x.method == "card")
    came_by_card = sum(p.value.minor for s in books.sales for p in s.paid if p.tender.method == "card")
    assert by_card <= came_by_card + half_its_cent


def test_small_exchanges_leave_no_more_on_a_foreign_card_than_half_its_cent() -> None:
    """34.08 by a card of dollars (5.00); ten things of 0.03, less than half a cent each, are exchanged one by one."""
    books = Books(CASH)
    sold = books.sell(money("34.08"), 1136, [card("5.00", USD)])
    for _ in range(10):
        pays = books.return_goods(sold, 1, money("0.03"), ("card", USD))
        assert [(refund.origin, str(refund.value)) for refund in pays] == [("card", "0.03")]
    [rest] = books.return_goods(sold, 1126, money("0.00"), ("card", USD))
    assert str(rest.amount) == "4.96"  # 33.78 are 4.956; the whole card, 5.00, would be 0.30 more than is still here


def test_two_exchanges_of_one_receipt_share_its_card() -> None:
    books = Books(CASH)
    sold = books.sell(money("96.00"), 2, [card("48.00"), cash("48.00")])
    first = books.return_goods(sold, 1, money("48.00"), ("cash", CNY))
    again = books.return_goods(sold, 1, money("48.00"), ("cash", CNY))
    origins = [refund.origin for refund in (*first, *again)]
    assert sorted(str(origin) for origin in origins) == ["card", "cash"]
    assert replace(first[0], origin=None) == replace(again[0], origin=None)
