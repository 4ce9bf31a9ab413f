"""Customer orders and their deposits: what is held for them, and how they stand in drawer and payments"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from db.migrations.baseline.columns import DAY, FLAG, INSTANT, SMALL, TEXT, WHOLE, chars
from db.migrations.rewritten import rewrite
from db.migrations.written_once import guard

revision = "v0010"
down_revision = "v0009"
branch_labels = None
depends_on = None

_METHODS = "method IN ('cash', 'card', 'qr', 'exchange')"
_WITH_DEPOSIT = "method IN ('cash', 'card', 'qr', 'exchange', 'deposit')"
_ORIGIN = "CONSTRAINT ck_{table}_origin_of_an_exchange CHECK ((method = 'exchange') = (origin IS NOT NULL))"
_ANY_ORIGIN = "CONSTRAINT ck_{table}_has_an_origin CHECK ((method IN ('exchange', 'deposit')) = (origin IS NOT NULL))"
_OF_A_SHIFT = "CONSTRAINT ck_hold_of_a_shift CHECK (shift_id IS NOT NULL OR kind = 'pickup')"
_RATE = "CONSTRAINT ck_sale_payment_rate_of_a_deposit CHECK ((method = 'deposit') = (rate IS NOT NULL))"
_OF_A_DEPOSIT = (
    "CONSTRAINT ck_fiscal_document_of_a_deposit CHECK ((kind IN ('deposit', 'deposit_back')) = (order_id IS NOT NULL))"
)
_CASH = "'float', 'tender', 'change', 'in', 'out', 'drop', 'refund', 'hand_over'"
_DOCUMENTS = "'sale', 'return', 'in', 'out', 'close'"
_OF_ORDER = "CONSTRAINT fk_fiscal_document_order_id FOREIGN KEY(order_id) REFERENCES customer_order (id)"

REWRITTEN: Mapping[str, Sequence[tuple[str, str]]] = {
    "hold": (
        ("shift_id INTEGER NOT NULL", "shift_id INTEGER"),
        ("kind IN ('payment', 'parked')", "kind IN ('payment', 'parked', 'pickup')"),
        ("CONSTRAINT ck_hold_kind_known", f"{_OF_A_SHIFT}, CONSTRAINT ck_hold_kind_known"),
    ),
    "refund": (
        (_METHODS, _WITH_DEPOSIT),
        (_ORIGIN.format(table="refund"), _ANY_ORIGIN.format(table="refund")),
    ),
    "sale_payment": (
        (_METHODS, _WITH_DEPOSIT),
        (_ORIGIN.format(table="sale_payment"), f"{_ANY_ORIGIN.format(table='sale_payment')}, {_RATE}"),
        ("provider TEXT", "provider TEXT, rate TEXT"),
    ),
    "cash_move": ((_CASH, f"{_CASH}, 'deposit', 'deposit_back'"),),
    "fiscal_document": (
        (_DOCUMENTS, f"{_DOCUMENTS}, 'deposit', 'deposit_back'"),
        ("CONSTRAINT ck_fiscal_document_kind_known", f"{_OF_A_DEPOSIT}, CONSTRAINT ck_fiscal_document_kind_known"),
        ("serial TEXT", "serial TEXT, order_id INTEGER"),
        ("CONSTRAINT fk_fiscal_document_number", f"{_OF_ORDER}, CONSTRAINT fk_fiscal_document_number"),
    ),
}
"""What changes in the statement of each table that was there, in a file."""


def upgrade() -> None:
    """Go forward. The tables stay empty in a shop that takes no orders; no hash of a recorded sale changes."""
    connection = op.get_bind()
    _orders()
    _deposits()
    if connection.dialect.name == "sqlite":
        for name, changes in REWRITTEN.items():
            rewrite(connection, name, changes)
    else:
        _checks_of_a_server()
    of_order = sa.text("order_id IS NOT NULL")
    op.create_index(
        "ix_fiscal_document_order_id", "fiscal_document", ["order_id"], sqlite_where=of_order, postgresql_where=of_order
    )
    guard(
        connection, "deposit_entry", [column["name"] for column in sa.inspect(connection).get_columns("deposit_entry")]
    )


def _orders() -> None:
    op.create_table(
        "customer_order",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("code", chars(8), nullable=False),
        sa.Column("key", chars(64), nullable=False),
        sa.Column("fingerprint", chars(64), nullable=False),
        sa.Column("channel", chars(12), nullable=False),
        sa.Column("channel_ref", chars(64), nullable=True),
        sa.Column("buyer", chars(60), nullable=False),
        sa.Column("phone", chars(20), nullable=True),
        sa.Column("phone_tail", chars(8), nullable=False),
        sa.Column("phone_back", chars(20), nullable=False),
        sa.Column("language", chars(2), nullable=False),
        sa.Column("state", chars(10), nullable=False),
        sa.Column("claimed_at", INSTANT, nullable=False),
        sa.Column("hold_until", INSTANT, nullable=False),
        sa.Column("person", chars(60), nullable=False),
        sa.Column("till", chars(8), nullable=False),
        sa.Column("note", chars(80), nullable=False),
        sa.Column("place", chars(20), nullable=False),
        sa.Column("tell", FLAG, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("ready_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("closed_by", chars(60), nullable=False),
        sa.Column("why", chars(80), nullable=False),
        sa.Column("sale_id", WHOLE, nullable=True),
        sa.CheckConstraint(
            "state IN ('claimed', 'waiting', 'confirmed', 'ready', 'picked_up', 'cancelled', 'expired')",
            name="ck_customer_order_state_known",
        ),
        sa.CheckConstraint(
            "(state = 'picked_up') = (sale_id IS NOT NULL)", name="ck_customer_order_picked_up_by_a_sale"
        ),
        sa.CheckConstraint(
            "(state IN ('picked_up', 'cancelled', 'expired')) = (closed_at IS NOT NULL)",
            name="ck_customer_order_closed_at_an_instant",
        ),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_customer_order_sale_id"),
        sa.PrimaryKeyConstraint("id", name="pk_customer_order"),
        sa.UniqueConstraint("code", name="uq_customer_order_code"),
        sa.UniqueConstraint("key", name="uq_customer_order_key"),
        sa.UniqueConstraint("channel", "channel_ref", name="uq_customer_order_channel_channel_ref"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    for columns in (["state", "id"], ["phone_back"], ["claimed_at"], ["sale_id"]):
        op.create_index(f"ix_customer_order_{'_'.join(columns)}", "customer_order", columns)
    for name, columns, condition in (
        ("waiting", ["claimed_at", "id"], "state = 'waiting'"),
        ("open", ["hold_until"], "state IN ('claimed', 'waiting', 'confirmed', 'ready')"),
        ("phone", ["closed_at"], "phone IS NOT NULL"),
    ):
        of_them = sa.text(condition)
        op.create_index(
            f"ix_customer_order_{name}", "customer_order", columns, sqlite_where=of_them, postgresql_where=of_them
        )
    op.create_table(
        "customer_order_line",
        sa.Column("order_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("no", SMALL, autoincrement=False, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("price_minor", WHOLE, nullable=False),
        sa.Column("currency", chars(3), nullable=False),
        sa.Column("rate", TEXT, nullable=False),
        sa.Column("rate_day", DAY, nullable=False),
        sa.Column("marks", TEXT, nullable=False),
        sa.Column("picked", WHOLE, nullable=False),
        sa.CheckConstraint("quantity > 0", name="ck_customer_order_line_orders_something"),
        sa.CheckConstraint("picked >= 0 AND picked <= quantity", name="ck_customer_order_line_picked_of_it"),
        sa.CheckConstraint("price_minor >= 0", name="ck_customer_order_line_price_not_negative"),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name="fk_customer_order_line_order_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_customer_order_line_product_id"),
        sa.PrimaryKeyConstraint("order_id", "no", name="pk_customer_order_line"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_customer_order_line_product_id", "customer_order_line", ["product_id"])
    op.create_table(
        "customer_order_word",
        sa.Column("word", TEXT, nullable=False),
        sa.Column("order_id", WHOLE, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name="fk_customer_order_word_order_id"),
        sa.PrimaryKeyConstraint("word", "order_id", name="pk_customer_order_word"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_customer_order_word_order_id", "customer_order_word", ["order_id"])
    op.create_table(
        "stream_item",
        sa.Column("number", SMALL, autoincrement=False, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("price_minor", WHOLE, nullable=True),
        sa.Column("currency", chars(3), nullable=True),
        sa.CheckConstraint("number >= 1", name="ck_stream_item_counts_from_one"),
        sa.CheckConstraint("(price_minor IS NULL) = (currency IS NULL)", name="ck_stream_item_price_has_currency"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_stream_item_product_id"),
        sa.PrimaryKeyConstraint("number", name="pk_stream_item"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stream_item_product_id", "stream_item", ["product_id"])


def _deposits() -> None:
    op.create_table(
        "deposit_entry",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("order_id", WHOLE, nullable=False),
        sa.Column("kind", chars(10), nullable=False),
        sa.Column("method", chars(10), nullable=False),
        sa.Column("currency", chars(3), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.Column("value_minor", WHOLE, nullable=False),
        sa.Column("value_currency", chars(3), nullable=False),
        sa.Column("rate", TEXT, nullable=False),
        sa.Column("reference", chars(64), nullable=False),
        sa.Column("no_show", chars(10), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("business_date", DAY, nullable=False),
        sa.Column("till", chars(8), nullable=False),
        sa.Column("person", chars(60), nullable=False),
        sa.Column("shift_id", WHOLE, nullable=True),
        sa.Column("sale_id", WHOLE, nullable=True),
        sa.Column("key", chars(64), nullable=True),
        sa.CheckConstraint(
            "kind IN ('taken', 'used', 'restored', 'returned', 'kept', 'moved_out', 'moved_in')",
            name="ck_deposit_entry_kind_known",
        ),
        sa.CheckConstraint("method IN ('cash', 'card', 'qr')", name="ck_deposit_entry_method_known"),
        sa.CheckConstraint("no_show IN ('give_back', 'keep', 'credit')", name="ck_deposit_entry_no_show_known"),
        sa.CheckConstraint("amount_minor > 0 AND value_minor >= 0", name="ck_deposit_entry_moves_something"),
        sa.CheckConstraint(
            "(kind IN ('used', 'restored')) = (sale_id IS NOT NULL)", name="ck_deposit_entry_used_by_a_sale"
        ),
        sa.CheckConstraint(
            "(kind IN ('moved_out', 'moved_in')) = (shift_id IS NULL)", name="ck_deposit_entry_of_a_shift"
        ),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name="fk_deposit_entry_order_id"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_deposit_entry_shift_id"),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_deposit_entry_sale_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deposit_entry"),
        sa.UniqueConstraint("key", name="uq_deposit_entry_key"),
        sqlite_strict=True,
    )
    for column in ("order_id", "shift_id", "business_date", "sale_id"):
        op.create_index(f"ix_deposit_entry_{column}", "deposit_entry", [column])


def _checks_of_a_server() -> None:
    op.alter_column("hold", "shift_id", nullable=True)
    op.alter_column("cash_move", "kind", type_=sa.String(12))
    op.alter_column("fiscal_document", "kind", type_=sa.String(12))
    op.add_column("sale_payment", sa.Column("rate", TEXT, nullable=True))
    op.add_column("fiscal_document", sa.Column("order_id", WHOLE, nullable=True))
    op.create_foreign_key("fk_fiscal_document_order_id", "fiscal_document", "customer_order", ["order_id"], ["id"])
    for table, gone in (("refund", "origin_of_an_exchange"), ("sale_payment", "origin_of_an_exchange")):
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{gone}")
    for table in ("hold", "refund", "sale_payment", "cash_move", "fiscal_document"):
        known = "method_known" if table in ("refund", "sale_payment") else "kind_known"
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{known}")
    for table, checks in (
        ("hold", {"kind_known": "kind IN ('payment', 'parked', 'pickup')", "of_a_shift": _content(_OF_A_SHIFT)}),
        ("refund", {"method_known": _WITH_DEPOSIT, "has_an_origin": _content(_ANY_ORIGIN)}),
        (
            "sale_payment",
            {
                "method_known": _WITH_DEPOSIT,
                "has_an_origin": _content(_ANY_ORIGIN),
                "rate_of_a_deposit": _content(_RATE),
            },
        ),
        ("cash_move", {"kind_known": f"kind IN ({_CASH}, 'deposit', 'deposit_back')"}),
        (
            "fiscal_document",
            {
                "kind_known": f"kind IN ({_DOCUMENTS}, 'deposit', 'deposit_back')",
                "of_a_deposit": _content(_OF_A_DEPOSIT),
            },
        ),
    ):
        for name, condition in checks.items():
            op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{name} CHECK ({condition})")


def _content(check: str) -> str:
    """The condition of a CHECK as it stands in a statement."""
    return check.split(" CHECK (", 1)[1][:-1]
