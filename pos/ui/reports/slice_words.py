"""Title of the list of a mark's receipts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pos.application.text.formatting import long_date_text, with_percent
from pos.application.text.names import CATEGORIES, CURRENCY_NAMES, METHODS, VERDICTS, name_of
from pos.application.text.typography import strung
from pos.application.text.words import Words
from pos.domain.reports.quota_use import OVER
from pos.domain.reports.report_slice import ReportSlice
from pos.ui.reports.bar_words import hour_text
from pos.ui.reports.row_words import destination_text, nationality_text


def slice_text(report_slice: ReportSlice, people: Mapping[str, str], words: Words) -> str:
    """The receipts of a mark in a few words; `people` are their shown names."""
    name = report_slice.name
    match report_slice.kind:
        case "hour":
            return words("Receipts of {what}", what=hour_text(int(name)))
        case "day":
            return long_date_text(date.fromisoformat(name), words.language)
        case "cashier":
            return words("Receipts: {what}", what=people.get(name, name))
        case "destination":
            return words("Receipts: {what}", what=destination_text(name, words))
        case "nationality":
            return words("Receipts: {what}", what=nationality_text(name, words))
        case "category":
            return words("Receipts: {what}", what=name_of(CATEGORIES, name, words))
        case "method":
            return words("Receipts: {what}", what=name_of(METHODS, name, words))
        case "currency":
            return words("Receipts: {what}", what=strung(words, (name, name_of(CURRENCY_NAMES, name, words))))
        case "use" if name != OVER:
            share = name.replace("-", "–")
            return words(
                "Receipts: {what}",
                what=words("{percent} of the allowance", percent=with_percent(share, words.language)),
            )
        case "verdict":
            return words("Receipts: {what}", what=name_of(VERDICTS, name, words))
        case "use" | "over":
            return words("Receipts: {what}", what=words("Over the allowance"))
        case "dutiable":
            return words("Receipts: {what}", what=words("With goods to declare"))
        case _:
            return words("Receipts: {what}", what=name)
