"""The selected order: outstanding quantities of each line, and its actions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from pos.application.purchasing.purchase_orders import OrderView
from pos.application.text.formatting import date_text, number_text
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel


class OrderPanel(Surface):
    """`requested` carries the action id: receive, close, drop, print or write the order."""

    requested = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        theme, key = session.theme, session.actions.key_text
        self._name = TextLabel(role=Role.TITLE)
        self._who = TextLabel(role=Role.LABEL, wrap=True)
        self.lines = QListWidget()
        self.lines.setProperty("focus_ring", "self")
        self.lines.setFrameShape(QListWidget.Shape.NoFrame)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._buttons = {
            "print_order": IconButton(theme, icon="printer", key=key("print_order"), height=Size.SMALL_BUTTON),
            "write_order": IconButton(theme, icon="file-text", key=key("write_order"), height=Size.SMALL_BUTTON),
            "close_order": IconButton(theme, icon="circle-check", key=key("close_order"), height=Size.SMALL_BUTTON),
            "drop_order": IconButton(
                theme, icon="trash-2", key=key("drop_order"), kind=ButtonKind.DANGER, height=Size.SMALL_BUTTON
            ),
        }
        self.button = IconButton(
            theme, icon="package-check", key=key("make_order"), kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.button.clicked.connect(lambda: self.requested.emit("make_order"))
        for action, button in self._buttons.items():
            button.clicked.connect(lambda _=False, action=action: self.requested.emit(action))
        self._lay_out()

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.lines.setAccessibleName(tr("Lines of the order"))
        self._buttons["print_order"].present(tr.context("order", "Print"))
        self._buttons["write_order"].present(tr.context("order", "Save CSV"))
        self._buttons["close_order"].present(tr("Close it"))
        self._buttons["drop_order"].present(tr("Discard it"))
        self.button.present(tr("Receive it"))

    def present(self, view: OrderView | None, tr: Translator) -> None:
        """Show an order; None shows none."""
        for part in (self.button, *self._buttons.values()):
            part.setEnabled(view is not None)
        self.lines.clear()
        if view is None:
            self._name.setText("")
            self._who.setText(tr("Choose an order."))
            return
        order, language = view.order, tr.language
        self._name.setText(order.name)
        day = date_text(order.expected_on, language) if order.expected_on is not None else tr("no delivery date")
        said = [view.supplier or tr("no supplier"), day, order.note, *view.receipts]
        self._who.setText(" · ".join(part for part in said if part))
        for line in order.lines:
            product = view.products.get(line.product)
            name = str(line.product) if product is None else product.name_in(language)
            n, every = number_text(line.outstanding, language), number_text(line.ordered, language)
            self.lines.addItem(QListWidgetItem(tr("{n} of {all}: {goods}", n=n, all=every, goods=name)))

    def _lay_out(self) -> None:
        column = vbox(
            self._name,
            self._who,
            Stretched(self.lines),
            spacing=Space.S,
            margins=(Space.M, Space.M, Space.M, Space.M),
            parent=self,
        )
        for pair in (("print_order", "write_order"), ("close_order", "drop_order")):
            row = hbox(*(Stretched(self._buttons[action]) for action in pair), spacing=Space.S)
            column.addLayout(row)
        column.addWidget(self.button)
