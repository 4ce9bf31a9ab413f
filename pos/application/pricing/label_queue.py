"""Which labels are due: those that have become untrue, goods that never had one, what a delivery brought."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pos.application.access.authorize import authorized_read
from pos.application.ports.label_ports import LabelFacts
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.application.settings.settings import Settings
from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, Refused
from pos.domain.pricing.label import MOST_COPIES, Label, LabelLot, NoPriceToPrint, PrintedLabel, unit_price
from pos.domain.pricing.promotion import Offers
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person

RIGHT = "stock"
_SLICE = 200
_MOST_LOOKED_AT = 1_000
"""So many doubtful labels are looked at in one go: whoever scans meanwhile is not kept waiting."""

_RECEIPT = re.compile(r"(?:R-)?0*([0-9]{1,9})", re.IGNORECASE)


@dataclass(eq=False)
class NoSuchGoodsReceipt(Refused):
    """There is no goods receipt with this number."""

    fact = "no_such_goods_receipt"

    receipt: str


@dataclass(frozen=True, slots=True)
class DueLabel:
    """A label as it would be printed now, what hangs on the shelf (None: nothing yet), and how many are wanted.

    It can be made one of another of `lots`, or of another of `packs` (codes with how many pieces each names).
    """

    label: Label
    printed: PrintedLabel | None
    owned: int
    product: Product
    copies: int = 1
    lots: tuple[LabelLot, ...] = ()
    only_lot: LabelLot | None = None
    packs: tuple[tuple[str, int], ...] = ()

    @property
    def key(self) -> tuple[str, str, date | None]:
        """What tells it from others in a list: the same code may be wanted for several lots."""
        return self.label.code, self.label.lot, self.label.expiry

    @property
    def on_shelf(self) -> int:
        """How many labels are as many as goods are here: of a carton as many as whole ones could be."""
        return max(1, self.owned // self.label.pieces)

    def of_lot(self, lot: LabelLot | None) -> DueLabel:
        """The same of a lot, or naming none."""
        return replace(self, label=self.label.of_lot(lot))

    def of_next_lot(self) -> DueLabel:
        """The same of the next lot; after the last naming none."""
        choices = [None, *self.lots]
        here = next((n for n, lot in enumerate(self.lots, 1) if self.label.of_lot(lot) == self.label), 0)
        return self.of_lot(choices[(here + 1) % len(choices)])

    def of_next_pack(self) -> DueLabel:
        """The same of the next carton; after the last of a single piece."""
        choices = [(self.product.code, 1), *self.packs]
        here = next((n for n, (code, _) in enumerate(choices) if code == self.label.code), 0)
        code, pieces = choices[(here + 1) % len(choices)]
        return replace(self, label=self.label.of_pack(code, pieces, self.product))

    @property
    def changes(self) -> tuple[str, ...]:
        """What the shelf says that is not so: any of `price`, `promotion`, `promotion_over`, `name`; or `new`.

        Nothing of a carton: what is remembered is the label of a single piece.
        """
        printed, now = self.printed, self.label
        if now.pieces > 1:
            return ()
        if printed is None:
            return ("new",)
        told = []
        if (printed.price, printed.regular) != (now.price, now.regular):
            began = printed.regular is None and now.regular is not None
            over = printed.regular is not None and now.regular is None
            told.append("promotion" if began else "promotion_over" if over else "price")
        if printed.names != now.names:
            told.append("name")
        return tuple(told)


@dataclass(frozen=True, slots=True)
class DuePage:
    """Some labels, and after which product the next ones begin; None after the last."""

    labels: tuple[DueLabel, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class ListLabels:
    """Lists labels that are due, a page at a time; needs the right `stock`."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]

    def changed(self, person: Person, after: int = 0, limit: int = 100) -> DuePage:
        """Labels on the shelf whose price, promotion or name is another now, in the order of the catalogue.

        A page may be short although more may follow: `next` says so.
        """
        at, settings = self.now(), self.settings()
        found: list[DueLabel] = []
        with authorized_read(self.store, person, RIGHT) as work:
            offers = offers_at(work, at)
            looked = 0
            while len(found) < limit and looked < _MOST_LOOKED_AT:
                ids = work.labels.doubtful(offers.promotions, _SLICE, after)
                for due in _due(work, ids, at, settings, offers):
                    after = due.label.product
                    if due.printed is not None and due.changes:
                        found.append(due)
                    if len(found) == limit:
                        return DuePage(tuple(found), after)
                looked += len(ids)
                if len(ids) < _SLICE:
                    return DuePage(tuple(found), None)
                after = ids[-1]
        return DuePage(tuple(found), after)

    def new(self, person: Person, after: int = 0, limit: int = 100) -> DuePage:
        """Goods in the shop, with a price, that never had a label."""
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            ids = work.labels.never_printed(limit, after)
            found = _due(work, ids, at, settings, offers_at(work, at))
        return DuePage(tuple(found), ids[-1] if len(ids) == limit else None)

    def of_code(self, code: str, person: Person) -> DueLabel:
        """The label of a code, of a carton for a carton's. Raises UnknownCode, BadCheckDigit, NoPriceToPrint."""
        canonical = read_code(code).canonical
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            named = work.products.named(canonical, at)
            if named is None:
                raise UnknownCode(canonical)
            product, pieces = named
            facts = work.labels.facts([product.id], at)[0]
            due = _due_label(facts, label_of(facts, settings, offers_at(work, at), at))
        if pieces == 1:
            return due
        return replace(due, label=due.label.of_pack(canonical, pieces, product))

    def of_product(self, product_id: int, person: Person) -> DueLabel:
        """The label of a product. Raises UnknownCode, NoPriceToPrint."""
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            found = work.labels.facts([product_id], at)
            if not found:
                raise UnknownCode(str(product_id))
            return _due_label(found[0], label_of(found[0], settings, offers_at(work, at), at))

    def of_receipt(self, number: str, person: Person, *, lots: bool = False) -> tuple[DueLabel, ...]:
        """Labels for what a delivery brought, as many as pieces came; with `lots` those of each lot by themselves.

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
        found: dict[tuple[int, LabelLot | None], DueLabel] = {}
        for (product, lot), came in pieces.items():
            if product in due:
                key = product, lot if lots else None
                before = found[key].copies if key in found else 0
                found[key] = replace(due[product].of_lot(key[1]), copies=min(MOST_COPIES, before + max(1, came)))
        return tuple(found.values())


def offers_at(work: UnitOfWork, at: datetime) -> Offers:
    """The promotions in force."""
    return Offers(work.promotions.at(at))


def label_of(facts: LabelFacts, settings: Settings, offers: Offers, at: datetime) -> Label:
    """The label of a product as it is true at `at`. Raises NoPriceToPrint."""
    product = facts.product
    if product.price is None:
        raise NoPriceToPrint(product.code)
    chosen = offers.of(product, product.price)
    single = product.price - chosen.single_off
    since = facts.since or at
    if chosen.single is not None and facts.since is not None:
        since = max(since, chosen.single.since)
    elif chosen.single is not None:
        since = chosen.single.since
    names = (" ".join(product.name_in(language).split()) for language in settings.label_languages)
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
    )


def _due(work: UnitOfWork, ids: Sequence[int], at: datetime, settings: Settings, offers: Offers) -> list[DueLabel]:
    return [
        _due_label(facts, label_of(facts, settings, offers, at))
        for facts in work.labels.facts(ids, at)
        if facts.product.price is not None
    ]


def _due_label(facts: LabelFacts, label: Label) -> DueLabel:
    only = facts.lots[0] if len(facts.lots) == 1 and not facts.has_loose else None
    return DueLabel(label, facts.printed, facts.owned, facts.product, lots=facts.lots, only_lot=only, packs=facts.packs)
