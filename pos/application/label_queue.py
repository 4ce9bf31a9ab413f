"""Which labels are due: those that have become untrue, goods that never had one, what a delivery brought."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.at_work import reading_as
from pos.application.goods_for_sale import UnknownCode
from pos.application.label_ports import LabelFacts
from pos.application.ports import Clock, Store, UnitOfWork
from pos.application.settings import Settings
from pos.domain.barcode import read_code
from pos.domain.errors import BadField, Refused
from pos.domain.label import MOST_COPIES, Label, NoPriceToPrint, PrintedLabel, unit_price
from pos.domain.product import Product
from pos.domain.promotion import Offers
from pos.domain.staff import Person

RIGHT = "stock"
_SLICE = 200
_MOST_LOOKED_AT = 1_000
"""So many doubtful labels are looked at in one go: whoever scans meanwhile is not kept waiting."""

_RECEIPT = re.compile(r"(?:R-)?0*([0-9]{1,9})", re.IGNORECASE)


@dataclass(eq=False)
class NoSuchGoodsReceipt(Refused):
    """There is no goods receipt with this number."""

    receipt: str


@dataclass(frozen=True, slots=True)
class DueLabel:
    """A label as it would be printed now, what hangs on the shelf (None: nothing yet), and how many are wanted."""

    label: Label
    printed: PrintedLabel | None
    owned: int
    product: Product
    copies: int = 1

    @property
    def changes(self) -> tuple[str, ...]:
        """What the shelf says that is not so: any of `price`, `promotion`, `promotion_over`, `name`; or `new`."""
        printed, now = self.printed, self.label
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
        with reading_as(self.store, person, RIGHT) as work:
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
        with reading_as(self.store, person, RIGHT) as work:
            ids = work.labels.never_printed(limit, after)
            found = _due(work, ids, at, settings, offers_at(work, at))
        return DuePage(tuple(found), ids[-1] if len(ids) == limit else None)

    def of_code(self, code: str, person: Person) -> DueLabel:
        """The label of a code, of a carton for a carton's. Raises UnknownCode, BadCheckDigit, NoPriceToPrint."""
        canonical = read_code(code).canonical
        at, settings = self.now(), self.settings()
        with reading_as(self.store, person, RIGHT) as work:
            named = work.products.named(canonical, at)
            if named is None:
                raise UnknownCode(canonical)
            product, pieces = named
            facts = work.labels.facts([product.id], at)[0]
            label = label_of(facts, settings, offers_at(work, at), at, canonical if pieces > 1 else "", pieces)
        return DueLabel(label, facts.printed, facts.owned, facts.product)

    def of_product(self, product_id: int, person: Person) -> DueLabel:
        """The label of a product. Raises UnknownCode, NoPriceToPrint."""
        at, settings = self.now(), self.settings()
        with reading_as(self.store, person, RIGHT) as work:
            found = work.labels.facts([product_id], at)
            if not found:
                raise UnknownCode(str(product_id))
            label = label_of(found[0], settings, offers_at(work, at), at)
        return DueLabel(label, found[0].printed, found[0].owned, found[0].product)

    def of_receipt(self, number: str, person: Person) -> tuple[DueLabel, ...]:
        """Labels for what a delivery brought, as many as pieces came. Raises NoSuchGoodsReceipt, BadField."""
        match = _RECEIPT.fullmatch(number.strip())
        if match is None:
            raise BadField("receipt", "not_a_number", number[:20])
        at, settings = self.now(), self.settings()
        with reading_as(self.store, person, RIGHT) as work:
            pieces = work.labels.received(int(match[1]))
            if pieces is None:
                raise NoSuchGoodsReceipt(number.strip()[:20])
            due = _due(work, list(pieces), at, settings, offers_at(work, at))
        return tuple(replace(one, copies=min(MOST_COPIES, max(1, pieces[one.label.product]))) for one in due)


def offers_at(work: UnitOfWork, at: datetime) -> Offers:
    """The promotions in force."""
    return Offers(work.promotions.at(at))


def label_of(
    facts: LabelFacts, settings: Settings, offers: Offers, at: datetime, code: str = "", pieces: int = 1
) -> Label:
    """The label of a product as it is true at `at`; of a carton with `code` and its `pieces`. Raises NoPriceToPrint."""
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
        code=code or product.code,
        names=tuple(dict.fromkeys(names)),
        price=single * pieces,
        since=since.astimezone(settings.zone).date(),
        regular=product.price * pieces if chosen.single_off else None,
        unit_price=unit_price(single * pieces, product, pieces),
        by_weight=product.by_weight,
        pieces=pieces,
        shelf=product.shelf,
    )


def _due(work: UnitOfWork, ids: Sequence[int], at: datetime, settings: Settings, offers: Offers) -> list[DueLabel]:
    return [
        DueLabel(label_of(facts, settings, offers, at), facts.printed, facts.owned, facts.product)
        for facts in work.labels.facts(ids, at)
        if facts.product.price is not None
    ]
