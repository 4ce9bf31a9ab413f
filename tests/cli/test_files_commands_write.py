"""Commands that write a file: where it cannot be written, one sentence says which and why."""

from __future__ import annotations

from pathlib import Path

from tests.cli.console import CREAM, Console, a_ticket

_COMMANDS = (
    ("catalogue", "export", "OUT"),
    ("catalogue", "import", "GOODS", "--rejects", "OUT"),
    ("labels", "OUT", CREAM),
    ("receipt", "T1-000001", "--out", "OUT"),
    ("receipt", "T1-000001", "--visitor", "A", "--out", "OUT"),
    ("report", "day", "--format", "csv", "--out", "OUT"),
    ("report", "day", "--format", "pdf", "--out", "OUT"),
    ("shift", "z", "1", "--out", "OUT"),
    ("stock", "lots", "--format", "csv", "--out", "OUT"),
    ("stock", "lots", "--format", "pdf", "--out", "OUT"),
)


def test_a_file_that_cannot_be_written_is_named_with_the_reason_by_every_command(
    console: Console, tmp_path: Path
) -> None:
    sold = console("sale", "ring", "-", stdin=a_ticket())
    assert sold.code == 0, sold.err
    counted = console(
        "shift",
        "close",
        "-",
        stdin={"cashier": "amina", "count": {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")}},
    )
    assert counted.code == 0, counted.err
    goods, no_folder = tmp_path / "goods.csv", tmp_path / "no folder.txt"
    goods.write_text("code,name\nx,Tea\n", encoding="utf-8")
    no_folder.write_text("a file", encoding="utf-8")
    cannot = {
        tmp_path / "missing" / "out.pdf": "No such file or directory",
        no_folder / "out.pdf": "Not a directory",
        tmp_path: "Is a directory",
    }
    for command in _COMMANDS:
        for out, reason in cannot.items():
            words = [{"OUT": str(out), "GOODS": str(goods)}.get(word, word) for word in command]

            answer = console(*words)

            expected = f"The file {out} cannot be written. Check the folder permissions and the disk. ({reason})"
            assert (answer.code, answer.out, answer.err.strip()) == (4, "", expected), command


def test_rows_that_were_not_taken_are_not_lost_to_a_full_disk_in_silence(console: Console, tmp_path: Path) -> None:
    goods = tmp_path / "goods.csv"
    goods.write_text("code,name\n" + "x,Tea\n" * 2000, encoding="utf-8")

    answer = console("catalogue", "import", str(goods), "--rejects", "/dev/full")

    assert answer.code == 4
    assert "The file /dev/full cannot be written" in answer.err
    assert "No space left on device" in answer.err
