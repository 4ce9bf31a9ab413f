"""Writers of the files for the accountant."""

from __future__ import annotations

from collections.abc import Callable

from pos.application.shifts.accounting_files import AccountingMakers
from pos.application.shifts.voucher_tables import voucher_tables
from pos.application.tables.table_files import XLSX, TablesByEnding
from pos.exports.commerceml import commerceml
from pos.exports.stamped import stamping
from pos.exports.voucher_csv import voucher_csv
from pos.exports.whole_file import writing_bytes


def accounting_makers(tables: TablesByEnding, stamp: Callable[[], str] = str) -> AccountingMakers:
    """All of them; `stamp` marks the files of a training, and is empty in a shop."""
    return AccountingMakers(
        voucher={
            "csv": stamping(voucher_csv, stamp),
            "xlsx": lambda document: tables.content(voucher_tables(document), XLSX, document.reader.translator),
        },
        commerceml=lambda document: commerceml(document, stamp()),
        whole=writing_bytes,
    )
