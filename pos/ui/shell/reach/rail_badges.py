"""The badges of the rail: which figures stand at which page, how they are read, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.ui.input.actions import GAPS, ORDERS, PARKED, PICKUP, RATES, STOCK, WORKSHOP
from pos.ui.page.pager import PAGE
from pos.ui.session.rail_figures import (
    EXPIRING_LOTS,
    INCOMPLETE_PRODUCTS,
    LEFT_BASKETS,
    LOW_STOCK,
    ORDERS_READY,
    ORDERS_TO_TELL,
    PARKED_SALES,
    RATE_FILES,
    REFUNDS,
    STARTED_BATCHES,
)
from pos.ui.widgets.buttons.badge import NO_BADGE, Badge, count_text

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop
    from pos.application.text.translator import Translator
    from pos.domain.staff.staff import Person
    from pos.ui.session.rail_entries import RailEntry
    from pos.ui.session.rail_figures import RailFigures

Words = Callable[["Translator", int, str], str]
"""A count in words: the count for the form of the language, and as it is written."""


@dataclass(frozen=True, slots=True)
class ReadFigures:
    """Figures of a page, read together by one query of that page, on a thread of its own."""

    figures: tuple[str, ...]
    screen_id: str
    read: Callable[[Shop, Person], Sequence[int]]
    """Their counts, in the same order."""


def read_figure(figure: str, screen_id: str, read: Callable[[Shop, Person], int]) -> ReadFigures:
    """A figure that has a query of its own."""
    return ReadFigures((figure,), screen_id, lambda shop, person: (read(shop, person),))


def _to_pick_up(shop: Shop, person: Person) -> Sequence[int]:
    counts = shop.pickup.find.counts(person)
    return counts.get("tell", 0), counts.get("ready", 0)


def _to_settle(shop: Shop) -> int:
    """Tenders to be refunded, and money at payment providers that waits for a person."""
    owed = shop.owed_money.all()
    known = {one.tender for one in owed}
    unsettled = shop.open_attempts(everywhere=True)
    return len(owed) + sum(one.needs_person and one.attempt.number not in known for one in unsettled)


READ_FIGURES: tuple[ReadFigures, ...] = (
    read_figure(PARKED_SALES, PARKED, lambda shop, _person: len(shop.parked_sales.all())),
    read_figure(REFUNDS, PARKED, lambda shop, _person: _to_settle(shop)),
    ReadFigures((ORDERS_TO_TELL, ORDERS_READY), PICKUP, _to_pick_up),
    read_figure(STARTED_BATCHES, WORKSHOP, lambda shop, person: shop.workshop.batches.started(person, PAGE)),
    read_figure(EXPIRING_LOTS, STOCK, lambda shop, person: len(shop.read_stock.expiring(person, None, PAGE))),
    read_figure(INCOMPLETE_PRODUCTS, GAPS, lambda shop, person: len(shop.missing_data(person, limit=PAGE).products)),
    read_figure(LOW_STOCK, ORDERS, lambda shop, person: len(shop.low_stock(person, with_costs=False))),
)
"""The cheap ones first. Of lots and incomplete products only the first page is read: a badge shows no higher figure."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted together at a page. None of it is shown before all of it is known."""

    screen_id: str
    figures: tuple[str, ...]
    words: Words
    is_urgent: bool = False


_COUNTED = (
    _Counted(
        PARKED,
        (PARKED_SALES, LEFT_BASKETS),
        lambda tr, n, text: tr.plural("{n} parked sale", "{n} parked sales", n, n=text),
    ),
    _Counted(
        PARKED,
        (REFUNDS,),
        lambda tr, n, text: tr.plural("{n} payment to refund", "{n} payments to refund", n, n=text),
        is_urgent=True,
    ),
    _Counted(
        PICKUP,
        (ORDERS_TO_TELL,),
        lambda tr, n, text: tr.plural("{n} buyer to tell", "{n} buyers to tell", n, n=text),
        is_urgent=True,
    ),
    _Counted(
        PICKUP,
        (ORDERS_READY,),
        lambda tr, n, text: tr.plural("{n} order ready for pick-up", "{n} orders ready for pick-up", n, n=text),
    ),
    _Counted(
        ORDERS,
        (LOW_STOCK,),
        lambda tr, n, text: tr.plural("{n} product low in stock", "{n} products low in stock", n, n=text),
    ),
    _Counted(
        STOCK,
        (EXPIRING_LOTS,),
        lambda tr, n, text: tr.plural("{n} lot expired or expiring", "{n} lots expired or expiring", n, n=text),
    ),
    _Counted(
        WORKSHOP,
        (STARTED_BATCHES,),
        lambda tr, n, text: tr.plural("{n} batch in process", "{n} batches in process", n, n=text),
    ),
    _Counted(
        RATES,
        (RATE_FILES,),
        lambda tr, n, text: tr.plural("{n} new file of rates", "{n} new files of rates", n, n=text),
    ),
    _Counted(
        GAPS,
        (INCOMPLETE_PRODUCTS,),
        lambda tr, n, text: tr.plural("{n} product to fill in", "{n} products to fill in", n, n=text),
    ),
)


def badge_of(place: str, entries: Sequence[RailEntry], figures: RailFigures, tr: Translator) -> Badge:
    """The badge of an item: of a page, or of all pages of a group that stand behind one item."""
    screen_ids = {entry.key for entry in entries if place in (entry.key, entry.group)}
    counted = [(one, _count(one.figures, figures)) for one in _COUNTED if one.screen_id in screen_ids]
    counts = [count for _, count in counted if count is not None]
    if len(counts) < len(counted) or not any(counts):
        return NO_BADGE
    said = [one.words(tr, count, count_text(count)) for one, count in counted if count]
    return Badge(sum(counts), tr(", ").join(said), any(one.is_urgent for one, count in counted if count))


def _count(of: Iterable[str], figures: RailFigures) -> int | None:
    known = [figures.of(figure) for figure in of]
    counts = [count for count in known if count is not None]
    return sum(counts) if len(counts) == len(known) else None
