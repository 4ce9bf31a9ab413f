"""`stock show`, `adjust`, `move`, `count`, `lots`, `expiring`: the stock by file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import main
from pos.application.settings.options import Options
from pos.application.stock.count_stock import CountDraft
from tests.cli.console import COGNAC, CREAM, Console


def test_goods_are_moved_corrected_and_shown(console: Console) -> None:
    before = console("stock", "show", CREAM).json
    lines = [{"code": CREAM, "quantity": 2}]
    moved = console("stock", "move", "-", stdin={"from": "floor", "to": "quarantine", "lines": lines})
    assert moved.code == 0, moved.err
    assert (moved.json["document"], moved.json["lines"][0]["quantity"]) == ("M-000001", 2)
    lost = console("stock", "adjust", "-", stdin={"kind": "waste", "reason": "damaged", "lines": lines, "note": "fell"})
    assert lost.code == 0, lost.err

    shown = console("stock", "show", CREAM).json
    assert (shown["on_hand"], shown["owned"]) == (before["on_hand"] - 4, before["owned"] - 2)
    last = shown["movements"][0]
    assert (last["reason"], last["why"], last["document"], last["note"]) == ("waste", "damaged", "M-000002", "fell")
    assert console("verify").code == 0


def test_a_refusal_says_what_is_there_and_bad_input_names_its_field(console: Console) -> None:
    much = console(
        "stock", "move", "-", stdin={"from": "store", "to": "floor", "lines": [{"code": COGNAC, "quantity": 9999}]}
    )
    assert (much.code, much.json["refused"], much.json["place"]) == (3, "not_there", "store")
    for request, field in (
        ({"from": "floor", "to": "roof", "lines": [{"code": COGNAC, "quantity": 1}]}, "to"),
        ({"from": "roof", "to": "floor", "lines": [{"code": COGNAC, "quantity": 1}]}, "from"),
        ({"from": "floor", "to": "store", "lines": [{"code": COGNAC}]}, "lines[0].quantity"),
        ({"from": "floor", "to": "store", "lines": [{"code": COGNAC, "quantity": float("nan")}]}, "“NaN”"),
        ({"from": "floor", "to": "store", "lines": [{"code": "6901028075763", "quantity": 1}]}, "lines[0].code"),
        ({"from": "floor", "to": "store", "lines": []}, "lines"),
        ({"from": "floor", "to": "store", "colour": 1}, "colour"),
        ([], "move"),
    ):
        bad = console("stock", "move", "-", stdin=request)
        assert bad.code == 2, (request, bad.err)
        assert field in bad.err, bad.err
        assert bad.err.count("\n") == 1


def test_a_stock_take_that_is_open_is_discarded_by_its_number(console: Console) -> None:
    shop = main.build(Options(data=console.folder), quick_pins=True)
    clerk = next(one for one in shop.sign_in.people() if one.name == "clerk")
    shop.count_stock.begin(clerk, CountDraft(scope="products", codes=(CREAM,)))
    shop.close()
    dropped = console("stock", "drop-count", "C-000001")
    assert dropped.code == 0, dropped.err
    assert dropped.json == {"count": "C-000001", "place": "floor", "scope": "products", "state": "dropped"}
    again = console("stock", "drop-count", "1")
    assert (again.code, again.json["refused"]) == (3, "count_dropped")
    assert console("stock", "drop-count", "C-9").code == 2
    assert console("stock", "drop-count", "nine").code == 2
    assert console("verify").code == 0


def test_a_stock_take_from_a_file_is_posted_whole_or_not_at_all(console: Console) -> None:
    cream = console("stock", "show", CREAM).json["on_hand"]
    request = {"products": [CREAM, COGNAC], "entries": [{"code": CREAM, "quantity": cream - 3}], "reason": "theft"}
    posted = console("stock", "count", "-", stdin=request)
    assert posted.code == 0, posted.err
    assert (posted.json["count"], posted.json["not_counted"]) == ("C-000001", 1)
    [one] = posted.json["differences"]
    assert (one["code"], one["difference"], one["reason"]) == (CREAM, -3, "theft")
    assert console("stock", "show", CREAM).json["on_hand"] == cream - 3

    for wrong, field in (
        ({**request, "entries": [{"code": "6901028075763", "quantity": 1}]}, "entries[0].code"),
        ({**request, "entries": [{"code": CREAM, "quantity": -1}]}, "entries[0].quantity"),
        ({**request, "entries": []}, "entries"),
        ({**request, "reason": "boredom"}, "reason"),
        ({**request, "shelf": "A"}, "products"),
    ):
        bad = console("stock", "count", "-", stdin=wrong)
        assert bad.code == 2, (wrong, bad.err)
        assert field in bad.err, bad.err
    assert console("stock", "count", "-", stdin={**request, "none_left": True}).json["count"] == "C-000003"
    assert console("stock", "show", COGNAC).json["on_hand"] == 0
    assert console("verify").code == 0


def test_lots_come_as_json_csv_and_pdf_and_what_expires_as_a_list(console: Console, tmp_path: Path) -> None:
    line = {"code": CREAM, "quantity": 24, "lot": "A1126", "expiry": "2026-03-20"}
    came = console("stock", "receive", "-", stdin={"supplier": "Seoul Beauty", "entry": "KZ-118", "lines": [line]})
    assert came.code == 0, came.err
    [lot] = console("stock", "lots", "--entry", "KZ-118").json
    assert (lot["lot"], lot["received"], lot["on_hand"], lot["entry"]) == ("A1126", 24, 24, "KZ-118")
    table = list(csv.DictReader(io.StringIO(console("stock", "lots", "--entry", "KZ-118", "--format", "csv").out)))
    assert [(row["lot"], row["on_hand"]) for row in table] == [("A1126", "24")]
    pdf = tmp_path / "lots.pdf"
    assert console("stock", "lots", "--on-hand", "--format", "pdf", "--out", str(pdf)).code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert console("stock", "lots", "--format", "pdf").code == 2
    assert console("stock", "lots", "--format", "xml").code == 2
    assert "A1126" in [one["lot"] for one in console("stock", "expiring", "--days", "60").json]
    assert console("stock", "expiring", "--days", "-1").code == 2
