"""Texts of low stock: how long it lasts, how urgent it is, how many to order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from math import floor

from pos.application.purchasing.order_words import cost_text
from pos.application.stock.low_stock import LowGoods
from pos.application.text.formatting import date_text, money_text, number_text, pieces_text
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.money import Money
from pos.domain.stock.low_stock import ENOUGH, NONE_LEFT, SOON, Cover

TOKENS = {NONE_LEFT: "over", SOON: "nearly", ENOUGH: "within"}
ICONS = {NONE_LEFT: "circle-x", SOON: "triangle-alert", ENOUGH: "circle-check"}
"""Tones by urgency; all others are merely low."""


@dataclass(frozen=True, slots=True)
class LowText:
    """The text of one row."""

    name: str
    code: str
    state: str
    token: str
    icon: str
    detail: str
    order: str
    costs: tuple[str, str]
    """What the pieces cost, at length and short; empty where none are ordered."""

    @classmethod
    def of(cls, goods: LowGoods, pieces: int, cost: Money | None, tr: Translator) -> LowText:
        """Describe a product of which `pieces` will be ordered, each at a `cost`; None: unknown."""
        cover = goods.cover
        supplier = goods.supplier or tr("no supplier")
        return cls(
            name=goods.product.name_in(tr.language),
            code=f"{goods.product.code} · {supplier}",
            state=state_text(cover, tr),
            token=TOKENS.get(cover.urgency, "accent"),
            icon=ICONS.get(cover.urgency, "circle-minus"),
            detail=strung(tr, [one for one in (detail_text(cover, tr), make_text(goods, tr)) if one]),
            order=number_text(pieces, tr.language),
            costs=(cost_text(pieces, cost, tr), _total_text(pieces, cost, tr)) if pieces else ("", ""),
        )

    @property
    def spoken(self) -> str:
        """The accessible text of the row."""
        return ", ".join((self.name, self.code, self.state, self.detail, self.order, self.costs[0]))


def _total_text(pieces: int, cost: Money | None, tr: Translator) -> str:
    return tr("cost unknown") if cost is None else money_text(cost * pieces, tr.language)


def last_cost_text(goods: LowGoods, tr: Translator, zone: tzinfo) -> str:
    """When the goods cost what last: Last delivery 2026-03-02 (R-000004): ¥ 29.00. Deliveries of other suppliers than
    theirs are not looked at.
    """
    last = goods.last
    if last is None and goods.supplier:
        return tr("No delivery of this supplier says what it costs: {supplier}.", supplier=goods.supplier)
    if last is None:
        return tr("No delivery says what it costs.")
    day = date_text(last.at.astimezone(zone).date(), tr.language)
    cost = money_text(last.cost, tr.language)
    return tr("Last delivery {day} ({receipt}): {cost}", day=day, receipt=last.receipt, cost=cost)


def state_text(cover: Cover, tr: Translator) -> str:
    """How long the stock lasts: none left, 3 days left, below the reorder point."""
    if cover.available <= 0:
        return tr("out of stock")
    left = cover.days_left
    if cover.urgency == ENOUGH and left is None:
        return tr("enough")
    if left is None or (cover.is_low and left >= cover.cover):
        return tr("at the reorder point")
    days = floor(left)
    if not days:
        return tr("less than a day left")
    return tr.plural("{n} day left", "{n} days left", days, n=number_text(days, tr.language))


def detail_text(cover: Cover, tr: Translator) -> str:
    """Stock, incoming goods and sales rate: 12 here · 24 coming · 1.5 a day."""
    language = tr.language
    said = [tr("{n} here", n=number_text(cover.available, language))] if cover.available > 0 else []
    if cover.incoming:
        said.append(tr("{n} coming", n=number_text(cover.incoming, language)))
    if cover.per_day:
        said.append(tr("{n} a day", n=number_text(cover.per_day, language, 1, trimmed=True)))
    return " · ".join(said)


def make_text(goods: LowGoods, tr: Translator) -> str:
    """How many the workshop should make, where the shop makes them itself."""
    if not goods.to_make:
        return ""
    return tr("{n} to make in the workshop", n=number_text(goods.to_make, tr.language))


def order_text(pieces: int, carton: int, tr: Translator) -> str:
    """How many to order, where they are whole cartons: 48 pieces, 6 cartons of 8. Else the field says it."""
    if carton <= 1 or not pieces or pieces % carton:
        return ""
    cartons = pieces // carton
    n = number_text(cartons, tr.language)
    boxes = tr.plural("{n} carton of {each}", "{n} cartons of {each}", cartons, n=n, each=carton)
    return strung(tr, (pieces_text(pieces, tr), boxes))
