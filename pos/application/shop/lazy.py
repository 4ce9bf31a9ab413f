"""Lazy proxy: builds the object on first use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from threading import RLock
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class _Proxy(Generic[T]):
    """Forwards every call and attribute to the object that `make` builds once, on the first thread that needs it."""

    def __init__(self, make: Callable[[], T], known: Mapping[str, object]) -> None:
        self._make: Callable[[], T] | None = make
        self._lock = RLock()
        self._made: T | None = None
        self._failure: BaseException | None = None
        self.__dict__.update(known)

    def _built(self) -> Any:
        if self._make is not None:
            with self._lock:
                if self._failure is not None:  # a failed build is not repeated
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
        return self._built()(*facts, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._built(), name)


def late(make: Callable[[], T], **known: object) -> T:
    """Return a proxy that calls `make` on first access; `make` may import the modules of the object.

    `known` attributes are answered without building it, with the same values as afterwards.
    """
    return cast(T, _Proxy(make, known))


def made(item: T) -> T:
    """The object itself, built now if necessary. Raises what building it raises."""
    return cast(T, item._built()) if isinstance(item, _Proxy) else item


def is_made(item: object) -> bool:
    """Whether the object behind the proxy is built."""
    return not isinstance(item, _Proxy) or item._make is None


def all_made(held: Any) -> None:
    """Build all unbuilt objects in the fields of a dataclass, so that later uses do not wait."""
    for one in fields(held):
        made(getattr(held, one.name))
