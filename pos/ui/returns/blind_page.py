"""A return without a receipt: the goods, the price of each, and the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.returns.blind_return_draft import BlindRow
from pos.application.returns.return_draft import ReturnedPieces
from pos.application.text.formatting import currency_symbol, money_text, number_text, pieces_text
from pos.application.text.names import name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.piece import short_serial
from pos.domain.money import Money
from pos.domain.sales.cart_line import MOST_OF_ONE_LINE
from pos.ui.look.theme import Size, Space
from pos.ui.receipts.return_words import DISPOSITION_ICONS, DISPOSITION_NAMES, LineText
from pos.ui.returns.blind_return_controller import BlindReturnController
from pos.ui.returns.line_bar import LineBar
from pos.ui.returns.line_table import EACH, SOLD, ReturnLineHeader, ReturnLineModel, ReturnLineTable
from pos.ui.returns.reason_row import ReasonRow
from pos.ui.session.session import Session
from pos.ui.session.typed_amount import typed_amount_text
from pos.ui.widgets.buttons.key_cap import KeyCap
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.drawing.layouts import Aligned, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import Packed, SeeThrough
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.key_positions import digit_of
from pos.ui.widgets.fields.money_edit import MoneyEdit
from pos.ui.widgets.tables.columns import Span
from pos.ui.widgets.tables.rows_or_empty import rows_card

_PRICE = 150


class BlindPage(QWidget):
    """Shows the BlindReturnController. `priced` carries a row and the price typed for it.

    It comes by Enter, and by itself when another row is chosen.
    """

    priced = Signal(int, object)

    def __init__(self, session: Session, controller: BlindReturnController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, key = session.theme, session.actions.key_text
        self._session = session
        self._controller = controller
        self._translator = Translator.english()
        self._priced = -1  # the row whose price is in the field
        self._title = TextLabel(role=Role.SECTION)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.rows = ReturnLineModel(self)
        self.table = ReturnLineTable(theme, self.rows, without_figure=1)  # a line without pieces is gone
        self._header = _Header(theme, self.table)
        self._empty = EmptyState(theme)
        self.bar = LineBar(theme, session.actions)
        self.bar.all.hide()
        self._price = TextLabel(role=Role.LABEL)
        self._cap = KeyCap(theme, key("blind_price"))
        self.price = MoneyEdit(
            theme, "", session.settings.price, digit_of=digit_of, display=self._word_typed, height=Size.BUTTON
        )
        self.price.setFixedWidth(_PRICE)
        self.price.submitted.connect(lambda amount: self.priced.emit(self._priced, amount))
        self.reason = ReasonRow(theme, key("return_reason"))
        self.table.moved.connect(self._move)
        self.reason.confirmed.connect(self.table.setFocus)
        self._lay_out()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; choices and typed text stay."""
        self._translator = tr
        self._title.setText(tr("Without receipt"))
        self._header.retranslate(tr)
        self.reason.retranslate(tr)
        self._price.setText(tr("Unit price"))
        self.table.setAccessibleName(tr("Return without a receipt"))
        hint = tr("The refund is at most today's price, in cash, with approval.")
        self._empty.present("undo-2", tr("Scan the goods to return"), hint)

    def present(self, limit: Money, *, locked: bool) -> None:
        """Show the draft; nothing can be changed while `locked`. `limit` is the largest refund."""
        tr, hand = self._translator, self._controller.hand
        most = money_text(limit, tr.language)
        self._hint.setText(tr("The allowance is not restored. Maximum refund: {amount}.", amount=most))
        self.rows.exchange([_text_of(row, tr) for row in hand.rows])
        for part in (self._header, self.table, self._tools):
            part.setVisible(bool(hand.rows))
        self._empty.setVisible(not hand.rows)
        self.reason.lock(on=locked)
        self.price.setEnabled(not locked)
        if not hand.rows:
            self.forget_price()
        elif self.table.current_row < 0:
            self.table.choose(0)
        self._present_bar()

    @property
    def typed_price(self) -> tuple[int, Money] | None:
        """The row and the price that is typed for it and not taken yet."""
        rows = self._controller.hand.rows
        if self.price.doubt is not None or not 0 <= self._priced < len(rows) or self.price.is_empty():
            return None
        typed = self.price.amount()
        return None if typed == rows[self._priced].price else (self._priced, typed)

    def forget_price(self) -> None:
        """Drop a typed price."""
        self._priced = -1

    def _move(self) -> None:
        typed = self.typed_price
        self._present_bar()
        if typed is not None and typed[0] != self._priced:
            self.priced.emit(*typed)

    def _present_bar(self) -> None:
        hand, index = self._controller.hand, self.table.current_row
        if not 0 <= index < len(hand.rows):
            return
        row, tr = hand.rows[index], self._translator
        name = row.product.name_in(tr.language)
        self.bar.present(
            name, ReturnedPieces(row.quantity, row.to), MOST_OF_ONE_LINE, tr, locked=self._controller.is_locked
        )
        currency = self._session.settings.price
        self.price.present(tr("Unit price: {goods}", goods=name), currency, symbol=currency_symbol(currency))
        if index != self._priced or (self.typed_price is None and self.price.doubt is None):
            self._priced = index
            self.price.set_amount(row.price)

    def _word_typed(self, typed: str) -> str:
        return typed_amount_text(typed, self._translator.language)

    def _lay_out(self) -> None:
        self._tools = QWidget()
        each = hbox(
            *(Aligned(part, Qt.AlignmentFlag.AlignVCenter) for part in (self._price, self._cap, self.price)),
            Stretch(),
            spacing=Space.S,
        )
        vbox(each, self.bar, spacing=12, margins=0, parent=self._tools)
        column = vbox(
            self._title,
            self._hint,
            Stretched(rows_card(self._header, self.table, self._empty)),
            self._tools,
            self.reason,
            spacing=12,
            margins=(Space.L, Space.M, Space.L, Space.M),
        )
        vbox(SeeThrough(Packed(column)), margins=0, parent=self)


class _Header(ReturnLineHeader):
    def retranslate(self, tr: Translator) -> None:
        """Without a receipt the sold quantity is unknown."""
        self.name(tr("Goods"), "", "", "", tr("Unit price"), tr("Returning"), tr.context("return", "Goes to"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """The missing columns leave their room to the price."""
        spans = list(super().spans(width))
        begin, (each, room) = spans[SOLD][0][0], spans[EACH][0]
        spans[EACH] = ((begin, each + room - begin), RIGHT)
        return spans


def _text_of(row: BlindRow, tr: Translator) -> LineText:
    language, product = tr.language, row.product
    to = name_of(DISPOSITION_NAMES, row.to, tr)
    name = product.name_in(language)
    piece = "" if row.piece.serial is None else f" · № {short_serial(row.piece.serial)}"
    each = money_text(row.price, language)
    back = tr("{pieces} returned, to: {place}", pieces=pieces_text(row.quantity, tr), place=to)
    return LineText(
        name=name,
        code=f"{product.code}{piece} · {tr('today {price}', price=money_text(row.today, language))}",
        sold="",
        before="",
        left="",
        each=each,
        now=number_text(row.quantity, language),
        to=to,
        to_icon=DISPOSITION_ICONS[row.to],
        comes=True,
        gone=False,
        spoken=", ".join((name, each, back)),
    )
