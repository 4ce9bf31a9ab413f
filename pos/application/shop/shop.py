"""All use cases for screens and commands: built by `main.build`, kept while the program runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos.application.shop.cashier_use_cases import CashierUseCases
from pos.application.shop.clerk_use_cases import ClerkUseCases
from pos.application.shop.lazy import late
from pos.application.shop.manager_use_cases import ManagerUseCases
from pos.application.shop.office_use_cases import OfficeUseCases

if TYPE_CHECKING:
    from pos.application.catalogue.catalogue_files import CatalogueFiles
    from pos.application.catalogue.export_catalogue import ExportCatalogue
    from pos.application.catalogue.import_catalogue import ImportCatalogue
    from pos.application.ports.scan_ports import ReadScan
    from pos.application.ports.store import Clock
    from pos.application.receipts.issue_receipt import IssueReceipt
    from pos.application.settings.found_shop import FoundShop
    from pos.application.settings.settings import Settings
    from pos.application.shifts.issue_shift import IssueShift
    from pos.application.shop.office import Office
    from pos.application.tables.table import TableFiles
    from pos.application.text.words import Words
    from pos.application.visitors.visits import VisitorUseCases
    from pos.domain.quota.rule import Regime


@dataclass(frozen=True)
class Shop(ManagerUseCases, CashierUseCases, ClerkUseCases, OfficeUseCases):
    """The wired use cases of one till.

    `settings` reads the options in force, `refusal_text` words a refusal or a trouble in a language, `reason_text` the
    stable name of a fault. `demo_pins` (sign-in name → PIN) is empty in a real shop. `quick_keys` are codes of goods
    for the buttons of the checkout. `folder` is the shop's data folder.
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
    found_shop: FoundShop
    issue_shift: IssueShift
    read_scan: ReadScan
    issue_receipt: IssueReceipt
    office: Office
    import_catalogue: ImportCatalogue
    catalogue_files: CatalogueFiles
    table_files: TableFiles
    export_catalogue: ExportCatalogue
    visits: VisitorUseCases
    close: Callable[[], None]
    demo_pins: Mapping[str, str] = field(default_factory=dict)
    quick_keys: tuple[str, ...] = ()
    read_dictionary: Callable[[], None] = lambda: None
    """Loads the dictionary of the search index; takes a moment, once."""
    training: bool = False
    """Whether this is a training shop without real data."""
    training_command: tuple[str, ...] = ()
    """The command that opens a training window beside this one; empty if there is none."""


Group = ManagerUseCases | CashierUseCases | ClerkUseCases | OfficeUseCases


def lazy_use_cases(group: type[Group], make: Callable[[], Group], **known: object) -> dict[str, Any]:
    """The use cases of a group by name, as a Shop takes them; built when one that is not `known` is first used."""
    made = late(make)
    return {step.name: late(partial(getattr, made, step.name)) for step in fields(group)} | known
