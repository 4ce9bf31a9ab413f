"""A workbook of a stranger is read as it shows, or refused in one sentence before anything of it is unpacked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pos.application.catalogue.catalogue_files import ReadAs
from pos.application.tables.raw_table import RawRow
from pos.domain.errors import BadField
from pos.exports import xlsx_guard
from pos.exports.catalogue_files import look, reading
from tests.exports.workbooks import a_workbook, part_of, with_parts

HEADER = ("条码", "商品名称", "单价")
MARKER = "4006381333931"


AS_IT_IS = ReadAs()


def rows_of(path: Path, how: ReadAs = AS_IT_IS) -> list[RawRow]:
    with reading(path, how) as table:
        return list(table.rows)


def cells_of(path: Path) -> list[list[str]]:
    return [list(row.cells) for row in rows_of(path)]


def refusal(path: Path) -> str:
    with pytest.raises(BadField) as caught, reading(path) as table:
        list(table.rows)
    return caught.value.what


def test_a_price_list_with_a_title_above_its_header_is_read_with_its_row_numbers(tmp_path: Path) -> None:
    def merged(book: Workbook) -> None:
        book.worksheets[0].merge_cells("A1:C1")

    rows = [("Прайс-лист ТОО «Жибек»",), (), HEADER, (MARKER, "Marker", 3.5), (), (4006381333931, "Again", "3,50")]
    path = a_workbook(tmp_path / "прайс.xlsx", rows, merged)

    seen = look(path)
    assert (tuple(seen.header), seen.sheet, tuple(seen.sheets), seen.encoding) == (HEADER, "Sheet", ("Sheet",), "")
    assert [(row.line, list(row.cells)) for row in rows_of(path)] == [
        (4, [MARKER, "Marker", "3.5"]),
        (6, [MARKER, "Again", "3,50"]),
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (4870210000011.0, "4870210000011"),
        (4.87021e12, "4.87021E+12"),
        (19.990000000000002, "19.99"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (12, "12"),
        (True, "yes"),
        ("'=1+1", "=1+1"),
        ("#N/A", "#N/A"),
        ("01234", "01234"),
    ],
)
def test_a_cell_is_read_as_it_shows(tmp_path: Path, value: Any, shown: str) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [("code", "value"), ("12345", value)])
    assert cells_of(path) == [["12345", shown]]


def test_zeros_that_a_format_shows_before_a_number_are_kept(tmp_path: Path) -> None:
    def padded(book: Workbook) -> None:
        book.worksheets[0]["A2"].number_format = "0000000000000"

    path = a_workbook(tmp_path / "a.xlsx", [("code", "name"), (12345678905, "Tea")], padded)
    assert cells_of(path)[0][0] == "0012345678905"


def test_a_formula_is_never_evaluated(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [("code", "name", "price"), ("12345", '=HYPERLINK("http://x")', "=1+1")])
    assert cells_of(path) == [["12345"]]  # what no one has calculated shows nothing
    sheet = part_of(path, "xl/worksheets/sheet1.xml").replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>7</v>")
    sheet = sheet.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>7</v>")
    assert cells_of(with_parts(path, {"xl/worksheets/sheet1.xml": sheet})) == [["12345", "", "7"]]


def test_the_first_sheet_that_can_be_seen_is_read_or_the_chosen_one(tmp_path: Path) -> None:
    def sheets(book: Workbook) -> None:
        for name, state in (("secret", "hidden"), ("deep", "veryHidden"), ("goods", "visible"), ("more", "visible")):
            sheet = book.create_sheet(name)
            sheet.sheet_state = state
            sheet.append(["code", "name"])
            sheet.append([12345, name])
        del book["Sheet"]

    path = a_workbook(tmp_path / "a.xlsx", [], sheets)
    assert tuple(look(path).sheets) == ("goods", "more")
    assert cells_of(path) == [["12345", "goods"]]
    assert rows_of(path, ReadAs(sheet="more"))[0].cells[1] == "more"
    with pytest.raises(BadField):
        rows_of(path, ReadAs(sheet="secret"))


def test_a_megabyte_in_a_cell_costs_its_row(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [("code", "name"), ("12345", "LARGE"), ("12346", "Tea")])
    for part in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
        with suppress(KeyError):
            with_parts(path, {part: part_of(path, part).replace(b"LARGE", b"x " * 500_000)})
    first, second = rows_of(path)
    assert (first.fault, second.cells) == ("cell_too_long", ["12346", "Tea"])


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [("code", "name"), ("12345", "Tea")])
    sheet = part_of(path, "xl/worksheets/sheet1.xml").replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    sheet = sheet.replace(b"</sheetData>", b'<row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>')
    assert cells_of(with_parts(path, {"xl/worksheets/sheet1.xml": sheet})) == [["12345", "Tea"]]


def a_bomb(path: Path) -> None:
    with_parts(path, {"xl/media/zeros.bin": bytes(8 * 1024 * 1024)})


def many_parts(path: Path) -> None:
    with_parts(path, {f"xl/media/{number}.bin": b"" for number in range(xlsx_guard.MOST_PARTS)})


def out_of_its_folder(path: Path) -> None:
    with_parts(path, {"../../../etc/cron.d/x.xml": b"<x/>"})


def an_absolute_name(path: Path) -> None:
    with_parts(path, {"/etc/x.xml": b"<x/>"})


def an_entity(path: Path) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><sst xmlns="a">&lol;</sst>'
    with_parts(path, {"xl/sharedStrings.xml": laughs})


def an_entity_behind_a_long_comment(path: Path) -> None:
    hidden = b"<?xml version='1.0'?><!--" + b" x" * 100_000 + b"--><!docType a SYSTEM 'file:///etc/passwd'><a/>"
    with_parts(path, {"xl/styles.xml": hidden})


def an_entity_in_another_encoding(path: Path) -> None:
    with_parts(path, {"xl/styles.xml": '<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16")})


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-400])


def a_damaged_part(path: Path) -> None:
    content = bytearray(path.read_bytes())
    index = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[index : index + 20] = bytes(20)
    path.write_bytes(bytes(content))


def no_xml_inside(path: Path) -> None:
    with_parts(path, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r='1'><c"})


def an_old_workbook(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def a_protected_one(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))


def a_web_page(path: Path) -> None:
    path.write_text("<html><table><tr><td>barcode</td></tr></table></html>")


def a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))


def another_archive(path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")


def too_large(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(xlsx_guard.LARGEST_FILE + 1)


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (a_bomb, "workbook_bomb"),
        (many_parts, "workbook_bomb"),
        (out_of_its_folder, "workbook_bomb"),
        (an_absolute_name, "workbook_bomb"),
        (an_entity, "workbook_entities"),
        (an_entity_behind_a_long_comment, "workbook_entities"),
        (an_entity_in_another_encoding, "workbook_entities"),
        (truncated, "broken_workbook"),
        (a_damaged_part, "broken_workbook"),
        (no_xml_inside, "broken_workbook"),
        (an_old_workbook, "old_workbook"),
        (a_protected_one, "protected"),
        (a_web_page, "web_page"),
        (a_picture, "not_a_catalogue"),
        (another_archive, "not_a_workbook"),
        (too_large, "workbook_too_large"),
    ],
)
def test_what_is_no_honest_workbook_is_refused_in_one_sentence(
    tmp_path: Path, spoil: Callable[[Path], None], what: str
) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [("code", "name"), ("12345", "Tea"), *(("12346", "Salt"),) * 50])
    spoil(path)
    assert refusal(path) == what


def test_a_text_under_the_name_of_a_workbook_is_read_as_the_text_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("code;name\n12345;Tea\n")
    assert cells_of(path) == [["12345", "Tea"]]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), min_size=1, max_size=30))
def test_however_a_workbook_is_damaged_it_is_read_or_refused(tmp_path: Path, spoilt: list[tuple[int, int]]) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [("code", "name"), ("12345", "Tea")])
    content = bytearray(path.read_bytes())
    for index, byte in spoilt:
        content[index % len(content)] = byte
    path.write_bytes(bytes(content))
    with suppress(BadField):
        rows_of(path)
