"""`product edit-several` at the console."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.console import COGNAC, Console

SWEETS = "4870204320060"


def fields(tmp_path: Path, **values: object) -> str:
    file = tmp_path / "fields.json"
    file.write_text(json.dumps(values), encoding="utf-8")
    return str(file)


def test_goods_of_a_list_are_looked_at_and_changed_in_one_step(console: Console, tmp_path: Path) -> None:
    codes = tmp_path / "codes.txt"
    codes.write_text(f"{COGNAC}\n\n{SWEETS}\n", encoding="utf-8")
    words = ("product", "edit-several", fields(tmp_path, shelf="V-1", supplier="Silk Trade"), "--codes", str(codes))

    seen = console(*words, "--dry-run")
    assert seen.code == 0, seen.err
    assert seen.json["products"] == 2
    assert seen.json["fields"][-1]["example"]["after"] == "V-1"
    assert console("product", "show", COGNAC).json["shelf"] != "V-1"

    assert console(*words).json == seen.json
    assert console("product", "show", COGNAC).json["supplier"] == "Silk Trade"
    assert "V-1" in console("product", "history", SWEETS).out
    again = console(*words)
    assert (again.code, again.json["refused"]) == (3, "nothing_to_change")
    assert console("verify").code == 0


def test_goods_of_a_filter_are_changed_and_what_they_lack_then_is_said(console: Console, tmp_path: Path) -> None:
    made = console("product", "edit-several", fields(tmp_path, ml=None), "--words", "cognac", "--category", "alcohol")
    assert made.code == 0, made.err
    assert made.json["incomplete"] >= 1
    assert COGNAC in {one["code"] for one in made.json["lacking"]}


def test_what_is_no_step_is_one_sentence(console: Console, tmp_path: Path) -> None:
    shelf = fields(tmp_path, shelf="V-1")
    for words in (
        (shelf,),
        (shelf, "--codes", shelf, "--words", "tea"),
        (shelf, "--category", "nothing"),
        (shelf, "--only", "dear"),
        (str(tmp_path / "none.json"), "--words", "tea"),
    ):
        bad = console("product", "edit-several", *words)
        assert (bad.code, bad.out, bad.err.count("\n")) == (2, "", 1), words
    bad = console("product", "edit-several", fields(tmp_path, name="Tea"), "--words", "tea")
    assert (bad.code, bad.err.count("\n")) == (2, 1)
