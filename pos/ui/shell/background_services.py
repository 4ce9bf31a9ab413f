"""All services beside the pages: the scanner, the store, the idle till, the backups."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from pos.application.catalogue.scan_assembler import ScanTiming
from pos.ui.input.event_filters import Listening
from pos.ui.input.scanner_filter import ScannerFilter
from pos.ui.shell.pin_bursts import PinBursts
from pos.ui.shell.search_reset import LeftSearches
from pos.ui.shell.services.backups_at_rest import BackupsAtRest
from pos.ui.shell.services.center_notices import CenterNotices
from pos.ui.shell.services.center_watch import CenterWatch
from pos.ui.shell.services.figure_reader import FigureReader
from pos.ui.shell.services.idle_watch import IdleWatch
from pos.ui.shell.services.partner_notices import PartnerNotices
from pos.ui.shell.services.partner_watch import PartnerWatch
from pos.ui.shell.services.register_watch import RegisterWatch
from pos.ui.shell.services.startup_notices import StartupNotices
from pos.ui.shell.services.store_watch import StoreWatch
from pos.ui.shell.services.upkeep import Upkeep
from pos.ui.shell.type_ahead import TypeAhead
from pos.ui.touch.touch_input import TouchInput
from pos.ui.widgets.fields.pin_field import PinField

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.application.settings.settings import Settings
    from pos.application.shop.shop import Shop
    from pos.domain.staff.staff import Person
    from pos.ui.session.session import Session
    from pos.ui.shell.main_window import MainWindow


class BackgroundServices(QObject):
    """Started with the first picture of the window. `stop` ends them all.

    `is_signing_in` is whether a user is signing in, whose keys and scans wait for their page.
    """

    def __init__(
        self,
        app: QApplication,
        session: Session,
        window: MainWindow,
        is_signing_in: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._window = session, window
        self.scanner = ScannerFilter(time.monotonic, parent=self)
        self.quick = TypeAhead(session, is_signing_in, window.keys, self.scanner, self)
        self.pins = PinBursts(session, self)
        self.idle = IdleWatch(self)
        self.watch = StoreWatch(session, self)
        self.looking = StartupNotices(session, self)
        self.upkeep = Upkeep(session, lambda: _keep_up(session.shop), self)
        self.backups = BackupsAtRest(session, self.upkeep, self)
        self.figures = FigureReader(session, window, self)
        self.center = CenterWatch(session, self)
        self.center_notices = CenterNotices(session, self.center, self)
        self.partners = PartnerWatch(session, self)
        self.partner_notices = PartnerNotices(session, self)
        self.register = RegisterWatch(session, self)
        self.searches = LeftSearches(session, window)
        self.touch = TouchInput(app, session, window.keys.press, self)
        session.finishing.keep_time_with(self.scanner)
        listeners = (
            window.keys,
            self.touch.scroll,
            session.finishing,
            self.quick,
            self.scanner,
            self.touch,
            self.idle,
            self.upkeep.watch,
        )
        self._listening = Listening(app, listeners, self)
        for signal, step in (
            (self.scanner.scanned, window.scanned),
            (self.scanner.document_scanned, window.document_scanned),
            (self.scanner.unreadable, window.unreadable),
        ):
            signal.connect(lambda text, step=step: self.quick.scan(lambda: step(text)))
            signal.connect(lambda _text: self.idle.touch())
        self.scanner.perhaps_pin.connect(self._read_pin)
        self.scanner.coming.connect(session.scan_coming)
        session.devices.scanned.connect(self.scanner.take_line)
        self.idle.idle.connect(self._lock_alone)
        session.settings_changed.connect(self._obey)
        session.person_changed.connect(self._person_changed)

    def hear(self) -> None:
        """Listen to the window's keys, before it first has the focus."""
        self._listening.hear(self._window.windowHandle())

    def stop(self) -> None:
        """Stop all services and release the keyboard."""
        for one in (
            self.idle, self.upkeep, self.backups, self.looking, self.watch, self.figures, self.center,
            self.partners, self.register, self._listening,
        ):  # fmt: skip
            one.stop()

    def _read_pin(self, digits: str) -> None:
        self.idle.touch()
        field = QApplication.focusWidget()
        assert isinstance(field, PinField), "the filter has looked"
        self.pins.hear(digits, field, lambda: self.quick.scan(lambda: self._window.scanned(digits)))

    def _obey(self, settings: Settings) -> None:
        gap = settings.scanner_gap_ms / 1000
        self.scanner.set_timing(ScanTiming(gap=gap, shortest=settings.scanner_shortest))
        self.idle.set_minutes(settings.lock_minutes)

    def _person_changed(self, person: Person | None) -> None:
        if person is not None:
            self.idle.touch()
        else:
            self.quick.forget()

    def _lock_alone(self) -> None:
        if self._session.person is not None:
            self._window.lock()


def _keep_up(shop: Shop) -> bool:
    """One step of the idle till's own work, the one that can fail last; return whether there is more to do."""
    return (
        shop.pickup.upkeep.step()
        or shop.sum_up()
        or shop.seal_books.step()
        or shop.office.forget_visitors.step()
        or shop.z_files.step()
    )
