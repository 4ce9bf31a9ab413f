"""The bare till of the benchmarks writes what a sale writes, and nothing less."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from pos.application.sales.complete_sale import Payment
from tests.benchmarks.replay import BareTill, Recorded, written
from tests.builders import cash
from tests.shops import BAG, CHOCOLATE, SWEETS, DemoShop


def test_a_recorded_sale_is_written_once_more_by_bare_statements(shop: DemoShop, tmp_path: Path) -> None:
    shop.sell(BAG)  # the first one makes the rows that are changed from then on
    order = shop.basket(CHOCOLATE, SWEETS, SWEETS).order(shop.person("amina"))
    payment = Payment((cash("30"), cash("80")))
    with written(shop.store) as held:
        shop.hold_sale(order)
    with written(shop.store) as sold:
        shop.complete_sale.from_counter(order, payment)
    shop.store.leave_no_copies()
    copy = DemoShop(shutil.copytree(shop.folder, tmp_path / "bare"))
    before = _counts(copy)

    bare = BareTill(copy.folder)
    for step in bare.prepared(Recorded(held, sold)):
        step()
    bare.close()

    more = _counts(copy)
    more.subtract(before)
    assert +more == Counter(
        sale=1, request_key=1, sale_line=2, sale_judgement=1, refundable=2, sale_payment=2, sale_change=1,
        quota_entry=2, stock_move=2, cash_move=3, outbox=1, journal=1,
    )  # fmt: skip
    assert copy.rows("SELECT count(DISTINCT number), max(number) FROM sale") == [(3, 3)]
    assert copy.rows("SELECT next_no FROM register WHERE till = 'T1'") == [(4,)]
    copy.close()


def _counts(shop: DemoShop) -> Counter[str]:
    return Counter({name: len(rows) for name, rows in shop.tables().items()})
