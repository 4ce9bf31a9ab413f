"""The fiscal registers that the program speaks to: whose money each counts, and what it needs to sign in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.outside_partners.providers import CredentialField

NO_REGISTER = "none"
LONGEST_CASHBOX = 40


@dataclass(frozen=True, slots=True)
class RegisterKind:
    """A register: the currency of its receipts by its ISO code, its fields, and after how many hours its shift ends."""

    name: str
    currency: str
    fields: tuple[CredentialField, ...]
    shift_hours: int = 24

    def lacking(self, credentials: Mapping[str, str]) -> tuple[str, ...]:
        """The names of the fields without which it cannot be called, in the order of declaration."""
        return tuple(field.name for field in self.fields if field.needed and not credentials.get(field.name))


REGISTER_KINDS: Mapping[str, RegisterKind] = {
    kind.name: kind
    for kind in (
        RegisterKind(
            "webkassa",
            "KZT",
            (
                CredentialField("api_key", secret=True),
                CredentialField("login", secret=True),
                CredentialField("password", secret=True),
            ),
        ),
    )
}
"""By the name that settings give each."""
