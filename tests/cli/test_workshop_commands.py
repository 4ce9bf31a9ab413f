"""`workshop`: a day of the workshop by commands, JSON in and out."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdfium2

from tests.cli.console import Console
from tests.shops import BAG, CHOCOLATE, SWEETS

RECIPE = {
    "key": "r-1",
    "name": "Gift box",
    "output": {"code": SWEETS, "quantity": 10},
    "inputs": [{"code": CHOCOLATE, "quantity": 60}, {"code": BAG, "quantity": 10}],
    "loss": 20,
    "work": "15.00",
    "shelf_days": 90,
}
DELIVERY = {
    "entry": "GJ-7",
    "place": "store",
    "lines": [
        {"code": CHOCOLATE, "quantity": 200, "lot": "A1", "expiry": "2027-03-01", "cost": "5.00"},
        {"code": BAG, "quantity": 50, "lot": "W1", "cost": "1.00"},
    ],
}


TRAIN = ["--training"]


def test_a_day_of_the_workshop(console: Console, tmp_path: Path) -> None:
    console("stock", "receive", "-", stdin=DELIVERY)
    recipe = console("workshop", "recipe", "-", stdin=RECIPE)
    assert recipe.code == 0, recipe.err
    number = recipe.json["recipe"]
    plan = {"key": "p-1", "recipe": number, "planned": 10, "note": "for the holiday"}
    planned = console("workshop", "plan", "-", stdin=plan).json
    assert [(one["needed"], one["missing"]) for one in planned["inputs"]] == [(62, 0), (11, 0)]
    batch = planned["batch"]
    started = console("workshop", "start", batch, "--key", "s-1").json
    assert {part["entry"] for one in started["inputs"] for part in one["parts"]} == {"GJ-7"}
    assert console("workshop", "list").json == [started]
    finish = {"batch": batch, "made": 9, "lost": [{"code": CHOCOLATE, "quantity": 2, "reason": "spoiled"}]}
    done = console("workshop", "finish", "-", stdin={**finish, "key": "f-1"}).json
    assert (done["state"], done["made"], done["entry"]) == ("finished", 9, "GJ-7")
    assert sum(one["quantity"] for one in done["pieces"]) == 9
    again = console("workshop", "finish", "-", stdin=finish)
    assert (again.code, batch in again.err) == (3, True)
    labels = console("workshop", "labels", batch, str(tmp_path / "labels.pdf")).json
    assert labels["labels"] == 9
    assert batch in pypdfium2.PdfDocument(tmp_path / "labels.pdf")[0].get_textpage().get_text_range()

    [bars, bags] = console("workshop", "ledger", "--entry", "GJ-7").json
    assert (bars["received"], bars["used"], bars["destroyed"], bars["on_hand"]) == (200, 60, 2, 138)
    assert bars["made"] == {"sold": "0", "destroyed": "6", "in_process": "0", "counted": "0", "on_hand": "54"}
    assert bags["batches"][0]["output"]["on_hand"] == 9
    book = tmp_path / "ledger.xlsx"
    assert console("workshop", "ledger", "--out", str(book)).json["rows"] >= 4
    assert len(openpyxl.load_workbook(book).sheetnames) == 2

    report = console("workshop", "report").json
    [of_recipe] = [one for one in report["recipes"] if one["recipe"] == number]
    assert (of_recipe["finished"], of_recipe["made"], of_recipe["yield"], of_recipe["lost"]) == (1, 9, "9/10", 2)
    assert {
        name: report["losses"][-1][name] for name in ("reason", "pieces")
    } == {"reason": "spoiled", "pieces": 2}  # fmt: skip

    gone = console("workshop", "give-up", "-", stdin={"batch": batch, "all_lost": "damaged"}).json
    assert (gone["state"], {one["reason"] for one in gone["lost"]}) == ("given_up", {"spoiled", "damaged"})
    assert console("workshop", "list", "--state", "given_up").json[0] == gone
    withdrawn = console("workshop", "withdraw", number, "--from", "2026-12-31", "--key", "w-1").json
    assert (withdrawn["version"], withdrawn["withdrawn"]) == (2, True)
    history = console("workshop", "recipes", number).json
    assert [one["version"] for one in history] == [1, 2]
    assert console("workshop", "recipes", number, options=TRAIN).json == history


def test_what_was_typed_wrongly_is_named(console: Console) -> None:
    for words, stdin, named in (
        (("recipe", "-"), {**RECIPE, "loss": 1000}, "1000"),
        (("recipe", "-"), {**RECIPE, "colour": "red"}, "recipe.colour"),
        (("recipe", "-"), {**RECIPE, "inputs": [{"code": CHOCOLATE}]}, "inputs[0].quantity"),
        (("plan", "-"), {"recipe": "B-1", "planned": 1}, "B-1"),
        (("plan", "-"), {"recipe": "W-77", "planned": 1}, "W-000077"),
        (("finish", "-"), {"batch": "B-77", "made": 1}, "B-000077"),
        (("give-up", "-"), {"batch": "B-77", "lost": [{"code": CHOCOLATE, "quantity": 1}]}, "B-000077"),
        (("start", "77"), None, "B-000077"),
        (("list", "--state", "done"), None, "done"),
        (("start", "1", "--key", "two words"), None, "two words"),
    ):
        refused = console("workshop", *words, stdin=stdin)
        assert (refused.code, named in refused.err) == (2, True), refused.err
