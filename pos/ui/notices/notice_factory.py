"""The checkout's notice bar: keeps its notice as a function of the language, and knows what its buttons do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Theme
from pos.ui.notices.notices import NOTICES, TURN, Falls, NoticeKind
from pos.ui.widgets.cards.notice_bar import Notice, NoticeBar

NoticeMaker = Callable[[Translator], Notice]
"""Makes the notice in a language, so that it can be repeated in another one."""
ENTER = "Enter"
"""The Enter key on a notice's button where Enter has no other meaning."""


class News(NoticeBar):
    """A NoticeBar that shows the notice of a NoticeMaker; `then` is what its button does, `other` what the second
    button does.

    The notice ends with its page, by its kind in `notices.py`; `asked` marks a question.
    """

    asked = Signal()

    def __init__(self, theme: Theme, tr: Translator, *, flat: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, dismiss=tr("Dismiss"), flat=flat, parent=parent)
        self._translator = tr
        self.kind: str | None = None
        """The kind of the notice shown."""
        self.turn = 0
        self.answers: Callable[[], bool] = lambda: True
        """Whether the current press may answer a question."""
        self._make_notice: NoticeMaker | None = None
        self._then: Callable[[], None] | None = None
        self._instead: Callable[[], None] | None = None
        self._holds: Callable[[], bool] | None = None
        self._beneath: Callable[[], None] | None = None
        """Brings back what the notice on show has covered, if that is still so."""
        self.action_pressed.connect(self._press)
        self.other_action_pressed.connect(self._press_other)

    def notify(
        self,
        kind: str,
        make_notice: NoticeMaker,
        then: Callable[[], None] | None = None,
        *,
        holds: Callable[[], bool] | None = None,
        other: Callable[[], None] | None = None,
        silent: bool = False,
    ) -> None:
        """Show the notice of `make_notice` in place of the one before; `holds` returns whether it is still true.

        One that ends with its cause only comes back after one that ends earlier.
        """
        if NOTICES[kind].falls is Falls.CAUSE:
            self._beneath = None
        elif self.kind is not None and NOTICES[self.kind].falls is Falls.CAUSE:
            before = (self.kind, self._make_notice, self._then, self._holds, self._instead)
            self._beneath = partial(self._come_back, *before)
        self._make_notice, self._then, self._holds, self._instead = make_notice, then, holds, other
        self.kind, self.turn = kind, next(TURN)
        self.present(make_notice(self._translator), silent=silent)
        if NOTICES[kind].falls is Falls.QUESTION:
            self.asked.emit()

    def clear(self) -> None:
        beneath, self._beneath, self.kind = self._beneath, None, None
        super().clear()
        if beneath is not None:
            beneath()

    def _come_back(
        self,
        kind: str,
        make_notice: NoticeMaker | None,
        then: Callable[[], None] | None,
        holds: Callable[[], bool] | None,
        other: Callable[[], None] | None,
    ) -> None:
        if make_notice is not None and holds is not None and holds():
            self.notify(kind, make_notice, then, holds=holds, other=other, silent=True)  # it was said when it came

    def step(self, begun: int) -> None:
        """A step succeeded that began with this number."""
        if self.turn < begun:
            self.fall(lambda kind: kind.falls is Falls.STEP)

    def fall(self, ends: Callable[[NoticeKind], bool]) -> None:
        """Remove the notice if it ends with `what`."""
        if self.kind is not None and ends(NOTICES[self.kind]):
            self.clear()

    def look_again(self) -> None:
        """Remove a notice that is no longer true, or the part of it that is not."""
        if self.notice is None or self._holds is None or self._make_notice is None:
            return
        if not self._holds():
            self.clear()
        elif (said := self._make_notice(self._translator)) != self.notice:
            self.present(said)

    def confirm(self) -> None:
        """Enter: press the notice's button if Enter is its key; a question must have been shown for a moment first."""
        is_question = self.kind is not None and NOTICES[self.kind].falls is Falls.QUESTION
        has_enter = self.notice is not None and bool(self.notice.action) and self.notice.action_key == ENTER
        if has_enter and (not is_question or self.answers()):
            self.action_pressed.emit()

    def retranslate(self, tr: Translator) -> None:
        """Show the notice in another language."""
        self._translator = tr
        self.name_dismissal(tr("Dismiss"))
        if self.notice is not None and self._make_notice is not None:
            notice = self._make_notice(tr)
            self.present(notice, silent=notice == self.notice)

    def _press(self) -> None:
        then = self._then
        self.clear()
        if then is not None:
            then()

    def _press_other(self) -> None:
        other = self._instead
        self.clear()
        if other is not None:
            other()
