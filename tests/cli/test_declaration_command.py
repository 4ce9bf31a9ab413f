"""`declaration` at the console: the paper as PDF with blank lines, its fields as JSON."""

from __future__ import annotations

from typing import Any

from tests.cli.console import Console, a_ticket
from tests.faults.corpus.canaries import traces, words_of_pdf

WATCH = "7630204322047"
NUMBERS = ("E00000001", "N87654321")
CHILD = {"kind": "passport", "number": NUMBERS[1], "country": "KZ", "birth_date": "2015-05-05"}


def sold_over(console: Console, **changes: Any) -> dict[str, Any]:
    lines = [{"code": WATCH, "quantity": 2}]
    payments = [{"method": "card", "currency": "CNY", "amount": "11320.00"}]
    approve = {"user": "manager", "pin": "314159"}
    over = {"lines": lines, "payments": payments, "over_quota": "duty", "approve": approve}
    ticket = a_ticket() | over | changes
    answer: dict[str, Any] = console("sale", "ring", "-", stdin=ticket).json
    return answer


def test_a_declaration_is_written_with_blank_lines_and_its_fields_are_the_answer(console: Console) -> None:
    sale = sold_over(console)
    out = console.folder / "F.pdf"
    answer = console("declaration", sale["receipt"], "--visitor", "A", "--out", str(out)).json
    assert (answer["paper"], answer["visitor"], answer["minors"]) == ("china_data_sheet", "A", [])
    assert answer["duty"]["amount"] == sale["quota"]["A"]["duty"]["amount"]
    assert [(line["quantity"], line["value"], line["status"]) for line in answer["lines"]] == [
        (1, "5660.00", "dutiable")
    ]
    assert answer["sums"]["free"]["pieces"] == 1
    assert answer["pdf"] == str(out)
    everything = console("declaration", sale["receipt"], "--visitor", "A", "--out", str(out), "--all").json
    assert [line["status"] for line in everything["lines"]] == ["dutiable", "free"]
    said = words_of_pdf(out.read_bytes())
    assert "海关申报资料表" in said
    assert "•" not in said
    assert list(traces([console.folder], NUMBERS)) == []
    journal = console("journal", "show", "--kind", "paper").json
    assert [one["act"] for one in journal][:2] == ["save_declaration", "save_declaration"]


def test_the_goods_of_a_visitor_under_age_stand_on_the_paper_of_the_adult_who_is_named(console: Console) -> None:
    people = [
        {"id": "A", "document": {"mrz": list(_zone())}},
        {"id": "B", "document": CHILD},
    ]
    lines = [{"code": WATCH, "quantity": 1, "carrier": "B"}]
    payments = [{"method": "card", "currency": "CNY", "amount": "5660.00"}]
    sale = sold_over(console, destination="KZ", visitors=people, lines=lines, payments=payments)
    answer = console(
        "declaration", sale["receipt"], "--visitor", "B", "--adult", "A", "--out", str(console.folder / "F.pdf")
    ).json
    assert (answer["paper"], answer["visitor"], answer["minors"]) == ("eaeu_declaration", "A", ["B"])
    assert [line["visitor"] for line in answer["lines"]] == ["B"]
    assert {norm["rule"] for norm in answer["norms"]} == {"value", "weight"}


def test_what_cannot_be_declared_is_refused_in_one_sentence(console: Console) -> None:
    sale = console("sale", "ring", "-", stdin=a_ticket()).json
    out = str(console.folder / "F.pdf")
    within = console("declaration", sale["receipt"], "--visitor", "A", "--out", out)
    assert (within.code, within.json["refused"]) == (3, "nothing_to_declare")
    assert within.err.strip() == f"Receipt {sale['receipt']}: visitor A has nothing to declare."
    assert console("declaration", sale["receipt"], "--visitor", "A").code == 2
    nobody = console("declaration", sale["receipt"], "--visitor", "Z", "--out", out)
    assert (nobody.code, nobody.err.strip()) == (2, "There is no visitor Z in this sale.")
    assert console("declaration", "T1-999999", "--visitor", "A", "--out", out).code != 0


def _zone() -> tuple[str, str]:
    ticket = a_ticket()
    first, second = ticket["visitors"][0]["document"]["mrz"]
    return first, second
