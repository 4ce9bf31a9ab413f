"""The money that goes back: a row for each way, and the rounding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.application.figures import money_text
from pos.application.words import Words
from pos.domain.goods_return import Refund
from pos.domain.money import Currency, Money
from pos.ui.returns.return_words import refund_detail, refund_title
from pos.ui.theme import Theme, Type
from pos.ui.widgets.amount_label import AmountLabel
from pos.ui.widgets.surface import Line
from pos.ui.widgets.text_label import Role, TextLabel

_ROW = 48


class RefundList(QWidget):
    """Shows refunds; what is rounded away stands under them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[_RefundRow] = []
        self._rounding = TextLabel(role=Role.LABEL)
        self._figure = AmountLabel(theme, Type.BODY, bold=False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        last = QHBoxLayout()
        last.setContentsMargins(0, 6, 0, 0)
        last.addWidget(self._rounding, 1)
        last.addWidget(self._figure)
        self._column.addLayout(last)

    def texts(self) -> list[str]:
        """What is on show, a line for each: Cash CNY ¥ 12.50."""
        rows = [row.accessibleName() for row in self._rows if not row.isHidden()]
        return rows if self._rounding.isHidden() else [*rows, f"{self._rounding.text()} {self._figure.text()}"]

    def present(self, refunds: Sequence[Refund], rounding: Money | None, price: Currency, words: Words) -> None:
        """Show these refunds of goods priced in `price`."""
        while len(self._rows) < len(refunds):
            row = _RefundRow(self._theme)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(refunds))
            if place < len(refunds):
                row.present(refunds[place], price, words)
        for part in (self._rounding, self._figure):
            part.setVisible(bool(rounding))
        if rounding:
            self._rounding.setText(words("Rounding"))
            self._figure.present(money_text(rounding, words.language, plus=True), "muted")


class _RefundRow(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = TextLabel(role=Role.STRONG)
        self._detail = TextLabel(role=Role.LABEL)
        self._amount = AmountLabel(theme, Type.TITLE)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        words.addStretch(1)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self._amount)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(Line())
        self.setFixedHeight(_ROW)

    def present(self, refund: Refund, price: Currency, words: Words) -> None:
        """Show one way in which money goes back."""
        title, detail = refund_title(refund, words), refund_detail(refund, price, words)
        amount = money_text(refund.amount, words.language, cash=True)
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._amount.present(amount)
        self.setAccessibleName(f"{title} {amount}")
        self.setAccessibleDescription(detail)
