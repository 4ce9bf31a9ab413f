"""Use cases of the cashier: the shift, the basket, its payment, returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.application.catalogue.find_product import FillInProduct, FindProduct
from pos.application.maintenance.seal_books import SealBooks
from pos.application.receipts.find_receipts import FindReceipts
from pos.application.receipts.issue_receipt import ShowSale
from pos.application.returns.blind_return import BlindReturn
from pos.application.returns.return_goods import ReturnGoods
from pos.application.returns.return_request import ReturnByRequest
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import CompleteSale
from pos.application.sales.exchange import ProposeExchange
from pos.application.sales.park_sale import ParkSale
from pos.application.sales.parked_sales import ParkedSales
from pos.application.sales.pending_refunds import PendingRefunds
from pos.application.sales.remaining_allowance import RemainingAllowance
from pos.application.sales.reserve_for_payment import ReserveForPayment
from pos.application.sales.ring_sale import RingSale
from pos.application.sales.serial_numbers import FindPiece
from pos.application.shifts.close_shift import CloseShift, ReadShift
from pos.application.shifts.hand_over_shift import HandOverShift
from pos.application.shifts.move_cash import MoveCash, OpenDrawer
from pos.application.shifts.open_shift import OpenShift

if TYPE_CHECKING:
    from pos.application.ports.scan_ports import ReadScan
    from pos.application.settings.context import Context
    from pos.application.staff.sign_in import SignIn


@dataclass(frozen=True)
class CashierUseCases:
    """The part of a Shop for cashiers."""

    sign_in: SignIn
    open_shift: OpenShift
    move_cash: MoveCash
    open_drawer: OpenDrawer
    read_shift: ReadShift
    hand_over_shift: HandOverShift
    close_shift: CloseShift
    seal_books: SealBooks
    find: FindProduct
    find_piece: FindPiece
    fill_in: FillInProduct
    complete_sale: CompleteSale
    hold_sale: ReserveForPayment
    park_sale: ParkSale
    parked_sales: ParkedSales
    owed_money: PendingRefunds
    show_sale: ShowSale
    ring_sale: RingSale
    return_goods: ReturnGoods
    blind_return: BlindReturn
    find_receipts: FindReceipts
    propose_exchange: ProposeExchange
    return_by_ticket: ReturnByRequest
    would_fit: RemainingAllowance
    new_checkout: Callable[[], Checkout]

    @classmethod
    def at_till(
        cls,
        context: Context,
        read_scan: ReadScan,
        sign_in: SignIn,
    ) -> CashierUseCases:
        """The use cases over one store at one till; those not needed to sign in are built lazily."""
        complete_sale = CompleteSale(context)
        return_goods = ReturnGoods(context)
        blind_return = BlindReturn(context, read_scan)
        seal_books = SealBooks(context)
        return CashierUseCases(
            sign_in=sign_in,
            open_shift=OpenShift(context),
            move_cash=MoveCash(context),
            open_drawer=OpenDrawer(context),
            read_shift=ReadShift(context),
            hand_over_shift=HandOverShift(context),
            close_shift=CloseShift(context, seal_books),
            seal_books=seal_books,
            find=FindProduct(context),
            find_piece=FindPiece(context, read_scan),
            fill_in=FillInProduct(context),
            complete_sale=complete_sale,
            hold_sale=ReserveForPayment(context, complete_sale),
            park_sale=ParkSale(context),
            parked_sales=ParkedSales(context),
            owed_money=PendingRefunds(context),
            show_sale=ShowSale(context),
            ring_sale=RingSale(context, sign_in, complete_sale, read_scan),
            return_goods=return_goods,
            blind_return=blind_return,
            find_receipts=FindReceipts(context),
            propose_exchange=ProposeExchange(context),
            return_by_ticket=ReturnByRequest(context, return_goods, blind_return, sign_in),
            would_fit=RemainingAllowance(context),
            new_checkout=lambda: Checkout(context, read_scan),
        )
