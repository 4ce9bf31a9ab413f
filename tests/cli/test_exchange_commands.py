"""`sale ring` with returns, `sale return` without a receipt, and the one receipt of an exchange."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest

from tests.cli.console import COGNAC, Console, a_ticket

MANAGER = {"user": "manager", "acts": ["blind_return"]}


@pytest.fixture
def sold(console: Console) -> Console:
    """A console of a shop that sold two bottles and a cream as T1-000001, paid in yuan and tenge."""
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    return console


def an_exchange(**changes: Any) -> dict[str, Any]:
    """One bottle comes back for another one: nothing is paid."""
    return a_ticket() | {
        "key": "exchange-1",
        "lines": [{"code": COGNAC, "quantity": 1}],
        "payments": [],
        "returns": [{"receipt": "T1-000001", "line": 0, "quantity": 1}],
        **changes,
    }


def said(console: Console, pdf: str) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(console.folder / pdf))


def test_an_exchange_is_one_ticket_one_answer_and_one_receipt(sold: Console) -> None:
    answer = sold("sale", "ring", "-", stdin=an_exchange())

    assert answer.code == 0, answer.err
    assert answer.json["receipt"] == "T1-000003"
    [back] = answer.json["returns"]
    assert (back["receipt"], back["reverses"]) == ("T1-000002", "T1-000001")
    assert [refund["method"] for refund in back["refunds"]] == ["exchange"]
    assert [paid["method"] for paid in answer.json["paid"]] == ["exchange"]
    printout = said(sold, answer.json["pdf"])
    assert "T1-000002" in printout
    assert "T1-000001" in printout
    shown = sold("sale", "show", "T1-000003").json
    assert shown | {"pdf": answer.json["pdf"], "slips": answer.json["slips"]} == answer.json
    assert sold("sale", "show", "T1-000002").json["exchanged_in"] == "T1-000003"
    assert sold("verify").code == 0


def test_the_number_of_what_came_back_leads_to_the_same_receipt_as_a_copy(sold: Console) -> None:
    sold("sale", "ring", "-", stdin=an_exchange())
    sold("rates", "set", "CNY", "--buy", "60", "--sell", "61")
    copy = sold("receipt", "T1-000002", "--out", str(sold.folder / "copy.pdf")).json
    assert (copy["receipt"], copy["copy"]) == ("T1-000003", 1)
    assert "COPY" in said(sold, "copy.pdf") or "副本" in said(sold, "copy.pdf")


def test_in_the_day_report_and_on_the_x_exchanges_stand_on_both_sides(sold: Console) -> None:
    before = sold("shift", "show").json["cash"]
    sold("sale", "ring", "-", stdin=an_exchange())
    for report in (sold("report", "day").json, sold("shift", "show").json):
        sides = [[row for row in report[side] if row["method"] == "exchange"] for side in ("payments", "refunds")]
        assert sides[0] == sides[1] != []
    assert sold("shift", "show").json["cash"] == before


def test_a_line_of_returns_that_is_not_there_is_named(sold: Console) -> None:
    answer = sold("sale", "ring", "-", stdin=an_exchange(returns=[{"receipt": "T1-000001", "line": 9, "quantity": 1}]))
    assert answer.code == 2
    assert "returns[0].line" in answer.err


def test_goods_without_a_receipt_come_back_by_the_console_and_stand_apart(sold: Console) -> None:
    blind = {
        "key": "blind-1",
        "receipt": None,
        "lines": [{"code": COGNAC, "quantity": 1, "price": "400.00"}],
        "refund": {"currency": "CNY", "method": "cash"},
        "reason": "receipt lost",
        "cashier": "amina",
    }
    refused = sold("sale", "return", "-", stdin=blind)
    assert (refused.code, refused.json["refused"]) == (3, "not_allowed")
    approve = {**MANAGER, "pin": "314159"}
    answer = sold("sale", "return", "-", stdin={**blind, "approve": approve})
    assert answer.code == 0, answer.err
    assert (answer.json["reverses"], answer.json["total"]["amount"]) == (None, "400.00")
    assert sold("report", "day").json["without_receipt"] == {"count": 1, "pieces": 1, "amount": "400.00"}
    assert sold("verify").code == 0
