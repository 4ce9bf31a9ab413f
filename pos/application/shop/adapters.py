"""The port of everything that the use cases of a till reach outside the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pos.application.maintenance.backup_ports import BackupStore
from pos.application.maintenance.erase_visitors import ForgettingStore
from pos.application.maintenance.migration_ports import MigratingStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import timedelta
    from pathlib import Path

    from pos.application.catalogue.catalogue_files import CatalogueFiles
    from pos.application.catalogue.chinese_input import MakeChineseInput
    from pos.application.declarations.declaration_ports import DeclarationPrinter
    from pos.application.maintenance.backup_ports import CopyFile
    from pos.application.maintenance.startup_checks import HostEnvironment
    from pos.application.membership.center_rules import RulesOfTill
    from pos.application.membership.membership import Membership
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
    from pos.application.pricing.import_rates import BankFile
    from pos.application.purchasing.issue_goods_receipt import GoodsReceiptPrinter
    from pos.application.purchasing.print_order import PrintOrder
    from pos.application.quota.show_regimes import RegimeFiles
    from pos.application.receipts.phone_receipt import DrawCode
    from pos.application.receipts.printer_ports import ReceiptPrinter
    from pos.application.reports.export_customs import Write as WriteCustoms
    from pos.application.reports.read_journal import Write as WriteJournal
    from pos.application.reports.report_files import Makers
    from pos.application.reports.single_window import CheckDraft, WriteDraft
    from pos.application.settings.offer_borders import BorderFiles
    from pos.application.settings.use_devices import UseDevices
    from pos.application.shifts.accounting_files import AccountingMakers
    from pos.application.staff.sign_in_at_the_shop import AtTheShop
    from pos.application.stock.issue_stock import StockDrawings
    from pos.application.tables.raw_table import RawTable
    from pos.application.tables.table import TableFiles
    from pos.application.tables.table_files import WriteWhole

    ReadBankRates = Callable[[Path], BankFile | None]
    ReadBankContent = Callable[[bytes, str], BankFile | None]
    FindBankFiles = Callable[[str], Sequence[tuple[Path, BankFile]]]
    FetchFile = Callable[[str], bytes]
    OpenTable = Callable[[Path], AbstractContextManager[RawTable]]


class OfficeStore(ForgettingStore, BackupStore, MigratingStore, Protocol):
    """A store that can erase visitors, be backed up and be migrated."""


class Adapters(Protocol):
    """The adapters of one till, each made when it is first asked for."""

    @property
    def office_store(self) -> OfficeStore:
        """The store, which can also be backed up, migrated and cleared of erased visitors."""

    @property
    def backup_folder(self) -> Path: ...

    @property
    def is_signed(self) -> IsSigned:
        """Whether the keys of this shop made a signature."""

    @property
    def at_the_shop(self) -> AtTheShop | None:
        """Opens the shop of a training to check a PIN; None outside a training."""

    @property
    def read_scan(self) -> ReadScan: ...

    @property
    def devices(self) -> UseDevices: ...

    @property
    def membership(self) -> Membership | None:
        """The till at its center; None in a demo and in a training, which open no connection."""

    @property
    def receipt_printer(self) -> ReceiptPrinter: ...

    @property
    def declaration_printer(self) -> DeclarationPrinter: ...

    @property
    def draw_code(self) -> DrawCode:
        """Encodes a text as a QR code."""

    @property
    def goods_receipt_printer(self) -> GoodsReceiptPrinter: ...

    @property
    def label_printer(self) -> LabelPrinter: ...

    @property
    def stock_drawings(self) -> StockDrawings: ...

    @property
    def print_order(self) -> PrintOrder: ...

    @property
    def pickup_paper(self) -> PickupPaper: ...

    @property
    def table_files(self) -> TableFiles:
        """The files of the lists on the screen."""

    @property
    def report_makers(self) -> Makers: ...

    @property
    def accounting_makers(self) -> AccountingMakers: ...

    @property
    def write_draft(self) -> WriteDraft:
        """Drafts for the single window."""

    @property
    def check_draft(self) -> CheckDraft:
        """Holds drafts for the single window against the shop's copy of the schema."""

    @property
    def write_whole(self) -> WriteWhole:
        """A file that is there whole, or not at all."""

    @property
    def customs_writers(self) -> Mapping[str, WriteCustoms]:
        """By file extension."""

    @property
    def journal_writer(self) -> WriteJournal: ...

    @property
    def make_chinese_input(self) -> MakeChineseInput: ...

    @property
    def catalogue_files(self) -> CatalogueFiles: ...

    @property
    def open_gate_table(self) -> OpenTable:
        """Opens a plain CSV table: the file of a gate, or of rates."""

    @property
    def read_bank_rates(self) -> ReadBankRates:
        """Reads the file of a central bank; None for a file that is not XML."""

    @property
    def read_statement(self) -> ReadStatement:
        """Reads a payment provider's file of a day."""

    @property
    def bank_rates_in(self) -> ReadBankContent:
        """The same of the content and the name of a file."""

    @property
    def bank_files_in(self) -> FindBankFiles:
        """The files of central banks in a folder, those written last first."""

    @property
    def fetch_file(self) -> FetchFile:
        """The content behind an address of the web: opens a connection."""

    @property
    def regime_files(self) -> RegimeFiles: ...

    @property
    def rules(self) -> RulesOfTill:
        """The same as the center's files change them."""

    @property
    def border_files(self) -> BorderFiles:
        """The borders as their files say now."""

    @property
    def erase_receipt_files(self) -> EraseReceiptFiles: ...

    @property
    def copy_file(self) -> CopyFile: ...

    @property
    def surroundings(self) -> HostEnvironment: ...

    @property
    def providers(self) -> PaymentProviders:
        """The payment providers of the till."""

    @property
    def fiscal_register(self) -> Callable[[], FiscalRegister | None]:
        """The fiscal register of a shop that has one; none in a training and a demo."""

    @property
    def running_time(self) -> Callable[[], timedelta]:
        """How long the computer has been on, whatever its clock is set to."""

    @property
    def register_credentials(self) -> ProviderCredentials | None:
        """Where the till keeps the login of its register; None in a training and a demo."""

    @property
    def practice_buttons(self) -> PracticeButtons | None:
        """What the customer of a training, a demo or a simulation does; None in a shop."""

    @property
    def provider_credentials(self) -> ProviderCredentials | None:
        """What the payment providers of this till need to sign in; None in a demo and in a training."""

    @property
    def pairing(self) -> TerminalPairing: ...
