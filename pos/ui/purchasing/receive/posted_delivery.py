"""Steps at the end of a delivery and after it: post, print, add a late charge, close the rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos.application.purchasing.landed_cost_adjustments import LandedCostAdjustment
from pos.application.purchasing.posted_goods_receipt import PostedReceipt, PostedView
from pos.application.text.formatting import date_text, money_text, number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import listed, noted, paragraph
from pos.domain.errors import MovedMeanwhile
from pos.domain.purchasing.goods_receipt import Charge, MissingLot
from pos.domain.purchasing.purchase_order import read_order_name
from pos.ui.input.actions import LABELS
from pos.ui.look.sounds import Sound
from pos.ui.page.pager import PAGE, Pager
from pos.ui.purchasing.receive.delivery_controller import DeliveryController
from pos.ui.purchasing.receive.posted_page import PostedPage
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person

_NAMED = 3
"""Goods that a question names."""


class PostedDelivery(QObject):
    """Posts, and owns the page and the list of posted receipts. `view` is the receipt on show."""

    labels_requested = Signal(str)
    """Carries the name of the receipt whose goods need labels."""

    def __init__(self, delivery: DeliveryController) -> None:
        super().__init__(delivery)
        self._delivery, self._session = delivery, delivery.session
        self._posting = self._charging = False
        self.view: PostedView | None = None
        self.page = PostedPage(self._session.theme, self._session.actions)
        self.page.again.connect(self.print_again)
        self.page.labels.connect(self._label)
        self.page.late.connect(self.ask_charge)
        self.page.rest.connect(self.close_rest)
        self.page.on.connect(self.post_or_next)
        self.page.form.counts = self._session.finishing.counts
        self.page.form.asked.connect(self._session.finishing.turned)
        self.page.form.saved.connect(self._add_charge)
        self.page.form.wrong.connect(self._charge_wrong)
        self.listed = Pager(self._session, lambda one: one.number, self)

    def read_list(self) -> None:
        """Read the posted receipts, newest first."""
        steps = self._session.shop.deliveries.posted
        self.listed.begin(lambda person, before: steps.listed(person, PAGE, before))

    def forget(self) -> None:
        """Clear the page: another one is on show, and what was asked about this one is not."""
        self._session.withdraw("order.end", "receive.expired")
        self.view, self._posting = None, False
        self.page.form.hide()

    def show(self, number: int) -> None:
        """Open a posted receipt."""
        person, steps = self._session.person, self._session.shop.deliveries.posted
        if person is not None:
            self._session.run(lambda: steps(number, person), self._show, self._delivery.refuse)

    def read_again(self) -> None:
        """Read the receipt on show again: its order may be closed by now, or a charge booked on it."""
        at, steps = self._at_hand(), self._session.shop.deliveries.posted
        if at is not None:
            posted, person = at
            self._session.run(lambda: steps(posted.number, person), self._renew)

    def _renew(self, view: PostedView) -> None:
        if self._is_on_show(view):
            self.view = view
            self.page.renew(view, self._session.translator)

    def post_or_next(self) -> None:
        """F12: post the delivery; on the page of a receipt go to the next delivery."""
        if self.view is not None:
            if not self.is_charging():
                self._delivery.close()
            return
        self._delivery.on_the_way.behind(self._post)

    def _post(self) -> None:
        number, person = self._delivery.number, self._session.person
        deliveries = self._session.shop.deliveries
        if number is None or person is None or self._posting:
            return
        if self._delivery.is_typing() or self._is_noting() or not self._is_sure(number):
            return
        self._posting = True

        def post() -> PostedView:
            posted = deliveries.post(number, person)
            return PostedView(posted, (), posted.order is not None and not posted.order_closed)

        self._session.run(post, partial(self._is_posted, number), self._not_posted)

    def _is_sure(self, number: int) -> bool:
        """Whether no lot is past its last day, or F12 was pressed again after the question: it may be a slip."""
        today = self._session.today
        past = [
            (row.product, row.line.expiry)
            for row in self._delivery.page.rows.rows
            if row.line is not None and row.line.kept and row.line.expiry is not None and row.line.expiry < today
        ]

        def asking() -> Notice:
            tr, key = self._session.translator, self._session.actions.key_text("post_receipt")
            goods = [noted(tr, one.name_in(tr.language), date_text(day, tr.language)) for one, day in past[:_NAMED]]
            if more := len(past) - len(goods):
                goods.append(tr.plural("{n} more", "{n} more", more, n=number_text(more, tr.language)))
            named = listed(tr, goods)
            text = tr("Past the last day: {goods}. Press {key} again to post all the same.", goods=named, key=key)
            return Notice(Tone.NEARLY, text, seconds=15)

        about = number, tuple((one.id, day) for one, day in past)
        if not past or self._session.sure("receive.expired", about, asking):
            return True
        self._session.sounds.play(Sound.NOTE)
        return False

    def is_charging(self) -> bool:
        """Whether a late charge is typed that is not saved yet; then say so."""
        if self.view is None or not self.page.form.insist():
            return False
        self._session.sounds.play(Sound.REFUSE)
        return True

    def _is_noting(self) -> bool:
        """Whether documents or charges are typed that are not saved yet; then say so."""
        if not self._delivery.page.delivery_note.insist():
            return False
        self._session.sounds.play(Sound.REFUSE)
        return True

    def _is_posted(self, counted: int, view: PostedView) -> None:
        """The receipt is printed; it is shown unless another delivery is counted by now."""
        self._posting = False
        self._session.sounds.play(Sound.PAID)
        if self._delivery.number == counted:
            self._take(view)
        self._print(view.posted)

    def _show(self, view: PostedView) -> None:
        if self._session.is_awaited:
            self._take(view)

    def _is_on_show(self, view: PostedView) -> bool:
        return self.view is not None and self.view.posted.number == view.posted.number

    def _take(self, view: PostedView) -> None:
        self.forget()
        self.view = view
        self._delivery.show_posted()
        self.page.present(view, self._session.translator)
        self.page.ready()

    def _not_posted(self, error: Exception) -> None:
        self._posting = False
        self._delivery.refuse(error)
        if isinstance(error, MissingLot):
            self._delivery.page.ask_missing_lot()

    def print_again(self) -> None:
        """Print the receipt on show again."""
        if self.view is not None:
            self._print(self.view.posted)

    def _print(self, posted: PostedReceipt) -> None:
        person, issue = self._session.person, self._session.shop.deliveries.issue
        if person is not None:
            self._session.run(lambda: issue(posted.number, person), lambda _issued: None)

    def _label(self) -> None:
        if self.view is not None:
            self._session.go(LABELS)
            self.labels_requested.emit(self.view.posted.name)

    # ── late charge ──────────────────────────────────────────────────────────────────────────────────────────

    def ask_charge(self) -> None:
        """F9: freight or duty invoiced after the goods."""
        if self.view is not None and not self.page.form.is_typed:
            self.page.form.open(self.view.posted.name, self._session.settings.price)

    def leave_form(self) -> bool:
        """Close the form of a charge; False if it was not open."""
        if self.page.form.isHidden():
            return False
        self.page.form.hide()
        self.page.ready()
        return True

    def _add_charge(self, charge: Charge) -> None:
        at, deliveries = self._at_hand(), self._session.shop.deliveries
        if at is None or self.view is None or self._charging:
            return
        (posted, person), seen = at, self.view.late
        self._charging, sent = True, self.page.form.content

        def add() -> tuple[LandedCostAdjustment, PostedView]:
            return deliveries.late_charge(posted.number, charge, person, seen), deliveries.posted(posted.number, person)

        self._session.run(add, partial(self._charged, sent), self._charge_wrong)

    def _charged(self, sent: tuple[str, ...], done: tuple[LandedCostAdjustment, PostedView]) -> None:
        self._charging = False
        late, view = done
        session = self._session
        session.sounds.play(Sound.NOTE)
        if self._is_on_show(view):
            is_all = self.page.form.content == sent
            self._take(view)
            if not is_all:  # another charge was typed meanwhile
                self.page.form.show()

        def notice() -> Notice:
            return Notice(Tone.WITHIN, _shared_text(late, session.translator), seconds=15)

        session.notify("receive.posted", notice)

    def _charge_wrong(self, error: Exception) -> None:
        self._charging = False
        self._session.sounds.play(Sound.REFUSE)
        self.page.form.show_error(self._session.wording(error))
        self._session.report_if_hidden(self.page.form, error)
        if isinstance(error, MovedMeanwhile):
            self.read_again()

    # ── the rest of the order ────────────────────────────────────────────────────────────────────────────────

    def close_rest(self) -> None:
        """F7: close what is outstanding of the order; the first press asks, as on the page of orders."""
        at, deliveries = self._at_hand(), self._session.shop.deliveries
        if at is None or self.view is None or not self.view.order_open:
            return
        posted, person = at
        order = posted.order or ""

        def ask() -> Notice:
            tr, key = self._session.translator, self._session.actions.key_text("close_short")
            text = tr("Close {order} as short? Press {key} again to confirm.", order=order, key=key)
            return Notice(Tone.NEARLY, text, seconds=12)

        if not self._session.sure("order.end", order, ask):
            return

        def close() -> PostedView:
            deliveries.orders.close(read_order_name(order), person)
            return deliveries.posted(posted.number, person)

        def closed(view: PostedView) -> None:
            session = self._session
            session.sounds.play(Sound.NOTE)
            if self._is_on_show(view):  # with a charge that is being typed
                self._renew(view)
                self.page.ready()
            session.notify(
                "order.over",
                lambda: Notice(Tone.INFO, session.translator("{order} is finished.", order=order), seconds=8),
            )

        self._session.run(close, closed, self._delivery.refuse)

    def _at_hand(self) -> tuple[PostedReceipt, Person] | None:
        person = self._session.person
        return None if self.view is None or person is None else (self.view.posted, person)


def _shared_text(late: LandedCostAdjustment, tr: Translator) -> str:
    language = tr.language
    text = tr(
        "{amount} on {receipt}: {owned} on goods in stock, {sold} on goods no longer in stock.",
        amount=money_text(late.charge.amount, language),
        receipt=late.receipt,
        owned=money_text(late.on_owned, language),
        sold=money_text(late.on_sold, language),
    )
    if not late.on_unknown.minor:
        return text
    amount = money_text(late.on_unknown, language)
    rest = tr("{amount} is on goods in stock of unknown cost and was not added to it.", amount=amount)
    return paragraph(tr, (text, rest))
