"""The chosen receipt of the history: its goods, its money, its visitors, and its actions."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space
from pos.ui.receipts.receipt_words import ReceiptDetails
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.see_through import Packed, SeeThrough
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.rows_area import RowsArea


class ReceiptPanel(Surface):
    """Shows a ReceiptDetails; the buttons below emit the actions."""

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        theme, key = session.theme, session.actions.key_text
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._about = TextLabel(role=Role.LABEL, wrap=True)
        self._area = RowsArea()
        self.pdf = IconButton(theme, icon="file-text", key=key("open_pdf"), height=Size.SMALL_BUTTON)
        self.again = IconButton(theme, icon="printer", key=key("reprint"), height=Size.SMALL_BUTTON)
        self.declare = IconButton(theme, icon="scale", key=key("declare"), height=Size.SMALL_BUTTON)
        self.back = IconButton(theme, icon="undo-2", key=key("return_from"), height=Size.SMALL_BUTTON)
        self.void = IconButton(theme, icon="circle-x", key=key("void_sale"), height=Size.SMALL_BUTTON)
        column = vbox(
            self._title,
            self._about,
            Stretched(self._area),
            spacing=Space.S,
            margins=(Space.M, Space.M, Space.S, Space.M),
        )
        vbox(SeeThrough(Packed(column), edge=Space.S), margins=0, parent=self)
        for button in (self.pdf, self.again, self.declare, self.back, self.void):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            column.addWidget(button)

    @property
    def texts(self) -> list[str]:
        """The texts shown, one for each row."""
        return [self._title.text(), *self._about.text().split("\n"), *self._area.texts]

    def retranslate(self, tr: Translator) -> None:
        """Name the buttons."""
        self.pdf.present(tr("Open PDF"))
        self.again.present(tr("Print again"))
        self.declare.present(tr("Declare"))
        self.back.present(tr("Return goods"))
        self.void.present(tr("Void sale"))

    def present(
        self,
        text: ReceiptDetails | None,
        tr: Translator,
        *,
        returns: bool,
        voids: bool = False,
        declares: bool = False,
    ) -> None:
        """Show a receipt, or None. `returns` is whether goods of it may be returned, `voids` whether it be voided,
        `declares` whether it has something to declare.
        """
        self.setVisible(text is not None)
        if text is None:
            self._area.present(())  # the visitors of a receipt stay in memory only while it is shown
            return
        self._title.setText(text.title)
        self._about.setText(text.about)
        self.back.setVisible(returns)
        self.void.setVisible(voids)
        self.declare.setVisible(declares)
        self._area.present((text.goods, text.money, text.visitors))
        self.setAccessibleName(tr("Receipt {receipt}", receipt=text.title))
        self._area.setAccessibleName(self.accessibleName())
