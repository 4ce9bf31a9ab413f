"""All use cases for screens and commands: wired by `main`, kept while the program runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.shop.cashier_use_cases import CashierUseCases
from pos.application.shop.clerk_use_cases import ClerkUseCases
from pos.application.shop.manager_use_cases import ManagerUseCases
from pos.application.shop.office_use_cases import OfficeUseCases

if TYPE_CHECKING:
    from pos.application.catalogue.catalogue_files import CatalogueFiles
    from pos.application.ports.catalogue_ports import ReadScan
    from pos.application.ports.store import Clock
    from pos.application.settings.context import Context
    from pos.application.settings.settings import Settings
    from pos.application.shop.adapters import Adapters
    from pos.application.shop.office import Office
    from pos.application.shop.opening import DemoTour, Opening
    from pos.application.text.translator import Translator
    from pos.application.visitors.visits import VisitorUseCases
    from pos.domain.quota.rule import Regime


@dataclass(frozen=True)
class Shop(ManagerUseCases, CashierUseCases, ClerkUseCases, OfficeUseCases):
    """The use cases of one till.

    The fields are known at once; whatever needs the store opens the shop, unless it is open. `folder` is the shop's
    data folder, `clock` the time of day until the shop is open. `sentence` words a refusal or a trouble, `reason_text`
    the stable name of a fault. `read_dictionary` loads the dictionary of the search index, which takes a moment, once.
    `training`: this is a training shop without real data; `training_command` opens a training window beside this one,
    and is empty if there is none.
    """

    till: str
    version: str
    folder: Path
    translators: Mapping[str, Translator]
    clock: Clock
    sentence: Callable[[Exception, Translator, tzinfo | None], str]
    reason_text: Callable[[str, Translator], str]
    opening: Opening
    read_dictionary: Callable[[], None] = lambda: None
    training: bool = False
    training_command: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.opening.is_done

    def open(self) -> None:
        """Open the shop now. Raises Trouble and Refused."""
        self.opening()

    def close(self) -> None:
        if "fiscal" in self.__dict__:
            self.fiscal.close_line()
        if self.is_open:
            self.opening().close()

    @property
    def context(self) -> Context:
        return self.opening().context

    @property
    def adapters(self) -> Adapters:
        return self.opening().adapters

    @property
    def now(self) -> Clock:
        """The time of day: from the store on, no instant is before the last one in the books."""
        return self.context.now if self.is_open else self.clock

    @property
    def settings(self) -> Callable[[], Settings]:
        """Reads the options in force."""
        return self.context.settings

    @property
    def commits(self) -> int:
        """How often this program has recorded something in the store; 0 until the shop is open."""
        return self.context.store.commits if self.is_open else 0

    @property
    def regimes(self) -> Callable[[], Mapping[str, Regime]]:
        """Reads the rules in force."""
        return self.context.regimes

    @property
    def demo_pins(self) -> Mapping[str, str]:
        """The PINs of a demo shop by sign-in name; empty until it is open."""
        return self.opening().demo_pins if self.is_open else {}

    @property
    def demo_goods(self) -> tuple[str, ...]:
        """Codes of well-known goods of a demo shop, for a simulation."""
        return self.opening().demo_goods

    @property
    def demo_tour(self) -> DemoTour | None:
        """What the tour scans; None where the shop has no tour, or is not open yet."""
        return self.opening().demo_tour if self.is_open else None

    @property
    def read_scan(self) -> ReadScan:
        return self.adapters.read_scan

    @property
    def catalogue_files(self) -> CatalogueFiles:
        return self.adapters.catalogue_files

    @cached_property
    def office(self) -> Office:
        from pos.application.shop.office import Office

        return Office.over(self.context, self.adapters)

    @cached_property
    def visits(self) -> VisitorUseCases:
        from pos.application.visitors.visits import VisitorUseCases

        return VisitorUseCases.over(self.context, self.adapters.open_gate_table)

    def refusal_text(self, error: Exception, tr: Translator) -> str:
        """A refusal or a trouble in words, with its instants in the time zone of the shop."""
        return self.sentence(error, tr, self.opening().zone() if self.is_open else None)
