"""Make a store of years of trade, to try on it what grows: reports, searches, `verify`.

    .venv/bin/python -m tools.history --data FOLDER --years 2 --tills 3 --sales 1000000

The folder must be empty or new. The shop in it is a demo shop with ten thousand articles.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic

from sqlalchemy import Connection

from db.engine.engine import database_url
from db.seed.demo_shop import make_demo
from db.seed.past_trade import PastPlan
from db.store.store import open_store
from main import stand_at_the_usual_border
from pos.keys.keyfile import read_or_make
from pos.keys.shop_secrets import ShopSecrets
from pos.regimes.folders import load_regimes

REGIMES = Path(__file__).resolve().parents[1] / "resources" / "regimes"
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
"""The day after the last of the trade: the same for everybody, so that two stores are alike."""

_THOUGHT_OVER = 12_000
"""So many baskets go through every step; each of the others is like one of them of the same week."""

_RATES_HOLD = 7
_COMMITTED_EVERY = 7
_CACHE_KIB = 400_000


def main(arguments: list[str] | None = None) -> int:
    """Make the store; 2 where the folder is not empty."""
    options = _options(arguments)
    folder: Path = options.data
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        sys.stderr.write(f"{folder} is not empty\n")
        return 2
    began = monotonic()
    stand_at_the_usual_border()
    secrets = ShopSecrets(read_or_make(folder / "keys.json"))
    store = open_store(database_url(None, folder), secrets.chain)
    regimes = load_regimes([REGIMES])[0]
    days = round(options.years * 365)
    try:
        past = PastPlan(
            lambda: regimes,
            days,
            options.sales,
            options.tills,
            at_weekends=0,
            seed=options.seed,
            thought_over=min(_THOUGHT_OVER / max(options.sales, 1), 1.0),
            rates_hold=_RATES_HOLD,
            progress=_progress(options.sales, began),
        )
        make_demo(store, secrets, NOW, "T1", options.goods, past)
    finally:
        store.close()
    sys.stderr.write(f"\n{options.sales} sales in {monotonic() - began:.0f} s: {folder}\n")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.history", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the new shop's folder")
    parser.add_argument("--years", type=float, default=2, help="how long the shop has traded")
    parser.add_argument("--tills", type=int, default=3)
    parser.add_argument("--sales", type=int, default=1_000_000)
    parser.add_argument("--goods", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="another one for another past")
    return parser.parse_args(arguments)


def _progress(sales: int, began: float) -> Callable[[Connection, date, int], None]:
    committed = 0

    def progress(connection: Connection, day: date, sold: int) -> None:
        nonlocal committed
        if not committed or day.toordinal() % _COMMITTED_EVERY == 0:
            connection.commit()
            if not committed:
                _hurry(connection)
            committed += 1
            connection.begin()
        sys.stderr.write(f"\r{day}  {sold} of {sales}  {monotonic() - began:.0f} s ")
        sys.stderr.flush()

    return progress


def _hurry(connection: Connection) -> None:
    """Nothing is lost but time if the power fails: the making of such a store begins again."""
    driver = connection.connection.driver_connection
    assert driver is not None, "the connection is open"
    for name, value in (("synchronous", "OFF"), ("foreign_keys", "OFF"), ("cache_size", -_CACHE_KIB)):
        driver.execute(f"PRAGMA {name}={value}")


if __name__ == "__main__":
    sys.exit(main())
