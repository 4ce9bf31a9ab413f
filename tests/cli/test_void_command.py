"""`sale void` and what follows from it."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest

from tests.cli.console import COGNAC, Console, a_ticket


@pytest.fixture
def sold(console: Console) -> Console:
    """A console of a shop that sold two bottles and a cream as T1-000001, paid in yuan and tenge."""
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    return console


def a_void(**changes: Any) -> dict[str, Any]:
    """T1-000001, allowed by the manager."""
    return {
        "key": "void-1",
        "receipt": "T1-000001",
        "reason": "Rung up wrongly",
        "approve": {"user": "manager", "pin": "314159"},
        **changes,
    }


def test_a_sale_is_voided_from_a_file_with_a_document_of_its_own(sold: Console) -> None:
    sale, before = sold("sale", "show", "T1-000001").json, sold("product", "show", COGNAC).json["on_hand"]

    answer = sold("sale", "void", "-", stdin=a_void())

    assert answer.code == 0, answer.err
    back = answer.json
    assert (back["receipt"], back["voids"], back["cashier"]) == ("T1-000002", "T1-000001", "amina")
    assert (back["approved_by"], back["total"], back["to_reverse"]) == ("manager", sale["total"], [])
    assert sold("product", "show", COGNAC).json["on_hand"] == before + sum(
        line["quantity"] for line in sale["lines"] if line["code"] == COGNAC
    )
    pdf = pypdfium2.PdfDocument(sold.folder / back["pdf"])[0].get_textpage().get_text_range()
    assert "T1-000001" in pdf
    assert sold("sale", "show", "T1-000001").json["voided_by"] == "T1-000002"
    assert sold("sale", "show", "T1-000002").json["is_void"] is True
    report = sold("report", "day").json
    assert report["voided_sales"] == {
        "count": 1, "pieces": sum(line["quantity"] for line in sale["lines"]), "amount": sale["total"]["amount"]
    }  # fmt: skip
    assert sold("shift", "show").json["voided_sales"] == report["voided_sales"]
    assert [row["receipt"] for row in sold("sale", "find", "--kind", "void").json] == ["T1-000002"]
    [row] = [row for row in sold("sale", "find").json if row["receipt"] == "T1-000001"]
    assert (row["voided_by"], row["is_void"]) == ("T1-000002", False)
    [entry] = sold("journal", "show", "--kind", "void_sale").json
    assert entry["text"].startswith("Sale T1-000001 voided by T1-000002: ")
    assert sold("verify").code == 0


def test_the_same_file_again_is_the_same_void_and_another_is_refused_with_the_facts(sold: Console) -> None:
    first = sold("sale", "void", "-", stdin=a_void()).json

    assert sold("sale", "void", "-", stdin=a_void()).json["receipt"] == first["receipt"]
    again = sold("sale", "void", "-", stdin=a_void(key="void-2"))
    assert (again.code, again.json["refused"], again.json["void"]) == (3, "already_voided", "T1-000002")


def test_without_the_right_or_an_approval_it_is_refused(sold: Console) -> None:
    answer = sold("sale", "void", "-", stdin=a_void(approve=None))
    assert (answer.code, answer.json["refused"], answer.json["act"]) == (3, "not_allowed", "void_sale")


@pytest.mark.parametrize(
    "changes",
    [{"receipt": "T1-000009"}, {"receipt": 1}, {"reason": ""}, {"key": ""}, {"lines": []}, {"cashier": "nobody"}],
)
def test_what_could_never_be_done_is_bad_input(sold: Console, changes: dict[str, Any]) -> None:
    answer = sold("sale", "void", "-", stdin=a_void(**changes))

    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1


def test_a_copy_of_a_voided_receipt_says_so(sold: Console) -> None:
    sold("sale", "void", "-", stdin=a_void())
    out = sold.folder / "copy.pdf"

    assert sold("--language", "en", "receipt", "T1-000001", "--out", str(out)).code == 0

    said = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out))
    assert "T1-000002" in said
    assert any(word in said for word in ("VOIDED", "已撤销", "АННУЛИРОВАН"))


def test_documents_name_people_by_the_names_that_the_window_shows_now(sold: Console) -> None:
    assert sold("staff", "title", "amina", "Амина Сапарова").code == 0
    assert sold("receipt", "T1-000001", "--out", str(sold.folder / "copy.pdf")).code == 0
    back = sold("sale", "void", "-", stdin=a_void()).json

    copy, pdf = (
        pypdfium2.PdfDocument(sold.folder / name)[0].get_textpage().get_text_range()
        for name in ("copy.pdf", back["pdf"])
    )

    assert "Амина Сапарова" in copy, "a receipt of before has the name of today"
    assert back["cashier"] == "amina"  # the record keeps the sign-in name
    assert "Амина Сапарова" in pdf
    assert "Dana K." in pdf
