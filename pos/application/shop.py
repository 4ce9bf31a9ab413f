"""Everything a screen or a command may call, in one hand: made by `main.build`, kept while it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pos.application.book_steps import BookSteps
from pos.application.browse_catalogue import BrowseCatalogue
from pos.application.catalogue_files import CatalogueFiles
from pos.application.clerk_steps import ClerkSteps
from pos.application.counter_steps import CounterSteps
from pos.application.deliveries import Deliveries
from pos.application.export_catalogue import ExportCatalogue
from pos.application.found_shop import FoundShop
from pos.application.import_catalogue import ImportCatalogue
from pos.application.import_rates import ImportRates
from pos.application.issue_receipt import IssueReceipt
from pos.application.issue_shift import IssueShift
from pos.application.list_gaps import ListGaps
from pos.application.manage_staff import ManageStaff
from pos.application.office import Office
from pos.application.ports import Clock
from pos.application.promotions import Promotions
from pos.application.scan_ports import ReadScan
from pos.application.set_rates import SetRate, ShowRates
from pos.application.settings import Settings
from pos.application.show_rate_board import ShowRateBoard
from pos.application.show_regimes import ShowRegimes
from pos.application.table import TableFiles
from pos.application.visits import Visits
from pos.application.words import Words
from pos.domain.quota.rule import Regime


@dataclass(frozen=True)
class Shop(BookSteps, CounterSteps, ClerkSteps):
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
    staff: ManageStaff
    found_shop: FoundShop
    issue_shift: IssueShift
    read_scan: ReadScan
    browse: BrowseCatalogue
    list_gaps: ListGaps
    issue_receipt: IssueReceipt
    show_rates: ShowRates
    show_rate_board: ShowRateBoard
    show_regimes: ShowRegimes
    set_rate: SetRate
    office: Office
    import_rates: ImportRates
    promotions: Promotions
    deliveries: Deliveries
    import_catalogue: ImportCatalogue
    catalogue_files: CatalogueFiles
    table_files: TableFiles
    export_catalogue: ExportCatalogue
    visits: Visits
    close: Callable[[], None]
    demo_pins: Mapping[str, str] = field(default_factory=dict)
    quick_keys: tuple[str, ...] = ()
    read_dictionary: Callable[[], None] = lambda: None
    """Gets what the index of search needs; it takes a moment, once."""
    training: bool = False
    """Whether nothing here is real: the shop is one to train on."""
    training_command: tuple[str, ...] = ()
    """What opens a window to train in, beside this one; empty where there is none to open."""


def steps_of(*groups: BookSteps | CounterSteps | ClerkSteps) -> dict[str, Any]:
    """The steps of these groups, each under its name, as a Shop takes them."""
    return {step.name: getattr(group, step.name) for group in groups for step in fields(group)}
