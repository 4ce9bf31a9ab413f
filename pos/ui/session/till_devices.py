"""The devices of this till as the window knows them: their states, the scanner's input, the drawer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from pos.application.settings.device_addresses import read_port, read_printer, read_scale
from pos.domain.errors import DeviceError, InfrastructureError, PrinterError, RuleBroken
from pos.ui.session.background import Background
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.settings.settings import Settings
    from pos.application.shop.shop import Shop
    from pos.application.text.translator import Translator
    from pos.ui.notices.notices import News

T = TypeVar("T")
PRINTER, SCANNER, SCALE = "printer", "scanner", "scale"
_TICK_MS = 10_000
_WELL_TICKS = 6
"""A printer without a fault is polled each minute, one with a fault each ten seconds."""


class TillOfDevices(Protocol):
    """What the devices need of the till: its shop, its message catalogue, and a way to show a fault."""

    shop: Shop
    translator: Translator

    def wording(self, error: Exception) -> str:
        """One sentence for a fault."""
        ...

    def report(self, error: Exception) -> None:
        """Show a fault; log an unexpected one."""
        ...

    def report_foreseen(self, error: Exception) -> None:
        """Show a refusal or an infrastructure error."""
        ...

    def notify(self, kind: str, news: News) -> None:
        """Show a notice of a kind of `notices.py`."""
        ...


class TillDevices(QObject):
    """The settings name the devices of this till; the window's thread never waits for a device."""

    changed = Signal()
    scanned = Signal(str)
    """A line of the serial scanner."""
    _line_read = Signal(int, str)
    _fault_changed = Signal(int, object)

    def __init__(self, till: TillOfDevices, parent: QObject) -> None:
        super().__init__(parent)
        self._till = till
        self._troubles: dict[str, InfrastructureError] = {}
        self._well: set[str] = set()
        self._backgrounds: dict[str, Background] = {}
        self._printer = self._scanner = self._scale = ""
        self._scans = 0
        self._end_scanning: Callable[[], None] = lambda: None
        self._looking = self._stopped = False
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._line_read.connect(self._take_line)
        self._fault_changed.connect(self._take_fault)

    # ── states ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def scale(self) -> str:
        """The setting of this till's scale; empty if it has none."""
        return self._scale

    def has(self, device: str) -> bool:
        """Whether this till has a scanner, or a scale, with a known state."""
        return bool({PRINTER: "always", SCANNER: self._scanner, SCALE: self._scale}[device])

    def trouble(self, device: str) -> InfrastructureError | None:
        """The last known fault of a device."""
        return self._troubles.get(device)

    def is_well(self, device: str) -> bool:
        """Whether the device has done or answered what it was asked last; what was not asked yet is not known."""
        return device in self._well

    def description(self, device: str) -> str:
        """Kind and address of a device, for a technician."""
        from pos.application.settings.setting_words import printer_text  # with the texts of every setting

        if device == PRINTER:
            return printer_text(self._printer, self._till.translator)
        if device == SCANNER:
            return read_port(self._scanner).description if self._scanner else ""
        if not self._scale:
            return ""
        scale = read_scale(self._scale)
        return f"{scale.protocol} · {scale.port.description}"

    def take(self, device: str, trouble: InfrastructureError | None) -> None:
        """Keep the state of a device: None means no fault."""
        before, was_well = self._troubles.get(device), self.is_well(device)
        if trouble is None:
            self._troubles.pop(device, None)
            self._well.add(device)
        else:
            self._troubles[device] = trouble
            self._well.discard(device)
        if _said(before) != _said(trouble) or was_well != self.is_well(device):
            self.changed.emit()

    # ── requests ─────────────────────────────────────────────────────────────────────────────────────────────

    def run(
        self, device: str, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Make a request to a device on a thread of its own; unexpected errors are reported as well."""
        if self._stopped:
            return

        def broken(error: Exception) -> None:
            if not isinstance(error, (RuleBroken, InfrastructureError)):
                self._till.report(error)
            failed(error)

        if device not in self._backgrounds:
            self._backgrounds[device] = Background(device, self)
        self._backgrounds[device].run(call, done, broken)

    @property
    def is_idle(self) -> bool:
        """Whether every request has been answered."""
        return all(background.is_idle for background in self._backgrounds.values())

    def open_drawer(self) -> None:
        """Open the drawer of this till after the reason is recorded; a failure is reported."""
        if read_printer(self._printer) is not None:
            drawer = self._till.shop.office.devices.open_drawer
            self.run(PRINTER, drawer, lambda _opened: self.take(PRINTER, None), self._not_opened)

    def stop(self) -> None:
        """Stop listening; unanswered requests end with the program."""
        self._stopped = True
        self._timer.stop()
        self._end_scanning()
        for background in self._backgrounds.values():
            background.leave()

    # ── internal ─────────────────────────────────────────────────────────────────────────────────────────────

    def obey(self, settings: Settings) -> None:
        """Use the devices that the settings name for this till."""
        till = self._till.shop.till
        printer, scanner, scale = settings.printer_of(till), settings.scanner_of(till), settings.scale_of(till)
        new = printer != self._printer, scanner != self._scanner, scale != self._scale
        self._printer, self._scanner, self._scale = printer, scanner, scale
        for device, is_new in zip((PRINTER, SCANNER, SCALE), new, strict=True):
            if is_new:
                self._troubles.pop(device, None)
                self._well.discard(device)
        if new[1]:
            self._listen()
        if new[0]:
            self._look()
        if any(new):
            self.changed.emit()
        if read_printer(printer) is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _listen(self) -> None:
        """Listen to the scanner of the settings only."""
        self._end_scanning()
        self._end_scanning = lambda: None
        self._scans += 1
        number, port = self._scans, self._scanner
        if not port or self._stopped:
            return

        def pass_on(text: str) -> None:
            with suppress(RuntimeError):  # the window is gone
                self._line_read.emit(number, text)

        def report(trouble: DeviceError | None) -> None:
            with suppress(RuntimeError):
                self._fault_changed.emit(number, trouble)

        self._end_scanning = self._till.shop.office.devices.at_hand.scan(read_port(port), pass_on, report)

    def _take_line(self, number: int, text: str) -> None:
        if number == self._scans and not self._stopped:
            self.scanned.emit(text)

    def _take_fault(self, number: int, trouble: DeviceError | None) -> None:
        if number == self._scans and not self._stopped:
            self.take(SCANNER, trouble)

    def _tick(self) -> None:
        self._ticks += 1
        if PRINTER in self._troubles or self._ticks % _WELL_TICKS == 0:
            self._look()

    def _look(self) -> None:
        """Poll a printer of our own; the state of others is unknown until something is printed."""
        if self._looking or read_printer(self._printer) is None:
            return
        self._looking = True
        asked = self._printer

        def seen(trouble: InfrastructureError | None) -> None:
            self._looking = False
            if asked == self._printer:
                self.take(PRINTER, trouble)

        at_hand = self._till.shop.office.devices.at_hand
        self.run(
            PRINTER,
            lambda: at_hand.look_at_printer(asked),
            lambda _well: seen(None),
            lambda error: seen(error if isinstance(error, InfrastructureError) else None),
        )

    def _not_opened(self, error: Exception) -> None:
        if not isinstance(error, PrinterError):
            self._till.report_foreseen(error)
            return
        self.take(PRINTER, error)
        till = self._till
        till.notify(
            "drawer.shut",
            lambda: Notice(
                Tone.NEARLY,
                till.translator("The drawer did not open. {reason}", reason=till.wording(error)),
                "inbox",
                seconds=12,
            ),
        )


def _said(trouble: InfrastructureError | None) -> tuple[str, str] | None:
    return None if trouble is None else (trouble.what, trouble.where)
