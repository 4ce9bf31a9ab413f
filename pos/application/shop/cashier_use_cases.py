"""Use cases of the cashier: the shift, the basket, its payment, receipts, returns."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from pos.application.shop.use_cases import UseCases

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pos.application.catalogue.chinese_input import ChineseInput
    from pos.application.catalogue.find_product import FillInProduct, FindProduct
    from pos.application.catalogue.quick_keys import ShowQuickKeys
    from pos.application.declarations.declare import Declare
    from pos.application.fiscal.fiscal_receipts import FiscalReceipts
    from pos.application.fiscal.register_login import RegisterLogin
    from pos.application.maintenance.seal_books import SealBooks
    from pos.application.membership.at_center import AtCenterUseCases
    from pos.application.outside_partners.carry_on import CarryOn
    from pos.application.outside_partners.charge_customer import ChargesAtHand
    from pos.application.outside_partners.offered_providers import OfferedProviders
    from pos.application.outside_partners.set_up_provider import SetUpProvider
    from pos.application.outside_partners.settle_attempts import (
        DecideAttempt,
        GiveBackCharge,
        OpenAttempts,
        UndoCharge,
    )
    from pos.application.outside_partners.worker import PartnerWorker
    from pos.application.pickup.papers import PrintPickups
    from pos.application.pickup.pickup import Pickup
    from pos.application.ports.partner_ports import PracticeButtons
    from pos.application.receipts.find_receipts import FindReceipts
    from pos.application.receipts.issue_receipt import IssueReceipt, ShowSale
    from pos.application.receipts.phone_receipt import PhoneReceipt
    from pos.application.returns.blind_return import BlindReturn
    from pos.application.returns.return_goods import ReturnGoods
    from pos.application.returns.return_request import ReturnByRequest
    from pos.application.returns.void_request import VoidByRequest
    from pos.application.returns.void_sale import VoidSale
    from pos.application.sales.checkout import Checkout
    from pos.application.sales.complete_sale import CompleteSale
    from pos.application.sales.exchange import ProposeExchange
    from pos.application.sales.park_sale import ParkSale
    from pos.application.sales.parked_sales import ParkedSales
    from pos.application.sales.pending_refunds import PendingRefunds
    from pos.application.sales.remaining_allowance import RemainingAllowance
    from pos.application.sales.reserve_for_payment import ChargeAtProvider, ReserveForPayment
    from pos.application.sales.ring_sale import RingSale
    from pos.application.sales.serial_numbers import FindPiece
    from pos.application.shifts.close_shift import CloseShift, ReadShift
    from pos.application.shifts.hand_over_shift import HandOverShift
    from pos.application.shifts.issue_shift import IssueShift
    from pos.application.shifts.move_cash import MoveCash, OpenDrawer
    from pos.application.shifts.open_shift import OpenShift
    from pos.application.staff.sign_in import SignIn
    from pos.application.tables.raw_table import RawTable


class CashierUseCases(UseCases):
    """The part of a Shop for cashiers."""

    @cached_property
    def sign_in(self) -> SignIn:
        from pos.application.staff.sign_in import SignIn

        return SignIn(self.context, self.adapters.at_the_shop)

    @cached_property
    def open_shift(self) -> OpenShift:
        from pos.application.shifts.open_shift import OpenShift

        return OpenShift(self.context)

    @cached_property
    def move_cash(self) -> MoveCash:
        from pos.application.shifts.move_cash import MoveCash

        return MoveCash(self.context)

    @cached_property
    def open_drawer(self) -> OpenDrawer:
        from pos.application.shifts.move_cash import OpenDrawer

        return OpenDrawer(self.context)

    @cached_property
    def read_shift(self) -> ReadShift:
        from pos.application.shifts.close_shift import ReadShift

        return ReadShift(self.context)

    @cached_property
    def hand_over_shift(self) -> HandOverShift:
        from pos.application.shifts.hand_over_shift import HandOverShift

        return HandOverShift(self.context)

    @cached_property
    def close_shift(self) -> CloseShift:
        from pos.application.shifts.close_shift import CloseShift

        return CloseShift(self.context, self.seal_books)

    @cached_property
    def issue_shift(self) -> IssueShift:
        from pos.application.shifts.issue_shift import IssueShift

        return IssueShift(self.context, self.adapters.receipt_printer)

    @cached_property
    def seal_books(self) -> SealBooks:
        from pos.application.maintenance.seal_books import SealBooks

        return SealBooks(self.context)

    @cached_property
    def find(self) -> FindProduct:
        from pos.application.catalogue.find_product import FindProduct

        return FindProduct(self.context)

    @cached_property
    def quick_keys(self) -> ShowQuickKeys:
        from pos.application.catalogue.quick_keys import ShowQuickKeys

        return ShowQuickKeys(self.context)

    @cached_property
    def chinese_input(self) -> ChineseInput:
        from pos.application.catalogue.chinese_input import ChineseInput

        return ChineseInput(self.context, self.adapters.make_chinese_input)

    @cached_property
    def find_piece(self) -> FindPiece:
        from pos.application.sales.serial_numbers import FindPiece

        return FindPiece(self.context, self.adapters.read_scan)

    @cached_property
    def fill_in(self) -> FillInProduct:
        from pos.application.catalogue.find_product import FillInProduct

        return FillInProduct(self.context)

    @cached_property
    def new_checkout(self) -> Callable[[], Checkout]:
        from pos.application.sales.checkout import Checkout

        return lambda: Checkout(self.context, self.adapters.read_scan, self.adapters.membership)

    @cached_property
    def would_fit(self) -> RemainingAllowance:
        from pos.application.sales.remaining_allowance import RemainingAllowance

        return RemainingAllowance(self.context)

    @cached_property
    def hold_sale(self) -> ReserveForPayment:
        from pos.application.sales.reserve_for_payment import ReserveForPayment

        center = self.at_center
        return ReserveForPayment(self.context, self.complete_sale, None if center is None else center.look_up)

    @cached_property
    def complete_sale(self) -> CompleteSale:
        from pos.application.sales.complete_sale import CompleteSale

        if (center := self.at_center) is None:
            return CompleteSale(self.context)
        from pos.application.sales.allowance_at_center import AllowanceAtCenter

        part = AllowanceAtCenter(self.context, center.membership)
        return CompleteSale(self.context, part, center.reserve)

    @cached_property
    def at_center(self) -> AtCenterUseCases | None:
        """What the till does at its center; None in a demo and in a training, which open no connection."""
        from pos.application.membership.at_center import AtCenterUseCases

        membership = self.adapters.membership
        return None if membership is None else AtCenterUseCases.over(self.context, membership, self.adapters.rules)

    @cached_property
    def pickup(self) -> Pickup:
        """Customer orders."""
        from pos.application.pickup.pickup import Pickup

        def reading(path: Path) -> AbstractContextManager[RawTable]:
            return self.adapters.catalogue_files.reading(path)  # which takes long to load, and is seldom wanted

        return Pickup.over(self.context, reading)

    @cached_property
    def print_pickups(self) -> PrintPickups:
        from pos.application.catalogue.edit_product import EditProduct
        from pos.application.pickup.papers import Carry, PrintPickups
        from pos.application.pickup.stream import StreamGoods

        def carry(row: StreamGoods) -> list[Carry]:
            if row.worth is None:
                return []
            fits = self.would_fit(self.find.show(row.product.code), agreed=row.worth)
            return [Carry(one.regime.destination, one.pieces, one.pieces == one.of > 0) for one in fits]

        pictures = EditProduct(self.context).pictures
        return PrintPickups(self.context, self.pickup.stream, self.adapters.pickup_paper, pictures, carry)

    @cached_property
    def park_sale(self) -> ParkSale:
        from pos.application.sales.park_sale import ParkSale

        return ParkSale(self.context)

    @cached_property
    def parked_sales(self) -> ParkedSales:
        from pos.application.sales.parked_sales import ParkedSales

        return ParkedSales(self.context)

    @cached_property
    def owed_money(self) -> PendingRefunds:
        from pos.application.sales.pending_refunds import PendingRefunds

        return PendingRefunds(self.context)

    @cached_property
    def ring_sale(self) -> RingSale:
        from pos.application.sales.ring_sale import RingSale

        center, read_scan = self.at_center, self.adapters.read_scan
        if center is None:
            return RingSale(self.context, self.sign_in, self.complete_sale, read_scan)
        return RingSale(self.context, self.sign_in, self.complete_sale, read_scan, self.hold_sale, center.send)

    @cached_property
    def phone_receipt(self) -> PhoneReceipt:
        from pos.application.receipts.phone_receipt import PhoneReceipt

        adapters = self.adapters
        training = adapters.at_the_shop is not None
        return PhoneReceipt(self.context, adapters.draw_code, training, self.fiscal.of)

    @cached_property
    def issue_receipt(self) -> IssueReceipt:
        from pos.application.receipts.issue_receipt import IssueReceipt

        adapters = self.adapters
        return IssueReceipt(self.context, adapters.receipt_printer, adapters.devices.open_drawer, self.fiscal)

    @cached_property
    def declare(self) -> Declare:
        from pos.application.declarations.declare import Declare

        return Declare(self.context, self.adapters.declaration_printer)

    @cached_property
    def show_sale(self) -> ShowSale:
        from pos.application.receipts.issue_receipt import ShowSale

        return ShowSale(self.context)

    @cached_property
    def find_receipts(self) -> FindReceipts:
        from pos.application.receipts.find_receipts import FindReceipts

        return FindReceipts(self.context)

    @cached_property
    def return_goods(self) -> ReturnGoods:
        from pos.application.returns.return_goods import ReturnGoods

        return ReturnGoods(self.context)

    @cached_property
    def blind_return(self) -> BlindReturn:
        from pos.application.returns.blind_return import BlindReturn

        return BlindReturn(self.context, self.adapters.read_scan)

    @cached_property
    def return_by_ticket(self) -> ReturnByRequest:
        from pos.application.returns.return_request import ReturnByRequest

        return ReturnByRequest(self.context, self.return_goods, self.blind_return, self.sign_in)

    @cached_property
    def void_sale(self) -> VoidSale:
        from pos.application.returns.void_sale import VoidSale

        return VoidSale(self.context)

    @cached_property
    def void_by_ticket(self) -> VoidByRequest:
        from pos.application.returns.void_request import VoidByRequest

        return VoidByRequest(self.context, self.void_sale, self.sign_in)

    @cached_property
    def propose_exchange(self) -> ProposeExchange:
        from pos.application.sales.exchange import ProposeExchange

        return ProposeExchange(self.context)

    @cached_property
    def fiscal(self) -> FiscalReceipts:
        from pos.application.fiscal.fiscal_receipts import FiscalReceipts
        from pos.application.fiscal.send_to_register import SendToRegister

        register = self.adapters.fiscal_register
        return FiscalReceipts(
            self.context, SendToRegister(self.context, register), register, self.adapters.running_time
        )

    @cached_property
    def fiscal_login(self) -> RegisterLogin:
        from pos.application.fiscal.register_login import RegisterLogin

        return RegisterLogin(self.context, self.adapters.register_credentials)

    @cached_property
    def offered_providers(self) -> OfferedProviders:
        from pos.application.outside_partners.offered_providers import OfferedProviders

        return OfferedProviders(self.context, self.adapters.providers)

    @cached_property
    def _charges_at_hand(self) -> ChargesAtHand:
        from pos.application.outside_partners.charge_customer import ChargesAtHand

        return ChargesAtHand()

    @cached_property
    def charge_at_provider(self) -> ChargeAtProvider:
        from pos.application.outside_partners.charge_customer import BeginCharge
        from pos.application.sales.reserve_for_payment import ChargeAtProvider

        begin = BeginCharge(self.context, self.adapters.providers, self._charges_at_hand)
        return ChargeAtProvider(self.context, begin, self.hold_sale)

    @cached_property
    def carry_on(self) -> CarryOn:
        from pos.application.outside_partners.carry_on import CarryOn

        return CarryOn(self.context, self.adapters.providers, self._charges_at_hand)

    @cached_property
    def partner_worker(self) -> PartnerWorker:
        """What a front end drives, off its own thread."""
        from pos.application.outside_partners.worker import PartnerWorker

        return PartnerWorker(self.carry_on)

    @cached_property
    def open_attempts(self) -> OpenAttempts:
        from pos.application.outside_partners.settle_attempts import OpenAttempts

        return OpenAttempts(self.context)

    @cached_property
    def undo_charge(self) -> UndoCharge:
        from pos.application.outside_partners.settle_attempts import UndoCharge

        return UndoCharge(self.context)

    @cached_property
    def decide_attempt(self) -> DecideAttempt:
        from pos.application.outside_partners.settle_attempts import DecideAttempt

        return DecideAttempt(self.context)

    @cached_property
    def give_back_charge(self) -> GiveBackCharge:
        from pos.application.outside_partners.settle_attempts import GiveBackCharge

        return GiveBackCharge(self.context)

    @cached_property
    def set_up_provider(self) -> SetUpProvider:
        from pos.application.outside_partners.set_up_provider import SetUpProvider

        return SetUpProvider(
            self.context, self.adapters.providers, self.adapters.provider_credentials, self.adapters.pairing
        )

    @property
    def practice_buttons(self) -> PracticeButtons | None:
        """What the customer of a training, a demo or a simulation does; None in a shop."""
        return self.adapters.practice_buttons
