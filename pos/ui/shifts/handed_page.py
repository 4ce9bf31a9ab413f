"""The shift just taken over: its new cashier, the count, and the differences."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.text.formatting import instant_text
from pos.application.text.translator import Translator
from pos.domain.shifts.hand_over import HandOver
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.shifts.hand_over_words import counted_rows
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Gap, Stretch, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.tables.figure_table import FigureTable


class HandedPage(QWidget):
    """Shows one HandOver. Its button is in the head of the screen; `done` when it is confirmed."""

    done = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._names: Mapping[str, str] = {}
        self.made: HandOver | None = None
        self._who = TextLabel(role=Role.TITLE, wrap=True)
        self._when = TextLabel(role=Role.LABEL, wrap=True)
        self.table = FigureTable()
        self.finish = IconButton(
            session.theme,
            icon="shopping-cart",
            key=session.actions.key_text("shift_closed"),
            kind=ButtonKind.PRIMARY,
            height=Size.SMALL_BUTTON,
        )
        self.finish.clicked.connect(self.done)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what can be pressed or read
        vbox(self._who, self._when, Gap(Space.S), self.table, Stretch(), spacing=Space.S, margins=0, parent=self)
        self.clear()

    @property
    def who(self) -> str:
        """The new cashier of the shift."""
        return self._who.text()

    def show_made(self, made: HandOver, names: Mapping[str, str]) -> None:
        """Show a hand-over just made."""
        self.made, self._names = made, names
        self.finish.show()
        self.retranslate(self._session.translator)

    def clear(self) -> None:
        """Remove the hand-over."""
        self.made = None
        self.finish.hide()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self.finish.present(tr("To the checkout"))
        made = self.made
        if made is None:
            return
        giver, taker = (self._names.get(name, name) for name in (made.giver, made.taker))
        self._who.setText(tr("The shift now belongs to {person}", person=taker))
        parts = [
            tr("handed over by {person}", person=giver),
            instant_text(made.at, self._session.settings.zone, tr.language),
        ]
        if made.approved_by is not None:
            by = self._names.get(made.approved_by, made.approved_by)
            parts.append(tr("approved by {person}", person=by))
        self._when.setText(" · ".join(parts))
        head = (tr("Currency"), tr("Counted"), tr("Difference"))
        note = tr("Differences are recorded. The shift continues with the counted cash.")
        self.table.present(tr("Cash in the drawer"), head, counted_rows(made, tr), note)
        self.setAccessibleName(self._who.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms it."""
        if event.key() in ENTERS:
            if self._session.finishing.counts():
                self.done.emit()
        else:
            super().keyPressEvent(event)
