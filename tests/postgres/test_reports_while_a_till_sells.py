"""A report is read by several questions: a sale that another till records between them is not part of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import true

from db.shifts import shift_totals
from tests.shops import BAG, CARTON, DemoShop


def test_a_sale_recorded_while_sums_are_read_is_in_none_of_them(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.sell(CARTON)
    with shop.store.reading() as work:
        before = shift_totals.folded(work.connection, true())
    promotions = shift_totals._promotions

    def after_another_sale(*asked: Any) -> Any:
        shop.sell(BAG)
        return promotions(*asked)

    monkeypatch.setattr(shift_totals, "_promotions", after_another_sale)
    with shop.store.reading() as work:
        meanwhile = shift_totals.folded(work.connection, true())

    assert meanwhile == before
