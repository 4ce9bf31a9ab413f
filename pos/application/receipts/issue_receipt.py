"""Draw and print the receipt of a recorded sale or return; a jam or a full disk never changes the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.access.authorize import authorize, authorized_read
from pos.application.access.find_sale import sale_with_receipt
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.settings.use_devices import moves_cash
from pos.domain.errors import PrinterError, StoreError
from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number, receipt_number
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.parcel import Recipient
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Person
from pos.domain.visitors.visitor import Visitor

if TYPE_CHECKING:
    from pos.application.fiscal.fiscal_receipts import FiscalReceipts
    from pos.application.receipts.printer_ports import ReceiptPrinter
    from pos.domain.fiscal.document import FiscalDocument

RIGHT = "sell"
"""The permission to draw a recorded receipt again."""


@dataclass(frozen=True, slots=True)
class IssuedReceipt:
    """A drawn receipt: the sale or return, its file, the number of the copy (0: the original), and the
    visitors' slips.
    """

    sale: Sale | GoodsReturn
    path: Path
    copy: int
    slips: tuple[Path, ...] = ()


class ShowSale(UseCase):
    """A recorded sale by the number on its receipt."""

    def __call__(self, receipt: str) -> Sale:
        """The sale; raises NoSuchReceipt."""
        with self.store.reading() as work:
            return sale_with_receipt(work, receipt)

    def recorded(self, receipt: str, person: Person) -> Sale | GoodsReturn:
        """The sale or return with this number; raises NoSuchReceipt, NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return _recorded(work, receipt)

    def recipient(self, sale: Sale, person: Person) -> Recipient | None:
        """To whom the parcel of a sale goes; None for goods that are carried, and once that is erased."""
        with authorized_read(self.store, person, RIGHT) as work:
            return None if sale.parcel is None else work.sales.recipient_of(sale.till, sale.number)

    def moved(self, receipt: str, person: Person) -> Mapping[str, str]:
        """Whose the goods of a sale are by now, where they were moved to another visitor: masked documents by the label
        of the visitor on the receipt. Raises NoSuchReceipt, NotAllowed.
        """
        with authorized_read(self.store, person, RIGHT) as work:
            sale = _recorded(work, receipt)
            moved = {}
            for visitor in sale.visitors if isinstance(sale, Sale) else ():
                holder = work.visitors.moved_to(sale.till, sale.number, visitor.label)
                if holder is not None and not _is_same_person(work, visitor, holder):
                    moved[visitor.label] = holder.masked
        return moved

    def last(self) -> Sale | None:
        """The last sale of this till, for a reprint."""
        with self.store.reading() as work:
            return work.sales.last_of(self.till)


OpenDrawer = Callable[[], object]
"""Opens the drawer of the till, if it has one that can be opened; raises PrinterError."""


@dataclass(frozen=True, slots=True)
class IssueReceipt(UseCase):
    """Process the outbox row of a sale or a return: draw the PDF, send it to the printer, count the copies."""

    printer: ReceiptPrinter
    open_drawer: OpenDrawer = lambda: None
    fiscal: FiscalReceipts | None = None
    """What is known of its fiscal receipt; None in a program without a register."""

    def original(self, receipt: str) -> IssuedReceipt:
        """The original receipt of a new record; a repeated request keeps the one original."""
        with self.store.reading() as work:
            recorded = _on_paper(work, receipt)
            drawn = work.outbox.is_done(recorded.till, recorded.number)
        return self._draw(recorded, 0) if drawn else self(receipt)

    def unfinished(self, till: str) -> tuple[str, ...]:
        """Receipts in the open shift of a till that stopped before or during printing: issue each of them.

        A receipt that was never sent to the printer is issued as the original; if its printing is uncertain, as a copy.
        """
        with self.store.reading() as work:
            return tuple(receipt_number(till, number) for number in work.outbox.unfinished(till))

    def __call__(self, receipt: str, person: Person | None = None, *, to_paper: bool = True) -> IssuedReceipt:
        """Draw the receipt (as COPY n from the second time on) and print it; the drawer opens before an original.

        A copy needs a `person` with the permission to sell, whom the journal names before it is printed; without one
        the journal names the person of the record. Raises NoSuchReceipt, NotAllowed, or PrinterError: then the record
        is unchanged and the receipt can be issued again.
        """
        with self.store.begin() as work:
            recorded = _on_paper(work, receipt)
            till, number = recorded.till, recorded.number
            copy = work.outbox.sending(till, number)
            if copy:
                name = recorded.cashier if person is None else authorize(work, person, RIGHT).name
                work.journal.write(self.now(), till, name, "reprint", {"receipt": recorded.receipt, "copy": copy})
            work.commit()
        trouble = self._pulse() if to_paper and not copy and moves_cash(recorded) else None
        if self.fiscal is not None and not copy:
            self.fiscal.wait(recorded.receipt)
        issued = self._draw(recorded, copy)
        if trouble is not None:
            raise trouble  # do not wait a second time for a missing printer
        if to_paper:
            for path in (issued.path, *issued.slips):
                self.printer.print_file(path)
        with suppress(StoreError), self.store.begin() as work:
            work.outbox.done(till, number)
            work.commit()
        return issued  # it is on paper, whether the store could note it or not

    def on_file(self, receipt: str, person: Person) -> Path | None:
        """The original as drawn, if its file still exists; raises NoSuchReceipt, NotAllowed.

        None for a voided sale, whose file does not say VOIDED, and for what was sent to a register since: the caller
        draws it again.
        """
        with authorized_read(self.store, person, RIGHT) as work:
            recorded = _on_paper(work, receipt)
        is_voided = isinstance(recorded, Sale) and recorded.voided_by is not None
        return None if is_voided or self._fiscal(recorded) else self.printer.original(recorded)

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
            return IssuedReceipt(recorded, self.printer.draw_return(recorded, copy, self._fiscal(recorded)), copy)
        return self._draw_sale(recorded, copy)

    def _fiscal(self, recorded: Sale | GoodsReturn) -> Sequence[FiscalDocument]:
        """What was sent to the register for a sale and the goods returned with it, or for a return."""
        if self.fiscal is None:
            return ()
        returned = recorded.returns if isinstance(recorded, Sale) else ()
        found = (self.fiscal.of(one.receipt) for one in (*returned, recorded))
        return [document for document in found if document is not None]

    def _draw_sale(self, sale: Sale, copy: int) -> IssuedReceipt:
        has_slips = {"always": sale.regime is not None, "party": len(sale.visitors) > 1, "never": False}
        labels = sale.carriers if has_slips[self.settings().slips] and sale.parcel is None else ()
        slips = tuple(self.printer.draw_slip(sale, label, copy) for label in labels)
        return IssuedReceipt(sale, self.printer.draw(sale, copy, self._fiscal(sale)), copy, slips)


def _is_same_person(work: UnitOfWork, one: Visitor, other: Visitor) -> bool:
    """Whether two documents belong to one person: one document, or two that are linked."""
    first, second = ({row.person for row in work.visitors.shown(visitor)} for visitor in (one, other))
    return not first.isdisjoint(second)


def _recorded(work: UnitOfWork, receipt: str) -> Sale | GoodsReturn:
    """The sale or the return of a number: both share one numbering."""
    till, number = read_receipt_number(receipt)
    recorded = work.sales.by_number(till, number) or work.returns.by_number(till, number)
    if recorded is None:
        raise NoSuchReceipt(receipt)
    return recorded


def _on_paper(work: UnitOfWork, receipt: str) -> Sale | GoodsReturn:
    """The subject of a number's printout: goods returned in an exchange are on the receipt of its sale."""
    recorded = _recorded(work, receipt)
    if isinstance(recorded, GoodsReturn) and recorded.exchanged_in is not None:
        return _recorded(work, recorded.exchanged_in)
    return recorded
