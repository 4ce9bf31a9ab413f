"""Two steps at two tills, led statement by statement in an order of ours: every interleaving, not some by luck."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from sqlalchemy import Engine, event

from tests.postgres_server import Server

GATES = (("INSERT INTO request_key",), ("UPDATE visitor",), ("UPDATE stock", "UPDATE refundable"), ("COMMIT",))
"""Where a step waits to be led on, each once: before it claims its key, locks its visitors, takes, and commits."""

_LONGEST = 20.0


@dataclass
class Lane:
    """One till with its step, over connections of its own. It stands before each gate until it is led on.

    What came of it is in `outcome`.
    """

    engine: Engine
    server: Server
    gates: Sequence[tuple[str, ...]] = GATES
    step: Callable[[], Any] = lambda: None
    outcome: Any = None
    _passed: set[int] = field(default_factory=set)
    _credit: int = 0
    _stands: bool = False
    _is_over: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _thread: threading.Thread | None = None
    _backend: int = 0

    def __post_init__(self) -> None:
        event.listen(self.engine, "before_cursor_execute", lambda *args: self._before(args[0], args[2]))
        event.listen(self.engine, "commit", lambda connection: self._before(connection, "COMMIT"))

    def begin(self, step: Callable[[], Any]) -> None:
        """Begin a step and let it come to its first gate."""
        self.step, self.outcome, self._is_over = step, None, False
        self._passed, self._credit, self._stands = set(), 0, False
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self._await()

    def lead_on(self) -> None:
        """Let it pass the gate before which it stands, or the next one if it waits for the other till."""
        with self._changed:
            if self._is_over:
                return
            self._credit += 1
            self._stands = False
            self._changed.notify_all()
        self._await()

    def end(self) -> Any:
        """Let it go to its end; what came of it."""
        with self._changed:
            self._credit = len(self.gates) + 1
            self._changed.notify_all()
        assert self._thread is not None
        self._thread.join(_LONGEST)
        assert not self._thread.is_alive(), "the two tills wait for each other for ever"
        return self.outcome

    def _run(self) -> None:
        try:
            self.outcome = self.step()
        except Exception as error:  # noqa: BLE001 # a refusal is an outcome, and so is a mistake
            self.outcome = error
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def _before(self, connection: Any, statement: str) -> None:
        gate = next((no for no, start in enumerate(self.gates) if statement.startswith(start)), None)
        if gate is None or gate in self._passed or threading.current_thread() is not self._thread:
            return
        self._passed.add(gate)
        self._backend = connection.connection.driver_connection.info.backend_pid
        with self._changed:
            while not self._credit:
                self._stands = True
                self._changed.notify_all()
                self._changed.wait(_LONGEST)
            self._credit -= 1
            self._stands = False

    def _await(self) -> None:
        """Until it stands before a gate, is over, or waits for a lock that the other till has."""
        began = time.monotonic()
        while time.monotonic() - began < _LONGEST:
            with self._changed:
                if self._changed.wait_for(lambda: self._is_over or (self._stands and not self._credit), 0.004):
                    return
            if self._backend and self._waits():
                return

    def _waits(self) -> bool:
        asked = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
        return any(waits for (waits,) in self.server.sql(asked, self._backend))


def orders_of(gates: int) -> tuple[tuple[int, ...], ...]:
    """All ways in which so many steps of one till and as many of another can follow each other: 70 of four."""
    steps = range(2 * gates)
    return tuple(tuple(int(index not in first) for index in steps) for first in combinations(steps, gates))


def led(lanes: Sequence[Lane], order: Sequence[int], steps: Sequence[Callable[[], Any]]) -> list[Any]:
    """What came of two steps that were led on in this order of lanes."""
    for lane, step in zip(lanes, steps):
        lane.begin(step)
    for index in order:
        lanes[index].lead_on()
    return [lane.end() for lane in lanes]
