"""Tills as processes of their own, forked from one that has compiled every statement already."""

from __future__ import annotations

import json
import os
import selectors
import time
import traceback
from collections.abc import Callable, Sequence
from typing import Any

Say = Callable[[Any], None]
"""Sends the parent a value that JSON can hold."""


def all_at_once(
    tills: Sequence[Callable[[Say], None]], meanwhile: Callable[[], None] | None = None, every: float = 0.25
) -> list[list[Any]]:
    """Run each till in a process of its own; what each said. `meanwhile` is done here, every so many seconds.

    Call it in a process with one thread (`apart`), with no connection open. A till that breaks says `["broke", why]`.
    """
    pipes = [_forked(till) for till in tills]
    heard: dict[int, bytearray] = {pipe: bytearray() for pipe in pipes}
    with selectors.DefaultSelector() as waiting:
        for pipe in pipes:
            waiting.register(pipe, selectors.EVENT_READ)
        due = time.monotonic() + every
        while waiting.get_map():
            for ready, _ in waiting.select(max(0.0, due - time.monotonic())):
                chunk = os.read(ready.fd, 65_536)
                if chunk:
                    heard[ready.fd] += chunk
                else:
                    waiting.unregister(ready.fd)
                    os.close(ready.fd)
            if time.monotonic() >= due:
                if meanwhile is not None:
                    meanwhile()
                due = time.monotonic() + every
    for _ in tills:
        os.wait()
    return [[json.loads(line) for line in bytes(heard[pipe]).splitlines()] for pipe in pipes]


def _forked(till: Callable[[Say], None]) -> int:
    reading, writing = os.pipe()
    if os.fork():
        os.close(writing)
        return reading
    try:
        os.close(reading)

        def say(something: Any) -> None:
            os.write(writing, json.dumps(something).encode() + b"\n")

        try:
            till(say)
        except BaseException as error:  # noqa: BLE001 # whatever it is, the parent must hear of it
            say(["broke", "".join(traceback.format_exception_only(error)).strip()[:300]])
    finally:
        os._exit(0)
