"""A return in progress: the lines of the receipt and the reason, with the refund panel."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.application.text.formatting import instant_text, pieces_text
from pos.application.text.translator import Translator
from pos.domain.sales.sale import SaleLine
from pos.ui.look.theme import Space
from pos.ui.receipts.return_words import LineText, goods_name
from pos.ui.returns.line_bar import LineBar
from pos.ui.returns.line_table import ReturnLineHeader, ReturnLineModel, ReturnLineTable
from pos.ui.returns.money_panel import MoneyPanel
from pos.ui.returns.reason_row import ReasonRow
from pos.ui.returns.return_controller import ReturnController
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import Packed, SeeThrough
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.rows_or_empty import rows_card


class WorkPage(QWidget):
    """Shows the ReturnController. `money` is a panel of its own, placed beside it."""

    def __init__(self, session: Session, controller: ReturnController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, key = session.theme, session.actions.key_text
        self._session, self._controller = session, controller
        self._translator = Translator.english()
        self.rows = ReturnLineModel(self)
        self.table = ReturnLineTable(theme, self.rows)
        self._header = ReturnLineHeader(theme, self.table)
        self._title = TextLabel(role=Role.SECTION)
        self._sold = TextLabel(role=Role.LABEL, wrap=True)
        self.every = IconButton(theme, icon="undo-2", key=key("return_all"))
        self.every.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.void = IconButton(theme, icon="circle-x", key=key("void_sale"))
        self.void.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar = LineBar(theme, session.actions)
        self.reason = ReasonRow(theme, key("return_reason"))
        self.money = MoneyPanel(session)
        self.table.moved.connect(self._present_bar)
        self.reason.changed.connect(self._present_money)
        self.reason.confirmed.connect(self.table.setFocus)
        self._lay_out()

    @property
    def line(self) -> SaleLine | None:
        """The chosen line of the open receipt."""
        hand, index = self._controller.hand, self.table.current_row
        return None if hand is None or not 0 <= index < len(hand.lines) else hand.lines[index]

    @property
    def can_void(self) -> bool:
        """Whether the open receipt is one of the running shift of which nothing came back."""
        hand = self._controller.hand
        if hand is None or any(known.refunded for known in hand.returnable.lines):
            return False
        return self._session.voids(hand.returnable.sale)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; choices and typed text stay."""
        self._translator = tr
        self._header.retranslate(tr)
        self.reason.retranslate(tr)
        self.table.setAccessibleName(tr("Lines of the receipt"))
        self.every.present(tr("Return the whole receipt"))
        self.void.present(tr("Void sale"))

    def present(self, zone: tzinfo, *, locked: bool) -> None:
        """Show the draft; nothing can be changed while `locked`. `zone` is the shop's."""
        hand, tr = self._controller.hand, self._translator
        if hand is None:
            self.rows.exchange(())
            return
        sale = hand.returnable.sale
        self._title.setText(sale.receipt)
        sold = instant_text(sale.at, zone, tr.language)
        parts = [sold, pieces_text(sale.pieces, tr)]
        if sale.voided_by is not None:
            parts.append(tr("Voided by {receipt}", receipt=sale.voided_by))
        self._sold.setText(" · ".join(parts))
        self.rows.exchange([LineText.of(line, hand, tr) for line in hand.lines])
        self.every.setEnabled(not locked and any(hand.left(line.line) for line in hand.lines))
        self.void.setVisible(self.can_void)
        self.void.setEnabled(not locked)
        self.reason.lock(on=locked)
        self._present_bar()
        self._present_money()

    def _present_bar(self) -> None:
        hand, line = self._controller.hand, self.line
        self.bar.setEnabled(line is not None)
        if hand is not None and line is not None:
            name = goods_name(line, self._translator)
            left, returned = hand.left(line.line), hand.of_line(line.line)
            self.bar.present(name, returned, left, self._translator, locked=self._controller.is_locked)

    def _present_money(self) -> None:
        error = self._controller.error
        refusal = "" if error is None else self._controller.wording(error)
        self.money.present(self._controller, self.reason.reason, refusal, self._translator)

    def _lay_out(self) -> None:
        head = vbox(
            hbox(Stretched(self._title), self.every, spacing=Space.M),
            hbox(Stretched(self._sold), self.void, spacing=Space.M),
            spacing=Space.XS,
        )
        column = vbox(
            head,
            Stretched(rows_card(self._header, self.table)),
            self.bar,
            self.reason,
            spacing=12,
            margins=(Space.L, Space.M, Space.L, Space.M),
        )
        vbox(SeeThrough(Packed(column)), margins=0, parent=self)
