"""Restored books go on behind every number that was given out before: a number never names two sales."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, func, select, update

from db.engine.dialect import insert_new, insert_or_set
from db.maintenance.skipped_numbers import RECEIPTS, ZS, range_text, skipped_numbers
from db.store.store_identity import identity
from db.tables.shop import journal_head, register, z_report
from db.tables.stock import stock_document
from pos.application.access.numbers_given import TOO_MANY

UNKNOWN_RECEIPTS, UNKNOWN_ZS = 1_000, 10
"""So many are skipped where nothing says how far a till had come: more than it uses from one backup to the next."""


@dataclass(frozen=True, slots=True)
class GivenOut:
    """The last numbers that the books in a file gave out, by till, and of the stock documents by kind."""

    identity: str = ""
    receipts: Mapping[str, int] = field(default_factory=dict)
    zs: Mapping[str, int] = field(default_factory=dict)
    stock_documents: Mapping[str, int] = field(default_factory=dict)


def given_out(live: Path) -> GivenOut:
    """What the books in `live` gave out; nothing where they cannot be read. No byte of the file changes."""
    import pysqlite3.dbapi2 as driver

    try:
        with closing(driver.connect(f"{live.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            first = connection.execute("SELECT mac FROM journal ORDER BY id LIMIT 1").fetchone()
            receipts = dict(connection.execute("SELECT till, next_no - 1 FROM register"))
            zs = dict(connection.execute("SELECT till, max(number) FROM z_report GROUP BY till"))
            stock_documents = dict(connection.execute("SELECT kind, next_no - 1 FROM stock_document"))
    except (driver.Error, UnicodeDecodeError):
        return GivenOut()
    return GivenOut("" if first is None else str(first[0])[:8], receipts, zs, stock_documents)


def go_on_counting(
    connection: Connection, before: GivenOut, printed: Callable[[str], int], named: Mapping[str, int]
) -> dict[str, list[str]]:
    """Raise the next numbers behind those of `before`, of the receipts that were `printed` and of those `named`.

    The ranges that are skipped thereby, as the journal's entry of the restore has them.
    """
    is_known = bool(before.identity) and before.identity == identity(connection)
    here = {row.till: row.next_no - 1 for row in connection.execute(select(register))}
    last_z = _last_zs(connection)
    tills = set(connection.execute(select(journal_head.c.till)).scalars())
    receipts: list[str] = []
    zs: list[str] = []
    for till in sorted(tills | here.keys() | named.keys() | (before.receipts.keys() if is_known else set())):
        last, z = here.get(till, 0), last_z.get(till, 0)
        given = max(last, before.receipts.get(till, 0) if is_known else 0, named.get(till, 0))
        on_paper = printed(till)  # every sale leaves one at its own till
        is_printed = on_paper > 0 and last <= on_paper < last + TOO_MANY
        if is_printed:
            given = max(given, on_paper)
        is_known_till = is_known or till in named or is_printed
        if not is_known_till:
            given += UNKNOWN_RECEIPTS
        if given > last:
            _set_register(connection, till, given + 1)
            receipts.append(range_text(RECEIPTS, till, last + 1, given))
        given_z = max(z, before.zs.get(till, 0)) if is_known else z + UNKNOWN_ZS
        if given_z > z:
            zs.append(range_text(ZS, till, z + 1, given_z))
    if is_known:
        _raise_stock_documents(connection, before.stock_documents)
    return {what: ranges for what, ranges in ((RECEIPTS, receipts), (ZS, zs)) if ranges}


def _last_zs(connection: Connection) -> dict[str, int]:
    """The last number of each till, with what an earlier restore skipped behind it."""
    skipped = skipped_numbers(connection, ZS)
    newest = connection.execute(select(z_report.c.till, func.max(z_report.c.number)).group_by(z_report.c.till))
    last = {till: int(number) for till, number in newest}
    tills = last.keys() | {till for till, _ in skipped.ranges}
    return {till: skipped.following(till, last.get(till, 0)) - 1 for till in tills}


def _set_register(connection: Connection, till: str, next_no: int) -> None:
    first = {"till": till, "next_no": 1, "grand_total_minor": 0, "chain": ""}
    connection.execute(insert_new(connection, register), first)
    connection.execute(update(register).where(register.c.till == till).values(next_no=next_no))


def _raise_stock_documents(connection: Connection, given: Mapping[str, int]) -> None:
    here = {row.kind: row.next_no for row in connection.execute(select(stock_document))}
    for kind, last in given.items():
        if last >= here.get(kind, 1):
            values = {"kind": kind, "next_no": last + 1}
            connection.execute(insert_or_set(connection, stock_document, ["kind"], values))
