"""A scan: the look-up beside a raw one, and from the scanner's Enter to the painted row with its gauges.

The goods are made up, or those of GOODS or SHOP, see `a_till`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks.a_till import a_shop, a_visitor, authorize, count_of, goods_to_sell, opened
from tests.benchmarks.table import Effort, Row, side_by_side

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop

_FRAME = 16.7
_WARM = 5
"""Scans before those that are counted: what is imported and drawn for the first time is no scan's."""
_RAW = (
    "SELECT p.*, c.quantity FROM product_code c JOIN product p ON p.id = c.product_id WHERE c.code = ?",
    "SELECT on_hand, held, lotted FROM stock WHERE product_id = ?",
    "SELECT q.* FROM visitor_document d JOIN quota_entry q ON q.visitor_id = d.visitor_id WHERE d.document_key = ?",
)
"""The least that a scan must read: the article, what is on hand, and what its visitor has bought."""


def measure(effort: Effort) -> Iterator[Row]:
    """Every row of performance.md, T3 and T4."""
    with a_shop(1_000 if effort.quick else 50_000) as shop, TemporaryDirectory() as temporary:
        baskets = (20,) if effort.quick else (60, 400)
        codes = goods_to_sell(shop.folder, baskets[-1] + 200)
        authorize(shop)
        yield from _looked_up(effort, shop, codes)
        yield from _painted(effort, shop, codes, baskets, Path(temporary))


def _looked_up(effort: Effort, shop: Shop, codes: Sequence[str]) -> Iterator[Row]:
    """The reading of a scan alone, of a code that was not asked for just before."""
    store, checkout = shop.complete_sale.store, shop.new_checkout()
    visitor = a_visitor(900_001, shop.now().date())
    key = checkout.identify(visitor).visitors[0].visitor.key
    raw = opened(shop.folder)
    ours, theirs = cycle(codes), cycle(codes)

    def look_up() -> None:
        with store.reading() as work:
            named = work.products.named(next(ours), shop.now())
            assert named is not None, "it is in the catalogue"
            work.stock.floor(named[0].id, shop.now())
            work.visitors.ledger(key, "kz-horgos", shop.now())

    def bare() -> None:
        article = raw.execute(_RAW[0], (next(theirs),)).fetchone()
        raw.execute(_RAW[1], (article[0],)).fetchone()
        raw.execute(_RAW[2], (key,)).fetchall()

    times, beside = side_by_side(effort.repeats, look_up, bare)
    goods = count_of(shop.folder, "product")
    yield Row(f"look-up with stock and quota of {goods}", times, beside, 0.1, by_p99=True, most=2.0)
    steps = cycle(codes)
    scanned = side_by_side(min(effort.repeats, len(codes)), lambda: checkout.scan(next(steps)))[0]
    yield Row(f"the whole step of a scan, up to {len(scanned)} lines", scanned)
    raw.close()


def _painted(effort: Effort, shop: Shop, codes: Sequence[str], baskets: Sequence[int], folder: Path) -> Iterator[Row]:
    from tests.benchmarks.painted import PaintedHand
    from tests.benchmarks.watched_hand import at_the_window

    today = shop.now().date()
    with at_the_window(shop, folder, authorize(shop).name) as hand:
        painted = PaintedHand(hand)
        for place_, lines in enumerate(baskets):
            painted.begins(a_visitor(910_000 + place_, today))
            painted.fills(codes[:lines])
            further, times = cycle(codes[lines:]), []
            for _ in range(_WARM + effort.repeats):
                times.append(painted.scans(next(further)))
                painted.undoes()
            times = times[_WARM:]
            yield Row(f"scan to the painted row, {lines} lines before", times, (), 5)
            yield Row("… one in a hundred", times, (), _FRAME, by_p99=True)
