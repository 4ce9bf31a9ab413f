"""The fiscal register of one till, made of its settings and its credentials when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from pos.application.ports.fiscal_ports import FiscalRegister
from pos.application.ports.partner_ports import ProviderCredentials
from pos.application.settings.settings import Settings
from pos.domain.errors import InfrastructureError
from pos.fiscal.webkassa import Webkassa


@dataclass
class RegisterOfTill:
    """The register by the settings in force; None where the shop has none. `addresses` are the usual ones, by name.

    One without credentials is a register all the same: it says that it is not set up, and what waits, waits.
    """

    credentials: ProviderCredentials
    addresses: Mapping[str, str]
    settings: Callable[[], Settings]
    _made: tuple[tuple[str, str, Mapping[str, str]], Webkassa] | None = field(default=None, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __call__(self) -> FiscalRegister | None:
        settings = self.settings()
        kind = settings.register_kind
        if kind is None:
            return None
        try:
            fields = self.credentials.provider(kind.name)
        except InfrastructureError:  # a file that cannot be read sets nothing up
            fields = {}
        key = kind.name, settings.fiscal_address or self.addresses[kind.name], fields
        with self._lock:
            if self._made is None or self._made[0] != key:
                self._made = key, Webkassa(fields, key[1])
            return self._made[1]
