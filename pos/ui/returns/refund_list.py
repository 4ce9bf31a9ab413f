"""The refunds: a row for each method, and the rounding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.text.formatting import money_text
from pos.application.text.translator import Translator
from pos.domain.money import Currency, Money
from pos.domain.returns.goods_return import Refund
from pos.ui.look.theme import Theme, Type
from pos.ui.receipts.return_words import refund_explained, refund_title
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Line
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_ROW = 48


class RefundList(QWidget):
    """Shows refunds, with the amount rounded away below them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[_RefundRow] = []
        self._rounding = TextLabel(role=Role.LABEL)
        self._figure = AmountLabel(theme, Type.BODY, bold=False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        last = hbox(Stretched(self._rounding), self._figure, margins=(0, 6, 0, 0))
        self._column.addLayout(last)

    def texts(self) -> list[str]:
        """The texts shown, one for each line: Cash CNY ¥ 12.50."""
        rows = [row.accessibleName() for row in self._rows if not row.isHidden()]
        return rows if self._rounding.isHidden() else [*rows, f"{self._rounding.text()} {self._figure.text()}"]

    def present(self, refunds: Sequence[Refund], rounding: Money | None, price: Currency, tr: Translator) -> None:
        """Show these refunds of goods priced in `price`."""
        while len(self._rows) < len(refunds):
            row = _RefundRow(self._theme)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(refunds))
            if index < len(refunds):
                row.present(refunds[index], price, tr)
        for part in (self._rounding, self._figure):
            part.setVisible(bool(rounding))
        if rounding:
            self._rounding.setText(tr("Rounding"))
            self._figure.present(money_text(-rounding, tr.language, plus=True), "muted")


class _RefundRow(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = TextLabel(role=Role.STRONG)
        self._detail = TextLabel(role=Role.LABEL, wrap=True)
        self._amount = AmountLabel(theme, Type.TITLE)
        figure = hbox(Stretched(self._title), self._amount)
        column = vbox(Stretch(), figure, spacing=0, margins=0, parent=self)
        column.addWidget(self._detail)  # below both: it may be long, and the amount is never cut
        column.addStretch(1)
        column.addWidget(Line())
        self.setMinimumHeight(_ROW)

    def present(self, refund: Refund, price: Currency, tr: Translator) -> None:
        """Show one refund."""
        title, detail = refund_title(refund, tr), refund_explained(refund, price, tr)
        amount = money_text(refund.amount, tr.language, cash=True)
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._amount.present(amount)
        self.setAccessibleName(f"{title} {amount}")
        self.setAccessibleDescription(detail)
