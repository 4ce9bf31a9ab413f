"""A clever colleague who can write to the database: they make all they change agree as far as they can."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import URL, Connection, create_engine, delete, select, text, update

from db.engine.canonical import content, dumps
from db.engine.types import as_stored
from db.sales.sales import SqlSales
from db.sales.sealed_texts import goods_digest, text_digest
from db.tables import metadata
from db.tables.sales import sale
from db.tables.shop import journal, journal_head, register, seal, z_report

Chain = Callable[[str, bytes], str]
SALE_ROWS = (
    "sale_line", "sale_judgement", "line_promotion", "refundable", "sale_payment", "sale_change", "quota_entry",
    "declared_line", "stock_move", "cash_move", "outbox",
)  # fmt: skip
"""Tables with rows of a sale."""


@dataclass(frozen=True, slots=True)
class Forger:
    """Statements over one connection that no trigger and no foreign key of ours holds up any more."""

    connection: Connection

    def run(self, statement: str, **values: object) -> Any:
        """Any statement."""
        return self.connection.execute(text(statement), values)

    def one(self, question: str, **values: object) -> Any:
        """The answer to a question that has one."""
        return self.run(question, **values).scalar_one()

    @property
    def is_there(self) -> bool:
        """Whether the store is on a server."""
        return self.connection.dialect.name == "postgresql"

    def disarmed(self) -> list[str]:
        """Take every trigger away, as the person who owns the tables can; what brings them back."""
        if not self.is_there:
            triggers = self.run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                self.run(f"DROP TRIGGER {name}")
            return [sql.replace(":", "\\:") for _, sql in triggers]
        self.run("SET LOCAL session_replication_role = replica")  # no foreign keys either
        guards = self.run(
            "SELECT relname, tgname, tgenabled FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
            " WHERE NOT tgisinternal"
        ).fetchall()
        for table, name, _ in guards:
            self.run(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        always = {"A": "ALWAYS ", "O": ""}
        return [f"ALTER TABLE {table} ENABLE {always[how]}TRIGGER {name}" for table, name, how in guards]

    def take_away(self, sale_id: int) -> None:
        """A sale with all of its rows, and its pieces back on the shelf."""
        for product, pieces in self.run(
            "SELECT product_id, -quantity FROM stock_move WHERE sale_id = :id", id=sale_id
        ).fetchall():
            self.run(
                "UPDATE stock SET on_hand = on_hand + :n, owned = owned + :n WHERE product_id = :p", n=pieces, p=product
            )
        key = self.one("SELECT key FROM sale WHERE id = :id", id=sale_id)
        for name in SALE_ROWS:
            self.connection.execute(delete(metadata.tables[name]).where(metadata.tables[name].c.sale_id == sale_id))
        self.run("DELETE FROM sale WHERE id = :id", id=sale_id)
        self.run("DELETE FROM request_key WHERE key = :key", key=key)

    def rechain(self, chain: Chain) -> None:
        """Every chain from its beginning: sales with the texts they share, Zs, the journal with the Zs it remembers."""
        self._texts()
        self._sales(chain)
        macs = self._zs(chain)
        self._journal(chain, macs)

    def without_seals(self) -> None:
        """Nothing says any more that there were some."""
        self.connection.execute(delete(seal))
        self.run("DELETE FROM journal WHERE act = 'begin_seals'")
        for (till,) in self.run("SELECT DISTINCT till FROM journal").fetchall():
            rows = self.run("SELECT id FROM journal WHERE till = :till ORDER BY number", till=till).fetchall()
            for number, (row,) in enumerate(rows, 1):
                self.run("UPDATE journal SET number = :n WHERE id = :id", n=number, id=row)
            self.run("UPDATE journal_head SET entries = :n WHERE till = :till", n=len(rows), till=till)

    def _texts(self) -> None:
        for row_id, text_ in self.run("SELECT id, text FROM sealed_text").fetchall():
            self.run("UPDATE sealed_text SET digest = :digest WHERE id = :id", digest=text_digest(text_), id=row_id)
        for row_id, *goods in self.run("SELECT id, code, name, names, category, details FROM sold_goods").fetchall():
            self.run("UPDATE sold_goods SET digest = :digest WHERE id = :id", digest=goods_digest(*goods), id=row_id)

    def _sales(self, chain: Chain) -> None:
        sales = SqlSales(self.connection, chain)
        heads: dict[str, str] = {}
        for row in self.connection.execute(select(*as_stored(sale)).order_by(sale.c.till, sale.c.number)).all():
            before = heads.get(row.till, "")
            self.connection.execute(update(sale).where(sale.c.id == row.id).values(before=before))
            now = self.connection.execute(select(*as_stored(sale)).where(sale.c.id == row.id)).one()
            [said] = sales.contents([now])
            mac = chain(before, said)
            self.connection.execute(update(sale).where(sale.c.id == row.id).values(mac=mac))
            heads[row.till] = mac
        for till, mac in heads.items():
            self.connection.execute(update(register).where(register.c.till == till).values(chain=mac))

    def _zs(self, chain: Chain) -> dict[tuple[str, int], str]:
        macs: dict[tuple[str, int], str] = {}
        for row in self.connection.execute(
            select(*as_stored(z_report)).order_by(z_report.c.till, z_report.c.number)
        ).all():
            before = macs.get((row.till, row.number - 1), "")
            fields = {name: value for name, value in row._mapping.items() if name != "mac"} | {"before": before}
            macs[row.till, row.number] = chain(before, content(z=fields))
            condition = (z_report.c.till == row.till, z_report.c.number == row.number)
            values = {"before": before, "mac": macs[row.till, row.number]}
            self.connection.execute(update(z_report).where(*condition).values(values))
        return macs

    def _journal(self, chain: Chain, macs: dict[tuple[str, int], str]) -> None:
        heads: dict[str, str] = {}
        for row in self.connection.execute(
            select(*as_stored(journal)).order_by(journal.c.till, journal.c.number)
        ).all():
            fields = {name: value for name, value in row._mapping.items() if name not in ("id", "mac")}
            if row.act == "close_shift":
                details = json.loads(row.details)
                fields["details"] = dumps({**details, "mac": macs[row.till, details["z"]]})
            mac = chain(heads.get(row.till, ""), content(journal=fields))
            values = {"mac": mac, "details": fields["details"]}
            self.connection.execute(update(journal).where(journal.c.id == row.id).values(values))
            heads[row.till] = mac
        for till, mac in heads.items():
            self.connection.execute(update(journal_head).where(journal_head.c.till == till).values(mac=mac))


@contextmanager
def forging(url: URL, *, guarded: bool = False) -> Iterator[Forger]:
    """The store at `url`, open past the program; `guarded` leaves the triggers where they are."""
    engine = create_engine(url, module=sqlite) if url.get_backend_name() == "sqlite" else create_engine(url)
    try:
        with engine.begin() as connection:
            forger = Forger(connection)
            made = [] if guarded else forger.disarmed()
            yield forger
            for statement in made:
                connection.execute(text(statement))
    finally:
        engine.dispose()
