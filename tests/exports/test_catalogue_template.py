"""A template is filled in and imported without a look at its columns; its examples are never goods."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pos.application.catalogue.catalogue_columns import EXAMPLES, CatalogueColumns
from pos.application.catalogue.catalogue_row import RowReader
from pos.application.catalogue.catalogue_template import template_in
from pos.application.catalogue.catalogue_text import RowRejected
from pos.application.catalogue.import_catalogue import separators_of
from pos.application.tables.raw_table import RawRow
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES
from pos.exports.catalogue_files import reading, write_template
from pos.languages.catalogue import load_translators
from tests.horgos import CNY

TRANSLATIONS = Path(__file__).parents[2] / "resources" / "translations"
COLUMNS = ["code", "name", "category", "price", "on_hand", "ml", "abv", "net_g", "sticks", "gross_kg"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_a_template_is_read_back_in_every_language(tmp_path: Path, language: str, ending: str) -> None:
    file = tmp_path / f"goods.{ending}"
    write_template(file, template_in(load_translators(TRANSLATIONS)[language], CNY))

    with reading(file) as table:
        columns = CatalogueColumns.of(table.header, "CNY")
        rows = list(table.rows)
    assert (list(columns.indexes), columns.ignored) == (COLUMNS, ())
    assert [row.cells[0] for row in rows[:2]] == list(EXAMPLES)
    reader = RowReader.under(columns, CNY, separators_of(columns, rows))
    for row in rows[:2]:
        with pytest.raises(RowRejected) as rejected:
            reader.read(row)
        assert rejected.value.reason == "template_row"

    own = [reader.read(RawRow(row.line, [code, *row.cells[1:]]))[0] for code, row in zip(("12345", "12346"), rows)]
    assert [(goods.category, str(goods.price), goods.on_hand) for goods in own] == [
        ("alcohol.spirit", "90.00", 24),
        ("food.other", "35.00", 12),
    ]
    assert [str(goods.attributes.gross_kg) for goods in own] == ["0.95", "0.3"]


@pytest.mark.parametrize("currency", CURRENCIES)
def test_the_price_of_a_template_is_in_the_currency_of_the_shop(currency: str) -> None:
    for language in ("en", "zh", "ru", "kk"):
        header = template_in(load_translators(TRANSLATIONS)[language], CURRENCIES[currency]).header
        assert "price" in CatalogueColumns.of(header, currency).indexes


def test_a_barcode_typed_into_a_template_stays_a_text(tmp_path: Path) -> None:
    write_template(tmp_path / "goods.xlsx", template_in(load_translators(TRANSLATIONS)["ru"], CNY))

    sheet = openpyxl.load_workbook(tmp_path / "goods.xlsx").active
    assert sheet is not None
    assert {sheet.cell(row, 1).number_format for row in (2, 3, 4, 500)} == {"@"}


def test_a_template_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadField):
        write_template(tmp_path / "goods.pdf", template_in(load_translators(TRANSLATIONS)["en"], CNY))

    assert list(tmp_path.iterdir()) == []
