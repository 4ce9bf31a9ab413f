"""The visitors of a sale once they are erased: what is left of them, and the seal that vouches for the rest.

A sale's hash covers its visitors, so it cannot be recomputed without them. What is left is therefore sealed by the same
key when they are erased, with the sale's own hash in the seal: a later change of the sale is detected as before.
"""

from __future__ import annotations

import json

from db.engine.canonical import dumps

_WHO = ("key", "masked", "name")
"""The fields that identify a person; the rest is the side, the kind of document and the country."""

SEAL = "erased"
"""The name of the seal in each of them."""


def without_who(visitors: str) -> str:
    """The visitors of a sale (`sale.visitors`) without who they were."""
    return dumps([{**one, **dict.fromkeys(_WHO, "")} for one in json.loads(visitors)])


def with_seal(visitors: str, seal: str) -> str:
    """The fields left of them, with the seal; an empty one for a sale that already differed from its till's."""
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
    """The part of them that the seal covers."""
    return dumps([{name: value for name, value in one.items() if name != SEAL} for one in json.loads(visitors)])


def nameless(visitors: str) -> str:
    """The part of them that stays for ever, before and after they are erased; foreign data stays unchanged."""
    try:
        return without_who(without_seal(visitors))
    except (ValueError, TypeError, AttributeError):
        return visitors
