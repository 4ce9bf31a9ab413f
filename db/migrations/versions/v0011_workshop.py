"""The shop's own workshop: recipes and their versions, batches, the goods that they took, and what was lost"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.baseline.columns import DAY, FLAG, INSTANT, SMALL, WHOLE, chars

revision = "v0011"
down_revision = "v0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. The tables stay empty in a shop that makes nothing."""
    op.create_table(
        "recipe",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person", chars(60), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_recipe_product_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recipe"),
        sa.UniqueConstraint("number", name="uq_recipe_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_recipe_product_id", "recipe", ["product_id"])
    op.create_table(
        "recipe_version",
        sa.Column("recipe_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("version", SMALL, autoincrement=False, nullable=False),
        sa.Column("valid_from", DAY, nullable=False),
        sa.Column("name", chars(60), nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("loss", SMALL, nullable=False),
        sa.Column("work_minor", WHOLE, nullable=False),
        sa.Column("work_currency", chars(3), nullable=False),
        sa.Column("shelf_days", SMALL, nullable=True),
        sa.Column("withdrawn", FLAG, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person", chars(60), nullable=False),
        sa.CheckConstraint("loss >= 0 AND loss < 1000", name="ck_recipe_version_loss_leaves_something"),
        sa.CheckConstraint("quantity > 0", name="ck_recipe_version_makes_something"),
        sa.CheckConstraint("work_minor >= 0", name="ck_recipe_version_work_not_negative"),
        sa.ForeignKeyConstraint(["recipe_id"], ["recipe.id"], name="fk_recipe_version_recipe_id"),
        sa.PrimaryKeyConstraint("recipe_id", "version", name="pk_recipe_version"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recipe_input",
        sa.Column("recipe_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("version", SMALL, autoincrement=False, nullable=False),
        sa.Column("line_no", SMALL, autoincrement=False, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.CheckConstraint("quantity > 0", name="ck_recipe_input_needs_something"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_recipe_input_product_id"),
        sa.ForeignKeyConstraint(
            ["recipe_id", "version"],
            ["recipe_version.recipe_id", "recipe_version.version"],
            name="fk_recipe_input_recipe_id_version",
        ),
        sa.PrimaryKeyConstraint("recipe_id", "version", "line_no", name="pk_recipe_input"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_recipe_input_product_id", "recipe_input", ["product_id"])
    op.create_table(
        "batch",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("recipe_id", WHOLE, nullable=False),
        sa.Column("version", SMALL, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("planned", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("plan_minor", WHOLE, nullable=False),
        sa.Column("plan_currency", chars(3), nullable=False),
        sa.Column("note", chars(120), nullable=False),
        sa.Column("state", chars(10), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person", chars(60), nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("started_by", chars(60), nullable=True),
        sa.Column("made", WHOLE, nullable=True),
        sa.Column("lot_id", WHOLE, nullable=True),
        sa.Column("place", chars(12), nullable=True),
        sa.Column("work_minor", WHOLE, nullable=True),
        sa.Column("cost_minor", WHOLE, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("finished_by", chars(60), nullable=True),
        sa.Column("given_up_at", INSTANT, nullable=True),
        sa.Column("given_up_by", chars(60), nullable=True),
        sa.CheckConstraint("made IS NOT NULL OR cost_minor IS NULL", name="ck_batch_cost_is_of_output"),
        sa.CheckConstraint("(finished_at IS NULL) = (finished_by IS NULL)", name="ck_batch_finished_by_somebody"),
        sa.CheckConstraint("state <> 'finished' OR made IS NOT NULL", name="ck_batch_finished_made_something"),
        sa.CheckConstraint("(state = 'given_up') = (given_up_at IS NOT NULL)", name="ck_batch_given_up_at_an_instant"),
        sa.CheckConstraint("(given_up_at IS NULL) = (given_up_by IS NULL)", name="ck_batch_given_up_by_somebody"),
        sa.CheckConstraint("(made IS NULL) = (finished_at IS NULL)", name="ck_batch_made_at_an_instant"),
        sa.CheckConstraint("(made IS NULL) = (work_minor IS NULL)", name="ck_batch_made_by_work"),
        sa.CheckConstraint("(made IS NULL) = (lot_id IS NULL)", name="ck_batch_made_is_a_lot"),
        sa.CheckConstraint("planned > 0 AND (made IS NULL OR made > 0)", name="ck_batch_makes_something"),
        sa.CheckConstraint("place IS NULL OR place IN ('floor', 'store', 'quarantine')", name="ck_batch_place_known"),
        sa.CheckConstraint("state <> 'planned' OR started_at IS NULL", name="ck_batch_planned_is_not_started"),
        sa.CheckConstraint("(started_at IS NULL) = (started_by IS NULL)", name="ck_batch_started_by_somebody"),
        sa.CheckConstraint(
            "state <> 'started' OR (started_at IS NOT NULL AND made IS NULL)", name="ck_batch_started_made_nothing"
        ),
        sa.CheckConstraint("state IN ('planned', 'started', 'finished', 'given_up')", name="ck_batch_state_known"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_batch_lot_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_batch_product_id"),
        sa.ForeignKeyConstraint(
            ["recipe_id", "version"],
            ["recipe_version.recipe_id", "recipe_version.version"],
            name="fk_batch_recipe_id_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
        sa.UniqueConstraint("number", name="uq_batch_number"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_batch_finished_at",
        "batch",
        ["finished_at"],
        sqlite_where=sa.text("finished_at IS NOT NULL"),
        postgresql_where=sa.text("finished_at IS NOT NULL"),
    )
    op.create_index(
        "ix_batch_given_up_at",
        "batch",
        ["given_up_at"],
        sqlite_where=sa.text("given_up_at IS NOT NULL"),
        postgresql_where=sa.text("given_up_at IS NOT NULL"),
    )
    op.create_index(
        "ix_batch_lot_id",
        "batch",
        ["lot_id"],
        unique=True,
        sqlite_where=sa.text("lot_id IS NOT NULL"),
        postgresql_where=sa.text("lot_id IS NOT NULL"),
    )
    op.create_index(
        "ix_batch_product_id",
        "batch",
        ["product_id"],
        sqlite_where=sa.text("state IN ('planned', 'started')"),
        postgresql_where=sa.text("state IN ('planned', 'started')"),
    )
    op.create_index("ix_batch_recipe_id_version", "batch", ["recipe_id", "version"])
    op.create_index("ix_batch_state_number", "batch", ["state", "number"])
    op.create_table(
        "batch_input",
        sa.Column("batch_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("line_no", SMALL, autoincrement=False, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.CheckConstraint("quantity > 0", name="ck_batch_input_needs_something"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_batch_input_batch_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_batch_input_product_id"),
        sa.PrimaryKeyConstraint("batch_id", "line_no", name="pk_batch_input"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_batch_input_product_id", "batch_input", ["product_id"])
    op.create_table(
        "batch_part",
        sa.Column("batch_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("part_no", SMALL, autoincrement=False, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("place", chars(12), nullable=False),
        sa.Column("lot_id", WHOLE, nullable=True),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("cost_minor", WHOLE, nullable=True),
        sa.Column("back", WHOLE, nullable=False, server_default="0"),
        sa.Column("lost", WHOLE, nullable=False, server_default="0"),
        sa.Column("returned_minor", WHOLE, nullable=True, server_default="0"),
        sa.CheckConstraint(
            "quantity > 0 AND back >= 0 AND lost >= 0 AND back + lost <= quantity", name="ck_batch_part_has_its_pieces"
        ),
        sa.CheckConstraint("place IN ('floor', 'store')", name="ck_batch_part_place_known"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_batch_part_batch_id"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_batch_part_lot_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_batch_part_product_id"),
        sa.PrimaryKeyConstraint("batch_id", "part_no", name="pk_batch_part"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_batch_part_lot_id", "batch_part", ["lot_id"])
    op.create_index("ix_batch_part_product_id", "batch_part", ["product_id"])
    op.create_table(
        "batch_loss",
        sa.Column("batch_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("loss_no", SMALL, autoincrement=False, nullable=False),
        sa.Column("part_no", SMALL, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("reason", chars(24), nullable=False),
        sa.Column("cost_minor", WHOLE, nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("quantity > 0", name="ck_batch_loss_loses_something"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_batch_loss_batch_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_batch_loss_product_id"),
        sa.PrimaryKeyConstraint("batch_id", "loss_no", name="pk_batch_loss"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_batch_loss_product_id", "batch_loss", ["product_id"])
    op.create_table(
        "workshop_key",
        sa.Column("key", chars(64), nullable=False),
        sa.Column("fingerprint", chars(64), nullable=False),
        sa.Column("document", chars(24), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_workshop_key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
