"""A table as CSV comes back as it was, cell for cell, and acts in no spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES, Money
from pos.exports.safe_text import escaped, unguarded
from pos.exports.table_csv import write_csv
from tests.a_table import NAMES, ZONE, a_table
from tests.horgos import CNY

COLUMNS = (
    Column("Text"),
    Column("Pieces", CellKind.COUNT),
    Column("Net", CellKind.AMOUNT, "CNY"),
    Column("Paid", CellKind.AMOUNT),
    Column("Share", CellKind.SHARE),
    Column("Day", CellKind.DAY),
    Column("At", CellKind.INSTANT),
    Column("Weight", CellKind.FIGURE, "kg"),
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # Windows makes no instant before it from its seconds
FIGURES = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
MINOR = st.integers(1 - 10**14, 10**14 - 1)
ROWS = st.tuples(
    st.none() | st.text(max_size=20),
    st.none() | st.integers(),
    st.none() | st.builds(Money, MINOR, st.just(CNY)),
    st.none() | st.builds(Money, MINOR, st.sampled_from(sorted(CURRENCIES.values(), key=str))),
    st.none() | FIGURES,
    st.none() | st.dates(),
    st.none() | st.integers(-(10**9), 4 * 10**9).map(lambda seconds: _EPOCH + timedelta(seconds=seconds)),
    st.none() | FIGURES,
)


def written(table: Table, stamp: str = "") -> bytes:
    stream = io.BytesIO()
    write_csv([table], stream, Translator.english(), stamp)
    return stream.getvalue()


def read_back(content: bytes) -> list[tuple[Cell, ...]]:
    """The cells as they were, from what stands in the file."""
    _, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [_cells(row) for row in rows]


def _cells(row: Sequence[str]) -> tuple[Cell, ...]:
    text, pieces, net, paid, code, share, day, at, weight = row
    return (
        unguarded(text),
        int(pieces) if pieces else None,
        Money.parse(net, CNY) if net else None,
        Money.parse(paid, CURRENCIES[code]) if paid else None,
        Decimal(share) if share else None,
        date.fromisoformat(day) if day else None,
        datetime.fromisoformat(at).astimezone(UTC) if at else None,
        Decimal(weight) if weight else None,
    )


@given(st.lists(ROWS, max_size=6))
def test_every_cell_comes_back_as_it_was(rows: list[tuple[Cell, ...]]) -> None:
    back = read_back(written(Table("t", "T", COLUMNS, rows, zone=ZONE)))

    assert back == [(escaped(str(text or "")), *others) for text, *others in rows]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=6))
def test_no_text_begins_as_a_formula_does(texts: list[str]) -> None:
    content = written(Table("t", "=T", [Column("=A")], [[text] for text in texts])).decode("utf-8-sig")

    for row in csv.reader(io.StringIO(content, newline="")):
        assert not row or row[0][:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠"}


def test_the_file_has_a_mark_plain_figures_and_currencies_of_their_own() -> None:
    content = written(a_table(3))
    header, first, second, third = content.decode("utf-8-sig").splitlines()

    assert content.startswith(b"\xef\xbb\xbf")
    assert header == 'Товар,码,Pieces,"Net sales, CNY",Paid,Paid: currency,Share,Day,At,"Weight, kg"'
    assert first.startswith("'=1+1,")
    assert second == ("'@SUM(A1:A9),0000000000001,1,123.46,1.02,KZT,0.001,2026-11-02,2026-11-24T12:45:05+05:00,1.400")
    assert third.startswith(f'"\'{NAMES[2]}"' if "," in NAMES[2] else f"'{NAMES[2]}")


def test_no_row_of_a_training_looks_real() -> None:
    rows = list(csv.reader(io.StringIO(written(a_table(3), "TRAINING").decode("utf-8-sig"))))

    assert [row[0] for row in rows] == ["TRAINING"] * 4
