"""A parked sale, a basket that was left and a tender to be given back, in the words of a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from pos.application.sales.basket_json import BasketSummary
from pos.application.sales.parked_sales import ParkedSale
from pos.application.text.formatting import date_text, money_text, number_text, pieces_text, time_text
from pos.application.text.names import METHODS, SALE_REFUSED, WHY_OWED, name_of
from pos.application.text.translator import Translator
from pos.domain.payment.pending_refund import PendingRefund
from pos.ui.quota.party_words import name_text
from pos.ui.sales.current_sale.received_money import kept_text
from pos.ui.sales.parked.basket_file import AutosavedBasket

_GOODS = 3
_SOON = 15
"""Minutes left below which the time is shown in amber."""


@dataclass(frozen=True, slots=True)
class ParkedRowText:
    """The words of one row; `token` is the colour of its state."""

    icon: str
    day: str
    time: str
    title: str
    remark: str
    pieces: str
    amount: str
    state_icon: str
    state: str
    whose: str
    token: str

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (self.day, self.time, self.title, self.remark, self.pieces, self.amount, self.state, self.whose)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class RowContext:
    """The clock and the names for the texts of the rows. `of_center`: the shop is a member of a center."""

    now: datetime
    zone: tzinfo
    till: str
    names: Mapping[str, str]
    of_center: bool = False

    def when(self, at: datetime, tr: Translator) -> tuple[str, str]:
        """Day and time; a time of today needs no day."""
        local, today = at.astimezone(self.zone), self.now.astimezone(self.zone).date()
        day = tr("today") if local.date() == today else date_text(local.date(), tr.language)
        return day, time_text(local)

    def whose(self, till: str, person: str) -> str:
        """Till and person."""
        return f"{till} · {self.names.get(person, person)}"


def parked_row(parked: ParkedSale, context: RowContext, tr: Translator) -> ParkedRowText:
    """A parked sale with what is left of its time."""
    minutes = -((context.now - parked.until).total_seconds() // 60)
    if parked.lapsed:
        icon, state, token = "clock", tr("time expired, not held"), "muted"
    else:
        left = number_text(int(minutes), tr.language)
        icon, state = "hourglass", _held_text(parked, left, tr)
        token = "nearly" if minutes <= _SOON or parked.goods_only or parked.unheld else "within"
    day, time = context.when(parked.at, tr)
    row = _basket_row("pause", (day, time), parked.basket, parked.note, tr, (icon, state, token),
                      context.whose(parked.till, parked.person))  # fmt: skip
    if not (context.of_center and parked.basket.visitors) or parked.lapsed:
        return row
    here = tr("nothing reserved at the center")  # another shop may use the allowance meanwhile
    return replace(row, remark=" · ".join(part for part in (here, row.remark) if part))


def _held_text(parked: ParkedSale, left: str, tr: Translator) -> str:
    """What is held, and how many minutes are left."""
    if parked.unheld >= parked.basket.pieces:
        return tr("goods not held")
    if parked.unheld:
        return tr("part not held, {n} min left", n=left)
    return tr("goods held, {n} min left", n=left) if parked.goods_only else tr("held, {n} min left", n=left)


def autosaved_row(autosaved: AutosavedBasket, context: RowContext, tr: Translator) -> ParkedRowText:
    """A basket that was in hand when the till stopped."""
    state = ("power", tr("open when the till stopped"), "nearly")
    whose = context.whose(context.till, autosaved.person) if autosaved.person else context.till
    row = _basket_row("shopping-cart", context.when(autosaved.at, tr), autosaved.summary, "", tr, state, whose)
    given = "" if autosaved.given is None else kept_text(autosaved.given, tr)
    pieces = autosaved.summary.back
    back = tr("{pieces} back", pieces=pieces_text(pieces, tr)) if pieces else ""
    return replace(row, remark=" · ".join(part for part in (given, back, row.remark) if part))


def owed_row(owed: PendingRefund, context: RowContext, tr: Translator) -> ParkedRowText:
    """A tender that is to be given back, and why its sale was refused."""
    day, time = context.when(owed.at, tr)
    method = name_of(METHODS, owed.method, tr)
    return ParkedRowText(
        icon="credit-card" if owed.method == "card" else "qr-code",
        day=day,
        time=time,
        title=" · ".join(part for part in (method, owed.reference) if part),
        remark=tr(WHY_OWED.get(owed.why, SALE_REFUSED)),
        pieces="",
        amount=money_text(owed.amount, tr.language),
        state_icon="undo-2",
        state=tr("to refund"),
        whose=context.whose(owed.till, owed.person),
        token="over",
    )


def _basket_row(
    icon: str,
    when: tuple[str, str],
    basket: BasketSummary,
    note: str,
    tr: Translator,
    state: tuple[str, str, str],
    whose: str,
) -> ParkedRowText:
    sent = "" if basket.parcel is None else tr("To be sent")
    visitors = tr(", ").join(name_text(visitor) for visitor in basket.visitors[:_GOODS])
    goods = tr(", ").join(row.name_in(tr.language) for row in basket.rows[:_GOODS])
    return ParkedRowText(
        icon=icon,
        day=when[0],
        time=when[1],
        title=note or visitors or tr("No visitor"),
        remark=" · ".join(part for part in (sent, visitors if note else "", goods) if part),
        pieces=number_text(basket.pieces, tr.language),
        amount=money_text(basket.total, tr.language),
        state_icon=state[0],
        state=state[1],
        whose=whose,
        token=state[2],
    )
