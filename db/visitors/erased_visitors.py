"""The visitors of a sale once they are forgotten: what is left of them, and the seal that vouches for the rest.

A sale's hash covers who its visitors were, so it cannot be recomputed without them. What is left is therefore sealed by
the same key when they go, with the sale's own hash in the seal: whoever changes the sale later is found out as before.
"""

from __future__ import annotations

import json

from db.engine.canonical import dumps

_WHO = ("key", "masked", "name")
"""What tells who somebody was; the rest says which side, which kind of paper, which country."""

SEAL = "erased"
"""Under which name the seal stands with each of them."""


def without_who(visitors: str) -> str:
    """The visitors of a sale (`sale.visitors`) without who they were."""
    return dumps([{**one, **dict.fromkeys(_WHO, "")} for one in json.loads(visitors)])


def with_seal(visitors: str, seal: str) -> str:
    """What is left of them, with the seal; an empty one for a sale that was not what the till wrote even then."""
    return dumps([{**one, SEAL: seal} for one in json.loads(visitors)])


def seal_of(visitors: str) -> str | None:
    """The seal of visitors that are forgotten; None where they are not."""
    if f'"{SEAL}":' not in visitors:
        return None
    try:
        return str(next(one[SEAL] for one in json.loads(visitors) if SEAL in one))
    except (ValueError, TypeError, StopIteration):
        return ""  # no longer what a till wrote


def without_seal(visitors: str) -> str:
    """What the seal covers of them."""
    return dumps([{name: value for name, value in one.items() if name != SEAL} for one in json.loads(visitors)])


def nameless(visitors: str) -> str:
    """What stays of them for ever, before they are forgotten and after; what no till wrote as it stands."""
    try:
        return without_who(without_seal(visitors))
    except (ValueError, TypeError, AttributeError):
        return visitors
