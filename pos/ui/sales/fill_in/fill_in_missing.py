"""Goods with missing data: reported once, and filled in on the spot by users with the permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from pos.application.catalogue.find_product import FoundProduct
from pos.application.sales.checkout_view import CheckoutView, LineView
from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.sales.goods_for_sale import missing_for_sale
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import ENTER, News
from pos.ui.quota.quota_words import missing_text
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.current_sale.product_completion import ProductCompletion
from pos.ui.sales.fill_in.fill_in_panel import FillInPanel
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class FillInMissing(QObject):
    """Reports which data of which goods is missing. Users with the permission `catalogue` fill it in; others see
    whom to ask.
    """

    closed = Signal()

    def __init__(
        self,
        session: Session,
        counter: CheckoutController,
        news: News,
        panel: FillInPanel,
        open_price: Callable[[FoundProduct, int, str | int], None],
    ) -> None:
        super().__init__(panel)
        self._open_price = open_price
        self._unpriced: Callable[[], None] | None = None
        """Asks for the price of the goods that the notice on show is about."""
        self._session = session
        self._counter = counter
        self._news = news
        self._panel = panel
        self._reported: tuple[int, tuple[str, ...]] | None = None
        self._turn = -1
        self._missing: tuple[str, ...] = ()
        self._quantity = 0
        """How many pieces of the product on the panel are added once it is filled in."""
        panel.filled.connect(self._fill_in)
        panel.wrong.connect(self._show_wrong)
        panel.left.connect(self.leave)

    def incomplete(self, found_product: FoundProduct, quantity: int, goods: str | int) -> None:
        """A scanned product that cannot be sold yet; where its price alone is missing, this sale may be given one."""
        self._session.sounds.play(Sound.UNKNOWN)
        product = found_product.product
        self._unpriced = partial(self._open_price, found_product, quantity, goods) if product.price is None else None
        self._notify(product, product.missing, quantity)

    def ask_price(self) -> bool:
        """The key of another price: for the goods that the notice on show is about; False where they have one."""
        ask = self._unpriced
        if not self.is_asked or ask is None:
            return False
        self._news.clear()
        ask()
        return True

    def look(self, view: CheckoutView) -> None:
        """Report the last row whose quota cannot be evaluated; the notice goes when the data is complete."""
        rows = [row for row in view.lines if row.judged is not None and row.judged.unfilled]
        row = next((row for row in rows if row.id == view.last), rows[-1] if rows else None)
        about = None if row is None else _about(row)
        if about == self._reported:
            return
        self._reported = about
        if row is not None and row.judged is not None:
            self._notify(row.line.product, row.judged.unfilled)
        elif self.is_asked:
            self._news.clear()

    def leave(self) -> bool:
        """Close the panel, and give up what is typed; False if it is not open."""
        if self._panel.isHidden():
            return False
        self._panel.drop()
        self._panel.hide()
        self.closed.emit()
        return True

    def hide(self) -> None:
        """Close the panel: what is typed waits for its product to be asked about again."""
        self._panel.keep()
        self._panel.hide()

    @property
    def is_asked(self) -> bool:
        """Whether the notice on show asks for missing data."""
        return self._news.notice is not None and self._news.turn == self._turn

    def _notify(self, product: Product, missing: tuple[str, ...], quantity: int = 0) -> None:
        """Say what is missing: of goods in the basket, or of `quantity` pieces that cannot be sold yet."""
        person = self._session.person
        may = person is not None and person.may("catalogue")
        self._unpriced = self._unpriced if quantity else None
        by_hand = self._unpriced if missing_for_sale(product, is_open=True) == () else None

        def make_notice(tr: Translator) -> Notice:
            goods, what = product.name_in(tr.language), missing_text(missing, tr)
            if not quantity:
                text = tr("{goods}: {attributes} missing, so the allowance is unknown.", goods=goods, attributes=what)
            else:
                text = tr("{goods} cannot be sold yet. Missing: {attributes}.", goods=goods, attributes=what)
            if not may and by_hand is None:
                text = tr("{sentence} Ask the stock clerk or a manager to add it.", sentence=text)
            action = tr("Fill in") if may else "" if by_hand is None else tr("Open price")
            other = tr("Open price") if may and by_hand is not None else ""
            key = ENTER if action else ""
            return Notice(Tone.NEARLY, text, "circle-question-mark", action, key, other=other)

        then = partial(self._open, product, missing, quantity) if may else by_hand
        self._news.notify("checkout.gap", make_notice, then, other=by_hand if may else None)
        self._turn = self._news.turn

    def _open(self, product: Product, missing: tuple[str, ...], quantity: int) -> None:
        self.hide()  # what is typed for another product
        self._missing, self._quantity = missing, quantity
        self._panel.open(product, missing, self._session.settings.price, self._session.translator)

    def _fill_in(self, product: Product, filling: ProductCompletion) -> None:
        person, missing, quantity = self._session.person, self._missing, self._quantity
        if person is None or self._counter.is_held_up():
            return

        def not_saved() -> None:
            if self._session.is_awaited and self._panel.isHidden():  # else what is typed waits for its product
                self._open(product, missing, quantity)

        self.hide()  # until it is saved
        self.closed.emit()
        self._reported = None
        self._counter.fill_in(product, filling, person, quantity, lambda: self._panel.drop(product.id), not_saved)

    def _show_wrong(self, error: BadField) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._panel.show_error(lambda: self._session.wording(error))


def _about(row: LineView) -> tuple[int, tuple[str, ...]]:
    assert row.judged is not None
    return row.line.product.id, row.judged.unfilled
