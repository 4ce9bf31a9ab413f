"""Everything a screen or a command may call, in one hand: made by `main.build`, kept while it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pos.application.blind_return import BlindReturn
from pos.application.browse_catalogue import BrowseCatalogue
from pos.application.catalogue_files import CatalogueFiles
from pos.application.checkout import Checkout
from pos.application.clerk_steps import ClerkSteps
from pos.application.close_shift import CloseShift, ReadShift
from pos.application.complete_sale import CompleteSale
from pos.application.deliveries import Deliveries
from pos.application.exchange import ProposeExchange
from pos.application.export_catalogue import ExportCatalogue
from pos.application.export_customs import ExportCustoms
from pos.application.find_product import FillInProduct, FindProduct
from pos.application.find_receipts import FindReceipts
from pos.application.found_shop import FoundShop
from pos.application.hand_over_shift import HandOverShift
from pos.application.hold_sale import HoldSale
from pos.application.import_catalogue import ImportCatalogue
from pos.application.import_rates import ImportRates
from pos.application.issue_receipt import IssueReceipt, ShowSale
from pos.application.issue_shift import IssueShift
from pos.application.list_gaps import ListGaps
from pos.application.look_behind import ReceiptsBehind, SlowProducts
from pos.application.manage_staff import ManageStaff
from pos.application.move_cash import MoveCash, OpenDrawer
from pos.application.office import Office
from pos.application.open_shift import OpenShift
from pos.application.owe_tenders import OwedMoney
from pos.application.park_sale import ParkSale
from pos.application.parked_sales import ParkedSales
from pos.application.ports import Clock
from pos.application.promotions import Promotions
from pos.application.read_journal import ReadJournal
from pos.application.read_reports import ReportDay, VerifyBooks
from pos.application.report_files import ReportFiles
from pos.application.return_goods import ReturnGoods
from pos.application.return_ticket import ReturnByTicket
from pos.application.ring_sale import RingSale
from pos.application.save_tables import SaveTables
from pos.application.scan_ports import ReadScan
from pos.application.set_rates import SetRate, ShowRates
from pos.application.settings import Settings
from pos.application.show_rate_board import ShowRateBoard
from pos.application.show_regimes import ShowRegimes
from pos.application.sign_in import SignIn
from pos.application.single_pieces import FindPiece
from pos.application.sum_up import SumUp
from pos.application.table import TableFiles
from pos.application.visits import Visits
from pos.application.words import Words
from pos.application.would_fit import WouldFit
from pos.application.z_files import WriteZFiles
from pos.domain.quota.rule import Regime


@dataclass(frozen=True)
class Shop(ClerkSteps):
    """The steps of one till, wired.

    `settings` reads the options in force, `refusal_text` words a refusal or a trouble in a language,
    `reason_text` the stable name of a fault. `demo_pins`
    (sign-in name → PIN) is empty in a real shop. `quick_keys` are codes of goods for the buttons of the checkout.
    `folder` is the shop's data folder.
    """

    till: str
    version: str
    folder: Path
    now: Clock
    settings: Callable[[], Settings]
    regimes: Callable[[], Mapping[str, Regime]]
    words: Mapping[str, Words]
    refusal_text: Callable[[Exception, Words], str]
    reason_text: Callable[[str, Words], str]
    sign_in: SignIn
    staff: ManageStaff
    found_shop: FoundShop
    open_shift: OpenShift
    move_cash: MoveCash
    open_drawer: OpenDrawer
    read_shift: ReadShift
    hand_over_shift: HandOverShift
    close_shift: CloseShift
    issue_shift: IssueShift
    find: FindProduct
    find_piece: FindPiece
    read_scan: ReadScan
    fill_in: FillInProduct
    browse: BrowseCatalogue
    list_gaps: ListGaps
    complete_sale: CompleteSale
    hold_sale: HoldSale
    park_sale: ParkSale
    parked_sales: ParkedSales
    owed_money: OwedMoney
    issue_receipt: IssueReceipt
    show_sale: ShowSale
    ring_sale: RingSale
    return_goods: ReturnGoods
    blind_return: BlindReturn
    find_receipts: FindReceipts
    propose_exchange: ProposeExchange
    return_by_ticket: ReturnByTicket
    show_rates: ShowRates
    show_rate_board: ShowRateBoard
    show_regimes: ShowRegimes
    set_rate: SetRate
    office: Office
    import_rates: ImportRates
    promotions: Promotions
    deliveries: Deliveries
    report_day: ReportDay
    receipts_behind: ReceiptsBehind
    sum_up: SumUp
    slow_products: SlowProducts
    report_files: ReportFiles
    z_files: WriteZFiles
    verify_books: VerifyBooks
    read_journal: ReadJournal
    export_customs: ExportCustoms
    import_catalogue: ImportCatalogue
    catalogue_files: CatalogueFiles
    table_files: TableFiles
    save_tables: SaveTables
    export_catalogue: ExportCatalogue
    visits: Visits
    would_fit: WouldFit
    new_checkout: Callable[[], Checkout]
    close: Callable[[], None]
    demo_pins: Mapping[str, str] = field(default_factory=dict)
    quick_keys: tuple[str, ...] = ()
    read_dictionary: Callable[[], None] = lambda: None
    """Gets what the index of search needs; it takes a moment, once."""
    training: bool = False
    """Whether nothing here is real: the shop is one to train on."""
    training_command: tuple[str, ...] = ()
    """What opens a window to train in, beside this one; empty where there is none to open."""
