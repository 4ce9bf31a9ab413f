"""Assigns rows to visitors by hand: the menu at the circle, and the key that gives the row to the chosen visitor."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.formatting import pieces_text
from pos.domain.sales.cart_line import CartLine
from pos.ui.look.theme import Size
from pos.ui.quota.party_words import names_in
from pos.ui.sales.basket.basket_columns import BasketColumns
from pos.ui.sales.basket.basket_view import BasketView
from pos.ui.sales.basket.scan_row import ScanRow
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session


class Carriers(QObject):
    """Moves rows between visitors. The quantity for the next scan, if there is one, is the number of pieces to move."""

    def __init__(self, session: Session, counter: CheckoutController, rows: BasketView, scan: ScanRow) -> None:
        super().__init__(rows)
        self._session = session
        self._counter = counter
        self._rows = rows
        self._scan = scan
        self._menu: QMenu | None = None
        self._offered: object = None
        """The rows and the visitors when the menu was opened."""
        counter.presented.connect(self._follow)
        rows.carrier_pressed.connect(partial(self.open, is_tapped=True))

    @property
    def menu(self) -> QMenu | None:
        """The open menu."""
        return self._menu

    def choose(self, step: int) -> None:
        """Choose the next visitor (or the one before) for the next scans, round and round."""
        self._counter.step(partial(_choose, step))

    def give(self) -> None:
        """Give the selected row to the chosen visitor."""
        view = self._counter.view
        line = self._selected(view)
        if view is not None and line is not None and view.chosen is not None and len(view.visitors) > 1:
            self._give(line.id, view.chosen)

    def ask(self) -> None:
        """Offer all visitors for the selected row."""
        line = self._selected(self._counter.view)
        if line is not None:
            self.open(line.id)

    def open(self, line_id: int, *, is_tapped: bool = False) -> None:
        """Offer all visitors for a row, beside its circle; where that `is_tapped` the menu may lie under the finger."""
        view, box = self._counter.view, self._rows.row_box(line_id)
        if view is None or box is None or len(view.visitors) < 2:
            return
        line = next((row.line for row in view.lines if row.id == line_id), None)
        if line is None:
            return
        tr = self._session.translator
        menu = QMenu(self._rows)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pieces = self._scan.waiting
        menu.setAccessibleName(tr("Carrier of the line"))
        if pieces is not None:
            menu.addAction(pieces_text(min(pieces, line.quantity), tr)).setEnabled(False)
        for label, name in names_in(view).items():
            action = menu.addAction(f"{label} · {name}")
            action.setCheckable(True)
            action.setChecked(label == line.carrier)
            action.triggered.connect(partial(self._give_from_menu, line_id, label, is_tapped))
            if label == line.carrier:
                menu.setActiveAction(action)
        self._menu, self._offered = menu, _rows_and_visitors(view)
        if is_tapped:
            self._session.finishing.turned()
        menu.aboutToHide.connect(self._closed)
        circle = QPoint(box.x() + BasketColumns.of(box.width()).carrier, box.y() + Size.ROW - 8)
        menu.popup(self._rows.viewport().mapToGlobal(circle))

    def leave(self) -> None:
        """Close the menu."""
        if self._menu is not None:
            self._menu.close()

    def _follow(self, view: CheckoutView) -> None:
        """Behind a scan the menu would stand beside another row than the one that it gives."""
        if self._menu is not None and _rows_and_visitors(view) != self._offered:
            self.leave()

    def _closed(self) -> None:
        self._menu = None

    def _give_from_menu(self, line_id: int, label: str, is_tapped: bool, _on: bool = False) -> None:
        if not (is_tapped and self._session.finishing.left):  # else the second half of the tap that has opened the menu
            self._give(line_id, label)

    def _give(self, line_id: int, label: str) -> None:
        view = self._counter.view
        line = next((row.line for row in view.lines if row.id == line_id), None) if view is not None else None
        if line is None or line.carrier == label:
            return
        waiting = self._scan.waiting
        if waiting is not None:
            self._scan.drop_quantity()
            waiting = min(waiting, line.quantity)
        self._counter.give(line_id, label, waiting)

    def _selected(self, view: CheckoutView | None) -> CartLine | None:
        row = self._rows.selected()
        if view is None or row is None:
            return None
        return next((one.line for one in view.lines if one.id == row.id), None)


def _rows_and_visitors(view: CheckoutView) -> object:
    rows = [(row.id, row.line.quantity, row.line.carrier) for row in view.lines]
    return rows, [one.visitor.label for one in view.visitors]


def _choose(step: int, checkout: Checkout) -> CheckoutView:
    """Of the visitors who are there by now: another one may have been scanned just before."""
    view = checkout.view()
    labels = [one.visitor.label for one in view.visitors]
    at = labels.index(view.chosen) if view.chosen in labels else 0
    return checkout.choose(labels[(at + step) % len(labels)]) if len(labels) > 1 else view
