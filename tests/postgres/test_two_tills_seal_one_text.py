"""Two tills that are the first to say the same thing at once: it is written once, whichever of them comes through."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from db.sales.sealed_texts import sealed_ids, text_row
from db.tables.sales import sealed_text
from tests.shops import DemoShop

RATES, FORM, OTHER = (text_row(text) for text in ("rates", "form", "other"))


@pytest.mark.parametrize("comes_through", [True, False])
def test_the_second_till_waits_for_the_first_and_points_to_its_text_or_writes_its_own(
    shop: DemoShop, *, comes_through: bool
) -> None:
    asked = threading.Event()

    def second() -> dict[str, int]:
        with shop.store.begin() as work:
            asked.set()
            ids = sealed_ids(work.connection, sealed_text, [FORM, RATES, OTHER])
            work.commit()
        return ids

    with ThreadPoolExecutor(1) as other, shop.store.begin() as work:
        first = sealed_ids(work.connection, sealed_text, [RATES, FORM])
        answer: Future[dict[str, int]] = other.submit(second)
        asked.wait()
        if comes_through:
            work.commit()
        else:
            work.connection.rollback()
        ids = answer.result(timeout=20)

    shared = {digest: ids[digest] for digest in first}
    assert ids.keys() == {RATES["digest"], FORM["digest"], OTHER["digest"]}
    assert (shared == first) is comes_through
    rows = dict(shop.rows("SELECT digest, id FROM sealed_text WHERE text IN ('rates', 'form', 'other')"))
    assert rows == ids
