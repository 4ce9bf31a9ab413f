"""The steps of the stock clerk's day, in one hand: what lies where, counting, moving, labels, prices, imports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.application.count_stock import CountStock
    from pos.application.edit_product import EditProduct
    from pos.application.export_catalogue import ExportCatalogue
    from pos.application.import_catalogue import ImportCatalogue
    from pos.application.issue_stock import IssueStock, StockDrawings
    from pos.application.label_ports import LabelPrinter
    from pos.application.label_queue import ListLabels
    from pos.application.low_stock import LowStock
    from pos.application.move_stock import MoveStock
    from pos.application.ports import Clock, Store
    from pos.application.post_count import PostCount
    from pos.application.print_labels import PrintLabels
    from pos.application.print_order import PrintOrder
    from pos.application.read_stock import ReadStock
    from pos.application.scan_ports import ReadScan
    from pos.application.set_price import SetPrice
    from pos.application.settings import Settings
    from pos.application.undo_import import UndoImport


@dataclass(frozen=True)
class ClerkSteps:
    """What a Shop has for whoever works with its goods."""

    edit_product: EditProduct
    set_price: SetPrice
    list_labels: ListLabels
    print_labels: PrintLabels
    low_stock: LowStock
    print_order: PrintOrder
    import_catalogue: ImportCatalogue
    export_catalogue: ExportCatalogue
    undo_import: UndoImport
    count_stock: CountStock
    post_count: PostCount
    move_stock: MoveStock
    read_stock: ReadStock
    issue_stock: IssueStock

    @classmethod
    def over(
        cls,
        store: Store,
        now: Clock,
        settings: Callable[[], Settings],
        till: str,
        read_scan: ReadScan,
        label_printer: LabelPrinter,
        papers: StockDrawings,
        print_order: PrintOrder,
    ) -> ClerkSteps:
        """The steps over one store at one till."""
        # Imported when somebody first wants one of them: no sale does.
        from pos.application.count_stock import CountStock
        from pos.application.edit_product import EditProduct
        from pos.application.export_catalogue import ExportCatalogue
        from pos.application.import_catalogue import ImportCatalogue
        from pos.application.issue_stock import IssueStock
        from pos.application.journal_export import JournalExport
        from pos.application.label_queue import ListLabels
        from pos.application.low_stock import LowStock
        from pos.application.move_stock import MoveStock
        from pos.application.post_count import PostCount
        from pos.application.print_labels import PrintLabels
        from pos.application.read_stock import ReadStock
        from pos.application.set_price import SetPrice
        from pos.application.undo_import import UndoImport

        post_count = PostCount(store, now, settings, till)
        read_stock = ReadStock(store, now, settings, read_scan)
        return ClerkSteps(
            edit_product=EditProduct(store, now, settings, till),
            set_price=SetPrice(store, now, settings, till),
            list_labels=ListLabels(store, now, settings),
            print_labels=PrintLabels(store, now, settings, label_printer, till),
            low_stock=LowStock(store, now, settings),
            print_order=print_order,
            import_catalogue=ImportCatalogue(store, now, settings, till),
            export_catalogue=ExportCatalogue(store, now, till),
            undo_import=UndoImport(store, now, till),
            count_stock=CountStock(store, now, settings, till, read_scan),
            post_count=post_count,
            move_stock=MoveStock(store, now, settings, till, read_scan),
            read_stock=read_stock,
            issue_stock=IssueStock(read_stock, post_count, now, papers, JournalExport(store, now, till)),
        )
