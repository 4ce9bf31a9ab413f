"""Labels on the shelf that a changed product may have made outdated: the label queue checks them again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, update

from db.tables.catalogue import label_print

_DOUBT = update(label_print).where(label_print.c.product_id.in_(bindparam("ids", expanding=True))).values(doubtful=True)


def doubt_labels(connection: Connection, ids: Sequence[int]) -> None:
    """Mark the labels of products with a changed field that is on the label."""
    if ids:
        connection.execute(_DOUBT, {"ids": list(ids)})
