"""The rows of sales and returns with their rates, which many of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Table, select

from db.sales.sealed_texts import text_row
from db.tables.sales import sale, sealed_text

RATES = sealed_text.c.text.label("rates")
"""The rates of a sale, where `sealed_text` is joined by RATES_OF_SALE."""

RATES_OF_SALE = sealed_text.c.id == sale.c.rates_id

SALES_WITH_RATES: Select[Any] = select(sale, RATES).select_from(sale.join(sealed_text, RATES_OF_SALE))

Seal = Callable[[Table, Sequence[Mapping[str, str]]], Mapping[str, int]]
"""The ids of sealed rows by their digests."""


def sale_row(row: Mapping[str, Any], seal: Seal) -> dict[str, Any]:
    """The row of `sale` for a row as it is in the chain: rates and judgements are rows of their own."""
    rates = text_row(row["rates"])
    kept = {name: value for name, value in row.items() if name not in ("rates", "quota")}
    return {**kept, "rates_id": seal(sealed_text, [rates])[rates["digest"]]}
