"""Day vouchers as one table for programs: one row per posting, guarded against formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pos.application.shifts.voucher_tables import VoucherDocument
from pos.application.shifts.voucher_words import posting_text
from pos.domain.pricing.rates import to_rate
from pos.exports.safe_text import escaped, guarded

COLUMNS = (
    "date", "shift", "debit", "credit", "currency", "original", "rate", "sum", "sum_currency", "vat_rate", "vat",
    "method", "text",
)  # fmt: skip


def voucher_csv(document: VoucherDocument) -> bytes:
    """The table in UTF-8 with a byte order mark, as other tables that are opened in Excel; unknown is empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(document))
    return stream.getvalue().encode("utf-8-sig")


def _rows(document: VoucherDocument) -> Iterator[tuple[str, ...]]:
    tr, numbers = document.reader.translator, document.reader.settings.account_numbers()
    for voucher in document.vouchers:
        for one in voucher.postings:
            yield (
                voucher.day.isoformat(),
                voucher.z,
                _text(numbers.number(one.debit)),
                _text(numbers.number(one.credit)),
                one.original.currency.code,
                str(one.original),
                "" if one.rate is None else f"{to_rate(one.rate):f}",
                "" if one.value is None else str(one.value),
                voucher.price.code,
                "" if one.vat_rate is None else f"{one.vat_rate:f}",
                "" if one.vat is None else str(one.vat),
                one.method,
                _text(posting_text(one, tr)),
            )


def _text(text: str) -> str:
    return guarded(escaped(text))
