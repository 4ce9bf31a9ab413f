"""The staff in words: states of people, and names of permissions and limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from pos.application.ports.staff_ports import StaffRecord
from pos.application.text.formatting import instant_text
from pos.application.text.translator import Translator


@dataclass(frozen=True, slots=True)
class StaffState:
    """The state of a person: a word, its icon, its colour token, and until when."""

    text: str
    icon: str
    token: str
    until: str = ""

    @property
    def spoken(self) -> str:
        """Both lines in one."""
        return f"{self.text}, {self.until}" if self.until else self.text


def state_of(
    record: StaffRecord, lapses_at: datetime | None, now: datetime, zone: tzinfo, tr: Translator
) -> StaffState:
    """Disabled, locked, with a one-time PIN (until when it is valid), or active."""
    if not record.person.active:
        return StaffState(tr("Disabled"), "ban", "muted")
    if record.locked_until is not None:
        until = instant_text(record.locked_until, zone, tr.language)
        return StaffState(tr("Locked"), "lock", "over", tr("until {when}", when=until))
    if lapses_at is not None and lapses_at < now:
        return StaffState(tr("One-time PIN"), "hourglass", "over", tr("expired PIN"))
    if lapses_at is not None:
        until = instant_text(lapses_at, zone, tr.language)
        return StaffState(tr("One-time PIN"), "hourglass", "nearly", tr("until {when}", when=until))
    return StaffState(tr("Active"), "circle-check", "within")


def last_seen_text(record: StaffRecord, zone: tzinfo, tr: Translator) -> str:
    """The time of the last sign-in."""
    if record.signed_in_at is None:
        return tr("Never signed in")
    return instant_text(record.signed_in_at, zone, tr.language)


def pin_text(pin: str) -> str:
    """A PIN to be read aloud or copied by hand: in groups of four."""
    return " ".join(pin[start : start + 4] for start in range(0, len(pin), 4))
