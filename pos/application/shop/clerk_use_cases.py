"""Use cases of the stock clerk: stock, counting, moving, labels, prices, imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.application.catalogue.edit_product import EditProduct
    from pos.application.catalogue.export_catalogue import ExportCatalogue
    from pos.application.catalogue.import_catalogue import ImportCatalogue
    from pos.application.catalogue.undo_import import UndoImport
    from pos.application.ports.label_ports import LabelPrinter
    from pos.application.ports.scan_ports import ReadScan
    from pos.application.pricing.label_queue import ListLabels
    from pos.application.pricing.print_labels import PrintLabels
    from pos.application.pricing.set_price import SetPrice
    from pos.application.purchasing.print_order import PrintOrder
    from pos.application.settings.context import Context
    from pos.application.stock.count_stock import CountStock
    from pos.application.stock.issue_stock import IssueStock, StockDrawings
    from pos.application.stock.low_stock import LowStock
    from pos.application.stock.move_stock import MoveStock
    from pos.application.stock.post_count import PostCount
    from pos.application.stock.read_stock import ReadStock


@dataclass(frozen=True)
class ClerkUseCases:
    """The part of a Shop for stock clerks."""

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
        context: Context,
        read_scan: ReadScan,
        label_printer: LabelPrinter,
        papers: StockDrawings,
        print_order: PrintOrder,
    ) -> ClerkUseCases:
        """The use cases over one store at one till."""
        # Imported on first use: no sale needs them.
        from pos.application.access.journal_export import JournalExport
        from pos.application.catalogue.edit_product import EditProduct
        from pos.application.catalogue.export_catalogue import ExportCatalogue
        from pos.application.catalogue.import_catalogue import ImportCatalogue
        from pos.application.catalogue.undo_import import UndoImport
        from pos.application.pricing.label_queue import ListLabels
        from pos.application.pricing.print_labels import PrintLabels
        from pos.application.pricing.set_price import SetPrice
        from pos.application.stock.count_stock import CountStock
        from pos.application.stock.issue_stock import IssueStock
        from pos.application.stock.low_stock import LowStock
        from pos.application.stock.move_stock import MoveStock
        from pos.application.stock.post_count import PostCount
        from pos.application.stock.read_stock import ReadStock

        post_count = PostCount(context)
        read_stock = ReadStock(context, read_scan)
        return ClerkUseCases(
            edit_product=EditProduct(context),
            set_price=SetPrice(context),
            list_labels=ListLabels(context),
            print_labels=PrintLabels(context, label_printer),
            low_stock=LowStock(context),
            print_order=print_order,
            import_catalogue=ImportCatalogue(context),
            export_catalogue=ExportCatalogue(context),
            undo_import=UndoImport(context),
            count_stock=CountStock(context, read_scan),
            post_count=post_count,
            move_stock=MoveStock(context, read_scan),
            read_stock=read_stock,
            issue_stock=IssueStock(
                context, read_stock, post_count, papers, JournalExport(context.store, context.now, context.till)
            ),
        )
