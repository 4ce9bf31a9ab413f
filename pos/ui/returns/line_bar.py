"""The returned quantity of the chosen line and its disposition."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.returns.return_draft import ReturnedPieces
from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.domain.returns.goods_return import DISPOSITIONS
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.receipts.return_words import DISPOSITION_ICONS, DISPOSITION_NAMES
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.key_cap import KeyCap
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox

_FIGURE = 48


class LineBar(QWidget):
    """`stepped` means one piece more or less, `all_of_it` all remaining pieces of the line, `going_to` another
    disposition.
    """

    stepped = Signal(int)
    all_of_it = Signal()
    going_to = Signal(str)

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fewer = IconButton(theme, icon="minus", height=Size.SMALL_BUTTON)
        self.more = IconButton(theme, icon="plus", height=Size.SMALL_BUTTON)
        self._figure = AmountLabel(theme, Type.SECTION, align=Qt.AlignmentFlag.AlignHCenter)
        self._figure.setFixedWidth(_FIGURE)
        self.all = IconButton(theme, key=actions.key_text("return_line"), height=Size.SMALL_BUTTON)
        self.dispositions = Segmented(theme, "")
        self._next = KeyCap(theme, actions.key_text("return_to"))
        self.fewer.clicked.connect(lambda: self.stepped.emit(-1))
        self.more.clicked.connect(lambda: self.stepped.emit(1))
        self.all.clicked.connect(self.all_of_it)
        self.dispositions.chosen.connect(self.going_to)
        for button in (self.fewer, self.more, self.all):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        pieces, to = QWidget(), QWidget()
        hbox(self.fewer, self._figure, self.more, self.all, Stretch(0), spacing=Space.S, margins=0, parent=pieces)
        hbox(self._next, Stretched(self.dispositions), spacing=Space.S, margins=0, parent=to)
        self._parts = Folding(pieces, Stretched(to), room=0)
        vbox(self._parts, margins=0, parent=self)

    def present(self, name: str, returned: ReturnedPieces, left: int, tr: Translator, *, locked: bool) -> None:
        """Show the line with this name, of which `left` pieces can be returned."""
        self._figure.present(number_text(returned.quantity, tr.language), "accent" if returned.quantity else "muted")
        self.fewer.present("", name=tr("One less: {goods}", goods=name))
        self.more.present("", name=tr("One more: {goods}", goods=name))
        self.all.present(tr("Return the whole line"))
        self.fewer.setEnabled(not locked and returned.quantity > 0)
        self.more.setEnabled(not locked and returned.quantity < left)
        self.all.setEnabled(not locked and returned.quantity < left)
        self.dispositions.setAccessibleName(tr("Destination of returned goods"))
        self.dispositions.present(
            [Segment(key, tr(DISPOSITION_NAMES[key]), DISPOSITION_ICONS[key]) for key in DISPOSITIONS], returned.to
        )
        self.dispositions.setEnabled(not locked and left > 0)
        self._parts.keep(self.dispositions.words_width + self._next.sizeHint().width() + Space.S)
