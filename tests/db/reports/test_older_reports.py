"""Records from before reports had more details are read unchanged, and their hashes still hold."""

from __future__ import annotations

import json

from db.engine.canonical import content, dumps
from pos.domain.shifts.report_details import NO_DETAILS
from tests.shops import SWEETS, DemoShop

COUNT: dict[str, dict[int, int]] = {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")}


def test_a_z_of_before_is_read_without_what_it_did_not_keep(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.close_shift(shop.person("amina"), COUNT)
    [row] = shop.rows("SELECT content FROM z_report")
    older = {name: value for name, value in json.loads(row[0]).items() if name not in ("spread", "details")}
    with shop.raw(writing=True) as store:
        store.execute("DROP TRIGGER z_report_no_update")
        store.execute("UPDATE z_report SET content = ?", (dumps(older),))
        names = [column[1] for column in store.execute("PRAGMA table_info(z_report)")]
        [values] = store.execute("SELECT * FROM z_report").fetchall()
        z = {name: value for name, value in zip(names, values) if name != "mac"}
        mac = shop.secrets.chain("", content(z=z))
        store.execute("UPDATE z_report SET mac = ?", (mac,))
        store.execute("UPDATE journal SET details = json_set(details, '$.mac', ?) WHERE act = 'close_shift'", (mac,))

    with shop.store.reading() as work:
        last = work.shifts.last_z("T1")

    assert last is not None
    assert last.report.sales.count == 1
    assert (last.report.details, last.report.spread) == (NO_DETAILS, ())
    assert not [line for line in shop.verify() if line.startswith("Z ")]
    assert [closed.name for closed in shop.read_day(shop.person("manager")).closed] == ["T1-Z000001"]
