"""The border at which the shop of the tests stands, and its currencies."""

from __future__ import annotations

from main import RESOURCES
from pos.domain.border import Border, use_border
from pos.regimes.border_files import load_border

BORDERS = RESOURCES / "borders"


def border_named(name: str) -> Border:
    """A border that ships with the program."""
    return load_border(name, (BORDERS,))


HORGOS = border_named("horgos")
CURRENCIES = HORGOS.currencies
CNY, KZT, USD, EUR, RUB = CURRENCIES.values()
use_border(HORGOS)
