"""A gate's file of departures: every row counted, bad ones named without what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.tables.raw_table import RawRow, RawTable
from pos.application.visitors.gate_file import GateRow, read_gate
from pos.application.visitors.record_gate import BATCH, GateResult
from pos.domain.errors import BadField
from pos.domain.visitors.document import read_typed
from tests.application.visitors.test_record_departure import departures, left_in_the_journal, steps
from tests.builders import MONDAY
from tests.shops import BAG, CHOCOLATE, SWEETS, ZHANG_WEI, ZHANG_WEIS_NUMBER, DemoShop

HEADER = "time,mrz1,mrz2,kind,number,country,birth_date,destination"
NOON = MONDAY.isoformat()
ZHANG = f"{NOON},{ZHANG_WEI[0]},{ZHANG_WEI[1]},,,,,"
A_STRANGER = f"{NOON},,,passport,E55555555,CHN,1990-01-01,CN"


def a_file(shop: DemoShop, rows: Sequence[str], header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = shop.folder / "gate.csv"
    path.write_bytes("\r\n".join((header, *rows, "")).encode(encoding))
    return path


def taken(shop: DemoShop, rows: Sequence[str], header: str = HEADER, encoding: str = "utf-8") -> GateResult:
    """What becomes of these rows."""
    return steps(shop).record_gate(a_file(shop, rows, header, encoding), shop.person("manager"))


def counts(result: GateResult) -> tuple[int, int, int, int, int]:
    return result.rows, result.left, result.nothing, result.strangers, result.rejected


def test_each_row_is_a_departure_a_visitor_with_nothing_a_stranger_or_a_reject(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    rows = [ZHANG, ZHANG, A_STRANGER, "yesterday,,,passport,E66666666,CHN,,", ",,,,,,,", ""]

    result = taken(shop, rows)

    assert counts(result) == (4, 1, 1, 1, 1)
    assert [reject._asdict() for reject in result.rejects] == [{"row": 5, "field": "time", "reason": "not_an_instant"}]
    assert departures(shop) == [(1, 0, 0)]
    assert shop.verify() == []


def test_the_same_file_again_changes_nothing(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    taken(shop, [ZHANG, A_STRANGER])
    before = shop.tables()
    shop.now.move(hours=1)

    assert counts(taken(shop, [ZHANG, A_STRANGER])) == (2, 0, 1, 1, 0)
    assert shop.tables() == before


def test_departures_count_in_the_order_of_time_whatever_the_order_of_the_rows(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.now.move(minutes=10)
    shop.sell(CHOCOLATE)
    shop.now.move(minutes=10)
    first, second = MONDAY + timedelta(minutes=5), MONDAY + timedelta(minutes=15)
    document = f"{ZHANG_WEI[0]},{ZHANG_WEI[1]}"

    result = taken(shop, [f"{second.isoformat()},{document}", f"{first.isoformat()},{document}"], "time,mrz1,mrz2")

    assert result.left == 2
    assert departures(shop) == [(1, 0, 5), (2, 0, 15)]


def test_a_row_that_names_a_side_leaves_the_goods_for_the_other(shop: DemoShop) -> None:
    shop.sell(SWEETS)

    assert counts(taken(shop, [ZHANG + "kz"])) == (1, 0, 1, 0, 0)
    assert counts(taken(shop, [ZHANG + "cn"])) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "cp1251"])
def test_a_file_of_a_spreadsheet_is_read_whatever_parts_its_cells_and_wherever_it_was_made(
    shop: DemoShop, mark: str, encoding: str
) -> None:
    shop.sell(SWEETS)
    note = "张伟" if encoding == "gb18030" else "Чжан" if encoding == "cp1251" else "张伟 Чжан"
    row = mark.join((note, NOON, "passport", ZHANG_WEIS_NUMBER, "CN", "1985-05-05", note))
    header = mark.join((note, "TIME", "Kind", "NUMBER", "Country", "birth date", "note"))

    assert counts(taken(shop, [row], header, encoding)) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (f",{ZHANG_WEI[0]},{ZHANG_WEI[1]}", "time", "missing"),
        (f"12:00,{ZHANG_WEI[0]},{ZHANG_WEI[1]}", "time", "not_an_instant"),
        (f"2026-03-02T12:00:00,{ZHANG_WEI[0]},{ZHANG_WEI[1]}", "time", "without_a_zone"),
        (f"2026-03-02T12:00:01+08:00,{ZHANG_WEI[0]},{ZHANG_WEI[1]}", "time", "in_the_future"),
        (f"2026-02-30T12:00:00+08:00,{ZHANG_WEI[0]},{ZHANG_WEI[1]}", "time", "not_an_instant"),
        (f"0001-01-01T00:00:00+14:00,{ZHANG_WEI[0]},{ZHANG_WEI[1]}", "time", "out_of_range"),
        (f"0001-01-01T05:00:00Z,{ZHANG_WEI[0]},{ZHANG_WEI[1]}", "time", "out_of_range"),
        (f"{NOON},{ZHANG_WEI[0]},{ZHANG_WEI[1].replace('019CHN', '018CHN')}", "number", "check_digit"),
        (f"{NOON},{ZHANG_WEI[0]}", "zone", "length"),
        (NOON, "mrz1", "missing"),
        (f"{NOON},,,passport,,CHN", "number", "missing"),
        (f"{NOON},,,,E87654321,CHN", "kind", "missing"),
        (f"{NOON},,,ticket,E87654321,CHN", "kind", "unknown"),
        (f"{NOON},,,passport,E87654321,ZZ", "country", "unknown"),
        (f"{NOON},,,passport,E87654321,CHN,1990-13-01", "birth_date", "date"),
        (f"{NOON},,,passport,E87654321,CHN,,RU", "destination", "unknown"),
        (f'{NOON},"{ZHANG_WEI[0]},{ZHANG_WEI[1]}', "row", "unclosed_quote"),
    ],
)
def test_a_bad_row_is_named_by_row_and_field_and_stops_nothing(
    shop: DemoShop, row: str, field: str, reason: str
) -> None:
    shop.sell(SWEETS)
    header = HEADER if row != NOON else "time,mrz1,mrz2"

    result = taken(shop, [row, ZHANG] if row != NOON else [row, ZHANG[: ZHANG.index(",,,,,")]], header)

    assert (result.left, [tuple(reject) for reject in result.rejects]) == (1, [(2, field, reason)])


@pytest.mark.parametrize(
    ("header", "field", "what"),
    [
        ("mrz1,mrz2", "header.time", "missing"),
        ("time,destination", "header.mrz1", "missing"),
        ("time,mrz1", "header.mrz2", "missing"),
        ("time,number", "header.kind", "missing"),
        ("time,mrz1,mrz2,Time", "header", "column_twice"),
        ("", "header", "empty"),
    ],
)
def test_a_header_that_lacks_what_is_needed_is_bad_input(shop: DemoShop, header: str, field: str, what: str) -> None:
    with pytest.raises(BadField) as refused:
        taken(shop, [], header)

    assert (refused.value.field, refused.value.what) == (field, what)


def test_a_file_that_is_not_there_is_bad_input(shop: DemoShop) -> None:
    with pytest.raises(BadField) as refused:
        steps(shop).record_gate(shop.folder / "none.csv", shop.person("manager"))

    assert (refused.value.field, refused.value.what) == ("FILE", "not_found")


def test_a_crowd_goes_through_the_gate_in_several_transactions(shop: DemoShop) -> None:
    numbers = [f"E7{n:07d}" for n in range(BATCH + 3)]
    for number in (numbers[0], numbers[-1]):
        basket = shop.checkout()
        basket.identify(read_typed("passport", number, "CHN", "1990-01-01", shop.now().date()))
        basket.scan(BAG)
        shop.pay(basket)
    rows = [f"{NOON},passport,{number},CHN,1990-01-01" for number in numbers]

    result = taken(shop, rows, "time,kind,number,country,birth_date")

    assert counts(result) == (BATCH + 3, 2, 0, BATCH + 1, 0)
    assert shop.verify() == []


def test_no_document_number_is_in_the_result_the_journal_or_the_store(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    rows = [ZHANG, A_STRANGER, f"{NOON},,,passport,E66666666,ZZ,,", f"{NOON},,,passport,E6666-?6666,CHN,,"]

    result = taken(shop, rows)
    (shop.folder / "gate.csv").unlink()

    written = f"{result} {left_in_the_journal(shop)} {shop.tables()}"
    assert not any(number in written for number in (ZHANG_WEIS_NUMBER, "E55555555", "E6666"))
    assert '"source":"gate"' in str(left_in_the_journal(shop))


cells = st.text(max_size=12) | st.sampled_from([NOON, *ZHANG_WEI, "passport", "CHN", "E87654321", "\x00", "1985-05-05"])


@given(st.lists(st.lists(cells, max_size=9), max_size=4))
def test_whatever_stands_in_a_row_it_is_read_or_rejected_without_repeating_it(rows: list[list[str]]) -> None:
    table = RawTable("gate.csv", HEADER.split(","), (RawRow(n, row) for n, row in enumerate(rows, 2)))

    for read in read_gate(table, MONDAY.date(), lambda at, _: at):
        assert isinstance(read, GateRow) or "E8765" not in str(tuple(read))
