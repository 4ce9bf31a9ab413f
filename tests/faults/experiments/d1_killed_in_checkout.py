"""D1: the till is killed at any instant of a checkout."""

from __future__ import annotations

import os
import select
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from db.sales.register import SqlRegister
from db.sales.sales import SqlSales
from tests.faults.apart import apart
from tests.faults.customers import a_return, a_small_shop, serve, share_what_is_compiled, tickets
from tests.faults.experiment import Experiment, Figures, Trial
from tests.shops import DemoShop

_LONGEST = 0.025
"""Seconds after the first sale of a process, within which it is killed."""


def _run(trial: Trial) -> Figures:
    return apart(_killing, a_small_shop(trial.folder / "shop"), trial.size(100, 1_000), trial.mutant)


def _killing(folder: Path, kills: int, mutant: str) -> Figures:
    """Fork a till, kill it, fork the next one, which first sends again what no one has answered."""
    _compile_all(folder)
    chance = Random(len(mutant))
    acknowledged: dict[str, str] = {}
    tried = 0
    open_ticket: dict[str, Any] | None = None
    violations: list[str] = []
    look_every = 5 if mutant else 25
    for kill in range(1, kills + 1):
        lines = _one_till(folder, kill, open_ticket, mutant, chance)
        open_ticket = None
        for word, ticket, receipt in lines:
            if word == "try":
                tried += 1
                open_ticket = ticket
            else:
                open_ticket = None
                if receipt:
                    acknowledged[ticket["key"]] = receipt
        if not any(word == "ack" for word, _, _ in lines):
            violations.append(f"kill {kill}: the next start did not go on selling")
        if violations or kill % look_every == 0 or kill == kills:
            violations += _look(folder, acknowledged)
        if violations:
            break
    return Figures({"kills": kill, "sales begun": tried, "sales acknowledged": len(acknowledged)}, tuple(violations))


def _compile_all(folder: Path) -> None:
    """So that the processes to come need not compile every statement again, which would take most of their lives."""
    share_what_is_compiled()
    beside = folder.with_name("beside")
    shop = DemoShop(Path(shutil.copytree(folder, beside)))
    customers = tickets(0)
    sold = [receipt for _ in range(5) if (receipt := serve(shop, next(customers)))]
    serve(shop, a_return("back", sold[0]))
    shop.close()
    _look(beside, {})


Said = tuple[str, dict[str, Any], str]


def _one_till(folder: Path, kill: int, open_ticket: dict[str, Any] | None, mutant: str, chance: Random) -> list[Said]:
    """What a till said before it was killed, 0 to 25 ms after its first sale."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            _sell_on(folder, kill, open_ticket, mutant, writing)
        finally:
            os._exit(1)
    os.close(writing)
    heard = b""
    dies_at: float | None = None
    while True:
        left = 20.0 if dies_at is None else max(0.0, dies_at - time.monotonic())
        if dies_at is not None and not left:
            break
        ready, _, _ = select.select([reading], [], [], left)
        chunk = os.read(reading, 65_536) if ready else b""
        if not chunk:
            break
        heard += chunk
        if dies_at is None and b"ack" in heard:
            dies_at = time.monotonic() + chance.uniform(0, _LONGEST)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while chunk := os.read(reading, 65_536):
        heard += chunk
    os.close(reading)
    whole = heard.decode().splitlines()
    made = _tickets_of(kill, open_ticket)
    by_key: dict[str, dict[str, Any]] = {}
    said: list[Said] = []
    for line in whole:
        word, key, receipt = line.split("\t")
        while key not in by_key:
            ticket = made()
            by_key[ticket["key"]] = ticket
        said.append((word, by_key[key], receipt))
    return said


def _tickets_of(kill: int, open_ticket: dict[str, Any] | None) -> Callable[[], dict[str, Any]]:
    """What customers bring to the till after this kill, the one first whom no one has answered."""
    fresh = tickets(kill, f"k{kill}")
    waiting = [] if open_ticket is None else [open_ticket]
    return lambda: waiting.pop() if waiting else next(fresh)


def _sell_on(folder: Path, kill: int, open_ticket: dict[str, Any] | None, mutant: str, pipe: int) -> None:
    def say(word: str, key: str, receipt: str = "") -> None:
        os.write(pipe, f"{word}\t{key}\t{receipt}\n".encode())

    shop = DemoShop(folder)
    shop.now.move(hours=kill / 100)
    _break(mutant, say)
    next_ticket = _tickets_of(kill, open_ticket)
    while True:
        ticket = next_ticket()
        say("try", ticket["key"])
        receipt = serve(shop, ticket)
        say("ack", ticket["key"], receipt or "")
        if receipt is not None and "receipt" not in ticket and kill % 3 == 0:
            back = a_return(f"back-{ticket['key']}", receipt)
            serve(shop, back)


def _break(mutant: str, say: Callable[..., None]) -> None:
    if mutant == "two transactions":
        whole_number = SqlRegister.take_number

        def halved(register: SqlRegister, till: str, amount: Any) -> Any:
            entry = whole_number(register, till, amount)
            register._connection.commit()
            register._connection.begin()
            return entry

        setattr(SqlRegister, "take_number", halved)  # noqa: B010
    if mutant == "acknowledged before COMMIT":
        recorded = SqlSales.record

        def acknowledge_early(sales: SqlSales, sale: Any, *rest: Any) -> Any:
            say("ack", sale.key, sale.receipt)
            return recorded(sales, sale, *rest)

        setattr(SqlSales, "record", acknowledge_early)  # noqa: B010


def _look(folder: Path, acknowledged: dict[str, str]) -> list[str]:
    """What the books say after a kill, and whether every acknowledged sale is in them."""
    shop = DemoShop(folder)
    try:
        faults = list(shop.verify())
        sales = {key: f"{till}-{number:06}" for key, till, number in shop.rows("SELECT key, till, number FROM sale")}
    finally:
        shop.close()
    lost = [key for key, receipt in acknowledged.items() if sales.get(key) != receipt]
    return faults + [f"sale {key} {acknowledged[key]} was acknowledged and is lost" for key in lost]


EXPERIMENT = Experiment(
    "D1",
    "A till that dies at any instant of a checkout loses no sale that it confirmed and leaves none by halves.",
    _run,
    ("two transactions", "acknowledged before COMMIT"),
)
