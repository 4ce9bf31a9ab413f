"""The payment providers that the program speaks to: whose money each takes, and what it needs to sign in.

The one place where the fields of a provider are named: settings pages, `credentials.json` and the adapters follow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class FieldKind(Enum):
    """How a person gives the value of a field: typed, or as a text file of the provider's."""

    TEXT = "text"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One value that a provider needs. `secret`: never shown again once it is kept.

    `made_by_pairing`: not typed; the program keeps it when a person pairs the device. `names_account`: it says with
    whom money is; another value is another account, which knows nothing of what this one has been asked.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    secret: bool = False
    needed: bool = True
    made_by_pairing: bool = False
    names_account: bool = False


@dataclass(frozen=True, slots=True)
class ProviderKind:
    """A provider: the currency that it takes by its ISO code, and its fields.

    `one_of` are groups of fields of which one has to be whole. `whole_units`: it takes no part of a unit.
    """

    name: str
    currency: str
    fields: tuple[CredentialField, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    whole_units: bool = False

    def is_other_account(self, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
        """Whether `after` names another account, or none, than `before`; without one before there is no other."""
        named = [one.name for one in self.fields if one.names_account and before.get(one.name)]
        return any(before[name] != after.get(name, "") for name in named)

    def lacking(self, credentials: Mapping[str, str]) -> tuple[str, ...]:
        """The names of the fields without which it cannot be called, in the order of declaration."""
        lacks = [field.name for field in self.fields if field.needed and not credentials.get(field.name)]
        if self.one_of and not any(all(credentials.get(name) for name in group) for group in self.one_of):
            lacks += self.one_of[0]
        return tuple(lacks)


TYPED_TERMINAL = "terminal"
"""The card terminal without an open protocol: a person says what it says, and it has no credentials."""
PRACTICE = "practice"
"""The provider of a training, a demo and a simulation. No setting names it."""

_FILE = FieldKind.FILE

PROVIDER_KINDS: Mapping[str, ProviderKind] = {
    kind.name: kind
    for kind in (
        ProviderKind(
            "wechat",
            "CNY",
            (
                CredentialField("app_id", names_account=True),
                CredentialField("merchant_id", names_account=True),
                CredentialField("merchant_serial"),
                CredentialField("merchant_key", _FILE, secret=True),
                CredentialField("public_key_id", needed=False),
                CredentialField("public_key", _FILE, needed=False),
                CredentialField("platform_certificates", _FILE, needed=False),
                CredentialField("store_id", needed=False),
            ),
            one_of=(("public_key_id", "public_key"), ("platform_certificates",)),
        ),
        ProviderKind(
            "alipay",
            "CNY",
            (
                CredentialField("app_id", names_account=True),
                CredentialField("app_key", _FILE, secret=True),
                CredentialField("alipay_public_key", _FILE),
                CredentialField("store_id", needed=False),
            ),
        ),
        ProviderKind(
            "kaspi",
            "KZT",
            (
                CredentialField("address"),
                CredentialField("till_name"),
                CredentialField("certificate", made_by_pairing=True, names_account=True),
                CredentialField("access_token", secret=True, made_by_pairing=True),
                CredentialField("refresh_token", secret=True, made_by_pairing=True),
            ),
            whole_units=True,
        ),
    )
}
"""By the name that tenders, reports and settings give each."""

QR_PROVIDERS = tuple(PROVIDER_KINDS)
CARD_PROVIDERS = ("kaspi", TYPED_TERMINAL)
"""What the settings may name for each method, in the order in which a till offers them."""


def with_statements(names: Iterable[str]) -> tuple[str, ...]:
    """Those of these providers that give a file of a day, each once: a terminal without a protocol does not."""
    return tuple(name for name in dict.fromkeys(names) if name in PROVIDER_KINDS)


def takes_no_part(name: str) -> bool:
    """Whether a provider takes whole units of its currency only; no provider, or one of no kind, takes any amount."""
    kind = PROVIDER_KINDS.get(name)
    return kind is not None and kind.whole_units
