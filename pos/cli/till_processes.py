"""Tills as processes of their own: started, listened to, killed now and then, and started again where they were."""

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
"""So many customers of all tills pass from one kill to the next."""
_CUT_AFTER = (5, 25)
_LATEST_BLOW = 0.03
"""Seconds: long enough for a whole payment, so that it may be hit at any point."""


@dataclass
class TillTally:
    """What the tills have told."""

    sold: dict[tuple[str, int], str] = field(default_factory=dict)
    """The receipt of each customer who was told that he has paid, by till and number."""
    not_sold: set[tuple[str, int]] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    """Keys sent twice that were answered by two receipts."""

    def take(self, till: str, told: Mapping[str, Any]) -> None:
        """Count one line of a till."""
        customer = (till, int(told.get("customer", -1)))
        if "sold" in told:
            self.sold[customer] = told["sold"]
            self.others["settled"] += bool(told.get("settled"))
            if "ms" in told:
                self.milliseconds.append(told["ms"])
        elif "refused" in told:
            self.not_sold.add(customer)
            self.refused[told["refused"]] += 1
        elif "left" in told or "parked" in told:
            self.not_sold.add(customer)
            self.others["left" if "left" in told else "parked"] += 1
        elif "again" in told and told["again"] != told["as"]:
            self.differing.append(f"{told['as']}: its key was sold again as {told['again']}")
        for name in ("again", "returned", "kept", "trouble"):
            self.others[name] += name in told


class TillDied(Exception):
    """A till ended by itself, with what it said last."""


class _Process:
    def __init__(self, till: str, command: Callable[[int], Sequence[str]], news: queue.Queue[Any]) -> None:
        self.till, self._command, self._news = till, command, news
        self.next_customer, self.is_done, self.last_words = 0, False, ""
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
                if line.endswith("\n"):  # the rest of a line that a kill cut off says nothing
                    self._news.put((self, json.loads(line)))
            words = child.stderr.read() if child.stderr else ""
        self._news.put((self, {"ended": child.returncode, "words": words}))

    def go(self) -> None:
        """Let it begin; one that has died meanwhile is heard of later."""
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
    """What befalls the tills, always while one of them pays."""

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
    """All tills of a simulation. `command` gives the words that start one, from a customer on.

    `cut` pulls a cable, where that is wanted; `told` is called with how many customers were served.
    """

    names: Sequence[str]
    command: Callable[[str, int], Sequence[str]]
    dice: Random
    kill: bool = False
    cut: Callable[[], bool] | None = None
    told: Callable[[int], None] = lambda _served: None
    tally: TillTally = field(default_factory=TillTally)
    seconds: float = 0.0

    def run(self) -> TillTally:
        """Serve every customer; raises TillDied where a till ends and nobody killed it."""
        news: queue.Queue[tuple[_Process, dict[str, Any]]] = queue.Queue()
        processes = [_Process(name, self._of(name), news) for name in self.names]
        try:
            for process in processes:
                process.start()
            self._begin(processes, news)
            self._listen(processes, news)
        finally:
            for process in processes:
                process.stop()
        return self.tally

    def _of(self, name: str) -> Callable[[int], Sequence[str]]:
        return lambda first: self.command(name, first)

    def _begin(self, processes: Sequence[_Process], news: queue.Queue[tuple[_Process, dict[str, Any]]]) -> None:
        """Wait for all of them, so that they begin together."""
        waiting = len(processes)
        while waiting:
            process, told = news.get()
            if "ended" in told:
                raise TillDied(f"{process.till}: {told['words'].strip()[-400:]}")
            waiting -= "ready" in told
        for process in processes:
            process.go()

    def _listen(self, processes: Sequence[_Process], news: queue.Queue[tuple[_Process, dict[str, Any]]]) -> None:
        began, served = monotonic(), 0
        faults = _Faults(self.dice, self.tally.others, self.cut, kill=self.kill)
        while not all(process.is_done for process in processes):
            process, told = news.get()
            if "ready" in told:
                process.go()
            elif "done" in told:
                process.is_done = True
            elif "ended" in told:
                self._ended(process, told, faults)
            elif "trying" in told:
                served += 1
                process.next_customer = told["customer"]
                self.told(served)
            elif "paying" in told:
                faults.at_payment(process, served)
            else:
                self._take(process, told)
        self.seconds = monotonic() - began

    def _take(self, process: _Process, told: Mapping[str, Any]) -> None:
        self.tally.take(process.till, told)
        if not {"sold", "refused", "left", "parked"}.isdisjoint(told):
            process.next_customer = told["customer"] + 1

    def _ended(self, process: _Process, told: Mapping[str, Any], faults: _Faults) -> None:
        if process in faults.killed:
            faults.killed.discard(process)
            process.is_done = False
            process.start()
        elif not process.is_done or told["ended"]:
            raise TillDied(f"{process.till}: {told['words'].strip()[-400:]}")
