"""Changing the table of rights: it waits until it is saved, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from pos.application.settings.setting_words import takes_text
from pos.application.settings.settings import RIGHTS_OF, Settings
from pos.application.text.translator import Translator
from pos.domain.errors import BadField, MovedMeanwhile
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.page.screen import Screen
from pos.ui.staff.rights_draft import RightsDraft
from pos.ui.staff.rights_panel import RightsPanel
from pos.ui.staff.rights_table import RightsTable

T = TypeVar("T")


class Runner(Protocol):
    """Runs a step as the current user, one at a time."""

    def __call__(
        self, call: Callable[[Person], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None: ...


class RightsEditor:
    """The table with the panel beside it. `back` is the step of Esc on its page.

    What a step has led to stands in the panel: a notice above the table would move the cells from under the finger.
    """

    def __init__(self, screen: Screen, run: Runner, back: Callable[[], None]) -> None:
        self._screen, self._session, self._run, self._back = screen, screen.session, run, back
        self.draft = RightsDraft(self._session.settings)
        self.table = RightsTable(screen.theme)
        self.panel = RightsPanel(screen.theme, self._session.actions)
        self._wrong = ""
        """The setting whose typed value was refused."""
        self._refusal: Exception | None = None
        self._is_saved = False
        self.table.toggled.connect(self._toggle)
        self.table.limited.connect(self._limit)
        self.panel.reset.connect(self.put_usual)
        self.panel.left.connect(back)

    @property
    def is_changed(self) -> bool:
        """Whether anything waits to be saved."""
        return bool(self.draft.texts)

    def begin(self) -> None:
        """Show the table as it is in force, with what was changed before."""
        self._forget()
        self._present()
        self.table.begin()
        self._read()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; what was changed stays."""
        self.table.retranslate(tr)
        self._present()

    def put_usual(self) -> None:
        """Change everything to the rights of a new shop; they are saved like any other change."""
        self._forget()
        self.draft.put_usual()
        self._present()

    def save(self) -> None:
        """Save all changes at once."""
        texts, seen = dict(self.draft.texts), dict(self.draft.seen)
        change = self._session.shop.change_rights
        if not texts:
            self._session.sounds.play(Sound.NOTE)
            return
        self._run(lambda by: change(by, texts, seen), self._saved, lambda error: self._refused(error, texts))

    def may_leave(self) -> bool:
        """Whether Esc leads back to the list; else it gives the changes up, after a question."""
        if not self.is_changed:
            return True
        if self._screen.may_discard("staff.drop_rights", self.draft.about, self._back):
            self.drop()
            self.table.begin()
        return False

    def drop(self) -> None:
        """Give the changes up."""
        self._forget()
        self.draft.drop()
        self._present()

    def _forget(self) -> None:
        self._wrong, self._refusal, self._is_saved = "", None, False

    def _toggle(self, role: str, permission: str, on: bool) -> None:
        self._refusal, self._is_saved = None, False
        self.draft.put(role, permission, on=on)
        self._present()

    def _limit(self, role: str, text: str) -> None:
        if self._wrong == RIGHTS_OF[role][1]:
            self._wrong = ""
        self._refusal, self._is_saved = None, False
        self.draft.put_limit(role, text)
        self._present()

    def _read(self) -> None:
        self._run(self._session.shop.change_rights.show, self._take)

    def _take(self, settings: Settings) -> None:
        self.draft.take(settings)
        self._present()

    def _saved(self, settings: Settings) -> None:
        self._forget()
        self._is_saved = True
        self._take(settings)
        self._session.sounds.play(Sound.ACCEPT)
        self._session.take_settings(settings)

    def _refused(self, error: Exception, texts: Mapping[str, str]) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._forget()
        if isinstance(error, BadField) and error.field in texts:
            self._wrong = error.field
            self._present()
            role = next((one for one, names in RIGHTS_OF.items() if names[1] == error.field), None)
            if role is not None and self.table.isVisible():
                self.table.begin_limit(role)
            return
        self._refusal = error
        self._present()
        if isinstance(error, MovedMeanwhile):
            self._read()

    def _present(self) -> None:
        tr = self._session.translator
        self.table.present(self.draft, tr)
        self.panel.present(self.draft, tr, is_saved=self._is_saved)
        self.panel.complain(self._complaint if self._refusal is not None or self._wrong else None)

    def _complaint(self) -> str:
        tr = self._session.translator
        if self._refusal is not None:
            return self._session.wording(self._refusal)
        typed = self.draft.texts.get(self._wrong, "")
        said = tr("“{value}” is not valid.", value=typed) if typed else tr("It cannot be empty.")
        return f"{said} {takes_text(self._wrong, tr)}"
