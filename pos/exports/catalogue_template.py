"""Templates of a catalogue as CSV or XLSX, as spreadsheets of the reader's country read them."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pos.domain.errors import BadField
from pos.exports.whole_file import writing, writing_bytes

if TYPE_CHECKING:
    from pos.application.catalogue.catalogue_template import CatalogueTemplate, TemplateCell

_TEXT_ROWS = 5_000
"""Rows whose codes a spreadsheet keeps as text: as a number a barcode becomes 4.87E+12, and loses its leading zeros."""

_WIDTH = 18


def write_template(path: Path, template: CatalogueTemplate) -> None:
    """Write a template as the ending of `path` says. Raises BadField for another ending."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        _write_xlsx(path, template)
    elif ending == ".csv":
        _write_csv(path, template)
    else:
        raise BadField("FILE", "not_one_of", path.name[:80])


def _write_csv(path: Path, template: CatalogueTemplate) -> None:
    """With a byte order mark, by which spreadsheets recognise UTF-8, and with `;` where it has decimal commas."""
    with writing(path) as stream:
        stream.write("\ufeff")
        writer = csv.writer(stream, delimiter=";" if template.comma else ",", lineterminator="\r\n")
        writer.writerow(template.header)
        writer.writerows([_text(cell, comma=template.comma) for cell in row] for row in template.rows)


def _text(cell: TemplateCell, *, comma: bool) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", "," if comma else ".")
    return "" if cell is None else str(cell)


def _write_xlsx(path: Path, template: CatalogueTemplate) -> None:
    from xlsxwriter import Workbook

    with writing_bytes(path) as stream, Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet(template.sheet[:31])
        as_text, strong = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "text_wrap": True})
        sheet.set_column(0, len(template.header) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, template.header, strong)
        for at, row in enumerate(template.rows, start=1):
            sheet.write_string(at, 0, str(row[0]), as_text)
            for column, cell in enumerate(row[1:], start=1):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif cell is not None:
                    sheet.write_number(at, column, float(cell))
        for at in range(len(template.rows) + 1, _TEXT_ROWS):
            sheet.write_blank(at, 0, None, as_text)
