"""The times of a partner, and when it is asked next about an act whose answer is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

_MOST_DOUBLED = 8
_LONGEST_PAUSE = 300.0
"""A line that is dead for an hour is tried every five minutes."""


@dataclass(frozen=True, slots=True)
class PartnerRhythm:
    """The times of a partner, in seconds, as its documents give them.

    All but `call` count from the start of the act: the first question, then one every `ask_every`; when the customer
    can no longer pay; before when no undo may be asked. `call` is how long one call may take.
    """

    first_ask: float
    ask_every: float
    time_over: float
    undo_after: float = 0.0
    call: float = 10.0

    def pause(self, lost: int) -> timedelta:
        """How long to wait for the next question after so many answers in a row were lost."""
        longest = max(_LONGEST_PAUSE, self.ask_every)
        return timedelta(seconds=min(self.ask_every * 2 ** min(max(lost - 1, 0), _MOST_DOUBLED), longest))
