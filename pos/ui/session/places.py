"""The places of the rail, and whose they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.application.text.words import N_

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class Place:
    """A place a person may go to: `act` is the right that opens it, empty where everybody may go.

    Places of one `group` stand behind one item of the rail where it would be too full.
    """

    key: str
    text: str
    icon: str
    act: str = ""
    group: str = ""


GOODS, BOOKS, OFFICE = "goods", "books", "office"
_GROUPS = {
    GOODS: Place(GOODS, N_("Goods"), "boxes"),
    BOOKS: Place(BOOKS, N_("Reports"), "chart-column"),
    OFFICE: Place(OFFICE, N_("Office"), "store"),
}
_ROOM = 11
"""So many places stand on a rail, at 768 pixels, with room for a finger and a word each."""


PLACES: tuple[Place, ...] = (
    Place("checkout", N_("Checkout"), "shopping-cart", "sell"),
    Place("returns", N_("Returns"), "undo-2", "return"),
    Place("parked", N_("Parked"), "pause", "sell"),
    Place("search", N_("Search"), "search"),
    Place("shift", N_("Shift"), "wallet", "close_shift"),
    Place("visitors", N_("Visitors"), "id-card", "sell"),
    Place("products", N_("Products"), "package", "catalogue", GOODS),
    Place("gaps", N_("Missing data"), "clipboard-list", "catalogue", GOODS),
    Place("receive", N_("Receive"), "package-check", "stock", GOODS),
    Place("orders", N_("Orders"), "shopping-basket", "stock", GOODS),
    Place("count", N_("Stock-take"), "scan-barcode", "stock", GOODS),
    Place("stock", N_("Stock"), "layers", "stock", GOODS),
    Place("labels", N_("Labels"), "printer", "stock", GOODS),
    Place("reprice", N_("Bulk pricing"), "badge-percent", "price", GOODS),
    Place("import_goods", N_("Import"), "file-up", "catalogue", GOODS),
    Place("prices", N_("Prices"), "tag", "price"),
    Place("rates", N_("Rates"), "arrow-right-left", "rates"),
    Place("reports", N_("Reports"), "chart-column", "reports", BOOKS),
    Place("history", N_("History"), "history", "reports", BOOKS),
    Place("journal", N_("Journal"), "scroll", "reports", BOOKS),
    Place("customs", N_("For customs"), "scale", "reports", BOOKS),
    Place("staff", N_("Staff"), "users", "staff", OFFICE),
    Place("regimes", N_("Rules"), "scale", "settings", OFFICE),
    Place("settings", N_("Settings"), "settings", "settings", OFFICE),
)
"""All places there will be; the rail shows those that have a screen and that the person may enter."""


def places_for(person: Person, built: Collection[str]) -> list[Place]:
    """Where `person` may go among the places whose screens exist (`built`)."""
    return [place for place in PLACES if place.key in built and (not place.act or person.may(place.act))]


def folded(places: Sequence[Place]) -> list[Place]:
    """The items of a rail for these places: where they are too many, one for each group in place of its first."""
    if len(places) <= _ROOM:
        return list(places)
    shown = (place if not place.group else _GROUPS[place.group] for place in places)
    return list(dict.fromkeys(shown))


def beside(place: str, places: Sequence[Place]) -> list[Place]:
    """The places that stand behind one item of the rail together with `place`; none where the rail has them all."""
    group = next((one.group for one in places if one.key == place), "")
    if not group or len(places) <= _ROOM:
        return []
    return [one for one in places if one.group == group]


def may_enter(person: Person, place: str) -> bool:
    """Whether `person` may go to a place; to one that is not on the rail everybody may."""
    act = next((known.act for known in PLACES if known.key == place), "")
    return not act or person.may(act)
