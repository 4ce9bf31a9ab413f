"""What this machine and this shop know of the options: zones, regimes, devices, tills, how long visitors are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import available_timezones

from pos.application.maintenance.erase_visitors import Keeping
from pos.application.maintenance.keep_backups import LastBackup
from pos.application.settings.device_ports import KnownDevices
from pos.application.settings.setting_kinds import (
    CashStep,
    Names,
    OneOf,
    ParcelRegimeId,
    Permissions,
    ProductFields,
    RegimeId,
    TimeZone,
)
from pos.application.settings.setting_words import choice_text, group_of
from pos.application.settings.settings import Settings
from pos.application.text.formatting import date_text, instant_text, money_text, number_text
from pos.application.text.names import PRODUCT_TITLES, RIGHTS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.border import border_in_force
from pos.domain.money import Money
from pos.domain.staff.rights import GRANTED_PERMISSIONS
from pos.domain.staff.staff import Person
from pos.ui.session.session import Session
from pos.ui.settings.editors import Choices
from pos.ui.settings.first_start.zones import clock_zones, zone_choices, zone_text


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the store and the disk know."""

    zones: Sequence[str]
    tills: Sequence[str]
    keeping: Keeping | None
    backup: LastBackup


class KnownHere:
    """Asked off the window's thread each time the page is entered; `learnt` is called when more is known."""

    def __init__(self, session: Session, learnt: Callable[[], None]) -> None:
        self._session, self._learnt = session, learnt
        self._zones: Sequence[str] = ()
        self._keeping: Keeping | None = None
        self.devices: KnownDevices | None = None
        self.tills: Sequence[str] = ()
        self._backup: LastBackup | None = None

    def ask(self) -> None:
        """Ask for all of it."""
        office = self._session.shop.office

        def read(person: Person) -> _Asked:
            zones = self._zones or zone_choices(available_timezones(), clock_zones(border_in_force()))
            tills, keeping = office.set_setting.tills(person), office.forget_visitors.keeping(person)[0]
            return _Asked(zones, tills, keeping, office.keep_backups.last(person))

        self._session.run_as(read, self._take)
        self._session.think(office.devices.known, self._take_devices, lambda _error: None)

    def choices(self, name: str, tr: Translator) -> Choices:
        """What an option can be, where it is one of a few."""
        kind, language = Settings.kind(name), tr.language
        if isinstance(kind, OneOf):
            return [(value, choice_text(value, tr)) for value in kind.values]
        if isinstance(kind, Names):
            return [(value, value.upper()) for value in kind.values]
        if isinstance(kind, Permissions):
            return [(one, name_of(RIGHTS, one, tr)) for one in GRANTED_PERMISSIONS]
        if isinstance(kind, ProductFields):
            return [(one, name_of(PRODUCT_TITLES, one, tr)) for one in kind.values]
        if isinstance(kind, RegimeId):
            known = self._session.shop.regimes().values()
            side = name[-2:].upper()
            return [
                (one.id, f"{one.title_in(language)} · {one.id}")
                for one in known
                if one.destination == side and not one.parcels
            ]
        if isinstance(kind, ParcelRegimeId):
            known = self._session.shop.regimes().values()
            parcels = [one for one in known if one.destination == kind.destination and one.parcels]
            return [("", tr("No parcels")), *((one.id, f"{one.title_in(language)} · {one.id}") for one in parcels)]
        if isinstance(kind, TimeZone):
            return [(one, zone_text(one, border_in_force(), tr)) for one in self._zones]
        if isinstance(kind, CashStep):
            steps = (Money(value, kind.currency) for value in reversed(kind.currency.denominations))
            return [(str(one), money_text(one, language)) for one in steps if one.minor <= kind.largest.minor]
        return ()

    def effect_text(self, name: str, text: str, tr: Translator) -> str:
        """What follows from an option in this shop; empty for nothing."""
        if group_of(name) == "backup":
            return self._backup_text(tr)
        keeping = self._keeping
        if name != "visitor_margin_days" or keeping is None or not (text.isascii() and text.isdigit()):
            return ""
        window = number_text(keeping.window_days, tr.language)
        days = number_text(keeping.window_days + int(text), tr.language)
        sentence = tr(
            "Longest period of the rules in force, days: {window}. Visitor data is kept for, days: {days}, never "
            "less than the period.",
            window=window,
            days=days,
        )
        until = keeping.in_backups_until
        if until is None:
            return sentence
        held = tr(
            "Existing backups keep erased visitor data until {day}.",
            day=date_text(until, tr.language),
        )
        return paragraph(tr, (sentence, held))

    def take_backup(self, made: LastBackup) -> None:
        """Show this backup from now on."""
        self._backup = made
        self._learnt()

    def _backup_text(self, tr: Translator) -> str:
        made, session = self._backup, self._session
        if made is None:  # not asked yet, or it cannot be read
            return session.backup_trouble
        if made.at is None:
            sentence = tr("No backups yet.")
        else:
            sentence = tr(
                "Last good backup: {at}, {size} MB, {file}",
                at=instant_text(made.at, session.settings.zone, tr.language),
                size=number_text(Decimal(made.bytes) / 1_000_000, tr.language, 1),
                file=made.file,
            )
        parts = [sentence, tr("In the second folder: {file}", file=made.second) if made.second else ""]
        return "\n\n".join(part for part in (session.backup_trouble, *parts) if part)

    def _take(self, asked: _Asked) -> None:
        self._zones, self.tills, self._keeping = asked.zones, asked.tills, asked.keeping
        self._backup = asked.backup
        self._learnt()

    def _take_devices(self, known: KnownDevices) -> None:
        self.devices = known
        self._learnt()
