"""At which border a store's shop stands: chosen once, in the empty store, and kept with the decimals of its money."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from pos.application.ports.store import Store, UnitOfWork
from pos.domain.border import USUAL_BORDER, Border, use_border
from pos.domain.errors import Refused

BORDER = "_border"
"""The name under which a store remembers its border; names of options never begin with a line."""
CURRENCIES_KEPT = "_currencies"
"""The name under which it remembers the decimals of each currency that its amounts may be in."""


@dataclass(eq=False)
class BorderFixed(Refused):
    """The shop stands at another border, and its books are in the currencies there."""

    fact = "border_fixed"

    border: str
    asked: str


@dataclass(eq=False)
class CurrencyChanged(Refused):
    """The file of the border gives a currency of the books other decimals: every amount in them would be another."""

    fact = "currency_changed"

    border: str
    currency: str
    digits: int
    kept: int


@dataclass(eq=False)
class CurrencyGone(Refused):
    """The file of the border no longer has a currency in which the books may have amounts."""

    fact = "currency_gone"

    border: str
    currency: str


def settle_border(store: Store, load: Callable[[str], Border], asked: str | None) -> Border:
    """The border of a store, in force from now on; a store without people takes the one `asked` for.

    Raises BorderFixed, CurrencyChanged, CurrencyGone, and what `load` raises.
    """
    with store.reading() as work:
        kept = work.settings.all()
        is_new = asked is not None and asked != kept.get(BORDER) and not is_in_use(work)
    name = kept.get(BORDER, USUAL_BORDER)
    if asked is not None and asked != name and not is_new:
        raise BorderFixed(name, asked)
    border = load(asked if is_new and asked is not None else name)
    if not is_new:
        _check(border.id, _digits(border), json.loads(kept.get(CURRENCIES_KEPT, "{}")))
    if any(kept.get(name) != text for name, text in _remembered(border).items()):
        with store.begin() as work:
            remember_border(work, border)
            work.commit()
    use_border(border)
    return border


def remember_border(work: UnitOfWork, border: Border) -> None:
    """Write down where the shop stands, with the decimals of its money."""
    for name, text in _remembered(border).items():
        work.settings.set(name, text)


def is_in_use(work: UnitOfWork) -> bool:
    """Whether a shop has people or goods, and so stays at its border."""
    return bool(work.people.all()) or bool(work.products.count())


def _remembered(border: Border) -> dict[str, str]:
    return {BORDER: border.id, CURRENCIES_KEPT: json.dumps(_digits(border), sort_keys=True)}


def _digits(border: Border) -> dict[str, int]:
    return {code: one.digits for code, one in border.currencies.items()}


def _check(border: str, digits: dict[str, int], kept: dict[str, int]) -> None:
    for code, before in kept.items():
        if code not in digits:
            raise CurrencyGone(border, code)
        if digits[code] != before:
            raise CurrencyChanged(border, code, digits[code], before)
