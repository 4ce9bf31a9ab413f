"""The receipt that is to be voided, with its goods and its money, and the reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.application.text.names import VOID_REASONS
from pos.application.text.translator import Translator
from pos.ui.look.theme import Space
from pos.ui.receipts.receipt_words import ReceiptDetails
from pos.ui.returns.reason_row import ReasonRow
from pos.ui.returns.void_controller import VoidController
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.rows_area import RowsArea


class VoidPage(QWidget):
    """Shows the VoidController: what was sold and how it was paid, as on the receipt."""

    def __init__(self, session: Session, controller: VoidController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._controller = session, controller
        self._title = TextLabel(role=Role.SECTION, wrap=True)
        self._about = TextLabel(role=Role.LABEL, wrap=True)
        self._what = TextLabel(role=Role.LABEL, wrap=True)
        self.area = RowsArea()
        self.reason = ReasonRow(session.theme, session.actions.key_text("return_reason"), VOID_REASONS)
        card = Surface(Ground.CARD)
        vbox(self.area, spacing=0, margins=(Space.M, Space.S, Space.S, Space.S), parent=card)
        head = vbox(self._title, self._about, self._what, spacing=Space.XS)
        vbox(
            head,
            Stretched(card),
            self.reason,
            spacing=12,
            margins=(Space.L, Space.M, Space.L, Space.M),
            parent=self,
        )

    @property
    def texts(self) -> list[str]:
        """What stands on the page."""
        return [self._title.text(), *self._about.text().split("\n"), *self.area.texts]

    def make_room(self, asked: bool) -> None:  # a slot
        """Leave out what is known by now while an approval is asked for above."""
        self._what.setVisible(not asked)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed reason stays."""
        self.reason.retranslate(tr)
        self._what.setText(tr("All goods go back to stock and count for no allowance. The receipt stays, as voided."))

    def present(self, tr: Translator, *, locked: bool) -> None:
        """Show the receipt at hand; nothing can be changed while `locked`."""
        hand, session = self._controller.hand, self._session
        self.reason.lock(on=locked)
        if hand is None:
            self._title.setText(tr("Void sale"))
            self._about.setText("")
            self.area.present(())  # the visitors of a receipt stay in memory only while it is shown
            return
        details = ReceiptDetails.of(hand.sale, session.settings.zone, session.names, tr)
        self._title.setText(tr("Void sale {receipt}", receipt=hand.sale.receipt))
        self._about.setText(details.about)
        self.area.present((details.goods, details.money, details.visitors))
        self.area.setAccessibleName(tr("Receipt {receipt}", receipt=hand.sale.receipt))
