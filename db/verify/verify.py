"""Every ledger recomputed from the facts, and the chains walked: one line for each mismatch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, Text, cast, func, literal, select, text

from db.engine.stored_rows import plain_rows, stored_rows
from db.maintenance.journal_chain import walk_on
from db.maintenance.skipped_numbers import RECEIPTS, skipped_numbers
from db.tables.sales import (
    refund,
    refundable,
    request_key,
    return_line,
    sale,
    sale_change,
    sale_line,
    sale_payment,
)
from db.tables.shop import cash_move, register, shift
from db.tables.stock import stock_move
from db.tables.visitors import quota_entry
from db.verify.pages import in_groups, of_receipts, receipts_of, sale_pages, streamed
from db.verify.partners.verify_fiscal import fiscal_mismatches
from db.verify.pickup.verify_deposits import deposit_mismatches
from db.verify.pickup.verify_orders import order_mismatches
from db.verify.verify_attempts import attempt_mismatches
from db.verify.verify_companions import companion_mismatches
from db.verify.verify_counts import count_mismatches
from db.verify.verify_documents import document_mismatches
from db.verify.verify_file import as_far_as_readable, file_mismatches
from db.verify.verify_goods_receipts import goods_receipt_mismatches
from db.verify.verify_guards import guard_mismatches
from db.verify.verify_moves import move_mismatches
from db.verify.verify_pieces import piece_mismatches
from db.verify.verify_prices import price_mismatches
from db.verify.verify_pricing import pricing_mismatches
from db.verify.verify_promotions import promotion_mismatches
from db.verify.verify_rates import rate_mismatches
from db.verify.verify_reservations import reservation_mismatches
from db.verify.verify_returns import exchange_mismatches, void_mismatches
from db.verify.verify_sale_chains import sale_chain_mismatches
from db.verify.verify_schema import schema_mismatches
from db.verify.verify_settings import setting_mismatches
from db.verify.verify_shifts import shift_mismatches
from db.verify.verify_staff import staff_mismatches
from db.verify.verify_stock import stock_mismatches
from db.verify.verify_summaries import summary_mismatches
from db.verify.verify_texts import text_mismatches
from db.verify.verify_valuations import valuation_mismatches
from db.verify.verify_visits import visit_mismatches
from db.verify.workshop.verify_workshop import workshop_mismatches
from pos.application.ports.journal_ports import CHANGED, CUT, MISSING, ChainWalk
from pos.domain.receipt_number import receipt_number

Chain = Callable[[str, bytes], str]
FILE, CHAIN_OF_SALES = "file", "chain of sales"
_WALKED = 5_000
_FAULTS = {
    MISSING: "journal {till} {number}: this entry is missing",
    CHANGED: "journal {till} {number}: its content was changed, or one before it is missing",
    CUT: "journal {till}: its end is missing",
}


def mismatches(connection: Connection, chain: Chain) -> Iterator[str]:
    """Each mismatch as one line that names what and where."""
    for what, check in checks_in_order(chain):
        yield from check(connection) if what == FILE else as_far_as_readable(what, partial(check, connection))


def checks_in_order(chain: Chain) -> Iterator[tuple[str, Callable[[Connection], Iterator[str]]]]:
    """Every check by its name."""
    yield FILE, file_mismatches
    yield from _CHECKS
    for what, walk in _CHAINS:
        yield what, partial(_walked, chain, walk)


def _walked(chain: Chain, walk: Callable[[Connection, Chain], Iterator[str]], connection: Connection) -> Iterator[str]:
    return walk(connection, chain)


def _per_sale(column: Any, key: Any) -> Any:
    return select(func.coalesce(func.sum(column), 0)).where(key == sale.c.id).scalar_subquery()


def _sales(connection: Connection) -> Iterator[str]:
    lines = _per_sale(sale_line.c.amount_minor, sale_line.c.sale_id)
    pieces = _per_sale(sale_line.c.quantity, sale_line.c.sale_id)
    off = _per_sale(sale_line.c.discount_minor, sale_line.c.sale_id)
    paid = _per_sale(sale_payment.c.value_minor, sale_payment.c.sale_id)
    given = _per_sale(sale_change.c.value_minor, sale_change.c.sale_id)
    moved = (
        select(func.coalesce(-func.sum(stock_move.c.quantity), 0))
        .where(stock_move.c.sale_id == sale.c.id)
        .scalar_subquery()
    )
    of_sale = ("id", "till", "number", "kind", "total_minor", "discount_minor", "pieces", "rounding_minor")
    question = select(
        *(sale.c[name] for name in of_sale),
        lines.label("lines_minor"),
        pieces.label("lines_pieces"),
        off.label("lines_off"),
        paid.label("paid_minor"),
        given.label("given_minor"),
        moved.label("moved_pieces"),
    ).order_by(sale.c.till, sale.c.number)
    skipped = skipped_numbers(connection, RECEIPTS)
    last: dict[str, int] = {}
    for row in stored_rows(connection, question, all_at_once=False):
        receipt = receipt_number(row.till, row.number)
        expected = skipped.following(row.till, last.get(row.till, 0))
        if row.number != expected:
            yield f"sale {receipt}: number {expected} is missing before it"
        last[row.till] = row.number
        if row.kind == "return":
            yield from _return(connection, row, receipt)
            continue
        if row.lines_minor != row.total_minor:
            yield f"sale {receipt}: total {row.total_minor}, lines come to {row.lines_minor}"
        if row.lines_off != row.discount_minor:
            yield f"sale {receipt}: discounts {row.discount_minor}, lines come to {row.lines_off}"
        if row.lines_pieces != row.pieces or row.moved_pieces != row.pieces:
            yield f"sale {receipt}: {row.pieces} pieces, lines {row.lines_pieces}, stock moved {row.moved_pieces}"
        if row.paid_minor != row.total_minor + row.given_minor + row.rounding_minor:
            yield (
                f"sale {receipt}: paid {row.paid_minor} is not total {row.total_minor} + change {row.given_minor}"
                f" + rounding {row.rounding_minor}"
            )
    totals = {
        row.till: int(row.amount)
        for row in connection.execute(
            select(sale.c.till, func.sum(sale.c.total_minor).label("amount"))
            .where(sale.c.kind == "sale")
            .group_by(sale.c.till)
        )
    }
    for row in connection.execute(select(register).order_by(register.c.till)):
        expected = skipped.following(row.till, last.get(row.till, 0))
        if row.next_no != expected:
            yield f"register {row.till}: next number {row.next_no}, sales end before {expected}"
        if row.grand_total_minor != totals.get(row.till, 0):
            yield f"register {row.till}: grand total {row.grand_total_minor}, sales come to {totals.get(row.till, 0)}"
    orphans = select(request_key.c.key).where(request_key.c.key.not_in(select(sale.c.key)))
    for row in connection.execute(orphans):
        yield f"request key {row.key}: claimed without a sale"
    for row in connection.execute(select(sale.c.key).where(sale.c.key.not_in(select(request_key.c.key)))):
        yield f"request key {row.key}: its sale stands without it"


def _return(connection: Connection, row: Any, receipt: str) -> Iterator[str]:
    """A return's total equals the cost of its lines and the refunds, and the shelf has the goods put back."""
    mine = return_line.c.sale_id == row.id
    lines = connection.execute(select(return_line).where(mine)).all()
    worth = sum(line.amount_minor for line in lines)
    given = connection.execute(
        select(func.coalesce(func.sum(refund.c.value_minor), 0)).where(refund.c.sale_id == row.id)
    )
    refunded = int(given.scalar_one())
    shelved = sum(line.quantity for line in lines if line.place != "waste")
    if worth != row.total_minor:
        yield f"return {receipt}: total {row.total_minor}, lines come to {worth}"
    if refunded != row.total_minor - row.rounding_minor:
        yield f"return {receipt}: refunds {refunded} are not total {row.total_minor} − rounding {row.rounding_minor}"
    if sum(line.quantity for line in lines) != row.pieces or -row.moved_pieces != shelved:
        yield f"return {receipt}: {row.pieces} pieces, {shelved} kept, stock moved {-row.moved_pieces}"


def _cash(connection: Connection) -> Iterator[str]:
    """Cash in each shift's drawer must be the cash on the sales, sale by sale and currency by currency."""
    shifts = select(shift.c.id).union(
        select(sale.c.shift_id), select(cash_move.c.shift_id).where(cash_move.c.sale_id.is_not(None))
    )
    for shift_id in connection.execute(shifts.order_by("id")).scalars().all():
        in_shift = select(sale.c.id).where(sale.c.shift_id == shift_id)
        cash_rows = (
            select(sale_payment.c.sale_id, sale_payment.c.currency, sale_payment.c.amount_minor.label("amount"))
            .where(sale_payment.c.method == "cash", sale_payment.c.sale_id.in_(in_shift))
            .union_all(
                select(sale_change.c.sale_id, sale_change.c.currency, -sale_change.c.amount_minor).where(
                    sale_change.c.sale_id.in_(in_shift)
                ),
                select(refund.c.sale_id, refund.c.currency, -refund.c.amount_minor).where(
                    refund.c.method == "cash", refund.c.sale_id.in_(in_shift)
                ),
            )
            .subquery()
        )
        sold = select(
            cash_rows.c.sale_id, _drawer(cash_rows.c.currency, literal(shift_id)), func.sum(cash_rows.c.amount)
        ).group_by(cash_rows.c.sale_id, cash_rows.c.currency)
        moved = (
            select(
                cash_move.c.sale_id,
                _drawer(cash_move.c.currency, cash_move.c.shift_id),
                func.sum(cash_move.c.amount_minor),
            )
            .where(cash_move.c.sale_id.is_not(None), cash_move.c.shift_id == shift_id)
            .group_by(cash_move.c.sale_id, cash_move.c.currency, cash_move.c.shift_id)
        )
        yield from _differences(connection, sold, moved, "cash")


def _drawer(currency: Any, shift_id: Any) -> Any:
    return currency + literal(" of shift ") + cast(shift_id, Text)


def _quota(connection: Connection) -> Iterator[str]:
    """Every line that a visitor carries is in that visitor's ledger, and nothing else is."""
    for page in sale_pages(connection):
        yield from _differences(
            connection,
            select(sale_line.c.sale_id, sale_line.c.line_no, sale_line.c.quantity)
            .join(sale, sale.c.id == sale_line.c.sale_id)
            .where(sale_line.c.carrier.is_not(None), sale.c.regime.is_not(None), *page.has(sale_line.c.sale_id)),
            select(quota_entry.c.sale_id, quota_entry.c.line_no, quota_entry.c.quantity).where(
                *page.has(quota_entry.c.sale_id)
            ),
            "quota of line",
        )


def _refundable(connection: Connection) -> Iterator[str]:
    for page in sale_pages(connection):
        yield from _differences(
            connection,
            select(sale_line.c.sale_id, sale_line.c.line_no, sale_line.c.quantity).where(
                *page.has(sale_line.c.sale_id)
            ),
            select(refundable.c.sale_id, refundable.c.line_no, refundable.c.sold).where(
                *page.has(refundable.c.sale_id)
            ),
            "refundable of line",
        )
    yield from _came_back(connection)


_COUNTED = select(sale.c.till, sale.c.number, refundable.c.line_no, refundable.c.refunded).join(
    sale, sale.c.id == refundable.c.sale_id
)


def _came_back(connection: Connection) -> Iterator[str]:
    """The returned quantity of a line equals the returns of its receipt; most lines and receipts have none."""
    summed = (
        select(return_line.c.reverses, return_line.c.of_line, func.sum(return_line.c.quantity).label("pieces"))
        .where(return_line.c.reverses.is_not(None))
        .group_by(return_line.c.reverses, return_line.c.of_line)
    )
    some = _COUNTED.where(refundable.c.refunded != 0).order_by(sale.c.till, sale.c.number, refundable.c.line_no)
    for group in in_groups(streamed(connection, some)):
        rows = [(receipt_number(row.till, row.number), row) for row in group]
        of_these = summed.where(return_line.c.reverses.in_({receipt for receipt, _ in rows}))
        back = {(row.reverses, row.of_line): int(row.pieces) for row in connection.execute(of_these)}
        for receipt, row in rows:
            came = back.get((receipt, row.line_no), 0)
            if row.refunded != came:
                yield f"refundable of line {row.line_no} {receipt}: {row.refunded} came back, returns say {came}"
    ordered = summed.order_by(return_line.c.reverses, return_line.c.of_line)
    for group in in_groups(streamed(connection, ordered)):
        lines = of_receipts(connection, {row.reverses for row in group}, _COUNTED.where(refundable.c.refunded == 0))
        none = {(receipt, row.line_no) for receipt, rows_of in lines.items() for row in rows_of}
        for row in group:
            if (row.reverses, row.of_line) in none:
                yield f"refundable of line {row.of_line} {row.reverses}: 0 came back, returns say {int(row.pieces)}"


def _differences(connection: Connection, recomputed: Select[Any], ledger: Select[Any], what: str) -> Iterator[str]:
    """Lines of one side only: (sale, place, figure) of the facts against those of the ledger."""
    there, kept = (list(plain_rows(connection, rows.order_by(text("1, 2")))) for rows in (recomputed, ledger))
    if there == kept:
        return
    left = {(row[0], row[1]): int(row[2]) for row in there}
    right = {(row[0], row[1]): int(row[2]) for row in kept}
    keys = [key for key in left.keys() | right.keys() if left.get(key, 0) != right.get(key, 0)]
    receipts = receipts_of(connection, (key[0] for key in keys))
    for key in sorted(keys, key=str):
        receipt = receipts.get(key[0], "of no sale")
        yield f"{what} {key[1]} {receipt}: sale says {left.get(key, 0)}, ledger {right.get(key, 0)}"


def _journal_chains(connection: Connection, chain: Chain) -> Iterator[str]:
    walk = ChainWalk()
    while not walk.is_done:
        walk = walk_on(connection, chain, walk, _WALKED)
    yield from (_FAULTS[fault.what].format(till=fault.till, number=fault.number) for fault in walk.all_faults)


_CHECKS: tuple[tuple[str, Callable[[Connection], Iterator[str]]], ...] = (
    ("schema", schema_mismatches),
    ("guards", guard_mismatches),
    ("stock", stock_mismatches),
    ("movements of stock", move_mismatches),
    ("deliveries", goods_receipt_mismatches),
    ("value of stock", valuation_mismatches),
    ("stock-takes", count_mismatches),
    ("workshop", workshop_mismatches),
    ("holds", reservation_mismatches),
    ("customer orders", order_mismatches),
    ("deposits", deposit_mismatches),
    ("texts of sales", text_mismatches),
    ("sales", _sales),
    ("cash", _cash),
    ("quota", _quota),
    ("refundable", _refundable),
    ("exchanges", exchange_mismatches),
    ("payments at providers", attempt_mismatches),
    ("voids", void_mismatches),
    ("fiscal", fiscal_mismatches),
    ("pieces", piece_mismatches),
    ("documents", document_mismatches),
    ("pricing", pricing_mismatches),
    ("visits", visit_mismatches),
    ("companions of sales", companion_mismatches),
    ("sums", summary_mismatches),
    ("rates", rate_mismatches),
    ("promotions", promotion_mismatches),
    ("prices", price_mismatches),
    ("staff", staff_mismatches),
    ("settings", setting_mismatches),
)
_CHAINS: tuple[tuple[str, Callable[[Connection, Chain], Iterator[str]]], ...] = (
    ("shifts", shift_mismatches),
    (CHAIN_OF_SALES, sale_chain_mismatches),
    ("journal", _journal_chains),
)
