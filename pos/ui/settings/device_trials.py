"""Trying a device out before or after it is set: a page, the drawer, a weight, a scan."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from pos.application.figures import kg_text
from pos.application.setting_kinds import Printer
from pos.application.setting_words import printer_text, typed_text
from pos.application.settings import Settings
from pos.application.typography import paragraph
from pos.application.words import Words
from pos.domain.errors import BadField, DeviceTrouble, RuleBroken, Trouble
from pos.domain.staff import Person
from pos.ui.checkout.news import News
from pos.ui.devices_at_hand import PRINTER, SCALE, SCANNER
from pos.ui.session import Session
from pos.ui.sounds import Sound
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone

PAGE, DRAWER, WEIGH, SCAN = "page", "drawer", "weigh", "scan"
_SECONDS, _SCAN_MS = 12, 20_000
_LONGEST = 40

T = TypeVar("T")
Tell = Callable[[Words], str]


class DeviceTrials(QObject):
    """Does what a button of the form asks for with what its field holds, and tells in the page's notice how it went."""

    _heard = Signal(str)
    _told = Signal(object)

    def __init__(self, session: Session, news: News, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._news = session, news
        self._end: Callable[[], None] = lambda: None
        self._name = ""
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_SCAN_MS)
        self._waiting.timeout.connect(self._heard_nothing)
        self._heard.connect(self._hear)
        self._told.connect(self._tell_scanner)
        session.devices.scanned.connect(self._hear)

    def start(self, what: str, name: str, text: str, settings: Settings) -> None:
        """Try what the option `name` would be with `text`, at this till."""
        person = self._session.person
        if person is None:
            return
        self.stop()
        where = _of_this_till(name, text, self._session.shop.till, settings)
        self._name = name
        if not where:
            self._tell(Tone.NEARLY, lambda words: words("Nothing is set for this till yet."))
            return
        {PAGE: self._page, DRAWER: self._drawer, WEIGH: self._weigh, SCAN: self._scan}[what](person, where)

    def stop(self) -> None:
        """Wait for no scan any more."""
        self._waiting.stop()
        self._end()
        self._end = lambda: None

    def _page(self, person: Person, where: str) -> None:
        self._tell(Tone.INFO, lambda words: words("Printing a page on {printer} …", printer=printer_text(where, words)))
        shop = self._session.shop
        self._run(PRINTER, lambda: shop.office.devices.try_printer(person, where), lambda _file: self._printed(where))

    def _printed(self, where: str) -> None:
        if where == "folder":
            self._tell(Tone.WITHIN, lambda words: words("The page is in the shop folder: trial-page.pdf"))
            return
        self._tell(Tone.WITHIN, lambda words: words("The printer accepted the page. Check that it is complete."))

    def _drawer(self, person: Person, where: str) -> None:
        def opened(did: bool) -> None:
            if did:
                self._tell(Tone.WITHIN, lambda words: words("The drawer was sent the open command."))
            else:
                self._tell(
                    Tone.NEARLY,
                    lambda words: words(
                        "This printer cannot open a drawer. Use one with an address that starts with escpos:"
                    ),
                )

        shop = self._session.shop
        self._run(PRINTER, lambda: shop.office.devices.try_drawer(person, where), opened)

    def _weigh(self, person: Person, where: str) -> None:
        def weighed(grams: int) -> None:
            self._tell(
                Tone.WITHIN,
                lambda words: words("The scale shows {weight}.", weight=kg_text(Fraction(grams, 1000), words.language)),
            )

        shop = self._session.shop
        self._run(SCALE, lambda: shop.office.devices.try_scale(person, where), weighed)

    def _scan(self, person: Person, where: str) -> None:
        """The scanner in use is heard as it is; of another port what comes next is awaited."""
        self._tell(Tone.INFO, lambda words: words("Scan something now."), _SCAN_MS // 1000)
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
        with suppress(RuntimeError):  # the page has gone meanwhile
            self._heard.emit(text)

    def _pass_trouble(self, trouble: DeviceTrouble | None) -> None:
        with suppress(RuntimeError):
            self._told.emit(trouble)

    def _hear(self, text: str) -> None:
        if self._waiting.isActive():
            self.stop()
            self._session.sounds.play(Sound.ACCEPT)
            shown = _masked(text)
            self._tell(Tone.WITHIN, lambda words: words("Scanned: {text}", text=shown))

    def _heard_nothing(self) -> None:
        self.stop()
        self._tell(Tone.NEARLY, lambda words: words("No scan received."))

    def _tell_scanner(self, trouble: DeviceTrouble | None) -> None:
        if trouble is not None and self._waiting.isActive():
            self._failed(trouble)

    def _run(self, device: str, call: Callable[[], T], done: Callable[[T], None]) -> None:
        self._session.devices.run(device, call, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self.stop()
        self._session.sounds.play(Sound.REFUSE)
        if isinstance(error, RuleBroken | Trouble):
            name = self._name
            self._news.tell(
                "device.tried",
                lambda words: Notice(Tone.NEARLY, self._why(error, name, words), "unplug", seconds=_SECONDS),
            )

    def _why(self, error: Exception, name: str, words: Words) -> str:
        if isinstance(error, BadField):
            return paragraph(words, (words("“{value}” is not valid.", value=error.value), typed_text(name, words)))
        return self._session.wording(error)

    def _tell(self, tone: Tone, text: Tell, seconds: int = _SECONDS) -> None:
        self._news.tell("device.tried", lambda words: Notice(tone, text(words), seconds=seconds))


def _of_this_till(name: str, text: str, till: str, settings: Settings) -> str:
    """What an option would be at this till."""
    if isinstance(Settings.kind(name), Printer):
        return text
    own = dict(pair.split("=", 1) for pair in text.split(",") if "=" in pair)
    return own.get(till, settings.printer if name == "till_printers" else "")


def _masked(text: str) -> str:
    """What was read, as far as it may be shown: a paper with a person on it is told by its first letters."""
    shown = "".join(sign if sign.isprintable() else "·" for sign in text)
    return f"{shown[:2]}…" if "<" in text or len(text) > _LONGEST else shown
