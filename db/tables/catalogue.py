"""Goods as the catalogue has them: products, their codes, prices from a date, pictures, and every change of them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    false,
)

from db.engine.types import Exact, Instant, Key
from db.tables.metadata import table, where

supplier = table(
    "supplier",
    Column("id", Key, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("contact", String(120), nullable=False, server_default=""),
    Column("active", Boolean, nullable=False),
)

product = table(
    "product",
    Column("id", Key, primary_key=True),
    Column("code", String(48), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("name_en", Text),
    Column("name_zh", Text),
    Column("name_ru", Text),
    Column("name_kk", Text),
    Column("category", String(40)),
    Column("price_minor", BigInteger),
    Column("price_currency", String(3)),
    Column("ml", Exact),
    Column("abv", Exact),
    Column("net_g", Exact),
    Column("gross_kg", Exact),
    Column("sticks", Integer),
    Column("pieces", Integer),
    Column("variant", String(40)),
    Column("vat", Exact),
    Column("brand", String(60)),
    Column("model", String(80)),
    Column("origin", String(2)),
    Column("hs_code", String(10)),
    Column("unit", String(3)),
    Column("created_at", Instant, nullable=False),
    Column("supplier_id", Key, ForeignKey("supplier.id")),
    Column("reorder_point", BigInteger),
    Column("shelf", String(20)),
    Column("by_weight", Boolean, nullable=False, server_default=false()),
    Column("asks_lot", Boolean, nullable=False, server_default=false()),
    Column("import_id", Key, ForeignKey("import_run.id")),
    CheckConstraint("price_minor IS NULL OR price_minor >= 0", name="price_not_negative"),
    CheckConstraint("(price_minor IS NULL) = (price_currency IS NULL)", name="price_has_currency"),
    CheckConstraint("reorder_point IS NULL OR reorder_point >= 0", name="reorder_not_negative"),
    Index(None, "category"),
    Index(None, "supplier_id"),
    Index(None, "import_id"),
    Index(
        "ix_product_unpriced",
        "id",
        **where("price_minor IS NULL"),
    ),
    Index(
        "ix_product_hs_code",
        "hs_code",
        **where("hs_code IS NOT NULL"),
    ),
    Index(
        "ix_product_reorder_point",
        "reorder_point",
        **where("reorder_point IS NOT NULL"),
    ),
    once=True,
)
"""`by_weight`: the price is for a kilogram, and each weighing is one piece. `asks_lot`: receiving asks for its lot.

A basket refers to goods by their number; the number of goods removed by an undone import is never used again.
`import_id` is the import that made it, so that the last one can be undone.
"""

product_code = table(
    "product_code",
    Column("code", String(48), primary_key=True),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String(10), nullable=False, server_default="unit"),
    Column("quantity", Integer, nullable=False, server_default="1"),
    Column("supplier_id", Key, ForeignKey("supplier.id")),
    CheckConstraint("kind IN ('unit', 'carton', 'supplier', 'shop', 'scale')", name="kind_known"),
    CheckConstraint("quantity BETWEEN 1 AND 9999", name="names_pieces"),
    Index(None, "product_id"),
    clustered=True,
)
"""The number of pieces (`quantity`) that each code of a product names: one, or those of a carton."""

product_lookup = table(
    "product_lookup",
    Column("text", Text, primary_key=True),
    Column("product_id", Key, primary_key=True, autoincrement=False),
    Index(None, "product_id"),
    clustered=True,
)
"""The prefixes that a user may type of a product: its names, and its codes from their end. Part of the search index."""

product_price = table(
    "product_price",
    Column("product_id", Key, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("since", Instant, primary_key=True),
    Column("price_minor", BigInteger, nullable=False),
    Column("price_currency", String(3), nullable=False),
    Column("person", String(60), nullable=False),
    Column("set_at", Instant, nullable=False),
    CheckConstraint("price_minor > 0", name="is_a_price"),
    clustered=True,
)
"""Prices from a date: the one with the latest `since` that has come is in force, else the product's own."""

product_picture = table(
    "product_picture",
    Column("product_id", Key, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("png", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)

product_change = table(
    "product_change",
    Column("id", Key, primary_key=True),
    Column("product_id", Key, nullable=False),
    Column("field", String(20), nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Column("import_id", Key, ForeignKey("import_run.id")),
    Index(None, "product_id"),
    Index(None, "import_id"),
)
"""The history of a product, a field a row; what an import changed can be read back from it."""

import_run = table(
    "import_run",
    Column("id", Key, primary_key=True),
    Column("file", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Column("state", String(10), nullable=False),
    Column("counts", Text, nullable=False),
    Column("undone_at", Instant),
    Column("undone_by", String(60)),
    CheckConstraint("state IN ('running', 'done', 'cancelled', 'undone')", name="state_known"),
)

import_mapping = table(
    "import_mapping",
    Column("header", String(64), primary_key=True),
    Column("columns", Text, nullable=False),
    Column("at", Instant, nullable=False),
    clustered=True,
)
"""The confirmed meaning of the columns of a header; `header` is the hash of its names."""

label_print = table(
    "label_print",
    Column("product_id", Key, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("price_currency", String(3), nullable=False),
    Column("names", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Column("regular_minor", BigInteger),
    Column("doubtful", Boolean, nullable=False, server_default=false()),
    Index(
        "ix_label_print_doubtful",
        "product_id",
        **where("doubtful = 1", "doubtful"),
    ),
    clustered=True,
)
"""The content of the newest label of a product, to see which labels are outdated.

`names` has a name a line, then each other field on the label a line: its name, a tab, its text. `regular_minor` is the
price without the promotion on the label. `doubtful`: it shows a promotion, or one of its fields was written since
(`doubtful_labels.py` and triggers of `product` and `product_price` mark it): only these are checked again.
"""

quick_page = table(
    "quick_page",
    Column("id", Key, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", String(40), nullable=False),
    Column("roles", Text, nullable=False),
    once=True,
)
"""A page of quick keys; `roles` are those that see it, separated by commas, and empty for all roles.

The number of a removed page is never used again: an editor that still has that page open cannot
change another one.
"""

quick_key = table(
    "quick_key",
    Column("page_id", Key, ForeignKey("quick_page.id"), primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("inside", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id")),
    Column("title", String(40), nullable=False),
    Column("colour", String(12), nullable=False),
    CheckConstraint("inside = 0 OR product_id IS NOT NULL", name="no_folder_in_a_folder"),
    Index(None, "product_id"),
    clustered=True,
)
"""A key is at its `place` on the page, with `inside` 0; the keys of a folder have its place, and `inside` from 1.

A folder has no product.
"""
