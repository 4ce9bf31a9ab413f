"""`journal show` and `journal export`: what happened, as JSON and as a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.console import Console, a_ticket


def test_a_sale_is_shown_with_who_rang_it_up(console: Console) -> None:
    receipt = console("sale", "ring", "-", stdin=a_ticket()).json["receipt"]
    shown = console("journal", "show", "--kind", "sale", "--text", receipt)
    assert shown.code == 0, shown.err
    [entry] = shown.json
    assert (entry["person"], entry["act"], entry["till"]) == ("amina", "sale", "T1")
    assert entry["text"].startswith(f"Sale {receipt}: ¥")
    assert entry["facts"]["receipt"] == receipt
    russian = console("journal", "show", "--limit", "1", options=["--language", "ru"])
    assert russian.json[0]["text"].startswith(f"Продажа {receipt}: ")


def test_it_is_given_out_as_a_file_and_says_so(console: Console, tmp_path: Path) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    file = tmp_path / "journal.csv"
    answer = console("journal", "export", str(file), "--kind", "sale")
    assert answer.json == {"file": str(file), "rows": 1}
    assert file.read_text(encoding="utf-8").splitlines()[0] == "at,till,number,person,act,text,facts,mac"
    [said] = console("journal", "show", "--kind", "export").json
    assert (said["person"], said["facts"]["acts"]) == ("console:tester", ["sale"])


@pytest.mark.parametrize(
    "asked",
    [
        ("--from", "yesterday"),
        ("--to", "2026-13-01"),
        ("--kind", "nonsense"),
        ("--limit", "0"),
        ("--from", "2026-11-24", "--to", "2026-11-23"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(console: Console, asked: tuple[str, ...]) -> None:
    answer = console("journal", "show", *asked)
    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)


def test_a_cashier_reads_no_journal_and_a_folder_is_no_file(console: Console, tmp_path: Path) -> None:
    for words in (("journal", "show"), ("journal", "export", str(tmp_path / "x.csv"))):
        assert console(*words, options=["--as", "amina"]).code == 3
    assert console("journal", "export", str(tmp_path / "nowhere" / "x.csv")).code == 4
