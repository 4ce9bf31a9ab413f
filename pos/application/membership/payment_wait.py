"""How long a payment waits for the center, all its questions together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from pos.application.membership.refusals import CenterAway

T = TypeVar("T")

PAYMENT_SECONDS = 2.0
"""Then `center_away` holds (spec of the center, § 6)."""
_LEAST = 0.05
"""No answer comes in less."""


@dataclass
class PaymentWait:
    """Seconds that are left for the questions of one payment; the till's own work between them takes none of them."""

    running: Callable[[], timedelta]
    left: float = PAYMENT_SECONDS

    def __call__(self, ask: Callable[[float], T]) -> T:
        """What `ask` answers within the seconds that it is given. Raises CenterAway where none are left."""
        if self.left < _LEAST:
            raise CenterAway("timeout")
        begun = self.running()
        try:
            return ask(self.left)
        finally:
            self.left -= (self.running() - begun).total_seconds()
