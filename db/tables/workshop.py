"""The shop's own workshop: recipes with their versions, batches, the goods that they took, and what was lost."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
)

from db.engine.types import Day, Instant, Key
from db.tables.metadata import table, where

recipe = table(
    "recipe",
    Column("id", Key, primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Index(None, "product_id"),
)
"""What a product is made by; its content is in its versions."""

recipe_version = table(
    "recipe_version",
    Column("recipe_id", Key, ForeignKey("recipe.id"), primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("valid_from", Day, nullable=False),
    Column("name", String(60), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("loss", Integer, nullable=False),
    Column("work_minor", BigInteger, nullable=False),
    Column("work_currency", String(3), nullable=False),
    Column("shelf_days", Integer),
    Column("withdrawn", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    CheckConstraint("quantity > 0", name="makes_something"),
    CheckConstraint("loss >= 0 AND loss < 1000", name="loss_leaves_something"),
    CheckConstraint("work_minor >= 0", name="work_not_negative"),
    clustered=True,
)
"""Written once: a change is a new version. It holds from `valid_from` on; `loss` of a thousand pieces are usually
spoiled, `work_minor` is what the work on `quantity` pieces costs.
"""

recipe_input = table(
    "recipe_input",
    Column("recipe_id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("line_no", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    ForeignKeyConstraint(["recipe_id", "version"], ["recipe_version.recipe_id", "recipe_version.version"]),
    CheckConstraint("quantity > 0", name="needs_something"),
    Index(None, "product_id"),
    clustered=True,
)

batch = table(
    "batch",
    Column("id", Key, primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("recipe_id", Key, nullable=False),
    Column("version", Integer, nullable=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("planned", BigInteger, nullable=False),
    Column("day", Day, nullable=False),
    Column("plan_minor", BigInteger, nullable=False),
    Column("plan_currency", String(3), nullable=False),
    Column("note", String(120), nullable=False),
    Column("state", String(10), nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Column("started_at", Instant),
    Column("started_by", String(60)),
    Column("made", BigInteger),
    Column("lot_id", Key, ForeignKey("lot.id")),
    Column("place", String(12)),
    Column("work_minor", BigInteger),
    Column("cost_minor", BigInteger),
    Column("finished_at", Instant),
    Column("finished_by", String(60)),
    Column("given_up_at", Instant),
    Column("given_up_by", String(60)),
    ForeignKeyConstraint(["recipe_id", "version"], ["recipe_version.recipe_id", "recipe_version.version"]),
    CheckConstraint("state IN ('planned', 'started', 'finished', 'given_up')", name="state_known"),
    CheckConstraint("planned > 0 AND (made IS NULL OR made > 0)", name="makes_something"),
    CheckConstraint("state <> 'planned' OR started_at IS NULL", name="planned_is_not_started"),
    CheckConstraint("state <> 'started' OR (started_at IS NOT NULL AND made IS NULL)", name="started_made_nothing"),
    CheckConstraint("state <> 'finished' OR made IS NOT NULL", name="finished_made_something"),
    CheckConstraint("(state = 'given_up') = (given_up_at IS NOT NULL)", name="given_up_at_an_instant"),
    CheckConstraint("(started_at IS NULL) = (started_by IS NULL)", name="started_by_somebody"),
    CheckConstraint("(finished_at IS NULL) = (finished_by IS NULL)", name="finished_by_somebody"),
    CheckConstraint("(given_up_at IS NULL) = (given_up_by IS NULL)", name="given_up_by_somebody"),
    CheckConstraint("(made IS NULL) = (finished_at IS NULL)", name="made_at_an_instant"),
    CheckConstraint("(made IS NULL) = (lot_id IS NULL)", name="made_is_a_lot"),
    CheckConstraint("(made IS NULL) = (work_minor IS NULL)", name="made_by_work"),
    CheckConstraint("made IS NOT NULL OR cost_minor IS NULL", name="cost_is_of_output"),
    CheckConstraint("place IS NULL OR place IN ('floor', 'store', 'quarantine')", name="place_known"),
    Index(None, "product_id", **where("state IN ('planned', 'started')")),
    Index("ix_batch_state_number", "state", "number"),
    Index(None, "lot_id", unique=True, **where("lot_id IS NOT NULL")),
    Index(None, "recipe_id", "version"),
    Index(None, "finished_at", **where("finished_at IS NOT NULL")),
    Index(None, "given_up_at", **where("given_up_at IS NOT NULL")),
)
"""A batch of `planned` pieces by a version of a recipe. `plan_minor` is what its work should cost, in the currency of
the recipe.

`made` pieces are the lot `lot_id`; `work_minor` and `cost_minor` are what the work and all of it cost, in minor units
of the price currency (NULL: unknown).
"""

batch_input = table(
    "batch_input",
    Column("batch_id", Key, ForeignKey("batch.id"), primary_key=True, autoincrement=False),
    Column("line_no", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    CheckConstraint("quantity > 0", name="needs_something"),
    Index(None, "product_id"),
    clustered=True,
)
"""What a batch takes, as it was planned."""

batch_part = table(
    "batch_part",
    Column("batch_id", Key, ForeignKey("batch.id"), primary_key=True, autoincrement=False),
    Column("part_no", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("place", String(12), nullable=False),
    Column("lot_id", Key, ForeignKey("lot.id")),
    Column("quantity", BigInteger, nullable=False),
    Column("cost_minor", BigInteger),
    Column("back", BigInteger, nullable=False, server_default="0"),
    Column("lost", BigInteger, nullable=False, server_default="0"),
    Column("returned_minor", BigInteger, server_default="0"),
    CheckConstraint("quantity > 0 AND back >= 0 AND lost >= 0 AND back + lost <= quantity", name="has_its_pieces"),
    CheckConstraint("place IN ('floor', 'store')", name="place_known"),
    Index(None, "product_id"),
    Index(None, "lot_id"),
    clustered=True,
)
"""Pieces that a batch took from a place, of a lot or of none, and what they cost. `back` came back unused and `lost`
were written off; `returned_minor` is what these cost together.
"""

batch_loss = table(
    "batch_loss",
    Column("batch_id", Key, ForeignKey("batch.id"), primary_key=True, autoincrement=False),
    Column("loss_no", Integer, primary_key=True, autoincrement=False),
    Column("part_no", Integer, nullable=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("reason", String(24), nullable=False),
    Column("cost_minor", BigInteger),
    Column("at", Instant, nullable=False),
    CheckConstraint("quantity > 0", name="loses_something"),
    Index(None, "product_id"),
    clustered=True,
)
"""Pieces of a part that were lost, and why; `cost_minor` is what the stock lost by them (NULL: unknown)."""

workshop_key = table(
    "workshop_key",
    Column("key", String(64), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("document", String(24), nullable=False),
    Column("at", Instant, nullable=False),
    clustered=True,
)
"""Requests by their keys, and the recipe or batch that each was about: requested twice, done once."""
