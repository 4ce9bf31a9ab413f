"""Tests a device before or after it is set: a page, the drawer, a weight, a scan."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from pos.application.settings.setting_kinds import Printer
from pos.application.settings.setting_words import printer_text, typed_text
from pos.application.settings.settings import Settings
from pos.application.text.formatting import kg_text
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.errors import BadField, DeviceError, InfrastructureError, RuleBroken
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import News
from pos.ui.session.session import Session
from pos.ui.session.till_devices import PRINTER, SCALE, SCANNER
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

PAGE, DRAWER, WEIGH, SCAN = "page", "drawer", "weigh", "scan"
_SECONDS, _SCAN_MS = 12, 20_000
_LONGEST = 40

T = TypeVar("T")
TextMaker = Callable[[Translator], str]


class DeviceTrials(QObject):
    """Runs the test of a form's button with the value of its field, and reports the result as a notice on the page."""

    _scanned = Signal(str)
    _scanner_answered = Signal(object)

    def __init__(self, session: Session, news: News, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._news = session, news
        self._end: Callable[[], None] = lambda: None
        self._name = ""
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_SCAN_MS)
        self._waiting.timeout.connect(self._no_scan)
        self._scanned.connect(self._take_scan)
        self._scanner_answered.connect(self._report_scanner)
        session.devices.scanned.connect(self._take_scan)

    def start(self, what: str, name: str, text: str, settings: Settings) -> None:
        """Test the option `name` with the value `text` at this till."""
        person = self._session.person
        if person is None:
            return
        self.stop()
        where = _of_this_till(name, text, self._session.shop.till, settings)
        self._name = name
        if not where:
            self._notify(Tone.NEARLY, lambda tr: tr("Nothing is set for this till yet."))
            return
        {PAGE: self._page, DRAWER: self._drawer, WEIGH: self._weigh, SCAN: self._scan}[what](person, where)

    def stop(self) -> None:
        """Stop waiting for a scan."""
        self._waiting.stop()
        self._end()
        self._end = lambda: None

    def _page(self, person: Person, where: str) -> None:
        self._notify(Tone.INFO, lambda tr: tr("Printing a page on {printer} …", printer=printer_text(where, tr)))
        shop = self._session.shop
        self._run(PRINTER, lambda: shop.office.devices.try_printer(person, where), lambda _file: self._printed(where))

    def _printed(self, where: str) -> None:
        if where == "folder":
            self._notify(Tone.WITHIN, lambda tr: tr("The page is in the shop folder: trial-page.pdf"))
            return
        self._notify(Tone.WITHIN, lambda tr: tr("The printer accepted the page. Check that it is complete."))

    def _drawer(self, person: Person, where: str) -> None:
        def opened(did: bool) -> None:
            if did:
                self._notify(Tone.WITHIN, lambda tr: tr("The drawer was sent the open command."))
            else:
                self._notify(
                    Tone.NEARLY,
                    lambda tr: tr(
                        "This printer cannot open a drawer. Use one with an address that starts with escpos:"
                    ),
                )

        shop = self._session.shop
        self._run(PRINTER, lambda: shop.office.devices.try_drawer(person, where), opened)

    def _weigh(self, person: Person, where: str) -> None:
        def weighed(grams: int) -> None:
            self._notify(
                Tone.WITHIN,
                lambda tr: tr("The scale shows {weight}.", weight=kg_text(Fraction(grams, 1000), tr.language)),
            )

        shop = self._session.shop
        self._run(SCALE, lambda: shop.office.devices.try_scale(person, where), weighed)

    def _scan(self, person: Person, where: str) -> None:
        """A scan of the current scanner is taken as it is; on another port the next input is awaited."""
        self._notify(Tone.INFO, lambda tr: tr("Scan something now."), _SCAN_MS // 1000)
        self._waiting.start()
        if where and where == self._session.settings.scanner_of(self._session.shop.till):
            trouble = self._session.devices.trouble(SCANNER)
            if trouble is not None:
                self._failed(trouble)
            return
        devices = self._session.shop.office.devices

        def listen() -> Callable[[], None]:
            return devices.try_scanner(person, where, self._pass_on, self._pass_trouble)

        def listening(end: Callable[[], None]) -> None:
            self._end = end

        self._run(SCANNER, listen, listening)

    def _pass_on(self, text: str) -> None:
        with suppress(RuntimeError):  # the page was closed meanwhile
            self._scanned.emit(text)

    def _pass_trouble(self, trouble: DeviceError | None) -> None:
        with suppress(RuntimeError):
            self._scanner_answered.emit(trouble)

    def _take_scan(self, text: str) -> None:
        if self._waiting.isActive():
            self.stop()
            self._session.sounds.play(Sound.ACCEPT)
            printable = _masked(text)
            self._notify(Tone.WITHIN, lambda tr: tr("Scanned: {text}", text=printable))

    def _no_scan(self) -> None:
        self.stop()
        self._notify(Tone.NEARLY, lambda tr: tr("No scan received."))

    def _report_scanner(self, trouble: DeviceError | None) -> None:
        if trouble is not None and self._waiting.isActive():
            self._failed(trouble)

    def _run(self, device: str, call: Callable[[], T], done: Callable[[T], None]) -> None:
        self._session.devices.run(device, call, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self.stop()
        self._session.sounds.play(Sound.REFUSE)
        if isinstance(error, RuleBroken | InfrastructureError):
            name = self._name
            self._news.notify(
                "device.tried",
                lambda tr: Notice(Tone.NEARLY, self._why(error, name, tr), "unplug", seconds=_SECONDS),
            )

    def _why(self, error: Exception, name: str, tr: Translator) -> str:
        if isinstance(error, BadField):
            return paragraph(tr, (tr("“{value}” is not valid.", value=error.value), typed_text(name, tr)))
        return self._session.wording(error)

    def _notify(self, tone: Tone, text: TextMaker, seconds: int = _SECONDS) -> None:
        self._news.notify("device.tried", lambda tr: Notice(tone, text(tr), seconds=seconds))


def _of_this_till(name: str, text: str, till: str, settings: Settings) -> str:
    """The value of an option for this till."""
    if isinstance(Settings.kind(name), Printer):
        return text
    own = dict(pair.split("=", 1) for pair in text.split(",") if "=" in pair)
    return own.get(till, settings.printer if name == "till_printers" else "")


def _masked(text: str) -> str:
    """The scanned text, masked as required: of a document with personal data only the first letters are shown."""
    printable = "".join(char if char.isprintable() else "·" for char in text)
    return f"{printable[:2]}…" if "<" in text or len(text) > _LONGEST else printable
