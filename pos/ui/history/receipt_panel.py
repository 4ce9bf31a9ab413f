"""The chosen receipt of the history: its goods, its money, its visitors, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos.application.words import Words
from pos.ui.history.receipt_words import ReceiptText, Row
from pos.ui.session import Session
from pos.ui.theme import Size, Space
from pos.ui.widgets.icon_button import IconButton
from pos.ui.widgets.see_through import SeeThrough
from pos.ui.widgets.surface import Ground, Line, Surface
from pos.ui.widgets.text_label import Role, TextLabel

_WIDE = 372
_TOP = Qt.AlignmentFlag.AlignTop
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class ReceiptPanel(Surface):
    """Shows a ReceiptText; three buttons beneath tell what hands do."""

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self.setFixedWidth(_WIDE)
        theme, key = session.theme, session.actions.key_text
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._about = TextLabel(role=Role.LABEL, wrap=True)
        self._area = SeeThrough()
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that arrows scroll it
        self.pdf = IconButton(theme, icon="file-text", key=key("open_pdf"), height=Size.SMALL_BUTTON)
        self.again = IconButton(theme, icon="printer", key=key("reprint"), height=Size.SMALL_BUTTON)
        self.back = IconButton(theme, icon="undo-2", key=key("return_from"), height=Size.SMALL_BUTTON)
        self._rows: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.S, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self._area, 1)
        for button in (self.pdf, self.again, self.back):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            column.addWidget(button)

    @property
    def texts(self) -> list[str]:
        """What it says, a row a text."""
        return [self._title.text(), *self._about.text().split("\n"), *self._rows]

    def retranslate(self, words: Words) -> None:
        """Name the buttons."""
        self.pdf.present(words("Open the PDF"))
        self.again.present(words("Print again"))
        self.back.present(words("Take goods back"))

    def present(self, text: ReceiptText | None, words: Words, *, returns: bool) -> None:
        """Show a receipt; nothing for none. `returns`: goods of it may come back."""
        self.setVisible(text is not None)
        self._rows = []
        if text is None:
            return
        self._title.setText(text.title)
        self._about.setText(text.about)
        self.back.setVisible(returns)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.XS)
        for rows in (text.goods, text.money, text.visitors):
            if rows:
                column.addWidget(Line())
                column.addLayout(self._grid(rows))
        column.addStretch(1)
        self._area.hold(inside)
        self.setAccessibleName(words("Receipt {receipt}", receipt=text.title))

    def _grid(self, rows: Sequence[Row]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        line = 0
        for row in rows:
            self._rows.append(" | ".join(part for part in (row.text, row.detail, row.figure) if part))
            role = Role.STRONG if row.bold else Role.BODY
            grid.addWidget(TextLabel(row.text, role, wrap=True), line, 0, _TOP)
            if row.figure:
                grid.addWidget(TextLabel(row.figure, role, align=_RIGHT), line, 1, _RIGHT)
            line += 1
            if row.detail:
                grid.addWidget(TextLabel(row.detail, Role.LABEL, wrap=True), line, 0, 1, 2)
                line += 1
        return grid
