"""A report is read by several questions: a sale that another till records between them is not part of it."""

# ruff: noqa: F401

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import true

from db.shifts import shift_totals
from tests.application.reports.test_one_snapshot import (
    test_a_sale_recorded_between_two_questions_of_a_report_is_in_none_of_its_figures,
    test_a_shift_that_is_closed_while_a_report_is_read_is_counted_once,
    test_books_that_are_verified_while_tills_sell_have_no_mismatch,
)
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


def test_what_only_reads_sees_one_state_and_what_writes_sees_what_others_commit(shop: DemoShop) -> None:
    """A sale reads allowances behind its locks: with the state of its beginning two tills would exceed them."""
    other = shop.other_till()

    with shop.store.reading() as work:
        begun = work.settings.all()
        other.set("name", "Changed once")
        assert work.settings.all() == begun
        assert _session(work) == ("repeatable read", "on")
    with shop.store.begin() as work:
        begun = work.settings.all()
        other.set("name", "Changed twice")
        assert work.settings.all() == {**begun, "name": "Changed twice"}
        assert _session(work) == ("read committed", "off")


def _session(work: Any) -> tuple[Any, ...]:
    """How isolated its transaction is, and whether it only reads."""
    asked = "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')"
    return tuple(work.connection.exec_driver_sql(asked).one())
