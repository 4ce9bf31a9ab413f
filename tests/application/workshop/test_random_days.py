"""Random deliveries, batches, sales and losses: stock, lots, costs and the account of each lot are the model's."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import settings

from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.end_batch import FinishDraft, GiveUpDraft
from pos.application.workshop.goods_lines import GoodsLine
from pos.application.workshop.recipes import RecipeDraft
from pos.domain.money import Money
from pos.domain.stock.stock import FLOOR, STORE_ROOM
from pos.domain.workshop.batch import GIVEN_UP, PLANNED, STARTED, NotEnoughInput, OutputGone
from tests.application.workshop.model import NO_DAY, Model
from tests.builders import cash
from tests.horgos import CNY
from tests.shops import COGNAC
from tests.workshops import BAR, BOX, WRAP, AtTheWorkshop

HAMPER = COGNAC
SEEDS = range(max(2, settings.get_profile("ci").max_examples // 40, settings().max_examples // 40))
"""More of them in the profile `explore`."""
STEPS = 50
NEEDS: dict[int, tuple[str, int, dict[str, int], int]] = {
    1: (BOX, 4, {BAR: 13, WRAP: 4}, 30),
    2: (HAMPER, 1, {BOX: 2, BAR: 1}, 0),
}
"""By recipe: what it makes, how many, of what, and the usual loss in a thousand; a hamper has boxes in it."""


class Days:
    """A clerk and a model that do the same things."""

    def __init__(self, clerk: AtTheWorkshop, seed: int) -> None:
        self.clerk, self.model, self.random = clerk, Model(), Random(seed)
        self.batches: dict[int, int] = {}
        """The recipe of each batch that is not over."""
        clerk.empties(BAR, WRAP, BOX, HAMPER)
        clerk.shop.set("sell_without_visitor", "yes")
        for output, quantity, inputs, loss in NEEDS.values():
            lines = [GoodsLine(count, code) for code, count in inputs.items()]
            work = Money(quantity * 1_03, CNY)
            clerk.workshop.recipes(clerk.by, RecipeDraft("Box", GoodsLine(quantity, output), lines, loss, work))
        for _ in range(5):
            self.brings()

    @property
    def today(self) -> date:
        return self.clerk.shop.now().astimezone(self.clerk.shop.settings().zone).date()

    def step(self) -> None:
        """One random thing."""
        self.random.choice(
            (self.brings, self.plans, self.starts, self.starts, self.finishes, self.finishes, self.gives_up,
             self.undoes, self.sells, self.sells, self.wastes, self.moves, self.sleeps)
        )()  # fmt: skip

    def brings(self) -> None:
        code, count = self.random.choice((BAR, BAR, BAR, WRAP)), self.random.randint(20, 80)
        place, cost = self.random.choice((FLOOR, STORE_ROOM)), self.random.randint(0, 20_000)
        ends = self.random.choice((None, self.today + timedelta(days=self.random.randint(0, 40))))
        name = self.random.choice(("", f"L{self.random.randint(1, 10**6)}"))
        entry = self.random.choice(("GJ-1", "GJ-2"))
        lot = self.clerk.brings(
            code, count, lot=name, expiry=ends if name else None, entry=entry if name else "", location=place, cost=cost
        )
        self.model.brings(code, 0 if lot is None else lot.id, ends if lot else None, place, count, cost)

    def plans(self) -> None:
        recipe, pieces = self.random.choice((1, 1, 2)), self.random.randint(1, 7)
        view = self.clerk.workshop.plan(self.clerk.by, BatchDraft(recipe, pieces))
        self.batches[view.batch.number] = recipe

    def starts(self) -> None:
        waiting = self.clerk.workshop.batches(self.clerk.by, (PLANNED,))
        if not waiting:
            return self.plans()
        view = self.random.choice(waiting)
        number, needs = view.batch.number, {one.product.code: one.needed for one in view.inputs}
        _, quantity, inputs, loss = NEEDS[self.batches[number]]
        by_hand = {
            code: -(-count * view.batch.planned * 1000 // (quantity * (1000 - loss))) for code, count in inputs.items()
        }
        assert needs == by_hand
        if self.model.starts(number, needs, self.today):
            self.clerk.workshop.start(self.clerk.by, number)
        else:
            with pytest.raises(NotEnoughInput):
                self.clerk.workshop.start(self.clerk.by, number)
        return None

    def _running(self) -> int | None:
        return self.random.choice(sorted(self.model.batches)) if self.model.batches else None

    def _some_of(self, number: int, most: int) -> tuple[Counter[str], Counter[str]]:
        """Pieces that come back, and such as are lost."""
        back, lost = Counter[str](), Counter[str]()
        there = Counter[str]()
        for part in self.model.batches[number]:
            there[part.product] += len(part.pieces)
        for code, pieces in there.items():
            back[code] = self.random.choice((0, 0, self.random.randint(0, min(most, pieces // 2))))
            lost[code] = self.random.choice((0, 0, self.random.randint(0, min(most, pieces // 2))))
        return +back, +lost

    def finishes(self) -> None:
        number = self._running()
        if number is None:
            return
        output, quantity, inputs, _ = NEEDS[self.batches[number]]
        back, lost = self._some_of(number, 4)
        view = self.clerk.workshop.batches.show(self.clerk.by, number)
        made = max(1, view.batch.planned + self.random.randint(-2, 1))
        place, days = self.random.choice((FLOOR, STORE_ROOM)), self.random.randint(5, 60)
        self.model.comes_back(number, back, lost)
        done = self.clerk.workshop.finish(
            self.clerk.by,
            FinishDraft(
                number,
                made,
                expiry=self.today + timedelta(days=days),
                place=place,
                back=[GoodsLine(count, code) for code, count in back.items()],
                lost=[GoodsLine(count, code, reason="spoiled") for code, count in lost.items()],
            ),
        )
        assert done.lot is not None
        work = int(Fraction(quantity * 1_03 * view.batch.planned, quantity) + Fraction(1, 2))
        norms = {code: Fraction(count, quantity) for code, count in inputs.items()}
        self.model.finishes(number, output, made, done.lot.id, done.lot.expiry or NO_DAY, place, work, norms)
        assert done.batch.cost == self.model.costs[number]

    def gives_up(self) -> None:
        number = self._running()
        if number is None or self.random.random() < 0.5:
            return
        _, lost = self._some_of(number, 5)
        everything = Counter[str]()
        for part in self.model.batches[number]:
            everything[part.product] += len(part.pieces)
        self.model.comes_back(number, everything - lost, lost)
        lines = [GoodsLine(count, code, reason="damaged") for code, count in lost.items()]
        gone = self.clerk.workshop.give_up(self.clerk.by, GiveUpDraft(number, lines))
        assert gone.batch.state == GIVEN_UP
        del self.model.batches[number]

    def undoes(self) -> None:
        """A finished batch is given up, if all of its output is still here."""
        if not self.model.done:
            return
        number = self.random.choice(sorted(self.model.done))
        if self.model.is_whole(number):
            self.clerk.gives_up(number)
            self.model.undoes(number)
        else:
            with pytest.raises(OutputGone):
                self.clerk.gives_up(number)

    def sells(self) -> None:
        code, count = self.random.choice((BAR, BOX, BOX, HAMPER)), self.random.randint(1, 3)
        if self.model.sells(code, count, self.today):
            self.clerk.shop.sell(*[code] * count, tenders=(cash("5000"),), visitor=False)

    def wastes(self) -> None:
        code = self.random.choice((BAR, BOX))
        lies = sorted(self.model.goods[code].lies().items())
        if not lies:
            return
        (place, lot), there = self.random.choice(lies)
        count = self.random.randint(1, min(3, there))
        pieces = [one for one in self.model.goods[code].pieces if (one.place, one.lot) == (place, lot)][:count]
        if lot:
            self.model.writes_off(code, pieces)
            line = StockDocumentLine(count, code, lot_id=lot)
            self.clerk.shop.move_stock(self.clerk.by, StockDocumentDraft("waste", [line], place, reason="damaged"))

    def moves(self) -> None:
        code = self.random.choice((BAR, BOX))
        lies = [(key, there) for key, there in sorted(self.model.goods[code].lies().items()) if key[1]]
        if not lies:
            return
        (place, lot), there = self.random.choice(lies)
        to = STORE_ROOM if place == FLOOR else FLOOR
        count = self.random.randint(1, there)
        for piece in [one for one in self.model.goods[code].pieces if (one.place, one.lot) == (place, lot)][:count]:
            piece.place = to
        line = StockDocumentLine(count, code, lot_id=lot)
        self.clerk.shop.move_stock(self.clerk.by, StockDocumentDraft("transfer", [line], place, to))

    def sleeps(self) -> None:
        self.clerk.shop.now.move(days=self.random.randint(0, 4))

    def check(self) -> None:
        """The books are the model's: pieces by place and lot, values, and where the pieces of every lot are."""
        with self.clerk.shop.store.reading() as work:
            for code in (BAR, WRAP, BOX, HAMPER):
                product = self.clerk.id_of(code)
                lies = {
                    (at.location, 0 if at.lot is None else at.lot.id): at.on_hand
                    for at in work.stock.everywhere(product)
                    if at.on_hand
                }
                assert lies == self.model.goods[code].lies()
                worth = work.stock.worth(product)
                assert (worth.pieces, worth.value) == (
                    len(self.model.goods[code].pieces), self.model.goods[code].value
                )  # fmt: skip
        for one in self.clerk.workshop.ledger.every(self.clerk.by):
            lot, whole = one.account.figures.lot.id, one.account.whole
            assert (whole.sold, whole.wasted, whole.in_process, whole.on_hand) == self.model.whereabouts(lot)
            assert whole.came == self.model.came[lot]
            assert sum(one.shares[:4]) - one.shares[4] == one.used
        assert self.clerk.mismatches() == []


@pytest.mark.parametrize("seed", SEEDS)
def test_stock_lots_costs_and_accounts_are_those_of_an_independent_model(clerk: AtTheWorkshop, seed: int) -> None:
    days = Days(clerk, seed)
    for number in range(STEPS):
        days.step()
        if number % 25 == 24:
            days.check()
    states = Counter(view.batch.state for view in clerk.workshop.batches(clerk.by, limit=500))
    assert states[STARTED] == len(days.model.batches)
