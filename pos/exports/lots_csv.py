"""Lot accounts as CSV for a spreadsheet, guarded against formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from pos.domain.stock.stock import LOCATIONS, LotBalance
from pos.exports.safe_text import escaped, guarded

COLUMNS = (
    "entry", "code", "name", "lot", "expiry", "received", "sold", "returned", "destroyed", "workshop",
    "counted", "on_hand", *LOCATIONS,
)  # fmt: skip


def lots_csv(lots: Sequence[LotBalance], _at: datetime) -> bytes:
    """One row per lot, in UTF-8: on_hand = received − sold + returned − destroyed + workshop + counted."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in lots:
        texts = [guarded(escaped(text)) for text in (one.lot.entry, one.code, one.name, one.lot.code)]
        expiry = "" if one.lot.expiry is None else one.lot.expiry.isoformat()
        figures = (one.received, one.sold, one.returned, one.destroyed, one.workshop, one.other, one.on_hand)
        writer.writerow([*texts, expiry, *figures, *(one.locations.get(location, 0) for location in LOCATIONS)])
    return stream.getvalue().encode()
