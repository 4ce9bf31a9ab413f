"""Goods on a customs paper in words: name and description, quantity, weight, status."""

from __future__ import annotations

from fractions import Fraction

from pos.application.text.formatting import (
    date_text,
    kg_text,
    number_text,
    percent_text,
    pieces_text,
    volume_text,
)
from pos.application.text.names import stated_name
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import noted, strung
from pos.domain.catalogue.unit_of_measure import unit_word
from pos.domain.declarations.share import CarriedGoods, DeclaredLine, Status
from pos.printing.drawing.printable import printable

STATUS = {
    Status.FREE: N_("free of duty"),
    Status.DUTIABLE: N_("dutiable"),
    Status.OVER: N_("over the norm together"),
}
UNKNOWN = "—"
_BY_WEIGHT, _BY_VOLUME = {"035": 1_000, "036": 1, "070": 1_000_000}, {"095": 1_000, "096": 1}
"""Units of the customs list that measure: grams or millilitres in one of them."""
_PER_LENGTH = frozenset({"030"})


def name_in(goods: CarriedGoods, tr: Translator) -> str:
    """The name in a language, or as it came."""
    return printable(goods.names.get(tr.language) or stated_name(goods.name, tr))


def make_text(goods: CarriedGoods) -> str:
    """Brand and model, as far as they are on file."""
    return " ".join(printable(goods.details[name]) for name in ("brand", "model") if goods.details.get(name))


def bought_text(goods: CarriedGoods, tr: Translator) -> str:
    """By which receipt and on which day it was bought; or that the visitor bought it elsewhere."""
    day = "" if goods.on is None else date_text(goods.on, tr.language)
    if not goods.receipt:
        return strung(tr, (tr("bought elsewhere, as stated"), day))
    return strung(tr, (tr("receipt {receipt}", receipt=goods.receipt), day))


def described(line: DeclaredLine, tr: Translator, holder: str) -> tuple[str, ...]:
    """Name, then brand, model, serial number, receipt, and who carries it."""
    goods = line.goods
    serial = tr("serial no. {serial}", serial=printable(goods.serial)) if goods.serial else ""
    return (name_in(goods, tr), strung(tr, (make_text(goods), serial, bought_text(goods, tr), holder)))


def quantity_text(line: DeclaredLine, tr: Translator) -> tuple[str, ...]:
    """Pieces, and the volume of liquids."""
    volume = line.ml
    liquid = () if volume is None or not volume else (volume_text(volume, tr.language),)
    return (pieces_text(line.quantity, tr), *liquid)


def weight_text(kg: Fraction | None, tr: Translator, *, is_all: bool = True) -> str:
    """A weight, or that it is unknown; a sum of which a part is unknown says so."""
    if kg is None:
        return UNKNOWN
    return kg_text(kg, tr.language, unit=False) + ("" if is_all else " + ?")


def status_text(line: DeclaredLine, tr: Translator) -> str:
    """Free, dutiable with its rate, or over the norm together with others."""
    said = tr(STATUS[line.status])
    if line.rate is None:
        return said
    return noted(tr, said, percent_text(line.rate * 100, tr.language))


def counted(line: DeclaredLine, tr: Translator) -> tuple[str, str]:
    """Quantity and unit of the customs list. Goods counted by a measure that is not on file are counted by pieces,
    under no unit.
    """
    unit, goods = line.goods.details.get("unit", ""), line.goods
    amount: Fraction | None = Fraction(line.quantity)
    if unit in _BY_WEIGHT:
        net = goods.grams if goods.grams is not None else goods.item.attributes.net_g
        amount = None if net is None else Fraction(net) * line.quantity / _BY_WEIGHT[unit]
    elif unit in _BY_VOLUME:
        amount = None if line.ml is None else line.ml / _BY_VOLUME[unit]
    elif unit in _PER_LENGTH:
        amount = None
    if amount is None or not unit:
        return number_text(line.quantity, tr.language), ""
    return number_text(amount, tr.language, 3, trimmed=True), unit_word(unit, tr.language)
