"""Goods without a price on file are sold at one given by hand, with the permission `price` or an approval."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from pos.application.catalogue.find_product import FoundProduct
from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.formatting import amount_text
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.sales.cart import Cart
from pos.domain.sales.goods_for_sale import IncompleteProduct, missing_for_sale
from pos.domain.staff.staff import Person, need_behind
from pos.ui.look.sounds import Sound
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.current_sale.goods_at_price import GoodsAtPrice
from pos.ui.sales.fill_in.open_price_panel import OpenPricePanel
from pos.ui.session.session import Session

_Step = Callable[[Checkout, Person], CheckoutView]
_Change = Callable[[Cart], Cart]
Propose = Callable[[str, Product, _Step, _Change, Callable[[CheckoutView], None], Callable[[Exception], None]], None]
"""Brings a product into the basket by a step that may need an approval of an act."""


class OpenPricing(QObject):
    """Asks for the price of goods that were scanned or chosen and have none, and adds them at it."""

    closed = Signal()

    def __init__(self, session: Session, counter: CheckoutController, panel: OpenPricePanel, propose: Propose) -> None:
        super().__init__(panel)
        self._session, self._counter, self._panel, self._propose = session, counter, panel, propose
        self._goods: str | int = ""
        self._quantity = 1
        panel.priced.connect(self._add)
        panel.wrong.connect(self._show_wrong)
        panel.left.connect(self.leave)

    def ask(self, found: FoundProduct, quantity: int, goods: str | int) -> None:
        """Open the panel for goods, named by the text of a scan or by the product's id.

        Refused where more is missing of them than the price.
        """
        product = found.product
        lacks = missing_for_sale(product, is_open=True)
        if lacks:
            self._counter.refused.emit(IncompleteProduct(product.code, lacks))
        elif self._panel.is_begun and self._panel.product != product:
            self._panel.insist()
            self._panel.ask_to_finish()
        else:
            self._open(product, quantity, goods or product.id, self._before(product))

    def insist(self) -> bool:
        """Before the payment: whether goods still wait for their price; its field gets the cursor then."""
        if self._panel.isHidden():
            return False
        self._session.sounds.play(Sound.NOTE)
        self._panel.ask_to_finish()
        return True

    def leave(self) -> bool:
        """Drop the goods that wait for a price; False if there are none."""
        if self._panel.isHidden():
            return False
        self._panel.forget()
        self.closed.emit()
        return True

    def forget(self) -> None:
        """The sale is over."""
        self._panel.forget()

    def _open(self, product: Product, quantity: int, goods: str | int, text: str) -> None:
        self._goods, self._quantity = goods, quantity
        self._panel.open(product, quantity, text, self._session.settings.price, self._session.translator)

    def _before(self, product: Product) -> str:
        """The price at which this basket has such goods already."""
        rows = () if self._counter.view is None else self._counter.view.lines
        prices = [row.line.unit_price for row in rows if row.line.has_open_price and row.line.product.id == product.id]
        return amount_text(prices[-1], self._session.translator.language) if prices else ""

    def _add(self, price: Money) -> None:
        product = self._panel.product
        if product is None or self._counter.is_held_up():
            return
        text, wanted = self._panel.field.text(), GoodsAtPrice(self._goods, self._quantity, price)

        def again(error: Exception) -> None:
            """A price that was refused stands in its field; not where an approval is asked for."""
            if need_behind(error) is None and self._session.is_awaited and self._panel.isHidden():
                self._open(product, wanted.quantity, wanted.goods, text)

        self._panel.forget()
        self.closed.emit()
        self._propose("price", product, wanted.add_to, wanted.added_to, partial(self._counter.added.emit), again)

    def _show_wrong(self, error: BadField) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._panel.show_error(lambda: self._session.wording(error))
