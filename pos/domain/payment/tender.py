"""Payments in any currency: what a tender counts for, what is left, what goes back, what is rounded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from pos.domain.errors import BadField, Refused
from pos.domain.money import CURRENCIES, Currency, Money, half_up, half_up_ratio, total
from pos.domain.outside_partners.providers import takes_no_part
from pos.domain.payment.banknotes import Drawer, Notes, added, best_notes, worth

if TYPE_CHECKING:
    from pos.domain.pricing.rates import RateTable

METHODS = ("cash", "card", "qr")
EXCHANGE = "exchange"
"""How goods that came back pay for others in the same act: no money moves, and no one types it."""
DEPOSIT = "deposit"
"""How a deposit on a customer order pays for its goods: the money came before, and no one types it here."""
EVERY_METHOD = (*METHODS, EXCHANGE, DEPOSIT)
MOVES_NO_MONEY = frozenset({EXCHANGE, DEPOSIT})
"""Methods that pay for a sale with what the shop has already."""
NOT_BY_WIRE = MOVES_NO_MONEY | {"cash"}
"""Every method but cards and wallets."""

_ONE_TO_ONE = Fraction(1)
_LARGEST, _MOST_NOTES = 100_000_000, 5_000
"""Units of one tender, or its largest notes where money has many zeros: what is more was typed by mistake."""


@dataclass(eq=False)
class Underpaid(Refused):
    """The tenders do not reach the total; `left` is what is still owed, in the price currency."""

    fact = "underpaid"

    left: Money


@dataclass(eq=False)
class OverpaidWithoutCash(Refused):
    """Card and QR payments exceed the total by `over`: change is given on cash only."""

    fact = "overpaid_without_cash"

    over: Money


@dataclass(frozen=True, slots=True)
class CashRules:
    """How the shop rounds cash: `steps` per currency code in minor units, symmetric or in the buyer's favour.

    `coins` names the currencies of which the shop keeps coins; of any other the part below the smallest note
    goes back in the price currency, and is never rounded away.
    """

    steps: Mapping[str, int] = field(default_factory=lambda: {one.code: one.cash_step for one in CURRENCIES.values()})
    buyers_favour: bool = False
    coins: frozenset[str] = field(
        default_factory=lambda: frozenset(one.code for one in CURRENCIES.values() if one.keeps_coins)
    )

    def step(self, currency: Currency) -> Money:
        """The smallest cash amount of `currency` at this shop."""
        return Money(self.steps.get(currency.code, 1), currency)

    def whole(self, exact: Fraction, currency: Currency) -> Money:
        """The cash figure for an exact number of units: rounded where there are coins, else whole notes below it."""
        if currency.code in self.coins:
            return self.given(exact, currency)
        note = currency.smallest_note
        return Money((exact * currency.minor_per_unit / note).__floor__() * note, currency)

    def piece(self, currency: Currency) -> Money:
        """The smallest piece of `currency` in this drawer: its smallest coin, or its smallest note without coins."""
        has_coins = currency.code in self.coins and currency.denominations
        return Money(currency.denominations[-1] if has_coins else currency.smallest_note, currency)

    def payable(self, money: Money) -> Money:
        """The most of `money` that the pieces of this drawer make."""
        has_coins = money.currency.code in self.coins
        piece = self.step(money.currency).minor if has_coins else money.currency.smallest_note
        return Money(money.minor // piece * piece, money.currency)

    def asked_of(self, money: Money) -> Money:
        """The same for what is owed in whole minor units: nearly always, and without a fraction."""
        step = self.step(money.currency).minor
        steps = money.minor // step if self.buyers_favour else half_up_ratio(money.minor, step)
        return Money(steps * step, money.currency)

    def asked(self, exact: Fraction, currency: Currency) -> Money:
        """The cash figure asked for an exact number of units of `currency`."""
        step = self.step(currency).minor
        steps = exact * currency.minor_per_unit / step
        return Money((steps.__floor__() if self.buyers_favour else half_up(steps)) * step, currency)

    def given(self, exact: Fraction, currency: Currency) -> Money:
        """The cash figure given back for an exact number of units of `currency`."""
        step = self.step(currency).minor
        steps = exact * currency.minor_per_unit / step
        return Money((steps.__ceil__() if self.buyers_favour else half_up(steps)) * step, currency)


def _new_id() -> str:
    import uuid  # only where money is taken, after the first picture

    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Tender:
    """One payment as handed over: cash, card or QR wallet, in its own currency."""

    method: str
    amount: Money
    reference: str = ""
    notes: Mapping[int, int] | None = None
    """Notes by their value in minor units, where the cashier named them."""
    origin: str | None = None
    """Of an exchange: by what the goods given for it had been paid; of a deposit: by what it had been paid."""
    id: str = field(default_factory=_new_id, compare=False)
    """Made when the money is taken: of two cards with one amount, it says which one is refunded."""
    provider: str = ""
    """The payment provider that took it, and then the id is the number of its attempt; empty for what was typed."""
    rate: Fraction | None = None
    """Of a deposit, whose `reference` is the code of its order: its own rate, frozen when it was taken."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A tender with the frozen rate (price units per tendered unit) and its value in the price currency."""

    tender: Tender
    rate: Fraction
    value: Money


@dataclass(frozen=True, slots=True)
class Change:
    """Cash that goes back: the amount, its rate (units given per price unit) and its value in the price currency."""

    amount: Money
    rate: Fraction
    value: Money
    notes: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Settlement:
    """A paid total: Σ value of paid = total + Σ value of change + rounding, to the minor unit."""

    total: Money
    paid: tuple[Paid, ...]
    change: tuple[Change, ...]
    rounding: Money
    left: Money
    """What is still owed; zero when settled."""
    as_shown: bool = False
    """Whether the last tender was exactly the figure shown for it: a foreign card may then differ by half its cent."""


def fewest_notes(amount: Money) -> dict[int, int]:
    """The fewest notes and coins that make `amount`, by value in minor units; a rest no coin makes is left out."""
    notes: dict[int, int] = {}
    rest = amount.minor
    for value in amount.currency.denominations:
        count, rest = divmod(rest, value)
        if count:
            notes[value] = count
    return notes


def notes_total(notes: Mapping[int, int], currency: Currency) -> Money:
    """What `notes` come to."""
    return Money(worth(notes), currency)


def due_in(left: Money, currency: Currency, method: str, rates: RateTable, cash: CashRules) -> Money:
    """What is left, as shown in `currency`: to its cash step for cash, to its minor unit for card and QR."""
    if currency == left.currency:
        return cash.asked_of(left) if method == "cash" else left
    exact = left.units / rates.taking(currency)
    return cash.asked(exact, currency) if method == "cash" else Money.rounded(exact, currency)


@dataclass(frozen=True, slots=True)
class _Standing:
    paid: tuple[Paid, ...]
    left: Money
    settled: bool


def _count(due: Money, tenders: Sequence[Tender], rates: RateTable, cash: CashRules) -> _Standing:
    """Count the tenders in their order; one of exactly the figure shown settles the sale (commands.md, Tenders)."""
    paid: list[Paid] = []
    left = due
    settled = False
    for tender in tenders:
        money = tender.amount
        rate = rates.taking(money.currency) if tender.rate is None else tender.rate
        value = money if money.currency == rates.price else Money.rounded(money.units * rate, rates.price)
        settled = left.minor > 0 and money == _asked(left, tender, rates, cash)
        left = left - value
        paid.append(Paid(tender, rate, value))
        is_over_there = takes_no_part(tender.provider) and left.units < rate
        if not settled and left.minor > 0 and (tender.method in ("cash", EXCHANGE) or is_over_there):
            # Less than half the smallest coin is left: it cannot be paid.
            settled = due_in(left, money.currency, "cash", rates, cash).minor == 0
        elif not settled and left.minor and is_cash_deposit(tender):
            # Of today its own currency may have no rate. All of it may be a coin less than would be asked for.
            settled = cash.asked_of(max(left, -left)).minor == 0
    return _Standing(tuple(paid), left, settled or left.minor == 0)


def _asked(left: Money, tender: Tender, rates: RateTable, cash: CashRules) -> Money:
    """The figure shown for a tender: of a deposit at its own rate, and of one in cash to its cash step."""
    if tender.rate is None:
        return due_in(left, tender.amount.currency, tender.method, rates, cash)
    exact, currency = left.units / tender.rate, tender.amount.currency
    return cash.asked(exact, currency) if is_cash_deposit(tender) else Money.rounded(exact, currency)


def is_cash_deposit(tender: Tender) -> bool:
    """Whether it is a deposit that came in cash."""
    return tender.method == DEPOSIT and tender.origin == "cash"


def settle(
    due: Money,
    tenders: Sequence[Tender],
    rates: RateTable,
    cash: CashRules,
    change_currency: Currency | None = None,
    drawer: Drawer | None = None,
    handing: Drawer | None = None,
) -> Settlement:
    """Count `tenders` against `due` and work out the change; nothing is refused here.

    With a `drawer` the change is proposed from its notes and those just tendered (see `_from_drawer`). `handing` are
    the notes, by currency code, that were chosen instead: they are used where they add up to that change.

    `left` of the result is positive while more is owed. Without a `change_currency` the change goes back in the
    currency of the last cash tender.
    """
    counted = _count(due, tenders, rates, cash)
    zero = Money.zero(due.currency)
    if not counted.settled and counted.left.minor > 0:
        return Settlement(due, counted.paid, (), zero, counted.left)
    if counted.settled or counted.left.minor == 0:
        return Settlement(due, counted.paid, (), -counted.left, zero, counted.settled)
    in_cash = [paid for paid in counted.paid if paid.tender.method == "cash"]
    preferred = change_currency or (in_cash[-1].tender.amount.currency if in_cash else due.currency)
    change = change_of(
        -counted.left,
        preferred,
        lambda units, currency: _exact_change(units, currency, in_cash, rates),
        cash,
        lambda amount: _rate_of(amount, in_cash, rates),
    )
    if drawer is not None:
        change = _from_drawer(change, -counted.left, drawer, in_cash, rates, cash)
    change = tuple(_as_handed(part, handing or {}) for part in change)
    given = total((part.value for part in change), due.currency)
    return Settlement(due, counted.paid, change, -counted.left - given, zero)


Exchange = Callable[[Fraction, Currency], tuple[Fraction, Fraction]]
"""How many units of a currency are worth so many of the price currency, and the rate (units per price unit)."""


def change_of(
    excess: Money,
    preferred: Currency,
    exchange: Exchange,
    cash: CashRules,
    rate_of: Callable[[Money], Fraction] | None = None,
) -> tuple[Change, ...]:
    """Cash for `excess`, in `wanted`; what its notes cannot make goes back in the price currency.

    `rate_of` is the rate of so much of it, where that depends on how much goes back.
    """
    exact, rate = exchange(excess.units, preferred)
    if preferred.code in cash.coins or preferred == excess.currency:
        return _line(cash.given(exact, preferred), rate, excess)
    whole = cash.whole(exact, preferred)
    first = _line(whole, rate if rate_of is None else rate_of(whole), excess)
    rest = excess - total((part.value for part in first), excess.currency)
    back, price_rate = exchange(rest.units, excess.currency)
    return first + _line(cash.given(back, excess.currency), price_rate, rest)


def _exact_change(
    units: Fraction, preferred: Currency, in_cash: Sequence[Paid], rates: RateTable
) -> tuple[Fraction, Fraction]:
    """How many units of `wanted` are worth `units` of the price currency, and the (mean) rate.

    A tendered currency goes back at the rate at which it was taken, as far as it was tendered in cash; beyond
    that, and in any other currency, at the selling rate (commands.md, Rates).
    """
    if preferred == rates.price:
        return units, _ONE_TO_ONE
    taken = sum((paid.tender.amount.units for paid in in_cash if paid.tender.amount.currency == preferred), Fraction(0))
    worth = taken * rates.taking(preferred)
    exact = units / rates.taking(preferred) if units <= worth else taken + (units - worth) * rates.giving(preferred)
    return exact, (exact / units if units else rates.giving(preferred))


def _rate_of(amount: Money, in_cash: Sequence[Paid], rates: RateTable) -> Fraction:
    """Units of `amount` per price unit: as taken for what was tendered of it, beyond that at the selling rate."""
    currency = amount.currency
    if currency == rates.price:
        return _ONE_TO_ONE
    taken = sum((paid.tender.amount.units for paid in in_cash if paid.tender.amount.currency == currency), Fraction(0))
    beyond = max(amount.units - taken, Fraction(0))
    if not amount or not beyond:
        return 1 / rates.taking(currency)
    return amount.units / ((amount.units - beyond) * rates.taking(currency) + beyond / rates.giving(currency))


def _line(amount: Money, rate: Fraction, excess: Money, notes: Notes | None = None) -> tuple[Change, ...]:
    if not amount:
        return ()
    value = amount if amount.currency == excess.currency else Money.rounded(amount.units / rate, excess.currency)
    return (Change(amount, rate, value, fewest_notes(amount) if notes is None else notes),)


def _from_drawer(
    change: tuple[Change, ...],
    excess: Money,
    drawer: Drawer,
    in_cash: Sequence[Paid],
    rates: RateTable,
    cash: CashRules,
) -> tuple[Change, ...]:
    """The same change from the notes at hand; what they do not make goes back in the price or base currency.

    A proposal never blocks a sale: where the drawer is empty or unknown, or could not make the rest either, the
    change stays as the fewest notes.
    """
    if not change:
        return change
    held = with_tendered(drawer, in_cash)
    first, currency = change[0], change[0].amount.currency
    at_hand = held.get(currency.code, {})
    notes = best_notes(first.amount.minor, at_hand)
    made = notes_total(notes, currency)
    if made == first.amount:
        return (
            replace(first, notes=notes),
            *(replace(part, notes=notes_at_hand(part.amount, held)) for part in change[1:]),
        )
    other = excess.currency if currency != excess.currency else rates.base
    if other == currency or not rates.knows(other) or not any(count > 0 for count in at_hand.values()):
        return change
    kept = _line(made, _rate_of(made, in_cash, rates), excess, notes)
    rest = excess - total((part.value for part in kept), excess.currency)
    exact, rate = _exact_change(rest.units, other, in_cash, rates)
    amount = cash.given(exact, other)
    if amount.minor <= 0:
        return kept or change
    second = _line(amount, rate, rest, best_notes(amount.minor, held.get(other.code, {})))
    return (*kept, *second) if notes_total(second[0].notes, other) == amount else change


def _as_handed(part: Change, handing: Drawer) -> Change:
    notes = handing.get(part.amount.currency.code)
    if notes is None or notes_total(notes, part.amount.currency) != part.amount:
        return part
    real = all(value in part.amount.currency.denominations and count >= 0 for value, count in notes.items())
    return replace(part, notes=notes) if real else part


def with_tendered(drawer: Drawer, in_cash: Sequence[Paid]) -> Drawer:
    """The drawer with what lies on the counter: a typed amount is the fewest notes that make it."""
    held = dict(drawer)
    for paid in in_cash:
        money, named = paid.tender.amount, paid.tender.notes
        if money.currency.code in held:
            notes = fewest_notes(money) if named is None else named
            held[money.currency.code] = added(held[money.currency.code], notes)
    return held


def notes_at_hand(amount: Money, held: Drawer) -> Notes:
    """The notes of a drawer that make `amount`; the fewest there are where it does not hold them."""
    notes = best_notes(amount.minor, held.get(amount.currency.code, {}))
    return notes if notes_total(notes, amount.currency) == amount else fewest_notes(amount)


def check_settled(settlement: Settlement) -> None:
    """Refuse a settlement that cannot be recorded: Underpaid, or a card that paid more than the total."""
    if settlement.left.minor > 0:
        raise Underpaid(settlement.left)
    over = over_without_cash(settlement)
    if over.minor > 0:
        raise OverpaidWithoutCash(over)


def over_without_cash(settlement: Settlement) -> Money:
    """What cards and wallets have paid above the total; zero for nothing."""
    without_cash = [paid.value for paid in settlement.paid if paid.tender.method != "cash"]
    over = total(without_cash, settlement.total.currency) - settlement.total
    is_over = over.minor > 0 and not settlement.as_shown  # neither given back in cash nor kept as rounding
    return over if is_over else Money.zero(settlement.total.currency)


def check_tender(tender: Tender, field_name: str) -> None:
    """Refuse what could never be a tender: an unknown method, nothing or less, more than a person can carry.

    And notes that do not make the amount.
    """
    if tender.method not in METHODS:
        raise BadField(f"{field_name}.method", "unknown", tender.method[:40])
    if tender.amount.minor <= 0:
        raise BadField(f"{field_name}.amount", "not_positive", str(tender.amount))
    currency = tender.amount.currency
    largest_note = currency.denominations[0] if currency.denominations else 1
    if tender.amount.minor > max(_LARGEST * currency.minor_per_unit, _MOST_NOTES * largest_note):
        raise BadField(f"{field_name}.amount", "too_large", str(tender.amount))
    printed = tender.amount.currency.denominations
    for value, count in (tender.notes or {}).items():
        if value not in printed or count < 0:
            raise BadField(f"{field_name}.notes", "unknown", str(Money(value, tender.amount.currency)))
    if tender.notes is not None and notes_total(tender.notes, tender.amount.currency) != tender.amount:
        raise BadField(f"{field_name}.notes", "notes_do_not_add_up", str(tender.amount))


def check_references(tenders: Sequence[Tender], methods: Collection[str]) -> None:
    """Refuse a payment by one of `methods`, for which the shop wants a reference, without it; raises BadField.

    What a provider took is found by its number.
    """
    for index, tender in enumerate(tenders):
        if tender.method in methods and not (tender.provider or tender.reference.strip()):
            raise BadField(f"payments[{index}].reference", "missing")
