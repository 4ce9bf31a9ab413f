"""The labels to print: outdated labels, goods without a label, goods of a delivery."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pos.application.access.authorize import authorized_read
from pos.application.ports.pricing_ports import LabelData
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.product_fields import value_of
from pos.domain.errors import BadField, Refused
from pos.domain.pricing.label import MOST_COPIES, Label, LabelLot, NoPriceToPrint, PrintedLabel, unit_price
from pos.domain.pricing.promotion import Offers
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person

RIGHT = "stock"
_SLICE = 200
_MOST_LOOKED_AT = 1_000
"""Most candidates examined in one go, so that scans are not delayed."""

_RECEIPT = re.compile(r"(?:R-)?0*([0-9]{1,9})", re.IGNORECASE)


@dataclass(eq=False)
class NoSuchGoodsReceipt(Refused):
    """No goods receipt has this number."""

    fact = "no_such_goods_receipt"

    receipt: str


@dataclass(frozen=True, slots=True)
class DueLabel:
    """A label as printed now, the label on the shelf (None: none yet), and the number of copies.

    It can be made a label of one of `lots`, or of one of `packs` (codes with their pieces). `came` has the pieces that
    a delivery or a batch brought of each lot (None: of none), also where the label names no lot.
    """

    label: Label
    printed: PrintedLabel | None
    owned: int
    product: Product
    copies: int = 1
    lots: tuple[LabelLot, ...] = ()
    only_lot: LabelLot | None = None
    packs: tuple[tuple[str, int], ...] = ()
    came: tuple[tuple[LabelLot | None, int], ...] = ()

    @property
    def key(self) -> tuple[str, str, date | None]:
        """The key in a list: one code may have labels for several lots."""
        return self.label.code, self.label.lot, self.label.expiry

    @property
    def on_shelf(self) -> int:
        """As many labels as there are pieces, or for a carton as many as full cartons."""
        return max(1, self.owned // self.label.pieces)

    def of_lot(self, lot: LabelLot | None) -> DueLabel:
        """The same label for a lot, or without one."""
        return replace(self, label=self.label.of_lot(lot))

    def of_known_lots(self) -> tuple[DueLabel, ...]:
        """A label for each lot that came, else for the only one on hand, if there is one."""
        if not self.came:
            return (self.of_lot(self.only_lot),)
        return tuple(replace(self.of_lot(lot), copies=n, came=((lot, n),)) for lot, n in self._copies_by_lot())

    def with_copies_of(self, other: DueLabel) -> DueLabel:
        """With those of an equal label."""
        came: dict[LabelLot | None, int] = {}
        if self.came or other.came:
            for lot, copies in (*self._copies_by_lot(), *other._copies_by_lot()):
                came[lot] = came.get(lot, 0) + copies
        return replace(self, copies=min(self.copies + other.copies, MOST_COPIES), came=tuple(came.items()))

    def _copies_by_lot(self) -> list[tuple[LabelLot | None, int]]:
        """Copies that were counted by hand, to more or fewer than came, differ at the last lots."""
        found, left = [], self.copies
        *others, (last, _) = self.came or ((self.only_lot, self.copies),)
        for lot, came in others:
            copies = min(came, left)
            found.append((lot, copies))
            left -= copies
        found.append((last, left))
        return [one for one in found if one[1]]

    def of_next_lot(self) -> DueLabel:
        """The same label for the next lot; after the last without one."""
        choices = [None, *self.lots]
        here = next((n for n, lot in enumerate(self.lots, 1) if self.label.of_lot(lot) == self.label), 0)
        return self.of_lot(choices[(here + 1) % len(choices)])

    def of_next_pack(self) -> DueLabel:
        """The same label for the next carton; after the last for a single piece."""
        choices = [(self.product.code, 1), *self.packs]
        here = next((n for n, (code, _) in enumerate(choices) if code == self.label.code), 0)
        code, pieces = choices[(here + 1) % len(choices)]
        return replace(self, label=self.label.of_pack(code, pieces, self.product))

    @property
    def changes(self) -> tuple[str, ...]:
        """What differs from the shelf label: any of `price`, `promotion`, `promotion_over`, `name`, `text`; or `new`.

        Empty for a carton: only the label of a single piece is remembered.
        """
        printed, now = self.printed, self.label
        if now.pieces > 1:
            return ()
        if printed is None:
            return ("new",)
        changes = []
        if (printed.price, printed.regular) != (now.price, now.regular):
            began = printed.regular is None and now.regular is not None
            over = printed.regular is not None and now.regular is None
            changes.append("promotion" if began else "promotion_over" if over else "price")
        if printed.names != now.names:
            changes.append("name")
        if printed.details != now.details:
            changes.append("text")
        return tuple(changes)


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page of labels, and the product after which the next begins; None after the last."""

    labels: tuple[DueLabel, ...]
    next: int | None


class ListLabels(UseCase):
    """Lists due labels in pages. Needs the permission `stock`."""

    def changed(self, person: Person, after: int = 0, limit: int = 100) -> DuePage:
        """Shelf labels with another price, promotion or name than now, in catalogue order.

        A page may be short although more follow; `next` decides.
        """
        at, settings = self.now(), self.settings()
        labels: list[DueLabel] = []
        with authorized_read(self.store, person, RIGHT) as work:
            offers = offers_at(work, at)
            looked = 0
            while len(labels) < limit and looked < _MOST_LOOKED_AT:
                ids = work.labels.doubtful(offers.promotions, _SLICE, after)
                for due in _due(work, ids, at, settings, offers):
                    after = due.label.product
                    if due.printed is not None and due.changes:
                        labels.append(due)
                    if len(labels) == limit:
                        return DuePage(tuple(labels), after)
                looked += len(ids)
                if len(ids) < _SLICE:
                    return DuePage(tuple(labels), None)
                after = ids[-1]
        return DuePage(tuple(labels), after)

    def new(self, person: Person, after: int = 0, limit: int = 100) -> DuePage:
        """Goods in the shop with a price and no label so far."""
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            ids = work.labels.never_printed(limit, after)
            labels = _due(work, ids, at, settings, offers_at(work, at))
        return DuePage(tuple(labels), ids[-1] if len(ids) == limit else None)

    def of_code(self, code: str, person: Person) -> DueLabel:
        """The label of a code, or of a carton for its code. Raises UnknownCode, BadCheckDigit, NoPriceToPrint."""
        canonical = read_code(code).canonical
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            named = work.products.named(canonical, at)
            if named is None:
                raise UnknownCode(canonical)
            product, pieces = named
            data = work.labels.data([product.id], at)[0]
            due = _due_label(data, label_of(data, settings, offers_at(work, at), at))
        if pieces == 1:
            return due
        return replace(due, label=due.label.of_pack(canonical, pieces, product))

    def of_product(self, product_id: int, person: Person) -> DueLabel:
        """The label of a product. Raises UnknownCode, NoPriceToPrint."""
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            data = work.labels.data([product_id], at)
            if not data:
                raise UnknownCode(str(product_id))
            return _due_label(data[0], label_of(data[0], settings, offers_at(work, at), at))

    def of_receipt(self, number: str, person: Person, *, lots: bool = False) -> tuple[DueLabel, ...]:
        """Labels for the pieces of a delivery; `lots` makes separate labels for each lot.

        Raises NoSuchGoodsReceipt, BadField.
        """
        match = _RECEIPT.fullmatch(number.strip())
        if match is None:
            raise BadField("receipt", "not_a_number", number[:20])
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            pieces = work.labels.received(int(match[1]))
            if pieces is None:
                raise NoSuchGoodsReceipt(number.strip()[:20])
            ids = list(dict.fromkeys(product for product, _ in pieces))
            due = {one.label.product: one for one in _due(work, ids, at, settings, offers_at(work, at))}
        labels: dict[tuple[int, LabelLot | None], DueLabel] = {}
        for (product, lot), came in pieces.items():
            if product in due:
                key, copies = (product, lot if lots else None), min(MOST_COPIES, max(1, came))
                label = replace(due[product].of_lot(key[1]), copies=copies, came=((lot, copies),))
                labels[key] = labels[key].with_copies_of(label) if key in labels else label
        return tuple(labels.values())

    def renewed(self, labels: Sequence[DueLabel], person: Person) -> tuple[DueLabel, ...]:
        """The same labels with what is true by now."""
        with authorized_read(self.store, person, RIGHT) as work:
            return as_of_now(work, labels, self.now(), self.settings())


def as_of_now(work: UnitOfWork, labels: Sequence[DueLabel], at: datetime, settings: Settings) -> tuple[DueLabel, ...]:
    """The same labels, of the same lots and cartons, with the prices and names valid at `at`."""
    offers = offers_at(work, at)
    known = work.labels.data(list(dict.fromkeys(one.label.product for one in labels)), at)
    data = {one.product.id: one for one in known if one.product.price is not None}
    return tuple(
        _renewed(one, data[one.label.product], settings, offers, at) if one.label.product in data else one
        for one in labels
    )


def _renewed(one: DueLabel, data: LabelData, settings: Settings, offers: Offers, at: datetime) -> DueLabel:
    label = label_of(data, settings, offers, at)
    if one.label.pieces > 1:
        label = label.of_pack(one.label.code, one.label.pieces, data.product)
    label = replace(label, lot=one.label.lot, expiry=one.label.expiry)
    return replace(one, label=label, printed=data.printed, product=data.product)


def offers_at(work: UnitOfWork, at: datetime) -> Offers:
    """The promotions in force."""
    return Offers(work.promotions.at(at))


def label_of(data: LabelData, settings: Settings, offers: Offers, at: datetime) -> Label:
    """The label of a product with the data valid at `at`. Raises NoPriceToPrint."""
    product = data.product
    if product.price is None:
        raise NoPriceToPrint(product.code)
    chosen = offers.of(product, product.price)
    single = product.price - chosen.single_off
    since = data.since or at
    if chosen.single is not None and data.since is not None:
        since = max(since, chosen.single.since)
    elif chosen.single is not None:
        since = chosen.single.since
    names = (" ".join(product.name_in(language).split()) for language in settings.label_languages)
    details = ((name, " ".join(str(value_of(product, name) or "").split())) for name in settings.label_fields)
    return Label(
        product=product.id,
        code=product.code,
        names=tuple(dict.fromkeys(names)),
        price=single,
        since=since.astimezone(settings.zone).date(),
        regular=product.price if chosen.single_off else None,
        unit_price=unit_price(single, product),
        by_weight=product.by_weight,
        shelf=product.shelf,
        details=tuple((name, text) for name, text in details if text),
    )


def _due(work: UnitOfWork, ids: Sequence[int], at: datetime, settings: Settings, offers: Offers) -> list[DueLabel]:
    return [
        _due_label(data, label_of(data, settings, offers, at))
        for data in work.labels.data(ids, at)
        if data.product.price is not None
    ]


def _due_label(data: LabelData, label: Label) -> DueLabel:
    only = data.lots[0] if len(data.lots) == 1 and not data.has_loose else None
    return DueLabel(label, data.printed, data.owned, data.product, lots=data.lots, only_lot=only, packs=data.packs)
