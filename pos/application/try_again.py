"""Do a step anew where the database undid it, or was lost before it could say whether it recorded it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from pos.domain.errors import Collided, OutcomeUnknown, StoreAway, StoreTrouble

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 5
LOST_FOR = 1.5
"""Seconds after which a lost database is not asked once more: whoever waits is to hear of it within six."""
_FIRST_PAUSE = 0.05

pause = time.sleep


def with_its_key(step: Callable[P, T]) -> Callable[P, T]:
    """A step of one unit of work that claims the key of its order first: it may be asked again whatever happened.

    With the same key it gives back what it recorded, or records it now. The claim waits for a lost transaction that
    the server still has open, so the answer is final. Raises OutcomeUnknown where the database stays away after it
    was told to record, StoreAway where it was not.
    """
    return _tried(step, has_key=True)


def where_undone(step: Callable[P, T]) -> Callable[P, T]:
    """A step of one unit of work without a key: it is done again only where nothing of it was recorded for certain."""
    return _tried(step, has_key=False)


def _tried(step: Callable[P, T], *, has_key: bool) -> Callable[P, T]:
    @wraps(step)
    def tried(*args: P.args, **kwargs: P.kwargs) -> T:
        began = time.monotonic()
        unknown: OutcomeUnknown | None = None
        for attempt in range(1, TRIES + 1):
            try:
                return step(*args, **kwargs)
            except StoreTrouble as error:
                if has_key and isinstance(error, OutcomeUnknown):
                    unknown = error
                is_lost = unknown is not None or isinstance(error, StoreAway)
                may_again = is_lost or isinstance(error, Collided)
                is_over = attempt == TRIES or (is_lost and time.monotonic() - began > LOST_FOR)
                if is_over and unknown is not None and unknown is not error:
                    raise unknown from error  # whatever came after it: nobody may say that nothing was recorded
                if is_over or not may_again:
                    raise
            pause(_FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))  # tills that collided must part
        raise AssertionError("the last try returns or raises")

    return tried
