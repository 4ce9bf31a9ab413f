"""Use cases of the stock clerk: stock, counting, moving, labels, prices, imports."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos.application.shop.use_cases import UseCases

if TYPE_CHECKING:
    from pos.application.catalogue.catalogue_template import SaveTemplate
    from pos.application.catalogue.edit_product import EditProduct
    from pos.application.catalogue.export_catalogue import ExportCatalogue
    from pos.application.catalogue.import_catalogue import ImportCatalogue
    from pos.application.catalogue.quick_keys import EditQuickKeys
    from pos.application.catalogue.undo_import import UndoImport
    from pos.application.pricing.label_queue import ListLabels
    from pos.application.pricing.print_labels import PrintLabels
    from pos.application.pricing.set_price import SetPrice
    from pos.application.purchasing.print_order import PrintOrder
    from pos.application.stock.count_stock import CountStock
    from pos.application.stock.issue_stock import IssueStock
    from pos.application.stock.low_stock import LowStock
    from pos.application.stock.move_stock import MoveStock
    from pos.application.stock.post_count import PostCount
    from pos.application.stock.read_stock import ReadStock
    from pos.application.workshop.workshop import Workshop


class ClerkUseCases(UseCases):
    """The part of a Shop for stock clerks."""

    @cached_property
    def edit_product(self) -> EditProduct:
        from pos.application.catalogue.edit_product import EditProduct

        return EditProduct(self.context)

    @cached_property
    def edit_quick_keys(self) -> EditQuickKeys:
        from pos.application.catalogue.quick_keys import EditQuickKeys

        return EditQuickKeys(self.context)

    @cached_property
    def set_price(self) -> SetPrice:
        from pos.application.pricing.set_price import SetPrice

        return SetPrice(self.context)

    @cached_property
    def list_labels(self) -> ListLabels:
        from pos.application.pricing.label_queue import ListLabels

        return ListLabels(self.context)

    @cached_property
    def print_labels(self) -> PrintLabels:
        from pos.application.pricing.print_labels import PrintLabels

        return PrintLabels(self.context, self.adapters.label_printer)

    @cached_property
    def low_stock(self) -> LowStock:
        from pos.application.stock.low_stock import LowStock

        return LowStock(self.context)

    @cached_property
    def print_order(self) -> PrintOrder:
        return self.adapters.print_order

    @cached_property
    def import_catalogue(self) -> ImportCatalogue:
        from pos.application.catalogue.import_catalogue import ImportCatalogue

        return ImportCatalogue(self.context)

    @cached_property
    def export_catalogue(self) -> ExportCatalogue:
        from pos.application.catalogue.export_catalogue import ExportCatalogue

        return ExportCatalogue(self.context)

    @cached_property
    def save_template(self) -> SaveTemplate:
        from pos.application.catalogue.catalogue_template import SaveTemplate

        return SaveTemplate(self.context, self.adapters.catalogue_files.write_template)

    @cached_property
    def undo_import(self) -> UndoImport:
        from pos.application.catalogue.undo_import import UndoImport

        return UndoImport(self.context)

    @cached_property
    def count_stock(self) -> CountStock:
        from pos.application.stock.count_stock import CountStock

        return CountStock(self.context, self.adapters.read_scan)

    @cached_property
    def post_count(self) -> PostCount:
        from pos.application.stock.post_count import PostCount

        return PostCount(self.context)

    @cached_property
    def move_stock(self) -> MoveStock:
        from pos.application.stock.move_stock import MoveStock

        return MoveStock(self.context, self.adapters.read_scan)

    @cached_property
    def read_stock(self) -> ReadStock:
        from pos.application.stock.read_stock import ReadStock

        return ReadStock(self.context, self.adapters.read_scan)

    @cached_property
    def workshop(self) -> Workshop:
        from pos.application.workshop.workshop import Workshop

        return Workshop.over(self.context, self.list_labels)

    @cached_property
    def issue_stock(self) -> IssueStock:
        from pos.application.access.journal_export import JournalExport
        from pos.application.stock.issue_stock import IssueStock

        export = JournalExport(self.context.store, self.context.now, self.context.till)
        return IssueStock(self.context, self.read_stock, self.post_count, self.adapters.stock_drawings, export)
