"""The context of the use cases: what each of them works with at a till, given to them as one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.application.access.numbers_given import NO_PRINTOUTS, NumbersGiven

if TYPE_CHECKING:
    from datetime import date

    from pos.application.ports.store import Clock, Secrets, Store
    from pos.application.settings.settings import Settings
    from pos.application.text.translator import Translator
    from pos.domain.quota.rule import Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A till at its store: `now` is the time of day, `settings` and `regimes` read the options and rules in force.

    Only what surrounds a use case stands here. A device or a partner (a printer, a scanner, another use case) is a
    field of the use case that needs it.
    """

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    till: str
    regimes: Callable[[], Mapping[str, Regime]]
    secrets: Secrets
    translators: Mapping[str, Translator]
    """The words of each language, by its code."""
    given: NumbersGiven = NO_PRINTOUTS
    """The numbers on the printouts of the shop's folder."""


@dataclass(frozen=True, slots=True)
class UseCase:
    """Base of the use cases. A use case that needs more than the context is a frozen dataclass with further fields."""

    context: Context

    @property
    def store(self) -> Store:
        return self.context.store

    @property
    def now(self) -> Clock:
        return self.context.now

    @property
    def settings(self) -> Callable[[], Settings]:
        return self.context.settings

    @property
    def today(self) -> date:
        """The day in the shop's time zone."""
        return self.now().astimezone(self.settings().zone).date()

    @property
    def till(self) -> str:
        return self.context.till

    @property
    def regimes(self) -> Callable[[], Mapping[str, Regime]]:
        return self.context.regimes

    @property
    def secrets(self) -> Secrets:
        return self.context.secrets

    @property
    def given(self) -> NumbersGiven:
        return self.context.given

    @property
    def translators(self) -> Mapping[str, Translator]:
        return self.context.translators
