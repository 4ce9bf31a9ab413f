"""Goods that came back: what of which line, where they went, and the money that was given for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from pos.domain.errors import BadInput, Refused
from pos.domain.money import CURRENCIES, Currency, Money, total
from pos.domain.payment.banknotes import Drawer, added
from pos.domain.payment.cash_amount import in_coins
from pos.domain.payment.tender import (
    DEPOSIT,
    EXCHANGE,
    MOVES_NO_MONEY,
    CashRules,
    Change,
    Paid,
    Tender,
    change_of,
    fewest_notes,
    notes_at_hand,
)
from pos.domain.pricing.rates import RateTable
from pos.domain.receipt_number import receipt_number
from pos.domain.vat import by_rate

SHELF = "shelf"
DISPOSITIONS = (SHELF, "quarantine", "waste")
"""Where goods go that came back: to be sold again, to be looked at, or thrown away."""


@dataclass(eq=False)
class NothingLeftToReturn(Refused):
    """More was to come back of a line than is left of it: `wanted` pieces, `left` of those sold."""

    fact = "nothing_left_to_return"

    receipt: str
    line: int
    wanted: int
    left: int


@dataclass(eq=False)
class NothingToReturn(BadInput):
    """The return names no line."""

    fact = "nothing_to_return"

    receipt: str


@dataclass(eq=False)
class RefundChanged(Refused):
    """The refund is another one than was on show: the rates, the receipt or a setting have changed since."""

    fact = "refund_changed"


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """So many pieces of line `of_line` of the reversed sale; `amount` was paid for them, with `tax` in it.

    Without a receipt there is no `of_line`, and `amount` is what a person confirmed.
    """

    of_line: int | None
    product_id: int
    code: str
    name: str
    names: Mapping[str, str]
    category: str
    quantity: int
    amount: Money
    to: str
    vat: Decimal | None = None
    tax: Money | None = None
    serial: str | None = None
    """The number of the single piece, by its marking code."""


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back: `rate` is units of it per unit of the price currency, `value` its worth in that currency."""

    method: str
    amount: Money
    rate: Fraction
    value: Money
    notes: Mapping[int, int] | None = None
    origin: str | None = None
    """Of an exchange and of a deposit, which move no money: by what the goods had been paid."""


@dataclass(frozen=True, slots=True)
class RefundByProvider:
    """Money that goes back by itself through the provider by which it had come; no one refunds it by hand."""

    provider: str
    method: str
    amount: Money

    def is_of(self, refund: Refund) -> bool:
        """Whether it is a part of this refund."""
        return (self.method, self.amount.currency) == (refund.method, refund.amount.currency)


@dataclass(frozen=True, slots=True)
class GoodsReturn:
    """A recorded return: a receipt of its own that names the one it `reverses` (None: there was none).

    `exchanged_in` is the receipt of the sale that was made in the same act, for which the goods paid. `total` is what
    was paid for the goods; Σ value of the refunds = total − rounding. `rates` are those of the day of the return, for
    what goes back in another currency than was paid. `is_void`: it voids the whole of the receipt that it reverses, and
    `to_reverse` is what the cashier reverses at the terminal or in the wallet, payment by payment.
    """

    till: str
    number: int
    key: str
    at: datetime
    cashier: str
    shift: int
    reverses: str | None
    reason: str
    total: Money
    lines: tuple[ReturnedLine, ...]
    refunds: tuple[Refund, ...]
    rounding: Money
    rates: RateTable
    approved_by: str | None = None
    exchanged_in: str | None = None
    mac: str = ""
    is_void: bool = False
    to_reverse: tuple[Tender, ...] = ()
    by_provider: tuple[RefundByProvider, ...] = ()
    """What of its refunds goes back by itself; not what a provider has refused."""

    @property
    def receipt(self) -> str:
        """The number as printed."""
        return receipt_number(self.till, self.number)

    @property
    def tax(self) -> tuple[tuple[Decimal, Money], ...]:
        """The tax in what was paid for the goods, by rate."""
        return by_rate((line.vat, line.tax or Money.zero(self.total.currency)) for line in self.lines)

    def by_providers(self, refund: Refund) -> tuple[RefundByProvider, ...]:
        """What of one of its refunds goes back by itself."""
        return tuple(one for one in self.by_provider if one.is_of(refund))

    @property
    def pieces(self) -> int:
        """How many pieces came back."""
        return sum(line.quantity for line in self.lines)

    def by_line(self) -> tuple[tuple[int, int], ...]:
        """How many pieces came back of which line of the receipt."""
        return tuple((line.of_line, line.quantity) for line in self.lines if line.of_line is not None)


def worth_of(amount: Money, sold: int, before: int, quantity: int) -> Money:
    """What was paid for `quantity` of `sold` pieces of a line when `before` of them came back already.

    The pieces of a line cost together what it cost: nothing is left over when the last has come back.
    """
    share = amount.units / sold
    return Money.rounded(share * (before + quantity), amount.currency) - Money.rounded(share * before, amount.currency)


Way = tuple[str, str]
"""How money was paid: method and currency code."""

Rates = Mapping[Way, Fraction]
"""At what the money of a way was taken, where it was at another rate than that of its currency: deposits were."""

_Taking = Callable[[Way], Fraction]


def own_rates(paid: Sequence[Paid], change: Sequence[Change]) -> Rates:
    """The rates of the ways in which deposits paid; the mean, where other money came in the same way and stayed.

    The change was of that other money: no deposit is too much for its sale.
    """
    rates: dict[Way, Fraction] = {}
    for way in {_way_of(one.tender) for one in paid if one.tender.rate is not None}:
        units, worth = _sum_of(one for one in paid if _way_of(one.tender) == way and one.tender.rate is not None)
        more, worth_of_more = _sum_of(one for one in paid if _way_of(one.tender) == way and one.tender.rate is None)
        back = sum((one.amount.units for one in change if way == ("cash", one.amount.currency.code)), Fraction(0))
        stayed = max(more - back, Fraction(0))
        if stayed:
            units, worth = units + stayed, worth + worth_of_more * stayed / more
        rates[way] = worth / units
    return rates


def _sum_of(paid: Iterable[Paid]) -> tuple[Fraction, Fraction]:
    """The units of one currency, and their worth in the price currency."""
    units, worth = Fraction(0), Fraction(0)
    for one in paid:
        units, worth = units + one.tender.amount.units, worth + one.tender.amount.units * one.rate
    return units, worth


def _way_of(tender: Tender) -> Way:
    return tender.origin or tender.method, tender.amount.currency.code


def _taking(frozen: RateTable, own: Rates) -> _Taking:
    """Units of the price currency for one unit of a way."""
    return lambda way: own[way] if way in own else frozen.taking(CURRENCIES[way[1]])


def left_of(
    paid: Sequence[Paid], change: Sequence[Change], refunds: Sequence[Refund], cash: CashRules | None = None
) -> dict[Way, Money]:
    """What of a sale's money is still here, by the way in which it was paid; the ways in the order of the tenders.

    What goods of an earlier sale paid counts as paid in the price currency by what they had been paid, and a deposit
    as it had been paid. Goods that paid for another sale take the money of theirs along; of cash whole pieces of the
    drawer (`cash`) stay here. What no coins make was taken by an earlier version, and goes back as far as they do.
    """
    left: dict[Way, Money] = {}
    rates: dict[Way, Fraction] = {}
    for one in paid:
        way = _way_of(one.tender)
        left[way] = one.tender.amount + left[way] if way in left else one.tender.amount
        rates[way] = one.rate
    rates |= own_rates(paid, change)
    given = [("cash", part.amount) for part in change]
    given += [(refund.method, refund.amount) for refund in refunds if refund.method != EXCHANGE]
    for method, amount in given:
        way = method, amount.currency.code
        if way in left:
            left[way] = max(left[way] - amount, Money.zero(amount.currency))
    along: dict[str | None, Fraction] = {}
    for refund in refunds:
        if refund.method == EXCHANGE:
            along[refund.origin] = along.get(refund.origin, Fraction(0)) + refund.value.units
    for origin, units in along.items():  # as one sum: each exchange rounded alone would leave up to half a cent here
        _take_along(left, rates, origin, units, cash or CashRules())
    return {way: in_coins(here) if way[0] == "cash" else here for way, here in left.items()}


def is_given_as_paid(paid: Sequence[Paid], change: Sequence[Change], refunds: Sequence[Refund]) -> bool:
    """Whether change and refunds were of the money that was paid.

    Where they were not, as change in tenge for dollars, more of the way paid is here than the customer may have back.
    """
    here: dict[Way, int] = {}
    for one in paid:
        way = _way_of(one.tender)
        here[way] = here.get(way, 0) + one.tender.amount.minor
    given = [("cash", part.amount) for part in change]
    given += [(refund.method, refund.amount) for refund in refunds if refund.method != EXCHANGE]
    for method, amount in given:
        way = method, amount.currency.code
        here[way] = here.get(way, 0) - amount.minor
    return all(minor >= 0 for minor in here.values())


def _take_along(
    left: dict[Way, Money], rates: Mapping[Way, Fraction], origin: str | None, units: Fraction, cash: CashRules
) -> None:
    for way in [way for way in left if way[0] == origin]:
        here = left[way]
        stays = max(here - Money.rounded(units / rates[way], here.currency), Money.zero(here.currency))
        left[way] = cash.payable(stays) if way[0] == "cash" else stays
        units -= min(units, here.units * rates[way])


def exchanged_for(
    value: Money, left: Mapping[Way, Money], rates: RateTable, last: Way, own: Rates | None = None
) -> tuple[Refund, ...]:
    """`value` of goods that pay for others, by what they had been paid; of the way `last` only what is wanting.

    `rates` are those of the sale that is reversed. What was paid by card so never goes back in cash unasked, in
    however many exchanges.
    """
    rest, parts = value, dict[str, Money]()
    taking = _taking(rates, own or {})
    for way in sorted((way for way in left if left[way]), key=lambda way: way == last):
        worth = Money.rounded(left[way].units * taking(way), value.currency)
        part = min(worth, rest)
        parts[way[0]] = parts.get(way[0], Money.zero(value.currency)) + part
        rest = rest - part
    if rest:
        parts["cash"] = parts.get("cash", Money.zero(value.currency)) + rest
    return tuple(Refund(EXCHANGE, part, Fraction(1), part, origin=origin) for origin, part in parts.items() if part)


def refunds_for(
    value: Money,
    requested: tuple[str, Currency],
    left: Mapping[Way, Money],
    frozen: RateTable,
    today: RateTable,
    cash: CashRules,
    *,
    in_cash: bool = False,
    as_paid: bool = True,
    own: Rates | None = None,
) -> tuple[tuple[Refund, ...], Money]:
    """How `value` goes back, and the rounding (positive: kept by the shop); of nothing or less nothing goes back.

    Everything goes back as it came where all of it comes back. Else first in the way `wanted` (method and currency) as
    far as it was paid so, at the sale's frozen rates; then what was paid by card or QR goes back so, unless it may all
    go back `in_cash`; what is left over goes back in cash, in the wanted currency, as change is given today. `as_paid`:
    change and earlier refunds were of the money that was paid (`is_given_as_paid`).
    """
    method, currency = requested
    first, taking = (method, currency.code), _taking(frozen, own or {})
    if value.minor > 0 and not in_cash and first in left:
        as_it_came = _as_it_came(value, left, taking, cash, first, as_paid=as_paid)
        if as_it_came is not None:
            return as_it_came
    others = [way for way in left if way != first and way[0] != "cash" and not (in_cash and method == "cash")]
    rest, refunds = value, []
    for way in (first, *others):
        here = left.get(way)
        if here is None or not here or rest.minor <= 0:
            continue
        refund = _back(way[0], here, rest, taking(way), cash)
        if refund is not None:
            refunds.append(refund)
            rest = rest - refund.value
            if _is_rounding(rest, way, taking, cash):
                return tuple(refunds), rest
    if rest.minor > 0:
        for part in _in_cash(rest, currency, today, cash):
            refunds.append(Refund("cash", part.amount, part.rate, part.value, part.notes))
            rest = rest - part.value
    return _together(refunds), rest


def refunds_of_void(
    value: Money,
    left: Mapping[Way, Money],
    frozen: RateTable,
    today: RateTable,
    cash: CashRules,
    *,
    as_paid: bool = True,
) -> tuple[tuple[Refund, ...], Money]:
    """How the money of a whole sale goes back when it is voided, and the rounding (positive: kept by the shop).

    Deposits are not among it: see `deposits_back`.

    Everything as it came. Where change was given in another currency than was paid: cards and wallets whole, for each
    is reversed as it was booked, then cash in each currency that was paid, one after the other, as far as the rest
    goes.
    """
    if value.minor <= 0:
        return (), value
    taking = _taking(frozen, {})
    as_it_came = _as_it_came(value, left, taking, cash, as_paid=as_paid)
    if as_it_came is not None:
        return as_it_came
    back = [_whole(way, here, taking(way), value) for way, here in left.items() if here and way[0] != "cash"]
    rest = value - total((refund.value for refund in back), value.currency)
    in_notes = {way: here for way, here in left.items() if here and way[0] == "cash"}
    *before, last = [*in_notes] or [("cash", value.currency.code)]
    for way in before:
        here = in_notes.pop(way)
        refund = _back("cash", here, rest, taking(way), cash) if rest.minor > 0 else None
        if refund is not None:
            back.append(refund)
            rest = rest - refund.value
    given, rounding = refunds_for(rest, ("cash", CURRENCIES[last[1]]), in_notes, frozen, today, cash, as_paid=as_paid)
    return (*back, *given), rounding


def deposits_back(paid: Sequence[Paid]) -> tuple[Refund, ...]:
    """The deposits that paid a sale which is voided: each stands on its order again, and no money moves."""
    return tuple(
        Refund(DEPOSIT, tender.amount, 1 / one.rate, one.value, origin=tender.origin)
        for one in paid
        if (tender := one.tender).method == DEPOSIT
    )


def _as_it_came(
    value: Money,
    left: Mapping[Way, Money],
    taking: _Taking,
    cash: CashRules,
    first: Way | None = None,
    *,
    as_paid: bool,
) -> tuple[tuple[Refund, ...], Money] | None:
    """All that came goes back as it came, to the last coin and cent, `first` first; None where that is not `value`.

    It may be less or more by a step of cash: what the sale was rounded by. Where change went out in money that was not
    paid (not `as_paid`), what is more than `value` is that change, which the customer has already: it is taken off the
    cash of one of the ways, where its pieces come to it.
    """
    ways = sorted((way for way in left if left[way]), key=lambda way: way != first)
    everything = [_whole(way, left[way], taking(way), value) for way in ways]
    over = value - total((refund.value for refund in everything), value.currency)
    step = max((_smallest(way, cash).units * taking(way) for way in left), default=Fraction(0))
    if abs(over.units) > step:
        return None
    less = [] if as_paid or over.minor >= 0 else _less(everything, over, taking, cash)
    return min(less, key=lambda one: one[1], default=(tuple(everything), over))


def _less(
    everything: Sequence[Refund], over: Money, taking: _Taking, cash: CashRules
) -> list[tuple[tuple[Refund, ...], Money]]:
    """The same refunds with less cash of one way, by the pieces that `over` (below zero) comes to; a step may stay."""
    found = []
    for place, refund in enumerate(everything):
        way = refund.method, refund.amount.currency.code
        exact = (refund.amount.units + over.units / taking(way)) * refund.amount.currency.minor_per_unit
        amount = cash.payable(Money(max(0, exact.__floor__()), refund.amount.currency))
        if refund.method != "cash" or not amount:
            continue
        smaller = _whole(way, amount, taking(way), over)
        rest = over + refund.value - smaller.value
        if Fraction(0) <= rest.units <= cash.step(over.currency).units:
            found.append(((*everything[:place], smaller, *everything[place + 1 :]), rest))
    return found


def _in_cash(rest: Money, currency: Currency, today: RateTable, cash: CashRules) -> tuple[Change, ...]:
    """Cash for the rest as change is given today; a shop that rounds up for the buyer does not pay out more than that.

    The smallest coin of a foreign currency is worth more than one of the shop's own: rounded up, each return of a small
    thing would gain nearly all of it.
    """

    def exchange(units: Fraction, requested: Currency) -> tuple[Fraction, Fraction]:
        return units * today.giving(requested), today.giving(requested)

    parts = change_of(rest, currency, exchange, cash)
    is_more = total((part.value for part in parts), rest.currency) > rest
    return change_of(rest, currency, exchange, replace(cash, buyers_favour=False)) if is_more else parts


def _together(refunds: Sequence[Refund]) -> tuple[Refund, ...]:
    """Money of one way at one rate as one sum: it is counted out once."""
    sums: dict[tuple[str, str, Fraction], Refund] = {}
    for refund in refunds:
        key = refund.method, refund.amount.currency.code, refund.rate
        if (before := sums.get(key)) is not None:
            amount = before.amount + refund.amount
            notes = fewest_notes(amount) if refund.method == "cash" else None
            refund = replace(before, amount=amount, value=before.value + refund.value, notes=notes)
        sums[key] = refund
    return tuple(sums.values())


def handed_back(refunds: Iterable[Refund]) -> tuple[Refund, ...]:
    """The refunds that reach the customer: what paid for other goods, or stands on its order again, moves no money."""
    return tuple(refund for refund in refunds if refund.method not in MOVES_NO_MONEY)


def on_orders_again(refunds: Iterable[Refund]) -> tuple[Refund, ...]:
    """The deposits that stand on their customer orders again."""
    return tuple(refund for refund in refunds if refund.method == DEPOSIT)


def cash_of(refunds: Sequence[Refund]) -> list[Money]:
    """The cash among refunds."""
    return [refund.amount for refund in refunds if refund.method == "cash"]


def check_as_shown(refunds: Iterable[Refund], shown: Iterable[Refund] | None) -> None:
    """Refuse money of another way or amount than was on show; None where nothing was. Raises RefundChanged."""
    if shown is not None and _money_of(refunds) != _money_of(shown):
        raise RefundChanged


def _money_of(refunds: Iterable[Refund]) -> list[tuple[str, Money]]:
    return [(refund.method, refund.amount) for refund in handed_back(refunds)]


def from_the_drawer(refunds: Sequence[Refund], drawer: Drawer) -> tuple[Refund, ...]:
    """The same money in the notes that the drawer holds; the fewest there are where it does not make them."""
    held = dict(drawer)
    in_notes: list[Refund] = []
    for refund in refunds:
        if refund.notes is not None:
            notes = notes_at_hand(refund.amount, held)
            code = refund.amount.currency.code
            held[code] = added(held.get(code, {}), {value: -count for value, count in notes.items()})
            refund = replace(refund, notes=notes)
        in_notes.append(refund)
    return tuple(in_notes)


def _smallest(way: Way, cash: CashRules) -> Money:
    """The least that goes back by a way: a cash step, or a minor unit of a card."""
    currency = CURRENCIES[way[1]]
    return cash.step(currency) if way[0] == "cash" else Money(1, currency)


def _whole(way: Way, here: Money, taking: Fraction, value: Money) -> Refund:
    worth = Money.rounded(here.units * taking, value.currency)
    return Refund(way[0], here, 1 / taking, worth, fewest_notes(here) if way[0] == "cash" else None)


def _back(method: str, here: Money, rest: Money, taking: Fraction, cash: CashRules) -> Refund | None:
    """Money of one way, at the rate at which it was taken: all that is here, or what the rest comes to."""
    exact = rest.units / taking
    step = _smallest((method, here.currency.code), cash)
    if exact > here.units - step.units / 2:
        amount = here  # what was taken goes back, without a stray coin
    elif method != "cash":
        amount = Money.rounded(exact, here.currency)
    else:
        amount = min(cash.whole(exact, here.currency), here)
    if not amount:
        return None
    value = Money.rounded(amount.units * taking, rest.currency)
    return Refund(method, amount, 1 / taking, value, fewest_notes(amount) if method == "cash" else None)


def _is_rounding(rest: Money, way: Way, taking: _Taking, cash: CashRules) -> bool:
    """Whether what is left is less than the money of this way can express; what notes cannot make is no rounding."""
    method, code = way
    if method == "cash" and code not in cash.coins and code != rest.currency.code:
        return not rest
    return 2 * abs(rest.units) <= _smallest(way, cash).units * taking(way)
