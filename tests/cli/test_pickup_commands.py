"""`pickup`: a day of customer orders by commands, JSON in and out."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.cli.console import Console
from tests.shops import CHOCOLATE, COGNAC, SWEETS, a_ticket

ORDER = {
    "key": "o-1",
    "channel": "douyin",
    "channel_ref": "D-1",
    "buyer": "小雨",
    "phone": "138 0013 8000",
    "language": "zh",
    "lines": [{"code": CHOCOLATE, "quantity": 2}, {"code": COGNAC, "price": "30000", "currency": "KZT"}],
    "deposit": {"method": "cash", "amount": "7280", "currency": "KZT"},
    "cashier": "amina",
}


def test_a_day_of_customer_orders(console: Console, tmp_path: Path) -> None:
    taken = console("pickup", "take", "-", stdin=ORDER)
    assert taken.code == 0, taken.err
    order = taken.json
    code = order["code"]
    assert (order["state"], order["phone_ends"], order["deposit"]["left"]) == ("confirmed", "8000", "7280.00")
    assert console("pickup", "take", "-", stdin=ORDER).json == order
    assert console("pickup", "ready", code, "--place", "A-7").json["place"] == "A-7"
    assert [one["code"] for one in console("pickup", "board").json["ready"]] == [code]
    assert [one["code"] for one in console("pickup", "find", "8000").json] == [code]
    assert {one["side"] for one in console("pickup", "show", code, "--advice").json["advice"]} == {"CN", "KZ"}
    assert code[:4] in console("pickup", "message", code).json["message"]

    cents = {"method": "card", "currency": "CNY", "amount": "337.09", "reference": "4711"}
    sold = console("pickup", "sell", "-", "--order", code, stdin=a_ticket(lines=[], payments=[cents]))
    assert sold.code == 0, sold.err
    assert [one["method"] for one in sold.json["paid"]] == ["deposit", "card"]
    done = console("pickup", "list", "--state", "picked_up").json
    assert [(one["code"], one["receipt"]) for one in done] == [(code, sold.json["receipt"])]
    again = console("pickup", "sell", "-", "--order", code, stdin=a_ticket(key="k-2", lines=[], payments=[cents]))
    assert (again.code, again.json["refused"], sold.json["receipt"] in again.err) == (3, "already_picked_up", True)

    second = console("pickup", "take", "-", stdin={"key": "o-2", "channel": "phone", "buyer": "Anna 4567",
                                                   "lines": [{"code": SWEETS}], "confirm": False}).json  # fmt: skip
    other = second["code"]
    assert (second["state"], console("pickup", "confirm", other).json["state"]) == ("claimed", "confirmed")
    paid = {"key": "d-1", "order": other, "method": "cash", "amount": "20.00", "cashier": "amina"}
    assert console("pickup", "deposit", "-", stdin=paid).json["deposit"]["left"] == "20.00"
    assert console("pickup", "hold", other, "2026-03-01T18:00+08:00").code == 3
    assert console("pickup", "cancel", other, "--why", "changed her mind").json["why"] == "changed her mind"
    assert [one["code"] for one in console("pickup", "owed").json] == [other]
    back = console("pickup", "give-back", "-", stdin={"order": other, "cashier": "amina"}).json["given_back"]
    assert back == {"method": "cash", "amount": "20.00", "currency": "CNY", "reference": None}
    assert console("pickup", "expire").json == {"expired": 0}

    report = console("pickup", "report").json
    assert (report["orders"], report["picked_up"], report["cancelled"]) == (2, 1, 1)
    assert [one["amount"] for one in report["deposits"]["returned"]] == ["20.00"]
    book = tmp_path / "orders.xlsx"
    assert console("pickup", "export", str(book)).json["rows"] == 5
    assert len(openpyxl.load_workbook(book).sheetnames) == 2
    assert console("verify").code == 0


def test_a_stream_is_numbered_and_a_file_is_taken_row_by_row_and_once(console: Console, tmp_path: Path) -> None:
    sheet = [{"number": 1, "code": CHOCOLATE, "price": "10.00"}, {"number": 2, "code": COGNAC}]
    shown = console("pickup", "stream", "-", stdin=sheet).json
    assert [one["prices"][0]["amount"] for one in shown] == ["10.00", "450.00"]
    file = tmp_path / "orders.csv"
    file.write_text(
        "channel,channel_ref,buyer,phone,code,quantity,price,currency,deposit,hold_until\n"
        f"douyin,D-1,小雨,13800138000,{CHOCOLATE},2,,,,\n"
        f"douyin,D-1,小雨,13800138000,{SWEETS},1,40.00,CNY,,\n"
        f"wechat,W-1,Anna,4567,{COGNAC},x,,,,\n",
        encoding="utf-8",
    )
    first = console("pickup", "import", str(file))
    assert (first.code, first.json["taken"], first.json["refused"]) == (1, 2, 1)
    assert [row["problem"] for row in first.json["rows"]] == [None, None, "bad_field"]
    assert "whole number" in first.json["rows"][2]["reason"]
    second = console("pickup", "import", str(file), "--out", str(tmp_path / "rows.csv"))
    assert (second.code, second.json["rows"]) == (1, 3)
    assert len(console("pickup", "list").json) == 1


def test_what_was_typed_wrongly_is_named(console: Console) -> None:
    for words, stdin, named in (
        (("take", "-"), {**ORDER, "colour": "red"}, "order.colour"),
        (("take", "-"), {**ORDER, "lines": [{"code": CHOCOLATE, "quantity": "two"}]}, "lines[0].quantity"),
        (("take", "-"), {**ORDER, "deposit": {"method": "cash", "amount": "x"}}, "deposit.amount"),
        (("take", "-"), {**ORDER, "hold_until": "2026-03-05"}, "hold_until"),
        (("show", "AAAA2222"), None, "AAAA2222"),
        (("list", "--state", "lost"), None, "state"),
        (("list", "--channel", "fax"), None, "channel"),
        (("hold", "AAAA2222", "tomorrow"), None, "until"),
    ):  # fmt: skip
        answer = console("pickup", *words) if stdin is None else console("pickup", *words, stdin=stdin)
        assert answer.code == 2, answer.err
        assert named in answer.err
