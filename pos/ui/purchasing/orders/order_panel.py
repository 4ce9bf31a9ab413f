"""The selected order: outstanding quantities and cost of each line, its total, and its actions."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from pos.application.purchasing.order_words import cost_text, whole_text
from pos.application.purchasing.purchase_orders import OrderView
from pos.application.text.formatting import date_text, number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.purchasing.purchase_order import OrderLine
from pos.ui.look.theme import Size, Space
from pos.ui.purchasing.orders.cost_question import CostQuestion
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.scrolled_fields import scroll_over

_BUTTON = 140
"""The least width of a button, in pixels."""
_LINES = 96
"""The least height of the lines: two of them."""


class OrderPanel(Surface):
    """`requested` carries the action id: receive, close, drop, print, write or copy the order.

    `priced` carries an order with one of its lines, as they were seen, and what one piece of it costs; None: unknown.
    """

    requested = Signal(str)
    priced = Signal(object, object)

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        theme, key = session.theme, session.actions.key_text
        self._session = session
        self._view: OrderView | None = None
        self._name = TextLabel(role=Role.TITLE)
        self._who = TextLabel(role=Role.LABEL, wrap=True)
        self._total = TextLabel(role=Role.STRONG, wrap=True)
        self.lines = QListWidget()
        self.lines.setProperty("focus_ring", "self")
        self.lines.setFrameShape(QListWidget.Shape.NoFrame)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setSpacing(2)
        self.lines.setMinimumHeight(_LINES)
        self.lines.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.lines.itemActivated.connect(lambda _line: self.ask_cost())
        icons = {
            "print_order": "printer", "write_order": "file-text", "order_cost": "coins", "copy_order": "copy",
            "close_order": "circle-check", "drop_order": "trash-2",
        }  # fmt: skip
        self.buttons = {
            action: IconButton(
                theme,
                icon=icon,
                key=key(action),
                kind=ButtonKind.DANGER if action == "drop_order" else ButtonKind.SECONDARY,
                height=Size.SMALL_BUTTON,
            )
            for action, icon in icons.items()
        }
        self.button = IconButton(
            theme, icon="package-check", key=key("make_order"), kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.button.clicked.connect(lambda: self.requested.emit("make_order"))
        for action, button in self.buttons.items():
            button.clicked.connect(lambda _=False, action=action: self.requested.emit(action))
        self.cost = CostQuestion(session)
        self.cost.answered.connect(self.priced)
        self.cost.given.connect(self._next_line)
        self._acts = Cells(*self.buttons.values(), least=_BUTTON, most=3, gap=Space.S)
        """The buttons: the question about a cost takes their place."""
        self.cost.left.connect(self._acts.show)
        self.cost.back.clicked.connect(lambda: self.lines.setFocus(Qt.FocusReason.OtherFocusReason))
        self._lay_out()

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.lines.setAccessibleName(tr("Lines of the order"))
        self.buttons["print_order"].present(tr.context("order", "Print"))
        self.buttons["write_order"].present(tr.context("order", "Save CSV"))
        self.buttons["copy_order"].present(tr("Copy text"))
        self.buttons["order_cost"].present(tr.context("order", "Cost"))
        self.buttons["close_order"].present(tr("Close it"))
        self.buttons["drop_order"].present(tr("Discard it"))
        self.button.present(tr("Receive it"))
        self.cost.retranslate(tr)

    def present(self, view: OrderView | None, tr: Translator) -> None:
        """Show an order; None shows none. An answer to the question about a line of another one is given."""
        before = self._view
        is_other = view is None or before is None or view.order.number != before.order.number
        if is_other:
            self.cost.leave()
        self._view = view
        for part in (self.button, *self.buttons.values()):
            part.setEnabled(view is not None)
        row = 0 if is_other else max(0, self.lines.currentRow())
        self.lines.clear()
        if view is None:
            self._name.setText("")
            self._total.setText("")
            self._who.setText(tr("Choose an order."))
            return
        order, language = view.order, tr.language
        self._name.setText(order.name)
        day = date_text(order.expected_on, language) if order.expected_on is not None else tr("no delivery date")
        said = [view.supplier or tr("no supplier"), day, order.note, *view.receipts]
        self._who.setText(" · ".join(part for part in said if part))
        self._total.setText(labelled(tr, tr("Total"), whole_text(order.totals, tr)))
        for line in order.lines:
            n, every = number_text(line.outstanding, language), number_text(line.ordered, language)
            text = tr("{n} of {all}: {goods}", n=n, all=every, goods=self._goods(line))
            cost = cost_text(line.ordered, line.cost, tr) if line.ordered else tr("came unordered")
            self.lines.addItem(QListWidgetItem(f"{text}\n{cost}"))
        self.lines.setCurrentRow(min(row, self.lines.count() - 1))

    def ask_cost(self) -> None:
        """Ask what one piece of the chosen line costs; a line that was not ordered is not asked about."""
        line = self._line()
        if line is None or not line.ordered or not self.cost.settle():
            return
        self._acts.hide()
        self.cost.ask((self._view, line), lambda: self._goods(line), line.cost, self._session.settings.price)

    def _line(self) -> OrderLine | None:
        row, view = self.lines.currentRow(), self._view
        return None if view is None or not 0 <= row < len(view.order.lines) else view.order.lines[row]

    def _next_line(self) -> None:
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self.lines.setCurrentRow(min(self.lines.currentRow() + 1, self.lines.count() - 1))

    def _goods(self, line: OrderLine) -> str:
        product = None if self._view is None else self._view.products.get(line.product)
        return str(line.product) if product is None else product.name_in(self._session.translator.language)

    def _lay_out(self) -> None:
        scrolled = vbox(
            self._name,
            self._who,
            Stretched(self.lines),
            self._total,
            self._acts,
            spacing=Space.S,
            margins=0,
        )
        foot = QWidget()
        vbox(self.cost, self.button, spacing=Space.S, margins=0, parent=foot)
        scroll_over(scrolled, foot, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.S)
