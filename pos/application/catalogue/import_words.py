"""Columns and rejected rows of an imported file in the words of the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pos.application.catalogue.catalogue_columns import Reject
from pos.application.catalogue.category_words import leaves_of_word
from pos.application.text.names import CATEGORIES, PRODUCT_TITLES, name_of
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled

COLUMN_NAMES: Mapping[str, str] = {
    **PRODUCT_TITLES,
    "code": N_("Barcode"),
    "name_en": N_("Name in English"),
    "name_zh": N_("Name in Chinese"),
    "name_ru": N_("Name in Russian"),
    "name_kk": N_("Name in Kazakh"),
    "currency": N_("Currency"),
    "variant": N_("Variant"),
    "on_hand": N_("On hand"),
    "codes": N_("Additional codes"),
    "asks_lot": N_("Lot required"),
    "cartons": N_("Cartons"),
}
_BYTE = re.compile(r"0x[0-9A-F]{2}")


def reject_facts(reject: Reject, reason: Callable[[str, Translator], str], tr: Translator) -> str:
    """What a rejected row has of it, beside its reason: the column by its name, what is wrong with a code."""
    detail = printable(reject.detail)
    if reject.reason == "bad_check_digit":
        return tr("{digit} is expected", digit=detail.removeprefix("expected "))
    if reject.reason == "bad_code":
        return reason(detail, tr)
    if reject.reason == "encoding":
        return next(iter(_BYTE.findall(detail)), "")
    if reject.reason == "wrong_currency":
        return detail.partition(",")[0]
    if reject.reason == "unknown_category" and (leaves := leaves_of_word(detail)):
        meant = tr(", ").join(name_of(CATEGORIES, leaf, tr) for leaf in leaves)
        return tr("{word} can be: {categories}", word=detail, categories=meant)
    column, parted, text = detail.partition(": ")
    if parted and column in COLUMN_NAMES:
        return labelled(tr, tr(COLUMN_NAMES[column]), text)
    return "" if reject.reason == "cell_too_long" else detail  # how much is too much says the reason


def printable(text: str) -> str:
    """Foreign text made printable: invalid bytes become ?."""
    return "".join("?" if "\ud800" <= char <= "\udfff" or not char.isprintable() else char for char in text[:120])
