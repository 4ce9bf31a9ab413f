"""Use cases over the books: reports, report files, the journal, customs export, verification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.application.maintenance.backfill_shift_totals import BackfillShiftTotals
    from pos.application.maintenance.key_ports import CheckingSecrets
    from pos.application.receipts.printer_ports import ReceiptPrinter
    from pos.application.reports.drill_down import DrillDown, SlowProducts
    from pos.application.reports.export_customs import ExportCustoms
    from pos.application.reports.export_customs import Write as WriteCustoms
    from pos.application.reports.read_journal import ReadJournal
    from pos.application.reports.read_journal import Write as WriteJournal
    from pos.application.reports.read_reports import ReportDay, VerifyBooks
    from pos.application.reports.report_files import ReportFiles
    from pos.application.settings.context import Context
    from pos.application.shifts.z_report_files import WriteZFiles
    from pos.application.tables.save_tables import SaveTables
    from pos.application.tables.table import TableFiles


@dataclass(frozen=True)
class ManagerUseCases:
    """The part of a Shop for those who read its books."""

    report_day: ReportDay
    drill_down_receipts: DrillDown
    sum_up: BackfillShiftTotals
    slow_products: SlowProducts
    report_files: ReportFiles
    z_files: WriteZFiles
    verify_books: VerifyBooks
    read_journal: ReadJournal
    export_customs: ExportCustoms
    save_tables: SaveTables

    @classmethod
    def kept(
        cls,
        context: Context,
        secrets: CheckingSecrets,
        printer: ReceiptPrinter,
        reports: ReportFiles,
        tables: TableFiles,
        customs: Mapping[str, WriteCustoms],
        journal: WriteJournal,
    ) -> ManagerUseCases:
        """The use cases over one store; `customs` by file extension and `journal` write the export files."""
        # Imported on first use: no sale needs them.
        from pos.application.maintenance.backfill_shift_totals import BackfillShiftTotals
        from pos.application.reports.drill_down import DrillDown
        from pos.application.reports.export_customs import ExportCustoms
        from pos.application.reports.read_journal import ReadJournal
        from pos.application.reports.read_reports import VerifyBooks
        from pos.application.shifts.z_report_files import WriteZFiles
        from pos.application.tables.save_tables import SaveTables

        return ManagerUseCases(
            report_day=reports.report_day,
            drill_down_receipts=DrillDown(context),
            sum_up=BackfillShiftTotals(context),
            slow_products=reports.slow_products,
            report_files=reports,
            z_files=WriteZFiles(context, reports, printer),
            verify_books=VerifyBooks(context, secrets.is_signed),
            read_journal=ReadJournal(context, journal),
            export_customs=ExportCustoms(context, customs),
            save_tables=SaveTables(context, tables),
        )
