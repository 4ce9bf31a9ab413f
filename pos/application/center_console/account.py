"""A person who may open the console, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pos.application.center_console.refusals import AuditorReads, PasswordToChange


class ConsoleRole(StrEnum):
    """An auditor reads everything and changes nothing but their own password and language."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Account:
    """A person by the name that the journal has. `has_own_password`: they have chosen it themselves."""

    id: int
    name: str
    role: ConsoleRole
    language: str
    is_enabled: bool
    has_own_password: bool
    added_at: datetime
    last_sign_in: datetime | None

    @property
    def may_change(self) -> bool:
        """Whether they decide, and not only read."""
        return self.role is ConsoleRole.ADMINISTRATOR and self.has_own_password


def check_may_change(account: Account) -> None:
    """Raises AuditorReads, and PasswordToChange where another person knows their password."""
    if account.role is not ConsoleRole.ADMINISTRATOR:
        raise AuditorReads(account.name)
    if not account.has_own_password:
        raise PasswordToChange
