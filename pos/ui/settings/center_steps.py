"""Joins a center, tries its line and leaves it, beside all other work of the till; the answer stands in a notice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pos.application.membership.at_center import AtCenterUseCases
from pos.application.membership.join_center import CenterMembership
from pos.application.membership.refusals import CenterAway
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import paragraph
from pos.domain.errors import BadField, InfrastructureError, RuleBroken
from pos.domain.staff.staff import Person
from pos.ui.input.actions import SETTINGS
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import News
from pos.ui.session.session import Session
from pos.ui.settings.center_panel import CenterPanel
from pos.ui.settings.first_start.center_row import LONGEST_PASS, NO_PASS
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_SECONDS = 12
_NOT_READABLE = "not_readable"
_NO_FILE = N_("{file} cannot be read.")


class CenterSteps(QObject):
    """Holds what is known of the membership; `changed` is emitted with each answer."""

    changed = Signal()

    def __init__(self, session: Session, panel: CenterPanel, news: News) -> None:
        super().__init__(panel)
        self._session, self._panel, self._news = session, panel, news
        self._is_busy = False
        self.shown: CenterMembership | None = None
        """The membership as it was read last."""
        panel.joined.connect(self.join)
        panel.file_chosen.connect(self.join_by_file)
        panel.tested.connect(self.test)
        panel.leaving.connect(self.ask_to_leave)
        session.center.changed.connect(self._read_again)

    @property
    def is_offered(self) -> bool:
        """Whether this till can take part: a demo and a training open no connection."""
        return self._center is not None

    @property
    def _center(self) -> AtCenterUseCases | None:
        shop = self._session.shop
        return shop.at_center if shop.is_open else None

    def read(self) -> None:
        """Read whether the till takes part, for the person at the page."""
        center = self._center
        if center is not None:
            self._session.run_as(center.join.show, self._take)

    def _read_again(self) -> None:
        """What waits for the center has changed while the page is on show."""
        if self._session.screen_id == SETTINGS and not self._is_busy:
            self.read()

    def present(self) -> None:
        """Show it in the language on show."""
        session = self._session
        name, till, tr = session.settings.shop_name, session.shop.till, session.translator
        self._panel.present(self.shown, name, till, tr, is_busy=self._is_busy)

    def join(self, text: str) -> None:
        """Take part by the text of a pass: the center is asked first."""
        self._join(lambda: text)

    def join_by_file(self, path: Path) -> None:
        """The same with the text of a file."""
        self._join(lambda: _text_of(path))

    def _join(self, text: Callable[[], str]) -> None:
        def joined(shown: CenterMembership) -> None:
            self._panel.forget()
            self._take_line(shown, "")
            self._say(Tone.WITHIN, lambda tr: tr("This till takes part in the center."), "check")

        self._ask(lambda center, person: center.join(text(), person), joined)

    def test(self) -> None:
        """Ask the center for something that changes nothing."""

        def answered(shown: CenterMembership) -> None:
            self._take_line(shown, "")
            self._say(Tone.WITHIN, lambda tr: tr("The center answers."), "check")

        self._ask(lambda center, person: center.join.check(person), answered)

    def ask_to_leave(self) -> None:
        """Ask once; the button of the question leaves."""
        waiting = 0 if self.shown is None else self.shown.waiting

        def make_notice(tr: Translator) -> Notice:
            text = [tr("Leave the center? What other shops sell does not count here any more.")]
            if waiting:
                text += [
                    tr.plural("{n} change is not sent yet and is kept.", "{n} changes are not sent yet and are kept.",
                              waiting)
                ]  # fmt: skip
            return Notice(Tone.NEARLY, paragraph(tr, text), "log-out", tr("Leave the center"))

        self._news.notify("center.leave", make_notice, self._leave)

    def _leave(self) -> None:
        def left(shown: CenterMembership) -> None:
            self._take_line(shown, "")
            self._say(Tone.INFO, lambda tr: tr("This till does not take part in the center any more."), "log-out")

        self._ask(lambda center, person: center.join.leave(person), left)

    def _ask(
        self,
        step: Callable[[AtCenterUseCases, Person], CenterMembership],
        done: Callable[[CenterMembership], None],
    ) -> None:
        """One step at a time, outside the store's thread: a line may be slow."""
        center, person, session = self._center, self._session.person, self._session
        if center is None or person is None or self._is_busy:
            return
        self._is_busy = True
        self.present()
        self._say(Tone.INFO, lambda tr: tr("Asking the center …"), "globe", seconds=0)

        def answered(shown: CenterMembership) -> None:
            self._is_busy = False
            if session.person is not None:
                session.sounds.play(Sound.ACCEPT)
            done(shown)
            self._take(shown)

        def failed(error: Exception) -> None:
            self._is_busy = False
            self._news.clear()
            self._refused(error)
            self.present()

        session.read_file(lambda: step(center, person), answered, failed)

    def _take_line(self, shown: CenterMembership, what: str) -> None:
        line = self._session.center
        line.take_membership(shown.is_member)
        line.take_waiting(shown.waiting)
        line.take_line(what, self._session.shop.now())
        line.look_again.emit()

    def _take(self, shown: CenterMembership) -> None:
        self.shown = shown
        self.present()
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        session = self._session
        session.sounds.play(Sound.REFUSE)
        if isinstance(error, CenterAway):
            session.center.take_line(error.what, session.shop.now())
        if isinstance(error, BadField):
            why = _NO_FILE if error.what == _NOT_READABLE else NO_PASS
            self._panel.row.complain(lambda: session.translator(why, file=error.value))
            self._panel.begin()
        elif isinstance(error, RuleBroken | InfrastructureError):
            self._say(Tone.NEARLY, lambda _tr: session.wording(error), "unplug")

    def _say(self, tone: Tone, text: Callable[[Translator], str], icon: str, *, seconds: int = _SECONDS) -> None:
        self._news.notify("center.tried", lambda tr: Notice(tone, text(tr), icon, seconds=seconds))


def _text_of(path: Path) -> str:
    """The text of a file with a pass. Raises BadField."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(LONGEST_PASS + 1)
    except OSError:
        raise BadField("pass", _NOT_READABLE, path.name) from None
    except UnicodeDecodeError:
        raise BadField("pass", "not_a_till_pass", path.name) from None
