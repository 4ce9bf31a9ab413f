"""The customer's window: it shows one view model at a time and never takes a key, a scan or the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.ui.sales.customer.basket_page import CustomerBasketPage
from pos.ui.sales.customer.display_element import DisplayPart, LineOfText, Measure
from pos.ui.sales.customer.idle_pages import ClosedPage, WelcomePage
from pos.ui.sales.customer.payment_page import PayingPage, ThanksPage
from pos.ui.sales.customer.view_models import ClosedView, DisplayedBasket, DisplayView, Paying, Thanks, Welcome
from pos.ui.widgets.drawing.drawing import CENTRE, draw_text

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.ui.look.theme import Theme

_HEAD, _BAND = 60, 44
_FLAGS = Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus


class CustomerWindow(QWidget):
    """One page for each view model. Without a frame when it fills a screen; the band of a training above."""

    activated = Signal()
    """The window got the focus, which it should not have."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, _FLAGS)
        self._theme = theme
        self._measure = Measure(theme)
        self._band = ""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.shop = LineOfText(self._measure, 28, bold=True, token="muted")
        self.welcome, self.closed = WelcomePage(self._measure), ClosedPage(self._measure)
        self.basket, self.paying = CustomerBasketPage(self._measure), PayingPage(self._measure)
        self.thanks = ThanksPage(self._measure)
        self._pages: tuple[DisplayPart, ...] = (self.welcome, self.closed, self.basket, self.paying, self.thanks)
        for part in (self.shop, *self._pages):
            part.setParent(self)
            part.hide()
        self.page: QWidget = self.welcome
        self.view: DisplayView | None = None

    def fill(self, rect: QRect, *, framed: bool) -> None:
        """Show the window: as large as a screen without a frame, or as a window that can be moved."""
        flags = _FLAGS if framed else _FLAGS | Qt.WindowType.FramelessWindowHint
        if self.windowFlags() != flags:
            self.setWindowFlags(flags)  # hides it
        if self.geometry() != rect:
            self.setGeometry(rect)
        self.show()

    def name(self, tr: Translator, shop: str, band: str) -> None:
        """Set the shop's name, and in training the band."""
        self.setWindowTitle(" — ".join(part for part in (tr("Customer display"), shop) if part))
        self.shop.present(shop)
        if band != self._band:
            self._band = band
            self.setAccessibleDescription(band)
            self._arrange()
            self.update()

    def present(self, view: DisplayView) -> None:
        """Show a view model; an equal one is not repainted."""
        if view == self.view:
            return
        self.view = view
        page = self._presented(view)
        if page is not self.page or page.isHidden():
            for other in self._pages:
                other.setVisible(other is page)
                if other is not page:
                    other.forget()
            self.page = page
            self.shop.setVisible(page is not self.welcome)
            self._arrange()

    def _presented(self, view: DisplayView) -> QWidget:
        if isinstance(view, DisplayedBasket):
            self.basket.present(view)
            return self.basket
        if isinstance(view, Paying):
            self.paying.present(view)
            return self.paying
        if isinstance(view, Thanks):
            self.thanks.present(view)
            return self.thanks
        if isinstance(view, ClosedView):
            self.closed.present(view)
            return self.closed
        assert isinstance(view, Welcome)
        self.welcome.present(view)
        return self.welcome

    def event(self, event: QEvent) -> bool:
        """Some desktops focus a window that is shown or touched."""
        if event.type() == QEvent.Type.WindowActivate:
            self.activated.emit()
        return super().event(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._measure.fit(self.width(), self.height())
        self._arrange()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("ground"))
        if self._band:
            band = QRect(0, 0, self.width(), self._measure.px(_BAND))
            painter.fillRect(band, self._theme.colour("accent"))
            font = self._measure.fitting(self._band, 26, band.width(), bold=True)
            draw_text(painter, band, self._band, font, self._theme.colour("accent_text"), CENTRE)

    def _arrange(self) -> None:
        px = self._measure.px
        band = px(_BAND) if self._band else 0
        self.shop.setGeometry(QRect(px(32), band, self.width() - px(64), px(_HEAD)))
        head = band + (0 if self.page is self.welcome else px(_HEAD))
        self.page.setGeometry(QRect(0, head, self.width(), self.height() - head))
