"""What someone types by mistake, or to see what happens: one sentence that says what and where, and nothing changes.

Each stands here because it once was a traceback, a silence or a guess; `tests/faults/corpus` tries thousands more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pos.devices.streams import speak_utf8
from tests.cli.console import COGNAC, Console, a_ticket

OTHER_WAYS = ("20260302", "2026-W10-1", "2026-03-02T00", "2026-03-02\n1", "0001-01-01", "9999-12-31", "２０２６-03-02")


@pytest.mark.parametrize("day", OTHER_WAYS)
@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["report", "day", "--date"], "date"),
        (["report", "day", "--date", "2026-03-01", "--last"], "last"),
        (["journal", "show", "--from"], "from"),
        (["rates", "history", "USD", "--from"], "from"),
        (["export", "customs", "--to", "2026-03-02", "--out", "customs.csv", "--from"], "from"),
    ],
)
def test_a_day_is_written_in_one_way(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Sequence[str], field: str, day: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = console(*words, day)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(field)
    assert not (tmp_path / "customs.csv").exists()


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "2026-13", "２０２６-01", "202601"])
def test_a_month_is_written_in_one_way(console: Console, month: str) -> None:
    answer = console("report", "month", month)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("month")


@pytest.mark.parametrize("day", OTHER_WAYS)
def test_a_day_of_entry_in_a_sale_is_written_in_one_way(console: Console, day: str) -> None:
    ticket = a_ticket()
    ticket["visitors"][0]["entries"] = ["2026-03-01", day]
    answer = console("sale", "ring", "-", stdin=ticket)
    assert answer.code == 2
    assert answer.err.startswith("visitors[0].entries[1]")


@pytest.mark.parametrize("number", ["1_000", "+5", " 5", "１２", "1e3", "9" * 30, ""])
@pytest.mark.parametrize(
    "words", [["product", "find", "tea", "--limit"], ["journal", "show", "--limit"], ["promotion", "end", "--"]]
)
def test_a_whole_number_is_written_in_ascii_digits(console: Console, words: Sequence[str], number: str) -> None:
    answer = console(*words, number)
    assert (answer.code, answer.out) == (2, "")
    assert "whole number" in answer.err
    assert ("--limit" in answer.err) == ("--limit" in words)


@pytest.mark.parametrize("text", ["\ud800", "tea\udcff", "\x00"])
@pytest.mark.parametrize(
    "words",
    [
        ["journal", "show", "--text"],
        ["journal", "show", "--person"],
        ["journal", "show", "--till"],
        ["sale", "find", "--cashier"],
        ["sale", "find", "--till"],
    ],
)
def test_half_a_character_is_sought_and_found_nowhere(console: Console, words: Sequence[str], text: str) -> None:
    answer = console(*words, text)
    assert (answer.code, answer.err) == (0, "")


@pytest.mark.parametrize("path", ["/dev/full", os.devnull, "pipe", "x" * 300 + ".csv"])
def test_a_device_is_no_catalogue_and_no_one_waits_for_its_end(console: Console, tmp_path: Path, path: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    for words in (["catalogue", "import"], ["order", "new"]):
        answer = console(*words, str(tmp_path / path) if words[0] == "catalogue" else f"{tmp_path / path}.csv")
        assert (answer.code, answer.out) == (2, "")
        assert "FILE" in answer.err or "file" in answer.err


def test_a_field_without_a_name_is_an_unknown_field(console: Console) -> None:
    answer = console("product", "edit", COGNAC, "-", stdin={"": 1, "shelf": "A1"})
    assert answer.code == 2
    assert "the field does not exist" in answer.err


def test_what_would_steer_a_terminal_is_not_repeated_to_it(console: Console) -> None:
    for name in ("\x1b[2J", "\u202ex", "a\u200bb"):
        answer = console("product", "edit", COGNAC, "-", stdin={name: 1})
        assert answer.code == 2
        assert name not in answer.err
        assert all(char.isprintable() for char in answer.err.strip())


@pytest.mark.parametrize(
    ("line", "field"), [({"code": "20000011"}, "lines[1].code"), ({"code": COGNAC, "lot": "L" * 21}, "lines[1].lot")]
)
def test_the_line_of_a_delivery_that_is_wrong_is_named(console: Console, line: dict[str, object], field: str) -> None:
    delivery = {"supplier": "Almaty Sweets", "lines": [{"code": COGNAC, "quantity": 1}, {"quantity": 1, **line}]}
    answer = console("stock", "receive", "-", stdin=delivery)
    assert answer.code == 2
    assert answer.err.startswith(field)


def test_the_line_of_an_order_whose_code_no_one_knows_is_named(console: Console) -> None:
    order = {"lines": [{"code": COGNAC, "pieces": 1}, {"code": "20000011", "pieces": 1}]}
    answer = console("order", "new", "-", stdin=order)
    assert answer.code == 2
    assert answer.err.startswith("lines[1].code")


NUMBER = "E81341831"


def test_who_gives_out_a_list_sought_by_a_number_leaves_no_number_in_the_journal(
    console: Console, tmp_path: Path
) -> None:
    for sought in (NUMBER, "155933 19780714 5231", "155933197807145231"):
        assert console("journal", "export", str(tmp_path / "journal.csv"), "--text", sought).code == 0
        assert console("sale", "find", f"x {sought}", "--out", str(tmp_path / "found.csv")).code == 0
    printed = console("journal", "show").out
    assert "•" in printed
    assert not any(part in printed for part in (NUMBER, "19780714", "81341831"))


@pytest.mark.parametrize(
    "visitor",
    [
        {"id": "A", "document": {NUMBER: 1}},
        {"id": "A", "document": {"kind": NUMBER, "number": NUMBER}},
        {"id": "A", "document": {"kind": "passport", "number": f"{NUMBER}１", "country": "CN"}},
        {"id": "A", "document": {"kind": "passport", "number": NUMBER, "country": NUMBER}},
        {"id": "A", "document": {"kind": "passport", "number": "E1", "country": "CN", "birth_date": NUMBER}},
        {"id": "A", "document": {"kind": "passport", "number": NUMBER, "country": "CN"}, "entries": [NUMBER]},
        {"id": "A", "document": {"kind": "passport", "number": NUMBER, "country": "CN"}, "residence": NUMBER},
        {"id": NUMBER, "document": {"kind": "passport", "number": NUMBER, "country": "CN"}},
        {"id": "A", NUMBER: 1},
    ],
)
def test_a_number_in_a_wrong_field_is_not_repeated(console: Console, visitor: dict[str, object]) -> None:
    answer = console("sale", "ring", "-", stdin=a_ticket(visitors=[visitor]))
    assert answer.code == 2
    assert "visitors[0]" in answer.err
    assert NUMBER not in answer.err + answer.out
    for asked in (visitor, visitor.get("document", visitor)):
        answer = console("visitor", "show", "-", stdin=asked)
        assert NUMBER not in answer.err


def test_an_identity_number_among_the_codes_of_goods_is_not_repeated(console: Console) -> None:
    number = "155933197807145231"
    ticket = a_ticket(lines=[{"code": number, "quantity": 1}])
    for answer in (console("sale", "ring", "-", stdin=ticket), console("product", "show", number)):
        assert answer.code == 2
        assert "••••••••••••••••31" in answer.err
        assert number[2:-2] not in answer.err + answer.out


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_a_file_whose_name_is_in_another_encoding_is_a_file_like_others(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_utf8()
    monkeypatch.setenv("BORDER_POS_PASSPHRASE", "three swans over Horgos")
    name = os.fsdecode(str(tmp_path).encode() + "/товар".encode("cp1251"))
    Path(f"{name}.csv").write_text("code,name_en,category,price,currency\n4006381333931,Pen,toy,5.00,CNY\n")

    imported = console("catalogue", "import", f"{name}.csv")
    written = [
        console(*words, f"{name}{ending}").code
        for words, ending in [
            (("keys", "export"), ".keys"), (("keys", "public"), ".pub"),
            (("export", "seals"), ".seals"), (("backup",), ".db"),
        ]
    ]  # fmt: skip

    assert imported.json["created"] == 1
    assert written == [0, 0, 0, 0]
    assert console("restore", f"{name}.db").code == 0
    assert "\ufffd.csv" in console("catalogue", "imports", "--limit", "1").out


@pytest.mark.parametrize("words", [("keys", "public"), ("keys", "export"), ("backup",), ("export", "seals")])
def test_no_name_is_no_file(console: Console, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    monkeypatch.setenv("BORDER_POS_PASSPHRASE", "three swans over Horgos")

    answer = console(*words, "")

    assert answer.code in (2, 4)
    assert len(answer.err.splitlines()) == 1
    assert "log" not in answer.err
