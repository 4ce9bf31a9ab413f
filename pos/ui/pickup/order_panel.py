"""The chosen order: who, until when, its lines and sums, and its steps; a step that asks takes the buttons' place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QMargins, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.application.text.formatting import number_text
from pos.application.text.pickup_words import buyer_text, total_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.pickup.customer_order import LONGEST_NOTE, LONGEST_PLACE, CustomerOrder, OrderState
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.look.theme import Size, Space
from pos.ui.pickup.order_words import facts_of, line_texts
from pos.ui.pickup.questions import DayQuestion, DepositQuestion, Question, TextQuestion
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.scrolled_fields import scroll_over

_BUTTON = 140
"""The least width of a button, in pixels."""
_LINES = 112
"""The least height of the lines: two of them."""
_PADDING = 16
"""The padding of a row in border.qss, left and right, in pixels."""
_STEPS: Mapping[str, str] = {
    "confirm_pickup": "check",
    "pack_pickup": "package-check",
    "hold_pickup": "calendar",
    "deposit_pickup": "coins",
    "copy_pickup": "copy",
    "tell_pickup": "bell",
    "print_pickup": "printer",
    "cancel_pickup": "trash-2",
}


class _WholeLine(QStyledItemDelegate):
    """A row as high as its words need: the style measures them without the padding in which it draws them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        padded = QStyleOptionViewItem(option)
        if option.rect.isValid():
            padded.rect = option.rect.adjusted(0, 0, -_PADDING, 0)
        return super().sizeHint(padded, index)


class PickupPanel(Surface):
    """`requested` carries the id of an action on the order on show; `asking`: something is asked about it."""

    requested = Signal(str)
    asking = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        theme, key = session.theme, session.actions.key_text
        self._session = session
        self.order: CustomerOrder | None = None
        self.packed: dict[int, int] = {}
        """Pieces by line that were scanned while the order is packed."""
        self._code = TextLabel(role=Role.TITLE)
        self._who = TextLabel(role=Role.STRONG, wrap=True)
        self._facts = TextLabel(role=Role.LABEL, wrap=True)
        self._advice = TextLabel(role=Role.LABEL, wrap=True)
        self._total = TextLabel(role=Role.STRONG, wrap=True)
        self.lines = QListWidget()
        self.lines.setProperty("focus_ring", "self")
        self.lines.setFrameShape(QListWidget.Shape.NoFrame)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setSpacing(2)
        self.lines.setMinimumHeight(_LINES)
        self.lines.setWordWrap(True)  # names and codes are read whole
        self.lines.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.lines.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.lines.setItemDelegate(_WholeLine(self.lines))
        small = Size.SMALL_BUTTON
        self.buttons = {
            action: IconButton(
                theme,
                icon=icon,
                key=key(action),
                kind=ButtonKind.DANGER if action == "cancel_pickup" else ButtonKind.SECONDARY,
                height=small,
            )
            for action, icon in _STEPS.items()
        }
        self.hand_out = IconButton(
            theme, icon="shopping-cart", key=key("hand_out"), kind=ButtonKind.PRIMARY, height=Size.BUTTON
        )
        self.hand_out.clicked.connect(lambda: self.requested.emit("hand_out"))
        for action, button in self.buttons.items():
            button.clicked.connect(lambda _=False, action=action: self.requested.emit(action))
        self.place = TextQuestion(session, LONGEST_PLACE)
        self.why = TextQuestion(session, LONGEST_NOTE)
        self.day = DayQuestion(session)
        self.deposit = DepositQuestion(session)
        self._acts = Cells(*self.buttons.values(), least=_BUTTON, most=3, gap=Space.S)
        for question in self.questions:
            question.left.connect(self._closed)
        self._lay_out()

    @property
    def questions(self) -> tuple[Question, ...]:
        """All that can be asked here."""
        return self.place, self.why, self.day, self.deposit

    @property
    def asked(self) -> Question | None:
        """What is asked now."""
        return next((one for one in self.questions if one.is_open), None)

    def ask(self) -> None:
        """Make room for a question; another one is closed."""
        for question in self.questions:
            question.hide()
        self._acts.hide()
        self.hand_out.hide()
        self.asking.emit()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self.lines.setAccessibleName(tr("Lines of the order"))
        words = {
            "confirm_pickup": tr("Confirm"),
            "pack_pickup": tr("Pack"),
            "deposit_pickup": tr("Deposit"),
            "copy_pickup": tr("Copy message"),
            "tell_pickup": tr("Buyer knows"),
            "print_pickup": tr("Packing slip"),
            "cancel_pickup": tr("Cancel order"),
        }
        for action, word in words.items():
            self.buttons[action].present(word)
        self.hand_out.present(tr("Hand out"))
        self.why.present(tr("Why is the order cancelled?"), tr("Cancel order"), tr)
        self.why.field.setAccessibleName(tr("Reason"))
        self.why.field.setPlaceholderText(tr("Reason (optional)"))
        self.deposit.reword(tr)
        self.place.field.setAccessibleName(tr("Shelf or bag"))
        self.place.field.setPlaceholderText(tr("Shelf or bag"))
        self._present_packing(tr)
        self._present_day(tr)
        self.present(self.order, tr)

    def present(self, order: CustomerOrder | None, tr: Translator) -> None:
        """Show an order; None shows none. A question about another one is closed."""
        is_other = order is None or self.order is None or order.code != self.order.code
        asked = self.asked
        if is_other and asked is not None:
            asked.end()
        if is_other:
            self.packed = {}
        self.order = order
        settings = self._session.settings
        row = 0 if is_other else max(0, self.lines.currentRow())
        self.lines.clear()
        self._present_steps(order)
        if order is None:
            self._code.setText("")
            self._who.setText(tr("Choose a customer order."))
            self._facts.setText("")
            self._total.setText("")
            self._advice.hide()
            return
        self._code.setText(PickupCode(order.code).spaced)
        self._who.setText(buyer_text(order, tr))
        self._facts.setText("\n".join(facts_of(order, self._session.shop.now(), settings.zone, tr)))
        for text in line_texts(order, settings.price, tr):
            self.lines.addItem(QListWidgetItem(text))
        self.lines.setCurrentRow(min(row, self.lines.count() - 1))
        self._total.setText(labelled(tr, tr("Total"), total_text(order, settings.price, tr)))
        self._present_packing(tr)
        self._present_day(tr)

    def advise(self, text: str) -> None:
        """Say what the allowance of one person comes to with these goods; empty for nothing."""
        self._advice.setText(text)
        self._advice.setVisible(bool(text))

    def pack_piece(self, line: int) -> None:
        """One more piece of a line was scanned."""
        self.packed[line] = self.packed.get(line, 0) + 1
        self._present_packing(self._session.translator)

    def _present_packing(self, tr: Translator) -> None:
        order, language = self.order, tr.language
        said = ""
        if order is not None:
            n, every = number_text(sum(self.packed.values()), language), number_text(order.pieces, language)
            said = tr("Scanned: {n} of {all}. Scan the goods, or only type where the order lies.", n=n, all=every)
        self.place.present(tr("Where does the packed order lie?"), tr("Pack"), tr, said)

    def _present_day(self, tr: Translator) -> None:
        order, asked = self.order, tr("Until the end of which day is it held?")
        name, step = tr("Held until"), tr("Hold until")
        if order is not None and order.state in (OrderState.CLAIMED, OrderState.WAITING):
            asked = tr("Until the end of which day does it wait?")
            name, step = tr("Waits until"), tr("Let it wait until")
        self.day.present(asked, tr("Save"), tr)
        self.day.day.present(name, tr.language)
        self.buttons["hold_pickup"].present(step)

    def _present_steps(self, order: CustomerOrder | None) -> None:
        state = None if order is None else order.state
        is_open = order is not None and order.is_open
        may: Mapping[str, bool] = {
            "confirm_pickup": state is OrderState.CLAIMED,
            "pack_pickup": state in (OrderState.CONFIRMED, OrderState.READY),
            "hold_pickup": is_open or state is OrderState.EXPIRED,
            "deposit_pickup": is_open or (order is not None and order.deposit is not None and bool(order.deposit.open)),
            "copy_pickup": order is not None,
            "tell_pickup": order is not None and order.tell,
            "print_pickup": is_open,
            "cancel_pickup": is_open,
        }
        for action, button in self.buttons.items():
            button.setVisible(may[action])
        self.hand_out.setEnabled(is_open)

    def _closed(self) -> None:
        if self.asked is None:
            self._acts.show()
            self.hand_out.show()

    def _lay_out(self) -> None:
        self._advice.hide()
        scrolled = vbox(
            self._code,
            self._who,
            self._facts,
            self._advice,
            Stretched(self.lines),
            self._total,
            self._acts,
            spacing=Space.S,
            margins=0,
        )
        foot = QWidget()
        vbox(*self.questions, self.hand_out, spacing=Space.S, margins=0, parent=foot)
        scroll_over(scrolled, foot, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.S)
