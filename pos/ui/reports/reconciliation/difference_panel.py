"""The chosen difference: what it is, what to do next, and what each side has of it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos.application.outside_partners.reconciliation_words import ReconciliationRow
from pos.application.text.names import name_of
from pos.application.text.partner_words import PROVIDERS
from pos.ui.look.theme import Size, Space
from pos.ui.reports.reconciliation.row_words import area_rows
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.rows_area import RowsArea


class DifferencePanel(Surface):
    """`opened`: the button that leads on was pressed."""

    opened = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._what = TextLabel(role=Role.LABEL)
        self._advice = TextLabel(wrap=True)
        self._area = RowsArea()
        self.button = IconButton(
            session.theme, icon="receipt-text", key=session.actions.key_text("recon_open"), height=Size.SMALL_BUTTON
        )
        self.button.clicked.connect(self.opened)
        vbox(
            self._title,
            self._what,
            self._advice,
            Stretched(self._area),
            self.button,
            spacing=Space.S,
            margins=(Space.M, Space.M, Space.M, Space.M),
            parent=self,
        )

    @property
    def texts(self) -> list[str]:
        """The text of each row."""
        return [self._title.text(), self._what.text(), self._advice.text(), *self._area.texts]

    def present(self, one: ReconciliationRow | None, provider: str) -> None:
        """Show a difference with this provider; nothing for None."""
        self.setVisible(one is not None)
        if one is None:
            self._area.present(())
            return
        session, tr = self._session, self._session.translator
        self._title.setText(one.title)
        self._what.setText(one.what)
        self._advice.setText(one.advice)
        self._area.present(area_rows(one, name_of(PROVIDERS, provider, tr), session.settings.zone, tr))
        if one.is_open:
            self.button.present(tr("Settle on the page Parked"), icon="pause")
        else:
            self.button.present(tr("Open the receipt"), icon="receipt-text")
        self.button.setVisible(one.is_open or bool(one.receipt))
        for part in (self, self._area):
            part.setAccessibleName(one.title)
        self.setAccessibleDescription(one.advice)
