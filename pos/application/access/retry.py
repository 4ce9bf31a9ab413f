"""Do a step anew where the database undid it, or was lost before it could say whether it recorded it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from pos.application.ports.store import Store
from pos.domain.errors import Collided, OutcomeUnknown, StoreError, StoreUnavailable


class HasStore(Protocol):
    """A step that works on a store."""

    @property
    def store(self) -> Store:
        """Where its units of work begin."""
        ...


S = TypeVar("S", bound=HasStore)
P = ParamSpec("P")
T = TypeVar("T")


def retry_idempotent(step: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """A step of one unit of work that claims the key of its order first: it may be asked again whatever happened.

    With the same key it gives back what it recorded, or records it now. The claim waits for a lost transaction that
    the server still has open, so the answer is final. Raises OutcomeUnknown where the database stays away after it
    was told to record, StoreUnavailable where it was not.
    """

    @wraps(step)
    def tried(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return try_again(self.store, lambda: step(self, *args, **kwargs), has_key=True)

    return tried


def retry_on_rollback(step: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """A step of one unit of work without a key: it is done again only where nothing of it was recorded for certain."""

    @wraps(step)
    def tried(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return try_again(self.store, lambda: step(self, *args, **kwargs), has_key=False)

    return tried


def try_again(store: Store, step: Callable[[], T], *, has_key: bool) -> T:
    """Do a step as often as the store's Patience lets it; see `retry_idempotent` and `retry_on_rollback`."""
    patience = store.patience()
    unknown: OutcomeUnknown | None = None
    while True:
        try:
            return step()
        except StoreError as error:
            if has_key and isinstance(error, OutcomeUnknown):
                unknown = error
            is_lost = unknown is not None or isinstance(error, StoreUnavailable)
            may_again = is_lost or isinstance(error, Collided)
            if may_again and patience.lasts(is_lost=is_lost):
                continue
            if unknown is not None and unknown is not error:
                raise unknown from error  # whatever came after it: nobody may say that nothing was recorded
            raise
