"""The two frames of the window: in front of the counter (sign-in) and at work (rail and status line)."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.application.words import Words
from pos.ui.clock_tick import ClockTick
from pos.ui.language_choice import LanguageChoice
from pos.ui.places import Place
from pos.ui.screen import Screen
from pos.ui.session import Act, News, Session
from pos.ui.status_line import DeviceMarks, StatusLine, ThemeButton
from pos.ui.theme import Space, Theme
from pos.ui.widgets.drawing import draw_box
from pos.ui.widgets.notice_bar import NoticeBar
from pos.ui.widgets.rail import Rail, RailItem
from pos.ui.widgets.segmented import Segment
from pos.ui.widgets.surface import Ground, Line, Surface
from pos.ui.widgets.tab_strip import TabStrip
from pos.ui.widgets.text_label import Role, TextLabel


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
        version = f"Border POS {shop.version}"
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


class WorkFrame(Frame):
    """Rail left, status line above, pages in the rest. `chosen` tells the key of a rail item or of a tab.

    Where several places stand behind one item of the rail, a strip of tabs above the page leads from one to another.
    """

    chosen = Signal(str)

    def __init__(self, session: Session, clock: ClockTick) -> None:
        super().__init__(session)
        self._places: list[Place] = []
        self._tabs: list[Place] = []
        self._tab = ""
        self._current = ""
        self.rail = Rail(session.theme, session.words("Places"))
        self.rail.chosen.connect(self.chosen)
        self.status = StatusLine(session, clock)
        self.tabs = TabStrip(session.theme, session.words("Places"))
        self.tabs.chosen.connect(self.chosen)
        self.tabs.hide()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.status)
        right.addWidget(self.tabs)
        right.addWidget(self.notices)
        right.addWidget(self.pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """All of it but the pages."""
        return self.rail, self.status, self.tabs, self.notices

    def present(self, places: list[Place], current: str, tabs: list[Place], tab: str) -> None:
        """Show these places in the rail and light the one with the key `current`; likewise the tabs."""
        self._places, self._current = places, current
        self._tabs, self._tab = tabs, tab
        self.retranslate(self.session.words)
        self.tabs.setVisible(bool(tabs))

    def retranslate(self, words: Words) -> None:
        """Override Frame.retranslate."""
        super().retranslate(words)
        top = [RailItem(place.key, place.icon, words(place.text)) for place in self._places]
        bottom = [RailItem("help", "circle-question-mark", words("Help")), RailItem("lock", "lock", words("Lock"))]
        self.rail.present(top, bottom, self._current)
        self.rail.setAccessibleName(words("Places"))
        self.tabs.present([Segment(place.key, words(place.text)) for place in self._tabs], self._tab)
        self.tabs.setAccessibleName(words("Places"))


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
