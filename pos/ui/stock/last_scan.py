"""The panel of the last scan: the product, its count, and the keys to correct it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Space, Theme, Type
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.cards.scan_figure import ScanFigure
from pos.ui.widgets.drawing.drawing import RIGHT, draw_box, draw_text, text_width
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import announce, with_pauses

_TILE = 72


class LastScanPanel(Surface):
    """Readable at arm's length. `changed` carries a correction (−1, +1)."""

    changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._last = ("", "", "")
        self._when = TextLabel(role=Role.LABEL)
        self._tile = _Tile(theme)
        self._name = TextLabel(role=Role.TITLE, wrap=True)
        self._code = TextLabel(role=Role.LABEL, wrap=True)
        self.figure = ScanFigure(theme)
        self.note = TextLabel(role=Role.STRONG, wrap=True)
        self._less = IconButton(theme, icon="minus")
        self._more = IconButton(theme, icon="plus")
        self._less.clicked.connect(lambda: self.changed.emit(-1))
        self._more.clicked.connect(lambda: self.changed.emit(1))
        self._lay_out()

    def name_buttons(self, less: str, more: str) -> None:
        """Set the accessible names of the two buttons."""
        self._less.present("1")
        self._more.present("1")
        self._less.setAccessibleName(less)
        self._more.setAccessibleName(more)

    def present(
        self, when: str, icon: str, name: str, code: str, figure: str, beside: str = "", added: str = ""
    ) -> None:
        """Show a scan: `figure` is the count, `beside` small text behind it, `added` a chip.

        A screen reader says it once: by `when` it differs from the scan before.
        """
        is_another, self._last = (when, name, figure) != self._last, (when, name, figure)
        if is_another and figure:
            announce(self, with_pauses([name, f"{figure} {beside}".strip()]))
        self._when.setText(when)
        self._tile.present(icon)
        self._name.setText(name)
        self._code.setText(code)
        self.figure.present(figure, beside, added)
        for button in (self._less, self._more):
            button.setVisible(bool(figure))

    def show_text(self, text: str, tone: Tone = Tone.NEARLY) -> None:
        """Show a sentence beneath the figure; empty for none."""
        self.note.set_tone(tone)
        if text != self.note.text():
            announce(self.note, text)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _lay_out(self) -> None:
        names = vbox(Stretch(), self._name, self._code, Stretch(), spacing=2)
        head = hbox(self._tile, Stretched(names), spacing=Space.M)
        buttons = hbox(Stretched(self._less), Stretched(self._more), spacing=Space.S)
        vbox(
            self._when,
            head,
            Gap(Space.S),
            self.figure,
            buttons,
            self.note,
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.M),
            parent=self,
        )


class _Tile(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = "scan-barcode"
        self.setFixedSize(_TILE, _TILE)

    def present(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), fill=self._theme.colour("sunken"), line=self._theme.colour("line"))
        self._theme.icons.paint(painter, self._icon, "accent", (_TILE - 36) // 2, (_TILE - 36) // 2, 36)


class TotalFigure(QWidget):
    """A figure of the bottom bar: its name small above it, an icon and the number."""

    def __init__(self, theme: Theme, icon: str = "", token: str = "text", *, large: bool = False) -> None:
        super().__init__()
        self._theme, self._icon, self._token, self._large = theme, icon, token, large
        self.name = self.figure = self.beside = ""
        self.setFixedHeight(80)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if large else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )

    def present(self, name: str, figure: str, beside: str = "") -> None:
        """Show a figure with its name."""
        self.name, self.figure, self.beside = name, figure, beside
        self.setAccessibleName(" ".join(part for part in (name, figure, beside) if part))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = text_width(self._theme.font(Type.LABEL), self.name)
        number = text_width(self._theme.font(Type.SECTION, bold=True), self.figure) + 24
        return QSize(280 if self._large else max(words, number, 64) + Space.M, 80)

    def minimumSizeHint(self) -> QSize:
        if not self._large:
            return self.sizeHint()
        return QSize(text_width(self._theme.font(Type.SECTION, bold=True), self.figure), 80)

    @property
    def figure_size(self) -> int:
        """Of a large figure: the largest size in which the whole figure has room."""
        size: int = Type.TOTAL
        while size > Type.LABEL and text_width(self._theme.font(size, bold=True), self.figure) > self.width():
            size -= 1
        return size

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font, colour = self._theme.font, self._theme.colour
        if self._large:
            draw_text(painter, QRect(0, 4, self.width(), 20), self.name, font(Type.LABEL), colour("muted"))
            taken = draw_text(
                painter, QRect(0, 24, self.width(), 54), self.figure, font(self.figure_size, bold=True), colour("text")
            )
            rest = QRect(taken + Space.M, 36, max(0, self.width() - taken - Space.M), 36)
            draw_text(painter, rest, self.beside, font(Type.TITLE), colour("muted"))
            return
        draw_text(painter, QRect(0, 12, self.width(), 20), self.name, font(Type.LABEL), colour("muted"), RIGHT)
        number = font(Type.TITLE, bold=True)
        wide = text_width(number, self.figure)
        draw_text(painter, QRect(0, 36, self.width(), 28), self.figure, number, colour("text"), RIGHT)
        if self._icon:
            self._theme.icons.paint(painter, self._icon, self._token, self.width() - wide - 16 - Space.S, 42, 16)
