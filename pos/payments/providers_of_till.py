"""The payment providers of one till, each made of its credentials when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import Lock

from pos.application.ports.partner_ports import PaymentProvider, ProviderCredentials
from pos.domain.errors import InfrastructureError
from pos.domain.outside_partners.providers import PROVIDER_KINDS, TYPED_TERMINAL
from pos.payments.practice_provider import PracticeProvider
from pos.payments.typed_terminal import TypedTerminal


@dataclass
class ProvidersOfTill:
    """Implements `PaymentProviders` for a real shop. `addresses` are those of the providers on the web, by name."""

    credentials: ProviderCredentials
    addresses: Mapping[str, str]
    clock: Callable[[], datetime]
    is_practice: bool = field(default=False, init=False)
    _made: dict[str, tuple[Mapping[str, str], PaymentProvider]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def named(self, name: str) -> PaymentProvider | None:
        if name == TYPED_TERMINAL:
            return TypedTerminal()
        kind = PROVIDER_KINDS.get(name)
        if kind is None:
            return None
        try:
            fields = self.credentials.provider(name)
        except InfrastructureError:  # a file that cannot be read sets nothing up
            fields = {}
        with self._lock:
            made = self._made.get(name)
            if made is not None and made[0] == fields:
                return made[1]
            if kind.lacking(fields):
                return None
            provider = self._provider(name, fields)
            self._made[name] = fields, provider
            return provider

    def _provider(self, name: str, fields: Mapping[str, str]) -> PaymentProvider:
        if name == "kaspi":
            from pos.payments.kaspi import KaspiTerminal

            return KaspiTerminal(fields, partial(self._keep, name))
        if name == "alipay":
            from pos.payments.alipay import Alipay

            return Alipay(fields, self.addresses[name], self.clock)
        from pos.payments.wechat import WeChatPay

        return WeChatPay(fields, self.addresses[name], self.clock)

    def _keep(self, name: str, fields: Mapping[str, str]) -> None:
        """New tokens of a terminal: the provider that has them goes on. What cannot be written is paired again."""
        with self._lock:
            if name in self._made:
                self._made[name] = dict(fields), self._made[name][1]
        try:
            self.credentials.keep_provider(name, fields)
        except InfrastructureError:
            return


@dataclass
class PracticeProviders:
    """Implements `PaymentProviders` where no real partner is reached: there is the PracticeProvider alone."""

    practice: PracticeProvider = field(default_factory=PracticeProvider)
    is_practice: bool = field(default=True, init=False)

    def named(self, name: str) -> PaymentProvider | None:
        return self.practice if name == self.practice.name else None
