"""The ledger of the quota: lines of sales and declared lines, with the facts learnt later."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, and_, bindparam, func, or_, select, update

from db.catalogue.product_columns import attributes_of
from db.engine.compiled_statement import CompiledStatement
from db.engine.types import Instant
from db.tables.sales import sale, sale_line, sold_goods
from db.tables.visitors import declared_line, quota_entry
from db.visitors.voided_sales import voids_of
from pos.application.ports.visitor_ports import AllowanceMove, EntryKey, LedgerLine
from pos.domain.catalogue.product_fields import CUSTOMS_ATTRIBUTES
from pos.domain.money import CURRENCIES, Money
from pos.domain.receipt_number import receipt_number

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ONE: BindParameter[Any] = bindparam("visitor_row")
_OWN = and_(quota_entry.c.visitor_id.in_(_IDS), quota_entry.c.moved_to.is_(None))
_GIVEN = quota_entry.c.moved_to.in_(_IDS)
_OWN_OF_ONE = or_(
    and_(quota_entry.c.visitor_id == _ONE, quota_entry.c.moved_to.is_(None)), quota_entry.c.moved_to == _ONE
)
_KEPT = quota_entry.c.quantity - func.coalesce(quota_entry.c.returned, 0)
_EVER_SOLD: Select[Any] = (
    select(
        quota_entry.c.sale_id,
        quota_entry.c.line_no,
        quota_entry.c.visitor_id,
        quota_entry.c.moved_to,
        quota_entry.c.regime,
        quota_entry.c.at,
        quota_entry.c.carried_out_at,
        _KEPT.label("quantity"),
        func.coalesce(quota_entry.c.taxed_now, quota_entry.c.taxed).label("taxed"),
        sale_line.c.quantity.label("sold"),
        sold_goods.c.name,
        sold_goods.c.names,
        sold_goods.c.category,
        sale_line.c.unit_price_minor,
        sale_line.c.discount_minor,
        *(sale_line.c[name] for name in CUSTOMS_ATTRIBUTES),
        sale.c.currency,
        sale.c.till,
        sale.c.number,
    )
    .join(
        sale_line,
        and_(sale_line.c.sale_id == quota_entry.c.sale_id, sale_line.c.line_no == quota_entry.c.line_no),
    )
    .join(sold_goods, sold_goods.c.id == sale_line.c.goods_id)
    .join(sale, sale.c.id == quota_entry.c.sale_id)
)
_SOLD = _EVER_SOLD.where(_KEPT > 0)
_DECLARED: Select[Any] = select(
    declared_line.c.sale_id,
    declared_line.c.no.label("line_no"),
    declared_line.c.regime,
    declared_line.c.at,
    func.coalesce(declared_line.c.left_before, declared_line.c.carried_out_at, type_=Instant()).label("carried_out_at"),
    declared_line.c.quantity,
    func.coalesce(declared_line.c.taxed_now, declared_line.c.taxed).label("taxed"),
    declared_line.c.quantity.label("sold"),
    declared_line.c.name,
    declared_line.c.category,
    declared_line.c.unit_price_minor,
    declared_line.c.discount_minor,
    *(declared_line.c[name] for name in CUSTOMS_ATTRIBUTES),
    declared_line.c.currency,
    sale.c.till,
    sale.c.number,
).join(sale, sale.c.id == declared_line.c.sale_id)
_SINCE = bindparam("since", type_=Instant())
# Goods bought long ago that left lately still count in the window in which they left.
_SOLD_LATELY = or_(quota_entry.c.at >= _SINCE, quota_entry.c.carried_out_at >= _SINCE)
_RECENT = or_(
    declared_line.c.at >= _SINCE, declared_line.c.left_before >= _SINCE, declared_line.c.carried_out_at >= _SINCE
)
# Built once: a query of every sale is not built again each time.
_UNDER = quota_entry.c.regime == bindparam("regime")
_BESIDE = bindparam("beside", type_=Instant())
_SOLD_HERE = or_(  # what counts under a regime, and what was bought to leave otherwise
    and_(_SOLD_LATELY, _UNDER),
    and_(quota_entry.c.regime != bindparam("regime"), quota_entry.c.at >= _BESIDE),
)
_SOLD_UNDER = _SOLD.where(or_(_OWN, _GIVEN), _SOLD_LATELY, _UNDER)
_SOLD_TO_ONE = CompiledStatement(_SOLD.where(_OWN_OF_ONE, _SOLD_HERE))
_SOLD_TO_VISITOR = _SOLD.where(or_(_OWN, _GIVEN), _SOLD_HERE)
_EVERY_SOLD = _SOLD.where(or_(quota_entry.c.visitor_id.in_(_IDS), _GIVEN), _SOLD_LATELY)
_CAME_BACK = _EVER_SOLD.where(_KEPT == 0, quota_entry.c.visitor_id.in_(_IDS), quota_entry.c.at >= _SINCE)
_LATELY_UNDER = and_(_RECENT, declared_line.c.regime == bindparam("regime"))
_DECLARED_UNDER = _DECLARED.where(declared_line.c.visitor_id.in_(_IDS), _LATELY_UNDER)
_DECLARED_HERE = or_(
    _LATELY_UNDER,
    and_(
        declared_line.c.regime != bindparam("regime"),
        func.coalesce(declared_line.c.left_before, declared_line.c.carried_out_at).is_(None),
        declared_line.c.at >= _BESIDE,
    ),
)
_DECLARED_BY_ONE = CompiledStatement(_DECLARED.where(declared_line.c.visitor_id == _ONE, _DECLARED_HERE))
_DECLARED_BY_VISITOR = _DECLARED.where(declared_line.c.visitor_id.in_(_IDS), _DECLARED_HERE)
_EVERY_DECLARED = _DECLARED.where(declared_line.c.visitor_id.in_(_IDS), _RECENT)
_OF_SALE = _SOLD.where(
    sale.c.till == bindparam("of_till"),
    sale.c.number == bindparam("of_number"),
    sale_line.c.carrier == bindparam("label"),
)
_RETAX = {
    table is declared_line: update(table)
    .where(table.c.sale_id == bindparam("in_sale"), table.c[line_column] == bindparam("at_line"))
    .values(taxed_now=bindparam("now_taxed"))
    for table, line_column in ((quota_entry, "line_no"), (declared_line, "no"))
}
_LEFT = {
    table is declared_line: update(table)
    .where(table.c.sale_id == bindparam("in_sale"), table.c[line_column] == bindparam("at_line"))
    .values(carried_out_at=bindparam("left_at", type_=Instant()))
    for table, line_column in ((quota_entry, "line_no"), (declared_line, "no"))
}
_GIVE_BACK = (
    update(quota_entry)
    .where(quota_entry.c.sale_id == bindparam("in_sale"), quota_entry.c.line_no == bindparam("at_line"))
    .values(returned=func.coalesce(quota_entry.c.returned, 0) + bindparam("units"))
)
_MOVE = (
    update(quota_entry)
    .where(quota_entry.c.sale_id == bindparam("in_sale"), quota_entry.c.line_no == bindparam("at_line"))
    .values(moved_to=bindparam("to"))
)


_NO_NAMES: Mapping[str, str] = {}
_Rows = Sequence[Any]


class SqlQuotaLedger:
    """The ledger over one connection; `row_ids` are those of all documents of one person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(
        self, row_ids: Sequence[int], since: datetime, regime: str | None = None, beside: datetime | None = None
    ) -> list[LedgerLine]:
        """Every line since then, oldest first; with a `regime` only those that count under it, else also departed ones.

        With `beside` also the purchases since that instant under other regimes, and the declarations under them that
        are not known to have left.
        """
        sold, declared = self._read(row_ids, since, regime, beside)
        lines = [
            _line(row, EntryKey(row.sale_id, row.line_no), _moved(row, row_ids), _names(row, regime)) for row in sold
        ]
        lines += [_line(row, EntryKey(row.sale_id, row.line_no, True)) for row in declared]
        return sorted(lines, key=_order)

    def voided(self, row_ids: Sequence[int], since: datetime) -> list[LedgerLine]:
        """The lines since then of sales that were voided, as they were sold."""
        rows = self._connection.execute(_CAME_BACK, {"since": since, "ids": list(row_ids)}).all()
        voids = voids_of(self._connection, {receipt_number(row.till, row.number) for row in rows})
        lines = (_line(row, EntryKey(row.sale_id, row.line_no), names=_names(row, None)) for row in rows)
        return [
            replace(
                line,
                quantity=row.sold,
                discount=Money(row.discount_minor, line.unit_price.currency),
                voided_by=voids[line.receipt],
            )
            for line, row in zip(lines, rows, strict=True)
            if line.receipt in voids
        ]

    def _read(
        self, row_ids: Sequence[int], since: datetime, regime: str | None, beside: datetime | None
    ) -> tuple[_Rows, _Rows]:
        """The purchases by these documents, and the declarations."""
        on = self._connection
        values: dict[str, object] = {"since": since}
        if regime is None:
            values |= {"ids": list(row_ids)}
            return on.execute(_EVERY_SOLD, values).all(), on.execute(_EVERY_DECLARED, values).all()
        values |= {"regime": regime}
        if beside is None:
            values |= {"ids": list(row_ids)}
            return on.execute(_SOLD_UNDER, values).all(), on.execute(_DECLARED_UNDER, values).all()
        values |= {"beside": beside}
        if len(row_ids) == 1:  # nearly always, and once or twice for every sale
            values |= {"visitor_row": row_ids[0]}
            return _SOLD_TO_ONE.rows(on, values), _DECLARED_BY_ONE.rows(on, values)
        values |= {"ids": list(row_ids)}
        return on.execute(_SOLD_TO_VISITOR, values).all(), on.execute(_DECLARED_BY_VISITOR, values).all()

    def of_sale(self, till: str, number: int, label: str) -> list[LedgerLine]:
        rows = self._connection.execute(_OF_SALE, {"of_till": till, "of_number": number, "label": label})
        return sorted((_line(row, EntryKey(row.sale_id, row.line_no), _moved(row, ())) for row in rows), key=_order)

    def retax(self, entry: EntryKey, taxed: int) -> None:
        values = {"in_sale": entry.sale, "at_line": entry.line, "now_taxed": taxed}
        self._connection.execute(_RETAX[entry.declared], values)

    def give_back(self, entry: EntryKey, units: int) -> None:
        """Units of a pending line came back; the dutiable ones first."""
        self._connection.execute(_GIVE_BACK, {"in_sale": entry.sale, "at_line": entry.line, "units": units})

    def leave(
        self, row_ids: Sequence[int], regime: str, bought: tuple[datetime, datetime], at: datetime
    ) -> list[LedgerLine]:
        """Mark the pending purchases within `bought` as carried out at `at`; returns those lines."""
        first, last = bought
        lines = [
            replace(line, carried_out_at=at)
            for line in self.of(row_ids, first, regime)
            if line.at <= last and line.carried_out_at is None
        ]
        for line in lines:
            assert line.key is not None, "it was read from the store"
            values = {"in_sale": line.key.sale, "at_line": line.key.line, "left_at": at}
            self._connection.execute(_LEFT[line.key.declared], values)
        return lines

    def move(self, entries: Iterable[EntryKey], visitor: int) -> None:
        for entry in entries:
            self._connection.execute(_MOVE, {"in_sale": entry.sale, "at_line": entry.line, "to": visitor})


def _order(line: LedgerLine) -> tuple[datetime, EntryKey]:
    assert line.key is not None, "it was read from the store"
    return line.at, line.key


def _moved(row: Row[Any], row_ids: Sequence[int]) -> AllowanceMove:
    is_back = row.moved_to in row_ids and row.visitor_id in row_ids  # sold to this person, by whichever document
    if row.moved_to is None or is_back:
        return AllowanceMove.NO
    return AllowanceMove.HERE if row.moved_to in row_ids else AllowanceMove.AWAY


def _names(row: Row[Any], regime: str | None) -> Mapping[str, str]:
    """The goods by language, where they may be shown; lines judged under their own regime need none."""
    return _NO_NAMES if regime == row.regime else dict(json.loads(row.names))


def _line(
    row: Row[Any], key: EntryKey, moved: AllowanceMove = AllowanceMove.NO, names: Mapping[str, str] = _NO_NAMES
) -> LedgerLine:
    currency = CURRENCIES[row.currency]
    return LedgerLine(
        at=row.at,
        carried_out_at=row.carried_out_at,
        name=row.name,
        category=row.category,
        quantity=row.quantity,
        taxed=row.taxed,
        unit_price=Money(row.unit_price_minor, currency),
        discount=Money(row.discount_minor * row.quantity // row.sold, currency),
        attributes=attributes_of(row),
        regime=row.regime,
        receipt=receipt_number(row.till, row.number),
        key=key,
        moved=moved,
        names=names,
    )
