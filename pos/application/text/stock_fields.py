"""Fields that files about orders and deliveries share: whole numbers, days, costs in any currency."""

from __future__ import annotations

from datetime import date
from typing import Any

from pos.application.text.iso_dates import iso_day
from pos.application.text.json_fields import read_object
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, currency


def read_whole(found: object, field: str) -> int:
    """A whole number; raises BadField."""
    if found is None:
        raise BadField(field, "missing")
    if isinstance(found, bool) or not isinstance(found, int):
        raise BadField(field, "not_a_whole_number", str(found)[:40])
    return found


def read_line_text(found: object, field: str) -> str:
    """One line of text, empty where there is none; raises BadField."""
    if found is None:
        return ""
    if not isinstance(found, str) or not found.isprintable():
        raise BadField(field, "not_a_text", str(found)[:40])
    return found


def read_day(found: object, field: str) -> date | None:
    """A day such as 2027-05-31, None where there is none; raises BadField."""
    if found is None or found == "":
        return None
    try:
        return iso_day(found, any_year=True)
    except ValueError:
        raise BadField(field, "not_a_date", str(found)[:40]) from None


def read_cost(found: object, field: str, price: Currency) -> Money | None:
    """A cost as {"amount", "currency"} or, in the price currency, as "3.50"; None where there is none."""
    if found is None:
        return None
    if isinstance(found, str):
        return Money.parse(found, price, field)
    cost: Any = read_object(found, field, ("amount", "currency"))
    return Money.parse(cost.get("amount"), currency(cost.get("currency"), f"{field}.currency"), f"{field}.amount")
