"""The destinations of the rail, and the permissions for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.application.text.translator import N_

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class RailPlace:
    """A page that a user may open: `act` is the permission for it, empty if all users may.

    Pages of one `group` share one item of the rail when it would be too full.
    """

    key: str
    text: str
    icon: str
    act: str = ""
    group: str = ""


GOODS, BOOKS, OFFICE = "goods", "books", "office"
_GROUPS = {
    GOODS: RailPlace(GOODS, N_("Goods"), "boxes"),
    BOOKS: RailPlace(BOOKS, N_("Reports"), "chart-column"),
    OFFICE: RailPlace(OFFICE, N_("Office"), "store"),
}
_ROOM = 11
"""The most items on a rail at 768 pixels, with room for a finger and a word each."""


PLACES: tuple[RailPlace, ...] = (
    RailPlace("checkout", N_("Checkout"), "shopping-cart", "sell"),
    RailPlace("returns", N_("Returns"), "undo-2", "return"),
    RailPlace("parked", N_("Parked"), "pause", "sell"),
    RailPlace("search", N_("Search"), "search"),
    RailPlace("shift", N_("Shift"), "wallet", "close_shift"),
    RailPlace("visitors", N_("Visitors"), "id-card", "sell"),
    RailPlace("products", N_("Products"), "package", "catalogue", GOODS),
    RailPlace("gaps", N_("Missing data"), "clipboard-list", "catalogue", GOODS),
    RailPlace("receive", N_("Receive"), "package-check", "stock", GOODS),
    RailPlace("orders", N_("Orders"), "shopping-basket", "stock", GOODS),
    RailPlace("count", N_("Stock-take"), "scan-barcode", "stock", GOODS),
    RailPlace("stock", N_("Stock"), "layers", "stock", GOODS),
    RailPlace("labels", N_("Labels"), "printer", "stock", GOODS),
    RailPlace("reprice", N_("Bulk pricing"), "badge-percent", "price", GOODS),
    RailPlace("import_goods", N_("Import"), "file-up", "catalogue", GOODS),
    RailPlace("prices", N_("Prices"), "tag", "price"),
    RailPlace("rates", N_("Rates"), "arrow-right-left", "rates"),
    RailPlace("reports", N_("Reports"), "chart-column", "reports", BOOKS),
    RailPlace("history", N_("History"), "history", "reports", BOOKS),
    RailPlace("journal", N_("Journal"), "scroll", "reports", BOOKS),
    RailPlace("customs", N_("For customs"), "scale", "reports", BOOKS),
    RailPlace("staff", N_("Staff"), "users", "staff", OFFICE),
    RailPlace("regimes", N_("Rules"), "scale", "settings", OFFICE),
    RailPlace("settings", N_("Settings"), "settings", "settings", OFFICE),
)
"""All pages there will be; the rail shows those that have a screen and that the user may enter."""


def places_for(person: Person, built: Collection[str]) -> list[RailPlace]:
    """The pages that `person` may enter, among those whose screens exist (`built`)."""
    return [place for place in PLACES if place.key in built and (not place.act or person.may(place.act))]


def folded(places: Sequence[RailPlace]) -> list[RailPlace]:
    """The items of a rail for these pages: if there are too many, one for each group in place of its first page."""
    if len(places) <= _ROOM:
        return list(places)
    shown = (place if not place.group else _GROUPS[place.group] for place in places)
    return list(dict.fromkeys(shown))


def beside(screen_id: str, places: Sequence[RailPlace]) -> list[RailPlace]:
    """The pages that share one item of the rail with `screen_id`; none if the rail has room for all."""
    group = next((one.group for one in places if one.key == screen_id), "")
    if not group or len(places) <= _ROOM:
        return []
    return [one for one in places if one.group == group]


def may_enter(person: Person, screen_id: str) -> bool:
    """Whether `person` may enter a page; a page outside the rail is open to all."""
    act = next((known.act for known in PLACES if known.key == screen_id), "")
    return not act or person.may(act)
