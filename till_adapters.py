"""The adapters of a till, each made when it is first asked for: what `main.py` gives to the use cases of a shop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pos import __version__
from pos.application.settings.options import Options
from pos.devices.program_location import RESOURCES

if TYPE_CHECKING:
    from datetime import timedelta

    from db.store.unit_of_work import SqlStore
    from pos.application.catalogue.catalogue_files import CatalogueFiles
    from pos.application.catalogue.chinese_input import MakeChineseInput
    from pos.application.center.till_pass import TillPass
    from pos.application.declarations.declaration_ports import DeclarationPrinter
    from pos.application.maintenance.backup_ports import CopyFile
    from pos.application.maintenance.startup_checks import HostEnvironment
    from pos.application.membership.center_ledger import CenterLedger
    from pos.application.membership.membership import Credentials, Membership
    from pos.application.outside_partners.reconcile_provider import ReadStatement
    from pos.application.pickup.papers import PickupPaper
    from pos.application.ports.catalogue_ports import ReadScan
    from pos.application.ports.fiscal_ports import FiscalRegister
    from pos.application.ports.maintenance_ports import EraseReceiptFiles, IsSigned
    from pos.application.ports.partner_ports import (
        PaymentProviders,
        PracticeButtons,
        ProviderCredentials,
        TerminalPairing,
    )
    from pos.application.ports.pricing_ports import LabelPrinter
    from pos.application.ports.store import Clock
    from pos.application.purchasing.issue_goods_receipt import GoodsReceiptPrinter
    from pos.application.purchasing.print_order import PrintOrder
    from pos.application.quota.show_regimes import RegimeFiles
    from pos.application.receipts.phone_receipt import DrawCode
    from pos.application.receipts.printer_ports import ReceiptPrinter
    from pos.application.reports.export_customs import Write as WriteCustoms
    from pos.application.reports.read_journal import Write as WriteJournal
    from pos.application.reports.report_files import Makers
    from pos.application.reports.single_window import CheckDraft, WriteDraft
    from pos.application.settings.context import Context
    from pos.application.settings.offer_borders import BorderFiles
    from pos.application.settings.use_devices import UseDevices
    from pos.application.shifts.accounting_files import AccountingMakers
    from pos.application.shop.adapters import FetchFile, FindBankFiles, OpenTable, ReadBankContent, ReadBankRates
    from pos.application.staff.sign_in_at_the_shop import AtTheShop
    from pos.application.stock.issue_stock import StockDrawings
    from pos.application.tables.table_files import TablesByEnding, WriteWhole
    from pos.devices.connected_devices import DevicesAtTill
    from pos.keys.shop_secrets import ShopSecrets
    from pos.payments.providers_of_till import PracticeProviders
    from pos.printing.drawings import Drawings
    from pos.regimes.center_files import RegimesOfTill

_FONTS = RESOURCES / "fonts"


def _connect(credentials: Credentials, given: TillPass) -> CenterLedger:
    """The line to a center, of which a shop without one loads nothing. Raises NotOfThisDemo."""
    from pos.center_client.http_center import HttpCenter
    from pos.keys.credentials import DemoCredentials

    if isinstance(credentials, DemoCredentials):
        credentials.check(given)
    return HttpCenter(given)


@dataclass(frozen=True)
class TillAdapters:
    """Implements `Adapters` for a till with this `folder`."""

    options: Options
    folder: Path
    context: Context
    office_store: SqlStore
    secrets: ShopSecrets
    rules: RegimesOfTill
    open_shop: Callable[[], tuple[SqlStore, ShopSecrets]]
    """Opens the shop to which a training belongs."""
    office_clock: Clock
    """The time of day there."""
    credentials: Credentials | None = None
    """Where the till's pass of a center is kept; None in a demo and in a training."""
    provider_credentials: ProviderCredentials | None = None
    """What the payment providers of a real shop need; None in a demo and in a training, which reach none."""

    @property
    def is_signed(self) -> IsSigned:
        return self.secrets.is_signed

    @property
    def regime_files(self) -> RegimeFiles:
        return self.rules.files

    @property
    def border_files(self) -> BorderFiles:
        from pos.devices.folders import shop_folder_of
        from pos.regimes.border_files import load_borders

        return load_borders((shop_folder_of(self.options) / "borders", RESOURCES / "borders"))

    @cached_property
    def at_the_shop(self) -> AtTheShop | None:
        from pos.application.staff.sign_in_at_the_shop import AtTheShop

        if not self.options.training:
            return None
        return AtTheShop(self.open_shop, self.office_clock, self.options.till)

    @cached_property
    def membership(self) -> Membership | None:
        if self.credentials is None:
            return None
        from pos.application.membership.membership import Membership
        from pos.devices.running_time import running_time

        return Membership(self.credentials, partial(_connect, self.credentials), running_time, __version__)

    @cached_property
    def read_scan(self) -> ReadScan:
        from pos.devices.gs1 import read_scan

        return read_scan

    @cached_property
    def make_chinese_input(self) -> MakeChineseInput:
        from pos.languages.pinyin_input import PinyinInput

        return PinyinInput

    @cached_property
    def _devices_at_till(self) -> DevicesAtTill:
        from pos.devices.connected_devices import DevicesAtTill
        from pos.printing.drawing.raster import every_page, head_dots, page_dots

        return DevicesAtTill(page_dots, head_dots, every_page)

    @cached_property
    def devices(self) -> UseDevices:
        from pos.application.settings.use_devices import UseDevices
        from pos.printing.drawing.trial_page import TrialPage

        context = self.context
        trial_page = TrialPage(self.folder, _FONTS, context.settings, context.translators, context.till, context.now)
        return UseDevices(context, self._devices_at_till, trial_page)

    @cached_property
    def _spool_receipts(self) -> Callable[[Path], None]:
        return self._devices_at_till.spool(lambda: self.context.settings().printer_of(self.context.till))

    @cached_property
    def _people(self) -> Callable[[], Mapping[str, str]]:
        from pos.application.staff.sign_in import SignIn

        return SignIn(self.context).names

    @cached_property
    def receipt_printer(self) -> ReceiptPrinter:
        from pos.printing.printers import ReceiptPdfPrinter

        context = self.context
        return ReceiptPdfPrinter(
            self.folder, _FONTS, context.settings, context.translators, self._people, context.regimes, context.secrets,
            self._spool_receipts, self.options.training, self.devices.millimetres,
        )  # fmt: skip

    @cached_property
    def draw_code(self) -> DrawCode:
        from pos.printing.drawing.codes import qr_modules

        return qr_modules

    @cached_property
    def declaration_printer(self) -> DeclarationPrinter:
        from pos.printing.printers import DeclarationPdfPrinter

        context, spool = self.context, self._devices_at_till.print_content
        return DeclarationPdfPrinter(
            self.folder, _FONTS, context.settings, context.translators, context.till, spool, self.options.training
        )

    @cached_property
    def goods_receipt_printer(self) -> GoodsReceiptPrinter:
        from pos.printing.printers import GoodsReceiptPdfPrinter

        settings, translators = self.context.settings, self.context.translators
        return GoodsReceiptPdfPrinter(
            self.folder, _FONTS, settings, translators, self._people, self._spool_receipts, self.options.training
        )

    @cached_property
    def label_printer(self) -> LabelPrinter:
        from pos.printing.printers import LabelPdfPrinter

        settings, translators = self.context.settings, self.context.translators
        spool = self._devices_at_till.spool(lambda: settings().label_printer)
        return LabelPdfPrinter(self.folder, _FONTS, settings, translators, spool, self.options.training)

    @cached_property
    def _drawings(self) -> Drawings:
        from pos.printing.drawings import Drawings

        return Drawings(_FONTS, self.context.settings, self.context.translators, self._people, self.options.training)

    @cached_property
    def stock_drawings(self) -> StockDrawings:
        from pos.application.stock.issue_stock import StockDrawings
        from pos.exports.lots_csv import lots_csv
        from pos.exports.stamped import stamping

        draw, table = self._drawings, stamping(lots_csv, self._stamp)
        return StockDrawings(self.folder / "stock", draw.count, draw.lots, table, self._spool_receipts)

    @cached_property
    def print_order(self) -> PrintOrder:
        from pos.application.purchasing.print_order import PrintOrder
        from pos.exports.order_csv import order_csv
        from pos.exports.stamped import stamping

        draw, table = self._drawings, stamping(order_csv, self._stamp)
        return PrintOrder(draw.order, table, self.folder / "orders", draw.keep, self._spool_receipts)

    @cached_property
    def pickup_paper(self) -> PickupPaper:
        from pos.application.pickup.papers import PickupPaper

        draw = self._drawings
        return PickupPaper(draw, self.folder / "pick-up", draw.keep, self._spool_receipts)

    def _stamp(self) -> str:
        """What a table of a training begins with; nothing in a shop."""
        if not self.options.training:
            return ""
        from pos.application.text.training_stamp import TRAINING_STAMP

        return self.context.translators[self.context.settings().receipt_languages[0]](TRAINING_STAMP)

    @cached_property
    def table_files(self) -> TablesByEnding:
        from pos.exports.table_writers import table_files

        return table_files(self._drawings.tables, training=self.options.training)

    @cached_property
    def report_makers(self) -> Makers:
        from pos.exports.report_files import report_makers

        return report_makers(self.table_files, self._drawings.day, self._stamp)

    @cached_property
    def accounting_makers(self) -> AccountingMakers:
        from pos.exports.accounting_files import accounting_makers

        return accounting_makers(self.table_files, self._stamp)

    @cached_property
    def write_draft(self) -> WriteDraft:
        from pos.exports.single_window.draft_xml import draft_xml

        return lambda file, is_checked: draft_xml(file, is_checked, self._stamp())

    @cached_property
    def check_draft(self) -> CheckDraft:
        from pos.exports.single_window.draft_schema import check_against_schema

        return check_against_schema

    @cached_property
    def write_whole(self) -> WriteWhole:
        from pos.exports.whole_file import writing_bytes

        return writing_bytes

    @cached_property
    def customs_writers(self) -> Mapping[str, WriteCustoms]:
        from pos.exports.customs_files import customs_writers

        return customs_writers(self._stamp)

    @cached_property
    def journal_writer(self) -> WriteJournal:
        from pos.exports.journal_csv import write_journal

        return lambda file, entries, formatter: write_journal(file, entries, formatter, self._stamp())

    @property
    def catalogue_files(self) -> CatalogueFiles:
        from pos.exports import catalogue_files

        return catalogue_files

    @cached_property
    def open_gate_table(self) -> OpenTable:
        from pos.exports.gate_csv import reading

        return reading

    @cached_property
    def read_bank_rates(self) -> ReadBankRates:
        from pos.exports.bank_rate_files import read_bank_rates

        return read_bank_rates

    @cached_property
    def read_statement(self) -> ReadStatement:
        from pos.exports.provider_statements import read_statement_file

        return read_statement_file

    @cached_property
    def bank_rates_in(self) -> ReadBankContent:
        from pos.exports.bank_rate_files import bank_rates_in

        return bank_rates_in

    @cached_property
    def bank_files_in(self) -> FindBankFiles:
        from pos.exports.bank_rate_files import bank_files_in

        return bank_files_in

    @cached_property
    def fetch_file(self) -> FetchFile:
        from pos.devices.web_file import fetch_file

        return fetch_file

    @cached_property
    def erase_receipt_files(self) -> EraseReceiptFiles:
        from pos.printing.erased_receipt_files import EraseDrawnReceipts

        return EraseDrawnReceipts(self.folder, self.context.settings)

    @cached_property
    def backup_folder(self) -> Path:
        from pos.application.maintenance.keep_backups import FOLDER

        return self.folder / FOLDER

    @cached_property
    def copy_file(self) -> CopyFile:
        from pos.exports.copied_file import copy_whole

        return copy_whole

    @cached_property
    def _practice(self) -> PracticeProviders | None:
        """In a training, a demo and a simulation: no setting and no file leads to a real provider there."""
        if self.provider_credentials is not None:
            return None
        from pos.payments.providers_of_till import PracticeProviders

        return PracticeProviders()

    @cached_property
    def providers(self) -> PaymentProviders:
        if self.provider_credentials is None:
            assert self._practice is not None, "without credentials there is the practice"
            return self._practice
        from pos.payments.live_addresses import LIVE_ADDRESSES
        from pos.payments.providers_of_till import ProvidersOfTill

        return ProvidersOfTill(self.provider_credentials, LIVE_ADDRESSES, self.context.now)

    @cached_property
    def fiscal_register(self) -> Callable[[], FiscalRegister | None]:
        if self.provider_credentials is None:
            return lambda: None
        from pos.fiscal.live_addresses import LIVE_REGISTERS
        from pos.fiscal.register_of_till import RegisterOfTill

        return RegisterOfTill(self.provider_credentials, LIVE_REGISTERS, self.context.settings)

    @property
    def running_time(self) -> Callable[[], timedelta]:
        from pos.devices.running_time import running_time

        return running_time

    @property
    def register_credentials(self) -> ProviderCredentials | None:
        return self.provider_credentials

    @property
    def pairing(self) -> TerminalPairing:
        from pos.payments.kaspi_pairing import KaspiPairing

        return KaspiPairing()

    @property
    def practice_buttons(self) -> PracticeButtons | None:
        return None if self._practice is None else self._practice.practice

    @cached_property
    def surroundings(self) -> HostEnvironment:
        from pos.devices.folder_state import FolderSurroundings

        return FolderSurroundings(self.folder, self.options.training or self.options.database is None)
