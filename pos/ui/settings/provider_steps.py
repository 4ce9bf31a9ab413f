"""Keeps, tries, pairs and forgets the payment providers of this till, beside all other work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.application.outside_partners.set_up_provider import LONGEST_FIELD, ProviderShown, SetUpProvider
from pos.application.text.names import name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.translator import Translator
from pos.domain.errors import BadField, InfrastructureError, RuleBroken
from pos.domain.outside_partners.answers import Declined, Lost
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import News
from pos.ui.session.session import Session
from pos.ui.settings.provider_panel import ProviderPanel
from pos.ui.settings.provider_words import failure_text
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

T = TypeVar("T")
_SECONDS = 20
_GROUP = 4


class ProviderSteps(QObject):
    """Holds what is known of the providers; `changed` is emitted with each answer."""

    changed = Signal()

    def __init__(self, session: Session, panel: ProviderPanel, news: News) -> None:
        super().__init__(panel)
        self._session, self._panel, self._news = session, panel, news
        self._is_busy = False
        self.shown: Mapping[str, ProviderShown] = {}
        """The providers by name; none where this till can have none."""
        panel.saved.connect(self.save)
        panel.file_chosen.connect(self.take_file)
        panel.tested.connect(self.test)
        panel.paired.connect(self.ask_to_pair)
        panel.forgotten.connect(self.ask_to_forget)

    @property
    def _step(self) -> SetUpProvider | None:
        shop = self._session.shop
        return shop.set_up_provider if shop.is_open and shop.set_up_provider.is_offered else None

    def read(self) -> None:
        """Read what is kept, for the person at the page."""
        step = self._step
        if step is not None:
            self._session.run_as(step.show, self._take_all)

    def present(self, name: str, *, afresh: bool = False) -> None:
        """Show a provider in the language on show."""
        if name in self.shown:
            self._panel.present(self.shown[name], self._session.translator, is_busy=self._is_busy, afresh=afresh)

    def save(self, fields: Mapping[str, str]) -> None:
        """Keep what is typed."""
        name = self._name

        def saved(shown: ProviderShown) -> None:
            self._take(shown)
            self._say(Tone.WITHIN, "check", lambda tr: tr("Saved."))

        self._ask(lambda step, person: step.change(name, fields, person), saved)

    def take_file(self, field: str, path: Path) -> None:
        """Keep the text of a file."""
        name = self._name

        def saved(shown: ProviderShown) -> None:
            self._take(shown)
            self._say(Tone.WITHIN, "check", lambda tr: tr("Saved."))

        self._ask(lambda step, person: step.change(name, {field: _text_of(path)}, person), saved)

    def test(self) -> None:
        """Ask the provider for something that changes nothing."""
        name = self._name

        def answered(came: Declined | Lost | None) -> None:
            if came is None:
                said = partial(_answers, name)
                self._say(Tone.WITHIN, "check", said)
            else:
                self._say(Tone.NEARLY, "unplug", partial(failure_text, name, came))

        self._ask(lambda step, person: step.check(name, person), answered)

    def ask_to_pair(self, address: str, till_name: str) -> None:
        """Look at the certificate of the terminal; the button of the question pairs."""
        name = self._name

        def seen(came: str | Lost) -> None:
            if isinstance(came, Lost):
                self._say(Tone.NEARLY, "unplug", partial(failure_text, name, came))
                return

            def make_notice(tr: Translator) -> Notice:
                text = tr("Compare with the terminal: SHA-256 {certificate}", certificate=_grouped(came))
                return Notice(Tone.NEARLY, text, "eye", tr("It is the same: pair"))

            self._news.notify("provider.pair", make_notice, partial(self._pair, address, came, till_name))

        if not address or not till_name:
            self._session.sounds.play(Sound.REFUSE)
            self._say(Tone.NEARLY, "circle-x", lambda tr: tr("Enter the terminal's address and a name for this till."))
            return
        self._ask(lambda step, person: step.certificate(address, person), seen)

    def _pair(self, address: str, certificate: str, till_name: str) -> None:
        name = self._name

        def paired(came: ProviderShown | Declined | Lost) -> None:
            if isinstance(came, ProviderShown):
                self._take(came)
                self._say(Tone.WITHIN, "check", lambda tr: tr("Paired with the terminal."))
            else:
                self._say(Tone.NEARLY, "unplug", partial(failure_text, name, came))

        self._ask(
            lambda step, person: step.pair(name, address, certificate, till_name, person),
            paired,
            lambda tr: tr("Allow this till on the screen of the terminal …"),
        )

    def ask_to_forget(self) -> None:
        """Ask once; the button of the question forgets."""
        name = self._name

        def make_notice(tr: Translator) -> Notice:
            text = tr("Remove {provider} from this till? Its keys are deleted here.",
                      provider=name_of(PROVIDERS, name, tr))  # fmt: skip
            return Notice(Tone.NEARLY, text, "trash-2", tr("Remove from this till"))

        self._news.notify("provider.forget", make_notice, partial(self._forget, name))

    def _forget(self, name: str) -> None:
        self._ask(lambda step, person: step.forget(name, person), self._take)

    @property
    def _name(self) -> str:
        return "" if self._panel.shown is None else self._panel.shown.name

    def _ask(
        self,
        call: Callable[[SetUpProvider, Person], T],
        done: Callable[[T], None],
        meanwhile: Callable[[Translator], str] = lambda tr: tr("Asking the provider …"),
    ) -> None:
        """One step at a time, outside the store's thread: a line may be slow."""
        step, person, session, name = self._step, self._session.person, self._session, self._name
        if step is None or person is None or self._is_busy or not name:
            return
        self._is_busy = True
        self.present(name)
        self._say(Tone.INFO, "globe", meanwhile, seconds=0)

        def answered(came: T) -> None:
            self._is_busy = False
            self._news.clear()
            done(came)
            self.present(name)

        def failed(error: Exception) -> None:
            self._is_busy = False
            self._news.clear()
            session.sounds.play(Sound.REFUSE)
            if isinstance(error, RuleBroken | InfrastructureError):
                self._say(Tone.NEARLY, "circle-x", lambda _tr: session.wording(error))
            self.present(name)

        session.read_file(lambda: call(step, person), answered, failed)

    def _take_all(self, shown: Sequence[ProviderShown]) -> None:
        self.shown = {one.name: one for one in shown}
        self.changed.emit()

    def _take(self, shown: ProviderShown) -> None:
        self.shown = {**self.shown, shown.name: shown}
        self.present(shown.name, afresh=True)
        self.changed.emit()

    def _say(self, tone: Tone, icon: str, text: Callable[[Translator], str], *, seconds: int = _SECONDS) -> None:
        self._news.notify("provider.tried", lambda tr: Notice(tone, text(tr), icon, seconds=seconds))


def _answers(name: str, tr: Translator) -> str:
    return tr("{provider} answers.", provider=name_of(PROVIDERS, name, tr))


def _grouped(hexadecimal: str) -> str:
    return " ".join(hexadecimal[at : at + _GROUP] for at in range(0, len(hexadecimal), _GROUP)).upper()


def _text_of(path: Path) -> str:
    """The text of a file with a key or certificates. Raises BadField."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(LONGEST_FIELD + 1)
    except (OSError, UnicodeDecodeError):
        raise BadField("FILE", "not_readable", path.name) from None
