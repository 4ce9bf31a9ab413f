"""The recorded sale with a receipt number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.receipt_number import NoSuchReceipt, ReceiptOfReturn, read_receipt_number

if TYPE_CHECKING:
    from pos.application.ports.store import UnitOfWork
    from pos.domain.sales.sale import Sale


def sale_with_receipt(work: UnitOfWork, receipt: str) -> Sale:
    """The sale. Raises NoSuchReceipt, and ReceiptOfReturn where the number is that of a return or a void."""
    till, number = read_receipt_number(receipt)
    sale = work.sales.by_number(till, number)
    if sale is not None:
        return sale
    back = work.returns.by_number(till, number)
    if back is None:
        raise NoSuchReceipt(receipt)
    raise ReceiptOfReturn(back.receipt, back.reverses or "", is_void=back.is_void)
