"""Product names of a sale, in the languages of the document and in letters that the font has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pos.application.text.formatting import amount_text, number_text, percent_text
from pos.domain.money import Money
from pos.domain.returns.goods_return import ReturnedLine
from pos.domain.sales.sale import SaleLine
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Paragraph, Row

_LONGEST = 90
"""Longest printed name."""


@dataclass(frozen=True, slots=True)
class PrintedGoodsNames:
    """Product names for print.

    `lacks` is true if the font has none of a text's letters: the product code is then printed beside a name that would
    be boxes.
    """

    translator: JoinedTranslator
    lacks: Callable[[str], bool] = lambda _: False

    def each(self, line: SaleLine | ReturnedLine) -> tuple[str, ...]:
        """The name in every language of the document; equal names are written once."""
        return self.translator.by(lambda tr: self._name(line, tr.language))

    def first(self, line: SaleLine) -> str:
        return self._name(line, self.translator.language)

    def _name(self, line: SaleLine | ReturnedLine, language: str) -> str:
        name = printable(line.names.get(language) or line.name, _LONGEST)
        return name if name and not self.lacks(name) else f"{name} {line.code}".strip()


def discount_text(line: SaleLine, off: Money, tr: JoinedTranslator) -> str:
    """The discount of a line, with its percentage where it was given as one."""
    language = tr.language
    given = line.percent_given if off == line.by_hand else None  # else promotions are in it, too
    percent = "" if given is None else f"{percent_text(-given, language)}  "
    return f"{tr('Discount')} {percent}{amount_text(-off, language)}"


def taxed_rows(line: SaleLine, tr: JoinedTranslator, *, is_sent: bool = False) -> Iterator[Row]:
    """The dutiable pieces of a line; empty for none. No traveller declares what is sent."""
    if not line.taxed:
        return
    figure = number_text(line.taxed, tr.language)
    said = tr.by(lambda tr: tr("Taxed: {n}", n=figure) if is_sent else tr("To declare: {n}", n=figure))
    yield Paragraph(" / ".join(said), bold=True, small=True)
