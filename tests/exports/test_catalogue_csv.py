"""What is written opens in a spreadsheet as text, and comes back as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.catalogue.catalogue_columns import COLUMNS, Reject
from pos.application.ports.catalogue_ports import ExportedGoods
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.errors import BadField, InfrastructureError
from pos.domain.money import Money
from pos.exports.catalogue_csv import rejects_to
from pos.exports.catalogue_files import catalogue_file, read_catalogue, reading, rejects_file, write_catalogue
from pos.exports.safe_text import escaped, guarded, unguarded
from tests.horgos import CNY

TEA = Product(
    id=1,
    code="4870204321111",
    codes=("4870204321111", "TEA-1"),
    name="=1+1",
    names={"en": "Tea, green", "zh": "绿茶"},
    category="drink",
    price=Money(1250, CNY),
    attributes=Attributes(ml=Decimal("500"), net_g=Decimal("0.5"), pieces=20, variant="@leaf"),
)
BARE = Product(id=2, code="-AB", codes=("-AB",), name="A")
TEA_ON_HAND = ExportedGoods(TEA, 7, "Almaty Sweets", {})
BARE_ON_HAND = ExportedGoods(BARE, 0, "", {})
CHARS = "=+-@\t\r|＝＋－＠'"


def written(goods: Iterable[ExportedGoods]) -> str:
    stream = io.StringIO()
    write_catalogue(stream, goods)
    return stream.getvalue()


def test_an_export_has_the_columns_of_the_contract_and_plain_figures() -> None:
    tea, bare = csv.DictReader(io.StringIO(written([TEA_ON_HAND, BARE_ON_HAND])))

    assert tuple(tea) == COLUMNS
    assert [tea[name] for name in ("code", "name_en", "name_zh", "name_ru", "codes")] == [
        "4870204321111", "Tea, green", "绿茶", "", "TEA-1",
    ]  # fmt: skip
    assert [tea[name] for name in ("category", "price", "currency", "on_hand")] == ["drink", "12.50", "CNY", "7"]
    assert [tea[name] for name in ("ml", "abv", "net_g", "sticks", "pieces")] == ["500", "", "0.5", "", "20"]
    kept = ("supplier", "reorder_point", "shelf", "by_weight", "asks_lot", "cartons")
    assert [tea[name] for name in kept] == ["Almaty Sweets", "", "", "no", "no", ""]
    assert (bare["price"], bare["currency"], bare["category"], bare["on_hand"]) == ("", "", "", "0")


def test_no_cell_of_an_export_acts_as_a_formula() -> None:
    cells = [cell for row in csv.reader(io.StringIO(written([TEA_ON_HAND, BARE_ON_HAND]))) for cell in row]

    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r|")] == []
    assert {"'=1+1", "'@leaf", "'-AB"} <= set(cells)


def test_a_guarded_cell_is_read_back_without_its_guard() -> None:
    (row,) = read_catalogue(io.BytesIO(written([TEA_ON_HAND]).encode())).rows

    assert row.cells[COLUMNS.index("name")] == "=1+1"
    assert row.cells[COLUMNS.index("variant")] == "@leaf"


def test_the_stream_that_was_read_stays_open_for_its_owner() -> None:
    stream = io.BytesIO(b"code,name\n1234,Tea\n")

    assert len(list(read_catalogue(stream).rows)) == 1
    assert not stream.closed


@given(st.text(st.sampled_from(CHARS + "a ")) | st.text())
def test_guarding_is_undone_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r|＝＋－＠")


def test_rejected_rows_show_what_came_without_acting_or_hiding() -> None:
    stream = io.StringIO()
    take = rejects_to(stream)
    take(Reject(7, '=cmd|"/c calc"!A1', "Caf\udce9 \x00\u202e", "encoding", "x" * 9_000))

    header, row = csv.reader(io.StringIO(stream.getvalue()))
    assert header == ["line", "code", "name", "reason", "detail"]
    assert row[:4] == ["7", '\'=cmd|"/c calc"!A1', r"Caf\xe9 \x00\u202e", "encoding"]
    assert len(row[4]) == 500


@given(st.text(st.characters(codec=None)))
def test_whatever_a_reject_holds_can_be_written(text: str) -> None:
    assert "\x00" not in escaped(text)
    escaped(text).encode("utf-8")


def test_an_export_that_fails_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    def goods() -> Iterator[ExportedGoods]:
        yield TEA_ON_HAND
        raise ValueError

    path = tmp_path / "goods.csv"
    path.write_text("before")

    with pytest.raises(ValueError):
        catalogue_file(path)(goods())

    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("goods.csv", "before")]


def test_an_export_parts_its_cells_by_what_its_name_says(tmp_path: Path) -> None:
    assert catalogue_file(tmp_path / "goods.tsv")([TEA_ON_HAND]) == 1

    with reading(tmp_path / "goods.tsv") as table:
        assert tuple(table.header) == COLUMNS
        assert next(table.rows).cells[0] == "4870204321111"


def test_the_rejected_rows_of_an_import_that_ended_early_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"

    def ended_early() -> None:
        with rejects_file(path) as take:
            take(Reject(2, "1", "Tea", "bad_code", "too_short"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ended_early()

    assert path.read_text().splitlines()[1:] == ["2,1,Tea,bad_code,too_short"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_trouble_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(InfrastructureError) as caught:
        catalogue_file(tmp_path / "missing" / "goods.csv")([TEA_ON_HAND])
    assert (caught.value.what, caught.value.where) == ("file_not_writable", str(tmp_path / "missing" / "goods.csv"))


@pytest.mark.parametrize(("name", "what"), [("missing.csv", "not_found"), (".", "not_readable")])
def test_a_file_that_is_not_there_is_bad_input(tmp_path: Path, name: str, what: str) -> None:
    with pytest.raises(BadField) as caught, reading(tmp_path / name):
        pass
    assert (caught.value.field, caught.value.what) == ("FILE", what)
    assert caught.value.value == (tmp_path / name).name, "no words of the system, which speaks English"
