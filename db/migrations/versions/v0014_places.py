"""Stock: places, lots, cost, papers, and pieces with a number of their own"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types
from db.migrations.numbers_once import number_once

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_MOVE = (
    "place {text} NOT NULL DEFAULT 'floor'",
    "lot_id {integer} CONSTRAINT fk_stock_move_lot_id REFERENCES lot (id)",
    "cost_minor {integer}",
    "document {text}",
    "note TEXT",
    "why {text}",
)
_SET_ASIDE = (
    "INSERT INTO stock_move (product_id, quantity, reason, sale_id, line_no, at, person, place)"
    " SELECT l.product_id, l.quantity, 'return', l.sale_id, l.no, s.at, s.cashier, 'quarantine'"
    " FROM return_line l JOIN sale s ON s.id = l.sale_id WHERE l.place = 'quarantine' ORDER BY l.sale_id, l.no",
    "INSERT INTO stock_place (product_id, place, lot_id, on_hand)"
    " SELECT product_id, place, 0, sum(quantity) FROM stock_move WHERE place = 'quarantine' GROUP BY product_id, place",
    "UPDATE stock SET owned = on_hand + (SELECT p.on_hand FROM stock_place p WHERE p.product_id = stock.product_id),"
    " value_minor = NULL WHERE product_id IN (SELECT product_id FROM stock_place)",
)
"""What came back and was set aside lay nowhere so far."""

_WORDS = {
    "sqlite": {"integer": "INTEGER", "text": "TEXT"},
    "postgresql": {"integer": "BIGINT", "text": "VARCHAR(24)"},
}


def upgrade() -> None:
    """Go forward. What goods cost that are here already nobody knows."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.execute("CREATE TABLE stock_of_before AS SELECT product_id, on_hand, held FROM stock")
    op.drop_table("stock")
    op.create_table(
        "stock",
        sa.Column("product_id", key, autoincrement=False, nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("owned", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lotted", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("value_minor", sa.BigInteger(), server_default="0", nullable=True),
        sa.Column("last_cost_minor", sa.BigInteger(), nullable=True),
        sa.Column("below", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("held >= 0 AND (held <= on_hand OR below)", name="ck_stock_held_is_there"),
        sa.CheckConstraint("lotted >= 0", name="ck_stock_lots_not_negative"),
        sa.CheckConstraint("on_hand >= 0 OR below", name="ck_stock_not_negative"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_stock_product_id"),
        sa.PrimaryKeyConstraint("product_id", name="pk_stock"),
        sqlite_strict=True,
    )
    op.create_table(
        "lot",
        sa.Column("id", key, nullable=False),
        sa.Column("product_id", key, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("expiry", db.engine.types.Day(length=10), nullable=True),
        sa.Column("entry", sa.String(length=40), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_lot_product_id"),
        sa.PrimaryKeyConstraint("id", name="pk_lot"),
        sa.UniqueConstraint("product_id", "code", "entry", name="uq_lot_product_id_code_entry"),
        sqlite_strict=True,
    )
    op.create_index("ix_lot_expiry", "lot", ["expiry"], unique=False)
    op.create_table(
        "stock_place",
        sa.Column("product_id", key, autoincrement=False, nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("lot_id", key, autoincrement=False, nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("place <> 'floor' OR lot_id > 0", name="ck_stock_place_floor_without_lot_is_in_stock"),
        sa.CheckConstraint("place IN ('floor', 'store', 'quarantine')", name="ck_stock_place_place_known"),
        sa.CheckConstraint("on_hand >= 0", name="ck_stock_place_not_negative"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_stock_place_product_id"),
        sa.PrimaryKeyConstraint("product_id", "place", "lot_id", name="pk_stock_place"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stock_place_lot_id", "stock_place", ["lot_id"], unique=False)
    op.create_table(
        "stock_valuation",
        sa.Column("id", key, nullable=False),
        sa.Column("product_id", key, nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("document", sa.String(length=24), nullable=True),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.CheckConstraint("cost_minor <> 0", name="ck_stock_valuation_changes_something"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_stock_valuation_product_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_valuation"),
        sqlite_strict=True,
    )
    op.create_index("ix_stock_valuation_product_id", "stock_valuation", ["product_id"], unique=False)
    op.create_table(
        "stock_document",
        sa.Column("kind", sa.String(length=2), nullable=False),
        sa.Column("next_no", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("next_no >= 1", name="ck_stock_document_counts_from_one"),
        sa.PrimaryKeyConstraint("kind", name="pk_stock_document"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "piece",
        sa.Column("id", key, nullable=False),
        sa.Column("product_id", key, nullable=False),
        sa.Column("serial", sa.String(length=20), nullable=False),
        sa.Column("sale_id", key, nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("back_in", key, nullable=True),
        sa.ForeignKeyConstraint(["back_in"], ["sale.id"], name="fk_piece_back_in"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_piece_product_id"),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_piece_sale_id"),
        sa.PrimaryKeyConstraint("id", name="pk_piece"),
        sqlite_strict=True,
    )
    op.create_index("ix_piece_serial", "piece", ["serial"], unique=False)
    op.create_index("ix_piece_sale_id_line_no", "piece", ["sale_id", "line_no"], unique=False)
    op.create_index("ix_piece_product_id", "piece", ["product_id"], unique=False)
    op.create_index("ix_return_line_product_id", "return_line", ["product_id"], unique=False)
    op.create_index(
        "uq_piece_sold_once",
        "piece",
        ["product_id", "serial"],
        unique=True,
        sqlite_where=sa.text("back_in IS NULL"),
        postgresql_where=sa.text("back_in IS NULL"),
    )
    op.execute(
        "INSERT INTO stock (product_id, on_hand, held, owned, value_minor)"
        " SELECT product_id, on_hand, held, on_hand, CASE WHEN on_hand = 0 THEN 0 END FROM stock_of_before"
    )
    op.drop_table("stock_of_before")
    words = _WORDS[op.get_bind().dialect.name]
    number_once("stock_move")
    for column in _MOVE:
        op.execute(f"ALTER TABLE stock_move ADD COLUMN {column.format(**words)}")
    op.create_index("ix_stock_move_sale_id", "stock_move", ["sale_id"])
    op.create_index("ix_stock_move_lot", "stock_move", ["lot_id"], sqlite_where=sa.text("lot_id IS NOT NULL"))
    op.create_index("ix_stock_move_document", "stock_move", ["document"], sqlite_where=sa.text("document IS NOT NULL"))
    for statement in _SET_ASIDE:
        op.execute(statement)
    op.add_column("sale_line", sa.Column("serial", sa.String(length=20)))
    op.add_column("sale_line", sa.Column("lot", sa.String(length=20)))
    op.add_column("sale_line", sa.Column("grams", sa.Integer()))
    op.add_column("sale_line", sa.Column("per_kg_minor", sa.BigInteger()))
    op.add_column("return_line", sa.Column("serial", sa.String(length=20)))
