"""Retry a step that the database rolled back, or whose outcome was lost with the connection."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from pos.application.ports.store import Store
from pos.domain.errors import Collided, OutcomeUnknown, StoreError, StoreUnavailable


class HasStore(Protocol):
    """A step that works on a store."""

    @property
    def store(self) -> Store: ...


S = TypeVar("S", bound=HasStore)
P = ParamSpec("P")
T = TypeVar("T")


def retry_idempotent(step: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Retry a step of one unit of work that first claims the key of its order: it can be repeated after any failure.

    With the same key it returns what it recorded, or records it now. The claim waits for a lost transaction that is
    still open in the server, so the answer is final. Raises OutcomeUnknown if the database stays away after a COMMIT
    was sent, StoreUnavailable if none was.
    """

    @wraps(step)
    def tried(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return try_again(self.store, lambda: step(self, *args, **kwargs), has_key=True)

    return tried


def retry_on_rollback(step: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Retry a step of one unit of work without a key: only if it is certain that nothing was recorded."""

    @wraps(step)
    def tried(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return try_again(self.store, lambda: step(self, *args, **kwargs), has_key=False)

    return tried


def try_again(store: Store, step: Callable[[], T], *, has_key: bool) -> T:
    """Run a step as often as the store's RetryPolicy permits; see `retry_idempotent` and `retry_on_rollback`."""
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
                raise unknown from error  # regardless of later errors, the step may have been recorded
            raise
