"""The settings of the shop: shown, and changed one at a time with a journal entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.settings.one_folder import is_of_the_shop
from pos.application.settings.setting_kinds import LOGO, ParcelRegimeId, RegimeId, logo_png
from pos.application.settings.settings import RIGHTS_SETTINGS, Settings
from pos.domain.errors import BadField, MovedMeanwhile, Refused
from pos.domain.reports.accounts import pair_of_other_money
from pos.domain.staff.staff import Person

SETTINGS = "settings"
"""The permission to see and change settings."""

STAFF = "staff"
"""The permission to manage staff, and to change what each role may do."""

_FOR_EVER = timedelta(days=36_500)


@dataclass(eq=False)
class SettingFixed(Refused):
    """The books were written under this setting: another value would change their meaning."""

    fact = "setting_fixed"

    setting: str


@dataclass(frozen=True, slots=True)
class SettingChange:
    """The settings before a step and after it."""

    before: Settings
    after: Settings

    @property
    def is_none(self) -> bool:
        """Whether the value was the same already."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class SetSetting(UseCase):
    """Shows and changes settings. Needs the permission `settings`, and `staff` for the rights of the roles: else a
    person could give rights to their own role. Every use case of every till reads the settings each time: a change is
    in force at once, and open windows follow at the next sign-in at the latest.
    """

    backups: Path | None = None
    """The folder of the automatic backups, where there is one."""
    live: Path | None = None
    """The file of a file-based store."""

    def show(self, person: Person) -> Settings:
        """The settings in force. Raises NotAllowed."""
        with authorized_read(self.store, person, SETTINGS) as work:
            return Settings.read(work.settings.all())

    def tills(self, person: Person) -> Sequence[str]:
        """The tills known to this store: all that have written anything, and this one. Raises NotAllowed."""
        with authorized_read(self.store, person, SETTINGS) as work:
            return sorted({*work.journal.tills(), self.till})

    def __call__(self, person: Person, name: str, text: str) -> Settings:
        """Set one setting from text; returns the settings. Raises as `change`."""
        return self.change(person, name, text).after

    def change(self, person: Person, name: str, text: str, seen: str | None = None) -> SettingChange:
        """Set one setting from text. An equal value writes nothing. `seen` is the value that the person saw.

        Raises UnknownSetting, BadField, SettingFixed, MovedMeanwhile, NotAllowed.
        """
        person.check(SETTINGS)
        with authorized_write(self.store, person, SETTINGS) as (work, person):
            if name in RIGHTS_SETTINGS:
                person.check(STAFF)
            before = Settings.read(work.settings.all())
            after = before.with_text(name, text)
            if after == before:
                return SettingChange(before, before)
            if seen is not None and before.text(name) != seen:
                raise MovedMeanwhile
            self._check(work, after, name)
            write_setting(work, SettingChange(before, after), name, person, self.now(), self.till)
            work.commit()
        return SettingChange(before, after)

    def _check(self, work: UnitOfWork, after: Settings, name: str) -> None:
        """Refuse values that are valid for the kind but not in this shop."""
        text = after.text(name)
        kind = Settings.kind(name)
        for_parcels = isinstance(kind, ParcelRegimeId)
        if isinstance(kind, RegimeId) or (for_parcels and text):
            known = self.regimes().get(text)
            if known is None or known.destination != name[-2:].upper() or known.parcels != for_parcels:
                raise BadField(name, "not_a_setting", text)
        if name == "backup_folder" and text and self.backups and is_of_the_shop(Path(text), self.backups, self.live):
            raise BadField(name, "is_first_backup_folder", text)
        if name == "accounts" and (pair := pair_of_other_money(after.accounts)):
            raise BadField(name, "not_a_setting", pair)
        if name in ("weight_codes", "price_codes") and _clash(after.weight_codes, after.price_codes):
            raise BadField(name, "weight_or_price", text)
        if name == "price_currency" and work.products.count():
            raise SettingFixed(name)
        if name == "base_currency" and work.rates.at(self.now() + _FOR_EVER):
            raise SettingFixed(name)


def write_setting(work: UnitOfWork, change: SettingChange, name: str, person: Person, at: datetime, till: str) -> None:
    """Write one setting, and its journal entry."""
    before, after = change.before.text(name), change.after.text(name)
    work.settings.set(name, after)
    details = {"name": name, "before": as_journaled(name, before), "after": as_journaled(name, after)}
    work.journal.write(at, till, person.name, "set_setting", details)


def _clash(weights: Sequence[str], prices: Sequence[str]) -> bool:
    """Whether one code could be read by its weight and by its price."""

    def begins(layout: str) -> str:
        return layout.rstrip("IVC")

    return any(
        len(weight) == len(price)
        and (begins(weight).startswith(begins(price)) or begins(price).startswith(begins(weight)))
        for weight in weights
        for price in prices
    )


def as_journaled(name: str, text: str) -> str:
    """A value as in the journal; a picture as its hash. Raises ValueError."""
    is_picture = name == LOGO and text
    return f"sha256:{sha256(logo_png(text)).hexdigest()[:16]}" if is_picture else text
