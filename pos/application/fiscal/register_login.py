"""The login of the fiscal register at this till: kept in a file of the till's own, and never shown again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.ports.partner_ports import ProviderCredentials
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField, Refused
from pos.domain.fiscal.registers import RegisterKind
from pos.domain.staff.staff import Person

SET_LOGIN = "set_fiscal_login"
"""Journal act: the fields are named, never what stands in them."""
_LONGEST = 400


@dataclass(eq=False)
class NoFiscalRegister(Refused):
    """The settings name no fiscal register, or this is a demo or a training, which reaches none."""

    fact = "no_fiscal_register"


@dataclass(frozen=True, slots=True)
class RegisterLogin(UseCase):
    """`credentials` is the till's file; None in a demo and in a training."""

    credentials: ProviderCredentials | None

    def lacking(self, person: Person) -> tuple[str, ...]:
        """The fields without which the register cannot be called. Raises NoFiscalRegister, NotAllowed."""
        with authorized_read(self.store, person, "settings"):
            kind, credentials = self._known()
            return kind.lacking(credentials.provider(kind.name))

    def __call__(self, fields: Mapping[str, object], person: Person) -> tuple[str, ...]:
        """Keep these fields beside those that are kept; which are still lacking.

        Raises BadField, NoFiscalRegister, NotAllowed, and KeyFileError where the file cannot be written.
        """
        with authorized_write(self.store, person, "settings") as (work, person):
            kind, credentials = self._known()
            _check(kind, fields)
            details = {"register": kind.name, "fields": sorted(fields)}
            work.journal.write(self.now(), self.till, person.name, SET_LOGIN, details)
            kept = {**credentials.provider(kind.name), **{name: str(value).strip() for name, value in fields.items()}}
            credentials.keep_provider(kind.name, kept)
            work.commit()
        return kind.lacking(kept)

    def _known(self) -> tuple[RegisterKind, ProviderCredentials]:
        kind = self.settings().register_kind
        if kind is None or self.credentials is None:
            raise NoFiscalRegister
        return kind, self.credentials


def _check(kind: RegisterKind, fields: Mapping[str, object]) -> None:
    known = {field.name for field in kind.fields}
    for name, value in fields.items():
        if name not in known:
            raise BadField(name[:40], "unknown")
        if not isinstance(value, str) or not value.isprintable() or len(value) > _LONGEST:
            raise BadField(name, "not_a_text")
