"""What was done to the sale, with a button that takes it back while it is the last step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.formatting import money_text, percent_text
from pos.application.text.translator import Translator
from pos.domain.pricing.discount import Discount
from pos.domain.sales.cart_line import CartLine
from pos.ui.notices.notice_factory import News, NoticeMaker
from pos.ui.quota.verdict_words import goods_text
from pos.ui.sales.basket.inline_editor import Editing
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

SECONDS = 12


class UndoNotices:
    """Shows the notices. The button does what the key does, and never takes back a later step."""

    def __init__(self, session: Session, counter: CheckoutController, news: News) -> None:
        self._session, self._counter, self._news = session, counter, news

    def show(self, make: NoticeMaker, after: CheckoutView) -> None:
        """Show a notice about the step that has led to the view `after`, as long as what it says is true.

        Its button goes with the next step, and is there again when that step is taken back.
        """

        def offered(tr: Translator) -> Notice:
            notice = make(tr)
            if not self._is_last(after):
                return notice
            return replace(notice, action=tr("Undo"), action_key=self._session.actions.key_text("undo"))

        def undo() -> None:
            self._counter.undo_step(after.last_step)

        self._news.notify("visitor.step", offered, undo, holds=lambda: self._stands(after))

    def say(self, text: Callable[[Translator], str], icon: str, after: CheckoutView) -> None:
        """The same with a sentence."""
        self.show(lambda tr: Notice(Tone.INFO, text(tr), icon, seconds=SECONDS), after)

    def voided(self, line: CartLine, after: CheckoutView) -> None:
        """A row was taken out."""
        goods = [(line, line.quantity)]
        self.say(lambda tr: tr("Removed from the basket: {goods}.", goods=goods_text(goods, tr)), "trash-2", after)

    def priced(self, editing: Editing, line_id: int, after: CheckoutView) -> None:
        """A discount or another price was given to a row, or a discount to the whole basket."""
        line = next((row.line for row in after.lines if row.id == line_id), None)
        if line is None:
            self.say(lambda tr: _basket_text(after.basket, tr), "badge-percent", after)
        elif editing is Editing.DISCOUNT:
            self.say(lambda tr: _discount_text(line, tr), "badge-percent", after)
        else:
            self.say(lambda tr: _price_text(line, tr), "tag", after)

    def _is_last(self, after: CheckoutView) -> bool:
        now = self._counter.view
        return now is not None and (now.key, now.last_step) == (after.key, after.last_step)

    def _stands(self, after: CheckoutView) -> bool:
        now = self._counter.view
        return now is None or what_stands(now) == what_stands(after)


def what_stands(view: CheckoutView) -> object:
    """What goods are there and for whom."""
    rows = tuple((row.id, row.line.quantity, row.line.carrier, row.line.discount) for row in view.lines)
    back = tuple((one.receipt, line) for one, line in view.back.rows())
    return rows, back, tuple(visitor.visitor for visitor in view.visitors), view.destination


def _off_text(given: Discount, tr: Translator) -> str:
    if given.percent is not None:
        return percent_text(given.percent, tr.language)
    return "" if given.amount is None else money_text(given.amount, tr.language)


def _basket_text(given: Discount | None, tr: Translator) -> str:
    if given is None:
        return tr("Discount on the basket removed.")
    return tr("Discount on the basket: {discount}.", discount=_off_text(given, tr))


def _discount_text(line: CartLine, tr: Translator) -> str:
    goods = goods_text([(line, line.quantity)], tr)
    if line.discount is None:
        return tr("Discount removed: {goods}.", goods=goods)
    return tr("Discount of {discount}: {goods}.", discount=_off_text(line.discount, tr), goods=goods)


def _price_text(line: CartLine, tr: Translator) -> str:
    goods, price = line.product.name_in(tr.language), money_text(line.unit_price, tr.language)
    if line.catalogue is None:
        return tr("Catalogue price again: {goods}, {price}.", goods=goods, price=price)
    return tr("Another price: {goods}, {price}.", goods=goods, price=price)
