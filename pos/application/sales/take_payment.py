"""The payment in progress: what is due in each currency, what was given, what goes back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from pos.application.outside_partners.counted_charges import tender_of
from pos.domain.fiscal.terminals import PaidBesideTerminal, is_rest
from pos.domain.money import CURRENCIES, Currency, Money, total
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.payment.banknotes import Drawer, Notes, other_ways
from pos.domain.payment.cash_amount import check_coins
from pos.domain.payment.cash_withdrawal import more_than_held
from pos.domain.payment.tender import (
    DEPOSIT,
    NOT_BY_WIRE,
    CashRules,
    Change,
    Settlement,
    Tender,
    Underpaid,
    check_settled,
    check_tender,
    due_in,
    over_without_cash,
    settle,
    with_tendered,
)
from pos.domain.payment.tender_doubts import doubt_of
from pos.domain.pricing.rates import Rate, RateTable

_MOST_WAYS = 8
"""More ways to make one change than a cashier looks through."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """The total in one currency of the counter, with the shop's buying rate (None for price and base currency)."""

    amount: Money
    rate: Rate | None
    stale: bool


@dataclass(frozen=True, slots=True)
class PaymentView:
    """Everything the payment screen shows."""

    total: Money
    due: tuple[DueLine, ...]
    """The total in the other currencies; without those that have no rate."""
    settlement: Settlement
    remaining: Money
    """What is still owed, in the currency and for the method being typed; zero when settled."""
    currency: Currency
    method: str
    change_currency: Currency | None
    tenders: tuple[Tender, ...]
    has_other_notes: bool = False
    """Whether the drawer can make the change in another way."""
    unapproved: Money | None = None
    """What was typed as paid by card or wallet, and has not been called approved; None for nothing."""
    beyond: tuple[Money, ...] = ()
    """The change of which the drawer should hold less."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to pay."""
        return self.settlement.left.minor <= 0

    @property
    def change(self) -> Sequence[Change]:
        """What goes back in cash; nothing where it would come out of a card."""
        return () if over_without_cash(self.settlement) else self.settlement.change


@dataclass(frozen=True, slots=True)
class PaymentInProgress:
    """Tenders against a total, immutable; pure arithmetic, fit for the GUI thread."""

    total: Money
    rates: RateTable
    cash: CashRules
    at: datetime
    stale_after: timedelta
    currency: Currency
    method: str = "cash"
    tenders: tuple[Tender, ...] = ()
    change_currency: Currency | None = None
    drawer: Drawer | None = None
    """The notes from which the change is proposed; None where nothing is known of them."""
    handing: Drawer = field(default_factory=dict)
    """The notes that the cashier chose to hand out instead, by currency code."""
    approved: frozenset[str] = frozenset()
    """The ids of the tenders by card or wallet of which the cashier said that the money has come."""
    terminals: frozenset[str] = frozenset()
    """The payment providers that register the fiscal receipt themselves."""
    is_exchange: bool = False
    """Whether goods that come back pay for a part."""

    @classmethod
    def of(
        cls,
        total: Money,
        rates: RateTable,
        cash: CashRules,
        at: datetime,
        stale_after: timedelta,
        drawer: Drawer | None = None,
    ) -> PaymentInProgress:
        """A payment that begins in the price currency, in cash."""
        return cls(total, rates, cash, at, stale_after, total.currency, drawer=drawer)

    def choosing(self, currency: Currency) -> PaymentInProgress:
        """Type the next amount in another currency; raises NoRate with the currency that has none."""
        self.rates.taking(currency)
        return replace(self, currency=currency)

    def by(self, method: str) -> PaymentInProgress:
        """Pay the next amount in cash, by card or by QR wallet."""
        return replace(self, method=method)

    def giving_change_in(self, currency: Currency | None) -> PaymentInProgress:
        """Give the change in another currency (None: that of the last cash tender)."""
        if currency is not None:
            self.rates.giving(currency)  # or NoRate
        return replace(self, change_currency=currency)

    def adding(self, amount: Money, reference: str = "", notes: Notes | None = None) -> PaymentInProgress:
        """One more tender of the chosen method, with its `notes` where they are known.

        Raises BadField, PaidBesideTerminal.
        """
        self._check_beside("")
        tender = Tender(self.method, amount, reference, notes)
        field_name = f"payments[{len(self.tenders)}]"
        check_tender(tender, field_name)
        if self.method == "cash":
            check_coins(amount, f"{field_name}.amount")
        return replace(self, tenders=(*self.tenders, tender))

    def typed(self, amount: Money, reference: str = "", *, sure: bool = False) -> PaymentInProgress:
        """Like `adding` of a typed amount; raises UnlikelyTender for one to ask about, unless `sure`."""
        after = self.adding(amount, reference)
        if self.method == "cash" and not sure:
            doubt = doubt_of(amount, self.choosing(amount.currency).remaining(), self.settlement().left, self.rates)
            if doubt is not None:
                raise doubt
        return after

    def without(self, ids: Collection[str]) -> PaymentInProgress:
        """Take the tenders with these ids back."""
        return replace(self, tenders=tuple(tender for tender in self.tenders if tender.id not in ids))

    def approving(self, tender: Tender) -> PaymentInProgress:
        """The money of this tender by card or wallet has come."""
        return replace(self, approved=self.approved | {tender.id})

    def asking(self, provider: str, amount: Money) -> None:
        """Check that a provider may be asked for an amount of the chosen method, while no money has moved.

        Raises BadField, OverpaidWithoutCash where change would come out of it, and PaidBesideTerminal.
        """
        self._check_beside(provider)
        tender = Tender(self.method, amount, provider=provider)
        check_tender(tender, f"payments[{len(self.tenders)}]")
        with suppress(Underpaid):
            check_settled(replace(self, tenders=(*self.tenders, tender)).settlement())

    def _check_beside(self, provider: str) -> None:
        """Whether a tender of a provider (empty: a typed one, or cash) may stand beside the others of the sale."""
        if not self.terminals:
            return
        paid = self.settlement().paid
        there = [one for one in paid if one.tender.provider in self.terminals]
        if provider in self.terminals:
            if self.is_exchange or len(there) < len(paid):
                raise PaidBesideTerminal(provider)
        elif there and not is_rest(self.total - total((one.value for one in there), self.total.currency), there):
            raise PaidBesideTerminal(there[0].tender.provider)

    def charging(self, charge: PartnerAttempt) -> PaymentInProgress:
        """A charge that a provider has done, as an approved tender, once. Raises ChargeNotPaid for any other.

        Where it takes no part of a unit, and so little is left, the rest is paid in cash.
        """
        tender = tender_of(charge)
        if any(one.id == tender.id for one in self.tenders):
            return self
        check_tender(tender, f"payments[{len(self.tenders)}]")
        after = replace(self, tenders=(*self.tenders, tender)).approving(tender)
        settled = after.settlement()
        return after.by("cash") if settled.left.minor > 0 and is_rest(settled.left, settled.paid[-1:]) else after

    def with_deposits(self, deposits: Sequence[Tender]) -> PaymentInProgress:
        """What deposits on the customer orders of the basket pay, before everything else; in place of others."""
        others = (tender for tender in self.tenders if tender.method != DEPOSIT)
        return replace(self, tenders=(*deposits, *others))

    def paying_rest(self) -> PaymentInProgress:
        """The remainder tendered exactly as shown, in the chosen currency and method."""
        remaining = self.remaining()
        return self.adding(remaining) if remaining else self

    def settlement(self) -> Settlement:
        """Where the payment stands."""
        return settle(self.total, self.tenders, self.rates, self.cash, self.change_currency, self.drawer, self.handing)

    def with_other_notes(self) -> PaymentInProgress:
        """The next way in which the drawer makes the first line of the change; after the last the first again."""
        ways = self._ways()
        if len(ways) < 2:
            return self
        part = self.settlement().change[0]
        shown = dict(part.notes)
        after = ways[(ways.index(shown) + 1) % len(ways)] if shown in ways else ways[0]
        return replace(self, handing={**self.handing, part.amount.currency.code: after})

    def _ways(self, most: int = _MOST_WAYS) -> list[dict[int, int]]:
        """The notes proposed for the first line of the change, then other ways to make it."""
        proposed = replace(self, handing={}).settlement()
        if self.drawer is None or not proposed.change:
            return []
        first = proposed.change[0]
        in_cash = [paid for paid in proposed.paid if paid.tender.method == "cash"]
        held = with_tendered(self.drawer, in_cash).get(first.amount.currency.code, {})
        if any(held.get(value, 0) < count for value, count in first.notes.items()):
            return []  # the drawer does not make it: what is shown is a guess already
        return [dict(first.notes), *islice(other_ways(first.notes, held), most - 1)]

    def remaining(self) -> Money:
        """What is still owed, as asked for in the chosen currency and method."""
        left = self.settlement().left
        if left.minor <= 0:
            return Money.zero(self.currency)
        return due_in(left, self.currency, self.method, self.rates, self.cash)

    def _unapproved(self, settlement: Settlement) -> Money | None:
        unseen = [
            paid.value
            for paid in settlement.paid
            if paid.tender.method not in NOT_BY_WIRE and paid.tender.id not in self.approved
        ]
        return total(unseen, self.total.currency) if unseen else None

    def _beyond(self, settlement: Settlement) -> tuple[Money, ...]:
        if self.drawer is None:
            return ()
        in_cash = [paid for paid in settlement.paid if paid.tender.method == "cash"]
        return more_than_held((part.amount for part in settlement.change), with_tendered(self.drawer, in_cash))

    def view(self) -> PaymentView:
        """The payment as the screen shows it."""
        settlement = self.settlement()
        return PaymentView(
            total=self.total,
            due=due_lines(self.total, self.rates, self.cash, self.at, self.stale_after),
            settlement=settlement,
            remaining=self.remaining(),
            currency=self.currency,
            method=self.method,
            change_currency=self.change_currency,
            tenders=self.tenders,
            has_other_notes=len(self._ways(2)) > 1,
            unapproved=self._unapproved(settlement),
            beyond=self._beyond(settlement),
        )


def due_lines(
    total: Money, rates: RateTable, cash: CashRules, at: datetime, stale_after: timedelta
) -> tuple[DueLine, ...]:
    """The total in the counter's other currencies, with each rate and whether it is old."""
    lines = []
    for currency in CURRENCIES.values():
        if currency == total.currency or not rates.knows(currency):
            continue
        rate = rates.rates.get(currency.code) or rates.rates.get(total.currency.code)
        stale = rate is not None and at - rate.since > stale_after
        lines.append(DueLine(cash.asked(total.units / rates.taking(currency), currency), rate, stale))
    return tuple(lines)
