"""The frame around the pages of the window, and the frame of the pages before work (sign-in)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from pos.ui.look.event_loop import call_soon
from pos.ui.look.theme import Space, Theme
from pos.ui.notices.notices import NOTICES, Falls, NoticeKind, ShownNotice
from pos.ui.shell.status_line import DeviceMarks, PowerButton, ThemeButton
from pos.ui.widgets.buttons.language_choice import LanguageChoice
from pos.ui.widgets.cards.notice_bar import NoticeBar
from pos.ui.widgets.drawing.drawing import draw_box
from pos.ui.widgets.drawing.layouts import Aligned, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.domain.staff.staff import Person
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


_NARROWEST = 420
"""Pixels that a notice needs beside what stays on its right."""


class Frame(QWidget):
    """Pages with a notice bar above them. One page is shown at a time.

    The bar lies over the line at the top, so that nothing moves under a finger when it comes or goes; `covered` is that
    line, `kept` what stays to be pressed on its right, and the way `back` on its left.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.pages = QStackedWidget()
        self._whose = ""
        self.notices = NoticeBar(session.theme, dismiss=session.translator("Close"), flat=True)
        self.notices.clock = session.finishing.clock
        self._shown: ShownNotice | None = None
        self.covered: QWidget = self
        self.kept: QWidget = self
        self.back: QWidget | None = None
        self.notices.action_pressed.connect(self._action_pressed)
        self.notices.fell.connect(self._fell)
        self.notices.setParent(self)
        self.notices.installEventFilter(self)
        session.page_shown.connect(lambda _screen_id: self._fall(lambda kind: kind.is_of_page))
        session.person_changed.connect(self._person_changed)
        session.stepped.connect(self._stepped)
        session.withdrawn.connect(lambda kinds: self._fall(lambda kind: any(NOTICES[one] is kind for one in kinds)))
        for changed in (session.answered, session.sale_news.paying, session.devices_changed, session.away_changed):
            changed.connect(self._look_again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        call_soon(self, self._place_notices)  # after the layout

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the notice bar when it appears, or when its text changes its size."""
        if watched is self.notices and event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._place_notices()
        elif watched is self.back and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            call_soon(self, self._place_notices)
        return super().eventFilter(watched, event)

    def _place_notices(self) -> None:
        left, top = self.covered.x(), self.covered.y()
        if self.back is not None and not self.back.isHidden():
            left = self.back.mapTo(self, self.back.rect().topRight()).x() + Space.S
        right = self.kept.mapTo(self, QPoint()).x() - Space.M
        if right - left < _NARROWEST:
            right = self.covered.geometry().right()
        width = right - left
        height = max(self.covered.height() - 1, self.notices.heightForWidth(width))
        self.notices.setGeometry(left, top, width, height)
        self.notices.raise_()

    @property
    def shown_notice(self) -> ShownNotice | None:
        """The notice shown."""
        return self._shown

    def notify(self, shown: ShownNotice) -> None:
        """Show a notice. It goes when its button is pressed, and with its cause."""
        self._shown = shown
        if NOTICES[shown.kind].falls is Falls.QUESTION:
            self.session.finishing.turned()
        self.session.question = (shown.kind, shown.about)
        self.notices.present(shown.news())

    def take_notice_of(self, before: Frame) -> None:
        """Show what came for this person or about the shop while the frame `before` was still there: the first page of
        a person who signs in may take a moment to be built.
        """
        shown = before.shown_notice
        if before is not self and shown is not None and not NOTICES[shown.kind].is_of_page:
            before.notices.clear()
            self.notify(shown)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self.notices.name_dismissal(tr("Close"))
        if self._shown is not None and (notice := self._shown.news()) != self.notices.notice:
            self.notices.present(notice)  # each change of page comes here, which gives a notice no more time

    def _action_pressed(self) -> None:
        shown = self._shown
        self.notices.clear()
        if shown is not None and shown.action is not None:
            shown.action()

    def _fell(self) -> None:
        self._shown = self.session.question = None

    def _fall(self, ends: Callable[[NoticeKind], bool]) -> None:
        if self._shown is not None and ends(NOTICES[self._shown.kind]):
            self.notices.clear()

    def _stepped(self, begun: int) -> None:
        """A step succeeded that began with this number: the reason of an earlier refusal is out of date."""
        if self._shown is not None and self._shown.turn < begun:
            self._fall(lambda kind: kind.falls is Falls.STEP)

    def _person_changed(self, person: Person | None) -> None:
        """Another person is at the till, or none: remove what was for the one before."""
        name = "" if person is None else person.name
        if name != self._whose:
            self._whose = name
            self._fall(lambda kind: kind.is_of_person)

    def _look_again(self, *_: object) -> None:
        """Remove a notice whose cause is gone."""
        shown = self._shown
        if shown is not None and shown.holds is not None and not shown.holds():
            self.notices.clear()


class FrontFrame(Frame):
    """Header with shop and languages, pages, and a footer with the states of store and devices."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shop = TextLabel(role=Role.TITLE)
        self._till = TextLabel(role=Role.LABEL)
        self._version = TextLabel(role=Role.LABEL)
        self.languages = LanguageChoice(session.theme, short=False)
        self.languages.chosen.connect(session.speak)
        self.theme_button = ThemeButton(session)
        self.power = PowerButton(session)
        self.devices = DeviceMarks(session, long=True)
        vbox(
            self._header(),
            Line(),
            Stretched(self.pages),
            Line(),
            self._footer(),
            spacing=0,
            margins=0,
            parent=self,
        )
        session.settings_changed.connect(lambda _settings: self.retranslate(session.translator))
        self.retranslate(session.translator)

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        shop = self.session.shop
        self._shop.setText(self.session.settings.shop_name or "Border POS")
        self._till.setText(tr("Till {till}", till=shop.till))
        version = f"Border POS {shop.version}".rstrip()
        self._version.setText(f"{version} · {tr('demo data')}" if shop.demo_pins else version)
        self.languages.present(tr("Language"), tr.language)

    def _header(self) -> QWidget:
        header = Surface(Ground.PANEL)
        self.covered, self.kept = header, self.languages
        header.setFixedHeight(64)
        row = hbox(
            _Logo(self.session.theme),
            self._shop,
            Aligned(self._till, Qt.AlignmentFlag.AlignVCenter),
            Stretch(),
            self.languages,
            spacing=Space.M,
            margins=(Space.L, 0, 12, 0),
            parent=header,
        )
        line = Line(Qt.Orientation.Vertical)
        line.setFixedHeight(28)
        row.addWidget(line)
        row.addWidget(self.theme_button)
        row.addWidget(self.power)
        return header

    def _footer(self) -> QWidget:
        footer = Surface(Ground.GROUND)
        footer.setFixedHeight(32)
        hbox(self.devices, Stretch(), self._version, margins=(Space.L, 0, Space.L, 0), parent=footer)
        return footer


class _Logo(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(32, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, QRect(0, 0, 32, 32), fill=self._theme.colour("accent"))
        self._theme.icons.paint(painter, "shopping-bag", "accent_text", 6, 6, 20)


def show_page(pages: QStackedWidget, screen: Screen) -> None:
    """Show `screen`, and add it to the pages the first time."""
    if pages.indexOf(screen) < 0:
        pages.addWidget(screen)
    pages.setCurrentWidget(screen)
