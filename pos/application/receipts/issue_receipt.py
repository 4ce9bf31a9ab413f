"""Draw and print the receipt of a recorded sale or return; a jam or a full disk never touches what is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.access.authorize import authorize, authorized_read
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.application.settings.settings import Settings
from pos.application.settings.use_devices import moves_cash
from pos.domain.errors import PrinterError
from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number, receipt_number
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Person

if TYPE_CHECKING:
    from pos.application.receipts.printer_ports import ReceiptPrinter

RIGHT = "sell"
"""The right to draw what is recorded once more."""


@dataclass(frozen=True, slots=True)
class IssuedReceipt:
    """A drawn receipt: the sale or return, its file, which copy it is (0: the original), and the visitors' slips."""

    sale: Sale | GoodsReturn
    path: Path
    copy: int
    slips: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowSale:
    """A recorded sale by the number on its receipt."""

    store: Store
    till: str

    def __call__(self, receipt: str) -> Sale:
        """The sale; raises NoSuchReceipt."""
        till, number = read_receipt_number(receipt)
        with self.store.reading() as work:
            sale = work.sales.by_number(till, number)
        if sale is None:
            raise NoSuchReceipt(receipt)
        return sale

    def recorded(self, receipt: str, person: Person) -> Sale | GoodsReturn:
        """What stands under the number, a sale or a return; raises NoSuchReceipt, NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return _recorded(work, receipt)

    def last(self) -> Sale | None:
        """The last sale of this till, for a reprint."""
        with self.store.reading() as work:
            return work.sales.last_of(self.till)


OpenDrawer = Callable[[], object]
"""Opens the drawer of the till, where it has one that can be opened; raises PrinterError."""


@dataclass(frozen=True, slots=True)
class IssueReceipt:
    """Work off the outbox row of a sale or a return: draw the PDF, send it to the printer, count the copies."""

    store: Store
    now: Clock
    printer: ReceiptPrinter
    settings: Callable[[], Settings]
    open_drawer: OpenDrawer = lambda: None

    def original(self, receipt: str) -> IssuedReceipt:
        """The receipt of what was just recorded; what was asked for twice keeps its one original."""
        with self.store.reading() as work:
            recorded = _on_paper(work, receipt)
            drawn = work.outbox.is_done(recorded.till, recorded.number)
        return self._draw(recorded, 0) if drawn else self(receipt)

    def unfinished(self, till: str) -> tuple[str, ...]:
        """Receipts in the open shift of a till that stopped before they were printed, or while they were: issue each.

        What had not gone to the printer comes out as the original; of the others nobody knows, and they come as a copy.
        """
        with self.store.reading() as work:
            return tuple(receipt_number(till, number) for number in work.outbox.unfinished(till))

    def __call__(self, receipt: str, person: Person | None = None, *, to_paper: bool = True) -> IssuedReceipt:
        """Draw the receipt (as COPY n from the second time on) and print it; before an original the drawer opens.

        A copy is `person`'s, who must have the right to sell, and whom the journal names; without one it is told of
        whoever made what is recorded. Raises NoSuchReceipt, NotAllowed, or PrinterError: then the record stands and
        the receipt can be asked for again.
        """
        with self.store.begin() as work:
            recorded = _on_paper(work, receipt)
            till, number = recorded.till, recorded.number
            copy = work.outbox.sending(till, number)
            name = recorded.cashier
            if copy and person is not None:
                name = authorize(work, person, RIGHT).name
            work.commit()
        trouble = self._pulse() if to_paper and not copy and moves_cash(recorded) else None
        issued = self._draw(recorded, copy)
        if trouble is not None:
            raise trouble  # of a printer that is not there nobody waits for the same answer twice
        if to_paper:
            for path in (issued.path, *issued.slips):
                self.printer.print_file(path)
        with self.store.begin() as work:
            work.outbox.done(till, number)
            if copy:
                work.journal.write(self.now(), till, name, "reprint", {"receipt": recorded.receipt, "copy": copy})
            work.commit()
        return issued

    def on_file(self, receipt: str, person: Person) -> Path | None:
        """The original as it was drawn, where its file is still there; raises NoSuchReceipt, NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            recorded = _on_paper(work, receipt)
        return self.printer.original(recorded)

    def slip(self, receipt: str, label: str, person: Person) -> Path:
        """Draw the carry-out slip of one visitor of a recorded sale again; raises NoSuchReceipt, NotAllowed."""
        with self.store.reading() as work:
            authorize(work, person, RIGHT)
            recorded = _on_paper(work, receipt)
        if isinstance(recorded, GoodsReturn) or label not in recorded.carriers:
            raise NoSuchReceipt(f"{receipt} {label[:4]}")
        return self.printer.draw_slip(recorded, label, 0)

    def _pulse(self) -> PrinterError | None:
        try:
            self.open_drawer()
        except PrinterError as error:
            return error
        return None

    def _draw(self, recorded: Sale | GoodsReturn, copy: int) -> IssuedReceipt:
        if isinstance(recorded, GoodsReturn):
            return IssuedReceipt(recorded, self.printer.draw_return(recorded, copy), copy)
        return self._draw_sale(recorded, copy)

    def _draw_sale(self, sale: Sale, copy: int) -> IssuedReceipt:
        wanted = {"always": sale.regime is not None, "party": len(sale.visitors) > 1, "never": False}
        labels = sale.carriers if wanted[self.settings().slips] else ()
        slips = tuple(self.printer.draw_slip(sale, label, copy) for label in labels)
        return IssuedReceipt(sale, self.printer.draw(sale, copy), copy, slips)


def _recorded(work: UnitOfWork, receipt: str) -> Sale | GoodsReturn:
    """The sale or the return of a number: both are numbered in one row."""
    till, number = read_receipt_number(receipt)
    found = work.sales.by_number(till, number) or work.returns.by_number(till, number)
    if found is None:
        raise NoSuchReceipt(receipt)
    return found


def _on_paper(work: UnitOfWork, receipt: str) -> Sale | GoodsReturn:
    """What the paper of a number is about: goods that came back in an exchange stand on that of its sale."""
    found = _recorded(work, receipt)
    if isinstance(found, GoodsReturn) and found.exchanged_in is not None:
        return _recorded(work, found.exchanged_in)
    return found
