"""Texts of low stock: how long it lasts, how urgent it is, how many to order."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from pos.application.stock.low_stock import LowGoods
from pos.application.text.formatting import number_text, pieces_text
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
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

    @classmethod
    def of(cls, goods: LowGoods, pieces: int, tr: Translator) -> LowText:
        """Describe a product of which `pieces` will be ordered."""
        cover = goods.cover
        supplier = goods.supplier or tr("no supplier")
        return cls(
            name=goods.product.name_in(tr.language),
            code=f"{goods.product.code} · {supplier}",
            state=state_text(cover, tr),
            token=TOKENS.get(cover.urgency, "accent"),
            icon=ICONS.get(cover.urgency, "circle-minus"),
            detail=detail_text(cover, tr),
            order=number_text(pieces, tr.language),
        )

    @property
    def spoken(self) -> str:
        """The accessible text of the row."""
        return ", ".join((self.name, self.code, self.state, self.detail, self.order))


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
    if cover.coming:
        said.append(tr("{n} coming", n=number_text(cover.coming, language)))
    if cover.per_day:
        said.append(tr("{n} a day", n=number_text(cover.per_day, language, 1, trimmed=True)))
    return " · ".join(said)


def order_text(pieces: int, carton: int, tr: Translator) -> str:
    """How many to order: 48 pieces, 6 cartons of 8."""
    said = pieces_text(pieces, tr)
    if carton > 1 and pieces and pieces % carton == 0:
        cartons = pieces // carton
        n = number_text(cartons, tr.language)
        boxes = tr.plural("{n} carton of {each}", "{n} cartons of {each}", cartons, n=n, each=carton)
        said = strung(tr, (said, boxes))
    return said
