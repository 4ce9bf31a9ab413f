"""Customer orders read from JSON files, and as JSON for the command line: amounts are decimal strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from pos.application.pickup.deposits import DepositDraft, GivenBack
from pos.application.pickup.find_orders import OrderBoard
from pos.application.pickup.import_orders import OrdersImported
from pos.application.pickup.order_allowance import CarriesAlone
from pos.application.pickup.pickup_report import PickupReport
from pos.application.pickup.stream import StreamGoods, StreamLine
from pos.application.pickup.take_order import ClaimLine, OrderDraft
from pos.application.reports.shift_json import deposits_json
from pos.application.settings.settings import Settings
from pos.application.text.json_amounts import amount, rate_text
from pos.application.text.json_fields import (
    quoted,
    read_key,
    read_line_text,
    read_list,
    read_notes,
    read_object,
    read_text,
    read_whole,
)
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, currency
from pos.domain.payment.banknotes import Notes
from pos.domain.pickup.agreed_price import AgreedPrice
from pos.domain.pickup.buyer import Buyer, read_buyer, read_called
from pos.domain.pickup.customer_order import MOST_LINES, CustomerOrder
from pos.domain.pickup.deposit import Deposit
from pos.domain.pickup.order_figures import OrderFigures
from pos.domain.pickup.pickup_code import PickupCode

_DEPOSIT = ("method", "amount", "currency", "reference", "notes")
_FIELDS = (
    "key", "cashier", "channel", "channel_ref", "buyer", "phone", "language", "lines", "hold_until", "note", "confirm",
    "deposit",
)  # fmt: skip
_MOST_ITEMS = 999


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """An order of a file, with the deposit that is paid with it."""

    key: str
    draft: OrderDraft
    deposit: DepositDraft | None = None
    cashier: str = ""
    """Who takes the deposit, by sign-in name; empty for who asks."""


@dataclass(frozen=True, slots=True)
class DepositRequest:
    """A deposit of a file, on the order with this code."""

    key: str
    order: str
    draft: DepositDraft
    cashier: str = ""


@dataclass(frozen=True, slots=True)
class GiveBackRequest:
    """What is left of the deposit on an order goes back, in these notes where they are known."""

    order: str
    notes: Notes | None = None
    cashier: str = ""


def read_order_request(value: object, settings: Settings) -> OrderRequest:
    """Read the file of `pickup take`. Raises a BadInput naming the field."""
    fields = read_object(value, "order", _FIELDS)
    lines = read_list(fields, "lines", "", MOST_LINES)
    confirms = fields.get("confirm")
    if confirms is not None and not isinstance(confirms, bool):
        raise BadField("confirm", "not_true_or_false", quoted(confirms))
    draft = OrderDraft(
        channel=read_text(fields.get("channel"), "channel"),
        lines=tuple(_line(line, f"lines[{at}]", settings.price) for at, line in enumerate(lines)),
        buyer=_buyer(fields, settings),
        channel_ref=read_line_text(fields.get("channel_ref"), "channel_ref"),
        hold_until=read_instant(fields.get("hold_until"), "hold_until"),
        note=read_line_text(fields.get("note"), "note"),
        confirms=confirms,
    )
    paid = fields.get("deposit")
    deposit = None
    if paid is not None:
        deposit = _deposit_draft(read_object(paid, "deposit", _DEPOSIT), settings.price, "deposit.")
    return OrderRequest(read_key(fields.get("key")), draft, deposit, _cashier(fields))


def read_deposit_request(value: object, price: Currency) -> DepositRequest:
    """Read the file of `pickup deposit`. Raises a BadInput naming the field."""
    fields = read_object(value, "deposit", ("key", "order", "cashier", *_DEPOSIT))
    order = read_text(fields.get("order"), "order")
    return DepositRequest(read_key(fields.get("key")), order, _deposit_draft(fields, price, ""), _cashier(fields))


def read_give_back(value: object, price: Currency) -> GiveBackRequest:
    """Read the file of `pickup give-back`; `currency` is that of the notes. Raises a BadInput naming the field."""
    fields = read_object(value, "give_back", ("order", "cashier", "currency", "notes"))
    of = _currency(fields, "", price)
    notes = None if fields.get("notes") is None else read_notes(fields["notes"], of, "notes")
    return GiveBackRequest(read_text(fields.get("order"), "order"), notes, _cashier(fields))


def _deposit_draft(fields: Mapping[str, Any], price: Currency, where: str) -> DepositDraft:
    of = _currency(fields, where, price)
    notes = None if fields.get("notes") is None else read_notes(fields["notes"], of, f"{where}notes")
    return DepositDraft(
        read_text(fields.get("method"), f"{where}method"),
        Money.parse(fields.get("amount"), of, f"{where}amount"),
        read_line_text(fields.get("reference"), f"{where}reference"),
        notes,
    )


def _cashier(fields: Mapping[str, Any]) -> str:
    return "" if fields.get("cashier") is None else read_text(fields["cashier"], "cashier")


def read_stream(value: object, price: Currency) -> Sequence[StreamLine]:
    """Read the file of `pickup stream`: a list of goods by number. Raises a BadInput naming the field."""
    fields = read_object({"stream": value} if isinstance(value, list) else value, "stream", ("stream",))
    lines = []
    for at, item in enumerate(read_list(fields, "stream", "", _MOST_ITEMS)):
        where = f"stream[{at}]"
        line = read_object(item, where, ("number", "code", "price", "currency"))
        number = read_whole(line.get("number"), f"{where}.number")
        lines.append(StreamLine(number, read_text(line.get("code"), f"{where}.code"), _price(line, where, price)))
    return lines


def read_instant(value: object, field: str) -> datetime | None:
    """An instant with its zone. Raises BadField."""
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None:
        raise BadField(field, "not_an_instant", quoted(value))
    if at.tzinfo is None:
        raise BadField(field, "without_a_zone", quoted(value))
    return at


def order_json(order: CustomerOrder) -> dict[str, Any]:
    """An order; of the phone the last digits."""
    return {
        "code": order.code,
        "qr": PickupCode(order.code).qr,
        "state": order.state.value,
        "channel": order.channel,
        "channel_ref": order.channel_ref or None,
        "buyer": order.buyer.name,
        "phone_ends": order.buyer.tail or None,
        "language": order.buyer.language,
        "lines": [
            {
                "line": line.no,
                "code": line.code,
                "name": line.name,
                "quantity": line.quantity,
                "price": str(line.agreed.amount),
                "currency": line.agreed.amount.currency.code,
                "rate": _rate(line.agreed),
                "rate_day": line.agreed.day.isoformat(),
                "picked": line.picked,
                "marks": list(line.marks),
            }
            for line in order.lines
        ],
        "agreed": [amount(one) for one in order.agreed_sums()],
        "claimed_at": order.claimed_at.isoformat(),
        "hold_until": order.hold_until.isoformat(),
        "held": order.is_held,
        "tell": order.tell,
        "place": order.place or None,
        "note": order.note or None,
        "person": order.person,
        "till": order.till,
        "confirmed_at": _instant(order.confirmed_at),
        "ready_at": _instant(order.ready_at),
        "closed_at": _instant(order.closed_at),
        "closed_by": order.closed_by or None,
        "why": order.why or None,
        "receipt": order.receipt or None,
        "deposit": None if order.deposit is None else _deposit(order.deposit),
    }


def board_json(board: OrderBoard) -> dict[str, Any]:
    """The board: counts, and the orders of each state."""
    return {
        "counts": dict(board.counts),
        **{state.value: [order_json(one) for one in orders] for state, orders in board.columns.items()},
    }


def given_back_json(back: GivenBack) -> dict[str, Any]:
    """What goes back of a deposit, and how."""
    return {
        **order_json(back.order),
        "given_back": {"method": back.method, **amount(back.amount), "reference": back.reference or None},
    }


def advice_json(advice: Sequence[CarriesAlone]) -> list[dict[str, Any]]:
    """Whether one person of each side may carry an order."""
    return [
        {
            "side": one.side,
            "regime": one.regime.id,
            "verdict": one.verdict.name.lower(),
            "over": None if one.over is None else amount(one.over),
            "rules": [result.rule.id for result in one.above],
            "people": one.people,
        }
        for one in advice
    ]


def stream_json(goods: Sequence[StreamGoods]) -> list[dict[str, Any]]:
    """The sheet of the stream that runs."""
    return [
        {
            "number": one.number,
            "code": one.product.code,
            "name": one.product.name,
            "prices": [amount(price) for price in one.prices],
            "free": one.free,
            "waiting": one.waiting,
        }
        for one in goods
    ]


def imported_json(done: OrdersImported, reason: Mapping[int, str]) -> dict[str, Any]:
    """What became of a file; `reason` are the sentences by row."""
    return {
        "file": done.file,
        **{outcome: done.count(outcome) for outcome in ("taken", "known", "refused")},
        "rows": [
            {
                "line": row.line,
                "outcome": row.outcome,
                "channel": row.channel or None,
                "channel_ref": row.channel_ref or None,
                "code": row.code or None,
                "problem": None if row.problem is None else getattr(row.problem, "fact", "trouble"),
                "reason": reason.get(row.line),
            }
            for row in done.rows
        ],
    }


def report_json(report: PickupReport) -> dict[str, Any]:
    """The report of customer orders."""
    return {
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "currency": report.currency.code,
        **_figures(report.whole),
        "by_channel": [{"channel": name, **_figures(figures)} for name, figures in report.by_channel],
        "by_hour": [{"hour": hour, **_figures(figures)} for hour, figures in report.by_hour],
        "no_show_orders": [
            {"code": one.code, "channel": one.channel, "buyer": one.buyer.name, "pieces": one.pieces,
             "held_until": one.hold_until.isoformat()}
            for one in report.no_shows
        ],
        "deposits": deposits_json(report.deposits),
        "owed": [amount(one) for one in report.owed],
    }  # fmt: skip


def _figures(figures: OrderFigures) -> dict[str, Any]:
    return {
        "orders": figures.orders,
        "pieces": figures.pieces,
        "picked": figures.picked,
        "worth": str(figures.worth),
        "open": figures.open,
        "picked_up": figures.picked_up,
        "cancelled": figures.cancelled,
        "no_shows": figures.no_shows,
    }


def _deposit(deposit: Deposit) -> dict[str, Any]:
    return {
        "method": deposit.method,
        **amount(deposit.amount),
        "rate": None if deposit.amount.currency == deposit.value.currency else rate_text(deposit.rate),
        "value": str(deposit.value),
        "reference": deposit.reference or None,
        "no_show": deposit.no_show,
        "left": str(deposit.open),
        "entries": [
            {"kind": one.kind.value, "amount": str(one.amount), "at": one.at.isoformat(), "person": one.person,
             "receipt": one.receipt or None}
            for one in deposit.entries
        ],
    }  # fmt: skip


def _rate(price: AgreedPrice) -> str | None:
    return None if price.rate == Fraction(1) else rate_text(price.rate)


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _buyer(fields: Mapping[str, Any], settings: Settings) -> Buyer:
    language = read_text(fields.get("language", settings.receipt_languages[0]), "language")
    name, phone = read_line_text(fields.get("buyer"), "buyer"), read_line_text(fields.get("phone"), "phone")
    return read_buyer(name, phone, language) if phone else read_called(name, language)


def _line(value: object, where: str, price: Currency) -> ClaimLine:
    line = read_object(value, where, ("code", "quantity", "price", "currency"))
    quantity = read_whole(line.get("quantity", 1), f"{where}.quantity")
    return ClaimLine(read_text(line.get("code"), f"{where}.code"), quantity, _price(line, where, price))


def _price(line: Mapping[str, Any], where: str, price: Currency) -> Money | None:
    if line.get("price") is None:
        return None
    return Money.parse(line["price"], _currency(line, f"{where}.", price), f"{where}.price")


def _currency(fields: Mapping[str, Any], where: str, price: Currency) -> Currency:
    if fields.get("currency") is None:
        return price
    return currency(read_text(fields["currency"], f"{where}currency"))
