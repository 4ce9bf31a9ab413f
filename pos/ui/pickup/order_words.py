"""Words of customer orders on the board: lists, states, rows, the lines of one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from pos.application.pickup.order_allowance import CarriesAlone, advice_text
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import date_text, instant_text, money_text, number_text, pieces_text, time_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.pickup_words import CHANNELS, buyer_text, deposit_terms, held_until_text, until_name
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled, noted
from pos.domain.money import Currency
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.pickup.deposit import Deposit, EntryKind
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.widgets.tables.line_table import Cell, LineRow

TELL = "tell"
LISTS: Mapping[str, str] = {
    TELL: N_("Tell the buyer"),
    OrderState.CLAIMED.value: N_("Claimed"),
    OrderState.WAITING.value: N_("Queue"),
    OrderState.CONFIRMED.value: N_("Confirmed"),
    OrderState.READY.value: N_("Ready"),
    OrderState.PICKED_UP.value: N_("Picked up"),
    OrderState.CANCELLED.value: N_("Cancelled"),
    OrderState.EXPIRED.value: N_("Expired"),
}
"""The lists of the board, in the order in which an order goes through them."""

_LOOKS: Mapping[OrderState, tuple[str, str]] = {
    OrderState.CLAIMED: ("circle-dashed", "text"),
    OrderState.WAITING: ("hourglass", "nearly"),
    OrderState.CONFIRMED: ("check", "text"),
    OrderState.READY: ("package-check", "within"),
    OrderState.PICKED_UP: ("shopping-bag", "muted"),
    OrderState.CANCELLED: ("circle-x", "muted"),
    OrderState.EXPIRED: ("clock", "over"),
}
"""Icon and token of each state."""


def state_text(state: OrderState, tr: Translator) -> str:
    """How far one order is. A list of the board has the same word in English, and in other languages that of many."""
    said = {
        OrderState.CLAIMED: tr.context("customer order", "Claimed"),
        OrderState.WAITING: tr.context("customer order", "In the queue"),
        OrderState.CONFIRMED: tr.context("customer order", "Confirmed"),
        OrderState.READY: tr.context("customer order", "Ready"),
        OrderState.PICKED_UP: tr.context("customer order", "Picked up"),
        OrderState.CANCELLED: tr.context("customer order", "Cancelled"),
        OrderState.EXPIRED: tr.context("customer order", "Expired"),
    }
    return said[state]


def until_text(order: CustomerOrder, now: datetime, zone: tzinfo, language: str) -> str:
    """Until when it is held, today by the time alone."""
    until = order.hold_until.astimezone(zone)
    if until.date() == now.astimezone(zone).date():
        return time_text(until)
    return date_text((until - timedelta(microseconds=1)).date(), language)


def row_of(order: CustomerOrder, now: datetime, zone: tzinfo, price: Currency, tr: Translator) -> LineRow:
    """A row of the board: who and which code, how far, until when, and what it comes to."""
    language, code = tr.language, PickupCode(order.code).spaced
    icon, token = _LOOKS[order.state]
    is_over = order.is_over(now)
    doing = tr("its time is over") if is_over else tr("tell the buyer") if order.tell else ""
    second = " · ".join(part for part in (doing, order.place) if part)
    deposit = "" if order.deposit is None or not order.deposit.open else money_text(order.deposit.open, language)
    return LineRow(
        key=order.code,
        icon=icon,
        icon_token=token,
        cells=(
            Cell(buyer_text(order, tr), " · ".join((code, name_of(CHANNELS, order.channel, tr))), bold=True),
            Cell(
                state_text(order.state, tr),
                second,
                token,
                icon="bell" if order.tell else "",
                second_token="over" if is_over else "nearly" if order.tell else "muted",
            ),
            Cell(until_text(order, now, zone, language) if order.is_open else "", pieces_text(order.pieces, tr)),
            Cell(money_text(order.total(price), language), deposit and labelled(tr, tr("Deposit"), deposit), bold=True),
        ),
        warns=order.tell or is_over,
    )


def line_texts(order: CustomerOrder, price: Currency, tr: Translator) -> list[str]:
    """Each line in two: goods, and what was agreed for them."""
    texts = []
    for line in order.lines:
        n = number_text(line.quantity, tr.language)
        agreed = money_text(line.agreed.amount, tr.language)
        if line.agreed.amount.currency != price:
            agreed = f"{agreed} ≈ {money_text(line.agreed.in_price(price), tr.language)}"
        said = [labelled(tr, tr("Agreed price"), agreed), line.code]
        if order.state is OrderState.PICKED_UP and line.picked != line.quantity:
            said.append(tr("{n} picked up", n=number_text(line.picked, tr.language)))
        if line.marks:
            n_marks = len(line.marks)
            said.append(
                tr.plural("{n} marking code", "{n} marking codes", n_marks, n=number_text(n_marks, tr.language))
            )
        texts.append(f"{n} × {line.name_in(tr.language)}\n{' · '.join(said)}")
    return texts


def facts_of(order: CustomerOrder, now: datetime, zone: tzinfo, tr: Translator) -> list[str]:
    """What stands above the lines: state, channel, times, place, note, by what it was closed, deposit and its terms."""
    language = tr.language
    channel = name_of(CHANNELS, order.channel, tr)
    if order.channel_ref:
        channel = f"{channel} {order.channel_ref}"
    said = [f"{state_text(order.state, tr)} · {channel} · {instant_text(order.claimed_at, zone, language)}"]
    if order.tell:
        said.append(tr("It has moved up from the queue: tell the buyer."))
    if order.is_open:
        until = held_until_text(order.hold_until, zone, language)
        said.append(
            labelled(
                tr, tr(until_name(order)), noted(tr, until, tr("its time is over")) if order.is_over(now) else until
            )
        )
    if order.place:
        said.append(labelled(tr, tr("Shelf or bag"), order.place))
    if order.note:
        said.append(order.note)
    if order.receipt:
        said.append(labelled(tr, tr("Receipt"), order.receipt))
    if order.closed_at is not None and not order.is_open:
        said.append(instant_text(order.closed_at, zone, language) + (f" · {order.why}" if order.why else ""))
    if order.deposit is not None:
        said.append(deposit_text(order.deposit, tr))
    if terms := deposit_terms(order):
        said.append(tr(terms))
    return said


def deposit_text(deposit: Deposit, tr: Translator) -> str:
    """The deposit: how it came, and what became of it."""
    language = tr.language
    method = name_of(METHODS, deposit.method, tr)
    if deposit.open:
        return labelled(tr, tr("Deposit"), f"{money_text(deposit.open, language)} · {method}")
    used = deposit.sum_of(EntryKind.USED) - deposit.sum_of(EntryKind.RESTORED)
    ends = (
        (N_("Deposit used: {amount}"), used),
        (N_("Deposit returned: {amount}"), deposit.sum_of(EntryKind.RETURNED)),
        (N_("Deposit kept: {amount}"), deposit.sum_of(EntryKind.KEPT)),
        (N_("Deposit moved to another order: {amount}"), deposit.sum_of(EntryKind.MOVED_OUT)),
    )
    return " · ".join(tr(text, amount=money_text(amount, language)) for text, amount in ends if amount)


def advice_lines(advice: Sequence[CarriesAlone], tr: Translator) -> str:
    """To which sides one person may not carry the order, and how many can; empty where one may carry it to all."""
    said = ((one.side, advice_text(one, tr)) for one in advice)
    return "\n".join(labelled(tr, destination_text(side, tr), text) for side, text in said if text)
