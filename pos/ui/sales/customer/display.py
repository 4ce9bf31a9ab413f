"""When and where the customer's display is shown, and what it shows. It only watches and is never asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from pos.application.ports.partner_ports import PracticeOutcome
from pos.application.receipts.phone_receipt import Modules
from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.translator import LANGUAGE_NAMES, Translator
from pos.application.visitors.visitor_language import visitor_language
from pos.domain.pricing.rates import RateTable
from pos.domain.sales.sale import Sale
from pos.ui.input.actions import RATES
from pos.ui.look.event_loop import call_soon
from pos.ui.sales.customer.basket_words import BasketWriter
from pos.ui.sales.customer.idle_words import CLOSED, WAIT, closed_view, welcome_view
from pos.ui.sales.customer.payment_words import paying_view, thanks_view
from pos.ui.sales.customer.practice import practice_code, practice_view
from pos.ui.sales.customer.speech import Speech
from pos.ui.sales.customer.view_models import DisplayView, Thanks
from pos.ui.session.sale_news import PaymentShown
from pos.ui.session.session import Session

if TYPE_CHECKING:
    from pos.ui.sales.customer.window import CustomerWindow

_SOON = 20
"""Milliseconds of delay before an update is shown: the till paints first, and of a burst of scans only the last is
shown.
"""
THANKS, THANKS_AFTER = 30_000, 6_000
"""Milliseconds for which the change is shown, and for which it stays when the next customer has already begun."""
CODE_AFTER = 20_000
"""Milliseconds for which a receipt for the phone stays then: a phone is taken out and unlocked."""
LOOK = 12_000
"""Milliseconds of a preview."""
_RATES_HOLD = 300_000
_SHARE = 0.6


class CustomerDisplay(QObject):
    """Shows the CustomerWindow on a screen other than the till's. While hidden it does nothing."""

    def __init__(self, session: Session, till: QWidget, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._till, self._app = session, till, app
        self.window: CustomerWindow | None = None
        self._asked: bool | None = None
        self._chosen = self._key = self._page = ""
        self._has_translators = False
        self._is_sold = False
        self._payment: PaymentShown | None = None
        self._practice: Modules = ()
        self._thanks: Thanks | None = None
        self._thanked, self._receipt = 0.0, ""
        self._rates: RateTable | None = None
        self._baskets = BasketWriter()
        self._soon = self._timer(self._present, _SOON)
        self._look = self._timer(self.reposition, LOOK)
        self._thanks_end = self._timer(self._forget_thanks, THANKS)
        self._rates_end = self._timer(self._ask_rates, _RATES_HOLD)
        self._listen()

    # ── when and where ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def is_shown(self) -> bool:
        """Whether the customer's window is visible."""
        return self.window is not None and self.window.isVisible()

    def reposition(self) -> None:
        """Show the window where it belongs now, or hide it."""
        mode, second = self._session.settings.display_of(self._session.shop.till), self._second_screen()
        is_due = self._asked if self._asked is not None else mode == "window" or (mode == "auto" and second is not None)
        if not is_due and not self._look.isActive():
            self._hide()
            return
        if self.window is None:
            from pos.ui.sales.customer.window import CustomerWindow  # most tills have no second screen

            self.window = CustomerWindow(self._session.theme)
            self.window.activated.connect(self._give_focus_back)
            self.window.paying.answers.chosen.connect(self._practise)
        framed = second is None or mode == "window"
        screen = second or self._till.screen()
        self.window.fill(_window_on(screen) if framed else screen.geometry(), framed=framed)
        self._begin()

    def toggle(self) -> None:
        """Show or hide the window until the till ends, regardless of the settings."""
        self._look.stop()
        self._asked = not self.is_shown
        self.reposition()

    def show_for_a_look(self) -> None:
        """Show the window for a preview."""
        self._look.start()
        self.reposition()

    @property
    def language(self) -> str:
        """The language that the customer is spoken to in, or the first of two."""
        return self._speech().language

    def next_language(self) -> None:
        """Switch to the next language for this customer."""
        languages = list(LANGUAGE_NAMES)
        self._chosen = languages[(languages.index(self.language) + 1) % len(languages)]
        self._changed()

    def close(self) -> None:
        """Close the window for good."""
        for timer in (self._soon, self._look, self._thanks_end, self._rates_end):
            timer.stop()
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _second_screen(self) -> QScreen | None:
        """A screen that shows something other than the till's: screens that mirror each other count as one."""
        own = self._till.screen().geometry()
        return next((screen for screen in self._app.screens() if not screen.geometry().intersects(own)), None)

    def _give_focus_back(self) -> None:
        (QApplication.activeModalWidget() or self._till).activateWindow()

    def _hide(self) -> None:
        self._soon.stop()
        self._rates_end.stop()
        if self.window is not None:
            self.window.hide()

    def _begin(self) -> None:
        if not self._has_translators:  # reads a file for each language once: not on the thread that paints
            translators = self._session.shop.translators
            self._session.think(
                lambda: [translators[one] for one in LANGUAGE_NAMES], self._take_translators, lambda _error: None
            )
        self._ask_rates()
        self._present()

    def _take_translators(self, _translators: list[Translator]) -> None:
        self._has_translators = True
        self._changed()

    # ── signals ──────────────────────────────────────────────────────────────────────────────────────────────

    def _listen(self) -> None:
        session, news = self._session, self._session.sale_news
        for signal in (
            session.person_changed,
            session.shift_changed,
            session.away_changed,
            session.language_changed,
        ):
            signal.connect(self._changed)
        news.presented.connect(self._presented)
        session.settings_changed.connect(lambda _settings: self._screens_changed())
        session.page_shown.connect(self._page_shown)
        session.display_requested.connect(self.show_for_a_look)
        news.started.connect(self._started)
        news.paying.connect(self._paying)
        news.payment_left.connect(lambda: self._paying(None))
        news.sold.connect(self._sold)
        news.voided.connect(self._voided)
        self._app.screenAdded.connect(self._screens_changed)
        self._app.screenRemoved.connect(self._screens_changed)

    def _screens_changed(self, _screen: QScreen | None = None) -> None:
        call_soon(self, self.reposition)  # Qt moves the windows of a removed screen first

    def _changed(self, _news: object = None) -> None:
        if self.is_shown and not self._soon.isActive():
            self._soon.start()

    def _presented(self, view: CheckoutView) -> None:
        """The language chosen for one customer does not apply to the next one."""
        if view.key != self._key:
            self._key, self._chosen = view.key, ""
        self._changed()

    def _page_shown(self, screen_id: str) -> None:
        """New exchange rates may have been set on the page that was left."""
        before, self._page = self._page, screen_id
        if before == RATES:
            self._ask_rates()

    def _paying(self, shown: PaymentShown | None) -> None:
        self._payment = shown
        self._changed()

    def _sold(self, sale: Sale) -> None:
        self._is_sold, self._payment, self._receipt = True, None, sale.receipt
        self._baskets.forget()
        if self.is_shown:
            self._thanks, self._thanked = thanks_view(sale, self._speech()), time.monotonic()
            self._thanks_end.start(THANKS)
            self._changed()
            if self._session.settings.phone_receipt:
                self._encode(sale)

    def _encode(self, sale: Sale) -> None:
        """Show the receipt for the phone once it is drawn; the change does not wait for it."""
        thanks, both, phone_receipt = self._thanks, self._speech(), self._session.shop.phone_receipt

        def take(code: Modules) -> None:
            if thanks is not None and self._thanks is thanks:
                self._thanks = replace(thanks, code=code, caption=both("Scan to keep your receipt"))
                self._changed()

        self._session.think(lambda: phone_receipt(sale, both.language), take, lambda _error: None)

    def _started(self, _view: CheckoutView) -> None:
        """The next customer: change and receipt of the last one stay for a moment, at most until the next is served."""
        self._is_sold, self._payment, self._practice = False, None, ()
        if self._thanks is not None:
            stood = round((time.monotonic() - self._thanked) * 1000)
            stays = CODE_AFTER if self._thanks.code else THANKS_AFTER
            self._thanks_end.start(max(0, stays - stood))
        self._changed()

    def _voided(self, receipt: str) -> None:
        """Change and receipt of a sale that is void are not the customer's any more."""
        if receipt == self._receipt and self._thanks is not None:
            self._thanks_end.stop()
            self._forget_thanks()

    def _forget_thanks(self) -> None:
        self._thanks = None
        self._ask_rates()
        self._changed()

    def _ask_rates(self) -> None:
        if self.is_shown:
            self._rates_end.start()
            self._session.run(self._session.shop.show_rates, self._take_rates, lambda _error: None)

    def _take_rates(self, rates: RateTable) -> None:
        self._rates = rates
        self._changed()

    # ── content ──────────────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> None:
        window, session = self.window, self._session
        if window is None:
            return
        both = self._speech()
        band = both("TRAINING") if session.shop.training else ""
        window.name(session.translator, session.settings.shop_name, band)
        window.present(self._view(both))

    def _view(self, both: Speech) -> DisplayView:
        session, view = self._session, self._session.sale
        holds = view is not None and not self._is_sold and bool(view.lines or view.visitors or view.back.pieces)
        rest = self._rest(holds)
        if rest is not None:
            icon, sentence = rest
            return closed_view(sentence, icon, self._translators(), session.settings.receipt_languages)
        if self._payment is not None:
            return self._paying_view(self._payment, both)
        if view is not None and holds:
            self._thanks = None
            return self._baskets.displayed(view, both)
        if self._thanks is not None:
            return self._thanks
        return welcome_view(session.settings, self._rates, self._translators(), self._pair())

    def _paying_view(self, payment: PaymentShown, both: Speech) -> DisplayView:
        """In a demo and a training with a code to scan, where the shop takes payments by code."""
        view, buttons = paying_view(payment, both), self._session.shop.practice_buttons
        if buttons is None or not self._session.settings.provider_qr:
            return view
        if not self._practice:
            self._practice = self._session.shop.phone_receipt.draw(practice_code().digits)
        return replace(view, practice=practice_view(self._practice, buttons.outcome, both))

    def _practise(self, outcome: str) -> None:
        """A button of the practice: this the customer does from now on."""
        buttons = self._session.shop.practice_buttons
        if buttons is not None:
            buttons.choose(PracticeOutcome(outcome))
            self._session.partners.look_again.emit()
            self._changed()

    def _rest(self, holds: bool) -> tuple[str, str] | None:
        """Why nothing is sold at the moment, as an icon and a sentence; None while the till serves."""
        session = self._session
        if session.is_away:
            return "clock", WAIT
        if session.person is None or session.shift is None or session.shift_is_anothers:
            return ("clock", WAIT) if holds else ("store", CLOSED)
        return None

    def _speech(self) -> Speech:
        """The visitor's language, or the shop's pair of languages until there is a visitor."""
        view = self._session.sale
        if self._chosen:
            return Speech.of(self._translators(), (self._chosen,))
        if view is None or not view.visitors:
            return self._pair()
        pair = self._session.settings.receipt_languages
        return Speech.of(self._translators(), (visitor_language(view.visitors[0].visitor.country, pair),))

    def _pair(self) -> Speech:
        return Speech.of(self._translators(), self._session.settings.receipt_languages)

    def _translators(self) -> dict[str, Translator]:
        """The catalogues of all languages; those of the till until all are read."""
        session = self._session
        return {
            one: session.shop.translators[one] if self._has_translators else session.translator
            for one in LANGUAGE_NAMES
        }

    def _timer(self, call: Callable[[], None], milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer


def _window_on(screen: QScreen) -> QRect:
    """The box of a floating window in the lower right corner of a screen."""
    room = screen.availableGeometry()
    wide = round(room.width() * _SHARE)
    high = round(wide * 9 / 16)
    return QRect(room.right() + 1 - wide - 16, room.bottom() + 1 - high - 16, wide, high)
