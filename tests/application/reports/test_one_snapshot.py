"""A report asks many questions; whatever tills record between two of them, it says what was there at the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from db.reports import report_sums
from pos.application.reports.report_period import report_period
from tests.application.shifts.test_close_shift import right_count
from tests.shops import BAG, CARTON, SWEETS, DemoShop


@contextmanager
def between_two_questions(shop: DemoShop, act: Callable[[], object], every: int = 1) -> Iterator[list[int]]:
    """Let this happen after `every` so many questions of what reads at this till; its times are yielded."""
    times: list[int] = []
    asked = 0

    def happens(_connection: Any, _cursor: Any, question: str, *_more: Any) -> None:
        nonlocal asked
        if question.startswith("BEGIN"):
            return
        if asked and asked % every == 0:
            act()
            times.append(asked)
        asked += 1

    engine = shop.store._engines.reading
    event.listen(engine, "before_cursor_execute", happens)
    try:
        yield times
    finally:
        event.remove(engine, "before_cursor_execute", happens)


def test_a_sale_recorded_between_two_questions_of_a_report_is_in_none_of_its_figures(shop: DemoShop) -> None:
    shop.sell(CARTON)
    other = shop.other_till()
    days = report_period(shop.now(), shop.settings())
    with shop.store.reading() as work:
        before = work.reports.day(days)

    with between_two_questions(shop, lambda: other.sell(BAG), every=4) as times, shop.store.reading() as work:
        meanwhile = work.reports.day(days)

    assert len(times) > 3
    assert meanwhile == before
    assert shop.report_day()["sales"]["count"] == 1 + len(times)


def test_a_shift_that_is_closed_while_a_report_is_read_is_counted_once(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = shop.other_till()
    other.sell(SWEETS)
    before = shop.report_day()
    facts = report_sums.unsummed

    def after_the_close(*asked: Any) -> Any:
        other.close_shift(other.person("amina"), right_count(other))
        monkeypatch.setattr(report_sums, "unsummed", facts)
        return facts(*asked)

    monkeypatch.setattr(report_sums, "unsummed", after_the_close)
    assert shop.report_day() == before
    assert shop.report_day()["sales"] == before["sales"]


def test_books_that_are_verified_while_tills_sell_have_no_mismatch(shop: DemoShop) -> None:
    shop.sell(CARTON)
    other = shop.other_till()

    with between_two_questions(shop, lambda: other.sell(BAG), every=20) as times:
        found = shop.verify()

    assert len(times) > 3
    assert found == []
