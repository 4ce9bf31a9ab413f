"""Low stock as a chart, orders made from it, open orders, and suppliers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from pos.application.purchasing.purchase_orders import OrderDraft, OrderView
from pos.application.stock.low_stock import LowGoods, LowStock
from pos.application.tables.listing import Listing
from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.domain.errors import BadField, RuleBroken
from pos.domain.money import Money
from pos.domain.purchasing.order_totals import OrderTotals
from pos.domain.purchasing.purchase_order import OrderSummary
from pos.domain.purchasing.supplier import Supplier
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.ui.input.actions import ORDERS, WORKSHOP
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.purchasing.orders.known_suppliers import KnownSuppliers, Renamed
from pos.ui.purchasing.orders.lists import HAND, LISTS, LOW, OPEN, SUPPLIERS, listing_of, nothing_in, title_of
from pos.ui.purchasing.orders.low_panel import LowPanel, OrderProposal
from pos.ui.purchasing.orders.low_rows import LowHeader, LowModel, LowTable
from pos.ui.purchasing.orders.open_orders import OpenOrders
from pos.ui.session.rail_figures import LOW_STOCK
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.row_table import SIDEWAYS, ColumnHeader, RowTable
from pos.ui.widgets.tables.rows_or_empty import rows_card

_CARDS = {LOW: 0, OPEN: 1, SUPPLIERS: 2}
"""The card and the side panel of each list; manual orders look like low stock."""


class OrdersScreen(Screen):
    """Four lists. A scan adds goods to the manual order, whichever list is on show."""

    screen_id = ORDERS
    takes_scans = True
    batch_requested = Signal(int, int)
    """Carries a recipe and the pieces that the workshop should make by it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._tab = LOW
        self._low: Sequence[LowGoods] = ()
        self._by_hand: list[LowGoods] = []
        self._quantities: dict[str, dict[int, int]] = {LOW: {}, HAND: {}}
        """The pieces of each list by product, in place of its proposals."""
        self._costs: dict[str, dict[int, Money | None]] = {LOW: {}, HAND: {}}
        """The cost of a piece of each list by product, in the same way."""
        self._panel_of = LOW
        """The list whose product is in the panel."""
        self._orders: Sequence[OrderSummary] = ()
        self._supplier: str | None = None
        self._is_answered = self._is_saving = False
        self.tabs = Segmented(session.theme, "")
        self.tabs.chosen.connect(self.choose)
        self.rows = LowModel(self)
        self.table = LowTable(session.theme, self.rows)
        self.table.opened.connect(self._open)
        self.table.figure.connect(self._type)
        self.table.more.connect(self._more)
        self.table.sideways.connect(self._beside)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._present_panel())
        self._header = LowHeader(session.theme, self.table)
        self.open_orders = OpenOrders(session, self)
        self.open_orders.changed.connect(self._read)
        self.open_orders.table.sideways.connect(self._beside)
        self.open_orders.panel.requested.connect(self._run_action)
        self.suppliers = KnownSuppliers(session, self)
        self.suppliers.renamed.connect(self._renamed)
        self.suppliers.moved.connect(self._read)
        self.suppliers.table.sideways.connect(self._beside)
        self.empty = EmptyState(session.theme)
        self.panel = LowPanel(session)
        self.panel.changed.connect(self._set_pieces)
        self.panel.taken.connect(self._keep_pieces)
        self.panel.priced.connect(self._keep_cost)
        self.panel.cost.given.connect(self._next_row)
        self.panel.wrong.connect(self._wrong)
        self.panel.left.connect(self._back)
        self.panel.supplier_chosen.connect(self._choose_supplier)
        self.panel.requested.connect(self.go_on)
        self.panel.batch_wanted.connect(self._make)
        self.key_handlers = {
            "make_order": self.go_on,
            "order_cost": self._ask_cost,
            "make_goods": self._make,
            "next_supplier": self._next_supplier,
            "order_from_file": self._ask_file,
            "drop_order_line": self._leave_out,
            **{action: partial(self._run_action, action) for action in OpenOrders.ACTIONS},
            "back": self._back,
        }
        TableSaver(self, self._listing)
        UnsavedByAnother(self)
        self._lay_out()

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Refresh, because sales and deliveries may have changed the figures."""
        self._read()
        self._focus()

    def left(self) -> None:
        """A cost that is typed is taken, as a quantity is."""
        for question in (self.panel.cost, self.open_orders.panel.cost):
            question.leave()

    @property
    def figures(self) -> frozenset[str]:
        return frozenset({LOW_STOCK})

    def follow_day(self) -> None:
        self._read()

    def retranslate(self, tr: Translator) -> None:
        self.tabs.setAccessibleName(tr("Which list"))
        self.table.setAccessibleName(tr("Low-stock products"))
        self._header.retranslate(tr)
        self.rows.speak(tr)
        self.panel.retranslate(tr)
        self.open_orders.retranslate(tr)
        self.suppliers.retranslate(tr)
        self._present()

    def _listing(self) -> Listing:
        self.panel.cost.settle()
        return listing_of(self.session.shop, self._tab, self._supplier, self._by_hand, self._pieces, self._cost_of)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right lead to the other lists from an empty one, too."""
        if event.key() in SIDEWAYS:
            self._beside(SIDEWAYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def waiting(self) -> str:
        """Goods gathered for a manual order."""
        n = len(self._by_hand)
        count = number_text(n, self.translator.language)
        return self.translator.plural("{n} product to order", "{n} products to order", n, n=count) if n else ""

    def emptied(self) -> None:
        self._by_hand, self._quantities = [], {LOW: {}, HAND: {}}
        self._costs = {LOW: {}, HAND: {}}
        for question in (self.panel.cost, self.open_orders.panel.cost):
            question.close_down()

    def scanned(self, text: str) -> None:
        """Add a carton or a piece of these goods to the manual order."""
        person, low_stock = self.session.person, self.session.shop.low_stock
        if person is not None:
            self.session.run(lambda: low_stock.of_code(text, person), self._take_scan, self._unknown)

    # ── the lists ────────────────────────────────────────────────────────────────────────────────────────────

    def choose(self, tab: str) -> None:
        """Show another list."""
        if tab != self._tab:
            self.panel.leave()
            self.open_orders.panel.cost.leave()
        self._tab, self._supplier = tab, None
        self._present()
        for table in (self.table, self.open_orders.table, self.suppliers.table):
            table.choose(0)
        self._focus()

    def _beside(self, step: int) -> None:
        index = LISTS.index(self._tab) + step
        if 0 <= index < len(LISTS):
            self.choose(LISTS[index])

    def _focus(self) -> None:
        tables: dict[str, RowTable] = {OPEN: self.open_orders.table, SUPPLIERS: self.suppliers.table}
        tables.get(self._tab, self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        person, shop, by_hand = self.session.person, self.session.shop, tuple(self._by_hand)
        if person is None:
            return
        self._is_answered = False
        self._present_empty()
        self._present_panel()
        self.session.run(
            lambda: (
                shop.low_stock(person),
                shop.deliveries.orders.listed(person),
                shop.deliveries.suppliers.all(person),
                _as_of_now(shop.low_stock, by_hand, person),
            ),
            lambda got: self._take(*got),
        )

    def _take(
        self,
        low: Sequence[LowGoods],
        orders: Sequence[OrderSummary],
        suppliers: Sequence[Supplier],
        by_hand: Mapping[int, LowGoods],
    ) -> None:
        self._is_answered = True
        self._by_hand = [by_hand.get(one.product.id, one) for one in self._by_hand]
        self.suppliers.present(suppliers)
        self._low, self._orders = low, orders
        self.session.figures.take(LOW_STOCK, len(low))
        for tab, goods in ((LOW, low), (HAND, self._by_hand)):
            known, quantities = {one.product.id for one in goods}, self._quantities[tab]
            self._quantities[tab] = {key: pieces for key, pieces in quantities.items() if key in known}
            self._costs[tab] = {key: cost for key, cost in self._costs[tab].items() if key in known}
        self._present()

    def _shown(self) -> list[LowGoods]:
        goods = self._by_hand if self._tab == HAND else self._low
        return [one for one in goods if self._supplier is None or one.supplier == self._supplier]

    # ── quantities ───────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _pieces(self) -> dict[int, int]:
        """Those of the list on show."""
        return self._quantities[HAND if self._tab == HAND else LOW]

    @property
    def _cost_of(self) -> dict[int, Money | None]:
        """The costs of the list on show that were typed."""
        return self._costs[HAND if self._tab == HAND else LOW]

    def _chosen(self) -> LowGoods | None:
        index = self.table.current_row
        return self.rows.rows[index] if 0 <= index < self.rows.rowCount() else None

    def _open(self) -> None:
        if self._chosen() is not None:
            self.panel.open()

    def _type(self, figure: str) -> None:
        """The number stands there as if it was being typed over."""
        if self._chosen() is not None:
            self.panel.open(figure)

    def _more(self, cartons: int) -> None:
        goods = self._chosen()
        if goods is not None:
            pieces = self.rows.pieces(goods) + cartons * goods.cover.carton
            self._pieces[goods.product.id] = max(0, pieces)
            self._repaint()

    def _set_pieces(self, pieces: int) -> None:
        """Save the quantity and move to the next row."""
        goods = self._chosen()
        if goods is not None:
            self._pieces[goods.product.id] = pieces
            self._next_row()
            self._repaint()

    def _next_row(self) -> None:
        self._focus()
        self.table.choose(self.table.current_row + 1)

    def _keep_pieces(self, goods: LowGoods, pieces: int) -> None:
        """Keep a quantity that was typed without Enter, in the list in which it was typed."""
        self._quantities[self._panel_of][goods.product.id] = pieces
        self._repaint()

    def _ask_cost(self) -> None:
        """Ask what one piece costs: of the selected product, or of the chosen line of an open order."""
        if self._tab == OPEN:
            self.open_orders.panel.ask_cost()
        elif self._tab != SUPPLIERS:
            self.panel.ask_cost()

    def _keep_cost(self, goods: LowGoods, cost: Money | None) -> None:
        """What one piece costs, in the list in which it was typed."""
        self._costs[self._panel_of][goods.product.id] = cost
        self._repaint()

    def _make(self) -> None:
        """To the workshop, with the batch that the selected product needs."""
        goods = self._chosen() if self._tab in (LOW, HAND) else None
        if goods is None or goods.recipe is None:
            self.session.sounds.play(Sound.NOTE)
            return
        self.session.go(WORKSHOP)
        self.batch_requested.emit(goods.recipe.number, goods.to_make or goods.recipe.quantity)

    def _leave_out(self) -> None:
        """Leave out a product this time; a manually added product is removed."""
        goods = self._chosen()
        if goods is None or not self.table.hasFocus():
            return
        if self._tab == HAND:
            self._by_hand = [one for one in self._by_hand if one is not goods]
            self._pieces.pop(goods.product.id, None)
            self._cost_of.pop(goods.product.id, None)
            self._present()
        else:
            self._pieces[goods.product.id] = 0
            self._repaint()

    def _repaint(self) -> None:
        self.rows.refresh()
        self._present_panel()

    def _take_scan(self, goods: LowGoods) -> None:
        self.session.sounds.play(Sound.ACCEPT)
        key, quantities = goods.product.id, self._quantities[HAND]
        known = next((index for index, one in enumerate(self._by_hand) if one.product.id == key), None)
        if known is None:
            self._by_hand.append(goods)
            quantities[key] = max(goods.cover.proposal, goods.cover.carton)
        else:
            quantities[key] = quantities.get(key, 0) + goods.cover.carton
        if self._tab != HAND and self.session.is_awaited:
            self.choose(HAND)
        self._present()
        if self._tab == HAND and self.session.is_awaited:
            self.table.choose(len(self._by_hand) - 1 if known is None else known)

    def _unknown(self, error: Exception) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self._failed(error)

    def _wrong(self, error: RuleBroken) -> None:
        self.session.sounds.play(Sound.REFUSE)
        row = self.panel.row

        def words() -> str:
            named = replace(error, field=row.label.text()) if isinstance(error, BadField) else error
            return self.session.wording(named)

        row.complain(words)

    # ── orders ───────────────────────────────────────────────────────────────────────────────────────────────

    def go_on(self) -> None:
        """Create orders from the list on show, one per supplier; or receive an open order; or save a supplier."""
        if self._tab == SUPPLIERS:
            self.suppliers.save()
            return
        if self._tab == OPEN:
            self.open_orders.receive()
            return
        if not self.panel.take():
            return
        person, orders = self.session.person, self.session.shop.deliveries.orders
        drafts = self._drafts()
        if person is None or self._is_saving or not drafts:
            return
        self._is_saving = True
        pieces = {one.product.id: self.rows.pieces(one) for one in self._shown()}
        made = partial(self._made, self._tab, pieces, dict(self._cost_of))
        self.session.run(lambda: orders.make_all(drafts, person), made, self._not_made)

    def _drafts(self) -> list[OrderDraft]:
        return self.rows.orders("hand" if self._tab == HAND else "low_stock")

    def _made(
        self, tab: str, sent: Mapping[int, int], costs: Mapping[int, Money | None], views: Sequence[OrderView]
    ) -> None:
        """The list of `tab` is ordered, with the pieces and costs that were sent. What was added to a manual order
        meanwhile is still to be ordered; of low stock each quantity is the proposal again, also of goods left out.
        """
        self._is_saving = False
        self.session.sounds.play(Sound.COMPLETE)
        self.session.finishing.turned()  # the same key would order what was left out
        if tab == HAND:
            self._take_off(sent)
        else:
            low = self._quantities[LOW]
            for key, pieces in sent.items():
                if low.get(key) == pieces:
                    del low[key]
        stay = {one.product.id for one in self._by_hand} if tab == HAND else set()
        typed = self._costs.get(tab, {})
        for key, cost in costs.items():
            if key not in stay and key in typed and typed[key] == cost:
                del typed[key]
        ordered = {line.product for view in views for line in view.order.lines}
        self._low = [one for one in self._low if one.product.id not in ordered]  # until the list is read again

        def notice() -> Notice:
            names = listed(self.translator, (view.order.name for view in views))
            text = self.translator("Orders created: {orders}. Print them in the open orders.", orders=names)
            return Notice(Tone.WITHIN, text, seconds=12)

        self.session.notify("order.made", notice)
        if self.session.is_awaited:
            self._tab, self._supplier = OPEN, None
            self.open_orders.choose_made(max(view.order.number for view in views))
            self._focus()
        self._present()
        self._read()

    def _take_off(self, made: Mapping[int, int]) -> None:
        """Pieces that were `made` an order leave the manual order."""
        quantities = self._quantities[HAND]
        for key, pieces in made.items():
            left = quantities.pop(key, 0) - pieces
            if left > 0:
                quantities[key] = left
        self._by_hand = [one for one in self._by_hand if one.product.id not in made or one.product.id in quantities]

    def _not_made(self, error: Exception) -> None:
        self._is_saving = False
        self.session.sounds.play(Sound.REFUSE)
        self._failed(error)
        self._read()

    def _failed(self, error: Exception) -> None:
        self.session.report_foreseen(error)

    def _run_action(self, action: str) -> None:
        if action == "make_order":
            self.go_on()
        elif action == "order_cost":
            self._ask_cost()
        elif self._tab == OPEN:
            self.open_orders.run_action(action)

    def _ask_file(self) -> None:
        tr = self.translator
        name, _kind = QFileDialog.getOpenFileName(
            self, tr("Import an order"), str(Path.home()), tr("Tables (*.csv *.tsv *.txt)")
        )
        if name:
            self.order_file(Path(name))

    def order_file(self, path: Path) -> None:
        """Create an order from a file of codes and pieces."""
        person, shop = self.session.person, self.session.shop
        if person is not None and not self._is_saving:
            self._is_saving = True
            self.session.run(
                lambda: [shop.deliveries.order_from_file(path, person)],
                partial(self._made, self._tab, {}, {}),
                self._not_made,
            )

    # ── suppliers ────────────────────────────────────────────────────────────────────────────────────────────

    def _suppliers(self) -> list[str | None]:
        goods = self._by_hand if self._tab == HAND else self._low
        return [None, *sorted({one.supplier for one in goods}, key=lambda name: (not name, name))]

    def _choose_supplier(self, index: int) -> None:
        self._supplier = self._suppliers()[index]
        self._present()
        self.table.choose(0)
        self._focus()

    def _next_supplier(self) -> None:
        names = self._suppliers()
        if self._tab in (LOW, HAND) and len(names) > 1 and self.panel.take():
            at = names.index(self._supplier) if self._supplier in names else 0
            self._choose_supplier((at + 1) % len(names))

    def _renamed(self, done: Renamed) -> None:
        """Manual orders use the new name of the supplier, so that the old name is not created again."""
        self._by_hand = [
            replace(one, supplier=done.after.name) if one.supplier == done.before.name else one for one in self._by_hand
        ]
        self._read()

    def _back(self) -> None:
        self.panel.give_up()
        self.open_orders.panel.cost.close_down()
        if self._tab == SUPPLIERS:
            self.suppliers.leave()
        self._focus()
        self._present_panel()

    # ── presentation ─────────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> None:
        tr = self.translator
        counts = {LOW: len(self._low), HAND: len(self._by_hand), OPEN: len(self._orders)}
        self.tabs.present([Segment(tab, title_of(tab, counts.get(tab, 0), tr)) for tab in LISTS], self._tab)
        names = self._suppliers()
        if self._supplier not in names:
            self._supplier = None
        titles = [tr("All suppliers") if name is None else name or tr("no supplier") for name in names]
        self.panel.present_suppliers(titles, names.index(self._supplier))
        self.table.renew(lambda: self.rows.propose(self._shown(), self._pieces, self._cost_of), self.rows.key)
        self.open_orders.present(self._orders)
        self._present_empty()
        self._sides.setCurrentIndex(_CARDS.get(self._tab, 0))
        self._present_panel()

    @property
    def _is_known(self) -> bool:
        """Whether the list on show was read; a manual order is scanned here."""
        return self._is_answered or self._tab == HAND

    def _present_empty(self) -> None:
        rows = {OPEN: len(self._orders), SUPPLIERS: len(self.suppliers.all)}.get(self._tab, self.rows.rowCount())
        is_empty = not rows and self._is_known
        self._pages.setCurrentIndex(len(_CARDS) if is_empty else _CARDS.get(self._tab, 0))
        self.empty.present(*nothing_in(self._tab, self.translator))

    def _present_panel(self) -> None:
        goods = self._chosen()
        drafts = self._drafts() if self._tab != OPEN else []
        lines = sum(len(one.lines) for one in drafts)
        pieces = sum(line.pieces or 0 for one in drafts for line in one.lines)
        chosen = 0 if goods is None else self.rows.pieces(goods)
        totals = OrderTotals.of((line.pieces or 0, line.cost) for one in drafts for line in one.lines)
        proposal = OrderProposal(lines, pieces, len(drafts), totals) if lines or self._is_known else None
        cost = None if goods is None else self.rows.cost(goods)
        self.panel.present(goods, chosen, cost, proposal, self.translator)
        self._panel_of = HAND if self._tab == HAND else LOW

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._pages.currentChanged.connect(self.session.finishing.turned)
        lists: tuple[tuple[ColumnHeader, RowTable], ...] = (
            (self._header, self.table),
            (self.open_orders.header, self.open_orders.table),
            (self.suppliers.header, self.suppliers.table),
        )
        for header, table in lists:
            self._pages.addWidget(rows_card(header, table))
        self._pages.addWidget(self.empty)
        left = vbox(self.tabs, Stretched(self._pages), spacing=Space.S)
        self._sides = QStackedWidget()
        self._sides.addWidget(self.panel)
        self._sides.addWidget(self.open_orders.panel)
        self._sides.addWidget(self.suppliers.panel)
        both = MainAndSide(left, self._sides, gap=Space.L)
        vbox(both, spacing=0, margins=(Space.L, Space.M, Space.L, Space.M), parent=self)


def _as_of_now(low_stock: LowStock, goods: Sequence[LowGoods], person: Person) -> dict[int, LowGoods]:
    """What is there of goods that were scanned earlier, by product: sales and deliveries have changed it since."""
    now = []
    for one in goods:
        with suppress(UnknownCode):  # it is not sold any more
            now.append(low_stock.of_code(one.product.code, person))
    return {one.product.id: one for one in now}
