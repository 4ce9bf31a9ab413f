"""Tills as separate processes: started, monitored, killed at times, and restarted where they were."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from time import monotonic, sleep
from typing import Any

_KILL_AFTER = (20, 60)
"""Customers of all tills between two kills."""
_CUT_AFTER = (5, 25)
_LATEST_BLOW = 0.03
"""Seconds: long enough for a whole payment, so that a kill may hit any point of it."""


@dataclass
class TillTally:
    """Totals of the events that the tills have reported."""

    sold: dict[tuple[str, int], str] = field(default_factory=dict)
    """The receipt of each customer whose payment was confirmed, by till and number."""
    not_sold: set[tuple[str, int]] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    """Keys sent twice and answered by two different receipts."""

    def take(self, till: str, event: Mapping[str, Any]) -> None:
        """Count one event of a till."""
        customer = (till, int(event.get("customer", -1)))
        if "sold" in event:
            self.sold[customer] = event["sold"]
            self.others["settled"] += bool(event.get("settled"))
            if "ms" in event:
                self.milliseconds.append(event["ms"])
        elif "refused" in event:
            self.not_sold.add(customer)
            self.refused[event["refused"]] += 1
        elif "left" in event or "parked" in event:
            self.not_sold.add(customer)
            self.others["left" if "left" in event else "parked"] += 1
        elif "again" in event and event["again"] != event["as"]:
            self.differing.append(f"{event['as']}: its key was sold again as {event['again']}")
        for name in ("again", "returned", "kept", "trouble"):
            self.others[name] += name in event


class TillDied(Exception):
    """A till ended unexpectedly, with its last output."""


class _Process:
    def __init__(self, till: str, command: Callable[[int], Sequence[str]], events: queue.Queue[Any]) -> None:
        self.till, self._command, self._events = till, command, events
        self.next_customer, self.is_done = 0, False
        self._child: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None

    def start(self) -> None:
        self._child = child = subprocess.Popen(
            list(self._command(self.next_customer)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._listener = threading.Thread(target=self._listen, args=(child,), daemon=True)
        self._listener.start()

    def _listen(self, child: subprocess.Popen[str]) -> None:
        with child:
            for line in child.stdout or ():
                if line.endswith("\n"):  # the rest of a line that a kill cut off is ignored
                    self._events.put((self, json.loads(line)))
            words = child.stderr.read() if child.stderr else ""
        self._events.put((self, {"ended": child.returncode, "words": words}))

    def go(self) -> None:
        """Let the process begin; the death of a process is reported later."""
        with suppress(OSError, ValueError):
            if self._child is not None and self._child.stdin is not None:
                self._child.stdin.write("\n")
                self._child.stdin.flush()

    def kill(self) -> None:
        if self._child is not None:
            self._child.kill()

    def stop(self) -> None:
        self.kill()
        if self._listener is not None:
            self._listener.join()


class _Faults:
    """The faults of the tills, always while one of them takes a payment."""

    def __init__(self, dice: Random, counts: Counter[str], cut: Callable[[], bool] | None, *, kill: bool) -> None:
        self._dice, self._counts, self._cut, self._kills = dice, counts, cut, kill
        self._next_kill, self._next_cut = dice.randint(*_KILL_AFTER), dice.randint(*_CUT_AFTER)
        self.killed: set[_Process] = set()

    def at_payment(self, process: _Process, served: int) -> None:
        if self._kills and served >= self._next_kill and process not in self.killed:
            self._next_kill = served + self._dice.randint(*_KILL_AFTER)
            self._blow(process.kill)
            self.killed.add(process)
            self._counts["kills"] += 1
        if self._cut is not None and served >= self._next_cut:
            self._next_cut = served + self._dice.randint(*_CUT_AFTER)
            self._blow(self._cut)
            self._counts["cuts"] += 1

    def _blow(self, blow: Callable[[], object]) -> None:
        sleep(self._dice.uniform(0, _LATEST_BLOW))
        blow()


@dataclass
class Tills:
    """All tills of a simulation. `command` returns the command line of a till that starts at a given customer.

    `cut` disconnects a till from the server, if given; `progress` is called with the number of served customers.
    """

    names: Sequence[str]
    command: Callable[[str, int], Sequence[str]]
    dice: Random
    kill: bool = False
    cut: Callable[[], bool] | None = None
    progress: Callable[[int], None] = lambda _served: None
    tally: TillTally = field(default_factory=TillTally)
    seconds: float = 0.0

    def run(self) -> TillTally:
        """Serve every customer; raises TillDied if a till ends without being killed."""
        events: queue.Queue[tuple[_Process, dict[str, Any]]] = queue.Queue()
        processes = [_Process(name, self._of(name), events) for name in self.names]
        try:
            for process in processes:
                process.start()
            self._begin(processes, events)
            self._listen(processes, events)
        finally:
            for process in processes:
                process.stop()
        return self.tally

    def _of(self, name: str) -> Callable[[int], Sequence[str]]:
        return lambda first: self.command(name, first)

    def _begin(self, processes: Sequence[_Process], events: queue.Queue[tuple[_Process, dict[str, Any]]]) -> None:
        """Wait for all tills, so that they start together."""
        waiting = len(processes)
        while waiting:
            process, event = events.get()
            if "ended" in event:
                raise TillDied(f"{process.till}: {event['words'].strip()[-400:]}")
            waiting -= "ready" in event
        for process in processes:
            process.go()

    def _listen(self, processes: Sequence[_Process], events: queue.Queue[tuple[_Process, dict[str, Any]]]) -> None:
        began, served = monotonic(), 0
        faults = _Faults(self.dice, self.tally.others, self.cut, kill=self.kill)
        while not all(process.is_done for process in processes):
            process, event = events.get()
            if "ready" in event:
                process.go()
            elif "done" in event:
                process.is_done = True
            elif "ended" in event:
                self._ended(process, event, faults)
            elif "trying" in event:
                served += 1
                process.next_customer = event["customer"]
                self.progress(served)
            elif "paying" in event:
                faults.at_payment(process, served)
            else:
                self._take(process, event)
        self.seconds = monotonic() - began

    def _take(self, process: _Process, event: Mapping[str, Any]) -> None:
        self.tally.take(process.till, event)
        if not {"sold", "refused", "left", "parked"}.isdisjoint(event):
            process.next_customer = event["customer"] + 1

    def _ended(self, process: _Process, event: Mapping[str, Any], faults: _Faults) -> None:
        if process in faults.killed:
            faults.killed.discard(process)
            process.is_done = False
            process.start()
        elif not process.is_done or event["ended"]:
            raise TillDied(f"{process.till}: {event['words'].strip()[-400:]}")
