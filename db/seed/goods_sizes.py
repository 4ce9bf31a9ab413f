"""Sizes of the demo goods: the text on the label, and the measure that it implies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from db.seed.goods_kind import FourLanguages, words


@dataclass(frozen=True, slots=True)
class GoodsSize:
    """One size: its label in each language and the measures that it implies (ml, grams of contents, count).

    `apart`: a comma comes before it, as before "size 42" and "6 pcs".
    """

    label: FourLanguages
    apart: bool = False
    ml: Decimal | None = None
    net_g: Decimal | None = None
    count: int | None = None


_UNITS = {
    "L": FourLanguages("L", "L", "л", "л"),
    "ml": FourLanguages("ml", "ml", "мл", "мл"),
    "kg": FourLanguages("kg", "kg", "кг", "кг"),
    "g": FourLanguages("g", "g", "г", "г"),
    "cm": FourLanguages("cm", "cm", "см", "см"),
    "m": FourLanguages("m", "m", "м", "м"),
    "GB": FourLanguages("GB", "GB", "ГБ", "ГБ"),
    "W": FourLanguages("W", "W", "Вт", "Вт"),
    "mAh": FourLanguages("mAh", "mAh", "мА·ч", "мА·сағ"),
    "pcs": FourLanguages("pcs", "件装", "шт.", "дана"),
    "pairs": FourLanguages("pairs", "双", "пары", "жұп"),
    "pods": FourLanguages("pcs", "枚", "шт.", "дана"),
    "sheets": FourLanguages("pcs", "片", "шт.", "дана"),
    "sticks": FourLanguages("pcs", "支", "шт.", "дана"),
    "eggs": FourLanguages("pcs", "枚", "шт.", "дана"),
    "quaileggs": FourLanguages("pcs", "枚", "шт.", "дана"),
    "bags": FourLanguages("bags", "袋", "пак.", "пакетік"),
    "tabs": FourLanguages("tablets", "片", "табл.", "таблетка"),
    "pages": FourLanguages("pages", "页", "с.", "бет"),
}
_CARTON = FourLanguages("carton of {}", "整条 {} 支", "блок {} шт.", "{} даналық блок")
_COUNTED = ("pcs", "pairs", "pods", "sheets", "sticks")
_ML = {"L": 1000, "ml": 1}
# A tea bag, a tablet and an egg have a usual weight, so their goods have a net weight too.
_GRAMS = {"kg": 1000, "g": 1, "bags": 2, "tabs": 1, "eggs": 60, "quaileggs": 12}
_TOKEN = re.compile(r"([0-9.x]+)([A-Za-z]+)")


@lru_cache(maxsize=1024)
def size(token: str) -> GoodsSize:
    """Read a size as the vocabulary writes it.

    0.7L, 100g, 60x90cm, 6sticks; #M or #42 (clothes, shoes), №17 (rings, hats), carton200 (cigarettes), 15in, and "-" for goods of one size.
    """
    if token == "-":
        return GoodsSize(FourLanguages("", "", "", ""))
    if token.startswith(("#", "№")):
        worn, counter = token[1:], "码" if token[0] == "#" else "号"
        return GoodsSize(FourLanguages(f"size {worn}", f"{worn}{counter}", f"р. {worn}", f"өлшемі {worn}"), apart=True)
    if token.startswith("carton"):
        count = int(token.removeprefix("carton"))
        return GoodsSize(FourLanguages(*(form.format(count) for form in _CARTON)), apart=True, count=count)
    if token.endswith("in"):
        return GoodsSize(words(token.removesuffix("in") + "″"))
    return _measured(token)


def _measured(token: str) -> GoodsSize:
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise ValueError(f"size {token!r}")
    figure, unit = match.groups()
    named = _UNITS[unit]
    point, comma = figure.replace("x", " × "), figure.replace("x", " × ").replace(".", ",")
    english = "pc" if (figure, named.en) == ("1", "pcs") else named.en
    label = FourLanguages(f"{point} {english}", f"{point} {named.zh}", f"{comma} {named.ru}", f"{comma} {named.kk}")
    if unit in _COUNTED:
        return GoodsSize(label, apart=True, count=int(figure))
    if unit in _ML:
        return GoodsSize(label, ml=_exact(figure, _ML[unit]))
    if unit in _GRAMS:
        return GoodsSize(label, apart=unit not in ("kg", "g"), net_g=_exact(figure, _GRAMS[unit]))
    return GoodsSize(label)


def _exact(figure: str, per: int) -> Decimal:
    """`figure` × `per` without idle zeros behind the point: 0.7 L is 700 ml, not 700.0."""
    amount = Decimal(figure) * per
    return amount.quantize(Decimal(1)) if amount == int(amount) else amount
