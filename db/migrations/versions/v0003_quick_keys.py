"""Quick keys in pages and folders; a demo keeps the five that it had"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.baseline.columns import SMALL, TEXT, WHOLE, chars

revision = "v0003"
down_revision = "v0002"
branch_labels = None
depends_on = None

_OF_THE_DEMO = ("4870204320060", "4870204320206", "4870204320374", "3346204308755", "6901204300016")
_PAGE = "INSERT INTO quick_page (id, position, title, roles) VALUES (1, 0, 'Favourites', '')"
_KEY = (
    "INSERT INTO quick_key (page_id, place, inside, product_id, title, colour)"
    " SELECT 1, :place, 0, id, '', '' FROM product WHERE code = :code"
)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "quick_page",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("position", SMALL, nullable=False),
        sa.Column("title", chars(40), nullable=False),
        sa.Column("roles", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quick_page"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "quick_key",
        sa.Column("page_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("place", SMALL, autoincrement=False, nullable=False),
        sa.Column("inside", SMALL, autoincrement=False, nullable=False),
        sa.Column("product_id", WHOLE, nullable=True),
        sa.Column("title", chars(40), nullable=False),
        sa.Column("colour", chars(12), nullable=False),
        sa.CheckConstraint("inside = 0 OR product_id IS NOT NULL", name="ck_quick_key_no_folder_in_a_folder"),
        sa.ForeignKeyConstraint(["page_id"], ["quick_page.id"], name="fk_quick_key_page_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_quick_key_product_id"),
        sa.PrimaryKeyConstraint("page_id", "place", "inside", name="pk_quick_key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_quick_key_product_id", "quick_key", ["product_id"])
    _keep_the_keys_of_a_demo()


def _keep_the_keys_of_a_demo() -> None:
    """In v0002 the five products of a demo were named in the program; here they become its first page."""
    connection = op.get_bind()
    is_demo = connection.execute(sa.text("SELECT text FROM setting WHERE name = '_demo'")).scalar()
    known = connection.execute(
        sa.text("SELECT count(*) FROM product WHERE code IN :codes").bindparams(
            sa.bindparam("codes", _OF_THE_DEMO, expanding=True)
        )
    ).scalar_one()
    if is_demo != "yes" or not known:
        return
    connection.execute(sa.text(_PAGE))
    for place, code in enumerate(_OF_THE_DEMO):
        connection.execute(sa.text(_KEY), {"place": place, "code": code})
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval(pg_get_serial_sequence('quick_page', 'id'), 1)"))
