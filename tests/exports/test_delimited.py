"""Whatever bytes a file holds, each of its rows is either read or said to be broken."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.tables.raw_table import RawRow, RawTable
from pos.domain.errors import BadField
from pos.exports.catalogue_files import read_catalogue
from pos.exports.delimited import LONGEST_ROW, MOST_LINES

HEAD = b"code,name\n"


def table(content: bytes, name: str = "goods.csv") -> RawTable:
    return read_catalogue(io.BytesIO(content), name)


def rows(content: bytes, name: str = "goods.csv") -> list[RawRow]:
    return list(table(content, name).rows)


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert table(b"\xef\xbb\xbfcode,name\n1234,Tea\n").header == ["code", "name"]


@pytest.mark.parametrize(("content", "name"), [
    (b"code;name\n1234;Tea, green\n", "goods.csv"),
    (b"code\tname\n1234\tTea, green\n", "goods.csv"),
    (b"name of the goods, in full;code\nTea, green;1234\n", "goods.csv"),
    (b"code\tname\n1234\tTea, green\n", "GOODS.TSV"),
    (b"sep=;\r\ncode;name\r\n1234;Tea, green\r\n", "goods.csv"),
])  # fmt: skip
def test_the_header_shows_what_parts_the_cells(content: bytes, name: str) -> None:
    assert sorted(rows(content, name)[0].cells) == ["1234", "Tea, green"]


def test_a_line_without_an_end_is_a_row_and_blank_lines_are_none() -> None:
    assert [row.cells for row in rows(HEAD + b"1234,Tea\n\n\r\n1235,Salt")] == [["1234", "Tea"], ["1235", "Salt"]]


def test_rows_are_numbered_by_their_first_line() -> None:
    assert [row.line for row in rows(HEAD + b'1234,"Tea\nin bags"\n\n1235,Salt\n')] == [2, 5]


def test_a_row_with_bytes_of_another_encoding_is_marked_and_the_next_is_read() -> None:
    first, second = rows(HEAD + b"1234,Caf\xe9\n1235,Th\xc3\xa9\n")

    assert (first.fault, first.cells[0]) == ("encoding", "1234")
    assert "0xE9" in first.detail
    assert second == RawRow(3, ["1235", "Thé"])


def test_a_quote_that_is_never_closed_costs_its_own_row_only() -> None:
    read_rows = rows(HEAD + b'1234,"Tea\n' + b"".join(b"%d,Salt\n" % code for code in range(2000, 2200)))

    assert read_rows[0].fault == "unclosed_quote"
    assert read_rows[0].line == 2
    assert [row.cells for row in read_rows[1:]] == [[str(code), "Salt"] for code in range(2000, 2200)]
    assert [row.line for row in read_rows] == list(range(2, 203))


def test_a_quote_that_another_row_closes_costs_its_own_row_only() -> None:
    read_rows = rows(HEAD + b'1234,"Tea\n1235,Salt\n1236,"Ham"\n')

    assert [row.fault for row in read_rows] == ["unclosed_quote", "", ""]
    assert [row.cells[0] for row in read_rows] == ["1234", "1235", "1236"]


def test_a_cell_with_a_few_line_breaks_is_one_row() -> None:
    name = "\n".join(["Tea"] * MOST_LINES)

    assert rows(HEAD + f'1234,"{name}"\n'.encode()) == [RawRow(2, ["1234", name])]


def test_quotes_inside_a_name_are_read_as_a_spreadsheet_shows_them() -> None:
    assert rows(HEAD + b'1234,"Mini" Eier\n1235,6" plate\n')[0].cells == ["1234", "Mini Eier"]
    assert rows(HEAD + b'1234,"Mini" Eier\n1235,6" plate\n')[1].cells == ["1235", '6" plate']


@pytest.mark.parametrize("size", [LONGEST_ROW, 131_073, 3_000_000])
@pytest.mark.parametrize("quote", [b"", b'"'])
def test_a_cell_of_megabytes_costs_its_own_row_only(size: int, quote: bytes) -> None:
    read_rows = rows(HEAD + b"1234," + quote + b"x" * size + quote + b"\n1235,Salt\n")

    assert [row.fault for row in read_rows] == ["cell_too_long", ""]
    assert read_rows[0].cells[0] == "1234"
    assert read_rows[1] == RawRow(3, ["1235", "Salt"])


def test_a_long_line_behind_an_open_quote_is_still_too_long() -> None:
    read_rows = rows(HEAD + b'1234,"Tea\n1235,' + b"x" * 200_000 + b"\n1236,Salt\n")

    assert [(row.line, row.fault) for row in read_rows] == [(2, "unclosed_quote"), (3, "cell_too_long"), (4, "")]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n\r\n", b"sep=;\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(BadField) as caught:
        table(content)
    assert (caught.value.field, caught.value.what) == ("header", "empty")


def test_a_header_that_is_no_text_is_refused() -> None:
    with pytest.raises(BadField) as caught:
        table(b"code,Caf\xe9\n1234,Tea\n")
    assert caught.value.what == "encoding"


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="'")), min_size=1, max_size=4)))
def test_what_csv_writes_is_read_back(names: list[list[str]]) -> None:
    cells = [[f"C{number}", *row] for number, row in enumerate(names)]
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([["code", "name"], *cells])

    assert [row.cells for row in rows(written.getvalue().encode())] == cells


@given(st.lists(st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"\xc3", b"1234", b"x", b"'="])))
def test_any_bytes_are_read_without_an_uncaught_exception(pieces: list[bytes]) -> None:
    content = b"".join(pieces)
    read_rows = rows(HEAD + content)

    lines = [row.line for row in read_rows]
    assert lines == sorted(set(lines))
    # Every line that says something is in some row.
    assert bool(read_rows) == bool(content.strip(b"\r\n"))
