"""The destinations of the rail, and the permissions for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.application.text.translator import N_

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A page that a user may open: `permission` is needed to open it; empty if all users may.

    Pages of one `group` share one item of the rail when it would be too full.
    """

    key: str
    text: str
    icon: str
    permission: str = ""
    group: str = ""


GOODS, BOOKS, OFFICE = "goods", "books", "office"
_GROUPS = {
    GOODS: RailEntry(GOODS, N_("Goods"), "boxes"),
    BOOKS: RailEntry(BOOKS, N_("Reports"), "chart-column"),
    OFFICE: RailEntry(OFFICE, N_("Office"), "store"),
}
_ROOM = 12
"""The most items on a rail at 768 pixels, with room for a finger and a word each."""


RAIL_ENTRIES: tuple[RailEntry, ...] = (
    RailEntry("checkout", N_("Checkout"), "shopping-cart", "sell"),
    RailEntry("returns", N_("Returns"), "undo-2", "return"),
    RailEntry("parked", N_("Parked"), "pause", "sell"),
    RailEntry("search", N_("Search"), "search"),
    RailEntry("shift", N_("Shift"), "wallet", "close_shift"),
    RailEntry("visitors", N_("Visitors"), "id-card", "sell"),
    RailEntry("pickup", N_("Pick-up"), "shopping-bag", "pickup"),
    RailEntry("products", N_("Products"), "package", "catalogue", GOODS),
    RailEntry("quick_keys", N_("Quick keys"), "layout-grid", "catalogue", GOODS),
    RailEntry("gaps", N_("Missing data"), "clipboard-list", "catalogue", GOODS),
    RailEntry("receive", N_("Receive"), "package-check", "stock", GOODS),
    RailEntry("orders", N_("Orders"), "shopping-basket", "stock", GOODS),
    RailEntry("count", N_("Stock-take"), "scan-barcode", "stock", GOODS),
    RailEntry("stock", N_("Stock"), "layers", "stock", GOODS),
    RailEntry("workshop", N_("Workshop"), "cooking-pot", "stock", GOODS),
    RailEntry("labels", N_("Labels"), "printer", "stock", GOODS),
    RailEntry("reprice", N_("Bulk pricing"), "badge-percent", "price", GOODS),
    RailEntry("import_goods", N_("Import"), "file-up", "catalogue", GOODS),
    RailEntry("prices", N_("Prices"), "tag", "price"),
    RailEntry("rates", N_("Rates"), "arrow-right-left", "rates"),
    RailEntry("reports", N_("Reports"), "chart-column", "reports", BOOKS),
    RailEntry("history", N_("History"), "history", "reports", BOOKS),
    RailEntry("order_report", N_("Order report"), "shopping-bag", "reports", BOOKS),
    RailEntry("journal", N_("Journal"), "scroll", "reports", BOOKS),
    RailEntry("customs", N_("For customs"), "scale", "reports", BOOKS),
    RailEntry("reconciliation", N_("Reconciliation"), "arrow-left-right", "reports", BOOKS),
    RailEntry("staff", N_("Staff"), "users", "staff", OFFICE),
    RailEntry("regimes", N_("Rules"), "scale", "settings", OFFICE),
    RailEntry("settings", N_("Settings"), "settings", "settings", OFFICE),
)
"""All pages there will be; the rail shows those that have a screen and that the user may enter."""


def entries_for(person: Person, built: Collection[str]) -> list[RailEntry]:
    """The pages that `person` may enter, among those whose screens exist (`built`)."""
    return [
        entry for entry in RAIL_ENTRIES if entry.key in built and (not entry.permission or person.may(entry.permission))
    ]


def folded(entries: Sequence[RailEntry]) -> list[RailEntry]:
    """The items of a rail for these pages: if there are too many, one for each group in place of its first page."""
    if len(entries) <= _ROOM:
        return list(entries)
    shown = (entry if not entry.group else _GROUPS[entry.group] for entry in entries)
    return list(dict.fromkeys(shown))


def beside(screen_id: str, entries: Sequence[RailEntry]) -> list[RailEntry]:
    """The pages that share one item of the rail with `screen_id`; none if the rail has room for all."""
    group = next((one.group for one in entries if one.key == screen_id), "")
    if not group or len(entries) <= _ROOM:
        return []
    return [one for one in entries if one.group == group]


def may_enter(person: Person, screen_id: str) -> bool:
    """Whether `person` may enter a page; a page outside the rail is open to all."""
    permission = next((known.permission for known in RAIL_ENTRIES if known.key == screen_id), "")
    return not permission or person.may(permission)
