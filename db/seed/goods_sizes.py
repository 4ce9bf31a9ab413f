"""Sizes of the demo goods: what the label says, and the measure that it implies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from db.seed.goods_kind import Text, words


@dataclass(frozen=True, slots=True)
class Size:
    """One size: its label in each language and the measures that it implies (ml, grams of contents, count).

    `apart`: a comma stands before it, as before "size 42" and "6 pcs".
    """

    label: Text
    apart: bool = False
    ml: Decimal | None = None
    net_g: Decimal | None = None
    count: int | None = None


_UNITS = {
    "L": Text("L", "L", "л", "л"),
    "ml": Text("ml", "ml", "мл", "мл"),
    "kg": Text("kg", "kg", "кг", "кг"),
    "g": Text("g", "g", "г", "г"),
    "cm": Text("cm", "cm", "см", "см"),
    "m": Text("m", "m", "м", "м"),
    "GB": Text("GB", "GB", "ГБ", "ГБ"),
    "W": Text("W", "W", "Вт", "Вт"),
    "mAh": Text("mAh", "mAh", "мА·ч", "мА·сағ"),
    "pcs": Text("pcs", "件装", "шт.", "дана"),
    "pairs": Text("pairs", "双", "пары", "жұп"),
    "pods": Text("pcs", "枚", "шт.", "дана"),
    "sheets": Text("pcs", "片", "шт.", "дана"),
    "sticks": Text("pcs", "支", "шт.", "дана"),
    "eggs": Text("pcs", "枚", "шт.", "дана"),
    "quaileggs": Text("pcs", "枚", "шт.", "дана"),
    "bags": Text("bags", "袋", "пак.", "пакетік"),
    "tabs": Text("tablets", "片", "табл.", "таблетка"),
    "pages": Text("pages", "页", "с.", "бет"),
}
_CARTON = Text("carton of {}", "整条 {} 支", "блок {} шт.", "{} даналық блок")
_COUNTED = ("pcs", "pairs", "pods", "sheets", "sticks")
_ML = {"L": 1000, "ml": 1}
# A tea bag, a tablet and an egg have a usual weight, so their goods have a net weight too.
_GRAMS = {"kg": 1000, "g": 1, "bags": 2, "tabs": 1, "eggs": 60, "quaileggs": 12}
_TOKEN = re.compile(r"([0-9.x]+)([A-Za-z]+)")


@lru_cache(maxsize=1024)
def size(token: str) -> Size:
    """Read a size as the vocabulary writes it.

    0.7L, 100g, 60x90cm, 6sticks; #M or #42 (clothes, shoes), №17 (rings, hats), carton200 (cigarettes), 15in, and "-" for goods of one size.
    """
    if token == "-":
        return Size(Text("", "", "", ""))
    if token.startswith(("#", "№")):
        worn, counter = token[1:], "码" if token[0] == "#" else "号"
        return Size(Text(f"size {worn}", f"{worn}{counter}", f"р. {worn}", f"өлшемі {worn}"), apart=True)
    if token.startswith("carton"):
        count = int(token.removeprefix("carton"))
        return Size(Text(*(form.format(count) for form in _CARTON)), apart=True, count=count)
    if token.endswith("in"):
        return Size(words(token.removesuffix("in") + "″"))
    return _measured(token)


def _measured(token: str) -> Size:
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise ValueError(f"size {token!r}")
    figure, unit = match.groups()
    named = _UNITS[unit]
    point, comma = figure.replace("x", " × "), figure.replace("x", " × ").replace(".", ",")
    english = "pc" if (figure, named.en) == ("1", "pcs") else named.en
    label = Text(f"{point} {english}", f"{point} {named.zh}", f"{comma} {named.ru}", f"{comma} {named.kk}")
    if unit in _COUNTED:
        return Size(label, apart=True, count=int(figure))
    if unit in _ML:
        return Size(label, ml=_exact(figure, _ML[unit]))
    if unit in _GRAMS:
        return Size(label, apart=unit not in ("kg", "g"), net_g=_exact(figure, _GRAMS[unit]))
    return Size(label)


def _exact(figure: str, per: int) -> Decimal:
    """`figure` × `per` without idle zeros behind the point: 0.7 L is 700 ml, not 700.0."""
    amount = Decimal(figure) * per
    return amount.quantize(Decimal(1)) if amount == int(amount) else amount
