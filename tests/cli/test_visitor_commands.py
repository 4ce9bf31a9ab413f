"""`visitor show|left|link|part|move|retention`: a visitor from a file, never by document number."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import COGNAC, MRZ, Console, a_ticket

DOCUMENT = {"mrz": MRZ}
OTHER = {"kind": "passport", "number": "E87654321", "country": "CHN", "birth_date": "1990-01-01"}


def a_file(console: Console, content: object, name: str = "document.json") -> str:
    path = console.folder.parent / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def sold(console: Console, key: str = "k-1", document: object = DOCUMENT) -> Any:
    """A bottle of cognac for the visitor of this document."""
    visitor = {"id": "A", "document": document, "residence": "CN"}
    payment = {"method": "card", "currency": "CNY", "amount": "450.00"}
    ticket = a_ticket(key, visitors=[visitor], lines=[{"code": COGNAC}], payments=[payment])
    answer = console("sale", "ring", "-", stdin=ticket)
    assert answer.code == 0, answer
    return answer.json


def test_a_stranger_is_shown_with_every_allowance_whole(console: Console) -> None:
    shown = console("visitor", "show", "-", stdin=DOCUMENT)

    assert shown.code == 0, shown.err
    assert (shown.json["document"], shown.json["country"], shown.json["known"]) == ("E••••••01", "CHN", False)
    assert shown.json["regimes"]["cn-horgos"]["verdict"] == "ok"
    assert console("verify").code == 0


def test_a_visitor_is_shown_with_what_they_bought_and_what_is_left(console: Console) -> None:
    sale = sold(console)

    shown = console("visitor", "show", "-", stdin={"document": DOCUMENT}).json

    assert shown["known"] is True
    assert [document["document"] for document in shown["papers"]] == ["E••••••01"]
    [bought] = shown["purchases"]
    assert (bought["receipt"], bought["quantity"], bought["carried_out_at"]) == (sale["receipt"], 1, None)
    judged = shown["regimes"]["cn-horgos"]
    scenario = {
        "regime": "cn-horgos",
        "at": bought["at"],
        "visitor": {"birth_date": "1985-05-05", "residence": "CN"},
        "rates": sale["quota_rates"],
        "history": [
            {
                "at": bought["at"],
                "carried_out_at": None,
                "lines": [
                    {name: bought[name] for name in ("name", "category", "quantity", "unit_price", "currency")}
                    | _attributes(console)
                ],
            }
        ],
        "basket": [],
    }
    assert console("quota", "check", "-", stdin=scenario).json == judged


def _attributes(console: Console) -> dict[str, Any]:
    product = console("product", "show", COGNAC).json
    names = ("ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant")
    return {name: product[name] for name in names if product[name] is not None}


def test_who_has_left_has_nothing_more_to_carry_out(console: Console) -> None:
    sold(console)

    left = console("visitor", "left", "-", stdin={"document": DOCUMENT, "destination": "CN"})
    again = console("visitor", "left", a_file(console, DOCUMENT))

    assert (left.code, left.json["document"]) == (0, "E••••••01")
    assert left.json["left"] == {"cn-horgos": {"lines": 1, "units": 1}}
    assert (again.code, again.json["left"]) == (0, {})
    [bought] = console("visitor", "show", "-", stdin=DOCUMENT).json["purchases"]
    assert bought["carried_out_at"] == left.json["at"]
    assert console("verify").code == 0


@pytest.mark.parametrize(
    ("stdin", "code", "named"),
    [
        (DOCUMENT, 3, "unknown_visitor"),
        ({"document": DOCUMENT, "at": "2300-01-01T00:00:00+00:00"}, 2, "at"),
        ({"document": DOCUMENT, "at": "2100-01-01T00:00:00+00:00"}, 2, "at"),
        ({"document": DOCUMENT, "at": "2026-03-02T12:00:00"}, 2, "at"),
        ({"document": DOCUMENT, "destination": "RU"}, 2, "destination"),
        ({"document": DOCUMENT, "when": 1}, 2, "when"),
        ({"document": {"mrz": ["x"]}}, 2, "document.zone"),
        ({"kind": "passport", "number": "E87654321", "country": "ZZ"}, 2, "document.country"),
        ([], 2, "document"),
        ("{", 2, "json"),
        ({"document": DOCUMENT, "approve": {"user": "manager"}}, 2, "approve.pin"),
    ],
)
def test_what_cannot_be_shown_of_a_departure_is_named_in_one_line(
    console: Console, stdin: object, code: int, named: str
) -> None:
    answer = console("visitor", "left", "-", stdin=stdin)

    assert answer.code == code, answer
    assert named in answer.err + answer.out
    assert len(answer.err.strip().splitlines()) == 1
    assert "E87654321" not in answer.err + answer.out


def test_either_a_document_or_a_gates_file_is_reported(console: Console) -> None:
    for words in ((), ("-", "--gate", "x.csv")):
        answer = console("visitor", "left", *words, stdin=DOCUMENT)
        assert answer.code == 2
        assert "DOCUMENT-FILE" in answer.err


def test_a_gates_file_is_taken_row_by_row_and_taken_twice_changes_nothing(console: Console) -> None:
    sale = sold(console)
    rows = [
        f"{sale['at']},{MRZ[0]},{MRZ[1]}",
        f"{sale['at']},{MRZ[0]},{MRZ[1][:-1]}9",
        f"{sale['at']},P<CHNLI<<NA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
    ]
    gate = a_file(console, "\n".join(["Time;MRZ1;MRZ2", *(row.replace(",", ";") for row in rows)]), "gate.csv")

    first, second = console("visitor", "left", "--gate", gate), console("visitor", "left", "--gate", gate)

    assert first.code == 0, first.err
    assert first.json == {
        "rows": 3, "left": 1, "nothing": 0, "strangers": 0, "rejected": 2,
        "rejects": [
            {"row": 3, "field": "composite", "reason": "check_digit"},
            {"row": 4, "field": "zone", "reason": "length"},
        ],
    }  # fmt: skip
    assert (second.json["left"], second.json["nothing"]) == (0, 1)
    assert console("verify").code == 0


def test_documents_are_linked_and_parted(console: Console) -> None:
    sold(console)
    document, other = a_file(console, DOCUMENT), a_file(console, {"document": OTHER}, "other.json")

    linked = console("visitor", "link", other, document)
    again = console("visitor", "link", document, other)
    shown = console("visitor", "show", other).json
    parted = console("visitor", "part", other)

    assert (linked.code, [p["own"] for p in linked.json["papers"]]) == (0, [False, True])
    assert (again.code, again.json) == (3, {"refused": "already_linked", "paper": "E••••••01", "to": "E••••••21"})
    assert (len(shown["papers"]), len(shown["purchases"])) == (2, 1)
    assert (parted.code, [p["document"] for p in parted.json["papers"]]) == (0, ["E••••••21"])
    assert console("visitor", "part", other).json["refused"] == "not_linked"
    assert console("verify").code == 0


def test_a_finished_sale_is_moved_to_the_visitor_whose_goods_they_are(console: Console) -> None:
    sale = sold(console)
    as_manager = {"document": OTHER, "approve": {"user": "manager", "pin": "314159", "acts": ["review"]}}

    moved = console("visitor", "move", sale["receipt"], "A", "-", stdin=as_manager)
    nothing = console("visitor", "move", sale["receipt"], "A", "-", stdin=OTHER)
    unknown = console("visitor", "move", "T1-000009", "A", "-", stdin=OTHER)

    assert moved.code == 0, moved.err
    assert (moved.json["receipt"], moved.json["document"], moved.json["lines"]) == (sale["receipt"], "E••••••21", [0])
    assert moved.json["quota"]["verdict"] == "ok"
    assert (nothing.code, nothing.json["refused"]) == (3, "already_his")
    assert unknown.code == 2
    [bought] = console("visitor", "show", "-", stdin=DOCUMENT).json["purchases"]
    assert bought["moved"] == "away"
    assert console("verify").code == 0


def test_a_wrong_pin_moves_nothing(console: Console) -> None:
    sale = sold(console)
    wrong = {"document": OTHER, "approve": {"user": "manager", "pin": "000001"}}

    assert console("visitor", "move", sale["receipt"], "A", "-", stdin=wrong).json["refused"] == "wrong_pin"
    assert console("visitor", "show", "-", stdin=OTHER).json["known"] is False


def test_no_document_number_is_left_in_the_shops_folder(console: Console) -> None:
    sale = sold(console)
    console("visitor", "show", "-", stdin=OTHER)
    console("visitor", "left", "-", stdin=OTHER)
    console("visitor", "move", sale["receipt"], "A", "-", stdin=OTHER)
    console("visitor", "left", "--gate", a_file(console, f"time,mrz1,mrz2\n{sale['at']},{MRZ[0]},{MRZ[1]}", "g.csv"))

    for number in (b"E00000001", b"E87654321"):
        forms = (number, number.decode().encode("utf-16-le"), base64.b64encode(number).rstrip(b"=")[:-1])
        for path in _files(console.folder):
            assert not any(form in path.read_bytes() for form in forms), path


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_visitor_whom_no_window_needs_is_forgotten_and_their_receipt_drawn_without_them(console: Console) -> None:
    sold(console)
    kept = console("visitor", "retention")
    assert (kept.code, kept.json["window_days"], kept.json["margin_days"], kept.json["last_done"]) == (0, 31, 30, None)
    assert console("visitor", "retention", "--forget").json["visitors"] == 0

    later = ("--at", "2027-06-01T12:00:00+08:00")
    gone = console("visitor", "retention", "--forget", options=later)
    assert (gone.json["visitors"], gone.json["sales"], gone.json["last_done"]) == (1, 1, "2027-06-01")
    shown = console("sale", "show", "T1-000001", options=later)
    assert shown.json["visitors"] == [{"id": "A", "document": "", "country": "CHN"}]
    out = console.folder.parent / "again.pdf"
    assert console("receipt", "T1-000001", "--out", str(out), options=later).code == 0
    assert out.stat().st_size > 1_000
    assert console("visitor", "show", "-", stdin=DOCUMENT, options=later).json["known"] is False
    assert console("verify", options=later).code == 0


def test_a_cashier_is_not_shown_how_long_visitors_are_known(console: Console) -> None:
    console.patch.setenv("BORDER_POS_PIN", "246810")

    refused = console("visitor", "retention", options=("--as", "amina"))
    assert (refused.code, refused.json["refused"]) == (3, "not_allowed")
