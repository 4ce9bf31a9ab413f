"""The sales that were voided: they count among the sales and among the returns, and their discounts do not count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, select, true, tuple_

from db.tables.sales import sale
from pos.domain.errors import RuleBroken
from pos.domain.receipt_number import read_receipt_number, receipt_number

_AT_ONCE = 500


def voided_in(connection: Connection, shifts: Iterable[int]) -> frozenset[int]:
    """The ids of the sales of these shifts that were voided: on the same shift, so that no other has to be read."""
    voids = select(sale.c.annuls).where(sale.c.annuls > "", sale.c.shift_id.in_(sorted(shifts)))
    receipts = [number for annuls in connection.execute(voids).scalars() for number in _number(annuls)]
    ids: set[int] = set()
    for start in range(0, len(receipts), _AT_ONCE):
        some = tuple_(sale.c.till, sale.c.number).in_(receipts[start : start + _AT_ONCE])
        ids.update(connection.execute(select(sale.c.id).where(some)).scalars())
    return frozenset(ids)


def voids_of(connection: Connection, receipts: Iterable[str]) -> dict[str, str]:
    """The numbers of the voids of these receipts, by what they void."""
    voids = select(sale.c.annuls, sale.c.till, sale.c.number).where(sale.c.annuls.in_(sorted(receipts)))
    return {row.annuls: receipt_number(row.till, row.number) for row in connection.execute(voids)}


def standing(connection: Connection, which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Those sales of `which` that were not voided, as a condition on `sale`."""
    shifts = connection.execute(select(sale.c.shift_id).where(which).distinct()).scalars()
    voided = voided_in(connection, shifts)
    return sale.c.id.not_in(sorted(voided)) if voided else true()


def _number(receipt: str) -> Sequence[tuple[str, int]]:
    try:
        return [read_receipt_number(receipt)]
    except RuleBroken:
        return []  # a damaged row; the chain shows it
