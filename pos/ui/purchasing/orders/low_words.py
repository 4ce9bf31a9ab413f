"""Texts of low stock: how long it lasts, how urgent it is, how many to order."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from pos.application.stock.low_stock import LowGoods
from pos.application.text.formatting import number_text, pieces_text
from pos.application.text.typography import strung
from pos.application.text.words import Words
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
    def of(cls, goods: LowGoods, pieces: int, words: Words) -> LowText:
        """Describe a product of which `pieces` will be ordered."""
        cover = goods.cover
        supplier = goods.supplier or words("no supplier")
        return cls(
            name=goods.product.name_in(words.language),
            code=f"{goods.product.code} · {supplier}",
            state=state_text(cover, words),
            token=TOKENS.get(cover.urgency, "accent"),
            icon=ICONS.get(cover.urgency, "circle-minus"),
            detail=detail_text(cover, words),
            order=number_text(pieces, words.language),
        )

    @property
    def spoken(self) -> str:
        """The accessible text of the row."""
        return ", ".join((self.name, self.code, self.state, self.detail, self.order))


def state_text(cover: Cover, words: Words) -> str:
    """How long the stock lasts: none left, 3 days left, below the reorder point."""
    if cover.available <= 0:
        return words("out of stock")
    left = cover.days_left
    if cover.urgency == ENOUGH and left is None:
        return words("enough")
    if left is None or (cover.is_low and left >= cover.cover):
        return words("at the reorder point")
    days = floor(left)
    if not days:
        return words("less than a day left")
    return words.plural("{n} day left", "{n} days left", days, n=number_text(days, words.language))


def detail_text(cover: Cover, words: Words) -> str:
    """Stock, incoming goods and sales rate: 12 here · 24 coming · 1.5 a day."""
    language = words.language
    said = [words("{n} here", n=number_text(cover.available, language))] if cover.available > 0 else []
    if cover.coming:
        said.append(words("{n} coming", n=number_text(cover.coming, language)))
    if cover.per_day:
        said.append(words("{n} a day", n=number_text(cover.per_day, language, 1, trimmed=True)))
    return " · ".join(said)


def order_text(pieces: int, carton: int, words: Words) -> str:
    """How many to order: 48 pieces, 6 cartons of 8."""
    said = pieces_text(pieces, words)
    if carton > 1 and pieces and pieces % carton == 0:
        cartons = pieces // carton
        n = number_text(cartons, words.language)
        boxes = words.plural("{n} carton of {each}", "{n} cartons of {each}", cartons, n=n, each=carton)
        said = strung(words, (said, boxes))
    return said
