"""I1: the books are tampered with, past the program: those in a file, and those on a server."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from pos.application.ports.maintenance_ports import ExternalAnchor
from pos.keys.shop_secrets import ShopSecrets
from tests.faults.apart import apart
from tests.faults.books_at_rest import Books, books_at_rest
from tests.faults.customers import share_what_is_compiled
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.tamperings import RECIPES, unkeyed
from tests.postgres_server import shared_server

_UNKEYED, _NO_ANCHOR = "a chain without a key", "nothing kept outside"


def _run(trial: Trial) -> Figures:
    return apart(_tampering, trial.folder, trial.mutant)


def _tampering(folder: Path, mutant: str) -> Figures:
    share_what_is_compiled()
    if mutant == _UNKEYED:
        setattr(ShopSecrets, "chain", lambda _self, before, said: unkeyed(before, said))  # noqa: B010
    tried = {"recipes": 0, "named by verify": 0, "blocked": 0}
    violations: list[str] = []
    for kind, server in (("file", None), ("server", shared_server())):
        (folder / kind).mkdir()
        books = books_at_rest(folder / kind, server)
        if untouched := _verified(books, books.outside):
            violations += [f"{kind}, nothing was done: {line}" for line in untouched]
            continue
        for name in list(RECIPES)[:: -1 if mutant else 1]:  # those that a breakage is for stand last
            recipe, needs_outside = RECIPES[name]
            outside = books.outside if needs_outside and mutant != _NO_ANCHOR else ()
            tried["recipes"] += 1
            with books.copied() as copy:
                try:
                    recipe(copy)
                except DBAPIError:
                    tried["blocked"] += 1
                    continue
                if _verified(copy, outside):
                    tried["named by verify"] += 1
                else:
                    violations.append(f"{kind}, {name}: unnoticed")
            if mutant and violations:
                return Figures(tried, tuple(violations))
    return Figures(tried, tuple(violations))


def _verified(books: Books, outside: Sequence[ExternalAnchor]) -> list[str]:
    shop = books.shop()
    try:
        return shop.verify(outside)
    except Exception as error:  # noqa: BLE001 # a store that cannot be read any more is noticed too
        return [str(error)]
    finally:
        with suppress(Exception):
            shop.close()


EXPERIMENT = Experiment(
    "I1",
    "Every change, removal, addition or replacement in the books is stopped or named.",
    _run,
    (_UNKEYED, _NO_ANCHOR),
    needs_server=True,
)
