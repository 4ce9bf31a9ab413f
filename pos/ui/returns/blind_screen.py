"""A return without a receipt: goods scanned, priced, approved, and refunded in cash."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.application.returns.blind_return import BLIND
from pos.application.returns.blind_return_draft import BlindReturnDraft
from pos.application.text.formatting import money_text
from pos.application.text.translator import Translator
from pos.domain.catalogue.piece import AsksWeight
from pos.domain.money import Currency, Money
from pos.domain.returns.goods_return import DISPOSITIONS
from pos.domain.sales.approval_requirements import CashRequirement
from pos.domain.staff.staff import Approval
from pos.ui.input.actions import BLIND_RETURN, RETURNS, back_action, currency_actions
from pos.ui.look.sounds import Sound
from pos.ui.receipts.receipts import ReceiptPrinting
from pos.ui.returns.blind_money import BlindMoney
from pos.ui.returns.blind_page import BlindPage
from pos.ui.returns.blind_return_controller import BlindReturnController
from pos.ui.returns.return_screen_base import ReturnScreenBase
from pos.ui.sales.payment.change_column import State
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class BlindReturnScreen(ReturnScreenBase):
    """Two pages one after another: the goods with the refund, then the result."""

    screen_id = BLIND_RETURN
    rail = RETURNS

    def __init__(self, session: Session, receipts: ReceiptPrinting, parent: QWidget | None = None) -> None:
        super().__init__(session, receipts, parent)
        self.controller: BlindReturnController = BlindReturnController(session, self)
        self.work: BlindPage = BlindPage(session, self.controller)
        self.money = BlindMoney(session)
        self.key_handlers = self._key_handlers()
        self._lay_out((self.work, self.done), self.money)
        self._connect()
        self.retranslate(session.translator)

    # ── the window's calls ───────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """An unfinished return stays as it was left."""
        self.session.withdraw("return.kept")
        if self._back is None:
            if not self.controller.hand.rows:
                self.controller.clear()  # in the currency of the current settings
            self._present()
            self.work.table.setFocus()
        else:
            self.done.begin()

    def left(self) -> None:
        """A half-typed PIN is not for the next user; a finished return is closed."""
        self.approval.close_down()
        if self._back is not None:
            self._restart()
        elif self.controller.hand.rows and self.session.person is not None:
            self.session.notify("return.kept", self._kept, holds=lambda: self.waiting() != "")

    def _kept(self) -> Notice:
        """The page of the receipts looks as if nothing had been begun."""
        key = self.session.actions.key_text("no_receipt")
        said = self.translator("The return without receipt is not finished. {key} on Returns continues it.", key=key)
        return Notice(Tone.INFO, said, "undo-2", seconds=10)

    def retranslate(self, tr: Translator) -> None:
        for part in (self.news, self.approval, self.work):
            part.retranslate(tr)
        self._present()

    def waiting(self) -> str:
        hand = self.controller.hand
        if self._back is not None or not hand.pieces:
            return ""
        return self.translator(
            "return without receipt: {amount}", amount=money_text(hand.worth, self.translator.language)
        )

    def scanned(self, text: str) -> None:
        """Add one piece of these goods."""
        if self.controller.is_locked:
            self._refuse(lambda tr: tr("First check whether this return was recorded."))
            return
        if self._back is not None:
            self._restart()
        self.approval.close_down()
        self.controller.scan(text)

    # ── returned goods ───────────────────────────────────────────────────────────────────────────────────────

    def count(self, quantity: int) -> None:
        """Set the pieces of the chosen row; none removes it."""
        self._change(lambda hand, index: hand.counting(index, quantity))

    def step(self, by: int) -> None:
        """Add or remove one piece of the chosen row."""
        self._change(lambda hand, index: hand.counting(index, hand.rows[index].quantity + by))

    def price(self, row: int, amount: Money) -> None:
        """Set the price of a piece of a row."""
        if self._is_open and 0 <= row < len(self.controller.hand.rows):
            self.approval.close_down()
            self.controller.change(lambda hand: hand.at_price(row, amount))
            if row == self.work.table.current_row and self.controller.hand.rows[row].price != amount:
                self.work.price.setFocus()  # refused: the next figures are a price again, not pieces
                self.work.price.ask_again()
                return
        self.work.table.setFocus()

    def send_to(self, to: str) -> None:
        """Set the disposition of the goods of the chosen row."""
        self._change(lambda hand, index: hand.going_to(index, to))

    def choose_currency(self, currency: Currency) -> None:
        """Set the currency of the cash."""
        if self._is_open:
            self.approval.close_down()
            self.controller.change(lambda hand: hand.paying_in(currency))

    def record(self) -> None:
        """F12: record it, with the approval of another person if needed; on the result page continue.

        A price that is typed and not entered is taken first: the next F12 records what is shown then.
        """
        person, reason, is_ready = self.session.person, self.work.reason.reason, self._is_open
        is_ready = is_ready and self.controller.proposal is not None and not self.controller.is_finding
        if self._back is not None:
            self.go_on()
        elif self.controller.state is State.UNCERTAIN:
            self.controller.record(reason)
        elif self._take_price() or person is None or not is_ready or not reason:
            self.session.sounds.play(Sound.NOTE)
        elif person.may(BLIND):
            self.controller.record(reason)
        else:
            worth = self.controller.hand.worth

            def make_title(permission: str, tr: Translator) -> str:
                return f"{tr('Approval needed: {act}', act=permission)} · {money_text(worth, tr.language)}"

            self.approval.open(BLIND, self.controller.hand.key, make_title, lambda: {CashRequirement(BLIND, worth)})

    def go_on(self) -> None:
        """Return to the receipts."""
        self.session.go(RETURNS)

    def _change(self, step: Callable[[BlindReturnDraft, int], BlindReturnDraft]) -> None:
        if self.controller.is_behind():
            return
        if self._take_price() and self.work.price.doubt is not None:
            return
        index = self.work.table.current_row
        if self._is_open and 0 <= index < len(self.controller.hand.rows):
            self.approval.close_down()
            self.controller.change(lambda hand: step(hand, index))

    def _take_price(self) -> bool:
        """Whether a price was typed and not entered: it is taken, or refused as ambiguous."""
        if self._is_open and self._show_doubt():
            return True
        typed = self.work.typed_price if self._is_open else None
        if typed is not None:
            self.price(*typed)
        return typed is not None

    def _show_doubt(self) -> bool:
        doubt = self.work.price.doubt
        if doubt is None:
            return False
        self.approval.close_down()
        self._refuse(lambda _tr: self.session.wording(doubt))
        self.work.price.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _unread(self) -> None:
        """A typed character is no figure: the field does not take it, and a sound says so."""
        if not self._show_doubt():
            self.session.sounds.play(Sound.UNREAD)

    def _send_on(self) -> None:
        self._change(
            lambda hand, index: hand.going_to(
                index, DISPOSITIONS[(DISPOSITIONS.index(hand.rows[index].to) + 1) % len(DISPOSITIONS)]
            )
        )

    def _ask_price(self) -> None:
        if self._is_open and self.controller.hand.rows and not self.controller.is_behind():
            self.work.price.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────

    def _approved(self, approval: Approval) -> None:
        self.controller.record(self.work.reason.reason, approval)
        self.work.table.setFocus()

    def _added(self, index: int) -> None:
        self.news.clear()
        self.session.sounds.play(Sound.ACCEPT)
        self.work.table.choose(index)

    def _restart(self) -> None:
        self._back = None
        self.work.reason.clear()
        self.controller.clear()
        self._show_page(self.work, money=True)

    def _forget_all(self) -> None:
        self._restart()

    def _refused(self, error: Exception) -> None:
        super()._refused(error)
        if isinstance(error, AsksWeight):  # nothing on this page takes grams: figures are pieces of the chosen row
            code = error.code
            self._refuse(lambda tr: tr("{code} is sold by weight. Scan the scale label.", code=code))
        if self.session.is_awaited:
            self.work.forget_price()
        self._present()

    def _back_step(self) -> None:
        if self.controller.state is State.RECORDING:
            return  # the money to give is shown in a moment
        if self._back is not None or self.controller.is_locked:
            self.go_on()
        elif self.approval.close_down():
            self.work.table.setFocus()
        elif self.news.notice is not None:
            self.news.clear()
        elif self.work.reason.own.hasFocus() or self.work.price.hasFocus():
            self.work.table.setFocus()
        elif self.controller.hand.pieces:
            self._ask_to_leave(
                lambda tr: tr("The return without receipt is not recorded. Leave without saving?"), self._leave
            )
        else:
            self.go_on()

    def _leave(self) -> None:
        self._restart()
        self.go_on()

    def _present(self) -> None:
        limit = self.session.settings.most_without_receipt()
        self.work.present(limit, locked=not self._is_open)
        refusal = "" if self.controller.error is None else self.controller.wording(self.controller.error)
        self.money.present(self.controller, self.work.reason.reason, refusal, self.translator)
        if self._back is not None:
            self.done.present(self._back, {}, self.translator)

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _key_handlers(self) -> dict[str, Callable[[], None]]:
        currencies = currency_actions(back_action, self.choose_currency)
        return {
            **currencies,
            "blind_price": self._ask_price,
            "return_to": self._send_on,
            "return_reason": self._give_reason,
            "record_return": self.record,
            "reprint": self._receipts.again,
            "back": self._back_step,
        }

    def _connect(self) -> None:
        self.controller.changed.connect(self._present)
        self.controller.added.connect(self._added)
        self.controller.refused.connect(self._refused)
        self.controller.recorded.connect(self._recorded)
        self.work.table.counted.connect(self.count)
        self.work.table.stepped.connect(self.step)
        self.work.bar.stepped.connect(self.step)
        self.work.bar.going_to.connect(self.send_to)
        self.work.priced.connect(self.price)
        self.work.price.refused.connect(lambda _why: self._unread())
        self.work.reason.changed.connect(self._present)
        self.money.currency_chosen.connect(self.choose_currency)
        self.money.record.connect(self.record)
        self.approval.approved.connect(self._approved)
        self.approval.left.connect(self._back_step)
        self.done.left.connect(self.go_on)
        self.done.again.connect(self._receipts.again)
