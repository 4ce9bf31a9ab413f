"""A till that looks up more visitors than it serves is flagged, once a day, and goes on."""

from __future__ import annotations

import psycopg
import pytest

from pos.application.center.list_flags import ListFlags
from pos.application.center.verify_center import VerifyCenter
from tests.center.shops import Center, perfume


def looked_up(center: Center, count: int, *, ago: str, is_new: bool = False, bought: bool = False) -> None:
    """So many visitors whom the first till of shop A looked up before."""
    till = center.till("A1").caller.till
    at = f"timestamptz '{center.clock().isoformat()}' - interval '{ago}'"
    center.run(
        "INSERT INTO lookup_of_day SELECT '2026-11-20', "
        f"{till}, '{ago} {bought} ' || number, {at}, {is_new}, {bought} FROM generate_series(1, {count}) number"
    )


def flags(center: Center) -> list[tuple[str, str | None, dict[str, object]]]:
    return [(each.kind, each.till, dict(each.facts)) for each in ListFlags(center.context)()]


@pytest.mark.parametrize(("before", "alarmed"), [(199, False), (200, True)])
def test_more_than_200_unknown_documents_in_an_hour_are_an_alarm(center: Center, before: int, alarmed: bool) -> None:
    looked_up(center, before, ago="10 minutes", is_new=True)
    looked_up(center, 500, ago="70 minutes", is_new=True, bought=True)
    for name in ("one", "one", "one"):
        center.till("A1").look_up(name)
    assert flags(center) == ([("many_unknown_documents", "1", {"documents": 201})] if alarmed else [])


def test_a_document_that_is_known_is_none_of_the_unknown(center: Center) -> None:
    center.till("B1").look_up("passport")
    looked_up(center, 200, ago="10 minutes", is_new=True)
    center.till("A1").look_up("passport")
    assert flags(center) == []


@pytest.mark.parametrize(
    ("with_sale", "without", "alarmed"), [(35, 15, False), (34, 16, True), (10, 39, False), (70, 31, True)]
)
def test_over_30_per_cent_without_a_sale_of_50_visitors_a_day_are_an_alarm(
    center: Center, with_sale: int, without: int, alarmed: bool
) -> None:
    looked_up(center, with_sale, ago="2 hours", bought=True)
    looked_up(center, without, ago="3 hours")
    looked_up(center, 40, ago="20 minutes")  # they may still be at the counter
    center.till("A1").look_up("passport")
    center.till("A1").look_up("another")
    facts = {"visitors": with_sale + without, "without_sale": without}
    assert flags(center) == ([("many_lookups_without_sale", "1", facts)] if alarmed else [])


def test_who_buys_is_no_look_up_without_a_sale(center: Center) -> None:
    till = center.till("A1")
    till.sell("passport", perfume("10"))
    till.look_up("another")
    with psycopg.connect(center.url) as connection:
        rows = connection.execute("SELECT has_bought, is_new FROM lookup_of_day ORDER BY has_bought").fetchall()
        names = connection.execute("SELECT visitor FROM lookup_of_day").fetchall()
    assert rows == [(False, True), (True, True)]
    assert till.known["passport"].reference not in {name for (name,) in names}


def test_an_alarm_stands_in_the_journal_once_a_day(center: Center) -> None:
    looked_up(center, 60, ago="2 hours")
    for name in ("one", "two", "three"):
        center.till("A1").look_up(name)
    with psycopg.connect(center.url) as connection:
        found = connection.execute("SELECT count(*) FROM journal WHERE action = 'many_lookups_without_sale'").fetchall()
    assert found == [(1,)]
    assert VerifyCenter(center.context)().findings == []
