"""Day vouchers as tables of a workbook: the postings, and what each account turned over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from pos.application.reports.report_document import ReportReader
from pos.application.shifts.voucher_words import account_text, posting_text
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.names import METHODS, name_of
from pos.application.text.typography import listed
from pos.domain.pricing.rates import to_rate
from pos.domain.reports.voucher import Posting, Voucher, turnovers_of


@dataclass(frozen=True, slots=True)
class VoucherDocument:
    """The vouchers of some shifts, of one price currency, with the numbers of the accounts in the reader's settings."""

    vouchers: Sequence[Voucher]
    reader: ReportReader

    @property
    def postings(self) -> Iterator[Posting]:
        """The postings of all of them."""
        return chain.from_iterable(one.postings for one in self.vouchers)


def voucher_tables(document: VoucherDocument) -> tuple[Table, ...]:
    """The postings in the order of the shifts, and the accounts with their names."""
    return _postings(document), _accounts(document)


def _postings(document: VoucherDocument) -> Table:
    reader, price = document.reader, document.vouchers[0].price.code
    tr, numbers = reader.translator, reader.settings.account_numbers()
    columns = (
        Column(tr("Date"), CellKind.DAY), Column(tr("Shift")), Column(tr("Debit")), Column(tr("Credit")),
        Column(tr("Original sum"), CellKind.AMOUNT), Column(tr("Rate"), CellKind.FIGURE),
        Column(tr("Sum"), CellKind.AMOUNT, price, is_summed=True), Column(tr("VAT rate"), CellKind.FIGURE, "%"),
        Column(tr("VAT"), CellKind.AMOUNT, price, is_summed=True), Column(tr("Payment method")), Column(tr("Text")),
    )  # fmt: skip

    def row(voucher: Voucher, one: Posting) -> tuple[Cell, ...]:
        return (
            voucher.day, voucher.z, numbers.number(one.debit), numbers.number(one.credit), one.original,
            None if one.rate is None else to_rate(one.rate), one.value,
            None if one.vat_rate is None else one.vat_rate.normalize() + 0, one.vat,
            name_of(METHODS, one.method, tr) if one.method else None, posting_text(one, tr),
        )  # fmt: skip

    rows = [row(voucher, one) for voucher in document.vouchers for one in voucher.postings]
    properties = [
        (tr("Shop"), reader.settings.shop_name),
        (tr("Z reports"), listed(tr, (one.z for one in document.vouchers))),
    ]
    shown = [one for one in properties if one[1]]
    return Table("voucher", tr("Day voucher"), columns, rows, shown, reader.settings.zone)


def _accounts(document: VoucherDocument) -> Table:
    reader, price = document.reader, document.vouchers[0].price
    tr, numbers = reader.translator, reader.settings.account_numbers()
    columns = (
        Column(tr("Number")), Column(tr("Account")),
        *(Column(name, CellKind.AMOUNT, price.code, is_summed=True)
          for name in (tr("Debit"), tr("Credit"), tr("Balance"))),
    )  # fmt: skip
    turnovers = turnovers_of(document.postings, price)
    rows = [
        (numbers.number(account), account_text(account, tr), turned.debit, turned.credit, turned.balance)
        for account, turned in sorted(turnovers.items(), key=lambda one: numbers.number(one[0]))
    ]
    return Table("accounts", tr("Accounts"), columns, rows, zone=reader.settings.zone)
