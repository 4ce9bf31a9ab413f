"""Documents for the fiscal register and its cashboxes, over one connection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, insert, literal_column, or_, select, update

from db.engine.dialect import insert_new
from db.outside_partners.attempts import SqlPartnerAttempts, attempt_of
from db.tables.fiscal import fiscal_cashbox, fiscal_document
from db.tables.outside_partners import partner_attempt
from db.tables.pickup import customer_order
from db.tables.sales import sale
from db.tables.shop import shift as shifts
from pos.domain.fiscal.answers import FiscalReceipt
from pos.domain.fiscal.document import Cashbox, DocumentKind, FiscalDocument, GivenUp, Standing
from pos.domain.receipt_number import read_receipt_number, receipt_number
from pos.domain.shifts.report_details import FiscalCounts

_D, _A, _C = fiscal_document.c, partner_attempt.c, fiscal_cashbox.c
_OWN = (
    "id", "cashbox", "body", "at", "problem", "given_up_at", "given_up_by", "given_up_why", "fiscal_number",
    "fiscal_at", "address", "is_offline", "register_shift", "registration", "serial",
)  # fmt: skip
_ALL = (
    select(
        partner_attempt,
        _D.kind.label("of_kind"),
        *(_D[name].label(f"d_{name}") for name in _OWN),
        sale.c.till.label("sale_till"),
        sale.c.number.label("sale_number"),
        customer_order.c.code.label("order_code"),
    )
    .select_from(fiscal_document)
    .join(partner_attempt, _A.number == _D.number)
    .outerjoin(sale, sale.c.id == _D.sale_id)
    .outerjoin(customer_order, customer_order.c.id == _D.order_id)
)
_OPEN = _D.standing == literal_column("'waiting'")  # in so many words: by them the index is found
_WAITING = _ALL.where(_D.cashbox == bindparam("at_cashbox"), _OPEN).order_by(_D.id)
_CASHBOXES = select(_D.cashbox).where(_D.till == bindparam("at_till"), _OPEN).distinct().order_by(_D.cashbox)
_OF_RECEIPT = _ALL.where(sale.c.till == bindparam("at_till"), sale.c.number == bindparam("at_number"))
_OF_ORDER = _ALL.where(customer_order.c.code == bindparam("of_code")).order_by(_D.id)
_ORDER_ID = select(customer_order.c.id).where(customer_order.c.code == bindparam("of_code"))
_IS_TICKET = or_(_D.sale_id.is_not(None), _D.order_id.is_not(None))
_COUNTED_DEPOSITS = (
    select(_D.standing, func.count().label("receipts")).where(_D.order_id.is_not(None)).group_by(_D.standing)
)
"""Apart from the others: each of the two counts by its own index."""
_COUNTS = select(_D.standing, func.count().label("receipts")).where(_D.sale_id.is_not(None)).group_by(_D.standing)


class SqlFiscal:
    """Implements `StoredFiscal`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._attempts = SqlPartnerAttempts(connection)

    def add(self, document: FiscalDocument) -> None:
        written = self._attempts.add(document.attempt)
        assert written, "a document is made once"
        row: dict[str, Any] = {
            "number": document.number,
            "cashbox": document.cashbox,
            "till": document.attempt.till,
            "kind": document.kind.value,
            "sale_id": None,
            "order_id": None,
            "shift_id": document.attempt.shift,
            "at": document.at,
            **_known(document),
        }
        if document.order:
            row["order_id"] = self._connection.execute(_ORDER_ID, {"of_code": document.order}).scalar_one()
        if document.receipt:
            till, number = read_receipt_number(document.receipt)
            of = select(sale.c.id).where(sale.c.till == till, sale.c.number == number)
            row["sale_id"] = self._connection.execute(of).scalar_one()
        self._connection.execute(insert(fiscal_document), row)

    def put(self, document: FiscalDocument) -> None:
        self._attempts.put(document.attempt)
        changing = update(fiscal_document).where(_D.id == document.id)
        self._connection.execute(changing.values(number=document.number, **_known(document)))

    def again(self, document: FiscalDocument) -> None:
        written = self._attempts.add(document.attempt)
        assert written, "the attempt before it holds nothing any more"
        changing = update(fiscal_document).where(_D.id == document.id)
        self._connection.execute(changing.values(number=document.number, **_known(document)))

    def waiting(self, cashbox: str, limit: int) -> Sequence[FiscalDocument]:
        return self._read(_WAITING.limit(limit), {"at_cashbox": cashbox})

    def cashboxes_waiting(self, till: str) -> Sequence[str]:
        return list(self._connection.execute(_CASHBOXES, {"at_till": till}).scalars())

    def of_receipt(self, till: str, number: int) -> FiscalDocument | None:
        found = self._read(_OF_RECEIPT, {"at_till": till, "at_number": number})
        return found[0] if found else None

    def of_order(self, code: str) -> Sequence[FiscalDocument]:
        return self._read(_OF_ORDER, {"of_code": code})

    def with_id(self, number: int) -> FiscalDocument | None:
        found = self._read(_ALL.where(_D.id == number), {})
        return found[0] if found else None

    def listed(self, standings: Collection[Standing], limit: int) -> Sequence[FiscalDocument]:
        wanted = [one.value for one in standings]
        return self._read(_ALL.where(_D.standing.in_(wanted)).order_by(_D.id).limit(limit), {})

    def counts(self, shift: tuple[str, int] | None = None) -> FiscalCounts:
        found = Counter[str]()
        for asked in (_COUNTS, _COUNTED_DEPOSITS):
            if shift is not None:
                of = select(shifts.c.id).where(shifts.c.till == shift[0], shifts.c.number == shift[1])
                asked = asked.where(_D.shift_id == of.scalar_subquery())
            for row in self._connection.execute(asked):
                found[row.standing] += int(row.receipts)
        return FiscalCounts(*(found[one.value] for one in (
            Standing.REGISTERED, Standing.WAITING, Standing.REFUSED, Standing.GIVEN_UP, Standing.AT_TERMINAL,
        )))  # fmt: skip

    def known_in_shift(self, cashbox: str, shift: int, since: datetime) -> int:
        own = and_(_D.standing == Standing.REGISTERED.value, _D.register_shift == shift)
        by_hand = and_(_D.standing == Standing.GIVEN_UP.value, _D.given_up_at >= since)
        counted = select(func.count()).where(_D.cashbox == cashbox, _IS_TICKET, or_(own, by_hand))
        return int(self._connection.execute(counted).scalar_one())

    def hold(self, cashbox: str, holder: str, now: datetime, until: datetime) -> bool:
        empty = {"cashbox": cashbox, "held_by": "", "problem": "", "detail": "", "lost": 0}
        self._connection.execute(insert_new(self._connection, fiscal_cashbox), empty)
        free = or_(_C.held_until.is_(None), _C.held_until <= now, _C.held_by == holder)
        taking = update(fiscal_cashbox).where(_C.cashbox == cashbox, free)
        return self._connection.execute(taking.values(held_by=holder, held_until=until)).rowcount == 1

    def let_go(self, cashbox: str, holder: str) -> None:
        held = and_(_C.cashbox == cashbox, _C.held_by == holder)
        self._connection.execute(update(fiscal_cashbox).where(held).values(held_by="", held_until=None))

    def cashbox(self, name: str) -> Cashbox:
        row = self._connection.execute(select(fiscal_cashbox).where(_C.cashbox == name)).one_or_none()
        if row is None:
            return Cashbox(name)
        return Cashbox(name, row.shift, row.shift_since, row.problem, row.detail, row.lost, row.next_at)

    def note(self, cashbox: Cashbox) -> None:
        known = {
            "shift": cashbox.shift,
            "shift_since": cashbox.shift_since,
            "problem": cashbox.problem[:40],
            "detail": cashbox.detail,
            "lost": cashbox.lost,
            "next_at": cashbox.next_at,
        }
        self._connection.execute(update(fiscal_cashbox).where(_C.cashbox == cashbox.name).values(known))

    def has_other_shift_open(self, till: str, cashboxes: Mapping[str, str], usual: str) -> bool:
        own = cashboxes.get(till, usual)
        opened = select(shifts.c.till).where(shifts.c.closed_at.is_(None), shifts.c.till != till)
        return any(cashboxes.get(other, usual) == own for other in self._connection.execute(opened).scalars())

    def _read(self, asked: Select[Any], values: Mapping[str, Any]) -> list[FiscalDocument]:
        return [_document(row) for row in self._connection.execute(asked, values)]


def _known(document: FiscalDocument) -> dict[str, Any]:
    given, gone = document.gives, document.given_up
    return {
        "standing": document.standing.value,
        "body": document.body,
        "problem": document.problem,
        "given_up_at": None if gone is None else gone.at,
        "given_up_by": None if gone is None else gone.person,
        "given_up_why": None if gone is None else gone.why,
        "fiscal_number": None if given is None else given.number,
        "fiscal_at": None if given is None else given.at,
        "address": None if given is None else given.address,
        "is_offline": None if given is None else given.is_offline,
        "register_shift": None if given is None else given.shift,
        "registration": None if given is None else given.registration,
        "serial": None if given is None else given.serial,
    }


def _document(row: Row[Any]) -> FiscalDocument:
    given = None
    if row.d_fiscal_number is not None:
        given = FiscalReceipt(
            row.d_fiscal_number, row.d_fiscal_at, row.d_address, bool(row.d_is_offline), row.d_register_shift,
            row.d_registration, row.d_serial,
        )  # fmt: skip
    gone = None
    if row.d_given_up_at is not None:
        gone = GivenUp(row.d_given_up_by, row.d_given_up_at, row.d_given_up_why or "")
    return FiscalDocument(
        kind=DocumentKind(row.of_kind),
        cashbox=row.d_cashbox,
        attempt=attempt_of(row),
        body=row.d_body,
        at=row.d_at,
        receipt="" if row.sale_till is None else receipt_number(row.sale_till, row.sale_number),
        order=row.order_code or "",
        gives=given,
        problem=row.d_problem,
        given_up=gone,
        id=row.d_id,
    )
