"""Which providers a till offers for a payment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pos.application.ports.partner_ports import PaymentProviders
from pos.application.settings.context import UseCase
from pos.domain.money import CURRENCIES, Currency
from pos.domain.outside_partners.answers import Declined, Lost
from pos.domain.outside_partners.providers import PRACTICE


@dataclass(frozen=True, slots=True)
class OfferedProviders(UseCase):
    """The providers that the settings name and that are set up; in a training and a demo the practice stands in for
    whatever they name.
    """

    providers: PaymentProviders

    def __call__(self, method: str, currency: Currency) -> Sequence[str]:
        """Their names for `card` or `qr` in a currency; where there are none, the tender is typed as before."""
        return [name for name in self._chosen(method) if self._takes(name, currency)]

    def everywhere(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """What `__call__` says of each method and code of a currency of the counter; nothing where there are none."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for method in ("card", "qr"):
            for name in self._chosen(method):
                for code, currency in CURRENCIES.items():
                    if self._takes(name, currency):
                        found[method, code] = (*found.get((method, code), ()), name)
        return found

    def check(self, name: str) -> Declined | Lost | None:
        """Try the line and the credentials, and change nothing; None where both are good. Blocks for one call."""
        provider = self.providers.named(name)
        return Declined("not_set_up") if provider is None else provider.check()

    def _chosen(self, method: str) -> Sequence[str]:
        named = self.settings().providers_of(method)
        return (PRACTICE,) if named and self.providers.is_practice else named

    def _takes(self, name: str, currency: Currency) -> bool:
        provider = self.providers.named(name)
        return provider is not None and provider.takes(currency)
