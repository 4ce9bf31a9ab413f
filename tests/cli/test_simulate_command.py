"""`simulate`: many tills at once on a demo shop, and what it says where a promise is broken."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.console import Console

LIAR = """
import json, sys
def tell(**told):
    print(json.dumps(told), flush=True)
tell(ready=True)
sys.stdin.readline()
tell(customer=0, trying="k")
tell(customer=0, sold="T1-000077", ms=1.0)
tell(customer=0, again="T1-000078", **{"as": "T1-000077"})
tell(done=True)
"""


def test_tills_that_are_killed_in_the_midst_of_payments_lose_nothing_and_the_books_agree(console: Console) -> None:
    answer = console("simulate", "--tills", "2", "--sales", "30", "--visitors", "6", "--kill", options=["--demo"])
    assert answer.code == 0, answer.out + answer.err
    report = answer.json
    assert report["sales"] + sum(report["refused"].values()) + report["parked"] + report["left"] == 60
    assert report["sales"] > 0
    assert report["kills"] > 0
    assert report["refused"]["quota_exceeded"] > 0
    assert (report["broken"], report["verify"]) == ([], [])


def test_a_sale_that_was_reported_and_is_not_there_is_named(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "liar.py"
    program.write_text(LIAR)
    monkeypatch.setattr("tests.cli.console.PROGRAM", (sys.executable, str(program)))
    answer = console("simulate", "--tills", "1", "--sales", "1", options=["--demo"])
    assert answer.code == 1
    assert answer.json["broken"] == [
        "T1-000077: its key was sold again as T1-000078",
        "T1-000077: was acknowledged and is lost",
    ]


def test_a_till_that_ends_by_itself_is_trouble_and_not_a_good_result(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "broken.py"
    program.write_text("raise SystemExit('no such shop')")
    monkeypatch.setattr("tests.cli.console.PROGRAM", (sys.executable, str(program)))
    answer = console("simulate", "--tills", "1", "--sales", "1", options=["--demo"])
    assert (answer.code, answer.out) == (4, "")
    assert "no such shop" in answer.err


def test_made_up_customers_do_not_buy_in_a_real_shop(console: Console, tmp_path: Path) -> None:
    answer = replace(console, folder=tmp_path / "real")("simulate")
    assert (answer.code, answer.json) == (3, {"refused": "only_in_a_demo"})


def test_a_file_has_no_connection_to_cut(console: Console) -> None:
    answer = console("simulate", "--cut", options=["--demo"])
    assert (answer.code, answer.json) == (3, {"refused": "only_on_a_server"})


@pytest.mark.parametrize("words", [("--tills", "0"), ("--sales", "0"), ("--visitors", "0"), ("--seed", "-1")])
def test_a_count_that_makes_no_sense_is_refused(console: Console, words: tuple[str, str]) -> None:
    answer = console("simulate", *words, options=["--demo"])
    assert answer.code == 2
    assert words[0].strip("-") in answer.err
