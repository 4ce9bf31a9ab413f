"""`shift open|move|show|close`: the drawer from files."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest
from openpyxl import load_workbook

from tests.cli.console import Console, a_ticket
from tests.devices.fake_printer import FakePrinter

NOTHING: dict[str, dict[str, int]] = {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")}
FLOAT = {"cashier": "li", "float": {"CNY": {"100": 5, "10": 20, "0.5": 4}, "KZT": "20000"}}
T2 = ("--till", "T2")
MANAGER = {"user": "manager", "pin": "314159"}
AMINA, LI = {"user": "amina", "pin": "246810"}, {"user": "li", "pin": "135790"}


def cash(answer: Any) -> dict[str, Any]:
    return {row["currency"]: row for row in answer["cash"]}


def test_a_shift_from_its_float_to_its_z(console: Console) -> None:
    opened = console("shift", "open", "-", stdin=FLOAT, options=T2)
    assert opened.code == 0, opened.err
    assert (opened.json["till"], opened.json["shift"], opened.json["cashier"], opened.json["z"]) == (
        "T2",
        1,
        "li",
        None,
    )
    assert cash(opened.json)["CNY"]["float"] == "702.00"
    assert (cash(opened.json)["KZT"]["estimated"], cash(opened.json)["CNY"]["estimated"]) == (True, False)
    sold = console("sale", "ring", "-", stdin=a_ticket(cashier="li"), options=T2)
    assert sold.code == 0, sold.err

    for move in (
        {"kind": "in", "currency": "CNY", "amount": "20", "reason": "bank", "notes": {"10": 2}},
        {"kind": "drop", "currency": "KZT", "amount": "70000", "reason": "safe"},
        {"kind": "out", "currency": "CNY", "amount": "5", "reason": "courier", "approve": MANAGER},
        {"kind": "no_sale", "reason": "coin", "approve": {**MANAGER, "acts": ["no_sale"]}},
    ):  # fmt: skip
        answer = console("shift", "move", "-", stdin={"cashier": "li", **move}, options=T2)
        assert answer.code == 0, answer.err
    shown = console("shift", "show", options=T2).json
    yuan = cash(shown)["CNY"]
    assert (yuan["float"], yuan["in"], yuan["out"], yuan["tendered"], yuan["expected"]) == (
        "702.00", "20.00", "5.00", "500.00", "1217.00",
    )  # fmt: skip
    assert (yuan["counted"], shown["no_sales"], shown["approvals"]) == (None, 1, 2)

    count = {"CNY": {"100": 12, "10": 1, "5": 1, "1": 1}, "KZT": {}}
    closed = console("shift", "close", "-", stdin={"cashier": "li", "count": count}, options=T2)
    assert closed.code == 0, closed.err
    z = closed.json
    assert (z["z"], z["closed_by"], z["sales"]["count"], z["grand_total"]) == (1, "li", 1, "1512.00")
    yuan = cash(z)["CNY"]
    assert (yuan["counted"], yuan["difference"], yuan["notes"]) == (
        "1216.00",
        "-1.00",
        {"100": 12, "10": 1, "5": 1, "1": 1},
    )
    assert z["pdf"].startswith("zreports/")
    assert z["pdf"].endswith("/T2-Z000001.pdf")
    assert (console.folder / z["pdf"]).read_bytes().startswith(b"%PDF")
    assert console("shift", "show", options=T2).json == {"refused": "no_open_shift", "till": "T2"}
    assert console("report", "day", "--till", "T2").json["cash"][0]["counted"] == "1216.00"
    assert console("verify").code == 0


def test_a_shift_of_another_person_closes_by_a_manager_or_their_approval(console: Console) -> None:
    refused = console("shift", "close", "-", stdin={"cashier": "li", "count": NOTHING})
    assert (refused.code, refused.json["refused"], refused.json["act"]) == (3, "not_allowed", "close_other")
    closed = console("shift", "close", "-", stdin={"cashier": "li", "count": NOTHING, "approve": MANAGER})
    assert closed.code == 0, closed.err
    assert (closed.json["cashier"], closed.json["closed_by"], closed.json["approved_by"]) == ("amina", "li", "manager")


def hand_over(console: Console, content: dict[str, Any], *options: str) -> Any:
    asked = {"from": "amina", "to": "li", "count": {**NOTHING, "CNY": {"100": 20}}}
    return console("shift", "hand-over", "-", stdin={**asked, **content}, options=options)


def test_a_shift_is_handed_over_by_the_pin_of_the_other_one_or_of_a_manager(console: Console) -> None:
    refused = hand_over(console, {})
    assert (refused.code, refused.json) == (3, {"refused": "hand_over_unconfirmed", "person": "amina"})

    made = hand_over(console, {"approve": AMINA})
    assert made.code == 0, made.err
    handover = made.json
    assert (handover["number"], handover["from"], handover["to"], handover["approved_by"]) == (1, "amina", "li", None)
    assert cash(handover)["CNY"] == {
        "currency": "CNY", "expected": "2000.00", "counted": "2000.00", "difference": "0.00", "notes": {"100": 20},
    }  # fmt: skip
    assert cash(handover)["EUR"]["difference"] == "-200.00"
    back = hand_over(console, {"from": "li", "to": "amina", "approve": MANAGER})
    assert (back.code, back.json["approved_by"]) == (0, "manager")
    again = hand_over(console, {"approve": LI})  # whose PIN is there takes it; the console gives it
    assert (again.code, again.json["approved_by"]) == (0, "console:tester")

    shown = console("shift", "show").json
    assert (shown["cashier"], [one["to"] for one in shown["hand_overs"]]) == ("amina", ["li", "amina", "li"])
    assert cash(shown)["EUR"]["hand_overs"] == "-200.00"
    assert console("sale", "ring", "-", stdin=a_ticket()).json["refused"] == "shift_of_another"
    assert console("sale", "ring", "-", stdin=a_ticket(cashier="li")).code == 0
    closed = console("shift", "close", "-", stdin={"cashier": "li", "count": NOTHING}).json
    assert [one["number"] for one in closed["hand_overs"]] == [1, 2, 3]
    assert console("verify").code == 0


def test_reports_name_who_opened_a_shift_and_whose_it_is_now(console: Console) -> None:
    def people() -> list[tuple[str, str | None]]:
        day = console("report", "day").json
        month = console("report", "month", day["date"][:7]).json
        assert month["open_shifts"] == day["open_shifts"]
        return [(one["cashier"], one["taken_by"]) for one in day["open_shifts"]]

    opened = people()
    hand_over(console, {"approve": AMINA})
    table = console("report", "day", "--format", "xlsx", "--out", str(console.folder / "day.xlsx"))

    assert (opened, people(), table.code) == ([("amina", None)], [("amina", "li")], 0)
    cells = (cell.value for sheet in load_workbook(console.folder / "day.xlsx") for row in sheet for cell in row)
    assert "Amina S. · Li Wei" in cells


def test_a_z_is_drawn_again_as_a_copy_on_a_strip_or_a_sheet(console: Console) -> None:
    console("shift", "close", "-", stdin={"cashier": "amina", "count": NOTHING})
    strip, sheet = console.folder / "strip.pdf", console.folder / "sheet.pdf"

    drawn = console("shift", "z", "1", "--out", str(strip))
    again = console("shift", "z", "T1-Z000001", "--out", str(sheet), "--paper", "a4")

    assert drawn.json == {"z": "T1-Z000001", "copy": 1, "paper": "80mm", "pdf": str(strip)}
    assert (again.json["copy"], again.json["paper"]) == (2, "a4")
    assert strip.read_bytes().startswith(b"%PDF")
    assert sheet.read_bytes().startswith(b"%PDF")
    for words in (("7",), ("T2-Z000001",), ("x",), ("1", "--paper", "a5")):
        refused = console("shift", "z", *words, "--out", str(sheet))
        assert refused.code == 2
        assert len(refused.err.strip().splitlines()) == 1


def test_who_acts_by_name_stands_for_themselves(console: Console) -> None:
    acting = console("shift", "close", "-", stdin={"cashier": "amina", "count": NOTHING}, options=["--as", "manager"])
    assert acting.code == 0, acting.err


@pytest.mark.parametrize(
    ("command", "content", "code", "named"),
    [
        ("open", {"cashier": "li", "float": {}}, 3, "shift_already_open"),
        ("open", {"cashier": "nobody", "float": {}}, 2, "nobody"),
        ("open", {"cashier": "li"}, 2, "float"),
        ("open", {"cashier": "li", "float": {"GBP": {"5": 1}}}, 2, "float.GBP"),
        ("open", {"cashier": "li", "float": {"CNY": {"7": 1}}}, 2, "float.CNY.7"),
        ("open", {"cashier": "li", "float": {"CNY": {"5": -1}}}, 2, "float.CNY.5"),
        ("open", {"cashier": "li", "float": {"CNY": "12a"}}, 2, "float.CNY"),
        ("open", {"cashier": "li", "float": {"CNY": 5}}, 2, "float.CNY"),
        ("open", {"cashier": "clerk", "float": {}}, 3, "not_allowed"),
        ("hand-over", {"from": "amina", "to": "li"}, 2, "count"),
        ("hand-over", {"to": "li", "count": NOTHING}, 2, "from"),
        ("hand-over", {"from": "amina", "count": NOTHING}, 2, "to"),
        ("hand-over", {"from": "amina", "to": "li", "count": NOTHING, "x": 1}, 2, "x"),
        ("hand-over", {"from": "amina", "to": "li", "count": {}, "approve": AMINA}, 2, "count.CNY"),
        ("hand-over", {"from": "amina", "to": "nobody", "count": NOTHING, "approve": AMINA}, 2, "nobody"),
        ("hand-over", {"from": "li", "to": "manager", "count": NOTHING, "approve": LI}, 3, "shift_of_another"),
        ("hand-over", {"from": "amina", "to": "amina", "count": NOTHING, "approve": MANAGER}, 3, "already_held"),
        ("hand-over", {"from": "amina", "to": "clerk", "count": NOTHING, "approve": AMINA}, 3, "not_allowed"),
        ("hand-over", {"from": "amina", "to": "li", "count": NOTHING,
                       "approve": {"user": "amina", "pin": "999999"}}, 3, "wrong_pin"),
        ("move", {"cashier": "li", "kind": "in", "currency": "CNY", "amount": "5", "reason": "x"}, 3, "another"),
        ("move", {"cashier": "amina", "kind": "in", "currency": "CNY", "amount": "0.05", "reason": "x"}, 2, "amount"),
        ("open", {"cashier": "li", "float": {"CNY": "12.34"}}, 2, "float.CNY"),
        ("close", {"cashier": "amina", "count": {"CNY": {"100": 1}}}, 2, "count.KZT"),
        ("close", {"cashier": "amina", "count": {**NOTHING, "CNY": {"100": 1.5}}}, 2, "count.CNY.100"),
        ("close", {"cashier": "amina", "count": {**NOTHING, "CNY": {"99": 1}}}, 2, "count.CNY.99"),
        ("close", {"cashier": "amina", "count": []}, 2, "count"),
        ("close", {"cashier": "amina", "count": NOTHING, "x": 1}, 2, "x"),
        ("move", {"cashier": "amina", "kind": "up", "reason": "why"}, 2, "kind"),
        ("move", {"cashier": "amina", "kind": "in", "currency": "CNY", "amount": "5"}, 2, "reason"),
        ("move", {"cashier": "amina", "kind": "in", "currency": "CNY", "amount": "5", "reason": " "}, 2, "reason"),
        ("move", {"cashier": "amina", "kind": "in", "currency": "CNY", "amount": "-5", "reason": "x"}, 2, "amount"),
        ("move", {"cashier": "amina", "kind": "in", "currency": "XXX", "amount": "5", "reason": "x"}, 2, "currency"),
        ("move", {"cashier": "amina", "kind": "out", "currency": "CNY", "amount": "5", "reason": "x"}, 3, "pay_out"),
        ("move", {"cashier": "amina", "kind": "no_sale", "reason": "x"}, 3, "no_sale"),
        ("move", {"cashier": "amina", "kind": "drop", "currency": "EUR", "amount": "999", "reason": "x"}, 3, "short"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_named_and_changes_nothing(
    console: Console, command: str, content: dict[str, Any], code: int, named: str
) -> None:
    before = console("shift", "show").json

    answer = console("shift", command, "-", stdin=content)

    assert answer.code == code, answer
    assert named in answer.err + answer.out
    assert len(answer.err.strip().splitlines()) == 1
    after = console("shift", "show").json
    assert after == before
    assert console("verify").code == 0


def test_a_folder_that_takes_no_z_leaves_the_shift_closed(console: Console) -> None:
    (console.folder / "zreports").write_text("in the way")

    closed = console("shift", "close", "-", stdin={"cashier": "amina", "count": NOTHING})

    assert (closed.code, closed.json["z"], closed.json["pdf"]) == (0, 1, None)
    assert "zreports" in closed.err


def test_what_the_console_or_a_manager_does_for_a_cashier_names_them_in_the_journal(console: Console) -> None:
    move = {"cashier": "amina", "kind": "in", "currency": "CNY", "amount": "5", "reason": "change"}
    assert console("shift", "move", "-", stdin=move).code == 0
    assert console("shift", "move", "-", stdin=move, options=["--as", "manager"]).code == 0
    opened = {"cashier": "amina", "kind": "no_sale", "reason": "a coin fell in", "approve": MANAGER}
    assert console("shift", "move", "-", stdin=opened).code == 0
    assert hand_over(console, {"approve": AMINA}).code == 0
    assert console("shift", "close", "-", stdin={"cashier": "li", "count": NOTHING}).code == 0
    assert console("shift", "open", "-", stdin={"cashier": "li", "float": {}}).code == 0
    assert console("verify").code == 0

    events = ("move_cash", "no_sale", "hand_over", "close_shift", "open_shift")
    with closing(sqlite.connect(console.folder / "shop.db")) as store:
        rows = store.execute("SELECT act, details FROM journal ORDER BY id").fetchall()
    by = [(event, json.loads(details).get("by")) for event, details in rows if event in events]
    assert by == [
        ("open_shift", None),
        ("move_cash", "console:tester"),
        ("move_cash", "manager"),
        ("no_sale", "console:tester"),
        ("hand_over", "console:tester"),
        ("close_shift", "console:tester"),
        ("open_shift", "console:tester"),
    ]


def test_a_closed_shift_writes_its_files_or_says_in_a_sentence_that_they_wait(console: Console, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    console("settings", "set", "export_folder", str(folder))
    console("settings", "set", "export_forms", "json,csv")
    console("sale", "ring", "-", stdin=a_ticket())
    count: dict[str, dict[str, int]] = {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")}

    closed = console("shift", "close", "-", stdin={"cashier": "amina", "count": count})
    still_away = console("shift", "files")
    folder.mkdir()
    later = console("shift", "files")

    assert (closed.code, closed.json["z"], closed.json["files"]) == (0, 1, [])
    assert str(folder) in closed.err
    assert "will be written later" in closed.err
    assert (still_away.code, later.code) == (4, 0)
    assert len(later.json["files"]) == 3
    assert sorted(path.name for path in folder.iterdir()) == sorted(later.json["files"])
    assert console("shift", "files").json == {"files": []}
    entry = console("journal", "show", "--kind", "export").out
    assert "the Z report files" in entry


def test_a_drawer_that_is_opened_without_a_window_opens_too_and_a_printer_that_is_gone_undoes_nothing(
    console: Console,
) -> None:
    opened = {"cashier": "amina", "kind": "no_sale", "reason": "a coin fell in", "approve": MANAGER}
    with FakePrinter() as printer:
        assert console("settings", "set", "till_printers", f"T1={printer.setting};pin5").code == 0
        assert console("shift", "move", "-", stdin=opened).code == 0
    assert printer.paper.done == ["init", "pulse on pin 5"]
    answer = console("shift", "move", "-", stdin=opened)
    assert (answer.code, answer.json["no_sales"]) == (0, 2)
    assert answer.err.startswith("Printer 127.0.0.1:")
