"""A table with a cell of every kind, as a shop might save one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from pos.application.tables.table import Bars, Cell, CellKind, Column, Table
from pos.domain.money import Money
from tests.horgos import CNY, KZT, USD

ZONE = ZoneInfo("Asia/Almaty")
AT = datetime(2026, 11, 24, 7, 44, 5, tzinfo=UTC)
COLUMNS = (
    Column("Товар"),
    Column("码"),
    Column("Pieces", CellKind.COUNT, is_summed=True),
    Column("Net sales", CellKind.AMOUNT, "CNY", is_summed=True),
    Column("Paid", CellKind.AMOUNT, is_summed=True),
    Column("Share", CellKind.SHARE),
    Column("Day", CellKind.DAY),
    Column("At", CellKind.INSTANT),
    Column("Weight", CellKind.FIGURE, "kg", is_summed=True),
)
NAMES = (
    "=1+1",
    "@SUM(A1:A9)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "Шоколад «Казахстанский» молочный с орехами и изюмом в подарочной упаковке, 200 г",
    "农夫山泉饮用天然水五百五十毫升瓶装纯净水",
    "<r><t>x</t></r>",
    "_x0041_",
    "https://example.org",
    "001234",
)
PAID = (CNY, KZT, USD)


def a_row(n: int) -> Sequence[Cell]:
    """The row of a number."""
    return (
        NAMES[n % len(NAMES)],
        f"{n:013d}",
        n,
        Money(12345 + n, CNY),
        Money(101 * n + 1, PAID[n % 3]),
        Decimal(n) / Decimal(1000),
        date(2026, 11, 1) + timedelta(n % 28),
        AT + timedelta(minutes=n),
        Decimal("1.400") * n,
    )


def a_table(rows: int = 30, *, bars: bool = False, title: str = "Goods of a day") -> Table:
    """A table whose rows can be read once."""
    properties = (("Shop", "Граница 边境"), ("Days", "1 – 30 Nov 2026"))
    return Table("goods", title, COLUMNS, map(a_row, range(rows)), properties, ZONE, Bars(1, 3) if bars else None)
