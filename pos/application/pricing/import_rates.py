"""Import exchange rates from a file of a bank or an exchange: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from pos.application.pricing.set_rates import RateDraft, RatePlan, SetRate
from pos.application.settings.options import read_instant
from pos.application.tables.raw_table import RawTable, bare, check_there, column_indexes, is_too_wide
from pos.domain.errors import BadField
from pos.domain.money import currency
from pos.domain.pricing.rates import Rate, read_rate
from pos.domain.staff.staff import Person

_COLUMNS = ("currency", "buy", "sell", "customs", "unit", "from")
_NEEDED = _COLUMNS[:3]
_KNOWN = {bare(name): name for name in _COLUMNS}
_UNITS = ("1", "10", "100", "1000", "10000")
_MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class ImportRates:
    """Imports a CSV with the columns currency, buy, sell and optionally customs, unit (per how many) and from."""

    set_rates: SetRate
    open_table: Callable[[Path], AbstractContextManager[RawTable]]

    def plan(self, path: Path, person: Person) -> RatePlan:
        """The changes of the file and the doubts to confirm. Raises BadField, NotAllowed."""
        return self.set_rates.plan(person, self.read(path))

    def __call__(self, path: Path, person: Person, *, anyway: bool = False) -> Sequence[Rate]:
        """Record every row in one transaction; raises BadField naming row and column, a RateDoubt, NotAllowed."""
        return self.set_rates.all(person, self.read(path), anyway=anyway)

    def read(self, path: Path) -> list[RateDraft]:
        """The rates in the file, without recording them. Raises BadField naming row and column."""
        with self.open_table(path) as table:
            indexes = column_indexes(table.header, _KNOWN)
            check_there(_NEEDED, indexes)
            drafts = []
            for raw in table.rows:
                if raw.fault:
                    raise BadField(f"row {raw.line}", raw.fault)
                if is_too_wide(raw.cells, len(table.header)):
                    raise BadField(f"row {raw.line}", "too_many_cells")
                cells = {name: raw.cells[index].strip() for name, index in indexes.items() if index < len(raw.cells)}
                if any(cells.values()):
                    drafts.append(_row(cells, raw.line))
                if len(drafts) > _MOST_ROWS:
                    raise BadField("FILE", "too_long", path.name)
        if not drafts:
            raise BadField("FILE", "empty", path.name)
        return drafts


def _row(cells: Mapping[str, str], line: int) -> RateDraft:
    def field(name: str) -> str:
        return f"row {line}, {name}"

    unit = cells.get("unit", "") or "1"
    if unit not in _UNITS:
        raise BadField(field("unit"), "unknown", unit[:20])

    def rate(name: str) -> Decimal:
        return read_rate(cells.get(name, ""), field(name)) / Decimal(unit)

    since: datetime | None = read_instant(cells["from"], field("from")) if cells.get("from") else None
    return RateDraft(
        currency=currency(cells.get("currency", "").upper(), field("currency")),
        buy=rate("buy"),
        sell=rate("sell"),
        customs=rate("customs") if cells.get("customs") else None,
        since=since,
        where=f"row {line}, ",
    )
