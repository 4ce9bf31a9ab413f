"""Reads, sends, tries and decides what concerns the fiscal register, from the settings, beside all other work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.application.fiscal.fiscal_words import problem_text
from pos.application.fiscal.register_login import NoFiscalRegister
from pos.application.shop.shop import Shop
from pos.application.text.translator import Translator
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.domain.fiscal.answers import Held, RegisterAnswer, Rejected
from pos.domain.outside_partners.answers import Lost
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import News
from pos.ui.session.session import Session
from pos.ui.settings.fiscal_login_panel import FiscalLoginPanel
from pos.ui.settings.fiscal_receipts_panel import FiscalReceiptsPanel
from pos.ui.settings.fiscal_rows import LOGIN_ROW, FiscalShown
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

T = TypeVar("T")
_SECONDS = 20


class FiscalSteps(QObject):
    """Holds what is known; `changed` is emitted with each answer. `shown` is None in a shop without a register."""

    changed = Signal()

    def __init__(self, session: Session, login: FiscalLoginPanel, receipts: FiscalReceiptsPanel, news: News) -> None:
        super().__init__(login)
        self._session, self._login, self._receipts, self._news = session, login, receipts, news
        self._is_busy = False
        self.shown: FiscalShown | None = None
        login.saved.connect(self.save)
        login.tried.connect(self.test)
        receipts.again.connect(self.send_again)
        receipts.given_up.connect(self.give_up)
        receipts.sending.connect(self.send)
        session.fiscal.changed.connect(self._follow)

    def read(self) -> None:
        """Read how things stand, for the person at the page."""
        session = self._session
        if session.shop.is_open and session.settings.register_kind is not None:
            session.run_as(partial(_read, session.shop), self._take, session.report_foreseen)
        else:
            self._take(None)

    def panel(self, row: str) -> FiscalLoginPanel | FiscalReceiptsPanel:
        """The panel of a row."""
        return self._login if row == LOGIN_ROW else self._receipts

    def present(self, row: str) -> None:
        """Show a row in the language on show."""
        session, shown = self._session, self.shown
        if shown is None:
            return
        if row == LOGIN_ROW:
            self._login.present(session.settings.fiscal_register, shown, session.translator, is_busy=self._is_busy)
        else:
            self._receipts.present(shown, session.settings.zone, session.translator, is_busy=self._is_busy)

    def save(self, fields: Mapping[str, str]) -> None:
        """Keep the typed fields of the login."""

        def saved(_lacking: object) -> None:
            self._login.forget()
            self._say(Tone.WITHIN, "check", lambda tr: tr("Saved."))

        self._ask(lambda shop, person: shop.fiscal_login(fields, person), saved)

    def test(self) -> None:
        """Try line, login and cashbox; nothing is changed."""

        def answered(came: RegisterAnswer | None) -> None:
            if isinstance(came, Held | Rejected | Lost):
                why = came.what if isinstance(came, Lost) else came.reason
                self._say(Tone.NEARLY, "unplug", partial(problem_text, why, came.detail))
            else:
                self._say(Tone.WITHIN, "check", lambda tr: tr("The fiscal register answers."))

        self._ask(lambda shop, person: shop.fiscal.check(person), answered)

    def send(self) -> None:
        """Send what waits, and ask about what was sent."""
        self._ask(lambda shop, _person: shop.fiscal.send(at_once=True), lambda _sent: None)

    def send_again(self, name: str) -> None:
        """A refused document under a fresh number."""

        def step(shop: Shop, person: Person) -> None:
            shop.fiscal.again(name, person)
            shop.fiscal.send(at_once=True)

        self._ask(step, lambda _done: None)

    def give_up(self, name: str, why: str) -> None:
        """Note that a refused document is not registered by the program."""

        def given_up(_document: object) -> None:
            self._receipts.forget()
            self._say(Tone.WITHIN, "check", lambda tr: tr("{receipt} is set aside.", receipt=name))

        self._ask(lambda shop, person: shop.fiscal.give_up(name, why, person), given_up)

    def _ask(self, call: Callable[[Shop, Person], T], done: Callable[[T], None]) -> None:
        """One step at a time, outside the store's thread: a line may be slow."""
        session, person = self._session, self._session.person
        if person is None or self._is_busy:
            return
        self._is_busy = True
        self._say(Tone.INFO, "globe", lambda tr: tr("Asking the fiscal register …"), seconds=0)
        self.changed.emit()
        shop = session.shop

        def answered(came: T) -> None:
            self._is_busy = False
            self._news.clear()
            self.changed.emit()
            done(came)
            self.read()

        def failed(error: Exception) -> None:
            self._is_busy = False
            self._news.clear()
            self.changed.emit()
            session.sounds.play(Sound.REFUSE)
            if isinstance(error, RuleBroken | InfrastructureError):
                self._say(Tone.NEARLY, "circle-x", lambda _tr: session.wording(error))
            self.read()

        session.read_file(lambda: call(shop, person), answered, failed)

    def _follow(self) -> None:
        """The till has sent something beside: a page that shows it reads it again."""
        if self.shown is not None and self._login.window().isVisible() and not self._is_busy:
            page = self._login.parentWidget()
            if page is not None and page.isVisible():
                self.read()

    def _take(self, shown: FiscalShown | None) -> None:
        self.shown = shown
        if shown is not None:
            self._session.fiscal.take(shown.state)
        self.changed.emit()

    def _say(self, tone: Tone, icon: str, text: Callable[[Translator], str], *, seconds: int = _SECONDS) -> None:
        self._news.notify("fiscal.tried", lambda tr: Notice(tone, text(tr), icon, seconds=seconds))


def _read(shop: Shop, person: Person) -> FiscalShown:
    try:
        lacking = shop.fiscal_login.lacking(person)
    except NoFiscalRegister:
        return FiscalShown(None, shop.fiscal.listed(person), shop.fiscal.send.state())
    return FiscalShown(lacking, shop.fiscal.listed(person), shop.fiscal.send.state())
