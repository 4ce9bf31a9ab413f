"""Use cases of the manager's desk: people, rates, regimes, promotions, deliveries, the list of goods."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.application.catalogue.browse_catalogue import BrowseCatalogue
    from pos.application.catalogue.list_incomplete_products import ListIncompleteProducts
    from pos.application.ports.scan_ports import ReadScan
    from pos.application.pricing.import_rates import ImportRates
    from pos.application.pricing.promotions import Promotions
    from pos.application.pricing.set_rates import SetRate, ShowRates
    from pos.application.pricing.show_rate_board import ShowRateBoard
    from pos.application.purchasing.deliveries import Deliveries
    from pos.application.purchasing.issue_goods_receipt import GoodsReceiptPrinter
    from pos.application.quota.show_regimes import RegimeFiles, ShowRegimes
    from pos.application.settings.context import Context
    from pos.application.staff.manage_staff import ManageStaff
    from pos.application.tables.raw_table import RawTable

    OpenTable = Callable[[Path], AbstractContextManager[RawTable]]


@dataclass(frozen=True)
class OfficeUseCases:
    """The part of a Shop for managers."""

    staff: ManageStaff
    browse: BrowseCatalogue
    list_gaps: ListIncompleteProducts
    show_rates: ShowRates
    show_rate_board: ShowRateBoard
    show_regimes: ShowRegimes
    set_rate: SetRate
    import_rates: ImportRates
    promotions: Promotions
    deliveries: Deliveries

    @classmethod
    def at_desk(
        cls,
        context: Context,
        regime_files: Callable[[], RegimeFiles],
        rate_table: OpenTable,
        order_table: OpenTable,
        read_scan: ReadScan,
        printer: GoodsReceiptPrinter,
    ) -> OfficeUseCases:
        """The use cases over one store at one till; the two tables are opened from files."""
        # Imported on first use: no sale needs them.
        from pos.application.catalogue.browse_catalogue import BrowseCatalogue
        from pos.application.catalogue.list_incomplete_products import ListIncompleteProducts
        from pos.application.pricing.import_rates import ImportRates
        from pos.application.pricing.promotions import Promotions
        from pos.application.pricing.set_rates import SetRate, ShowRates
        from pos.application.pricing.show_rate_board import ShowRateBoard
        from pos.application.purchasing.deliveries import Deliveries
        from pos.application.quota.show_regimes import ShowRegimes
        from pos.application.staff.manage_staff import ManageStaff

        list_gaps = ListIncompleteProducts(context)
        set_rate = SetRate(context)
        return cls(
            staff=ManageStaff(context),
            browse=BrowseCatalogue(context, list_gaps),
            list_gaps=list_gaps,
            show_rates=ShowRates(context),
            show_rate_board=ShowRateBoard(context),
            show_regimes=ShowRegimes(context, regime_files),
            set_rate=set_rate,
            import_rates=ImportRates(set_rate, rate_table),
            promotions=Promotions(context),
            deliveries=Deliveries.over(context, order_table, read_scan, printer),
        )
