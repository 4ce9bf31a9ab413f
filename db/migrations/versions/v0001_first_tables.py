"""The first tables: goods, sales, visitors, shop"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types
from db.migrations.first_views import SEARCH_INDEXES, VIEWS, WORDS_OF

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=30), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("till", "number", name=op.f("uq_journal_till_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "journal_head",
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("till", name=op.f("pk_journal_head")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('cashier', 'manager', 'clerk')", name=op.f("ck_person_role_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("name", name=op.f("uq_person_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "product",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=48), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("price_currency", sa.String(length=3), nullable=True),
        sa.Column("ml", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("abv", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("net_g", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("gross_kg", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("sticks", sa.Integer(), nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("variant", sa.String(length=40), nullable=True),
        sa.Column("created_at", db.engine.types.Instant(), nullable=False),
        sa.CheckConstraint(
            "(price_minor IS NULL) = (price_currency IS NULL)", name=op.f("ck_product_price_has_currency")
        ),
        sa.CheckConstraint("price_minor IS NULL OR price_minor >= 0", name=op.f("ck_product_price_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("code", name=op.f("uq_product_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "rate",
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("since", db.engine.types.Instant(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("buy", db.engine.types.Exact(length=32), nullable=False),
        sa.Column("sell", db.engine.types.Exact(length=32), nullable=False),
        sa.Column("customs", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("currency", "since", "entry", name=op.f("pk_rate")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refundable",
        sa.Column("sale_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sold", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("refunded >= 0 AND refunded <= sold", name=op.f("ck_refundable_no_more_than_sold")),
        sa.PrimaryKeyConstraint("sale_id", "line_no", name=op.f("pk_refundable")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register",
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("next_no", sa.BigInteger(), nullable=False),
        sa.Column("grand_total_minor", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.CheckConstraint("next_no >= 1", name=op.f("ck_register_counts_from_one")),
        sa.PrimaryKeyConstraint("till", name=op.f("pk_register")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "request_key",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_request_key")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("opened_at", db.engine.types.Instant(), nullable=False),
        sa.Column("closed_at", db.engine.types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint("till", "number", name=op.f("uq_shift_till_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "visitor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_seen", db.engine.types.Instant(), nullable=False),
        sa.Column("last_seen", db.engine.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor")),
        sqlite_strict=True,
    )
    op.create_table(
        "pin_try",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", db.engine.types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pin_try_person_id")),
        sa.PrimaryKeyConstraint("person_id", "till", name=op.f("pk_pin_try")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "product_code",
        sa.Column("code", sa.String(length=48), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_product_code_product_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_product_code")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("product_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_code_product_id"), ["product_id"], unique=False)

    op.create_table(
        "sale",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("business_date", db.engine.types.Day(length=10), nullable=False),
        sa.Column("cashier", sa.String(length=40), nullable=False),
        sa.Column("approved_by", sa.String(length=40), nullable=True),
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("destination", sa.String(length=2), nullable=False),
        sa.Column("nationality", sa.String(length=3), nullable=True),
        sa.Column("regime", sa.String(length=40), nullable=True),
        sa.Column("regime_version", sa.String(length=64), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("rounding_minor", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("rates", sa.Text(), nullable=False),
        sa.Column("visitors", sa.Text(), nullable=False),
        sa.Column("quota", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.CheckConstraint("kind IN ('sale', 'return')", name=op.f("ck_sale_kind_known")),
        sa.CheckConstraint("total_minor >= 0", name=op.f("ck_sale_total_not_negative")),
        sa.ForeignKeyConstraint(["key"], ["request_key.key"], name=op.f("fk_sale_key")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_sale_shift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale")),
        sa.UniqueConstraint("key", name=op.f("uq_sale_key")),
        sa.UniqueConstraint("till", "number", name=op.f("uq_sale_till_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sale", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sale_business_date_till"), ["business_date", "till"], unique=False)

    op.create_table(
        "stock",
        sa.Column(
            "product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("on_hand >= 0", name=op.f("ck_stock_not_negative")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_product_id")),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_stock")),
        sqlite_strict=True,
    )
    op.create_table(
        "visitor_document",
        sa.Column("document_key", sa.String(length=64), nullable=False),
        sa.Column("visitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("masked", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["visitor_id"], ["visitor.id"], name=op.f("fk_visitor_document_visitor_id")),
        sa.PrimaryKeyConstraint("document_key", name=op.f("pk_visitor_document")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("visitor_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visitor_document_visitor_id"), ["visitor_id"], unique=False)

    op.create_table(
        "cash_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("sale_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('float', 'tender', 'change', 'in', 'out', 'drop', 'refund')", name=op.f("ck_cash_move_kind_known")
        ),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_cash_move_sale_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_cash_move_shift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_move")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("cash_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cash_move_shift_id_currency"), ["shift_id", "currency"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("sale_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('pending', 'sending', 'done', 'failed')", name=op.f("ck_outbox_state_known")),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_outbox_sale_id")),
        sa.PrimaryKeyConstraint("sale_id", "kind", name=op.f("pk_outbox")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quota_entry",
        sa.Column("sale_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("visitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("regime", sa.String(length=40), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("carried_out_at", db.engine.types.Instant(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("taxed", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "quantity >= 0 AND taxed >= 0 AND taxed <= quantity", name=op.f("ck_quota_entry_within_line")
        ),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_quota_entry_sale_id")),
        sa.ForeignKeyConstraint(["visitor_id"], ["visitor.id"], name=op.f("fk_quota_entry_visitor_id")),
        sa.PrimaryKeyConstraint("sale_id", "line_no", name=op.f("pk_quota_entry")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("quota_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quota_entry_visitor_id_regime_at"), ["visitor_id", "regime", "at"], unique=False
        )

    op.create_table(
        "sale_change",
        sa.Column("sale_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_sale_change_gives_something")),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_sale_change_sale_id")),
        sa.PrimaryKeyConstraint("sale_id", "no", name=op.f("pk_sale_change")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sale_line",
        sa.Column("sale_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=48), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("carrier", sa.String(length=4), nullable=True),
        sa.Column("taxed", sa.BigInteger(), nullable=False),
        sa.Column("ml", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("abv", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("net_g", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("gross_kg", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("sticks", sa.Integer(), nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("variant", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "amount_minor = unit_price_minor * quantity - discount_minor", name=op.f("ck_sale_line_amount_adds_up")
        ),
        sa.CheckConstraint("amount_minor >= 0 AND discount_minor >= 0", name=op.f("ck_sale_line_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_sale_line_sells_something")),
        sa.CheckConstraint("taxed >= 0 AND taxed <= quantity", name=op.f("ck_sale_line_taxed_within")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_sale_line_product_id")),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_sale_line_sale_id")),
        sa.PrimaryKeyConstraint("sale_id", "line_no", name=op.f("pk_sale_line")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sale_payment",
        sa.Column("sale_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.CheckConstraint("method IN ('cash', 'card', 'qr')", name=op.f("ck_sale_payment_method_known")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_sale_payment_pays_something")),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_sale_payment_sale_id")),
        sa.PrimaryKeyConstraint("sale_id", "no", name=op.f("pk_sale_payment")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stock_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("sale_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("line_no", sa.Integer(), nullable=True),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_stock_move_moves_something")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_move_product_id")),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_stock_move_sale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_move")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stock_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stock_move_product_id"), ["product_id"], unique=False)
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        for statement in SEARCH_INDEXES:
            op.execute(statement)
    for statement in VIEWS:
        op.execute(statement.format(**WORDS_OF[dialect]))
