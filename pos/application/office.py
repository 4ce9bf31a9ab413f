"""What is done at the desk, in one hand: the options of the shop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pos.application.ports import Clock, Store
from pos.application.set_setting import SetSetting
from pos.domain.quota.rule import Regime


@dataclass(frozen=True, slots=True)
class Office:
    """The steps of a desk, over one store."""

    set_setting: SetSetting

    @classmethod
    def over(
        cls,
        store: Store,
        now: Clock,
        regimes: Callable[[], Mapping[str, Regime]],
        till: str,
    ) -> Office:
        """The steps of a till."""
        return cls(SetSetting(store, now, regimes, till))
