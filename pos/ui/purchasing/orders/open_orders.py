"""Open orders: outstanding quantities, and the actions on the selected order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pos.application.purchasing.order_message import order_message
from pos.application.purchasing.purchase_orders import OrderView
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.purchasing.purchase_order import OrderLine, OrderSummary, order_name
from pos.domain.staff.staff import Person
from pos.ui.input.actions import RECEIVE
from pos.ui.look.sounds import Sound
from pos.ui.purchasing.orders.order_panel import OrderPanel
from pos.ui.purchasing.orders.order_rows import OrderHeader, OrderModel, OrderTable
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class OpenOrders(QObject):
    """The list with its panel. `changed`: an order was closed or dropped, or differs from the one shown.

    `receive_requested` carries the number of an order that has arrived.
    """

    ACTIONS = ("close_order", "drop_order", "print_order", "write_order", "copy_order")
    changed = Signal()
    receive_requested = Signal(int)

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._view: OrderView | None = None
        self._made: int | None = None
        self.rows = OrderModel(self)
        self.table = OrderTable(session.theme, self.rows)
        self.header = OrderHeader(session.theme, self.table)
        self.panel = OrderPanel(session)
        self.panel.priced.connect(self._price)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show())

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.table.setAccessibleName(tr("Open orders"))
        self.header.retranslate(tr)
        self.panel.retranslate(tr)

    def choose_made(self, number: int) -> None:
        """Select this order as soon as the list has it: what is printed next is what was just ordered."""
        self._made = number

    def present(self, orders: Sequence[OrderSummary]) -> None:
        """Show these orders; the selection stays, but for an order that was just created."""
        session = self._session
        self.table.renew(lambda: self.rows.show_rows(orders, session.today, session.translator), self.rows.key)
        made = next((index for index, order in enumerate(orders) if order.number == self._made), None)
        if made is not None:
            self._made = None
            self.table.choose(made)
        self.panel.present(self._view if orders else None, self._session.translator)

    def run_action(self, action: str) -> None:
        """Run one of ACTIONS on the selected order; a cost that is typed is taken first, or complained of."""
        if not self.panel.cost.settle():
            return
        view, person, printing = self._view, self._session.person, self._session.shop.print_order
        if action in ("close_order", "drop_order"):
            self._end(action)
        elif action == "copy_order":
            self._copy()
        elif view is not None and person is not None and self._is_chosen(view):
            call = printing if action == "print_order" else printing.as_csv
            self._session.run(lambda: call(self._still_open(view.order.number, person)), self._kept, self._failed)

    def _copy(self) -> None:
        """Put the order as text into the clipboard, in the language of the window."""
        view, person, session = self._view, self._session.person, self._session
        if view is None or person is None or not self._is_chosen(view):
            return
        number, tr, settings, training = view.order.number, session.translator, session.settings, session.shop.training

        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            session.notify("order.copied", notice)

        def notice() -> Notice:
            text = session.translator("{order} is copied: paste it into a letter or a message.", order=view.order.name)
            return Notice(Tone.WITHIN, text, seconds=10)

        session.run(
            lambda: order_message(self._still_open(number, person), settings, tr, training=training),
            copied,
            self._failed,
        )

    def _price(self, about: tuple[OrderView, OrderLine], cost: Money | None) -> None:
        """Set what one piece of a line of an order costs; the list shows its total."""
        view, line = about
        person, orders = self._session.person, self._session.shop.deliveries.orders
        if person is None:
            return
        number, code = view.order.number, view.products[line.product].code

        def priced(after: OrderView) -> None:
            self._session.sounds.play(Sound.NOTE)
            if self._is_chosen(after):
                self._view = after
                self.panel.present(after, self._session.translator)
            self.changed.emit()

        self._session.run(lambda: orders.set_cost(number, code, cost, person, seen=line), priced, self._failed)

    def _still_open(self, number: int, person: Person) -> OrderView:
        """The order as it is now, which another clerk may have ended. Raises OrderOver."""
        view = self._session.shop.deliveries.orders.show(number, person)
        view.order.check_open()
        return view

    def receive(self) -> None:
        """Open the selected order on the receiving page; a cost that is typed is taken first, or complained of."""
        order = self._order()
        if order is not None and self.panel.cost.settle():
            self._session.go(RECEIVE)
            self.receive_requested.emit(order.number)

    def _is_chosen(self, view: OrderView) -> bool:
        """Whether it is the order of the chosen row."""
        now = self._order()
        return now is not None and now.number == view.order.number

    def _order(self) -> OrderSummary | None:
        return self.rows.thing(self.table.current_row)

    def _show(self) -> None:
        self._session.withdraw("order.end")
        person, order, orders = self._session.person, self._order(), self._session.shop.deliveries.orders
        if person is None or order is None:
            self._view = None
            self.panel.present(None, self._session.translator)
            return
        if self._view is not None and not self._is_chosen(self._view):
            self._view = None
            self.panel.present(None, self._session.translator)

        def show(view: OrderView) -> None:
            if self._is_chosen(view):
                self._view = view
                self.panel.present(view, self._session.translator)

        self._session.run(lambda: orders.show(order.number, person), show)

    def _end(self, action: str) -> None:
        """Close or drop the order: the first press asks, the second one acts."""
        person, order = self._session.person, self._order()
        if person is None or order is None:
            return
        name, session = order_name(order.number), self._session
        key = self._session.actions.key_text(action)

        def ask() -> Notice:
            if action == "close_order":
                text = session.translator("Close {order} as short? Press {key} again to confirm.", order=name, key=key)
            else:
                text = session.translator("Discard {order}? Press {key} again to confirm.", order=name, key=key)
            return Notice(Tone.NEARLY, text, seconds=12)

        if not session.sure("order.end", (action, order.number), ask):
            return
        orders = self._session.shop.deliveries.orders
        step = orders.close if action == "close_order" else orders.drop
        is_closed = action == "close_order"
        self._session.run(
            lambda: step(order.number, person), lambda _view: self._ended(name, is_closed=is_closed), self._failed
        )

    def _ended(self, name: str, *, is_closed: bool) -> None:
        session = self._session

        def notice() -> Notice:
            tr = session.translator
            text = tr("{order} is finished.", order=name) if is_closed else tr("Order {order} discarded.", order=name)
            return Notice(Tone.INFO, text, seconds=8)

        session.notify("order.over", notice)
        self.changed.emit()

    def _kept(self, path: Path) -> None:
        session = self._session

        def notice() -> Notice:
            return Notice(Tone.WITHIN, session.translator("Order saved to {file}.", file=path.name), seconds=10)

        session.notify("order.written", notice)

    def _failed(self, error: Exception) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._session.report_foreseen(error)
        self.changed.emit()
