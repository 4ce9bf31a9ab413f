"""The change as pieces to pay out: how many of each note and coin, with the fewest pieces."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.text.formatting import (
    NO_BREAK,
    amount_text,
    currency_symbol,
    denomination_text,
    money_text,
    number_text,
)
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled, strung
from pos.domain.money import Money
from pos.domain.payment.tender import Change
from pos.ui.look.theme import Theme, Type
from pos.ui.widgets.buttons.banknote_button import BanknoteButton, CashPiece
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.surface import Line
from pos.ui.widgets.drawing.text_label import Role, TextLabel


def pieces_of(change: Sequence[Change]) -> list[tuple[Money, int, CashPiece]]:
    """The notes and coins of a change, largest first: value, count and kind."""
    return [
        (
            Money(value, part.amount.currency),
            count,
            CashPiece.NOTE if value >= part.amount.currency.smallest_note else CashPiece.COIN,
        )
        for part in change
        for value, count in sorted(part.notes.items(), reverse=True)
    ]


def piece_texts(change: Sequence[Change], language: str) -> list[str]:
    """The figures of those pieces; with two currencies each has its currency symbol."""
    pieces = [value for value, _, _ in pieces_of(change)]
    mixed = len({value.currency for value in pieces}) > 1
    return [
        f"{currency_symbol(value.currency)}{NO_BREAK}{text}" if mixed else text
        for value in pieces
        for text in [denomination_text(value, language)]
    ]


def notes_texts(change: Sequence[Change], tr: Translator) -> list[str]:
    """The pieces as a screen reader says them: 2 × 50."""
    texts = piece_texts(change, tr.language)
    return [f"{number_text(count, tr.language)} × {text}" for (_, count, _piece), text in zip(pieces_of(change), texts)]


def change_text(change: Sequence[Change], tr: Translator) -> str:
    """The change in one sentence for a screen reader; empty for none."""
    if not change:
        return ""
    amounts = [money_text(part.amount, tr.language, cash=True) for part in change]
    return labelled(tr, tr("Change"), strung(tr, (*amounts, *notes_texts(change, tr))))


class ChangeNotes(SeeThrough):
    """A row for each kind of note and coin."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._rows: list[_PieceRow] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.hold(inside)

    def present(self, change: Sequence[Change], tr: Translator) -> None:
        """Show the pieces to pay out."""
        pieces, texts = pieces_of(change), piece_texts(change, tr.language)
        while len(self._rows) < len(pieces):
            row = _PieceRow(self._theme)
            self._column.insertWidget(self._column.count() - 1, row)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(pieces))
            if index < len(pieces):
                row.present(texts[index], *pieces[index], tr)


class _PieceRow(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._piece = BanknoteButton(theme, "", change=True, height=36)
        self._piece.setFixedWidth(76)
        self._count = TextLabel(role=Role.STRONG)
        self._sum = AmountLabel(theme, Type.TITLE, bold=False)
        row = hbox(self._piece, Stretched(self._count), self._sum, spacing=16)
        vbox(Stretched(row), Line(), spacing=0, margins=0, parent=self)
        self.setFixedHeight(44)

    def present(self, text: str, value: Money, count: int, piece: CashPiece, tr: Translator) -> None:
        """Show this many of one piece."""
        language = tr.language
        self._piece.present(text, piece)
        self._count.setText(f"× {number_text(count, language)}")
        self._sum.present(amount_text(value * count, language, cash=True))
        self.setAccessibleName(f"{number_text(count, language)} × {text}")
