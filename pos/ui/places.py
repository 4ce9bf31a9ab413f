"""The places of the rail, and whose they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pos.application.words import N_
from pos.domain.staff import Person


@dataclass(frozen=True, slots=True)
class Place:
    """A place a person may go to: `act` is the right that opens it, empty where everybody may go."""

    key: str
    text: str
    icon: str
    act: str = ""


PLACES: tuple[Place, ...] = (
    Place("checkout", N_("Checkout"), "shopping-cart", "sell"),
    Place("returns", N_("Returns"), "undo-2", "return"),
    Place("receipts", N_("Receipts"), "receipt-text", "return"),
    Place("parked", N_("Parked"), "pause", "sell"),
    Place("search", N_("Search"), "search"),
    Place("shift", N_("Shift"), "wallet", "close_shift"),
    Place("visitors", N_("Visitors"), "id-card", "sell"),
    Place("products", N_("Products"), "package", "catalogue"),
    Place("gaps", N_("Missing data"), "clipboard-list", "catalogue"),
    Place("receive", N_("Receive"), "package-check", "stock"),
    Place("orders", N_("Orders"), "shopping-basket", "stock"),
    Place("count", N_("Stock-take"), "scan-barcode", "stock"),
    Place("stock", N_("Stock"), "boxes", "stock"),
    Place("labels", N_("Labels"), "printer", "stock"),
    Place("import_goods", N_("Import"), "file-up", "catalogue"),
    Place("prices", N_("Prices"), "tag", "price"),
    Place("rates", N_("Rates"), "arrow-right-left", "rates"),
    Place("reports", N_("Reports"), "chart-column", "reports"),
    Place("staff", N_("Staff"), "users", "staff"),
    Place("regimes", N_("Rules"), "scale", "settings"),
    Place("settings", N_("Settings"), "settings", "settings"),
)
"""All places there will be; the rail shows those that have a screen and that the person may enter."""


def places_for(person: Person, built: Collection[str]) -> list[Place]:
    """Where `person` may go among the places whose screens exist (`built`)."""
    return [place for place in PLACES if place.key in built and (not place.act or person.may(place.act))]


def may_enter(person: Person, place: str) -> bool:
    """Whether `person` may go to a place; to one that is not on the rail everybody may."""
    act = next((known.act for known in PLACES if known.key == place), "")
    return not act or person.may(act)
