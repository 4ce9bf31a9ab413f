"""Every movement of goods against its cause: a sale, a return, a document, a delivery, a count, an opening stock."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, union_all

from db.engine.types import to_microseconds
from db.tables.catalogue import product, product_code
from db.tables.sales import return_line, sale_line
from db.tables.shop import journal
from db.tables.stock import lot, stock_move
from db.verify.pages import receipts_of, sale_pages, streamed

_BEGINNINGS = ("make_demo", "make_training")
_IMPORTS = ("import_catalogue", "begin_import_catalogue")
_OF_A_SALE = ("sale", "return")
_OF_DOCUMENTS = ("adjustment", "waste", "sample", "transfer")
_OTHERS = (("receipt", "R"), ("count", "C"), ("processed", "B"), ("made", "B"), ("waste", "B"))
"""Movements that are compared with their document elsewhere; here the movement has to name one."""
_OPENING, _BY_HAND = "opening", "add_product"

_Effect = tuple[Any, str, str, int, str]
"""The movement of a line of a document: product, lot, location; when, and by whom."""


def move_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each movement, document or receipt whose moved goods differ from it."""
    yield from _of_receipts(connection)
    yield from _without_document(connection)
    yield from _documents(connection)
    yield from _openings(connection)


def _of_receipts(connection: Connection) -> Iterator[str]:
    """The movements of a receipt equal its lines, by product: two movements that cancel out are named too."""
    for page in sale_pages(connection):
        said = union_all(
            select(stock_move.c.sale_id, stock_move.c.product_id, stock_move.c.quantity).where(
                stock_move.c.sale_id.is_not(None), *page.has(stock_move.c.sale_id)
            ),
            select(sale_line.c.sale_id, sale_line.c.product_id, sale_line.c.quantity).where(
                *page.has(sale_line.c.sale_id)
            ),
            select(return_line.c.sale_id, return_line.c.product_id, -return_line.c.quantity).where(
                return_line.c.place != "waste", *page.has(return_line.c.sale_id)
            ),
        ).subquery()
        question = (
            select(said.c.sale_id, product.c.code)
            .join(product, product.c.id == said.c.product_id)
            .group_by(said.c.sale_id, said.c.product_id, product.c.code)
            .having(func.sum(said.c.quantity) != 0)
            .order_by(said.c.sale_id, product.c.code)
        )
        rows = connection.execute(question).all()
        receipts = receipts_of(connection, (row.sale_id for row in rows))
        for row in rows:
            yield f"stock {row.code}: moved otherwise than {receipts.get(row.sale_id, 'a receipt')} says"


def _without_document(connection: Connection) -> Iterator[str]:
    """Movements without a cause."""
    named = [and_(stock_move.c.reason == _OPENING, stock_move.c.quantity > 0)]
    named += [
        and_(stock_move.c.reason == reason, stock_move.c.document.startswith(f"{kind}-"))
        for reason, kind in (*_OTHERS, *((reason, "M") for reason in _OF_DOCUMENTS))
    ]
    question = (
        select(stock_move.c.id, product.c.code, stock_move.c.quantity, stock_move.c.reason)
        .join(product, product.c.id == stock_move.c.product_id)
        .where(stock_move.c.sale_id.is_(None), ~func.coalesce(or_(*named), False))
        .order_by(stock_move.c.id)
    )
    for row in streamed(connection, question):
        yield f"stock movement {row.id}: {row.quantity} of {row.code}, {row.reason}: nothing is behind it"


def _documents(connection: Connection) -> Iterator[str]:
    """The movements under the number of each document equal its entry in the journal."""
    codes = _Codes(connection)
    journaled: dict[str, Counter[_Effect]] = {}
    for row in connection.execute(select(journal).where(journal.c.act == "move_stock").order_by(journal.c.id)):
        try:
            details = json.loads(row.details)
            journaled.setdefault(details["document"], Counter()).update(_effects(details, row, codes))
        except (ValueError, KeyError, TypeError, AttributeError):
            yield f"journal {row.till} {row.number}: move_stock cannot be replayed"
    question = (
        select(stock_move, lot.c.code.label("lot"))
        .outerjoin(lot, lot.c.id == stock_move.c.lot_id)
        .where(stock_move.c.reason.in_(_OF_DOCUMENTS), stock_move.c.document.startswith("M-"))
    )
    moved: dict[str, Counter[_Effect]] = {}
    for row in streamed(connection, question):
        effect = (row.product_id, row.lot or "", row.place, to_microseconds(row.at), row.person)
        moved.setdefault(row.document, Counter())[effect] += row.quantity
    for document in sorted(journaled.keys() | moved.keys()):
        if document not in journaled:
            yield f"stock document {document}: no journal entry records it"
        elif _not_zero(journaled[document]) != _not_zero(moved.get(document, Counter())):
            yield f"stock document {document}: its movements are not what it says"


def _effects(details: Mapping[str, Any], row: Any, codes: _Codes) -> Counter[_Effect]:
    """The movements of each line of a document: a transfer from a location to another, else into or out of one."""
    effects: Counter[_Effect] = Counter()
    kind, at = details["kind"], to_microseconds(row.at)
    for line in details["lines"]:
        goods, of_lot, pieces = codes.product(line["code"]), line["lot"] or "", int(line["quantity"])
        effects[(goods, of_lot, details["place"], at, row.person)] += pieces if kind == "adjustment" else -pieces
        if kind == "transfer":
            effects[(goods, of_lot, details["to"], at, row.person)] += pieces
    return effects


def _not_zero(counted: Counter[_Effect]) -> dict[_Effect, int]:
    return {effect: pieces for effect, pieces in counted.items() if pieces}


class _Codes:
    """The product of a code; read only where there are documents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, int] = {}

    def product(self, code: str) -> int | str:
        if code not in self._known:
            for question in (
                select(product.c.id).where(product.c.code == code),
                select(product_code.c.product_id).where(product_code.c.code == code),
            ):
                product_id = self._connection.execute(question).scalar_one_or_none()
                if product_id is not None:
                    self._known[code] = int(product_id)
                    break
            else:
                return code
        return self._known[code]


@dataclass(slots=True)
class _Begun:
    """The journal's entry of how goods came in at first."""

    at_once: set[tuple[int, str]] = field(default_factory=set)
    """When and by whom a demo or a training shop was filled."""
    has_older_imports: bool = False
    pieces: dict[int, int] = field(default_factory=dict)
    """By import, as far as its entry has it."""
    by_hand: dict[int, int] = field(default_factory=dict)
    """The first pieces of each product that was added by hand, by its number, as the journal has them."""


def _openings(connection: Connection) -> Iterator[str]:
    """First pieces came with a demo, a training shop, an import or a product added by hand; each has them once."""
    begun = _Begun()
    undone = set()
    events = (*_BEGINNINGS, *_IMPORTS, "undo_import", _BY_HAND)
    for row in connection.execute(select(journal).where(journal.c.act.in_(events)).order_by(journal.c.id)):
        try:
            details = json.loads(row.details)
            if row.act in _BEGINNINGS:
                begun.at_once.add((to_microseconds(row.at), row.person))
            elif row.act == _BY_HAND:
                if _OPENING in details:
                    begun.by_hand[int(details["product"])] = int(details[_OPENING])
            elif row.act == "undo_import":
                undone.add(int(details["import"]))
            elif "import" not in details:
                begun.has_older_imports = True
            elif "opening" in details:
                begun.pieces[int(details["import"])] = int(details["opening"])
        except (ValueError, KeyError, TypeError, AttributeError):
            yield f"journal {row.till} {row.number}: {row.act} cannot be replayed"
    question = (
        select(
            stock_move.c.id, stock_move.c.quantity, stock_move.c.at, stock_move.c.person, stock_move.c.product_id,
            product.c.code, product.c.created_at, product.c.import_id,
        )
        .join(product, product.c.id == stock_move.c.product_id)
        .where(stock_move.c.reason == _OPENING, stock_move.c.quantity > 0, stock_move.c.sale_id.is_(None))
        .order_by(stock_move.c.product_id, stock_move.c.id)
    )  # fmt: skip
    came: Counter[int] = Counter()
    before = None
    for row in streamed(connection, question):
        if (to_microseconds(row.at), row.person) in begun.at_once:
            continue
        of_import = row.at == row.created_at and row.product_id != before
        before = row.product_id
        if of_import and row.import_id is None and begun.by_hand.get(row.product_id) == row.quantity:
            del begun.by_hand[row.product_id]
        elif not of_import or (row.import_id is None and not begun.has_older_imports):
            yield f"stock movement {row.id}: {row.quantity} of {row.code}, {_OPENING}: nothing is behind it"
        elif row.import_id is not None:
            came[row.import_id] += row.quantity
    for product_id, pieces in sorted(begun.by_hand.items()):
        yield f"product {product_id}: no {pieces} pieces came in with it, as the journal says"
    for run, pieces in sorted(begun.pieces.items()):
        if run not in undone and came[run] != pieces:
            yield f"import {run}: {came[run]} pieces came in with it, the journal says {pieces}"
