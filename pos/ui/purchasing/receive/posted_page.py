"""A posted receipt: goods received, missing and late, and the actions print and label."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.purchasing.posted_goods_receipt import PostedReceipt, PostedView
from pos.application.text.formatting import lines_text, money_text, number_text, pieces_text
from pos.application.text.names import CHARGE_KINDS, STOCK_LOCATIONS, name_of
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.purchasing.receive.landed_cost_form import LateChargeForm
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.figure_card import FigureCard, FigureRow
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import Packed
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields


class PostedPage(QWidget):
    """Presents a PostedView. `again` prints it again, `labels` opens the labels, `on` the next delivery.

    `late` asks for a late charge, `rest` closes what is outstanding of the order.
    """

    again = Signal()
    labels = Signal()
    on = Signal()
    late = Signal()
    rest = Signal()

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        key = actions.key_text
        self._title = TextLabel(role=Role.SECTION)
        self._title.set_tone(Tone.WITHIN)
        self._said = TextLabel(role=Role.BODY, wrap=True)
        self.card = FigureCard()
        self.form = LateChargeForm(theme)
        self.print_button = IconButton(theme, icon="printer", key=key("reprint"), height=Size.BUTTON)
        self.label_button = IconButton(theme, icon="tag", height=Size.BUTTON)
        self.late_button = IconButton(theme, icon="coins", key=key("delivery_papers"), height=Size.BUTTON)
        self.rest_button = IconButton(theme, icon="circle-minus", key=key("close_short"), height=Size.BUTTON)
        self.next_button = IconButton(
            theme, icon="arrow-right", key=key("post_receipt"), kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.print_button.clicked.connect(self.again)
        self.label_button.clicked.connect(self.labels)
        self.late_button.clicked.connect(self.late)
        self.rest_button.clicked.connect(self.rest)
        self.next_button.clicked.connect(self.on)
        self._lay_out()

    def present(self, view: PostedView | None, tr: Translator) -> None:
        """Show what was posted."""
        self.print_button.present(tr("Print again"))
        self.label_button.present(tr("Labels for this delivery"))
        self.late_button.present(tr("Late invoice"))
        self.rest_button.present(tr("Close the rest as short"))
        self.next_button.present(tr("Next delivery"))
        self.form.retranslate(tr)
        if view is not None:
            self.renew(view, tr)

    def renew(self, view: PostedView, tr: Translator) -> None:
        """Show the receipt as it is by now; a charge that is being typed stays, and so does the question about it."""
        posted = view.posted
        self._title.setText(tr("{receipt} posted", receipt=posted.name))
        parts = [posted.supplier, posted.delivery_note, posted.order or tr("without an order")]
        if posted.order is not None:
            parts.append(tr("order still open") if view.order_open else tr("order closed"))
        self._said.setText(" · ".join(part for part in parts if part))
        self.rest_button.setVisible(view.order_open)
        self.card.present(_figures(view, tr))

    def ready(self) -> None:
        """Focus the charge that is being typed, else the next action."""
        focused = self.next_button if self.form.isHidden() else self.form.amount
        focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        buttons = Flow(self.print_button, self.label_button, self.late_button, self.rest_button)
        scrolled = vbox(self._title, self._said, self.card, self.form, buttons, Stretch(), spacing=Space.M, margins=0)
        vbox(
            Stretched(ScrolledFields(Packed(scrolled))),
            hbox(Stretch(), self.next_button),
            spacing=Space.M,
            margins=(Space.L, Space.L, Space.L, Space.L),
            parent=self,
        )


def _figures(view: PostedView, tr: Translator) -> list[FigureRow]:
    posted, language = view.posted, tr.language
    is_over = posted.order is not None and not view.order_open
    figures = [
        FigureRow(tr("Came in"), lines_text(len(posted.lines), tr), pieces_text(posted.pieces, tr), Role.STRONG),
        FigureRow(tr("Goes to"), "", name_of(STOCK_LOCATIONS, posted.location, tr)),
        FigureRow(tr("Not delivered") if is_over else tr("Still missing"), "", _pieces(posted.missing, tr)),
        FigureRow(tr("Set aside for the driver"), "", _pieces(posted.set_aside, tr)),
    ]
    if any(line.landed is not None for line in posted.lines):
        figures.append(_landed(posted, tr))
    for charge in view.late:
        kind, sum_ = name_of(CHARGE_KINDS, charge.kind, tr), money_text(charge.amount, language)
        figures.append(FigureRow(kind, tr("added later"), sum_))
    return figures


def _landed(posted: PostedReceipt, tr: Translator) -> FigureRow:
    known = [line.landed for line in posted.lines if line.landed is not None]
    cost = money_text(Money(sum(one.minor for one in known), posted.price), tr.language)
    return FigureRow(tr("Landed cost"), lines_text(len(known), tr), cost)


def _pieces(goods: Sequence[tuple[str, str, int]], tr: Translator) -> str:
    return number_text(sum(pieces for _, _, pieces in goods), tr.language)
