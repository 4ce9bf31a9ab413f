"""Tables, one file per subject; importing this package knows them all."""

from db.tables import (
    catalogue,
    counting,
    fiscal,
    holds,
    membership,
    outside_partners,
    pickup,
    promotions,
    receiving,
    sales,
    shop,
    stock,
    summaries,
    visitors,
    workshop,
)
from db.tables.metadata import metadata

__all__ = [
    "catalogue",
    "counting",
    "fiscal",
    "holds",
    "membership",
    "metadata",
    "outside_partners",
    "pickup",
    "promotions",
    "receiving",
    "sales",
    "shop",
    "stock",
    "summaries",
    "visitors",
    "workshop",
]
