"""What cash is: an amount that the notes and coins of its currency make."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.tender import CashRules, Tender, due_in, fewest_notes, notes_total
from pos.domain.pricing.rates import NoRate, RateTable


def in_coins(amount: Money) -> Money:
    """The most of `amount` that notes and coins make."""
    return notes_total(fewest_notes(amount), amount.currency)


def check_coins(amount: Money, field: str) -> None:
    """Refuse an amount that no notes and coins make; raises BadField.

    No count of the drawer could ever enter it, so that the drawer would never be right again.
    """
    if in_coins(amount) != amount:
        raise BadField(field, "no_coins", f"{amount} {amount.currency.code}")


def check_cash(tenders: Sequence[Tender]) -> None:
    """The same of what is tendered in cash, by the places of the tenders."""
    for index, tender in enumerate(tenders):
        if tender.method == "cash":
            check_coins(tender.amount, f"payments[{index}].amount")


def other_currencies(total: Money, rates: RateTable, cash: CashRules) -> tuple[Money, ...]:
    """A total of the price currency as cash in the others of the counter; a currency without a rate is left out.

    There are none for money that goes back: the payment shows it at the rates and in the notes of its way.
    """
    shown: list[Money] = []
    for currency in CURRENCIES.values() if total.minor >= 0 else ():
        if currency != total.currency:
            with suppress(NoRate):
                shown.append(due_in(total, currency, "cash", rates, cash))
    return tuple(shown)
