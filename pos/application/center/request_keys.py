"""Keys of requests are each till's own: no till can use up or close a key of another."""

from __future__ import annotations

from pos.application.center.requests import Caller


def key_of_till(caller: Caller, key: str) -> str:
    """The key as the center keeps it."""
    return f"{caller.till}/{key}"
