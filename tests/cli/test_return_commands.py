"""`sale return` and what follows from it."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest

from tests.cli.console import COGNAC, Answer, Console, a_ticket


@pytest.fixture
def sold(console: Console) -> Console:
    """A console of a shop that sold two bottles and a cream as T1-000001, paid in yuan and tenge."""
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    return console


def a_return(key: str = "back-1", **changes: Any) -> dict[str, Any]:
    """One bottle of two, for yuan."""
    return {
        "key": key,
        "receipt": "T1-000001",
        "lines": [{"line": 0, "quantity": 1}],
        "refund": {"currency": "CNY", "method": "cash"},
        "reason": "did not fit",
        "cashier": "amina",
        **changes,
    }


def record_return(console: Console, key: str = "back-1", **changes: Any) -> Answer:
    return console("sale", "return", "-", stdin=a_return(key, **changes))


def test_goods_come_back_from_a_file_with_a_receipt_of_their_own(sold: Console) -> None:
    before = sold("product", "show", COGNAC).json["on_hand"]

    answer = record_return(sold)

    assert answer.code == 0, answer.err
    back = answer.json
    assert (back["receipt"], back["reverses"]) == ("T1-000002", "T1-000001")
    assert back["total"] == {"amount": "450.00", "currency": "CNY"}
    assert {name: back["refund"][name] for name in ("amount", "currency", "method", "rate")} == {
        "amount": "450.00", "currency": "CNY", "method": "cash", "rate": "1"
    }  # fmt: skip
    assert sold("product", "show", COGNAC).json["on_hand"] == before + 1
    assert sold("report", "day").json["returns"] == {"count": 1, "pieces": 1, "amount": "450.00"}
    assert sold("verify").code == 0


def test_the_pdf_of_a_return_lies_below_the_shops_folder(sold: Console) -> None:
    back = record_return(sold).json

    assert back["pdf"].startswith("receipts/")
    assert back["pdf"].endswith("/T1-000002.pdf")
    [page] = pypdfium2.PdfDocument(sold.folder / back["pdf"])
    said = page.get_textpage().get_text_bounded()
    assert "T1-000001" in said
    assert "did not fit" in said


def test_the_same_key_again_takes_nothing_back_and_answers_the_same(sold: Console) -> None:
    first = record_return(sold)
    report = sold("report", "day").json

    again = record_return(sold)

    assert (again.code, again.json) == (0, first.json)
    assert sold("report", "day").json == report
    assert sold("receipt", "T1-000002", "--out", str(sold.folder / "x.pdf")).json["copy"] == 1


@pytest.mark.parametrize(
    "changes", [{"lines": [{"line": 1, "quantity": 1}]}, {"reason": "another"}, {"refund": {"currency": "KZT"}}]
)
def test_the_same_key_with_other_content_is_bad_input(sold: Console, changes: dict[str, Any]) -> None:
    record_return(sold)

    other = record_return(sold, **changes)

    assert other.code == 2
    assert "back-1" in other.err
    assert sold("report", "day").json["returns"]["count"] == 1


def test_more_than_was_sold_is_refused_with_what_is_left(sold: Console) -> None:
    record_return(sold)

    refused = record_return(sold, "back-2", lines=[{"line": 0, "quantity": 2}])

    assert refused.code == 3
    assert refused.json == {
        "refused": "nothing_left_to_return", "receipt": "T1-000001", "line": 0, "wanted": 2, "left": 1
    }  # fmt: skip
    assert len(refused.err.strip().splitlines()) == 1
    assert sold("report", "day").json["returns"]["count"] == 1
    assert record_return(sold, "back-3").code == 0


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"lines": []}, ""),
        ({"lines": [{"line": 9, "quantity": 1}]}, "lines[0].line"),
        ({"lines": [{"line": 0, "quantity": 0}]}, "lines[0].quantity"),
        ({"lines": [{"line": 0, "quantity": 1, "to": "home"}]}, "lines[0].to"),
        ({"refund": None}, "refund"),
        ({"receipt": "T1-000009"}, "T1-000009"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_can_never_come_back_is_named_and_changes_nothing(
    sold: Console, changes: dict[str, Any], named: str
) -> None:
    answer = record_return(sold, **changes)

    assert answer.code == 2, answer
    assert named in answer.err
    assert len(answer.err.strip().splitlines()) == 1
    assert sold("report", "day").json["returns"]["count"] == 0


def test_a_return_is_not_returned(sold: Console) -> None:
    record_return(sold)

    answer = record_return(sold, "back-2", receipt="T1-000002")

    assert answer.code == 2
    assert "T1-000002" in answer.err


def test_a_return_is_shown_as_it_was_made(sold: Console) -> None:
    back = record_return(sold).json

    shown = sold("sale", "show", "t1-000002")

    assert shown.code == 0, shown.err
    assert shown.json == {**back, "pdf": None}
    assert sold("sale", "show", "T1-000001").json["receipt"] == "T1-000001"


def test_a_receipt_of_a_return_drawn_again_is_a_copy(sold: Console) -> None:
    record_return(sold)
    out = sold.folder / "again.pdf"

    first, second = (sold("receipt", "t1-000002", "--out", str(out)) for _ in range(2))

    assert first.json == {"receipt": "T1-000002", "copy": 1, "pdf": str(out)}
    assert second.json["copy"] == 2
    assert out.read_bytes().startswith(b"%PDF")


def test_no_one_carries_out_what_came_back(sold: Console) -> None:
    record_return(sold)

    answer = sold("receipt", "T1-000002", "--visitor", "A", "--out", str(sold.folder / "slip.pdf"))

    assert answer.code == 2
    assert "T1-000002" in answer.err


def test_a_folder_that_takes_no_receipt_leaves_the_return_recorded(sold: Console) -> None:
    (sold.folder / "receipts").rename(sold.folder / "elsewhere")
    (sold.folder / "receipts").write_text("in the way")

    answer = record_return(sold)

    assert answer.code == 0
    assert answer.json["pdf"] is None
    assert "receipts" in answer.err
    assert sold("report", "day").json["returns"]["count"] == 1
    (sold.folder / "receipts").unlink()
    assert record_return(sold).json["pdf"].endswith("T1-000002-copy-1.pdf")
