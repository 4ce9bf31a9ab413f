"""Tables go to files by the ending of their name, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pos.application.tables.table import Cell, Column, Table
from pos.application.tables.table_files import KINDS, TooManyTables, UnknownFileKind
from pos.application.text.translator import Translator
from pos.domain.errors import InfrastructureError
from pos.exports.table_writers import table_files
from pos.printing.drawings import Drawings
from tests.a_table import a_table
from tests.printing import sales

WORDS = Translator.english()
PDF = Drawings(sales.FONTS, sales.the_shop, sales.the_translators(), dict).tables
FILES = table_files(PDF, training=False)


def test_the_ending_decides_whatever_its_case(tmp_path: Path) -> None:
    beginnings = {".xlsx": b"PK", ".csv": b"\xef\xbb\xbf", ".pdf": b"%PDF"}
    for kind in KINDS:
        file = tmp_path / f"goods{kind.upper()}"
        FILES.save([a_table(3)], file, WORDS)
        assert file.read_bytes().startswith(beginnings[kind])


def test_a_name_without_a_known_ending_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownFileKind):
        FILES.save([a_table(3)], tmp_path / "goods.xls", WORDS)

    assert list(tmp_path.iterdir()) == []


def test_a_csv_is_one_table(tmp_path: Path) -> None:
    with pytest.raises(TooManyTables):
        FILES.save([a_table(3), a_table(3)], tmp_path / "goods.csv", WORDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_fails_half_way_leaves_what_was_there(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"goods{kind}"
    file.write_text("of yesterday", encoding="utf-8")

    def broken() -> Iterator[Sequence[Cell]]:
        yield ["Tea"]
        raise InfrastructureError("store", "shop.db")

    with pytest.raises(InfrastructureError):
        FILES.save([Table("t", "T", [Column("Name")], broken())], file, WORDS)

    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [(file.name, "of yesterday")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_that_is_not_there_is_reported_by_its_name(tmp_path: Path, kind: str) -> None:
    with pytest.raises(InfrastructureError) as raised:
        FILES.save([a_table(1)], tmp_path / "gone" / f"goods{kind}", WORDS)

    assert (raised.value.what, raised.value.where) == ("file_not_writable", str(tmp_path / "gone" / f"goods{kind}"))


def test_every_file_of_a_training_says_so(tmp_path: Path) -> None:
    files = table_files(PDF, training=True)
    files.save([a_table(2)], tmp_path / "goods.csv", WORDS)

    assert (tmp_path / "goods.csv").read_text(encoding="utf-8-sig").startswith("TRAINING — not a real document,")
