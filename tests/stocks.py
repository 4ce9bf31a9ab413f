"""Goods with lots on the shelves of a test's shop, and what the books say of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos.application.stock.count_stock import CountDraft
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import FLOOR, Lot, Movement
from tests.builders import MONDAY
from tests.shops import DemoShop

EARLY, LATE = date(2026, 3, 6), date(2027, 3, 1)


@dataclass
class Clerk:
    """The stock clerk of a shop, with what they ask of the books."""

    shop: DemoShop

    @property
    def person(self) -> Person:
        return self.shop.person("clerk")

    def id_of(self, code: str) -> int:
        return self.shop.find.show(code).product.id

    def on_floor(self, code: str) -> int:
        return self.shop.find.show(code).on_hand

    def brings(
        self,
        code: str,
        pieces: int,
        *,
        lot: str = "",
        expiry: date | None = None,
        entry: str = "",
        location: str = FLOOR,
        cost: int | None = None,
    ) -> Lot | None:
        """Goods that came in, as if the demo had begun with them."""
        product, at = self.id_of(code), self.shop.now()
        with self.shop.store.begin() as work:
            of = work.stock.lot(product, lot, expiry, entry, at) if lot else None
            move = Movement(product, pieces, "opening", location, None if of is None else of.id, cost)
            work.stock.record([move], MONDAY, "demo")
            work.commit()
        return of

    def packs(self, code: str, carton: str, pieces: int) -> None:
        """Another code of a product, for a carton of it."""
        with self.shop.raw(writing=True) as store:
            store.execute(
                "INSERT INTO product_code (code, product_id, position, kind, quantity) VALUES (?, ?, 7, 'carton', ?)",
                (carton, self.id_of(code), pieces),
            )

    def lies(self, code: str) -> list[str]:
        """What lies where, as a picture: place | lot | pieces."""
        locations = self.shop.read_stock.show(self.person, code).locations
        return [f"{at.location} | {at.lot.code if at.lot else '-'} | {at.on_hand}" for at in locations]

    def begins(self, *codes: str, blind: bool = True, location: str = FLOOR) -> int:
        """A stock-take of some products; its number."""
        wanted = CountDraft(location, "products" if codes else "all", codes=codes, blind=blind)
        return self.shop.count_stock.begin(self.person, wanted).number

    def sheet(self, count: int, name: str = "clerk") -> int:
        """The sheet of someone."""
        return self.shop.count_stock.take_sheet(self.shop.person(name), count).sheet.number

    def counts(self, count: int, sheet: int, code: str, pieces: int, lot: str = "", name: str = "clerk") -> None:
        """Say how many there are."""
        self.shop.count_stock.set(self.shop.person(name), count, sheet, self.id_of(code), lot, pieces)

    def finishes(self, count: int, sheet: int, name: str = "clerk") -> None:
        """Done with a sheet."""
        self.shop.count_stock.finish_sheet(self.shop.person(name), count, sheet)

    def counted(self, code: str, pieces: int, lot: str = "") -> int:
        """A stock-take of one product, counted and finished; its number."""
        count = self.begins(code)
        sheet = self.sheet(count)
        self.counts(count, sheet, code, pieces, lot)
        self.finishes(count, sheet)
        return count

    def explains_all(self, count: int, reason: str = "unknown") -> None:
        """Give every difference a reason."""
        for one in self.shop.post_count.review(self.person, count).differences:
            self.shop.post_count.explain(self.person, count, one.product.id, one.line, reason)

    def differences(self, count: int) -> list[str]:
        """As a picture: code | lot | books | counted | difference."""
        review = self.shop.post_count.review(self.person, count)
        return [
            f"{one.product.code} | {one.lot.code if one.lot else '-'} | {one.books} | {one.counted} | {one.pieces}"
            for one in review.differences
        ]

    def posts(self, count: int) -> None:
        """Explain and post."""
        self.explains_all(count)
        self.shop.post_count(self.person, count)

    def moved(self, document: str) -> list[str]:
        """The movements of a paper: reason | place | lot | pieces | cost."""
        return [
            f"{reason} | {location} | {lot or '-'} | {pieces:+d} | {cost}"
            for reason, location, lot, pieces, cost in self.shop.rows(
                "SELECT m.reason, m.place, l.code, m.quantity, m.cost_minor FROM stock_move m"
                " LEFT JOIN lot l ON l.id = m.lot_id WHERE m.document = ? ORDER BY m.id",
                document,
            )
        ]

    def facts_of(self, event: str) -> list[tuple[str, dict[str, Any]]]:
        """Who did an act, and the facts of it, of each time."""
        rows = self.shop.rows("SELECT person, details FROM journal WHERE act = ? ORDER BY id", event)
        return [(person, json.loads(details)) for person, details in rows]

    def journal(self) -> list[str]:
        """The acts of the journal."""
        return [event for (event,) in self.shop.rows("SELECT act FROM journal ORDER BY id")]
