"""Options, rates and request keys: the small tables of the shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from db.engine.compiled_statement import CompiledStatement, compiled_insert
from db.engine.dialect import insert_or_set
from db.tables.catalogue import label_print
from db.tables.sales import request_key
from db.tables.shop import rate, setting
from pos.domain.money import CURRENCIES, currency
from pos.domain.pricing.rates import Rate, RecordedRate

_SETTINGS = CompiledStatement(select(setting.c.name, setting.c.text))

_NEWEST = (
    select(
        rate,
        func.row_number()
        .over(partition_by=rate.c.currency, order_by=(rate.c.since.desc(), rate.c.entry.desc()))
        .label("place"),
    )
    .where(rate.c.since <= bindparam("instant"))
    .subquery()
)
_RATES_AT = select(_NEWEST).where(_NEWEST.c.place == 1)
_RECORDED = select(rate).where(rate.c.since >= bindparam("first")).order_by(rate.c.since, rate.c.entry)
_LAST_ENTRY = select(func.coalesce(func.max(rate.c.entry), 0)).where(
    rate.c.currency == bindparam("currency"), rate.c.since == bindparam("since")
)

_DOUBT_LABELS = label_print.update().values(doubtful=True)
_FINGERPRINT = select(request_key.c.fingerprint).where(request_key.c.key == bindparam("key"))


class SqlSettings:
    """Options over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Mapping[str, str]:
        return dict(_SETTINGS.tuples(self._connection, {}))

    def set(self, name: str, text: str) -> None:
        values = {"name": name, "text": text}
        self._connection.execute(insert_or_set(self._connection, setting, ["name"], values))
        if name == "label_languages":  # as the triggers of a name do: every label on the shelf is checked again
            self._connection.execute(_DOUBT_LABELS)


class SqlRates:
    """Rates over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def at(self, instant: datetime) -> Mapping[str, Rate]:
        rows = self._connection.execute(_RATES_AT, {"instant": instant})
        rates = [Rate(currency(row.currency), row.buy, row.sell, row.customs, row.since) for row in rows]
        order = list(CURRENCIES)
        return {r.currency.code: r for r in sorted(rates, key=lambda r: order.index(r.currency.code))}

    def recorded(self, first: datetime) -> Sequence[RecordedRate]:
        held = self.at(first)
        oldest = min((one.since for one in held.values()), default=first)
        rows = self._connection.execute(_RECORDED, {"first": min(oldest, first)})
        rates = (
            RecordedRate(Rate(currency(row.currency), row.buy, row.sell, row.customs, row.since), row.person)
            for row in rows
        )
        return [one for one in rates if one.rate.since >= _begun(held, one.rate, first)]

    def set(self, rate_: Rate, person: str) -> None:
        key = {"currency": rate_.currency.code, "since": rate_.since}
        entry = self._connection.execute(_LAST_ENTRY, key).scalar_one() + 1
        values = {"buy": rate_.buy, "sell": rate_.sell, "customs": rate_.customs, "person": person, "entry": entry}
        self._connection.execute(insert(rate), {**key, **values})


def _begun(held: Mapping[str, Rate], one: Rate, first: datetime) -> datetime:
    before = held.get(one.currency.code)
    return first if before is None else before.since


class SqlRequestKeys:
    """Request keys over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, key: str, fingerprint: str, at: datetime) -> bool:
        """On a server a second till waits here until the first has committed."""
        values = {"key": key, "fingerprint": fingerprint, "at": at}
        return compiled_insert(self._connection, request_key).run(self._connection, values) == 1

    def fingerprint_of(self, key: str) -> str:
        return str(self._connection.execute(_FINGERPRINT, {"key": key}).scalar_one())
