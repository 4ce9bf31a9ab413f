"""Enter what the payment providers of this till need to sign in, try their lines, and pair a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.outside_partners.refusals import AccountInUse
from pos.application.ports.partner_ports import PaymentProviders, ProviderCredentials, TerminalPairing
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.outside_partners.answers import Declined, Lost
from pos.domain.outside_partners.providers import PROVIDER_KINDS, ProviderKind
from pos.domain.staff.staff import Person

SET_UP, FORGET = "set_up_provider", "forget_provider"
LONGEST_FIELD = 64 * 1024
"""Characters: a chain of certificates has some thousands."""


@dataclass(frozen=True, slots=True)
class ProviderShown:
    """What may be shown of a provider: the values that are no secret, and the names of all that are kept.

    `lacking` are the fields without which it cannot be asked.
    """

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    lacking: tuple[str, ...] = ()

    @property
    def is_set_up(self) -> bool:
        """Whether it can be asked."""
        return not self.lacking


@dataclass(frozen=True, slots=True)
class SetUpProvider(UseCase):
    """No secret field is ever repeated: not in an answer, not in the journal. Needs the permission `settings`.

    In a demo and a training there is no file of credentials, and nothing is offered.
    """

    providers: PaymentProviders
    credentials: ProviderCredentials | None
    pairing: TerminalPairing

    @property
    def is_offered(self) -> bool:
        """Whether this till can have a provider."""
        return self.credentials is not None

    def show(self, person: Person) -> Sequence[ProviderShown]:
        """All providers that the program speaks to. Raises KeyFileError."""
        self._check(person)
        return [] if self.credentials is None else [self._shown(kind) for kind in PROVIDER_KINDS.values()]

    def change(self, name: str, fields: Mapping[str, str], person: Person) -> ProviderShown:
        """Keep these values; an empty one of a secret field leaves it, any other empty one is taken out.

        Raises BadField for a field that the provider does not have, AccountInUse and KeyFileError.
        """
        self._check(person)
        kind, kept = PROVIDER_KINDS[name], self._kept(name)
        named = {one.name: one for one in kind.fields}
        changed = dict(kept)
        for one, text in fields.items():
            if one not in named:
                raise BadField(one, "unknown")
            if len(text) > LONGEST_FIELD:
                raise BadField(one, "too_long")
            if text.strip():
                changed[one] = text.strip()
            elif not named[one].secret:
                changed.pop(one, None)
        self._keep(kind, changed, person)
        return self._shown(kind)

    def forget(self, name: str, person: Person) -> ProviderShown:
        """Delete what is kept of a provider: it is asked no more from here. Raises AccountInUse, KeyFileError."""
        self._check(person)
        kind = PROVIDER_KINDS[name]
        self._keep(kind, {}, person)
        return self._shown(kind)

    def check(self, name: str, person: Person) -> Declined | Lost | None:
        """Try the line and the credentials, and change nothing; None where both are good. Blocks for one call."""
        self._check(person)
        provider = self.providers.named(name)
        return Declined("not_set_up") if provider is None else provider.check()

    def certificate(self, address: str, person: Person) -> str | Lost:
        """The SHA-256 of the certificate that a terminal shows, in hex: a person compares it. Blocks."""
        self._check(person)
        return self.pairing.certificate_shown(address)

    def pair(
        self, name: str, address: str, certificate: str, till_name: str, person: Person
    ) -> ProviderShown | Declined | Lost:
        """Pair with the terminal whose certificate a person has compared. Blocks until it is allowed on its screen.

        Raises AccountInUse before the terminal is asked, where what is kept belongs to one and is still needed; and
        KeyFileError.
        """
        with authorized_read(self.store, person, "settings") as work:
            kind, kept = PROVIDER_KINDS[name], self._kept(name)
            self._check_unused(work, kind, kept, {**kept, "certificate": certificate})
        paired = self.pairing.pair(address, certificate, till_name)
        if isinstance(paired, Declined | Lost):
            return paired
        self._keep(kind, paired, person)
        return self._shown(kind)

    def _check(self, person: Person) -> None:
        with authorized_read(self.store, person, "settings"):
            return

    def _kept(self, name: str) -> Mapping[str, str]:
        return {} if self.credentials is None else self.credentials.provider(name)

    def _keep(self, kind: ProviderKind, fields: Mapping[str, str], person: Person) -> None:
        assert self.credentials is not None, "a demo and a training show no provider"
        with authorized_write(self.store, person, "settings") as (work, person):
            self._check_unused(work, kind, self._kept(kind.name), fields)
            act = SET_UP if fields else FORGET
            work.journal.write(self.now(), self.till, person.name, act, {"provider": kind.name})
            self.credentials.keep_provider(kind.name, fields)
            work.commit()

    def _check_unused(
        self, work: UnitOfWork, kind: ProviderKind, kept: Mapping[str, str], fields: Mapping[str, str]
    ) -> None:
        """The account in which payments are open is needed until they are settled. Raises AccountInUse."""
        if kind.is_other_account(kept, fields):
            unsettled = [one for one in work.attempts.unclosed(self.till) if one.partner == kind.name]
            if unsettled:
                raise AccountInUse(kind.name, len(unsettled))

    def _shown(self, kind: ProviderKind) -> ProviderShown:
        kept = self._kept(kind.name)
        values = {one.name: kept[one.name] for one in kind.fields if not one.secret and kept.get(one.name)}
        return ProviderShown(
            kind.name, values, frozenset(name for name, text in kept.items() if text), kind.lacking(kept)
        )
