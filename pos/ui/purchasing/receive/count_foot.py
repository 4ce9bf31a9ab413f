"""Totals of a delivery: pieces counted of those expected, products by outcome, and the post button."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.purchasing.delivery_view import CountView
from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.domain.purchasing.goods_receipt import DeliveryOutcome, DeliveryTally, GoodsReceipt
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.purchasing.receive.outcome_words import ICONS
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_text, text_width
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import SideWide
from pos.ui.widgets.drawing.surface import Ground, Line, Surface

_GROUPS = (
    (DeliveryOutcome.COMPLETE, (DeliveryOutcome.COMPLETE, DeliveryOutcome.COUNTED)),
    (DeliveryOutcome.OVER, (DeliveryOutcome.OVER, DeliveryOutcome.ADDED)),
    (DeliveryOutcome.SHORT, (DeliveryOutcome.SHORT,)),
    (DeliveryOutcome.WRONG, (DeliveryOutcome.WRONG,)),
    (DeliveryOutcome.WAITING, (DeliveryOutcome.WAITING, DeliveryOutcome.COUNTING)),
)


class CountFoot(Surface):
    """Presents a tally; `post` is emitted when its button is pressed."""

    post = Signal()

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self.setFixedHeight(Size.BOTTOM_BAR)
        self._sums = _Sums(theme)
        self.button = IconButton(theme, icon="package-check", key=key, kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        SideWide(self.button, self, Space.L)
        self.button.clicked.connect(self.post)
        row = hbox(Stretched(self._sums), self.button, spacing=2 * Space.L, margins=(Space.L, 10, Space.L, 10))
        vbox(Line(strong=True), row, spacing=0, margins=0, parent=self)

    def present(
        self, view: CountView | None, receipt: GoodsReceipt | None, sums: DeliveryTally | None, tr: Translator
    ) -> None:
        """Show the totals of a delivery."""
        self.button.present(tr("Post goods receipt"))
        if view is None or receipt is None or sums is None:
            return
        language = tr.language
        whose = [tr("Pieces counted"), view.supplier]
        if receipt.delivery_note:
            whose.append(tr("note {number}", number=receipt.delivery_note))
        caption = " · ".join(part for part in whose if part)
        expected = "" if sums.expected is None else tr("of {n} expected", n=number_text(sums.expected, language))
        names = {
            DeliveryOutcome.COMPLETE: tr("complete"),
            DeliveryOutcome.OVER: tr("too many"),
            DeliveryOutcome.SHORT: tr("short"),
            DeliveryOutcome.WRONG: tr("not ordered"),
            DeliveryOutcome.WAITING: tr("to count"),
        }
        groups = [(names[key], ICONS[key], number_text(sums.of(*outcomes), language)) for key, outcomes in _GROUPS]
        self._sums.present(caption, number_text(sums.counted, language), expected, groups)
        self.button.setEnabled(sums.counted > 0)


_NARROWEST = 56
"""The least width of a group, in pixels."""


class _Sums(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._caption = self._count = self._expected = ""
        self._groups: list[tuple[str, tuple[str, str], str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def present(self, caption: str, count: str, expected: str, groups: list[tuple[str, tuple[str, str], str]]) -> None:
        """Show these totals."""
        self._caption, self._count, self._expected, self._groups = caption, count, expected, groups
        said = ", ".join(f"{name} {n}" for name, _, n in groups)
        self.setAccessibleName(f"{caption}: {count} {expected}. {said}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 80)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, ink, muted = (
            QPainter(self),
            self._theme,
            self._theme.colour("text"),
            self._theme.colour("muted"),
        )
        label, big, title = theme.font(Type.LABEL), theme.font(Type.TOTAL, bold=True), theme.font(Type.TITLE)
        bold = theme.font(Type.TITLE, bold=True)
        wide = text_width(big, self._count) + 14
        widths, has_names = self._group_widths(wide + text_width(title, self._expected))
        left = self.width() - sum(width + Space.S for width in widths)
        over = left if has_names else self.width()
        draw_text(painter, QRect(0, 2, over, 20), self._caption, label, muted)
        draw_text(painter, QRect(0, 24, wide, 52), self._count, big, ink)
        draw_text(painter, QRect(wide, 36, max(0, left - wide), 32), self._expected, title, muted)
        for width, (name, (icon, token), count) in zip(widths, self._groups):
            left += Space.S + width
            if has_names:
                draw_text(painter, QRect(left - width, 12, width, 24), name, label, muted, RIGHT)
            n = text_width(bold, count)
            theme.icons.paint(painter, icon, token, left - n - 29, 43, 18)
            draw_text(painter, QRect(left - n - 1, 38, n + 2, 28), count, bold, ink, LEFT)

    def _group_widths(self, pieces: int) -> tuple[list[int], bool]:
        """How wide the groups beside the pieces are, and whether they have their names; an icon says it, too."""
        label = self._theme.font(Type.LABEL)
        named = [max(_NARROWEST, text_width(label, name) + 2) for name, _, _ in self._groups]
        for widths in (named, [_NARROWEST] * len(named)):
            if self.width() >= pieces + sum(width + Space.S for width in widths):
                return widths, widths is named
        return [], False
