"""The rows of typed claims and of the sheet of the stream."""

from __future__ import annotations

from collections.abc import Callable

from pos.application.pickup.stream import StreamGoods
from pos.application.text.formatting import money_text, number_text
from pos.application.text.names import name_of
from pos.application.text.pickup_words import CHANNELS, buyer_text
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.look.icons import category_icon
from pos.ui.pickup.claims import Claim, ClaimState
from pos.ui.pickup.order_words import state_text
from pos.ui.widgets.tables.line_table import Cell, LineRow


def claim_row(claim: Claim, wording: Callable[[Exception], str], typist: str, tr: Translator) -> LineRow:
    """What was typed, and what became of it; `typist` is the name of another person who typed it, else empty."""
    goods = claim.goods if claim.order is None else _goods_text(claim.order, tr)
    icon, token, state, second = _said(claim, wording, tr)
    return LineRow(
        key=claim.number,
        icon=icon,
        icon_token=token,
        cells=(
            Cell(number_text(claim.number, tr.language)),
            Cell(goods, second or _channel_and_price(claim, tr), second_token=_token_of(claim)),
            _buyer_cell(claim, typist, tr),
            Cell(state, token=token, icon=icon),
        ),
        warns=claim.state in (ClaimState.TYPED, ClaimState.REFUSED),
    )


def _buyer_cell(claim: Claim, typist: str, tr: Translator) -> Cell:
    """The buyer as typed; of an order by name and last digits, with its code."""
    if claim.order is None:
        return Cell(claim.buyer, typist, bold=True)
    return Cell(buyer_text(claim.order, tr), PickupCode(claim.order.code).spaced, bold=True)


def _said(claim: Claim, wording: Callable[[Exception], str], tr: Translator) -> tuple[str, str, str, str]:
    if claim.state is ClaimState.REFUSED:
        why = tr("It was refused before the till stopped.") if claim.error is None else wording(claim.error)
        return "circle-x", "over", tr("Refused"), why
    if claim.state is ClaimState.TAKEN_BACK:
        return "undo-2", "muted", tr.context("claim", "Withdrawn"), ""
    if claim.is_wanted_back:
        return "undo-2", "nearly", tr("Being withdrawn"), ""
    if claim.state is ClaimState.TYPED:
        return "hourglass", "nearly", tr("Not recorded yet"), "" if claim.error is None else wording(claim.error)
    assert claim.order is not None, "a claim that is taken is an order"
    state = claim.order.state
    if state is OrderState.WAITING:
        return "hourglass", "nearly", state_text(state, tr), ""
    if not claim.order.is_open:
        return "circle-check" if state is OrderState.PICKED_UP else "circle-x", "muted", state_text(state, tr), ""
    return "check", "within", tr("Held") if claim.order.is_held else state_text(OrderState.CLAIMED, tr), ""


def _token_of(claim: Claim) -> str:
    return "over" if claim.error is not None else "muted"


def _channel_and_price(claim: Claim, tr: Translator) -> str:
    """Where it was claimed, and what was agreed for a piece."""
    agreed = () if claim.order is None else [line.agreed.amount for line in claim.order.lines]
    return " · ".join((name_of(CHANNELS, claim.channel, tr), *(money_text(one, tr.language) for one in agreed)))


def _goods_text(order: CustomerOrder, tr: Translator) -> str:
    parts = (f"{number_text(line.quantity, tr.language)} × {line.name_in(tr.language)}" for line in order.lines)
    return tr(", ").join(parts)


def sheet_row(row: StreamGoods, tr: Translator) -> LineRow:
    """Goods of the sheet: number, name, price, free pieces."""
    price = money_text(row.price, tr.language)
    if row.is_of_stream:
        price = strung(tr, (price, tr("price of the stream")))
    free = number_text(max(row.free, 0), tr.language)
    return LineRow(
        key=row.number,
        icon=category_icon(row.product.category or ""),
        cells=(
            Cell(number_text(row.number, tr.language), bold=True, large=True),
            Cell(row.product.name_in(tr.language), " · ".join((price, row.product.code))),
            Cell(free, token="over" if row.free <= 0 else "text", bold=True),
        ),
        warns=row.free <= 0,
    )
