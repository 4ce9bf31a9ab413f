"""After posting: what came in, what did not, and what to do with the paper and the labels."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.application.figures import lines_text, money_text, number_text, pieces_text
from pos.application.names import STOCK_PLACES, name_of
from pos.application.posted_receipt import PostedReceipt
from pos.application.words import Words
from pos.domain.money import Money
from pos.ui.theme import Size, Space, Theme
from pos.ui.widgets.figure_card import Figure, FigureCard
from pos.ui.widgets.icon_button import IconButton, Kind
from pos.ui.widgets.text_label import Role, TextLabel
from pos.ui.widgets.tone import Tone


class PostedPage(QWidget):
    """Presents a PostedReceipt. `again` prints it again, `labels` goes to the labels, `on` to the next delivery."""

    again = Signal()
    labels = Signal()
    on = Signal()

    def __init__(self, theme: Theme, print_key: str, next_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(role=Role.SECTION)
        self._title.set_tone(Tone.WITHIN)
        self._said = TextLabel(role=Role.BODY, wrap=True)
        self.card = FigureCard()
        self.print_button = IconButton(theme, icon="printer", key=print_key, height=Size.BUTTON)
        self.label_button = IconButton(theme, icon="tag", height=Size.BUTTON)
        self.next_button = IconButton(theme, icon="arrow-right", key=next_key, kind=Kind.PRIMARY, height=Size.PRIMARY)
        self.print_button.clicked.connect(self.again)
        self.label_button.clicked.connect(self.labels)
        self.next_button.clicked.connect(self.on)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.label_button)
        buttons.addStretch(1)
        buttons.addWidget(self.next_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * Space.L, 2 * Space.L, 2 * Space.L, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self._title)
        column.addWidget(self._said)
        column.addWidget(self.card)
        column.addStretch(1)
        column.addLayout(buttons)

    def present(self, posted: PostedReceipt | None, words: Words) -> None:
        """Show what was posted."""
        self.print_button.present(words("Print again"))
        self.label_button.present(words("Labels for what came"))
        self.next_button.present(words("Next delivery"))
        if posted is None:
            return
        language = words.language
        self._title.setText(words("{receipt} is posted", receipt=posted.name))
        parts = [posted.supplier, posted.delivery_note, posted.order or words("without an order")]
        if posted.order is not None:
            parts.append(words("order closed") if posted.order_closed else words("order still open"))
        self._said.setText(" · ".join(part for part in parts if part))
        known = [line.landed for line in posted.lines if line.landed is not None]
        figures = [
            Figure(
                words("Came in"), lines_text(len(posted.lines), words), pieces_text(posted.pieces, words), Role.STRONG
            ),
            Figure(words("Goes to"), "", name_of(STOCK_PLACES, posted.place, words)),
            Figure(words("Still missing"), "", _pieces(posted.missing, words)),
            Figure(words("Set aside for the driver"), "", _pieces(posted.set_aside, words)),
        ]
        if known:
            cost = money_text(Money(sum(one.minor for one in known), posted.price), language)
            figures.append(Figure(words("Landed cost"), lines_text(len(known), words), cost))
        self.card.present(figures)

    def ready(self) -> None:
        """Put the hand on what comes next."""
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _pieces(goods: tuple[tuple[str, str, int], ...], words: Words) -> str:
    return number_text(sum(pieces for _, _, pieces in goods), words.language)
