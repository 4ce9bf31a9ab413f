"""Goods by weight that were scanned or chosen without one: the weight of each is asked for in turn."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from pos.application.catalogue.find_product import FoundProduct
from pos.domain.errors import BadField
from pos.ui.look.event_loop import call_soon
from pos.ui.look.sounds import Sound
from pos.ui.sales.basket.scale_reading import ScaleReading
from pos.ui.sales.basket.weigh_panel import WeighPanel
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session


class Weighing(QObject):
    """Opens the weight panel for one product after another: a scan in between waits and is not lost."""

    closed = Signal()

    def __init__(self, session: Session, counter: CheckoutController, panel: WeighPanel) -> None:
        super().__init__(panel)
        self._session = session
        self._counter = counter
        self._panel = panel
        self._waiting: list[FoundProduct] = []
        self._ended_by: int | None = None
        """What the cashier had begun last when the last weight was given."""
        self._scale = ScaleReading(session, panel)
        panel.weighed.connect(self._weighed)
        panel.wrong.connect(self._show_wrong)
        panel.left.connect(self.leave)

    def ask(self, product: FoundProduct, _quantity: int) -> None:
        """Add goods that wait for their weight."""
        self._session.sounds.play(Sound.NOTE)
        self._waiting.append(product)
        if len(self._waiting) == 1:
            self._open()
            if self._session.finishing.begun == self._ended_by:
                call_soon(self._panel, self._lead)

    def leave(self) -> bool:
        """Drop the product shown; False if there is none."""
        if not self._waiting:
            return False
        self._next()
        return True

    def insist(self) -> bool:
        """Before the payment: return whether goods still wait for their weight, and focus the field if so."""
        if self._waiting:
            self._session.sounds.play(Sound.NOTE)
            self._panel.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(self._waiting)

    def forget(self) -> None:
        """The sale is over: drop all waiting goods."""
        self._waiting.clear()
        self._panel.hide()

    def _weighed(self, product_id: int, grams: int) -> None:
        if not (self._panel.is_typed or self._session.finishing.counts()):
            return  # pressed twice: on the scale is still the one before
        self._next()
        self._counter.add(product_id, grams=grams)

    def _next(self) -> None:
        del self._waiting[:1]
        if self._waiting:
            self._open()
        else:
            self._ended_by = self._session.finishing.begun
            self._panel.hide()
            self.closed.emit()

    def _open(self) -> None:
        self._panel.open(self._waiting[0], self._session.translator)
        self._session.finishing.turned()

    def _lead(self) -> None:
        """A late answer leaves the cursor where the cashier types; since the last weight nothing was typed."""
        if self._panel.isVisible():
            self._panel.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_wrong(self, error: BadField) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._panel.show_error(lambda: self._session.wording(error))
