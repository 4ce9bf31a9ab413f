"""I1: the books are tampered with, past the program."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from pos.application.seal_files import ExportSeals, read_outside
from pos.application.seal_ports import OutsideSeal
from pos.keys.shop_secrets import ShopSecrets
from tests.application.test_close_shift import right_count
from tests.faults.apart import apart
from tests.faults.customers import a_small_shop, serve, share_what_is_compiled, tickets
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.forger import forging
from tests.shops import DemoShop

_UNKEYED, _NO_ANCHOR = "a chain without a key", "nothing kept outside"


@dataclass(frozen=True, slots=True)
class Books:
    """A shop in a folder with an older backup of it, and what was kept outside of its hands."""

    folder: Path
    older: Path
    outside: tuple[OutsideSeal, ...]


def _update(books: Books) -> None:
    with forging(books.folder) as forger:
        forger.run("UPDATE sale_line SET name = 'Water' WHERE sale_id = 2")


def _delete(books: Books) -> None:
    with forging(books.folder) as forger:
        forger.take_away(3)


def _replace(books: Books) -> None:
    with forging(books.folder, guarded=True) as forger:
        columns = [row[1] for row in forger.run("PRAGMA table_info(z_report)").fetchall()]
        said = ", ".join("'amina'" if name == "closed_by" else name for name in columns)
        forger.run(f"INSERT OR REPLACE INTO z_report SELECT {said} FROM z_report WHERE number = 1")


def _truncate(books: Books) -> None:
    with forging(books.folder) as forger:
        forger.run("DELETE FROM journal")
        forger.run("DELETE FROM journal_head")


def _dropped_trigger(books: Books) -> None:
    with forging(books.folder) as forger:
        forger.run("UPDATE z_report SET content = replace(content, '\"voids\"\\:0', '\"voids\"\\:1') WHERE number = 1")


def _tail_cut(books: Books) -> None:
    """The last sale was never there: the register, its drawer and the journal are set back."""
    with forging(books.folder) as forger:
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
    """A sale that nobody made, at the end of the till's numbers."""
    with forging(books.folder) as forger:
        columns = [row[1] for row in forger.run("PRAGMA table_info(sale)").fetchall()]
        new = {"id": "999", "number": "(SELECT max(number) + 1 FROM sale)", "key": "'made-up'", "before": "mac"}
        said = ", ".join(new.get(name, name) for name in columns)
        forger.run("INSERT INTO request_key SELECT 'made-up', fingerprint, at FROM request_key LIMIT 1")
        forger.run(f"INSERT INTO sale SELECT {said} FROM sale ORDER BY number DESC LIMIT 1")
        forger.run("UPDATE register SET next_no = next_no + 1")


def _renumbering(books: Books) -> None:
    """Two sales change places."""
    with forging(books.folder) as forger:
        for number, to in ((2, 9002), (3, 2), (9002, 3)):
            forger.run("UPDATE sale SET number = :to WHERE number = :number", to=to, number=number)


def _journal_row(books: Books) -> None:
    """Somebody else did it."""
    with forging(books.folder) as forger:
        forger.run(
            "UPDATE journal SET person = 'yerlan' WHERE act = 'sale' AND number = (SELECT max(number) FROM journal)"
        )
        forger.run("UPDATE journal SET person = 'yerlan' WHERE number = 3")


def _ledger(books: Books) -> None:
    """A visitor's allowance is fresh again."""
    with forging(books.folder) as forger:
        forger.run("DELETE FROM quota_entry WHERE sale_id = 1")


def _recomputed(books: Books) -> None:
    """A line is changed, every chain is computed anew as far as that needs no key, and no seal was ever there."""
    with forging(books.folder) as forger:
        forger.run("UPDATE sale_line SET name = 'Water' WHERE sale_id = 2")
        forger.without_seals()
        forger.chain_anew(_unkeyed)


def _with_the_keys(books: Books) -> None:
    """The same by somebody who has the till's keys."""
    shop = DemoShop(books.folder)
    with forging(books.folder) as forger:
        forger.run("UPDATE sale_line SET name = 'Water' WHERE sale_id = 2")
        forger.without_seals()
        forger.chain_anew(shop.secrets.chain)


def _older_backup(books: Books) -> None:
    shutil.copy(books.older, books.folder / "shop.db")


RECIPES: Mapping[str, tuple[Callable[[Books], None], bool]] = {
    "UPDATE": (_update, False),
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
"""Each with whether only what is kept outside can tell."""


def _run(trial: Trial) -> Figures:
    return apart(_tampering, trial.folder, trial.mutant)


def _tampering(folder: Path, mutant: str) -> Figures:
    share_what_is_compiled()
    if mutant == _UNKEYED:
        setattr(ShopSecrets, "chain", lambda _self, before, said: _unkeyed(before, said))  # noqa: B010
    books = _books(folder)
    violations = list(_verified("nothing was done", books, books.outside))
    if violations:
        return Figures({"recipes": 0}, tuple(violations))
    blocked = named = 0
    for name, (recipe, needs_outside) in RECIPES.items():
        copy = Books(Path(shutil.copytree(books.folder, folder / "tampered")), books.older, books.outside)
        try:
            try:
                recipe(copy)
            except DBAPIError:
                blocked += 1
                continue
            outside = copy.outside if needs_outside and mutant != _NO_ANCHOR else ()
            if _verified(name, copy, outside):
                named += 1
            else:
                violations.append(f"{name}: nobody noticed")
        finally:
            shutil.rmtree(copy.folder)
    return Figures({"recipes": len(RECIPES), "named by verify": named, "blocked": blocked}, tuple(violations))


def _books(folder: Path) -> Books:
    """Some sales with their Z, a backup, then more with a second Z, and the seals given out."""
    shop = DemoShop(a_small_shop(folder / "books"))
    customers = tickets(3)
    older = folder / "older.db"
    for part in range(2):
        sold = 0
        while sold < 4:
            sold += serve(shop, next(customers)) is not None
        shop.now.move(hours=1)
        shop.close_shift(shop.person("amina"), right_count(shop))
        shop.open_shift(shop.person("amina"), {})
        if part == 0:
            shop.store.back_up(older)
    while serve(shop, next(customers)) is None:
        pass
    lines = ExportSeals(shop.store, shop.now, shop.till)(shop.person("manager"), "seals.txt")
    shop.now.move(hours=24)
    shop.seal_books.step()
    shop.close()
    return Books(shop.folder, older, tuple(read_outside("\n".join(lines))))


def _verified(name: str, books: Books, outside: tuple[OutsideSeal, ...]) -> list[str]:
    shop = DemoShop(books.folder)
    try:
        return [f"{name}: {line}" for line in shop.verify(outside)]
    except Exception as error:  # noqa: BLE001 # a store that cannot be read any more is noticed too
        return [f"{name}: {error}"]
    finally:
        with suppress(Exception):
            shop.close()


def _unkeyed(before: str, said: bytes) -> str:
    """What anybody can compute."""
    return hashlib.sha256(before.encode() + b"\x1f" + said).hexdigest()


EXPERIMENT = Experiment(
    "I1",
    "Whoever changes, removes, adds or replaces what is in the books is stopped or named.",
    _run,
    (_UNKEYED, _NO_ANCHOR),
)
