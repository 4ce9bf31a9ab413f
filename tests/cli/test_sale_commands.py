"""`sale ring` and what follows from it."""

from __future__ import annotations

import base64
import json
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest

from tests.cli.console import COGNAC, Console, a_ticket


def test_a_sale_from_a_file_is_what_the_window_would_have_made(console: Console) -> None:
    before = console("product", "show", COGNAC).json["on_hand"]
    sold = console("sale", "ring", "-", stdin=a_ticket())
    assert sold.code == 0, sold.err
    sale = sold.json
    assert sale["receipt"] == "T1-000001"
    assert sale["total"] == {"amount": "1512.00", "currency": "CNY"}
    assert [line["amount"] for line in sale["lines"]] == ["900.00", "612.00"]
    # 500 + 73,700 ÷ 72.80 = 1,512.36; 0.36 × 72.80 = 26.2 → 25 tenge, worth 0.34
    assert [paid["value"] for paid in sale["paid"]] == ["500.00", "1012.36"]
    assert sale["change"] == {
        "amount": "25.00",
        "currency": "KZT",
        "rate": "72.8",
        "value": "0.34",
        "notes": {"20": 1, "5": 1},
    }
    assert sale["rounding"] == "0.02"
    assert console("product", "show", COGNAC).json["on_hand"] == before - 2
    assert (console.folder / sale["pdf"]).read_bytes().startswith(b"%PDF")
    assert console("verify").code == 0


def test_the_quota_of_a_sale_is_what_quota_check_answers(console: Console) -> None:
    first = console("sale", "ring", "-", stdin=a_ticket("k-1")).json
    second = console("sale", "ring", "-", stdin=a_ticket("k-2", lines=[{"code": COGNAC, "quantity": 1}])).json
    if "refused" in second:
        second = console("sale", "ring", "-", stdin=a_ticket("k-3", lines=[{"code": "4870204320145"}])).json
    bought = [_as_scenario_line(console, line) for line in first["lines"]]
    basket = [_as_scenario_line(console, line) for line in second["lines"]]
    scenario = {
        "regime": "cn-horgos",
        "at": second["at"],
        "visitor": {"birth_date": "1985-05-05", "residence": "CN", "entries": []},
        "rates": second["quota_rates"],
        "history": [{"at": first["at"], "carried_out_at": None, "lines": bought}],
        "basket": basket,
    }
    answer = console("quota", "check", "-", stdin=scenario)
    assert answer.code == 0, answer.err
    assert answer.json == second["quota"]["A"]


def _as_scenario_line(console: Console, line: dict[str, Any]) -> dict[str, Any]:
    product = console("product", "show", line["code"]).json
    names = ("ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant")
    return {
        "name": product["name"],
        "category": product["category"],
        "quantity": line["quantity"],
        "unit_price": line["unit_price"],
        "discount": line["discount"],
        "currency": "CNY",
    } | {name: product[name] for name in names if product[name] is not None}


def test_the_same_key_again_sells_nothing_and_answers_the_same(console: Console) -> None:
    first = console("sale", "ring", "-", stdin=a_ticket())
    report = console("report", "day").json
    again = console("sale", "ring", "-", stdin=a_ticket())
    assert again.json == first.json
    assert console("report", "day").json == report


def test_the_same_key_with_another_basket_is_bad_input(console: Console) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    other = console("sale", "ring", "-", stdin=a_ticket(lines=[{"code": COGNAC}]))
    assert other.code == 2
    assert "k-1" in other.err
    assert console("report", "day").json["sales"]["count"] == 1


def test_the_report_of_some_days_and_of_one_person(console: Console) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    today = console("report", "day").json["date"]
    assert console("report", "day", "--date", "2020-01-01", "--last", today).json["sales"]["count"] == 1
    assert console("report", "day", "--person", "amina").json["by_cashier"][0]["cashier"] == "amina"
    assert console("report", "day", "--person", "li").json["sales"]["count"] == 0
    unknown = console("report", "day", "--person", "nobody")
    backwards = console("report", "day", "--date", today, "--last", "2020-01-01")
    assert (unknown.code, backwards.code) == (2, 2)
    assert "nobody" in unknown.err
    assert "2020" in backwards.err


def test_the_day_report_has_the_figures_of_the_sales(console: Console) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    day = console("report", "day").json
    assert day["sales"] == {"count": 1, "pieces": 3, "amount": "1512.00"}
    assert day["discounts"] == "68.00"
    values = sum(Decimal(p["value"]) for p in day["payments"]) - sum(Decimal(c["value"]) for c in day["change"])
    assert values == Decimal(day["sales"]["amount"]) - Decimal(day["returns"]["amount"]) + Decimal(day["rounding"])
    drawer = {row["currency"]: row for row in day["cash"]}
    assert Decimal(drawer["CNY"]["expected"]) - Decimal(drawer["CNY"]["float"]) == 500
    assert Decimal(drawer["KZT"]["expected"]) - Decimal(drawer["KZT"]["float"]) == 73700 - 25


def test_a_list_answers_one_element_a_sale_and_a_bad_one_stops_nothing(console: Console) -> None:
    elements = [
        a_ticket("a"),
        {"key": "b"},
        a_ticket("c", lines=[{"code": "4870204320145"}], payments=[]),
        a_ticket("d", lines=[{"code": "4870204320145"}]),
    ]
    answer = console("sale", "ring", "-", stdin=elements)
    assert answer.code == 2
    first, bad, refused, last = answer.json
    assert first["receipt"] == "T1-000001"
    assert bad["field"] == "cashier"
    assert refused["refused"] == "underpaid"
    assert last["receipt"] == "T1-000002"


@pytest.mark.parametrize("bad", [{"\ud800": 1}, {"key": "b", "\u202e": 1}, {"key": "\ud800"}])
def test_a_field_that_no_terminal_can_write_stops_nothing_either(console: Console, bad: object) -> None:
    answer = console("sale", "ring", "-", stdin=[bad, a_ticket("a")])

    assert answer.code == 2
    assert answer.json[0]["field"].isprintable()
    assert answer.json[1]["receipt"] == "T1-000001"


def test_a_list_with_refusals_only_ends_with_three(console: Console) -> None:
    assert console("sale", "ring", "-", stdin=[a_ticket("a", payments=[])]).code == 3


@pytest.mark.parametrize(
    ("changes", "code", "named"),
    [
        ({"lines": []}, 2, "basket"),
        ({"lines": [{"code": "4870204321112"}]}, 2, "lines[0].code"),
        ({"lines": [{"code": "4006381333931"}]}, 2, "4006381333931"),
        ({"lines": [{"code": COGNAC, "quantity": 0}]}, 2, "lines[0].quantity"),
        ({"lines": [{"code": COGNAC, "quantity": 1.5}]}, 2, "lines[0].quantity"),
        ({"lines": [{"code": COGNAC, "discount": {"percent": "101"}}]}, 2, "lines[0].discount"),
        ({"lines": [{"code": COGNAC, "quantity": 2, "discount": {"percent": "50"}}]}, 3, "not_allowed"),
        ({"lines": [{"code": COGNAC, "quantity": 9999}]}, 3, "quota_exceeded"),
        ({"payments": [{"method": "cash", "currency": "GBP", "amount": "1"}]}, 2, "payments[0].currency"),
        ({"payments": [{"method": "cash", "currency": "CNY", "amount": "12a"}]}, 2, "payments[0].amount"),
        ({"payments": [{"method": "cash", "currency": "CNY", "amount": "-5"}]}, 2, "payments[0].amount"),
        ({"payments": [{"method": "card", "currency": "CNY", "amount": "2000"}]}, 3, "overpaid_without_cash"),
        ({"visitors": []}, 3, "no_visitor"),
        ({"destination": None}, 3, "no_destination"),
        ({"destination": "MN"}, 2, "destination"),
        ({"regime": "xx"}, 2, "regime"),
        ({"cashier": "nobody"}, 2, "nobody"),
        ({"cashier": "clerk"}, 3, "not_allowed"),
        ({"visitors": [{"id": "A", "document": {"mrz": ["P<CHN", "x"]}}]}, 2, ""),
        ({"approve": {"user": "manager", "pin": "000001"}}, 3, "wrong_pin"),
        ({"nonsense": 1}, 2, "nonsense"),
    ],
)
def test_what_cannot_be_sold_is_named_and_changes_nothing(
    console: Console, changes: dict[str, Any], code: int, named: str
) -> None:
    answer = console("sale", "ring", "-", stdin=a_ticket(**changes))
    assert answer.code == code, answer
    assert named in (answer.err + answer.out)
    assert len(answer.err.strip().splitlines()) == 1
    assert console("report", "day").json["sales"]["count"] == 0
    assert console("verify").code == 0


def test_over_the_allowance_sells_as_dutiable_by_a_managers_approval(console: Console) -> None:
    dear = [{"code": "7630204322047", "quantity": 2}]
    payment = [{"method": "card", "currency": "CNY", "amount": "11320.00"}]
    refused = console("sale", "ring", "-", stdin=a_ticket(lines=dear, payments=payment))
    assert (refused.code, refused.json["refused"]) == (3, "quota_exceeded")
    asked = a_ticket(lines=dear, payments=payment, over_quota="duty")
    assert console("sale", "ring", "-", stdin=asked).json["refused"] == "not_allowed"
    allowed = a_ticket(lines=dear, payments=payment, over_quota="duty", approve={"user": "manager", "pin": "314159"})
    sale = console("sale", "ring", "-", stdin=allowed).json
    assert sale["quota"]["A"]["verdict"] == "duty"
    assert sale["lines"][0]["taxed"] == 1
    assert Decimal(sale["quota"]["A"]["duty"]["amount"]) > 0


def test_a_document_number_is_nowhere_in_the_shops_folder(console: Console) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    number = b"E00000001"
    forms = (number, number.decode().encode("utf-16-le"), base64.b64encode(number).rstrip(b"=")[:-1])
    for path in console.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(form in content for form in forms), path


def test_without_an_open_shift_nothing_is_sold(console: Console) -> None:
    answer = console("sale", "ring", "-", stdin=a_ticket(), options=["--till", "T2"])
    assert (answer.code, answer.json) == (3, {"refused": "no_open_shift", "till": "T2"})


def test_a_sale_is_shown_as_it_was_made(console: Console) -> None:
    sale = console("sale", "ring", "-", stdin=a_ticket()).json
    shown = console("sale", "show", "t1-000001").json
    assert {**shown, "pdf": None} == {**sale, "pdf": None}
    missing = console("sale", "show", "T1-000009")
    assert missing.code == 2
    assert "T1-000009" in missing.err


def test_a_receipt_drawn_again_is_a_copy_at_the_frozen_rates(console: Console) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    console("rates", "set", "CNY", "--buy", "70", "--sell", "71")
    out = console.folder / "again.pdf"
    answer = console("receipt", "T1-000001", "--out", str(out))
    assert answer.json["copy"] == 1
    assert out.read_bytes().startswith(b"%PDF")
    assert console("receipt", "T1-000001", "--out", str(out)).json["copy"] == 2


def test_a_folder_that_takes_no_receipt_leaves_the_sale_recorded(console: Console) -> None:
    (console.folder / "receipts").write_text("in the way")
    answer = console("sale", "ring", "-", stdin=a_ticket())
    assert answer.code == 0
    assert answer.json["pdf"] is None
    assert "receipts" in answer.err
    assert console("report", "day").json["sales"]["count"] == 1


def test_a_copy_is_of_the_person_who_asks_for_it_and_needs_a_right(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = console("sale", "ring", "-", stdin=a_ticket()).json["receipt"]
    ask = ("receipt", receipt, "--out", str(tmp_path / "copy.pdf"))
    monkeypatch.setenv("BORDER_POS_PIN", "271828")
    for more in ((), ("--visitor", "A")):
        refused = console(*ask, *more, options=["--as", "clerk"])
        assert (refused.code, refused.json["act"]) == (3, "sell")
    monkeypatch.setenv("BORDER_POS_PIN", "000000")
    assert console(*ask, options=["--as", "manager"]).json["refused"] == "wrong_pin"
    monkeypatch.setenv("BORDER_POS_PIN", "135790")
    assert console(*ask, options=["--as", "li"]).json["copy"] == 1
    assert console(*ask).json["copy"] == 2

    with closing(sqlite.connect(console.folder / "shop.db")) as store:
        rows = store.execute("SELECT person FROM journal WHERE act = 'reprint' ORDER BY id").fetchall()
    assert rows == [("li",), ("console:tester",)]


def test_a_pin_that_is_no_text_is_not_said_again(console: Console) -> None:
    for pin in (314159, "314159\n", ["314159"]):
        answer = console("sale", "ring", "-", stdin=a_ticket(approve={"user": "manager", "pin": pin}))
        assert answer.code == 2
        assert "314159" not in answer.out + answer.err


def test_a_receipt_is_found_by_what_is_remembered_of_it(console: Console, tmp_path: Path) -> None:
    receipt = console("sale", "ring", "-", stdin=a_ticket()).json["receipt"]
    [row] = console("sale", "find", f"{COGNAC} {receipt[-4:]}", "--kind", "sale", "--cashier", "amina").json
    assert (row["receipt"], row["kind"], row["pieces"]) == (receipt, "sale", 3)
    document = tmp_path / "document.json"
    document.write_text(json.dumps(a_ticket()["visitors"][0]["document"]), encoding="utf-8")
    assert [one["receipt"] for one in console("sale", "find", "--visitor", str(document)).json] == [receipt]
    assert console("sale", "find", "31.12.2001").json == []
    for bad in (("--kind", "lost"), ("--limit", "0"), ("--visitor", str(tmp_path / "no.json"))):
        assert console("sale", "find", *bad).code == 2
    assert console("sale", "find", options=["--as", "amina"]).code == 3
