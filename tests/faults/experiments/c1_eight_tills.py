"""C1: eight tills and a console sell on one PostgreSQL to the same visitors, from the same shelf."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import psycopg
from sqlalchemy import bindparam, func, insert, select, update

from db.engine.compiled_statement import CompiledStatement
from db.sales.register import SqlRegister
from db.tables.sales import sale
from db.tables.shop import register
from db.tables.visitors import visitor
from db.visitors import visitors
from pos.application.ports.sale_ports import RegisterEntry
from pos.application.sales import stock_reservations as held_goods
from pos.domain.errors import Refused, StoreUnavailable
from tests.faults.apart import apart
from tests.faults.customers import PRICES, serve
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.forked import Say, all_at_once
from tests.faults.there import ShopThere, a_shop_there, plain
from tests.postgres_server import shared_server
from tests.shops import CARTON

_TILLS = 8
_MAX = "max(number) + 1"
"""Broken so, four programs at one till sell goods of their own each: they meet at the number alone."""
_UNSORTED = "unsorted locks"
"""Broken so, all of them sell the same two goods."""
_UNLOCKED = "check, then insert"
"""Broken so, all of them sell cartons to the same visitors."""
_ALLOWED = 2
"""Cartons a day."""
_CARTON = 260


def _run(trial: Trial) -> Figures:
    server = shared_server()
    shop = a_shop_there(server, trial.folder / "shop", tills=_TILLS)
    shop.close()
    before = server.sql("SELECT sum(deadlocks) FROM pg_stat_database")[0][0]
    figures = apart(_selling, shop.folder, shop.address, trial.size(12 if trial.mutant else 20, 10_000), trial.mutant)
    deadlocks = int(server.sql("SELECT sum(deadlocks) FROM pg_stat_database")[0][0] - before)
    more = [f"{deadlocks} deadlocks"] if deadlocks else []
    return Figures(figures.tried, (*figures.violations, *more))


def _selling(folder: Path, address: str, sales: int, mutant: str) -> Figures:
    shop = ShopThere(folder, address=address)
    for ticket, _ in zip(_tickets("warm", 0, [*PRICES, CARTON]), range(3)):
        serve(shop, ticket)  # every statement is compiled before the tills are forked
    first = _stock(address)
    shop.close()
    looks: list[list[str]] = []
    names = [*(f"T{number}" for number in range(1, _TILLS + 1)), "T1"]  # at T1 a console sells too
    if mutant == _MAX:
        names = ["T1"] * len(PRICES)
    with _broken(mutant):
        heard = all_at_once(
            [_till(folder, address, name, number, sales, mutant) for number, name in enumerate(names)],
            lambda: looks.append(_look(address, first)),
        )
    violations = [line for look in looks for line in look]
    acknowledged: dict[str, str] = {}
    refused = away = 0
    for name, said in zip(names, heard):
        for what, *values in said:
            if what == "sold":
                acknowledged[values[0]] = values[1]
            elif what == "refused":
                refused += 1
            elif what == "away":
                away += 1
            else:
                violations.append(f"{name}: {values[0]}")
    violations += _look(address, first)
    shop = ShopThere(folder, address=address)
    violations += shop.verify()
    there = {key: f"{till}-{number:06}" for key, till, number in shop.rows("SELECT key, till, number FROM sale")}
    shop.close()
    violations += [f"{receipt} was acknowledged and is lost" for key, receipt in acknowledged.items()
                   if there.get(key) != receipt]  # fmt: skip
    tried = {"tills": len(names), "sales": len(acknowledged), "refusals": refused, "looks meanwhile": len(looks)}
    return Figures(tried | ({"answers too late": away} if away else {}), tuple(dict.fromkeys(violations)))


def _till(folder: Path, address: str, name: str, number: int, sales: int, mutant: str) -> Callable[[Say], None]:
    def sell(say: Say) -> None:
        till = ShopThere(folder, name, address=address)
        goods = [*PRICES, CARTON]
        if mutant == _MAX:
            goods = goods[number : number + 1]
        elif mutant == _UNSORTED:
            goods = goods[:2]
        elif mutant == _UNLOCKED:
            goods = goods[-1:]
        for ticket, _ in zip(_tickets(f"{name}-{number}", number, goods), range(sales)):
            till.now.move(seconds=1)
            while True:
                try:
                    say(["sold", ticket["key"], till.ring_sale(ticket).receipt])
                except Refused:
                    say(["refused"])
                except StoreUnavailable:
                    say(["away"])  # a machine so busy that the server answers too late: the cashier asks once more
                    continue
                break
        till.close()

    return sell


def _tickets(name: str, seed: int, goods: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Baskets of two sorts of goods for visitors whom the other tills serve at the same time."""
    chance = Random(seed)
    number = 0
    while True:
        number += 1
        lines = [{"code": code, "quantity": chance.randint(1, 2)} for code in chance.sample(goods, min(2, len(goods)))]
        total = sum((PRICES.get(str(line["code"])) or _CARTON) * int(str(line["quantity"])) for line in lines)
        # With cartons alone, all of them serve one visitor at the same time.
        who = number // 3 if goods == [CARTON] else number // 2 * 3 + chance.randint(0, 3)
        document = {"kind": "passport", "country": "CHN", "birth_date": "1985-05-05", "number": f"E{who:08}"}
        yield {
            "key": f"{name}-{number}",
            "cashier": "amina",
            "destination": "CN",
            "visitors": [{"id": "A", "document": document, "residence": "CN"}],
            "lines": lines,
            "payments": [{"method": "cash", "currency": "CNY", "amount": str((int(total) // 100 + 1) * 100)}],
        }


# ── what must hold at every instant ──────────────────────────────────────────────────────────────────────────────

_CARTONS = """
SELECT max(n) FROM (
    SELECT sum(q.quantity) AS n FROM quota_entry q JOIN sale_line l USING (sale_id, line_no)
    JOIN sold_goods g ON g.id = l.goods_id WHERE g.code = %s GROUP BY q.visitor_id) each"""
_GAPS = """
SELECT till, count(*), max(number), next_no - 1, sum(total_minor), grand_total_minor
FROM sale JOIN register USING (till) GROUP BY till, next_no, grand_total_minor
HAVING count(*) <> max(number) OR max(number) <> next_no - 1 OR sum(total_minor) <> grand_total_minor"""
_ON_SHELF = "SELECT p.code, s.on_hand FROM product p JOIN stock s ON s.product_id = p.id"
_SOLD = "SELECT code, sum(quantity) FROM sale_line JOIN sold_goods g ON g.id = goods_id GROUP BY code"


def _stock(address: str) -> dict[str, int]:
    """What there was of each of the goods, sold or not."""
    with psycopg.connect(plain(address)) as connection:
        return _held(connection)


def _held(connection: psycopg.Connection[Any]) -> dict[str, int]:
    shelf: dict[str, int] = dict(connection.execute(_ON_SHELF).fetchall())
    for code, pieces in connection.execute(_SOLD).fetchall():
        shelf[code] += pieces
    return shelf


def _look(address: str, first: dict[str, int]) -> list[str]:
    """What does not hold at this instant: allowances, goods, numbers and money."""
    with psycopg.connect(plain(address)) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        most = connection.execute(_CARTONS, (CARTON,)).fetchone()
        gaps = connection.execute(_GAPS).fetchall()
        held = _held(connection)
    violations = [f"a visitor has {most[0]} cartons"] if most and (most[0] or 0) > _ALLOWED else []
    violations += [
        f"{till}: {count} sales, last number {last}, next {after + 1}" for till, count, last, after, *_ in gaps
    ]
    return violations + [f"{code}: {held[code]} pieces of {first[code]}" for code in first if held[code] != first[code]]


# ── breakages on purpose ─────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _broken(mutant: str) -> Iterator[None]:
    if mutant == _UNLOCKED:
        looking = select(visitor.c.id).where(visitor.c.id == bindparam("locked"))
        with patch.object(visitors, "_LOCK", CompiledStatement(looking)):
            yield
    elif mutant == _UNSORTED:
        chance = Random()
        with patch.object(held_goods, "sorted", lambda some: chance.sample(list(some), len(some)), create=True):
            yield
    elif mutant == _MAX:
        with patch.object(SqlRegister, "take_number", _highest_and_one):
            yield
    else:
        yield


def _highest_and_one(registers: SqlRegister, till: str, amount: Any) -> RegisterEntry:
    last = select(func.coalesce(func.max(sale.c.number), 0)).where(sale.c.till == till)
    number = int(registers._connection.execute(last).scalar_one())
    mac = select(sale.c.mac).where(sale.c.till == till, sale.c.number == number)
    before = registers._connection.execute(mac).scalar_one_or_none() or ""
    time.sleep(0.1)  # so that another may come in between
    total = register.c.grand_total_minor + amount.minor
    taken = update(register).where(register.c.till == till).values(next_no=number + 2, grand_total_minor=total)
    if not registers._connection.execute(taken).rowcount:
        first = {"till": till, "next_no": number + 2, "grand_total_minor": amount.minor, "chain": ""}
        registers._connection.execute(insert(register), first)
    return RegisterEntry(number + 1, before)


EXPERIMENT = Experiment(
    "C1",
    "Eight tills and a console on one server never give one allowance or one piece twice, and leave no gap.",
    _run,
    (_UNLOCKED, _UNSORTED, _MAX),
    needs_server=True,
)
