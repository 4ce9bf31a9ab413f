"""What the streamer sees, in a window of its own: one of the goods in large type, read only, on any screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.pickup.stream import StreamGoods
from pos.application.text.formatting import money_text, number_text
from pos.ui.look.theme import Space, Theme, Type
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.spoken.announcements import announce

_EVERY_MS = 2_000
_ALIGNED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_NEXT = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_F10})
_BEFORE = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp})


class LiveView(QWidget):
    """Shows the goods of one number: name, price in the currencies of the shop, free pieces, which fall as claims come
    in. Arrow keys, the space bar and PgUp and PgDn lead to other numbers, F11 fills the screen, Esc closes it.

    `due`: the rows are to be read again.
    """

    due = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._session = session
        self._rows: Sequence[StreamGoods] = ()
        self._at = 0
        theme = session.theme
        self._number = _LargeText(theme, "accent", 2)
        self._name = _LargeText(theme, "text", 3)
        self._price = _LargeText(theme, "text", 4)
        self._free = _LargeText(theme, "text", 3)
        self._free_words = _LargeText(theme, "muted", 1)
        self._hint = TextLabel(role=Role.LABEL, align=Qt.AlignmentFlag.AlignCenter)
        self._others = _LargeText(theme, "muted", 1)
        parts = (self._number, self._name, self._price, self._others, self._free, self._free_words)
        vbox(
            *(Stretched(part, part.share) for part in parts),
            self._hint,
            spacing=Space.S,
            margins=(Space.L, Space.L, Space.L, Space.M),
            parent=self,
        )
        self.resize(960, 640)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.dress(self)
        self._every = QTimer(self)
        self._every.setInterval(_EVERY_MS)
        self._every.timeout.connect(self._look)
        session.language_changed.connect(lambda _tr: self.present())
        session.person_changed.connect(lambda person: self.close() if person is None else None)
        session.closed.connect(self.close)

    @property
    def number(self) -> int:
        """The number of the goods on show; 0 for none."""
        return self._rows[self._at].number if self._rows else 0

    def open(self) -> None:
        """Show it, in front."""
        self.present()
        self._every.start()
        self.show()
        self.raise_()

    def take(self, rows: Sequence[StreamGoods]) -> None:
        """The sheet as it was read last; the same goods stay on show."""
        number = self.number
        self._rows = rows
        self._at = next(
            (at for at, row in enumerate(rows) if row.number == number), min(self._at, max(0, len(rows) - 1))
        )
        self.present()

    def turn(self, step: int) -> None:
        """The goods `step` numbers on; behind the last comes the first."""
        if self._rows:
            self._at = (self._at + step) % len(self._rows)
            self.present()
            announce(self, f"{self._number.text} {self._name.text}")

    def present(self) -> None:
        """Show the goods."""
        tr = self._session.translator
        self.setWindowTitle(tr("Streamer's view"))
        self._hint.setText(tr("Next: space or arrow keys. Full screen: F11. Close: Esc"))
        row = self._rows[self._at] if self._rows else None
        self._number.present("" if row is None else number_text(row.number, tr.language))
        self._name.present(tr("The sheet is empty") if row is None else row.product.name_in(tr.language))
        self._price.present("" if row is None else money_text(row.price, tr.language))
        others = () if row is None else [one for one in row.prices if one.currency != row.price.currency]
        self._others.present("   ".join(money_text(money, tr.language, cash=True) for money in others))
        free = 0 if row is None else max(0, row.free)
        self._free.present("" if row is None else number_text(free, tr.language))
        self._free_words.present("" if row is None else tr("pieces free") if free else tr("sold out: claims wait"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Other goods, full screen, or the end."""
        if event.key() in _NEXT:
            self.turn(1)
        elif event.key() in _BEFORE:
            self.turn(-1)
        elif event.key() == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._every.stop()
        super().closeEvent(event)

    def _look(self) -> None:
        if not self._session.is_away and self._session.person is not None:
            self.due.emit()


class _LargeText(QWidget):
    """Text that is read from across a table, centred: as large as its `share` of the height and its width allow."""

    def __init__(self, theme: Theme, token: str, share: int) -> None:
        super().__init__()
        self._theme, self._token, self.share, self.text = theme, token, share, ""
        self.setMinimumHeight(Type.TITLE * 3 // 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def present(self, text: str) -> None:
        """Show another text."""
        if text != self.text:
            self.text = text
            self.setAccessibleName(text)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = QFont(self._theme.font(Type.TITLE, bold=True))
        size = max(int(Type.TITLE), self.height() * 3 // 4)
        font.setPixelSize(size)
        while size > Type.TITLE and not self._fits(font):
            size = size * 9 // 10
            font.setPixelSize(size)
        painter.setFont(font)
        painter.setPen(self._theme.colour(self._token))
        painter.drawText(self.rect(), _ALIGNED, self.text)

    def _fits(self, font: QFont) -> bool:
        box = QFontMetrics(font).boundingRect(self.rect(), _ALIGNED, self.text)
        return self.rect().contains(box)
