"""A page on which goods come back: pages in the middle, the money beside them, and what is told above."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.application.words import Words
from pos.ui.checkout.approval_panel import ApprovalPanel
from pos.ui.checkout.news import News
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.sounds import Sound
from pos.ui.theme import Space
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.surface import Line
from pos.ui.widgets.tone import Tone

_SECONDS = 12


class DeskScreen(Screen):
    """What the screens of a return have in common, with a receipt and without one."""

    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.news = News(session.theme, session.words)
        self.approval = ApprovalPanel(session)
        self._pages = QStackedWidget()
        self._side = QWidget()

    def unreadable(self, _text: str) -> None:
        """Override Screen.unreadable."""
        self._refuse(lambda words: words("The scan was not whole. Scan it again."))

    def _refuse(self, text: Callable[[Words], str]) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.news.tell(lambda words: Notice(Tone.NEARLY, text(words), seconds=_SECONDS))

    def _lay_out(self, pages: Sequence[QWidget], money: QWidget) -> None:
        """The first of `pages` is on show, `money` stands beside them where `_show_page` wants it."""
        for page in pages:
            self._pages.addWidget(page)
        cards = QVBoxLayout()
        cards.setContentsMargins(Space.L, Space.XS, Space.L, 0)
        cards.setSpacing(Space.S)
        cards.addWidget(self.news)
        cards.addWidget(self.approval)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(cards)
        left.addWidget(self._pages, 1)
        side = QHBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(Line(Qt.Orientation.Vertical))
        side.addWidget(money)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._side)

    def _show_page(self, page: QWidget, *, money: bool) -> None:
        self._side.setVisible(money)
        self._pages.setCurrentWidget(page)
