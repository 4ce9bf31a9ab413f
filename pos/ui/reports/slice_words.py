"""Title of the list of a mark's receipts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pos.application.text.border_words import currency_word
from pos.application.text.formatting import long_date_text, with_percent
from pos.application.text.names import CATEGORIES, METHODS, VERDICTS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.money import CURRENCIES
from pos.domain.reports.quota_use import OVER
from pos.domain.reports.report_slice import ReportSlice
from pos.ui.reports.bar_words import hour_text
from pos.ui.reports.row_words import nationality_text, side_text


def slice_text(report_slice: ReportSlice, people: Mapping[str, str], tr: Translator) -> str:
    """The receipts of a mark in a few words; `people` are their shown names."""
    name = report_slice.name
    match report_slice.kind:
        case "hour":
            return tr("Receipts of {what}", what=hour_text(int(name)))
        case "day":
            return long_date_text(date.fromisoformat(name), tr.language)
        case "cashier":
            return tr("Receipts: {what}", what=people.get(name, name))
        case "destination":
            return tr("Receipts: {what}", what=side_text(name, tr))
        case "nationality":
            return tr("Receipts: {what}", what=nationality_text(name, tr))
        case "category":
            return tr("Receipts: {what}", what=name_of(CATEGORIES, name, tr))
        case "method":
            return tr("Receipts: {what}", what=name_of(METHODS, name, tr))
        case "currency":
            return tr("Receipts: {what}", what=strung(tr, (name, currency_word(CURRENCIES[name], tr))))
        case "use" if name != OVER:
            share = name.replace("-", "–")
            return tr(
                "Receipts: {what}",
                what=tr("{percent} of the allowance", percent=with_percent(share, tr.language)),
            )
        case "verdict":
            return tr("Receipts: {what}", what=name_of(VERDICTS, name, tr))
        case "use" | "over":
            return tr("Receipts: {what}", what=tr("Over the allowance"))
        case "dutiable":
            return tr("Receipts: {what}", what=tr("With goods to declare"))
        case _:
            return tr("Receipts: {what}", what=name)
