"""What stands round the pages of the window, and the frame in front of the counter (sign-in)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.ui.language_choice import LanguageChoice
from pos.ui.status_line import DeviceMarks, ThemeButton
from pos.ui.theme import Space, Theme
from pos.ui.widgets.drawing import draw_box
from pos.ui.widgets.notice_bar import NoticeBar
from pos.ui.widgets.surface import Ground, Line, Surface
from pos.ui.widgets.text_label import Role, TextLabel

if TYPE_CHECKING:
    from pos.application.words import Words
    from pos.ui.screen import Screen
    from pos.ui.session import Act, News, Session


class Frame(QWidget):
    """Pages with a notice bar above them. Pages stay where they are; one is on show."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.pages = QStackedWidget()
        self.notices = NoticeBar(session.theme, dismiss=session.words("Close"), flat=True)
        self._news: News | None = None
        self._act: Act | None = None
        self.notices.acted.connect(self._acted)

    def tell(self, news: News, act: Act | None = None) -> None:
        """Show news; `act` is what its button does. The news goes when the button is pressed."""
        self._news, self._act = news, act
        self.notices.present(news() if callable(news) else news)

    def retranslate(self, words: Words) -> None:
        """Say everything in another language."""
        self.notices.name_dismissal(words("Close"))
        if self._news is not None and callable(self._news) and self.notices.notice is not None:
            self.notices.present(self._news())

    def _acted(self) -> None:
        act, self._act = self._act, None
        self.notices.clear()
        if act is not None:
            act()


class FrontFrame(Frame):
    """Header with shop and languages, pages, and a footer with the state of things."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shop = TextLabel(role=Role.TITLE)
        self._till = TextLabel(role=Role.LABEL)
        self._version = TextLabel(role=Role.LABEL)
        self.languages = LanguageChoice(session.theme, short=False)
        self.languages.chosen.connect(session.speak)
        self.theme_button = ThemeButton(session)
        self.devices = DeviceMarks(session, long=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(Line())
        column.addWidget(self.notices)
        column.addWidget(self.pages, 1)
        column.addWidget(Line())
        column.addWidget(self._footer())
        session.settings_changed.connect(lambda _settings: self.retranslate(session.words))
        self.retranslate(session.words)

    def retranslate(self, words: Words) -> None:
        """Override Frame.retranslate."""
        super().retranslate(words)
        shop = self.session.shop
        self._shop.setText(self.session.settings.shop_name or "Border POS")
        self._till.setText(words("Till {till}", till=shop.till))
        version = f"Border POS {shop.version}".rstrip()
        self._version.setText(f"{version} · {words('demo data')}" if shop.demo_pins else version)
        self.languages.present(words("Language"), words.language)

    def _header(self) -> QWidget:
        header = Surface(Ground.PANEL)
        header.setFixedHeight(64)
        row = QHBoxLayout(header)
        row.setContentsMargins(Space.L, 0, 12, 0)
        row.setSpacing(Space.M)
        row.addWidget(_Logo(self.session.theme))
        row.addWidget(self._shop)
        row.addWidget(self._till, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.languages)
        line = Line(Qt.Orientation.Vertical)
        line.setFixedHeight(28)
        row.addWidget(line)
        row.addWidget(self.theme_button)
        return header

    def _footer(self) -> QWidget:
        footer = Surface(Ground.GROUND)
        footer.setFixedHeight(32)
        row = QHBoxLayout(footer)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.addWidget(self.devices)
        row.addStretch(1)
        row.addWidget(self._version)
        return footer


class _Logo(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint."""
        return QSize(32, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        painter = QPainter(self)
        draw_box(painter, QRect(0, 0, 32, 32), fill=self._theme.colour("accent"))
        self._theme.icons.paint(painter, "shopping-bag", "accent_text", 6, 6, 20)


def show_page(pages: QStackedWidget, screen: Screen) -> None:
    """Put `screen` on show, adding it to the pages the first time."""
    if pages.indexOf(screen) < 0:
        pages.addWidget(screen)
    pages.setCurrentWidget(screen)
