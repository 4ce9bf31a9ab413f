"""A request that comes again gets the answer that it got: a lost answer is asked for with the same key."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from pos.application.center.ports import CenterWork
from pos.application.center.requests import Booked, Reserved

MakeBooked = Callable[[], Booked]
MakeReserved = Callable[[], Reserved]


def booked_once(work: CenterWork, key: str, digest: bytes, now: datetime, book: MakeBooked) -> Booked:
    """Book what came under `key`, or answer as before. Raises KeyReused for another content."""
    before = work.answered.claim(key, digest, now)
    if before is not None:
        kept = json.loads(before)
        return Booked(kept["versions"], tuple(kept["flags"]))
    booked = book()
    work.answered.answer(key, json.dumps({"versions": dict(booked.versions), "flags": list(booked.flags)}))
    return booked


def reserved_once(work: CenterWork, key: str, digest: bytes, now: datetime, reserve: MakeReserved) -> Reserved:
    """The same of a reservation."""
    before = work.answered.claim(key, digest, now)
    if before is not None:
        kept = json.loads(before)
        return Reserved(key, datetime.fromisoformat(kept["ends_at"]), kept["versions"])
    reserved = reserve()
    kept = {"versions": dict(reserved.versions), "ends_at": reserved.ends_at.isoformat()}
    work.answered.answer(key, json.dumps(kept))
    return reserved
