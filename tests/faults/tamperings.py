"""What a clever colleague does to the books past the program, in a file or on a server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from db.sales.sealed_texts import text_digest
from db.tables.sales import sale
from db.tables.shop import z_report
from tests.faults.books_at_rest import Books
from tests.faults.forger import forging


def _update(books: Books) -> None:
    with forging(books.url) as forger:
        forger.run(
            "UPDATE sold_goods SET name = 'Water' WHERE id = (SELECT min(goods_id) FROM sale_line WHERE sale_id = 2)"
        )


def _shared_text(books: Books) -> None:
    """The rates that all sales of a day share are others, and the digest of their row agrees."""
    with forging(books.url) as forger:
        rates = forger.one("SELECT min(rates_id) FROM sale")
        cheaper = forger.one("SELECT text FROM sealed_text WHERE id = :id", id=rates).replace('"sell":"', '"sell":"1')
        forger.run(
            "UPDATE sealed_text SET text = :text, digest = :digest WHERE id = :id",
            text=cheaper, digest=text_digest(cheaper), id=rates,
        )  # fmt: skip


def _delete(books: Books) -> None:
    with forging(books.url) as forger:
        forger.take_away(3)


def _replace(books: Books) -> None:
    with forging(books.url, guarded=True) as forger:
        said = ", ".join("'amina'" if name == "closed_by" else name for name in (one.name for one in z_report.columns))
        row = f"SELECT {said} FROM z_report WHERE number = 1"
        if forger.is_there:
            forger.run(f"INSERT INTO z_report {row} ON CONFLICT (till, number) DO UPDATE SET closed_by = 'amina'")
        else:
            forger.run(f"INSERT OR REPLACE INTO z_report {row}")


def _truncate(books: Books) -> None:
    with forging(books.url) as forger:
        for table in ("journal", "journal_head"):
            forger.run(f"TRUNCATE {table}" if forger.is_there else f"DELETE FROM {table}")


def _dropped_trigger(books: Books) -> None:
    with forging(books.url) as forger:
        forger.run("UPDATE z_report SET content = replace(content, '\"voids\"\\:0', '\"voids\"\\:1') WHERE number = 1")


def _tail_cut(books: Books) -> None:
    """The last sale was never there: the register, its drawer and the journal are set back."""
    with forging(books.url) as forger:
        last = forger.one("SELECT max(id) FROM sale")
        till, total, before = forger.run("SELECT till, total_minor, before FROM sale WHERE id = :id", id=last).one()
        forger.take_away(last)
        forger.run(
            "UPDATE register SET next_no = next_no - 1, grand_total_minor = grand_total_minor - :n, chain = :mac"
            " WHERE till = :till", n=total, mac=before, till=till,
        )  # fmt: skip
        entry = forger.one("SELECT max(number) FROM journal WHERE act = 'sale' AND till = :till", till=till)
        forger.run("DELETE FROM journal WHERE till = :till AND number >= :n", till=till, n=entry)
        mac = forger.one("SELECT mac FROM journal WHERE till = :till AND number = :n", till=till, n=entry - 1)
        forger.run(
            "UPDATE journal_head SET entries = :n, mac = :mac WHERE till = :till", n=entry - 1, mac=mac, till=till
        )


def _insertion(books: Books) -> None:
    """A sale that no one made, at the end of the till's numbers."""
    with forging(books.url) as forger:
        new = {"id": "999", "number": "(SELECT max(number) + 1 FROM sale)", "key": "'made-up'", "before": "mac"}
        said = ", ".join(new.get(name, name) for name in (one.name for one in sale.columns))
        forger.run("INSERT INTO request_key SELECT 'made-up', fingerprint, at FROM request_key LIMIT 1")
        forger.run(f"INSERT INTO sale SELECT {said} FROM sale ORDER BY number DESC LIMIT 1")
        forger.run("UPDATE register SET next_no = next_no + 1")


def _renumbering(books: Books) -> None:
    """Two sales change places."""
    with forging(books.url) as forger:
        for number, to in ((2, 9002), (3, 2), (9002, 3)):
            forger.run("UPDATE sale SET number = :to WHERE number = :number", to=to, number=number)


def _journal_row(books: Books) -> None:
    """Someone else did it."""
    with forging(books.url) as forger:
        forger.run(
            "UPDATE journal SET person = 'yerlan' WHERE act = 'sale' AND number = (SELECT max(number) FROM journal)"
        )
        forger.run("UPDATE journal SET person = 'yerlan' WHERE number = 3")


def _ledger(books: Books) -> None:
    """A visitor's allowance is fresh again."""
    with forging(books.url) as forger:
        forger.run("DELETE FROM quota_entry WHERE sale_id = 1")


def _recomputed(books: Books) -> None:
    """A line is changed, every chain is computed again as far as that needs no key, and no seal was ever there."""
    with forging(books.url) as forger:
        forger.run(
            "UPDATE sold_goods SET name = 'Water' WHERE id = (SELECT min(goods_id) FROM sale_line WHERE sale_id = 2)"
        )
        forger.without_seals()
        forger.rechain(unkeyed)


def _with_the_keys(books: Books) -> None:
    """The same by someone who has the till's keys."""
    shop = books.shop()
    with forging(books.url) as forger:
        forger.run(
            "UPDATE sold_goods SET name = 'Water' WHERE id = (SELECT min(goods_id) FROM sale_line WHERE sale_id = 2)"
        )
        forger.without_seals()
        forger.rechain(shop.secrets.chain)


def _older_backup(books: Books) -> None:
    books.put_older_in_place()


def unkeyed(before: str, said: bytes) -> str:
    """What anyone can compute."""
    return hashlib.sha256(before.encode() + b"\x1f" + said).hexdigest()


RECIPES: Mapping[str, tuple[Callable[[Books], None], bool]] = {
    "UPDATE": (_update, False),
    "a text of many sales changed": (_shared_text, False),
    "DELETE": (_delete, False),
    "REPLACE": (_replace, False),
    "TRUNCATE": (_truncate, False),
    "a trigger dropped": (_dropped_trigger, False),
    "the tail cut off": (_tail_cut, False),
    "a sale inserted": (_insertion, False),
    "sales renumbered": (_renumbering, False),
    "the journal changed": (_journal_row, False),
    "a ledger changed": (_ledger, False),
    "the chains recomputed without the key": (_recomputed, False),
    "the chains recomputed with the keys": (_with_the_keys, True),
    "an older backup": (_older_backup, True),
}
"""Each with whether only what is kept outside can show it."""
