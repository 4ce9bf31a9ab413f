"""Windows that accompany the work: the customer's display, the guide of a new shop, the tour of a demo shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from pos.ui.input.actions import WELCOME
from pos.ui.session.session import Session
from pos.ui.shell.main_window import MainWindow
from pos.ui.shell.sign_in_flow import SignInFlow
from pos.ui.widgets.cards.guide_strip import GuideStrip

if TYPE_CHECKING:
    from pos.ui.help.tour.tour import Tour
    from pos.ui.page.screen import Screen
    from pos.ui.sales.customer.display import CustomerDisplay
    from pos.ui.settings.welcome.guide import Guide


class CompanionWindows(QObject):
    """Each is made when it is needed and asks nothing of the pages; call `begin` whenever pages have been built."""

    def __init__(self, session: Session, window: MainWindow, way_in: SignInFlow, app: QGuiApplication, parent: QObject):
        super().__init__(parent)
        self._session, self._window, self._app = session, window, app
        self._is_closed = False
        self.display: CustomerDisplay | None = None
        self.guide: Guide | None = None
        self.tour: Tour | None = None
        session.tour_requested.connect(lambda: self._with_tour().start())
        self._arrived_at = 0
        """The number of what was begun last when the user came to work."""
        way_in.arrived.connect(self._arrive)

    def begin(self) -> None:
        """The user's pages are built: begin what accompanies them."""
        if self._is_closed:
            return
        if self.display is None:
            self._show_customers()
        if self.guide is None:
            self._lead()

    def _arrive(self) -> None:
        self._arrived_at = self._session.finishing.begun
        self._lead()

    def _show_customers(self) -> None:
        from pos.ui.sales.customer.display import CustomerDisplay

        self.display = display = CustomerDisplay(self._session, self._window, self._app, self)
        self._window.take_key_handlers({"customer_display": display.toggle, "customer_language": display.next_language})
        display.reposition()

    def offer_tour(self) -> None:
        """Begin the tour of a demo shop, unless it was closed on this till."""
        shop = self._session.shop
        if shop.demo_tour is not None and not shop.training:
            self._with_tour().offer()

    def close(self) -> None:
        """Close all companion windows."""
        self._is_closed = True
        if self.display is not None:
            self.display.close()

    def _lead(self) -> None:
        """Begin the guide if the shop is new and its page is built.

        Not over what the user has begun since they came: the page is built last. It comes at the next sign-in.
        """
        screen = self._window.screen_at(WELCOME)
        if self.guide is None and screen is not None:
            self.guide = self._guide_on(screen)
        if self.guide is not None and self._arrived_at == self._session.finishing.begun:
            self.guide.come()

    def _guide_on(self, screen: Screen) -> Guide:
        from pos.ui.settings.welcome.guide import Guide
        from pos.ui.settings.welcome.screen import WelcomeScreen

        assert isinstance(screen, WelcomeScreen), "the guide has a page of its own"
        return Guide(self._session, screen, self._strip())

    def _with_tour(self) -> Tour:
        if self.tour is None:
            from pos.ui.help.tour.tour import Tour

            self.tour = Tour(self._session, self._strip(), self._window.scanned, self._window.document_scanned)
        return self.tour

    def _strip(self) -> GuideStrip:
        strip = GuideStrip(self._session.theme)
        self._window.add_strip(strip)
        return strip
