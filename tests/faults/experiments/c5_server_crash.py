"""C5: the database server dies under four tills, again and again."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from unittest.mock import patch

from db.engine.engine import COMMITS
from pos.domain.errors import Refused, StoreError
from tests.faults.customers import tickets
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.there import ShopThere, a_shop_there, durable_server
from tests.postgres_server import Server

_TILLS = 4


@dataclass
class _Selling:
    """A till that sells on, whatever the server does; a ticket without an answer is sent again."""

    shop: ShopThere
    over: threading.Event
    sold: dict[str, str] = field(default_factory=dict)
    broke: list[str] = field(default_factory=list)

    def __call__(self) -> None:
        try:
            for ticket in tickets(int(self.shop.till[1:]), self.shop.till):
                while not self._is_served(ticket):
                    if self.over.is_set():
                        return
        except Exception as error:  # noqa: BLE001 # whatever it is, it is reported as a violation
            self.broke.append(f"{self.shop.till}: {error!r}"[:300])

    def _is_served(self, ticket: dict[str, object]) -> bool:
        if self.over.is_set():
            return False
        try:
            self.sold[str(ticket["key"])] = self.shop.ring_sale(ticket).receipt
        except Refused:
            return True
        except StoreError:
            time.sleep(0.05)
            return False
        return True


def _run(trial: Trial) -> Figures:
    server = durable_server()
    shop = a_shop_there(server, trial.folder / "shop", tills=_TILLS)
    shop.close()
    name = shop.address.partition("@/")[2].partition("?")[0]
    server.sql(f'ALTER DATABASE "{name}" SET synchronous_commit = off')  # which no till takes over
    crashes = trial.size(2, 20)
    with patch("db.engine.engine.COMMITS", "off" if trial.mutant else COMMITS):
        tills = _sell_through(server, shop, crashes)
    return _look(shop, tills, crashes)


def _sell_through(server: Server, shop: ShopThere, crashes: int) -> list[_Selling]:
    over = threading.Event()
    tills = [_Selling(ShopThere(shop.folder, f"T{no}", address=shop.address), over) for no in range(1, _TILLS + 1)]
    threads = [threading.Thread(target=till) for till in tills]
    for thread in threads:
        thread.start()
    for crash in range(crashes):
        before = _count(tills)
        while _count(tills) < before + 12 and all(thread.is_alive() for thread in threads):
            time.sleep(0.02 + crash % 5 / 100)
        server.stop(at_once=True)
        server.start()
    over.set()
    for thread in threads:
        thread.join()
    return tills


def _count(tills: list[_Selling]) -> int:
    return sum(len(till.sold) for till in tills)


def _look(shop: ShopThere, tills: list[_Selling], crashes: int) -> Figures:
    for till in tills:
        till.shop.close()
    after = ShopThere(shop.folder, address=shop.address)
    recorded = {key: f"{at}-{number:06}" for key, at, number in after.rows("SELECT key, till, number FROM sale")}
    violations = [line for till in tills for line in till.broke] + list(after.verify())
    after.close()
    for till in tills:
        lost = [receipt for key, receipt in till.sold.items() if recorded.get(key) != receipt]
        violations += [f"{receipt} was acknowledged and is lost" for receipt in lost]
    return Figures({"crashes": crashes, "sales acknowledged": _count(tills)}, tuple(violations))


EXPERIMENT = Experiment(
    "C5",
    "A database server that dies under four tills loses no sale that a till confirmed, and they sell on by themselves.",
    _run,
    ("synchronous_commit=off",),
    needs_server=True,
)
