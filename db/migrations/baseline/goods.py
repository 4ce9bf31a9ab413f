"""Goods of the first version: catalogue, promotions, stock, deliveries, stock-takes."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint, false, text

from db.migrations.baseline.columns import BYTES, DAY, EXACT, FLAG, INSTANT, SMALL, TEXT, WHOLE, chars, table, where

table(
    "supplier",
    Column("id", WHOLE, primary_key=True),
    Column("name", chars(80), nullable=False),
    Column("contact", chars(120), nullable=False, server_default=""),
    Column("active", FLAG, nullable=False),
    UniqueConstraint("name"),
)

table(
    "product",
    Column("id", WHOLE, primary_key=True),
    Column("code", chars(48), nullable=False),
    Column("name", TEXT, nullable=False),
    Column("name_en", TEXT),
    Column("name_zh", TEXT),
    Column("name_ru", TEXT),
    Column("name_kk", TEXT),
    Column("category", chars(40)),
    Column("price_minor", WHOLE),
    Column("price_currency", chars(3)),
    Column("ml", EXACT),
    Column("abv", EXACT),
    Column("net_g", EXACT),
    Column("gross_kg", EXACT),
    Column("sticks", SMALL),
    Column("pieces", SMALL),
    Column("variant", chars(40)),
    Column("created_at", INSTANT, nullable=False),
    Column("vat", EXACT),
    Column("supplier_id", WHOLE, ForeignKey("supplier.id")),
    Column("reorder_point", WHOLE),
    Column("shelf", chars(20)),
    Column("by_weight", FLAG, nullable=False, server_default=false()),
    Column("asks_lot", FLAG, nullable=False, server_default=false()),
    Column("import_id", WHOLE, ForeignKey("import_run.id")),
    CheckConstraint("(price_minor IS NULL) = (price_currency IS NULL)", name="price_has_currency"),
    CheckConstraint("price_minor IS NULL OR price_minor >= 0", name="price_not_negative"),
    CheckConstraint("reorder_point IS NULL OR reorder_point >= 0", name="reorder_not_negative"),
    UniqueConstraint("code"),
    Index(None, "category"),
    Index(None, "import_id"),
    Index(None, "reorder_point", **where("reorder_point IS NOT NULL")),
    Index(None, "supplier_id"),
    Index("ix_product_unpriced", "id", **where("price_minor IS NULL")),
    once=True,
)

table(
    "product_code",
    Column("code", chars(48), primary_key=True),
    Column("product_id", WHOLE, ForeignKey("product.id"), nullable=False),
    Column("position", SMALL, nullable=False),
    Column("kind", chars(10), nullable=False, server_default="unit"),
    Column("quantity", SMALL, nullable=False, server_default=text("1")),
    Column("supplier_id", WHOLE, ForeignKey("supplier.id")),
    CheckConstraint("kind IN ('unit', 'carton', 'supplier', 'shop', 'scale')", name="kind_known"),
    CheckConstraint("quantity BETWEEN 1 AND 9999", name="names_pieces"),
    Index(None, "product_id"),
    clustered=True,
)

table(
    "product_lookup",
    Column("text", TEXT, primary_key=True),
    Column("product_id", WHOLE, primary_key=True, autoincrement=False),
    Index(None, "product_id"),
    clustered=True,
)

table(
    "product_price",
    Column("product_id", WHOLE, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("since", INSTANT, primary_key=True),
    Column("price_minor", WHOLE, nullable=False),
    Column("price_currency", chars(3), nullable=False),
    Column("person", chars(60), nullable=False),
    Column("set_at", INSTANT, nullable=False),
    CheckConstraint("price_minor > 0", name="is_a_price"),
    clustered=True,
)

table(
    "product_picture",
    Column("product_id", WHOLE, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("png", BYTES, nullable=False),
    Column("at", INSTANT, nullable=False),
)

table(
    "product_change",
    Column("id", WHOLE, primary_key=True),
    Column("product_id", WHOLE, nullable=False),
    Column("field", chars(20), nullable=False),
    Column("before", TEXT),
    Column("after", TEXT),
    Column("at", INSTANT, nullable=False),
    Column("person", chars(60), nullable=False),
    Column("import_id", WHOLE, ForeignKey("import_run.id")),
    Index(None, "import_id"),
    Index(None, "product_id"),
)

table(
    "import_run",
    Column("id", WHOLE, primary_key=True),
    Column("file", TEXT, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("person", chars(60), nullable=False),
    Column("state", chars(10), nullable=False),
    Column("counts", TEXT, nullable=False),
    Column("undone_at", INSTANT),
    Column("undone_by", chars(60)),
    CheckConstraint("state IN ('running', 'done', 'cancelled', 'undone')", name="state_known"),
)

table(
    "import_mapping",
    Column("header", chars(64), primary_key=True),
    Column("columns", TEXT, nullable=False),
    Column("at", INSTANT, nullable=False),
    clustered=True,
)

table(
    "label_print",
    Column("product_id", WHOLE, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("price_minor", WHOLE, nullable=False),
    Column("price_currency", chars(3), nullable=False),
    Column("names", TEXT, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("person", chars(60), nullable=False),
    Column("regular_minor", WHOLE),
    Column("doubtful", FLAG, nullable=False, server_default=false()),
    Index("ix_label_print_doubtful", "product_id", **where("doubtful = 1", "doubtful")),
    clustered=True,
)

table(
    "promotion",
    Column("id", WHOLE, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("since", INSTANT, nullable=False),
    Column("until", INSTANT),
    Column("scope", chars(40), nullable=False),
    Column("code", chars(48)),
    Column("percent", EXACT),
    Column("amount_minor", WHOLE),
    Column("currency", chars(3)),
    Column("take", SMALL),
    Column("pay", SMALL),
    Column("ended_at", INSTANT),
    Column("person", chars(60), nullable=False),
    CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name="amount_has_currency"),
    CheckConstraint(
        "CASE WHEN percent IS NULL THEN 0 ELSE 1 END + CASE WHEN amount_minor IS NULL THEN 0 ELSE 1 END "
        "+ CASE WHEN take IS NULL THEN 0 ELSE 1 END = 1",
        name="one_kind",
    ),
    CheckConstraint("(take IS NULL) = (pay IS NULL)", name="take_has_pay"),
)

table(
    "stock",
    Column("product_id", WHOLE, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("on_hand", WHOLE, nullable=False),
    Column("held", WHOLE, nullable=False, server_default="0"),
    Column("owned", WHOLE, nullable=False, server_default="0"),
    Column("lotted", WHOLE, nullable=False, server_default="0"),
    Column("value_minor", WHOLE, server_default="0"),
    Column("last_cost_minor", WHOLE),
    Column("below", FLAG, nullable=False, server_default=false()),
    CheckConstraint("held >= 0 AND (held <= on_hand OR below)", name="held_is_there"),
    CheckConstraint("lotted >= 0", name="lots_not_negative"),
    CheckConstraint("on_hand >= 0 OR below", name="not_negative"),
)

table(
    "lot",
    Column("id", WHOLE, primary_key=True),
    Column("product_id", WHOLE, ForeignKey("product.id"), nullable=False),
    Column("code", chars(20), nullable=False),
    Column("expiry", DAY),
    Column("entry", chars(40), nullable=False),
    Column("at", INSTANT, nullable=False),
    UniqueConstraint("product_id", "code", "entry"),
    Index(None, "expiry"),
)

table(
    "stock_place",
    Column("product_id", WHOLE, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("place", chars(12), primary_key=True),
    Column("lot_id", WHOLE, primary_key=True, autoincrement=False),
    Column("on_hand", WHOLE, nullable=False),
    CheckConstraint("place <> 'floor' OR lot_id > 0", name="floor_without_lot_is_in_stock"),
    CheckConstraint("on_hand >= 0", name="not_negative"),
    CheckConstraint("place IN ('floor', 'store', 'quarantine')", name="place_known"),
    Index(None, "lot_id"),
    clustered=True,
)

table(
    "stock_move",
    Column("id", WHOLE, primary_key=True),
    Column("product_id", WHOLE, ForeignKey("product.id"), nullable=False),
    Column("quantity", WHOLE, nullable=False),
    Column("reason", chars(20), nullable=False),
    Column("sale_id", WHOLE, ForeignKey("sale.id")),
    Column("line_no", SMALL),
    Column("at", INSTANT, nullable=False),
    Column("person", chars(60), nullable=False),
    Column("place", chars(12), nullable=False, server_default="floor"),
    Column("lot_id", WHOLE, ForeignKey("lot.id")),
    Column("cost_minor", WHOLE),
    Column("document", chars(24)),
    Column("note", TEXT),
    Column("why", chars(24)),
    CheckConstraint("quantity <> 0", name="moves_something"),
    Index(None, "document", sqlite_where=text("document IS NOT NULL")),
    Index("ix_stock_move_lot", "lot_id", sqlite_where=text("lot_id IS NOT NULL")),
    Index(None, "product_id"),
    Index(None, "sale_id"),
    once=True,
)

table(
    "stock_valuation",
    Column("id", WHOLE, primary_key=True),
    Column("product_id", WHOLE, ForeignKey("product.id"), nullable=False),
    Column("cost_minor", WHOLE, nullable=False),
    Column("reason", chars(20), nullable=False),
    Column("document", chars(24)),
    Column("at", INSTANT, nullable=False),
    Column("person", chars(60), nullable=False),
    CheckConstraint("cost_minor <> 0", name="changes_something"),
    Index(None, "product_id"),
)

table(
    "stock_document",
    Column("kind", chars(2), primary_key=True),
    Column("next_no", WHOLE, nullable=False),
    CheckConstraint("next_no >= 1", name="counts_from_one"),
    clustered=True,
)

table(
    "piece",
    Column("id", WHOLE, primary_key=True),
    Column("product_id", WHOLE, ForeignKey("product.id"), nullable=False),
    Column("serial", chars(20), nullable=False),
    Column("sale_id", WHOLE, ForeignKey("sale.id"), nullable=False),
    Column("line_no", SMALL, nullable=False),
    Column("back_in", WHOLE, ForeignKey("sale.id")),
    Index(None, "product_id"),
    Index(None, "sale_id", "line_no"),
    Index(None, "serial"),
    Index("uq_piece_sold_once", "product_id", "serial", unique=True, **where("back_in IS NULL")),
)

table(
    "purchase_order",
    Column("id", WHOLE, primary_key=True),
    Column("number", WHOLE, nullable=False),
    Column("supplier_id", WHOLE, ForeignKey("supplier.id")),
    Column("state", chars(10), nullable=False),
    Column("origin", chars(10), nullable=False),
    Column("expected_on", DAY),
    Column("note", chars(120), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("person", chars(60), nullable=False),
    Column("closed_at", INSTANT),
    Column("closed_by", chars(60)),
    CheckConstraint("origin IN ('low_stock', 'file', 'hand')", name="origin_known"),
    CheckConstraint("state IN ('open', 'closed', 'dropped')", name="state_known"),
    UniqueConstraint("number"),
    Index(None, "state"),
)

table(
    "order_line",
    Column("order_id", WHOLE, ForeignKey("purchase_order.id"), primary_key=True, autoincrement=False),
    Column("line_no", SMALL, primary_key=True, autoincrement=False),
    Column("product_id", WHOLE, ForeignKey("product.id"), nullable=False),
    Column("ordered", WHOLE, nullable=False),
    Column("received", WHOLE, nullable=False, server_default="0"),
    Column("cost_minor", WHOLE),
    Column("cost_currency", chars(3)),
    Column("closed_short", FLAG, nullable=False, server_default=false()),
    Column("reason", chars(120)),
    CheckConstraint("(cost_minor IS NULL) = (cost_currency IS NULL)", name="cost_has_currency"),
    CheckConstraint("ordered >= 0 AND received >= 0", name="not_negative"),
    Index(None, "product_id"),
    clustered=True,
)

table(
    "goods_receipt",
    Column("id", WHOLE, primary_key=True),
    Column("number", WHOLE, nullable=False),
    Column("key", chars(64)),
    Column("order_id", WHOLE, ForeignKey("purchase_order.id")),
    Column("supplier_id", WHOLE, ForeignKey("supplier.id")),
    Column("state", chars(10), nullable=False),
    Column("place", chars(12), nullable=False),
    Column("delivery_note", chars(40), nullable=False),
    Column("entry", chars(40), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("person", chars(60), nullable=False),
    Column("held_by", chars(60)),
    Column("held_till", chars(8)),
    Column("posted_at", INSTANT),
    Column("posted_by", chars(60)),
    Column("content", TEXT),
    Column("printed", SMALL, nullable=False, server_default="0"),
    CheckConstraint("(held_by IS NULL) = (held_till IS NULL)", name="held_at_a_till"),
    CheckConstraint("place IN ('floor', 'store', 'quarantine')", name="place_known"),
    CheckConstraint("(state = 'posted') = (content IS NOT NULL)", name="posted_has_content"),
    CheckConstraint("state IN ('counting', 'posted', 'dropped')", name="state_known"),
    UniqueConstraint("key"),
    UniqueConstraint("number"),
    Index(None, "order_id"),
    Index(None, "state"),
)

table(
    "receipt_charge",
    Column("receipt_id", WHOLE, ForeignKey("goods_receipt.id"), primary_key=True, autoincrement=False),
    Column("charge_no", SMALL, primary_key=True, autoincrement=False),
    Column("kind", chars(10), nullable=False),
    Column("amount_minor", WHOLE, nullable=False),
    Column("currency", chars(3), nullable=False),
    Column("late", FLAG, nullable=False, server_default=false()),
    CheckConstraint("amount_minor > 0", name="is_an_amount"),
    CheckConstraint("kind IN ('freight', 'duty', 'other')", name="kind_known"),
    clustered=True,
)

table(
    "receipt_line",
    Column("receipt_id", WHOLE, ForeignKey("goods_receipt.id"), primary_key=True, autoincrement=False),
    Column("line_no", SMALL, primary_key=True, autoincrement=False),
    Column("product_id", WHOLE, ForeignKey("product.id"), nullable=False),
    Column("lot_code", chars(20), nullable=False),
    Column("expiry", DAY),
    Column("counted", WHOLE, nullable=False),
    Column("cost_minor", WHOLE),
    Column("cost_currency", chars(3)),
    Column("landed_minor", WHOLE),
    Column("set_aside", FLAG, nullable=False, server_default=false()),
    Column("closed_short", FLAG, nullable=False, server_default=false()),
    Column("reason", chars(120)),
    CheckConstraint("(cost_minor IS NULL) = (cost_currency IS NULL)", name="cost_has_currency"),
    CheckConstraint("counted >= 0", name="not_negative"),
    Index(None, "product_id"),
    clustered=True,
)

table(
    "receipt_scan",
    Column("receipt_id", WHOLE, ForeignKey("goods_receipt.id"), primary_key=True, autoincrement=False),
    Column("scan_no", SMALL, primary_key=True, autoincrement=False),
    Column("line_no", SMALL, nullable=False),
    Column("product_id", WHOLE, ForeignKey("product.id"), nullable=False),
    Column("pieces", WHOLE, nullable=False),
    Column("code", chars(48), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("person", chars(60), nullable=False),
    CheckConstraint("pieces <> 0", name="counts_something"),
    clustered=True,
)

table(
    "stock_count",
    Column("id", WHOLE, primary_key=True),
    Column("number", WHOLE, nullable=False),
    Column("state", chars(10), nullable=False),
    Column("place", chars(12), nullable=False),
    Column("scope", chars(10), nullable=False),
    Column("scope_value", chars(60), nullable=False),
    Column("blind", FLAG, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("person", chars(60), nullable=False),
    Column("last_move", WHOLE, nullable=False),
    Column("posted_at", INSTANT),
    Column("posted_by", chars(60)),
    Column("content", TEXT),
    CheckConstraint("place IN ('floor', 'store', 'quarantine')", name="place_known"),
    CheckConstraint("scope IN ('all', 'category', 'shelf', 'products')", name="scope_known"),
    CheckConstraint("state IN ('counting', 'recount', 'posted', 'dropped')", name="state_known"),
    UniqueConstraint("number"),
    Index(None, "state"),
)

table(
    "count_line",
    Column("count_id", WHOLE, ForeignKey("stock_count.id"), primary_key=True, autoincrement=False),
    Column("product_id", WHOLE, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("lot_id", WHOLE, primary_key=True, autoincrement=False),
    Column("expected", WHOLE, nullable=False),
    Column("recount", FLAG, nullable=False),
    Column("outside", FLAG, nullable=False),
    Column("reason", chars(20)),
    Column("note", chars(120)),
    Index(None, "product_id"),
    clustered=True,
)

table(
    "count_sheet",
    Column("count_id", WHOLE, ForeignKey("stock_count.id"), primary_key=True, autoincrement=False),
    Column("sheet", SMALL, primary_key=True, autoincrement=False),
    Column("round", SMALL, nullable=False),
    Column("person", chars(60), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("done_at", INSTANT),
    CheckConstraint("round IN (1, 2)", name="round_known"),
    clustered=True,
)

table(
    "count_entry",
    Column("count_id", WHOLE, ForeignKey("stock_count.id"), primary_key=True, autoincrement=False),
    Column("sheet", SMALL, primary_key=True, autoincrement=False),
    Column("product_id", WHOLE, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("lot_id", WHOLE, primary_key=True, autoincrement=False),
    Column("counted", WHOLE, nullable=False),
    Column("first_move", WHOLE, nullable=False),
    Column("last_move", WHOLE, nullable=False),
    Column("at", INSTANT, nullable=False),
    CheckConstraint("first_move <= last_move", name="in_order"),
    CheckConstraint("counted >= 0", name="not_negative"),
    Index(None, "count_id", "product_id"),
    Index(None, "product_id"),
    clustered=True,
)
