"""Sign-in of the shop, opened briefly by a training: PINs are checked, and wrong ones counted, in the shop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from pos.application.access.steady_clock import steady
from pos.application.ports.store import Clock, Secrets, Store
from pos.application.settings.context import Context
from pos.application.settings.settings import Settings
from pos.application.staff.sign_in import SignIn


class OpenStore(Store, Protocol):
    """A store that can be closed."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class AtTheShop:
    """Opens the shop to check one PIN. `now` is the computer's clock: the clock of a training can be set."""

    opened: Callable[[], tuple[OpenStore, Secrets]]
    now: Clock
    till: str

    @contextmanager
    def __call__(self) -> Iterator[SignIn]:
        """The sign-in of the shop. Raises Trouble."""
        store, secrets = self.opened()
        try:
            context = Context(
                store=store, now=steady(self.now, store, self.till), settings=lambda: _settings(store), till=self.till,
                regimes=dict, secrets=secrets, translators={},
            )  # fmt: skip
            yield SignIn(context)
        finally:
            store.close()


def _settings(store: Store) -> Settings:
    with store.reading() as work:
        return Settings.read(work.settings.all())
