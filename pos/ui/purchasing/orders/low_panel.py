"""The selected product with its figures and quantity, and the proposal by supplier."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from pos.application.purchasing.order_words import cost_text, whole_text
from pos.application.stock.low_stock import LowGoods
from pos.application.text.formatting import number_text, pieces_text, read_count
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.purchasing.order_totals import OrderTotals
from pos.domain.stock.low_stock import Cover
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.page.form_page import FormRow
from pos.ui.purchasing.orders.cost_question import CostQuestion
from pos.ui.purchasing.orders.low_rows import draw_cover
from pos.ui.purchasing.orders.low_words import TOKENS, detail_text, last_cost_text, make_text, order_text, state_text
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretch, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.input_hints import DIGITS
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.scrolled_fields import scroll_over

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class OrderProposal:
    """The proposal for the selected supplier: products, pieces, the number of orders, and what they come to."""

    goods: int
    pieces: int
    orders: int
    totals: OrderTotals


class LowPanel(Surface):
    """`changed` carries pieces for the selected product, `supplier_chosen` an index of the list, `requested` asks for
    the order. `taken` carries a product and the pieces that were typed for it when the field was left, `priced` a
    product and what one piece costs.
    """

    changed = Signal(int)
    taken = Signal(object, int)
    priced = Signal(object, object)
    wrong = Signal(object)
    left = Signal()
    supplier_chosen = Signal(int)
    requested = Signal()
    batch_wanted = Signal()
    """The workshop is to make the selected product."""

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        self._goods: LowGoods | None = None
        self._name = TextLabel(role=Role.TITLE, wrap=True)
        self._code = TextLabel(role=Role.LABEL)
        self._bar = _Bar(session.theme)
        self._state = TextLabel(role=Role.STRONG)
        self._detail = TextLabel(role=Role.LABEL, wrap=True)
        self.quantity = _Quantity()
        self.quantity.setInputMethodHints(DIGITS)
        self.row = FormRow(self.quantity)
        self._order_text = TextLabel(role=Role.LABEL, wrap=True)
        self._cost_text = TextLabel(role=Role.STRONG, wrap=True)
        self._last_text = TextLabel(role=Role.LABEL, wrap=True)
        self.cost_button = IconButton(
            session.theme, icon="coins", key=session.actions.key_text("order_cost"), height=Size.SMALL_BUTTON
        )
        self.cost_button.clicked.connect(self.ask_cost)
        self.batch_button = IconButton(
            session.theme, icon="cooking-pot", key=session.actions.key_text("make_goods"), height=Size.SMALL_BUTTON
        )
        self.batch_button.clicked.connect(self.batch_wanted)
        self.cost = CostQuestion(session)
        self.cost.answered.connect(self.priced)
        self.cost.left.connect(self.cost_button.show)
        self.cost.back.clicked.connect(self.left)
        self._known_cost: Money | None = None
        self.quantity.entered.connect(self._enter)
        self.quantity.escaped.connect(self.left)
        self.quantity.ended.connect(self._take_pieces)
        self._pieces = 0
        self.suppliers = ComboBox()
        self.supplier_row = FormRow(self.suppliers)
        self.suppliers.activated.connect(self.supplier_chosen)
        self._figure = TextLabel(role=Role.SECTION)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self._total = TextLabel(role=Role.STRONG, wrap=True)
        key = session.actions.key_text("make_order")
        self.button = IconButton(
            session.theme, icon="shopping-basket", key=key, kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.button.clicked.connect(self.requested)
        self._about = QWidget()
        """Everything about the selected product: shown and hidden together."""
        self._lay_out()

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.row.present(tr("To order, pieces"))
        self.supplier_row.present(tr("Supplier"))
        self.cost_button.present(tr.context("order", "Cost"))
        self.batch_button.present(tr("Plan a batch"))
        self.cost.retranslate(tr)

    def present_suppliers(self, names: Sequence[str], chosen: int) -> None:
        """Offer these suppliers."""
        self.suppliers.clear()
        self.suppliers.addItems(list(names))
        self.suppliers.setCurrentIndex(chosen)

    def present(
        self,
        goods: LowGoods | None,
        pieces: int,
        cost: Money | None,
        proposal: OrderProposal | None,
        tr: Translator,
    ) -> None:
        """Show the selected product, and the totals of the selected supplier; None until they are known."""
        before, typed = self._goods, self._typed()
        is_other = goods is None or before is None or goods.product.id != before.product.id
        self._goods, self._pieces, self._known_cost = goods, pieces, cost
        self._about.setVisible(goods is not None)
        if goods is not None:
            cover = goods.cover
            self.batch_button.setVisible(goods.recipe is not None)
            self._name.setText(goods.product.name_in(tr.language))
            self._code.setText(goods.product.code)
            self._bar.present(cover)
            self._state.setText(state_text(cover, tr))
            self._detail.setText(self._details(cover, tr))
            if is_other or not self.quantity.hasFocus() or not self.quantity.isModified():
                self.quantity.setText(str(pieces))
                self.quantity.selectAll()  # the next figure is another one
                self.row.excuse()
            cartons = order_text(pieces, cover.carton, tr)
            self._order_text.setText(cartons)
            self._order_text.setVisible(bool(cartons))
            self._cost_text.setText(cost_text(pieces, cost, tr))
            self._last_text.setText(last_cost_text(goods, tr, self._session.settings.zone))
        self._present_proposal(proposal, tr)
        if is_other and before is not None and typed is not None:  # a scan or another list came before its Enter
            self.taken.emit(before, typed)
        if is_other:
            self.cost.leave()

    def _present_proposal(self, proposal: OrderProposal | None, tr: Translator) -> None:
        figure = hint = total = ""
        text = tr("Create order")
        if proposal is not None:
            if proposal.goods:
                total = labelled(tr, tr("Total"), whole_text(proposal.totals, tr))
            n = number_text(proposal.goods, tr.language)
            figure = tr.plural("{n} product", "{n} products", proposal.goods, n=n)
            hint = pieces_text(proposal.pieces, tr)
            if proposal.orders > 1:
                text = tr("Create {n} orders", n=number_text(proposal.orders, tr.language))
        self._figure.setText(figure)
        self._hint.setText(hint)
        self._total.setText(total)
        self.button.present(text)
        self.button.setEnabled(proposal is not None and proposal.goods > 0)

    def open(self, typed: str = "") -> None:
        """Focus the quantity of the selected product; what is typed takes its place."""
        if self._goods is not None:
            self.quantity.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.quantity.selectAll()
            if typed:
                self.quantity.insert(typed)

    def ask_cost(self) -> None:
        """Ask what one piece of the selected product costs."""
        goods, price = self._goods, self._session.settings.price
        if goods is not None and self.take():
            self.cost_button.hide()
            usual = price if goods.last is None else goods.last.cost.currency
            product = goods.product
            self.cost.ask(goods, lambda: product.name_in(self._session.translator.language), self._known_cost, usual)

    def _details(self, cover: Cover, tr: Translator) -> str:
        said = [detail] if (detail := detail_text(cover, tr)) else []
        n, days = (number_text(one, tr.language) for one in (cover.sold, cover.days))
        if cover.sold:
            said.append(
                tr.plural("{n} sold on {days} day with stock", "{n} sold on {days} days with stock", cover.days,
                             n=n, days=days)
            )  # fmt: skip
        else:
            said.append(tr("no recent sales"))
        if cover.used:
            said.append(tr("{n} used in the workshop", n=number_text(cover.used, tr.language)))
        if self._goods is not None and (made := make_text(self._goods, tr)):
            said.append(made)
        if cover.reorder_point is not None:
            said.append(tr("reorder point {n}", n=number_text(cover.reorder_point, tr.language)))
        return "\n".join(said)

    def take(self) -> bool:
        """Take what is typed, also without Enter; False if it is no quantity, or no cost."""
        return self.cost.settle() and self._take_pieces()

    def _take_pieces(self) -> bool:
        """Take a quantity that is typed; the cost, which has the cursor now, may go on being asked."""
        goods = self._goods
        if goods is None or not self._is_typed:
            return True
        pieces = self._read()
        if pieces is None:
            return False
        self.taken.emit(goods, pieces)
        return True

    def leave(self) -> None:
        """Another list comes, which may have the same goods: a quantity that is typed is taken for this one."""
        goods, typed = self._goods, self._typed()
        self._goods = None
        if goods is not None and typed is not None:
            self.taken.emit(goods, typed)
        self.cost.leave()

    def give_up(self) -> None:
        """Drop what is typed."""
        self.cost.close_down()
        self.quantity.setText(str(self._pieces))
        self.row.excuse()

    def _enter(self) -> None:
        pieces = self._read()
        if pieces is not None:
            self.changed.emit(pieces)

    @property
    def _is_typed(self) -> bool:
        return self.quantity.isModified() and self.quantity.text() != str(self._pieces)

    def _typed(self) -> int | None:
        """The quantity that is typed and not taken yet, if it is one."""
        with suppress(BadField):
            pieces = read_count(self.quantity.text(), self._session.translator.language) if self._is_typed else MOST + 1
            return pieces if pieces <= MOST else None
        return None

    def _read(self) -> int | None:
        self.row.excuse()
        try:
            pieces = read_count(self.quantity.text(), self._session.translator.language)
            if pieces > MOST:
                raise BadField("quantity", "too_large", self.quantity.text())
        except BadField as error:
            self.wrong.emit(error)
            return None
        return pieces

    def _lay_out(self) -> None:
        vbox(
            self._name,
            self._code,
            self._bar,
            self._state,
            self._detail,
            self.batch_button,
            self.row,
            self._order_text,
            self._cost_text,
            self._last_text,
            self.cost_button,
            spacing=Space.S,
            margins=0,
            parent=self._about,
        )
        figures = hbox(self._figure, Stretch(), self._hint)
        scrolled = vbox(self._about, Stretch(), self.supplier_row, spacing=Space.S, margins=0)
        foot = QWidget()
        vbox(self.cost, figures, self._total, self.button, spacing=Space.S, margins=0, parent=foot)
        scroll_over(scrolled, foot, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.S)


class _Quantity(QLineEdit):
    entered = Signal()
    escaped = Signal()
    ended = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves the quantity, Esc discards it."""
        if event.key() in ENTERS:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class _Bar(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cover: Cover | None = None
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, cover: Cover) -> None:
        self._cover = cover
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._cover is not None:
            token = TOKENS.get(self._cover.urgency, "accent")
            draw_cover(QPainter(self), self._theme, self.rect().adjusted(0, 5, 0, -5), self._cover, token)
