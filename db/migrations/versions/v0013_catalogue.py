"""The catalogue: suppliers, packs, prices from a date, pictures, history, imports that can be undone, labels"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types
from db.catalogue import search
from db.migrations.numbers_once import number_once
from db.migrations.second_index import SEARCH_INDEXES

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_PRODUCT = (
    "supplier_id {integer} CONSTRAINT fk_product_supplier_id REFERENCES supplier (id)",
    "reorder_point {integer}"
    " CONSTRAINT ck_product_reorder_not_negative CHECK (reorder_point IS NULL OR reorder_point >= 0)",
    "shelf {text}",
    "by_weight {boolean} NOT NULL DEFAULT {false}",
    "asks_lot {boolean} NOT NULL DEFAULT {false}",
    "import_id {integer} CONSTRAINT fk_product_import_id REFERENCES import_run (id)",
)
_CODE = (
    "kind {text} NOT NULL DEFAULT 'unit' CONSTRAINT ck_product_code_kind_known"
    " CHECK (kind IN ('unit', 'carton', 'supplier', 'shop', 'scale'))",
    "quantity INTEGER NOT NULL DEFAULT 1 CONSTRAINT ck_product_code_names_pieces CHECK (quantity BETWEEN 1 AND 9999)",
    "supplier_id {integer} CONSTRAINT fk_product_code_supplier_id REFERENCES supplier (id)",
)
"""In one statement each: SQLite adds no constraint to a table that stands."""

_WORDS = {
    "sqlite": {"integer": "INTEGER", "text": "TEXT", "boolean": "INTEGER", "false": "0"},
    "postgresql": {"integer": "BIGINT", "text": "VARCHAR(20)", "boolean": "BOOLEAN", "false": "false"},
}

_ON_LABELS = "name, name_en, name_zh, name_ru, name_kk, price_minor, price_currency"
_DOUBTS_SQLITE = (
    f"CREATE TRIGGER label_of_changed_product AFTER UPDATE OF {_ON_LABELS} ON product"
    " BEGIN UPDATE label_print SET doubtful = 1 WHERE product_id = NEW.id; END",
    *(
        f"CREATE TRIGGER label_of_price_{act} AFTER {act} ON product_price"
        f" BEGIN UPDATE label_print SET doubtful = 1 WHERE product_id = {row}.product_id; END"
        for act, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
    ),
)
_DOUBTS_POSTGRESQL = (
    "CREATE FUNCTION label_of_product() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN UPDATE label_print SET doubtful = true WHERE product_id = NEW.id; RETURN NULL; END $$",
    "CREATE FUNCTION label_of_price() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE label_print"
    " SET doubtful = true WHERE product_id = COALESCE(NEW.product_id, OLD.product_id); RETURN NULL; END $$",
    f"CREATE TRIGGER label_of_changed_product AFTER UPDATE OF {_ON_LABELS} ON product"
    " FOR EACH ROW EXECUTE FUNCTION label_of_product()",
    "CREATE TRIGGER label_of_price AFTER INSERT OR UPDATE OR DELETE ON product_price"
    " FOR EACH ROW EXECUTE FUNCTION label_of_price()",
)
"""Whoever touches a name or a price, by whatever way, makes the label on the shelf doubtful."""


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

    op.create_table(
        "supplier",
        sa.Column("id", key, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("contact", sa.String(length=120), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_supplier"),
        sa.UniqueConstraint("name", name="uq_supplier_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "import_run",
        sa.Column("id", key, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("undone_at", db.engine.types.Instant(), nullable=True),
        sa.Column("undone_by", sa.String(length=60), nullable=True),
        sa.CheckConstraint("state IN ('running', 'done', 'cancelled', 'undone')", name="ck_import_run_state_known"),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
        sqlite_strict=True,
    )
    op.create_table(
        "import_mapping",
        sa.Column("header", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("header", name="pk_import_mapping"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "product_lookup",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("product_id", key, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("text", "product_id", name="pk_product_lookup"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_product_lookup_product_id", "product_lookup", ["product_id"], unique=False)
    op.create_table(
        "product_price",
        sa.Column("product_id", key, autoincrement=False, nullable=False),
        sa.Column("since", db.engine.types.Instant(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_currency", sa.String(length=3), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("set_at", db.engine.types.Instant(), nullable=False),
        sa.CheckConstraint("price_minor > 0", name="ck_product_price_is_a_price"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_product_price_product_id"),
        sa.PrimaryKeyConstraint("product_id", "since", name="pk_product_price"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "product_picture",
        sa.Column("product_id", key, autoincrement=False, nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_product_picture_product_id"),
        sa.PrimaryKeyConstraint("product_id", name="pk_product_picture"),
        sqlite_strict=True,
    )
    op.create_table(
        "product_change",
        sa.Column("id", key, nullable=False),
        sa.Column("product_id", key, nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("import_id", key, nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name="fk_product_change_import_id"),
        sa.PrimaryKeyConstraint("id", name="pk_product_change"),
        sqlite_strict=True,
    )
    op.create_index("ix_product_change_import_id", "product_change", ["import_id"], unique=False)
    op.create_index("ix_product_change_product_id", "product_change", ["product_id"], unique=False)
    op.create_table(
        "label_print",
        sa.Column("product_id", key, autoincrement=False, nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_currency", sa.String(length=3), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("regular_minor", sa.BigInteger(), nullable=True),
        sa.Column("doubtful", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_label_print_product_id"),
        sa.PrimaryKeyConstraint("product_id", name="pk_label_print"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    words = _WORDS[op.get_bind().dialect.name]
    number_once("product")
    for table, columns in (("product", _PRODUCT), ("product_code", _CODE)):
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column.format(**words)}")
    op.create_index("ix_product_category", "product", ["category"])
    op.create_index("ix_product_supplier_id", "product", ["supplier_id"])
    op.create_index("ix_product_import_id", "product", ["import_id"])
    _create_partial("ix_product_unpriced", "product", "id", "price_minor IS NULL")
    _create_partial("ix_product_reorder_point", "product", "reorder_point", "reorder_point IS NOT NULL")
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    _create_partial("ix_label_print_doubtful", "label_print", "product_id", "doubtful = 1" if is_sqlite else "doubtful")
    for statement in _DOUBTS_SQLITE if is_sqlite else _DOUBTS_POSTGRESQL:
        op.execute(statement)
    if is_sqlite:
        _index_anew()


def _index_anew() -> None:
    """Words are found by four letters as fast as by two, letters that look alike are one, pinyin is found whole."""
    op.execute("DROP TABLE product_word")
    op.execute("DROP TABLE product_part")
    for statement in SEARCH_INDEXES:
        op.execute(statement)
    search.index_anew(op.get_bind())


def _create_partial(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
