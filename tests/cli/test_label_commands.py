"""`labels` by file: drawn, remembered, and due again when a price changes."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.console import COGNAC, CREAM, Console


def test_labels_are_drawn_and_those_that_became_untrue_are_found(console: Console, tmp_path: Path) -> None:
    out = tmp_path / "labels.pdf"
    drawn = console("labels", str(out), COGNAC, CREAM, "--copies", "13", "--start", "2")
    assert drawn.code == 0, drawn.err
    assert drawn.json == {
        "pdf": str(out), "labels": 26, "pages": 2, "codes": [COGNAC, CREAM], "without_bars": [],
    }  # fmt: skip
    assert len(pypdfium2.PdfDocument(out)) == 2

    nothing = console("labels", str(out), "--changed")
    assert (nothing.code, nothing.json["refused"]) == (3, "nothing_to_label")
    assert nothing.err == "There are no labels to print.\n"
    assert console("promotion", "add", "Spring", "--percent", "10", "--code", COGNAC).code == 0
    changed = console("labels", str(out), "--changed", "--paper", "roll-40x30")
    assert (changed.json["codes"], changed.json["pages"]) == ([COGNAC], 1)
    assert console("labels", str(out), "--changed").code == 3
    assert console("verify").code == 0


def test_labels_that_cannot_be_put_where_they_are_wanted_are_not_remembered(console: Console, tmp_path: Path) -> None:
    assert console("labels", str(tmp_path / "no" / "such.pdf"), COGNAC).code == 4

    again = console("labels", str(tmp_path / "labels.pdf"), "--new")
    assert COGNAC in again.json["codes"]


def test_what_a_delivery_brought_is_labelled_by_lot_from_the_command_line(console: Console, tmp_path: Path) -> None:
    lots = [{"lot": lot, "expiry": f"2027-0{n}-01", "quantity": n} for lot, n in (("L1", 3), ("L2", 9))]
    file = tmp_path / "came.json"
    file.write_text(json.dumps({"supplier": "A", "lines": [{"code": COGNAC, **lot} for lot in lots]}), encoding="utf-8")
    receipt = console("stock", "receive", str(file)).json["receipt"]
    out = tmp_path / "labels.pdf"
    drawn = console("labels", str(out), "--receipt", receipt, "--lots")

    assert (drawn.json["labels"], drawn.json["codes"]) == (12, [COGNAC])
    text = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
    assert (text.count("L1"), text.count("L2")) == (3, 9)
    assert console("labels", str(out), "--receipt", receipt).json["labels"] == 12
    assert "L1" not in pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((COGNAC, "--paper", "a5"), 2, "paper"),
        ((COGNAC, "--start", "25"), 2, "start"),
        ((COGNAC, "--copies", "0"), 2, "copies"),
        (("4870204321112",), 2, "4870204321112"),
        (("NOSUCH",), 2, "NOSUCH"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_drawn(
    console: Console, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    out = tmp_path / "labels.pdf"
    answer = console("labels", str(out), *words)

    assert answer.code == code
    assert said in answer.err
    assert not out.exists()
