"""The options of the shop: shown, and set one at a time, each change with its entry in the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from pos.application.access.authorize import authorize, authorized_read
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.application.settings.one_folder import is_one_folder
from pos.application.settings.setting_kinds import LOGO, RegimeId, logo_png
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField, Refused
from pos.domain.quota.rule import Regime
from pos.domain.staff.staff import Person

SETTINGS = "settings"
"""The right to see and to set them."""

_FOR_EVER = timedelta(days=36_500)


@dataclass(eq=False)
class SettingFixed(Refused):
    """What is in the books already was written under this option: another value would change what it means."""

    fact = "setting_fixed"

    setting: str


@dataclass(frozen=True, slots=True)
class SetSetting:
    """The steps of whoever has the right `settings`. Every step of every till reads the options anew: a change is in
    force at once, and what a window has drawn by them follows at the next sign-in at the latest.
    """

    store: Store
    now: Clock
    regimes: Callable[[], Mapping[str, Regime]]
    till: str
    backups: Path | None = None
    """The folder of the backups that the till makes by itself, where it has one."""

    def show(self, person: Person) -> Settings:
        """The options in force. Raises NotAllowed."""
        with authorized_read(self.store, person, SETTINGS) as work:
            return Settings.read(work.settings.all())

    def tills(self, person: Person) -> Sequence[str]:
        """The tills that this store knows: all that have written anything, and this one. Raises NotAllowed."""
        with authorized_read(self.store, person, SETTINGS) as work:
            return sorted({*work.journal.tills(), self.till})

    def __call__(self, person: Person, name: str, text: str) -> Settings:
        """Set one option from text; the options now. What it is already changes nothing.

        Raises UnknownSetting, BadField, SettingFixed, NotAllowed.
        """
        person.check(SETTINGS)
        with self.store.begin() as work:
            person = authorize(work, person, SETTINGS)
            before = Settings.read(work.settings.all())
            after = before.with_text(name, text)
            if after == before:
                return before
            self._check(work, after, name)
            work.settings.set(name, after.text(name))
            details = {
                "name": name,
                "before": as_journaled(name, before.text(name)),
                "after": as_journaled(name, after.text(name)),
            }
            work.journal.write(self.now(), self.till, person.name, "set_setting", details)
            work.commit()
        return after

    def _check(self, work: UnitOfWork, after: Settings, name: str) -> None:
        """What an option cannot be in this shop, whatever its kind takes."""
        text = after.text(name)
        if isinstance(Settings.kind(name), RegimeId):
            known = self.regimes().get(text)
            if known is None or known.destination != name[-2:].upper():
                raise BadField(name, "not_a_setting", text)
        if name == "backup_folder" and text and self.backups and is_one_folder(Path(text), self.backups):
            raise BadField(name, "is_first_backup_folder", text)
        if name == "price_currency" and work.products.count():
            raise SettingFixed(name)
        if name == "base_currency" and work.rates.at(self.now() + _FOR_EVER):
            raise SettingFixed(name)


def as_journaled(name: str, text: str) -> str:
    """A value as the journal has it: of a picture its mark, which nobody mistakes for another's. Raises ValueError."""
    is_picture = name == LOGO and text
    return f"sha256:{sha256(logo_png(text)).hexdigest()[:16]}" if is_picture else text
