"""History: receipts by amount and cashier, the journal by time and act"""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward: what is found in a moment among a million rows has its index."""
    op.create_index("ix_sale_total_minor", "sale", ["total_minor"])
    op.create_index("ix_sale_cashier", "sale", ["cashier"])
    op.create_index("ix_sale_payment_amount_minor", "sale_payment", ["amount_minor"])
    op.create_index("ix_journal_at", "journal", ["at"])
    op.create_index("ix_journal_act_at", "journal", ["act", "at"])
