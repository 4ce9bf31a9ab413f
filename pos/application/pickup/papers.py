"""The papers of customer orders: pick-up list, packing slip, price cards, the streamer's sheet; kept and printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pos.application.access.authorize import authorized_read
from pos.application.pickup.stream import KeepStream, StreamGoods
from pos.application.pickup.take_order import PERMISSION
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField, Refused
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.staff.staff import Person

CARD_PAPERS = ("a6", "a5")
_MOST = 500


@dataclass(eq=False)
class NothingToPrint(Refused):
    """No order and no goods stand on the paper that was asked for."""

    fact = "nothing_to_print"

    paper: str


@dataclass(frozen=True, slots=True)
class PickLine:
    """Goods to be fetched from a shelf for an order, or an order that lies packed at its `place`."""

    place: str
    order: CustomerOrder
    goods: str
    code: str
    pieces: int
    is_packed: bool


@dataclass(frozen=True, slots=True)
class Carry:
    """How many pieces an adult without purchases may carry to a side; `is_stock`: so many as there are fit."""

    destination: str
    pieces: int
    is_stock: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Goods of the stream with their picture (a PNG), and how many one visitor may carry to each side; price cards say
    nothing of that.
    """

    row: StreamGoods
    picture: bytes | None
    carry: tuple[Carry, ...]


class PickupDrawings(Protocol):
    """Draws the papers as PDF. Each raises PrinterError where a font is missing."""

    def pick_list(self, lines: Sequence[PickLine], at: datetime) -> bytes: ...

    def packing_slip(self, order: CustomerOrder) -> bytes: ...

    def price_cards(self, rows: Sequence[SheetRow], paper: str, languages: Sequence[str]) -> bytes:
        """A card on a page for each of the goods, in up to four languages."""

    def stream_sheet(self, rows: Sequence[SheetRow], at: datetime) -> bytes: ...


@dataclass(frozen=True, slots=True)
class PickupPaper:
    """The drawings of a shop, the folder in which they are kept, and its printer."""

    draw: PickupDrawings
    folder: Path
    keep: Callable[[Path, bytes], None]
    spool: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class PrintPickups(UseCase):
    """Each draws a paper, keeps it as a file and prints it; the path of the file. Needs the permission `pickup`.

    Raises NotAllowed, NothingToPrint, PrinterError.
    """

    stream: KeepStream
    paper: PickupPaper
    pictures: Callable[[Sequence[int]], Mapping[int, bytes]]
    carry: Callable[[StreamGoods], Sequence[Carry]]
    """How many pieces of goods of the sheet may be carried to each side, at the price that they have there."""

    def pick_list(self, person: Person) -> Path:
        """What is fetched for orders that are confirmed, by shelf; then where those lie that are packed."""
        at = self.now()
        lines = self.pick_lines(person)
        if not lines:
            raise NothingToPrint("pick_list")
        return self._kept(f"pick-up-{at:%Y%m%d-%H%M%S}.pdf", self.paper.draw.pick_list(lines, at))

    def pick_lines(self, person: Person) -> Sequence[PickLine]:
        """The lines of the list, in the order in which they are walked: of the orders whose time ends first."""
        language = self.settings().receipt_languages[0]
        with authorized_read(self.store, person, PERMISSION) as work:
            to_pack = work.pickups.next_of(OrderState.CONFIRMED, _MOST)
            packed = work.pickups.next_of(OrderState.READY, _MOST)
            products = work.products.by_ids(sorted({line.product for one in to_pack for line in one.lines}), self.now())
        fetched = [
            PickLine(products[line.product].shelf, order, line.name_in(language), line.code, line.quantity, False)
            for order in to_pack
            for line in order.lines
        ]
        ready = [PickLine(order.place, order, "", "", order.pieces, True) for order in packed]
        fetched.sort(key=lambda one: (one.place, one.goods, one.order.id))
        return [*fetched, *sorted(ready, key=lambda one: (one.place, one.order.id))]

    def packing_slip(self, code: str, person: Person) -> Path:
        """The slip that goes into the bag of an order, with its QR."""
        with authorized_read(self.store, person, PERMISSION) as work:
            order = work.pickups.by_code(code)
        if order is None:
            raise NothingToPrint("packing_slip")
        return self._kept(f"packing-slip-{order.code}.pdf", self.paper.draw.packing_slip(order))

    def price_cards(self, paper: str, languages: Sequence[str], person: Person, numbers: Sequence[int] = ()) -> Path:
        """Price cards for goods of the sheet, by their numbers; for all without. Raises BadField."""
        if paper not in CARD_PAPERS:
            raise BadField("paper", "unknown", paper[:20])
        known = [one for one in dict.fromkeys(languages) if one in self.translators]
        if not known:
            raise BadField("languages", "missing")
        goods = [one for one in self.stream.goods(person) if not numbers or one.number in numbers]
        if not goods:
            raise NothingToPrint("price_cards")
        rows = self._rows(goods, with_carry=False)
        at = self.now()
        return self._kept(f"price-cards-{at:%Y%m%d-%H%M%S}.pdf", self.paper.draw.price_cards(rows, paper, known))

    def stream_sheet(self, person: Person) -> Path:
        """The sheet for the streamer."""
        goods, at = self.stream.goods(person), self.now()
        if not goods:
            raise NothingToPrint("stream_sheet")
        rows = self._rows(goods, with_carry=True)
        return self._kept(f"stream-{at:%Y%m%d-%H%M%S}.pdf", self.paper.draw.stream_sheet(rows, at))

    def _rows(self, goods: Sequence[StreamGoods], *, with_carry: bool) -> Sequence[SheetRow]:
        """With what may be carried where the paper says it: it is sought for each of the goods."""
        pictures = self.pictures([row.product.id for row in goods])
        return [
            SheetRow(row, pictures.get(row.product.id), tuple(self.carry(row)) if with_carry else ()) for row in goods
        ]

    def _kept(self, name: str, content: bytes) -> Path:
        path = self.paper.folder / name
        self.paper.keep(path, content)
        self.paper.spool(path)
        return path
