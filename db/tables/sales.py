"""Sales as recorded: written once in one transaction, never edited."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, String, Text, UniqueConstraint

from db.engine.types import Day, Exact, Instant, Key
from db.tables.metadata import table, where

request_key = table(
    "request_key",
    Column("key", String(64), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    clustered=True,
)
"""Claimed by the first write of a sale: the same key twice at once is one sale and one replay."""

sealed_text = table(
    "sealed_text",
    Column("id", Key, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
)
"""What many sales say word for word, written once: their rates, and the forms of their judgements."""

sold_goods = table(
    "sold_goods",
    Column("id", Key, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("code", String(48), nullable=False),
    Column("name", Text, nullable=False),
    Column("names", Text, nullable=False),
    Column("category", String(40), nullable=False),
    Column("details", Text),
)
"""Goods as they were called when they were sold, written once; the lines of sales point here.

`details` is JSON: what papers for the border have of them, by field, as it was on file then; NULL for nothing.
"""

sale = table(
    "sale",
    Column("id", Key, primary_key=True),
    Column("till", String(8), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("key", String(64), ForeignKey("request_key.key"), nullable=False, unique=True),
    Column("kind", String(10), nullable=False),
    Column("at", Instant, nullable=False),
    Column("business_date", Day, nullable=False),
    Column("cashier", String(40), nullable=False),
    Column("approved_by", String(40)),
    Column("shift_id", Key, ForeignKey("shift.id"), nullable=False),
    Column("destination", String(2), nullable=False),
    Column("nationality", String(3)),
    Column("regime", String(40)),
    Column("regime_version", String(64)),
    Column("currency", String(3), nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
    Column("rounding_minor", BigInteger, nullable=False),
    Column("pieces", BigInteger, nullable=False),
    Column("rates_id", Key, ForeignKey("sealed_text.id"), nullable=False),
    Column("visitors", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("mac", String(64), nullable=False),
    Column("basket_percent", Exact),
    Column("basket_minor", BigInteger),
    Column("note", Text),
    Column("exchanged_in", String(20)),
    Column("annuls", String(20)),
    Column("delivery_service", String(60)),
    Column("parcel_g", Integer),
    CheckConstraint("total_minor >= 0", name="total_not_negative"),
    CheckConstraint("kind IN ('sale', 'return')", name="kind_known"),
    UniqueConstraint("till", "number"),
    Index(None, "business_date", "till"),
    Index(None, "shift_id"),
    Index(None, "exchanged_in", **where("exchanged_in IS NOT NULL")),
    Index(None, "total_minor"),
    Index(None, "cashier"),
    Index(None, "annuls", unique=True, **where("annuls IS NOT NULL")),
)
"""`exchanged_in` is the receipt of the sale made in the same act, `annuls` the receipt that a return voids whole.

Goods that are sent have a `delivery_service`, and `parcel_g`, what the parcel weighs.
"""

parcel_address = table(
    "parcel_address",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("recipient", Text, nullable=False),
    Column("address", Text, nullable=False),
    clustered=True,
)
"""To whom the goods of a sale are sent: no hash covers it, for it is erased in time."""

sale_judgement = table(
    "sale_judgement",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("visitor", String(4), primary_key=True),
    Column("form_id", Key, ForeignKey("sealed_text.id"), nullable=False),
    Column("figures", Text, nullable=False),
    clustered=True,
)
"""How the allowance of each visitor of a sale was judged: a form that many share, and the figures that it lacks."""

sale_line = table(
    "sale_line",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("line_no", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("goods_id", Key, ForeignKey("sold_goods.id"), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("unit_price_minor", BigInteger, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("carrier", String(4)),
    Column("taxed", BigInteger, nullable=False),
    Column("ml", Exact),
    Column("abv", Exact),
    Column("net_g", Exact),
    Column("gross_kg", Exact),
    Column("sticks", Integer),
    Column("pieces", Integer),
    Column("variant", String(40)),
    Column("catalogue_minor", BigInteger),
    Column("basket_minor", BigInteger),
    Column("vat", Exact),
    Column("tax_minor", BigInteger),
    Column("note", Text),
    Column("discount_kind", String(12)),
    Column("serial", String(20)),
    Column("lot", String(20)),
    Column("grams", Integer),
    Column("per_kg_minor", BigInteger),
    CheckConstraint("quantity > 0", name="sells_something"),
    CheckConstraint("taxed >= 0 AND taxed <= quantity", name="taxed_within"),
    CheckConstraint("amount_minor = unit_price_minor * quantity - discount_minor", name="amount_adds_up"),
    CheckConstraint("amount_minor >= 0 AND discount_minor >= 0", name="not_negative"),
    Index(None, "product_id"),
    clustered=True,
)
"""`discount_minor` is all that was taken off; `basket_minor` its part out of the discount on the whole basket.

`catalogue_minor` is the price on file where another one was given by hand, 0 where there was none. `vat` is the rate
of the `tax_minor` that is in the amount. `serial` is the single piece of a marking code, `lot` the lot that a code
named; of goods by weight `grams` is what the piece weighs and `per_kg_minor` the price of a kilogram. What came to
these tables later is NULL where there is none of it, and then not in the chain.
"""

line_promotion = table(
    "line_promotion",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("line_no", Integer, primary_key=True, autoincrement=False),
    Column("promotion_id", Key, ForeignKey("promotion.id"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("pieces", BigInteger, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    CheckConstraint("pieces > 0 AND amount_minor > 0", name="takes_something_off"),
    clustered=True,
)
"""The deduction of a promotion on a line of a sale, with its name at that time."""

refundable = table(
    "refundable",
    Column("sale_id", Key, primary_key=True, autoincrement=False),
    Column("line_no", Integer, primary_key=True, autoincrement=False),
    Column("sold", BigInteger, nullable=False),
    Column("refunded", BigInteger, nullable=False),
    CheckConstraint("refunded >= 0 AND refunded <= sold", name="no_more_than_sold"),
    clustered=True,
)
"""The returnable pieces of a line; the constraint decides between two tills."""

return_line = table(
    "return_line",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("reverses", String(20)),
    Column("of_line", Integer),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("code", String(48), nullable=False),
    Column("name", Text, nullable=False),
    Column("names", Text, nullable=False),
    Column("category", String(40), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("place", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("vat", Exact),
    Column("tax_minor", BigInteger),
    Column("serial", String(20)),
    CheckConstraint("quantity > 0 AND amount_minor >= 0", name="returns_something"),
    CheckConstraint("place IN ('shelf', 'quarantine', 'waste')", name="place_known"),
    CheckConstraint("(reverses IS NULL) = (of_line IS NULL)", name="line_of_a_receipt"),
    Index(None, "reverses"),
    Index(None, "product_id"),
    clustered=True,
)
"""The goods of a sale row of the kind `return`: from which receipt and line (NULL: from none), and where they went.

`serial` is the single piece by its marking code.
"""

refund = table(
    "refund",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("method", String(10), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("value_minor", BigInteger, nullable=False),
    Column("rate", Text, nullable=False),
    Column("notes", Text),
    Column("origin", String(10)),
    CheckConstraint("method IN ('cash', 'card', 'qr', 'exchange', 'deposit')", name="method_known"),
    CheckConstraint("(method IN ('exchange', 'deposit')) = (origin IS NOT NULL)", name="has_an_origin"),
    CheckConstraint("amount_minor > 0", name="gives_something"),
    clustered=True,
)
"""The refunds of a return."""

sale_payment = table(
    "sale_payment",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("method", String(10), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("value_minor", BigInteger, nullable=False),
    Column("reference", String(64), nullable=False),
    Column("notes", Text),
    Column("origin", String(10)),
    Column("tender", String(32)),
    Column("provider", String(16)),
    Column("rate", Text),
    CheckConstraint("method IN ('cash', 'card', 'qr', 'exchange', 'deposit')", name="method_known"),
    CheckConstraint("(method IN ('exchange', 'deposit')) = (origin IS NOT NULL)", name="has_an_origin"),
    CheckConstraint("(method = 'deposit') = (rate IS NOT NULL)", name="rate_of_a_deposit"),
    CheckConstraint("amount_minor > 0", name="pays_something"),
    Index(None, "amount_minor"),
    clustered=True,
)
"""`tender` is the id of what was paid by card or wallet, by which a pending refund names it.

Where a `provider` took it, that is the number of its attempt. A deposit names its customer order as its reference, how
it had come as its origin, and its own frozen `rate`, units of the price currency for one unit.
"""

sale_change = table(
    "sale_change",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("value_minor", BigInteger, nullable=False),
    Column("rate", Text, nullable=False),
    Column("notes", Text, nullable=False),
    CheckConstraint("amount_minor > 0", name="gives_something"),
    clustered=True,
)

outbox = table(
    "outbox",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("kind", String(10), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("copies", Integer, nullable=False),
    CheckConstraint("state IN ('pending', 'sending', 'done', 'failed')", name="state_known"),
    clustered=True,
)
"""The print jobs: written with the sale, printed after it."""
