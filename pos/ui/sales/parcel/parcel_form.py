"""The form of a parcel beside the basket: the fields of the command `sale ring`, with the same checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.sales.sale_request import read_parcel
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import kg_text, read_number
from pos.application.text.translator import Translator
from pos.domain.border import border_in_force
from pos.domain.errors import BadInput
from pos.domain.sales.parcel import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_SERVICE, Parcel, Recipient
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import Gap, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.fields.input_hints import NUMBERS
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.widgets.fields.sent_fields import content_of

_HEAVIEST_DIGITS = 12


class ParcelForm(Surface):
    """Takes delivery service, weight, recipient and address. `entered` carries a Parcel and its Recipient, `wrong` what
    cannot be taken, `leaves` another destination; `removed` has the goods carried, `left` changes nothing.

    Enter goes on to the next field that is empty, and takes them once none is.
    """

    entered = Signal(object, object)
    wrong = Signal(object)
    leaves = Signal(str)
    removed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: Surface | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._translator = Translator.english()
        self._opened: tuple[str, ...] = ()
        self._sent: tuple[str, ...] | None = None
        self._destination = ""
        self._is_change = False
        self._days = 0
        self.is_double: Callable[[], bool] = lambda: False
        """Whether the Enter that is being handled is a second press of the one before."""
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._rules = TextLabel(role=Role.LABEL, wrap=True)
        self.sides = Segmented(theme, "")
        self.service, self.weight, self.recipient, self.address = (QLineEdit() for _ in range(4))
        self.service.setMaxLength(LONGEST_SERVICE)
        self.weight.setMaxLength(_HEAVIEST_DIGITS)
        self.weight.setInputMethodHints(NUMBERS)
        self.recipient.setMaxLength(LONGEST_NAME)
        self.address.setMaxLength(LONGEST_ADDRESS)
        self._labels = [TextLabel(role=Role.LABEL, wrap=True) for _ in range(4)]
        self._wrong = Complaint(Role.SMALL_STRONG)
        self._kept = TextLabel(role=Role.LABEL, wrap=True)
        self.take = IconButton(theme, icon="check", key="Enter", kind=ButtonKind.TINTED)
        self.take.setMinimumWidth(2 * Size.BUTTON)  # in a narrow panel its words are parted
        self.leave = IconButton(theme, key="Esc", kind=ButtonKind.SECONDARY)
        self.remove = IconButton(theme, icon="x", kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON)
        self.take.clicked.connect(self._submit)
        self.leave.clicked.connect(self.left)
        self.remove.clicked.connect(self.removed)
        self.sides.chosen.connect(self._choose_side)
        for field in self.fields():
            field.textEdited.connect(lambda _text: self._wrong.say(None))
        self._lay_out()

    @property
    def sentence(self) -> str:
        """What was wrong with what was typed last; empty when nothing was."""
        return self._wrong.text()

    @property
    def rules(self) -> str:
        """By which rules it says that the parcel is judged."""
        return self._rules.text()

    @property
    def is_begun(self) -> bool:
        """Whether it asks for a parcel that the sale has not, or another thing stands in it than when it was opened."""
        return not self._is_change or content_of(self.fields()) != self._opened

    def fields(self) -> Sequence[QLineEdit]:
        """The fields from the top, in the order of the command."""
        return self.service, self.weight, self.recipient, self.address

    def ask_to_finish(self) -> None:
        """Put the cursor into the first field that is empty, else the first."""
        empty = (field for field in self.fields() if not field.text().strip())
        next(empty, self.service).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open(self, parcel: Parcel | None, recipient: Recipient | None, service: str, days: int, tr: Translator) -> None:
        """Begin with the parcel of the sale; without one with the delivery `service` of the last.

        `days` is how long recipient and address are kept.
        """
        self._is_change, self._days = parcel is not None, days
        self.service.setText(service if parcel is None else parcel.delivery_service)
        self.weight.setText("" if parcel is None else kg_text(Fraction(parcel.grams, 1000), tr.language, unit=False))
        self.recipient.setText("" if recipient is None else recipient.name)
        self.address.setText("" if recipient is None else recipient.address)
        for field in self.fields():
            field.setCursorPosition(0)
        self._opened, self._sent = content_of(self.fields()), None
        self._wrong.say(None)
        self.remove.setVisible(self._is_change)
        self.retranslate(tr)
        self.ask_to_finish()

    def follow(self, destination: str | None, rules: str) -> None:
        """Show where the sale goes by now, and by which rules its parcel is judged."""
        self._destination = destination or ""
        self._rules.setText(rules)
        self._rules.setVisible(bool(rules))
        self._present_sides()

    def show_error(self, words: Words, field: str) -> None:
        """Say what cannot be taken; the field named has the focus."""
        self._sent = None
        self._wrong.say(words)
        named = {"delivery_service": self.service, "recipient": self.recipient, "address": self.address}
        edit = named.get(field.rpartition(".")[2], self.weight)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()

    def refused(self) -> None:
        """What was passed on is not taken: it can be entered once more."""
        self._sent = None

    def retranslate(self, tr: Translator) -> None:
        """Say everything in another language; what was typed stays."""
        self._translator = tr
        self._title.setText(tr("To be sent"))
        self.sides.setAccessibleName(tr("Destination"))
        self._present_sides()
        names = (tr("Delivery service"), tr("Weight of the parcel, kg"), tr("Recipient"), tr("Address"))
        for label, field, name in zip(self._labels, self.fields(), names, strict=True):
            label.setText(name)
            field.setAccessibleName(name)
        self._kept.setText(
            tr.plural(
                "Recipient and address are on no receipt. They are erased {n} day after the sale.",
                "Recipient and address are on no receipt. They are erased {n} days after the sale.",
                self._days,
            )
        )
        self.take.present(tr("Change parcel") if self._is_change else tr("Send the goods"))
        self.leave.present(tr("Back"))
        self.remove.present(tr("Carry out instead"))
        self._wrong.reword()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, then takes; Esc leaves. A field hands its Enter on to here."""
        if event.key() in ENTERS:
            self._next()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        """On to the first empty field; from an empty one nothing leads on. An Enter pressed twice is one."""
        empty = next((field for field in self.fields() if not field.text().strip()), None)
        if empty is not None and not empty.hasFocus():
            empty.setFocus(Qt.FocusReason.TabFocusReason)
        elif empty is None or not self.is_double():
            self._submit()

    def _submit(self) -> None:
        typed = content_of(self.fields())
        if typed == self._sent:  # pressed twice: it is being taken
            return
        try:
            parcel, recipient = self._read()
        except BadInput as error:
            self.wrong.emit(error)
            return
        self._wrong.say(None)
        self._sent = typed
        self.entered.emit(parcel, recipient)

    def _read(self) -> tuple[Parcel, Recipient]:
        """As the command reads it: a field left empty is one that is not there. Raises BadInput."""
        service, weight, recipient, address = (field.text().strip() or None for field in self.fields())
        if service is not None and weight is not None:
            weight = f"{read_number(weight, self._translator.language, field='parcel.weight_kg'):f}"
        return read_parcel(
            {"delivery_service": service, "weight_kg": weight, "recipient": recipient, "address": address}
        )

    def _choose_side(self, side: str) -> None:
        """A side is selected when the sale goes there, not by the press: the step may be refused."""
        self.leaves.emit(side)
        self.sides.select(self._destination)

    def _present_sides(self) -> None:
        tr = self._translator
        sides = [Segment(side, destination_text(side, tr), "arrow-right") for side in border_in_force().sides]
        self.sides.present(sides, self._destination)
        self.sides.setVisible(len(sides) > 1)

    def _lay_out(self) -> None:
        column = vbox(self._title, self.sides, self._rules, Gap(Space.S), spacing=Space.XS, margins=0)
        for label, field in zip(self._labels, self.fields(), strict=True):
            column.addWidget(label)
            column.addWidget(field)
        column.addSpacing(Space.XS)
        column.addWidget(self._kept)
        column.addWidget(self.remove)
        column.addStretch(1)
        foot = QWidget()
        buttons = hbox(self.leave, Stretched(self.take), spacing=Space.S, margins=0)
        vbox(self._wrong, buttons, spacing=Space.S, margins=0, parent=foot)
        scroll_over(column, foot, QMargins(Space.L, Space.M, Space.L, Space.M), self, Space.S)
