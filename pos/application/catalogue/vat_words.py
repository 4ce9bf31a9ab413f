"""The rates of VAT at the border in words: which are in force, and what is odd about a product's."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from pos.application.text.border_words import country_text
from pos.application.text.formatting import date_text, percent_text
from pos.application.text.translator import Translator
from pos.application.text.typography import parted, strung
from pos.domain.border import border_in_force


def vat_rates_text(day: date, tr: Translator) -> str:
    """The rates of each side on a day: Kazakhstan 16 %; China 13 %, 9 %. Empty where the border's file has none."""
    sides = groupby(border_in_force().vat_on(day), lambda one: one.country)
    return parted(
        tr,
        [
            f"{country_text(country, tr)} {strung(tr, [percent_text(one.rate, tr.language) for one in rates])}"
            for country, rates in sides
        ],
    )


def vat_doubt(rate: Decimal | None, day: date, tr: Translator) -> str:
    """Why a rate looks like a slip, or like one that the law has changed since; empty for a usual one.

    No tax, and a rate of nothing, are usual everywhere. A border whose file has no rates doubts none.
    """
    known = [one for one in border_in_force().vat if one.rate == rate]
    if not rate or not border_in_force().vat or any(one.holds(day) for one in known):
        return ""
    percent = percent_text(rate, tr.language)
    ended = [one.until for one in known if one.until is not None and one.until <= day]
    if ended:
        last = date_text(max(ended) - timedelta(days=1), tr.language)
        return tr("VAT of {rate} ended on {day}.", rate=percent, day=last)
    begins = [one.since for one in known if one.since is not None]
    if begins:
        return tr("VAT of {rate} begins on {day}.", rate=percent, day=date_text(min(begins), tr.language))
    return tr("VAT of {rate} is no usual rate at this border.", rate=percent)
