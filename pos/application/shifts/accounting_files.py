"""Files for the accountant: the day voucher of a Z, and its retail sales as CommerceML; all in the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from fractions import Fraction
from pathlib import Path

from pos.application.access.authorize import authorized_read
from pos.application.access.journal_export import JournalExport
from pos.application.ports.store import UnitOfWork
from pos.application.reports.report_document import ReportReader
from pos.application.reports.report_files import NoSuchFormat
from pos.application.settings.context import Context, UseCase
from pos.application.settings.settings import Settings
from pos.application.shifts.issue_shift import NoSuchZ
from pos.application.shifts.voucher_tables import VoucherDocument
from pos.application.tables.table_files import WriteWhole
from pos.application.text.translator import Translator
from pos.domain.errors import BadInput
from pos.domain.money import Currency
from pos.domain.pricing.rates import RateTable
from pos.domain.reports.shift_books import SoldGoods
from pos.domain.reports.voucher import check_goods, voucher_of
from pos.domain.shifts.shift_report import ShiftReport, ZReport, z_name
from pos.domain.staff.staff import Person

RIGHT = "reports"
XML = "xml"
"""CommerceML; every other format is that of a voucher."""


@dataclass(eq=False)
class NoZOnDay(BadInput):
    """No shift was closed on the day."""

    fact = "no_z_on_day"

    day: date


@dataclass(eq=False)
class NoZInDays(BadInput):
    """No shift was closed on any of the days."""

    fact = "no_z_in_days"

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class RetailReport:
    """The goods of one Z."""

    z: ShiftReport
    goods: Sequence[SoldGoods]


@dataclass(frozen=True, slots=True)
class RetailDocument:
    """The retail sales of some shifts; `shop` is the name of the shop's public key, which no other shop has."""

    shop: str
    reports: Sequence[RetailReport]
    zone: tzinfo


AccountingDocument = VoucherDocument | RetailDocument


@dataclass(frozen=True, slots=True)
class AccountingMakers:
    """Writers of vouchers by format, of CommerceML, and of a whole file."""

    voucher: Mapping[str, Callable[[VoucherDocument], bytes]]
    commerceml: Callable[[RetailDocument], bytes]
    whole: WriteWhole


@dataclass(frozen=True, slots=True)
class AccountingFiles(UseCase):
    """Makes the files for the accountant of one Z or of the Zs of some days. Needs the permission `reports`."""

    makers: AccountingMakers
    journal_export: JournalExport

    @classmethod
    def over(cls, context: Context, makers: AccountingMakers) -> AccountingFiles:
        """The files of a till."""
        return cls(context, makers, JournalExport(context.store, context.now, context.till))

    def of_z(
        self, person: Person, form: str, tr: Translator, number: int, till: str | None = None
    ) -> AccountingDocument:
        """The data of the file for one Z of this till or another one; logs the export.

        Raises NoSuchFormat, NoSuchZ, VoucherDiffers, NotAllowed.
        """
        self._check(form)
        of = till or self.till
        with authorized_read(self.store, person, RIGHT) as work:
            z = work.shifts.z(of, number)
            if z is None:
                raise NoSuchZ(z_name(of, number))
            document = self._document(work, form, tr, [z])
        self.journal_export(person, RIGHT, _named(form), format=form, z=number, of_till=None if till is None else of)
        return document

    def of_days(
        self, person: Person, form: str, tr: Translator, first: date, last: date, till: str | None = None
    ) -> AccountingDocument:
        """The data of the file for all Zs of the business days, of one till or all; logs the export.

        Raises NoSuchFormat, NoZOnDay, NoZInDays, VoucherDiffers, NotAllowed.
        """
        self._check(form)
        with authorized_read(self.store, person, RIGHT) as work:
            closed = [one for one in work.reports.closed_shifts(first, last) if till in (None, one[0])]
            zs = [z for of, number in closed if (z := work.shifts.z(of, number)) is not None]
            if not zs:
                raise NoZOnDay(first) if first == last else NoZInDays(first, last)
            document = self._document(work, form, tr, zs)
        until = None if last == first else last.isoformat()
        self.journal_export(
            person, RIGHT, _named(form), format=form, day=first.isoformat(), last=until, of_till=till
        )  # fmt: skip
        return document

    def made(self, form: str, document: AccountingDocument) -> bytes:
        """The bytes of a file; permission was checked before. Raises NoSuchFormat."""
        self._check(form)
        if isinstance(document, RetailDocument):
            return self.makers.commerceml(document)
        return self.makers.voucher[form](document)

    def save(self, path: Path, form: str, document: AccountingDocument) -> None:
        """Write the file atomically. Raises as `made` does, and InfrastructureError when the disk refuses."""
        content = self.made(form, document)
        with self.makers.whole(path) as stream:
            stream.write(content)

    def _document(self, work: UnitOfWork, form: str, tr: Translator, zs: Sequence[ZReport]) -> AccountingDocument:
        settings = self.settings()
        if form == XML:
            reports = [RetailReport(z.report, work.reports.goods_of_shift(z.shift, z.report.price)) for z in zs]
            for report in reports:
                check_goods(report.z, report.goods)
            return RetailDocument(self.secrets.public_name, reports, settings.zone)
        middle = _MiddleRates(work, settings)
        vouchers = [
            voucher_of(z.report, work.reports.shift_books(z.shift, z.report.price), middle.of(z.report.price))
            for z in zs
        ]
        return VoucherDocument(vouchers, ReportReader(tr, work.people.names(), settings))

    def _check(self, form: str) -> None:
        known = (*self.makers.voucher, XML)
        if form not in known:
            raise NoSuchFormat(form[:20], ", ".join(sorted(known)))


@dataclass(frozen=True, slots=True)
class _MiddleRates:
    """The shop's rates at the instants that are asked for. Recorded rates never change, so they stay what they were."""

    work: UnitOfWork
    settings: Settings

    def of(self, price: Currency) -> Callable[[Currency, datetime], Fraction | None]:
        """What a unit of a currency was worth at an instant, at the customs rates."""
        tables: dict[datetime, RateTable] = {}

        def middle(currency: Currency, at: datetime) -> Fraction | None:
            if at not in tables:
                tables[at] = RateTable(self.settings.base, price, self.work.rates.at(at))
            return tables[at].middle(currency) if tables[at].knows(currency) else None

        return middle


def _named(form: str) -> str:
    """What the journal calls the file."""
    return "commerceml" if form == XML else "voucher"
