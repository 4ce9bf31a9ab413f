"""Stands for a thing that is made when somebody first asks it for something: nobody waits for what he does not use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from threading import RLock
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class _Late(Generic[T]):
    """Passes every call and every question on to what `make` makes, once, on whichever thread asks first."""

    def __init__(self, make: Callable[[], T], known: Mapping[str, object]) -> None:
        self._make: Callable[[], T] | None = make
        self._lock = RLock()
        self._made: T | None = None
        self._failure: BaseException | None = None
        self.__dict__.update(known)

    def _it(self) -> Any:
        if self._make is not None:
            with self._lock:
                if self._failure is not None:  # nobody tries again what could not be made
                    raise self._failure
                if self._make is not None:
                    try:
                        self._made = self._make()
                    except BaseException as error:
                        self._failure = error
                        raise
                    self._make = None
        return self._made

    def __call__(self, *facts: Any, **named: Any) -> Any:
        return self._it()(*facts, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._it(), name)


def late(make: Callable[[], T], **known: object) -> T:
    """What `make` makes, as far as it is called or asked for its attributes; its modules may be imported there.

    The attributes that are `known` beforehand are told without making it, and tell the same afterwards.
    """
    return cast(T, _Late(make, known))


def made(thing: T) -> T:
    """The thing itself, made now where it was not yet. Raises what making it raises."""
    return cast(T, thing._it()) if isinstance(thing, _Late) else thing


def is_made(thing: object) -> bool:
    """Whether there is a thing behind what stands for it."""
    return not isinstance(thing, _Late) or thing._make is None


def all_made(held: Any) -> None:
    """Make what the fields of a dataclass hold and is not made yet, so that nobody waits for it later."""
    for one in fields(held):
        made(getattr(held, one.name))
