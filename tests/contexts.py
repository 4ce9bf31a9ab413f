"""The context of a use case that a test builds by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pos.application.ports.store import Clock
from pos.application.settings.context import Context
from pos.application.settings.settings import Settings
from pos.application.text.translator import Translator
from pos.domain.quota.rule import Regime
from tests.builders import MONDAY


def a_context(
    store: Any = None,
    *,
    now: Clock = lambda: MONDAY,
    settings: Callable[[], Settings] = Settings,
    till: str = "T1",
    regimes: Callable[[], Mapping[str, Regime]] = dict,
    secrets: Any = None,
    translators: Mapping[str, Translator] | None = None,
) -> Context:
    """A till at `store` on a Monday, with no rules, secrets and words unless the test gives them."""
    return Context(
        store=store,
        now=now,
        settings=settings,
        till=till,
        regimes=regimes,
        secrets=secrets,
        translators=translators or {},
    )
