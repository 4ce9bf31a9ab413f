"""A command that lists a table writes all of it to a file, of the kind that its name says."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.cli.console import COGNAC, Console

LISTS = (
    ("product", "find", "honey"),
    ("promotion", "list"),
    ("stock", "low"),
    ("stock", "show", COGNAC),
    ("stock", "lots"),
    ("stock", "expiring"),
    ("order", "list", "--state", "all"),
    ("rates", "show"),
    ("sale", "find"),
    ("staff", "list"),
    ("journal", "show"),
)


def test_every_list_is_a_file_and_says_how_many_rows_it_has(console: Console, tmp_path: Path) -> None:
    for words in LISTS:
        file = tmp_path / "list.csv"
        answer = console(*words, "--out", str(file))
        assert answer.code == 0, (words, answer.err)
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
        assert answer.json == {"file": str(file), "rows": len(rows) - 1}, words


def test_the_ending_of_the_name_says_the_kind(console: Console, tmp_path: Path) -> None:
    staff, rates = tmp_path / "staff.xlsx", tmp_path / "rates.pdf"

    assert console("staff", "list", "--out", str(staff)).code == 0
    assert openpyxl.load_workbook(staff).sheetnames == ["Staff", "Roles and rights"]
    rights = _rights(staff)
    assert rights["Right"] == ("Cashier", "Manager", "Stock clerk")
    assert rights["giving a discount"] == ("up to 10 %", "up to 100 %", None)
    assert rights["changing stock"] == (None, "yes", "yes")
    assert console("rates", "show", "--out", str(rates)).code == 0
    assert rates.read_bytes().startswith(b"%PDF")


def test_the_table_of_rights_is_that_of_the_shop(console: Console, tmp_path: Path) -> None:
    console("settings", "set", "clerk_permissions", "stock,discount")
    console("settings", "set", "clerk_discount_percent", "5")
    assert console("staff", "list", "--out", str(tmp_path / "staff.xlsx")).code == 0

    rights = _rights(tmp_path / "staff.xlsx")
    assert rights["giving a discount"] == ("up to 10 %", "up to 100 %", "up to 5 %")
    assert rights["editing products"] == (None, "yes", None)


def _rights(file: Path) -> dict[object, tuple[object, ...]]:
    rows = openpyxl.load_workbook(file)["Roles and rights"].iter_rows(values_only=True)
    return {row[0]: row[1:4] for row in rows}


def test_the_file_is_in_the_language_of_the_command(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "journal.csv"
    console("journal", "show", "--out", str(file), options=("--language", "ru"))

    assert file.read_text(encoding="utf-8-sig").startswith("Когда,")


@pytest.mark.parametrize("name", ["list.xls", "list", "list.csv.gz"])
def test_another_ending_is_refused_and_nothing_is_written(console: Console, tmp_path: Path, name: str) -> None:
    answer = console("staff", "list", "--out", str(tmp_path / name))

    assert answer.code == 2
    assert ".xlsx" in answer.err
    assert not (tmp_path / name).exists()


def test_a_folder_that_is_not_there_is_trouble(console: Console, tmp_path: Path) -> None:
    answer = console("staff", "list", "--out", str(tmp_path / "gone" / "list.csv"))

    assert answer.code == 4
    assert "gone" in answer.err


def test_a_file_of_a_training_says_so(console: Console, tmp_path: Path) -> None:
    table, book = tmp_path / "staff.csv", tmp_path / "staff.xlsx"
    for file in (table, book):
        answer = console("staff", "list", "--out", str(file), options=("--training",))
        assert answer.code == 0, answer.err

    rows = table.read_text(encoding="utf-8-sig").splitlines()
    assert all(row.startswith("TRAINING — not a real document,") for row in rows)
    assert [sheet["A1"].value for sheet in openpyxl.load_workbook(book)] == ["TRAINING — not a real document"] * 2
