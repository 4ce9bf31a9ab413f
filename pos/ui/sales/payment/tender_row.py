"""One tender as it was given: method, amount, what it counts for, and the cross that removes it."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.text.formatting import amount_text, money_text, number_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.payment.tender import DEPOSIT, Paid
from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.drawing.drawing import draw_box
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.surface import Line
from pos.ui.widgets.drawing.text_label import Role, TextLabel

METHOD_ICONS = {"cash": "banknote", "card": "credit-card", "qr": "qr-code", DEPOSIT: "coins"}


def tender_title(paid: Paid, tr: Translator) -> str:
    """Cash CNY; WeChat Pay CNY."""
    tender = paid.tender
    name = name_of(PROVIDERS, tender.provider, tr) if tender.provider else name_of(METHODS, tender.method, tr)
    return f"{name} {tender.amount.currency.code}"


def tender_text(paid: Paid, tr: Translator) -> str:
    """What was given, for a screen reader."""
    return labelled(tr, tender_title(paid, tr), money_text(paid.tender.amount, tr.language, cash=True))


def tender_detail(paid: Paid, tr: Translator) -> str:
    """The given amount and its rate; the reference of a card or a wallet."""
    tender, language = paid.tender, tr.language
    parts = [money_text(tender.amount, language, cash=True)]
    if tender.amount.currency != paid.value.currency:
        parts[0] += f" {_times(paid.rate, language)}"
    return " · ".join(part for part in (*parts, tender.reference) if part)


def _times(rate: Fraction, language: str) -> str:
    """The rate of an amount, in the direction with few decimals: × 6.9588, ÷ 72.8."""
    if rate >= 1:
        return f"× {number_text(rate, language, 4, trimmed=True)}"
    return f"÷ {number_text(1 / rate, language, 4, trimmed=True)}"


_ROOM_FOR_ICON = 320
_NARROW, _LINE = 260, 20


class TenderRow(QWidget):
    """Shows one Paid; `removed` carries its index when its cross is pressed."""

    removed = Signal(int)

    def __init__(self, theme: Theme, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._icon = _MethodIcon(theme)
        self._title = TextLabel(role=Role.STRONG, wrap=True)
        self._detail = TextLabel(role=Role.LABEL)
        self._amount = AmountLabel(theme, Type.TITLE)
        self._cross = IconButton(theme, icon="x", kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON)
        self._cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # it goes with its row, and the amount keeps the keys
        self._cross.gives_way = True
        self._cross.clicked.connect(self._emit_removed)
        self._detail.setMinimumWidth(1)  # a long one is cut: the amount beside it and its tip say the same
        words = vbox(self._title, self._detail, spacing=0)
        row = hbox(self._icon, Stretched(words), self._amount, self._cross, spacing=12)
        vbox(Stretched(row), Line(), spacing=0, margins=0, parent=self)
        self.setFixedHeight(Size.ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow column the amount needs the room of the icon, and the words stand in two lines."""
        super().resizeEvent(event)
        self.setFixedHeight(Size.ROW if event.size().width() >= _NARROW else Size.ROW + _LINE)
        self._icon.setVisible(event.size().width() >= _ROOM_FOR_ICON)

    @property
    def cross(self) -> IconButton:
        """The button that removes it."""
        return self._cross

    def present(self, paid: Paid, tr: Translator, *, locked: bool) -> None:
        """Show a tender; `locked` while the sale is being recorded."""
        self._icon.present(METHOD_ICONS[paid.tender.method])
        title = tender_title(paid, tr)
        self._title.setText(title)
        self._detail.setText(tender_detail(paid, tr))
        self._detail.setToolTip(plain_tip(self._detail.text()))
        self._amount.present(amount_text(paid.value, tr.language))
        self._cross.present("", name=tr("Remove: {payment}", payment=title))
        self._cross.setEnabled(not locked)

    def _emit_removed(self) -> None:
        self.removed.emit(self._index)


class _MethodIcon(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = "banknote"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def present(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(Size.THUMBNAIL, Size.THUMBNAIL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        draw_box(painter, QRect(self.rect()), fill=colour("sunken"), line=colour("line"))
        inset = (Size.THUMBNAIL - 20) // 2
        self._theme.icons.paint(painter, self._icon, "text", inset, inset, 20)
