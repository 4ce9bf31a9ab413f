"""`order …`, `stock receive` and `stock charge`: orders and deliveries by file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import COGNAC, CREAM, Console

ORDER = {
    "supplier": "Almaty Sweets",
    "expected_on": "2026-03-09",
    "lines": [
        {"code": CREAM, "pieces": 24, "cost": "30.00"},
        {"code": COGNAC, "pieces": 6, "cost": {"amount": "35.00", "currency": "USD"}},
    ],
}


def a_delivery(**changes: Any) -> dict[str, Any]:
    lines = [{"code": CREAM, "quantity": 24, "lot": "A1126", "expiry": "2027-05-31"}, {"code": COGNAC, "quantity": 5}]
    return {"order": "O-000001", "delivery_note": "4471", "lines": lines} | changes


def test_an_order_is_made_received_in_two_deliveries_and_closed(console: Console) -> None:
    made = console("order", "new", "-", stdin=ORDER)
    assert made.code == 0, made.err
    assert (made.json["order"], made.json["outstanding"]) == ("O-000001", 30)
    assert console("order", "list").json[0]["outstanding"] == 30

    charges = [{"kind": "freight", "amount": "20.00", "currency": "USD"}]
    came = console("stock", "receive", "-", stdin=a_delivery(charges=charges, key="truck-7"))
    assert came.code == 0, came.err
    assert (came.json["receipt"], came.json["order"], came.json["pieces"]) == ("R-000001", "O-000001", 29)
    assert [line["lot"] for line in came.json["lines"]] == ["A1126", ""]
    assert (came.json["order_closed"], [line[2] for line in came.json["missing"]]) == (False, [1])
    again = console("stock", "receive", "-", stdin=a_delivery(charges=charges, key="truck-7"))
    assert again.json == came.json

    late = console("stock", "charge", "R-000001", "10.00", "CNY", "--kind", "duty")
    assert late.code == 0, late.err
    assert (late.json["on_owned"]["amount"], late.json["on_sold"]["amount"]) == ("10.00", "0.00")
    rest = console("stock", "receive", "-", stdin=a_delivery(lines=[{"code": COGNAC, "quantity": 1}]))
    assert rest.json["order_closed"] is True
    shown = console("order", "show", "1").json
    assert (shown["state"], shown["receipts"]) == ("closed", ["R-000001", "R-000002"])
    assert console("order", "list", "--state", "closed").json[0]["order"] == "O-000001"
    assert console("verify").code == 0


def test_an_order_comes_from_a_table_and_is_given_up(console: Console, tmp_path: Path) -> None:
    table = tmp_path / "order.csv"
    table.write_text(f"Code;Quantity;Cost;Currency\n{CREAM};12;3.20;usd\n{COGNAC};4;;\n", encoding="utf-8")

    made = console("order", "new", str(table), "--supplier", "Seoul Beauty", "--expected", "2026-03-09")
    assert made.code == 0, made.err
    assert (made.json["origin"], made.json["supplier"]) == ("file", "Seoul Beauty")
    assert [line["cost"] for line in made.json["lines"]] == [{"amount": "3.20", "currency": "USD"}, None]
    assert console("order", "drop", "O-000001").json["state"] == "dropped"
    again = console("order", "close", "1")
    assert (again.code, again.json["refused"]) == (3, "order_over")


def test_orders_are_printed_with_their_totals_and_a_cost_is_set_by_a_command(console: Console) -> None:
    made = console("order", "new", "-", stdin=ORDER).json
    assert [line["total"] for line in made["lines"]] == [
        {"amount": "720.00", "currency": "CNY"},
        {"amount": "210.00", "currency": "USD"},
    ]

    unknown = console("order", "cost", "O-1", COGNAC)
    assert unknown.code == 0, unknown.err
    assert (unknown.json["totals"], unknown.json["without_cost"]) == ([{"amount": "720.00", "currency": "CNY"}], 1)
    assert console("order", "cost", "1", COGNAC, "250.50").code == 0
    known = console("order", "cost", "1", CREAM, "4", "--currency", "usd").json
    listed = console("order", "list").json[0]

    assert known["lines"][0]["cost"] == {"amount": "4.00", "currency": "USD"}
    totals = [{"amount": "1503.00", "currency": "CNY"}, {"amount": "96.00", "currency": "USD"}]
    assert known["totals"] == listed["totals"] == totals
    assert listed["without_cost"] == 0
    assert console("order", "cost", "1", COGNAC, "much").code == 2
    assert console("order", "cost", "1", COGNAC, "1", "--currency", "GBP").code == 2


def test_what_a_file_does_not_say_is_what_the_supplier_s_last_delivery_cost(console: Console) -> None:
    console("order", "new", "-", stdin=ORDER)
    console("stock", "receive", "-", stdin=a_delivery())
    lines = [{"code": CREAM, "pieces": 1}, {"code": COGNAC, "pieces": 1, "cost": None}]

    again = console("order", "new", "-", stdin={"supplier": "Almaty Sweets", "lines": lines}).json

    assert [line["cost"] for line in again["lines"]] == [{"amount": "30.00", "currency": "CNY"}, None]


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (f"{CREAM};x;1.00;", "row 2, pieces"),
        (f"{CREAM};;1.00;", "row 2, pieces"),
        (f"{CREAM};1;-1;", "row 2, cost"),
        (f"{CREAM};1;1.00;GBP", "row 2, currency"),
        (";1;1.00;", "row 2, code"),
        ("6901204300019;1;;", "6901204300019"),
    ],
)
def test_a_table_that_cannot_be_ordered_names_row_and_column(
    console: Console, tmp_path: Path, row: str, named: str
) -> None:
    table = tmp_path / "order.csv"
    table.write_text(f"code;pieces;cost;currency\n{row}\n", encoding="utf-8")

    refused = console("order", "new", str(table))

    assert (refused.code, len(refused.err.splitlines())) == (2, 1)
    assert named in refused.err


@pytest.mark.parametrize(
    ("changes", "code", "named"),
    [
        ({"order": "O-9"}, 2, "O-000009"),
        ({"order": "order nine"}, 2, "order nine"),
        ({"lines": [{"code": CREAM, "quantity": 0}]}, 2, "lines[0].quantity"),
        ({"lines": [{"code": CREAM, "quantity": True}]}, 2, "lines[0].quantity"),
        ({"lines": [{"code": CREAM, "expiry": "31.05.2027"}]}, 2, "lines[0].expiry"),
        ({"lines": [{"code": CREAM, "expiry": "2027-W22-1"}]}, 2, "lines[0].expiry"),
        ({"lines": [{"code": CREAM}, {"code": CREAM, "expiry": "0001-01-01"}]}, 2, "lines[1].expiry: “0001-01-01”"),
        ({"lines": [{"code": CREAM, "lot": "A", "expiry": "9999-12-31"}]}, 2, "lines[0].expiry: “9999-12-31”"),
        ({"lines": [{"code": CREAM, "cost": "-5.00"}]}, 2, "lines[0].cost"),
        ({"lines": [{"code": CREAM, "lot": "A", "expiry": f"2027-05-{day}"} for day in (30, 31)]}, 3, "2027"),
        ({"lines": [{"code": "6900000000014"}]}, 2, "6900000000014"),
        ({"lines": [{"code": "6901204300016"}]}, 3, "6901204300016"),
        ({"lines": []}, 3, "R-000001"),
        ({"place": "roof"}, 2, "place"),
        ({"charges": [{"kind": "bribe", "amount": "1.00"}]}, 2, "charges[0].kind"),
        ({"charges": [{"kind": "duty"}]}, 2, "charges[0]"),
        ({"charge": []}, 2, "charge"),
    ],
)
def test_a_delivery_that_cannot_come_in_is_named_and_leaves_nothing(
    console: Console, changes: dict[str, Any], code: int, named: str
) -> None:
    console("order", "new", "-", stdin=ORDER)

    refused = console("stock", "receive", "-", stdin=a_delivery(**changes))

    assert (refused.code, len(refused.err.splitlines())) == (code, 1), refused.err
    assert named in refused.err
    assert console("order", "show", "1").json["receipts"] == []


def test_a_key_that_was_used_for_another_delivery_is_refused_and_the_same_file_is_reported_again(
    console: Console,
) -> None:
    console("order", "new", "-", stdin=ORDER)
    first = console("stock", "receive", "-", stdin=a_delivery(key="truck-7"))
    lines = [{"code": CREAM, "quantity": 1}]

    for other in (a_delivery(key="truck-7", lines=lines, order=None), a_delivery(key="truck-7", delivery_note="4472")):
        refused = console("stock", "receive", "-", stdin=other)
        assert (refused.code, refused.out, len(refused.err.splitlines())) == (2, "", 1)
        assert "truck-7" in refused.err

    turned = dict(reversed(a_delivery(key="truck-7").items()))
    assert console("stock", "receive", "-", stdin=turned).json == first.json
    assert console("verify").code == 0


@pytest.mark.parametrize("day", ["0001-01-01", "2024-03-01", "2062-03-09", "9999-12-31"])
def test_an_order_is_promised_for_no_day_that_can_only_be_a_slip(console: Console, tmp_path: Path, day: str) -> None:
    table = tmp_path / "order.csv"
    table.write_text(f"code,pieces\n{CREAM},12\n", encoding="utf-8")

    by_json = console("order", "new", "-", stdin=ORDER | {"expected_on": day})
    by_table = console("order", "new", str(table), "--expected", day)

    for refused in (by_json, by_table):
        assert (refused.code, refused.out, len(refused.err.splitlines())) == (2, "", 1)
        assert f"Expected on: “{day}”" in refused.err
    assert console("order", "list").json == []
