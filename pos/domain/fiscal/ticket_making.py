"""Make the ticket of a recorded sale or return: every sum in the register's currency, and everything adds up.

Sums in other currencies count at the rates that are frozen with the sale. A return is worth what its goods were worth
on the ticket of their sale, whatever the rates of its day are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from pos.domain.catalogue.unit_of_measure import UNITS
from pos.domain.fiscal.ticket import (
    KILOGRAMS,
    LITRES,
    PAIRS,
    PIECES,
    Operation,
    PaymentKind,
    Position,
    Ticket,
    TicketPayment,
)
from pos.domain.money import Currency, Money, total
from pos.domain.payment.tender import Change, Paid
from pos.domain.pricing.rates import RateTable
from pos.domain.returns.goods_return import GoodsReturn, Refund, ReturnedLine, worth_of
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.vat import vat_in

LONGEST_NAME = 120
_KINDS = {"cash": PaymentKind.CASH, "card": PaymentKind.CARD, "qr": PaymentKind.MOBILE}
_UNITS = {"pair": PAIRS, "l": LITRES}
"""By the id of a unit of measure; everything else is counted in pieces."""
_GTIN_LENGTHS = (8, 12, 13, 14)


def ticket_of_sale(sale: Sale, number: str, register: Currency, languages: Sequence[str]) -> Ticket:
    """The ticket of a sale. Names are in the first of `languages` that the goods have one in. Raises NoRate."""
    payments = _payments((_kind_of(one), _taken(one, sale.rates, register)) for one in sale.paid)
    change = total((_given(one, sale.rates, register) for one in sale.change), register)
    amounts = _shares(
        [line.amount for line in sale.lines],
        total((one.amount for one in payments), register) - change,
        _per_price_unit(sale.rates, register),
    )
    positions = tuple(
        _position(line, amount, sale.rates, register, languages)
        for line, amount in zip(sale.lines, amounts, strict=True)
    )
    return Ticket(number, Operation.SALE, sale.at, sale.receipt, sale.cashier, positions, payments, change)


def ticket_of_return(back: GoodsReturn, number: str, sold: Ticket, before: Mapping[int, int]) -> Ticket:
    """The ticket of goods that came back from the sale of the ticket `sold`; its basis is given when it is sent.

    `before` are the pieces by line that had come back already. The returns of all pieces come to the sale.
    """
    by_line = {position.line: position for position in sold.positions}
    gone = dict(before)
    positions = []
    for line in back.lines:
        assert line.of_line is not None, "it comes from a receipt"
        position = by_line[line.of_line]
        positions.append(_position_back(position, line.quantity, gone.get(line.of_line, 0)))
        gone[line.of_line] = gone.get(line.of_line, 0) + line.quantity
    return _ticket_back(back, number, positions, sold.change.currency)


def ticket_without_receipt(back: GoodsReturn, number: str, register: Currency, languages: Sequence[str]) -> Ticket:
    """The ticket of goods that came back without a receipt, at the rates of their day. Raises NoRate."""
    per_unit = _per_price_unit(back.rates, register)
    positions = []
    for index, line in enumerate(back.lines):
        amount = _converted(line.amount, per_unit, register)
        name = _name_of(line, languages)
        count = Decimal(line.quantity)
        price = _least_price(amount, count, Money.zero(register))
        positions.append(_priced(Position(
            index, name, count, PIECES, price, Money.zero(register), amount, line.vat, vat_in(amount, line.vat),
        )))  # fmt: skip
    return _ticket_back(back, number, positions, register)


def ticket_of_deposit(
    number: str, operation: Operation, at: datetime, order: str, name: str, cashier: str, method: str, amount: Money
) -> Ticket:
    """The ticket of a deposit on a customer order, taken or undone: one position without VAT, called `name`.

    `method` is how the money came, `amount` is in the register's currency.
    """
    nothing = Money.zero(amount.currency)
    position = Position(1, name[:LONGEST_NAME], Decimal(1), PIECES, amount, nothing, amount, None, nothing)
    return Ticket(number, operation, at, order, cashier, (position,), (TicketPayment(_KINDS[method], amount),), nothing)


def counts_for_register(amount: Money, rates: RateTable, register: Currency) -> Money:
    """What an amount of cash comes to in the register's currency. Raises NoRate."""
    if amount.currency == register:
        return amount
    return _converted_units(amount.units * rates.taking(amount.currency), rates, register)


def _ticket_back(back: GoodsReturn, number: str, positions: Sequence[Position], register: Currency) -> Ticket:
    worth = total((one.amount for one in positions), register)
    nothing = Money.zero(register)
    return Ticket(
        number, Operation.RETURN, back.at, back.receipt, back.cashier, tuple(positions), _refunded(back.refunds, worth),
        nothing,
    )  # fmt: skip


def _taken(paid: Paid, rates: RateTable, register: Currency) -> Money:
    """What a tender comes to in the register's currency: as it was handed over, or by its frozen value."""
    money = paid.tender.amount
    return money if money.currency == register else _converted_units(paid.value.units, rates, register)


def _given(change: Change, rates: RateTable, register: Currency) -> Money:
    money = change.amount
    return money if money.currency == register else _converted_units(change.value.units, rates, register)


def _per_price_unit(rates: RateTable, register: Currency) -> Fraction:
    """Units of the register's currency for one of the price currency."""
    return 1 / rates.taking(register)


def _converted_units(price_units: Fraction, rates: RateTable, register: Currency) -> Money:
    return Money.rounded(price_units * _per_price_unit(rates, register), register)


def _converted(amount: Money, per_unit: Fraction, register: Currency) -> Money:
    return Money.rounded(amount.units * per_unit, register)


def _kind_of(paid: Paid) -> PaymentKind:
    return _KINDS[paid.tender.origin or paid.tender.method]


def _payments(parts: Iterable[tuple[PaymentKind, Money]]) -> tuple[TicketPayment, ...]:
    """Each kind once, in the order in which it came first."""
    sums: dict[PaymentKind, Money] = {}
    for kind, amount in parts:
        sums[kind] = sums[kind] + amount if kind in sums else amount
    return tuple(TicketPayment(kind, amount) for kind, amount in sums.items())


def _refunded(refunds: Sequence[Refund], worth: Money) -> tuple[TicketPayment, ...]:
    """The worth of what came back, by how the money goes: in the proportion of the refunds, to the minor unit."""
    weights = [refund.value for refund in refunds]
    if not any(weights):
        return (TicketPayment(PaymentKind.CASH, worth),)
    kinds = [_KINDS[refund.origin or refund.method] for refund in refunds]
    given = _payments(zip(kinds, _shares(weights, worth, None), strict=True))
    return tuple(one for one in given if one.amount) or given[:1]


def _shares(amounts: Sequence[Money], whole: Money, per_unit: Fraction | None) -> list[Money]:
    """The amounts as parts of `whole`, each rounded half up; the largest takes the rest.

    Amounts in the currency of the whole stay as they are. Of amounts in another one, each is its share of the whole:
    how it was paid decides what a price is worth. `per_unit` counts where all are zero.
    """
    summed = sum(amount.minor for amount in amounts)
    if per_unit is not None and all(amount.currency == whole.currency for amount in amounts):
        parts = [amount.minor for amount in amounts]
    elif summed:
        parts = [
            Money.rounded(whole.units * Fraction(amount.minor, summed), whole.currency).minor for amount in amounts
        ]
    else:
        parts = [0] * len(amounts)
    rest = whole.minor - sum(parts)
    for place in sorted(range(len(parts)), key=lambda index: (-parts[index], index)):
        # Nearly always the first takes all of it; it never falls below nothing.
        step = max(rest, -parts[place])
        parts[place] += step
        rest -= step
    return [Money(minor, whole.currency) for minor in parts]


def _position(
    line: SaleLine, amount: Money, rates: RateTable, register: Currency, languages: Sequence[str]
) -> Position:
    per_unit = _per_price_unit(rates, register)
    if line.grams is not None and line.per_kg is not None:
        count, unit_name = Decimal(line.grams) / 1000, KILOGRAMS
        asked = _converted(line.per_kg, per_unit, register)
    else:
        count, unit_name = Decimal(line.quantity), _unit(line)
        asked = _converted(line.unit_price, per_unit, register)
    gtin = _gtin(line.code)
    mark = f"01{gtin}21{line.serial}" if line.serial and gtin else line.serial or ""
    return _priced(Position(
        line.line, _name_of(line, languages), count, unit_name, _least_price(amount, count, asked),
        Money.zero(register), amount, line.vat, vat_in(amount, line.vat), mark, gtin,
    ))  # fmt: skip


def _position_back(sold: Position, quantity: int, before: int) -> Position:
    """The part of a position that comes back. A weighed one is one piece, and comes back whole."""
    pieces = 1 if sold.unit == KILOGRAMS else int(sold.count)
    count = sold.count if sold.unit == KILOGRAMS else Decimal(quantity)
    amount = worth_of(sold.amount, pieces, before, quantity)
    return _priced(Position(
        sold.line, sold.name, count, sold.unit, _least_price(amount, count, sold.price),
        Money.zero(amount.currency), amount, sold.vat, vat_in(amount, sold.vat), sold.mark, sold.gtin,
    ))  # fmt: skip


def _least_price(amount: Money, count: Decimal, asked: Money) -> Money:
    """The price asked, or the lowest above it at which the count comes to the amount: a discount is never below zero.

    The rest that the largest position takes may make it worth a little more than its price.
    """
    least = -((-amount.minor * Fraction(1)) // Fraction(count))
    return Money(max(asked.minor, int(least)), amount.currency)


def _priced(position: Position) -> Position:
    """The position with the discount that makes count × price its amount."""
    discount = position.gross - position.amount
    return Position(
        position.line, position.name, position.count, position.unit, position.price, discount, position.amount,
        position.vat, position.tax, position.mark, position.gtin,
    )  # fmt: skip


def _name_of(line: SaleLine | ReturnedLine, languages: Sequence[str]) -> str:
    named = next((name for language in languages if (name := line.names.get(language))), line.name)
    return " ".join(named.split())[:LONGEST_NAME] or line.code


def _unit(line: SaleLine) -> str:
    named = UNITS.get(line.details.get("unit", ""))
    return PIECES if named is None else _UNITS.get(named.id, PIECES)


def _gtin(code: str) -> str:
    """The article number in fourteen digits; empty for a code of the shop's own."""
    if not (code.isascii() and code.isdigit()) or len(code) not in _GTIN_LENGTHS or code[0] == "2":
        return ""
    return code.rjust(14, "0")
