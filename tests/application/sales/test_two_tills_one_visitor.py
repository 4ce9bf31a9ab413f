"""Two tills sell to one visitor at the same instant: one gets the allowance, the other the reason."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.complete_sale import Payment
from pos.application.sales.order import SaleOrder
from pos.application.visitors.identify_visitor import visitor_of
from pos.domain.errors import RuleBroken
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.sale import Sale
from pos.domain.visitors.document import read_typed
from pos.domain.visitors.visitor import Visitor
from pos.languages.catalogue import load_translators
from pos.languages.refusals import sentence_for
from tests.application.sales.test_complete_sale import at_once
from tests.builders import MONDAY, cash_for
from tests.other_programs import other_programs
from tests.shops import CARTON, REGIMES, DemoShop

RACES, PARTIES, BETWEEN_PROCESSES = 200, 30, 60
ALLOWED = 400  # cigarettes a day: two cartons

LANGUAGES = load_translators(REGIMES.parent / "translations")

Load = tuple[str, int]
"""A visitor by passport number, and how many cartons they carry."""


@dataclass(frozen=True)
class Counter:
    """One till with the cartons at hand."""

    till: DemoShop
    cashier: str
    blank: SaleOrder

    @classmethod
    def at(cls, till: DemoShop, cashier: str) -> Counter:
        return cls(till, cashier, till.basket(CARTON).order(till.person(cashier)))

    def order(self, *party: Load) -> SaleOrder:
        """Cartons for one visitor, or for a party: A, B …"""
        product = self.blank.cart.lines[0].product
        assert product.price is not None
        people = [(label, *load) for label, load in zip("AB", party)]
        lines = tuple(
            CartLine(number, product, product.price, cartons, label)
            for number, (label, _, cartons) in enumerate(people, 1)
        )
        return replace(
            self.blank,
            key=uuid.uuid4().hex,
            cart=Cart(self.blank.cart.currency, lines),
            visitors=tuple(self._visitor(number, label) for label, number, _ in people),
        )

    def _visitor(self, number: str, label: str) -> Visitor:
        document = read_typed("passport", number, "CHN", "1990-01-01", date(2026, 3, 2))
        return visitor_of(document, label, self.till.secrets, "CN")

    def sell(self, order: SaleOrder) -> Sale:
        return self.till.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)))


@pytest.fixture
def counters(shop: DemoShop) -> tuple[Counter, Counter]:
    """Two tills of one store, each with connections of its own, and cartons enough for everybody."""
    fill_the_shelf(shop)
    other = shop.other_till()
    return Counter.at(shop, "amina"), Counter.at(other, "amina")


def fill_the_shelf(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        product = work.products.by_code(CARTON, shop.now())
        assert product is not None
        work.stock.move(product.id, 2_000, "opening", MONDAY, "demo")
        work.commit()


def race(counters: Sequence[Counter], *parties: Sequence[Load]) -> list[Sale | RuleBroken]:
    orders = [counter.order(*party) for counter, party in zip(counters, parties)]
    return at_once([partial(counter.sell, order) for counter, order in zip(counters, orders)])


def passport(race: int, who: int = 0) -> str:
    return f"E{race:04d}{who:04d}"


def cartons(shop: DemoShop) -> Mapping[str, int]:
    """Cartons in the ledger by the key of a passport, as the file itself has them."""
    question = """
        SELECT visitor_document.document_key, sum(quota_entry.quantity), sum(quota_entry.quantity * sale_line.sticks)
        FROM quota_entry JOIN visitor_document USING (visitor_id) JOIN sale_line USING (sale_id, line_no)
        GROUP BY visitor_document.document_key"""
    rows = shop.rows(question)
    assert all(sticks <= ALLOWED for _, _, sticks in rows)
    return {key: pieces for key, pieces, _ in rows}


def assert_refused_clearly(refused: QuotaExceeded, label: str) -> None:
    """The verdict, whose allowance and which: in facts, and in a sentence of every language."""
    assert (refused.verdict, refused.visitor, refused.rules) == ("duty", label, ("tobacco",))
    sentences = {sentence_for(refused, tr) for tr in LANGUAGES.values()}
    assert len(sentences) == 4
    assert all(label in sentence for sentence in sentences)


def test_two_hundred_times_the_last_of_an_allowance_is_sold_once(counters: tuple[Counter, Counter]) -> None:
    shop = counters[0].till
    for number in range(RACES):
        before, wanted = ((0, 2), (0, 1), (1, 1))[number % 3]
        if before:
            counters[number % 2].sell(counters[number % 2].order((passport(number), before)))
        # who has one carton left is asked for one by both; of two and two, or of two and one, only one fits
        came = race(counters, [(passport(number), wanted)], [(passport(number), 2 - before)])

        assert sorted(type(outcome).__name__ for outcome in came) == ["QuotaExceeded", "Sale"]
        for outcome in came:
            if isinstance(outcome, QuotaExceeded):
                assert_refused_clearly(outcome, "A")

    assert len(cartons(shop)) == RACES
    assert shop.verify() == []


def test_parties_that_share_a_visitor_never_share_more_than_their_allowance(counters: tuple[Counter, Counter]) -> None:
    shop = counters[0].till
    for number in range(PARTIES):
        shared, first, second = (passport(number, who) for who in (1, 2, 3))
        came = race(counters, [(shared, 2), (first, 1)], [(second, 2), (shared, 1)])

        assert sorted(type(outcome).__name__ for outcome in came) == ["QuotaExceeded", "Sale"]
        for label, outcome in zip("AB", came):  # the shared one is A at the first till and B at the second
            if isinstance(outcome, QuotaExceeded):
                assert_refused_clearly(outcome, label)

    sold = cartons(shop)
    assert len(sold) == 2 * PARTIES  # no one of a party that was refused has bought anything
    assert shop.verify() == []


def test_two_parties_of_the_same_two_visitors_in_either_order_wait_for_each_other_and_end(
    counters: tuple[Counter, Counter],
) -> None:
    shop = counters[0].till
    for number in range(PARTIES):
        one, two = passport(number, 1), passport(number, 2)
        came = race(counters, [(one, 2), (two, 1)], [(two, 2), (one, 1)])
        assert sorted(type(outcome).__name__ for outcome in came) == ["QuotaExceeded", "Sale"]

        halves = (passport(number, 3), 1), (passport(number, 4), 1)
        came = race(counters, halves, halves[::-1])
        assert [type(outcome).__name__ for outcome in came] == ["Sale", "Sale"]  # what fits is sold by both

    assert sorted(cartons(shop).values()) == [*[1] * PARTIES, *[2] * PARTIES * 3]
    assert shop.verify() == []


def sell_to_everybody(
    folder: Path, address: str, till: str, cashier: str, together: Barrier, came: Queue[list[str]]
) -> None:
    """A till as a program of its own: two cartons to each visitor, at the same instants as the other."""
    counter = Counter.at(DemoShop(folder, till, address=address), cashier)
    outcomes = []
    for number in range(BETWEEN_PROCESSES):
        order = counter.order((passport(number), 2))
        together.wait(60)
        try:
            outcomes.append(type(counter.sell(order)).__name__)
        except RuleBroken as refused:
            outcomes.append(type(refused).__name__)
    counter.till.close()
    came.put(outcomes)


def test_two_tills_that_are_two_programs_never_exceed_it_either(shop: DemoShop) -> None:
    fill_the_shelf(shop)
    shop.other_till().close()
    programs = other_programs()
    together, came = programs.Barrier(2), programs.Queue()
    tills = [
        programs.Process(
            target=sell_to_everybody, args=(*shop.for_another_program(), *who, together, came), daemon=True
        )
        for who in (("T1", "amina"), ("T2", "amina"))
    ]
    for till in tills:
        till.start()
    outcomes = [came.get(timeout=120) for _ in tills]
    for till in tills:
        till.join(60)

    assert [till.exitcode for till in tills] == [0, 0]
    assert {tuple(sorted(pair)) for pair in zip(*outcomes)} == {("QuotaExceeded", "Sale")}
    assert set(cartons(shop).values()) == {2}
    assert shop.verify() == []
