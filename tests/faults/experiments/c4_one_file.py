"""C4: eight programs sell on one SQLite file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from db.engine import engine
from db.store import unit_of_work
from tests.faults.apart import apart
from tests.faults.customers import a_small_shop, serve, share_what_is_compiled, tickets
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.forked import Say, all_at_once
from tests.shops import DemoShop

_PROGRAMS = 8


def _run(trial: Trial) -> Figures:
    return apart(_selling, a_small_shop(trial.folder / "shop"), trial.size(20, 150), trial.mutant)


def _selling(folder: Path, sales: int, mutant: str) -> Figures:
    share_what_is_compiled()
    beside = DemoShop(Path(shutil.copytree(folder, folder.with_name("beside"))))
    for ticket, _ in zip(tickets(0), range(3)):
        serve(beside, ticket)  # every statement is compiled before the programs are forked
    beside.close()
    shop = DemoShop(folder)
    for number in range(2, _PROGRAMS + 1):
        shop.other_till(f"T{number}").close()
    shop.close()
    begin = mutant or engine.BEGIN_WRITING
    with patch.object(engine, "BEGIN_WRITING", begin), patch.object(unit_of_work, "BEGIN_WRITING", begin):
        heard = all_at_once([_program(folder, f"T{number}", sales) for number in range(1, _PROGRAMS + 1)])
    violations = [f"a program ended: {values[0]}" for said in heard for what, *values in said if what == "broke"]
    receipts = [values[0] for said in heard for what, *values in said if what == "sold"]
    shop = DemoShop(folder)
    violations += shop.verify()
    there = {f"{till}-{number:06}" for till, number in shop.rows("SELECT till, number FROM sale")}
    shop.close()
    violations += [f"{receipt} was acknowledged and is lost" for receipt in receipts if receipt not in there]
    return Figures({"programs": _PROGRAMS, "sales": len(receipts)}, tuple(violations))


def _program(folder: Path, till: str, sales: int) -> Callable[[Say], None]:
    def sell(say: Say) -> None:
        shop = DemoShop(folder, till)
        manager = shop.person("manager")
        for ticket, _ in zip(tickets(int(till[1:]), till), range(sales)):
            receipt = serve(shop, ticket)
            if receipt is not None:
                say(["sold", receipt])
            shop.open_drawer(manager, "change for the till")  # it looks who asks before it writes
        shop.close()

    return sell


EXPERIMENT = Experiment(
    "C4",
    "Eight programs on one file wait for each other, and none reports a locked store.",
    _run,
    ("BEGIN DEFERRED",),
)
