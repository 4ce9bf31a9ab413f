"""The tables of the report of customer orders, in the current language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from pos.application.pickup.pickup_report import PickupReport
from pos.application.pickup.tables import goods_text
from pos.application.text.formatting import money_text, number_text, percent_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.pickup_words import CHANNELS, DEPOSIT_STEPS, held_until_text
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pickup.order_figures import OrderFigures
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.widgets.tables.figure_table import FigureCell

_NONE = FigureCell("–")
_MOST = 20
"""How many no-shows are named; the saved file has all of them."""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with its title and the names of its columns; a `note` stands beneath."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[FigureCell]]
    note: str = ""


def tables(found: PickupReport, zone: tzinfo, tr: Translator) -> tuple[ShownTable, ...]:
    """By channel with their sum, by hour, those not picked up in time, and the deposits."""
    by_channel = [(name_of(CHANNELS, name, tr), figures) for name, figures in found.by_channel]
    if len(by_channel) > 1:
        by_channel.append((tr("Total"), found.whole))
    by_hour = [(f"{hour:02}:00", figures) for hour, figures in found.by_hour]
    return (
        _figures(tr("By channel"), tr("Channel"), by_channel, tr),
        _figures(tr("By hour of the claim"), tr("Hour"), by_hour, tr),
        _no_shows(found.no_shows, zone, tr),
        _deposits(found, tr),
    )


def _figures(title: str, name: str, rows: Sequence[tuple[str, OrderFigures]], tr: Translator) -> ShownTable:
    heads = (
        name, tr("Customer orders"), tr("Pieces"), tr("Value"), tr("Open"), tr("Picked up"), tr("Pieces picked up"),
        tr("Cancelled"), tr("No-shows"), tr("Share of no-shows"),
    )  # fmt: skip
    shown = [_row(label, figures, tr) for label, figures in rows]
    return ShownTable(title, heads if shown else (), shown, "" if shown else tr("No order was claimed in these days."))


def _row(label: str, one: OrderFigures, tr: Translator) -> tuple[FigureCell, ...]:
    def count(n: int) -> FigureCell:
        return FigureCell(number_text(n, tr.language)) if n else _NONE

    share = one.share_of_no_shows
    return (
        FigureCell(label, bold=True),
        count(one.orders),
        count(one.pieces),
        FigureCell(money_text(one.worth, tr.language), bold=True),
        count(one.open),
        count(one.picked_up),
        count(one.picked),
        count(one.cancelled),
        count(one.no_shows),
        _NONE if share is None else FigureCell(percent_text(share * 100, tr.language, 1)),
    )


def _no_shows(orders: Sequence[CustomerOrder], zone: tzinfo, tr: Translator) -> ShownTable:
    heads = (tr("Customer order"), tr("Buyer"), tr("Goods"), tr("Held until"), tr("Deposit left"))
    rows = []
    for order in orders[:_MOST]:
        left = None if order.deposit is None else order.deposit.open
        rows.append(
            (
                FigureCell(PickupCode(order.code).spaced, bold=True),
                FigureCell(" ".join(part for part in (order.buyer.name, order.buyer.shown) if part)),
                FigureCell(goods_text(order, tr)),
                FigureCell(held_until_text(order.hold_until, zone, tr.language)),
                FigureCell(money_text(left, tr.language)) if left else _NONE,
            )
        )
    note = "" if rows else tr("All orders of these days were picked up in time, or may still be.")
    if len(orders) > _MOST:
        note = tr("{n} of {all}: the saved file has all of them.",
                  n=number_text(_MOST, tr.language), all=number_text(len(orders), tr.language))  # fmt: skip
    return ShownTable(tr("Not picked up in time"), heads if rows else (), rows, note)


def _deposits(found: PickupReport, tr: Translator) -> ShownTable:
    rows = [
        (
            FigureCell(name_of(DEPOSIT_STEPS, step, tr)),
            FigureCell(name_of(METHODS, one.method, tr)),
            FigureCell(money_text(one.amount, tr.language, cash=one.method == "cash"), bold=True),
        )
        for step, part in found.deposits.parts
        for one in part
    ]
    heads = (tr("Deposits"), tr("Payment method"), tr("Amount"))
    owed = listed(tr, [money_text(one, tr.language) for one in found.owed])
    note = tr("Left on orders now: {amounts}.", amounts=owed) if owed else tr("No deposit is left on an order now.")
    return ShownTable(tr("Deposits"), heads if rows else (), rows, note)
