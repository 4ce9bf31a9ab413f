"""The two views that accountants' tools read: their columns are kept for ever."""

from __future__ import annotations

from sqlalchemy import Connection

_VIEWS = (
    "CREATE VIEW sales_facts AS SELECT {receipt} AS receipt, s.kind AS kind, {at_utc} AS at_utc, s.till AS till,"
    " s.cashier AS cashier, s.currency AS currency, s.total_minor AS total_minor FROM sale s",
    "CREATE VIEW sale_line_facts AS SELECT {receipt} AS receipt, l.line_no AS line, g.code AS code,"
    " l.quantity AS quantity, s.currency AS currency, l.amount_minor AS amount_minor"
    " FROM sale_line l JOIN sold_goods g ON g.id = l.goods_id JOIN sale s ON s.id = l.sale_id",
)
_WORDS_OF = {
    "sqlite": {
        "receipt": "s.till || '-' || printf('%06d', s.number)",
        "at_utc": "strftime('%Y-%m-%dT%H:%M:%SZ', s.at / 1000000, 'unixepoch')",
    },
    "postgresql": {
        "receipt": "s.till || '-' || lpad(s.number::text, 6, '0')",
        "at_utc": "to_char(to_timestamp(s.at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
    },
}


def make_views(connection: Connection) -> None:
    """Make both, in the words of the engine."""
    for view in _VIEWS:
        connection.exec_driver_sql(view.format(**_WORDS_OF[connection.dialect.name]))
