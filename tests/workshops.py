"""A workshop of gift boxes in a test's shop: six bars and a bag make a box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from db.verify.verify_moves import move_mismatches
from db.verify.verify_reservations import reservation_mismatches
from db.verify.verify_stock import stock_mismatches
from db.verify.verify_valuations import valuation_mismatches
from db.verify.workshop.verify_workshop import workshop_mismatches
from pos.application.pricing.label_queue import ListLabels
from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.batch_view import BatchView
from pos.application.workshop.end_batch import FinishDraft, GiveUpDraft
from pos.application.workshop.goods_lines import GoodsLine
from pos.application.workshop.recipes import RecipeDraft, RecipeView
from pos.application.workshop.workshop import Workshop
from pos.domain.money import Money
from pos.domain.staff.staff import Person
from tests.horgos import CNY
from tests.shops import BAG, CHOCOLATE, FEW_GOODS, SWEETS, DemoShop, made_in
from tests.stocks import EARLY, LATE, Clerk

BOX, BAR, WRAP = SWEETS, CHOCOLATE, BAG
"""A gift box, and what it is made of: bars and a bag."""


@dataclass
class AtTheWorkshop(Clerk):
    """The stock clerk at the workshop, and what the books say."""

    @property
    def workshop(self) -> Workshop:
        return Workshop.over(self.shop.context, ListLabels(self.shop.context))

    def empties(self, *codes: str) -> None:
        """Take everything of these goods out of the shop, so that the test knows what is there."""
        for code in codes:
            product = self.id_of(code)
            with self.shop.raw(writing=True) as store:
                store.execute("DELETE FROM stock_move WHERE product_id = ?", (product,))
                store.execute("DELETE FROM stock_place WHERE product_id = ?", (product,))
                store.execute(
                    "UPDATE stock SET on_hand = 0, owned = 0, lotted = 0, value_minor = 0 WHERE product_id = ?",
                    (product,),
                )

    def stocked(self, *, unlotted: int = 0) -> None:
        """A hundred bars of two lots under two documents, thirty bags under a third; nothing else of these goods."""
        self.empties(BAR, WRAP, BOX)
        self.brings(BAR, 20, lot="A1", expiry=EARLY, entry="GJ-1", location="store", cost=100_01)
        self.brings(BAR, 80, lot="B2", expiry=LATE, entry="GJ-2", cost=400_00)
        self.brings(WRAP, 30, lot="W1", entry="GJ-3", cost=30_00)
        if unlotted:
            self.brings(BAR, unlotted, cost=unlotted * 5_00)

    def mismatches(self) -> list[str]:
        """What `verify` says of goods: of the whole shop it takes several times as long."""
        checks = (
            stock_mismatches, move_mismatches, valuation_mismatches, reservation_mismatches, workshop_mismatches,
        )  # fmt: skip
        with self.shop.store.reading() as work:
            return [line for check in checks for line in check(work.connection)]

    def recipe(self, **changed: Any) -> RecipeView:
        """A box of six bars and a bag: ten of them take 15 yuan of work."""
        draft: dict[str, Any] = {
            "name": "Gift box",
            "output": GoodsLine(10, BOX),
            "inputs": [GoodsLine(60, BAR), GoodsLine(10, WRAP)],
            "work": Money(15_00, CNY),
        }
        return self.workshop.recipes(self.by, RecipeDraft(**{**draft, **changed}))

    @property
    def by(self) -> Person:
        return self.person

    def planned(self, pieces: int = 10, day: date | None = None, key: str = "") -> BatchView:
        """A batch of the first recipe."""
        return self.workshop.plan(self.by, BatchDraft(1, pieces, day, key=key))

    def started(self, pieces: int = 10) -> BatchView:
        """The same, with its goods taken."""
        return self.workshop.start(self.by, self.planned(pieces).batch.number)

    def finished(self, made: int = 10, pieces: int = 10, **more: Any) -> BatchView:
        """The same, with its output in the stock."""
        return self.finishes_batch(self.started(pieces).batch.number, made, **more)

    def finishes_batch(self, number: int, made: int, **more: Any) -> BatchView:
        """The output of a batch that was started."""
        return self.workshop.finish(self.by, FinishDraft(number, made, **more))

    def gives_up(self, number: int, *lost: GoodsLine, all_lost: str = "", key: str = "") -> BatchView:
        """A batch that comes to nothing."""
        return self.workshop.give_up(self.by, GiveUpDraft(number, lost, all_lost, key))

    def parts(self, view: BatchView) -> list[str]:
        """What a batch took, as a picture: place | lot | pieces | cost | back | lost."""
        return [
            f"{part.place} | {lot.code if lot else '-'} | {part.quantity} | {part.cost} | {part.back} | {part.lost}"
            for one in view.inputs
            for part, lot in one.parts
        ]

    def value(self, code: str) -> int | None:
        """What all pieces of a product cost."""
        with self.shop.store.reading() as work:
            return work.stock.worth(self.id_of(code)).value


def made_with_workshop(folder: Path) -> None:
    """A demo shop of few goods in `folder`, stocked for the workshop and closed again."""
    made_in(folder, FEW_GOODS)
    shop = DemoShop(folder)
    try:
        AtTheWorkshop(shop).stocked()
    finally:
        shop.close()
