"""A scanned code that the shop does not know becomes a product on the spot, by those who may add and price goods."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from pos.domain.catalogue.barcode import BadCheckDigit, BadCode, read_code
from pos.domain.catalogue.product_card import ProductCard
from pos.domain.errors import BadField
from pos.domain.receipt_number import is_receipt_number
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.current_sale.goods_saved_first import GoodsSavedFirst
from pos.ui.sales.fill_in.fill_in_panel import FillInPanel
from pos.ui.sales.fill_in.new_goods_panel import NewGoodsPanel
from pos.ui.sales.fill_in.open_price_panel import OpenPricePanel
from pos.ui.session.session import Session

GoodsForm = FillInPanel | NewGoodsPanel | OpenPricePanel
"""The forms of goods beside the basket."""


class NewGoods(QObject):
    """Offers to add the product of an unknown code to those who may add goods and set prices."""

    closed = Signal()

    def __init__(self, session: Session, counter: CheckoutController, panel: NewGoodsPanel) -> None:
        super().__init__(panel)
        self._session, self._counter, self._panel = session, counter, panel
        self._quantity = 1
        panel.made.connect(self._save)
        panel.wrong.connect(self._show_wrong)
        panel.left.connect(self.leave)

    def offer(self, error: Exception) -> Callable[[], None] | None:
        """The step that opens the form for a code that was refused. None for a text that cannot be a product code, and
        for a person who may not add goods or set prices.
        """
        if not isinstance(error, UnknownCode) or not _is_code(error.code) or not _may(self._session.person):
            return None
        return partial(self._open, error.code, self._counter.quantity)

    def leave(self) -> bool:
        """Close the panel, and give up what is typed; False if it is not open."""
        if self._panel.isHidden():
            return False
        self._panel.forget()
        self.closed.emit()
        return True

    def _open(self, code: str, quantity: int) -> None:
        if self._panel.is_begun and self._panel.code != code:
            self._panel.insist()
            self._panel.ask_to_finish()
            return
        if self._panel.isHidden():
            self._quantity = quantity
            self._panel.open(code, quantity, self._session.settings.price, self._session.translator)

    def _save(self, card: ProductCard, pieces: int) -> None:
        person = self._session.person
        if person is None or self._counter.is_held_up():
            return
        shop = self._session.shop

        def save() -> int:
            return shop.edit_product.add(card, person, pieces)[0]

        def not_saved() -> None:
            if self._session.is_awaited and self._session.person is person:
                self._panel.show_again()

        self._panel.hide()  # until it is saved
        self.closed.emit()
        self._counter.add_saved(GoodsSavedFirst(save, self._quantity), self._panel.forget, not_saved)

    def _show_wrong(self, error: BadField) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._panel.show_error(lambda: self._session.wording(error))


def _may(person: Person | None) -> bool:
    return person is not None and person.may("catalogue") and person.may("price")


def _is_code(text: str) -> bool:
    """Whether it can be the code of a product; a masked identity number cannot, and a receipt's number is none."""
    if is_receipt_number(text):
        return False
    try:
        read_code(text)
    except (BadCode, BadCheckDigit):
        return False
    return True
