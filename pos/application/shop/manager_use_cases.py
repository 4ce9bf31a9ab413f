"""Use cases over the books: reports, report files, the journal, customs export, verification."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos.application.shop.use_cases import UseCases

if TYPE_CHECKING:
    from pos.application.maintenance.backfill_shift_totals import BackfillShiftTotals
    from pos.application.reports.drill_down import DrillDown, SlowProducts
    from pos.application.reports.export_center_books import ExportCenterBooks
    from pos.application.reports.export_customs import ExportCustoms
    from pos.application.reports.read_journal import ReadJournal
    from pos.application.reports.read_reports import ReportDay, VerifyBooks
    from pos.application.reports.report_files import ReportFiles
    from pos.application.reports.single_window import SingleWindow
    from pos.application.shifts.accounting_files import AccountingFiles
    from pos.application.shifts.z_report_files import WriteZFiles
    from pos.application.tables.save_tables import SaveTables


class ManagerUseCases(UseCases):
    """The part of a Shop for those who read its books."""

    @cached_property
    def report_day(self) -> ReportDay:
        return self.report_files.report_day

    @cached_property
    def drill_down_receipts(self) -> DrillDown:
        from pos.application.reports.drill_down import DrillDown

        return DrillDown(self.context)

    @cached_property
    def sum_up(self) -> BackfillShiftTotals:
        from pos.application.maintenance.backfill_shift_totals import BackfillShiftTotals

        return BackfillShiftTotals(self.context)

    @cached_property
    def slow_products(self) -> SlowProducts:
        return self.report_files.slow_products

    @cached_property
    def report_files(self) -> ReportFiles:
        from pos.application.reports.report_files import ReportFiles

        return ReportFiles.over(self.context, self.adapters.report_makers)

    @cached_property
    def accounting_files(self) -> AccountingFiles:
        from pos.application.shifts.accounting_files import AccountingFiles

        return AccountingFiles.over(self.context, self.adapters.accounting_makers)

    @cached_property
    def single_window(self) -> SingleWindow:
        from pos.application.access.journal_export import JournalExport
        from pos.application.reports.single_window import SingleWindow

        context, adapters = self.context, self.adapters
        logged = JournalExport(context.store, context.now, context.till)
        return SingleWindow(context, logged, adapters.write_draft, adapters.check_draft, adapters.write_whole)

    @cached_property
    def z_files(self) -> WriteZFiles:
        from pos.application.shifts.z_report_files import WriteZFiles

        return WriteZFiles(self.context, self.report_files, self.adapters.receipt_printer)

    @cached_property
    def verify_books(self) -> VerifyBooks:
        from pos.application.reports.read_reports import VerifyBooks

        return VerifyBooks(self.context, self.adapters.is_signed)

    @cached_property
    def read_journal(self) -> ReadJournal:
        from pos.application.reports.read_journal import ReadJournal

        return ReadJournal(self.context, self.adapters.journal_writer)

    @cached_property
    def export_customs(self) -> ExportCustoms:
        from pos.application.reports.export_customs import ExportCustoms

        return ExportCustoms(self.context, self.adapters.customs_writers)

    @cached_property
    def export_center_books(self) -> ExportCenterBooks:
        from pos.application.reports.export_center_books import ExportCenterBooks

        return ExportCenterBooks(self.context)

    @cached_property
    def save_tables(self) -> SaveTables:
        from pos.application.tables.save_tables import SaveTables

        return SaveTables(self.context, self.adapters.table_files)
