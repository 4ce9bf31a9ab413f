"""Fields shared by files of orders and deliveries: whole numbers, days, costs in any currency."""

from __future__ import annotations

from datetime import date
from typing import Any

from pos.application.text.iso_dates import iso_day
from pos.application.text.json_fields import read_object
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, currency


def read_whole(value: object, field: str) -> int:
    """A whole number. Raises BadField."""
    if value is None:
        raise BadField(field, "missing")
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadField(field, "not_a_whole_number", str(value)[:40])
    return value


def read_line_text(value: object, field: str) -> str:
    """One line of text, empty if absent. Raises BadField."""
    if value is None:
        return ""
    if not isinstance(value, str) or not value.isprintable():
        raise BadField(field, "not_a_text", str(value)[:40])
    return value


def read_day(value: object, field: str) -> date | None:
    """A day such as 2027-05-31, None if absent. Raises BadField."""
    if value is None or value == "":
        return None
    try:
        return iso_day(value, any_year=True)
    except ValueError:
        raise BadField(field, "not_a_date", str(value)[:40]) from None


def read_cost(value: object, field: str, price: Currency) -> Money | None:
    """A cost as {"amount", "currency"} or, in the price currency, as "3.50"; None if absent."""
    if value is None:
        return None
    if isinstance(value, str):
        return Money.parse(value, price, field)
    cost: Any = read_object(value, field, ("amount", "currency"))
    return Money.parse(cost.get("amount"), currency(cost.get("currency"), f"{field}.currency"), f"{field}.amount")
