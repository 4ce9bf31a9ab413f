"""Draw and print a goods receipt; a printer fault leaves it posted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos.application.access.authorize import authorized_write
from pos.application.purchasing.delivery_view import posted_numbered
from pos.application.purchasing.posted_goods_receipt import PostedReceipt, posted_from
from pos.application.purchasing.suppliers import PERMISSION
from pos.application.settings.context import UseCase
from pos.domain.staff.staff import Person


class GoodsReceiptPrinter(Protocol):
    """The port that draws goods receipts on A4 and prints them."""

    def draw(self, posted: PostedReceipt, copy: int, *, costs: bool) -> Path:
        """Write the PDF (copy 0 is the original), with costs or without, and return its path."""

    def print_file(self, path: Path) -> None:
        """Send the file to the printer; raises PrinterError."""


@dataclass(frozen=True, slots=True)
class IssuedGoodsReceipt:
    """A printed goods receipt: its copy number and file."""

    posted: PostedReceipt
    copy: int
    path: Path


@dataclass(frozen=True, slots=True)
class IssueGoodsReceipt(UseCase):
    """Prints goods receipts. Costs are printed only for persons who may see the reports."""

    printer: GoodsReceiptPrinter

    def __call__(self, number: int, person: Person, *, to_paper: bool = True) -> IssuedGoodsReceipt:
        """Draw a posted receipt, after the first time as COPY n, and print it. Raises DeliveryOver, PrinterError."""
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            receipt = posted_numbered(work, number)
            copy = work.receipts.printing(receipt.id)
            if copy:
                details = {"receipt": receipt.name, "copy": copy}
                work.journal.write(self.now(), self.till, person.name, "reprint_receipt", details)
            work.commit()
        posted = posted_from(receipt)
        path = self.printer.draw(posted, copy, costs=person.may("reports"))
        if to_paper:
            self.printer.print_file(path)
        return IssuedGoodsReceipt(posted, copy, path)
