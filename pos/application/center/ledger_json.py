"""Changes of a ledger as JSON for the center's store: every number exact, every instant with its zone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pos.domain.catalogue.product import Attributes
from pos.domain.center.ledger import (
    CameBack,
    Change,
    Departed,
    Entered,
    LedgerGoods,
    MovedAway,
    MovedHere,
    Reassessed,
    Sold,
)
from pos.domain.quota.measure import Goods, QuotaRates

_MEASURES = ("ml", "abv", "net_g", "gross_kg")
_COUNTS = ("sticks", "pieces", "variant")


def change_to_json(change: Change) -> tuple[str, str]:
    """The kind of a change and its content."""
    kind, content = _written(change)
    return kind, json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def change_from_json(kind: str, text: str) -> Change:
    """The change that was stored."""
    told: dict[str, Any] = json.loads(text)
    if kind in ("sold", "declared"):
        return Sold(
            told["sale"],
            told["regime"],
            tuple(goods_from_json(each) for each in told["lines"]),
            kind == "declared",
            _instant(told.get("left")),
        )
    if kind == "moved_here":
        at, left = datetime.fromisoformat(told["at"]), _instant(told.get("left"))
        return MovedHere(told["sale"], told["regime"], goods_from_json(told["line"]), told["shop"], at, left)
    if kind == "departed":
        return Departed(told["regime"], *(datetime.fromisoformat(told[name]) for name in ("first", "last", "at")))
    if kind == "entered":
        return Entered(tuple(date.fromisoformat(day) for day in told["days"]))
    simple = {"came_back": CameBack, "reassessed": Reassessed, "moved_away": MovedAway}
    change: Change = simple[kind](**told)
    return change


def _written(change: Change) -> tuple[str, Mapping[str, object]]:
    if isinstance(change, Sold):
        lines = [goods_to_json(each) for each in change.lines]
        content: dict[str, object] = {"sale": change.sale, "regime": change.regime, "lines": lines}
        if change.carried_out_at is not None:
            content["left"] = change.carried_out_at.isoformat()
        return "declared" if change.is_declared else "sold", content
    if isinstance(change, MovedHere):
        left = None if change.carried_out_at is None else change.carried_out_at.isoformat()
        line = goods_to_json(change.line)
        return "moved_here", {
            "sale": change.sale,
            "regime": change.regime,
            "line": line,
            "shop": change.shop,
            "at": change.at.isoformat(),
            "left": left,
        }
    if isinstance(change, Departed):
        instants = {name: getattr(change, name).isoformat() for name in ("first", "last", "at")}
        return "departed", {"regime": change.regime, **instants}
    if isinstance(change, Entered):
        return "entered", {"days": [str(day) for day in change.days]}
    if isinstance(change, CameBack):
        return "came_back", {"sale": change.sale, "line": change.line, "units": change.units}
    if isinstance(change, Reassessed):
        return "reassessed", {"sale": change.sale, "line": change.line, "taxed": change.taxed}
    return "moved_away", {"sale": change.sale, "line": change.line}


def goods_to_json(line: LedgerGoods) -> Mapping[str, object]:
    """One line with the rates by which it is valued."""
    goods, attributes = line.goods, line.goods.attributes
    measures = {name: str(value) for name in _MEASURES if (value := getattr(attributes, name)) is not None}
    counts = {name: value for name in _COUNTS if (value := getattr(attributes, name)) is not None}
    return {
        "line": line.line,
        "category": goods.category,
        "quantity": goods.quantity,
        "price": str(goods.unit_price),
        "currency": goods.currency,
        "discount": str(goods.discount),
        "taxed": goods.taxed_units,
        **measures,
        **counts,
        "rates": {
            "base": line.rates.base,
            "per_unit": {code: str(rate) for code, rate in sorted(line.rates.per_unit.items())},
        },
    }


def goods_from_json(told: Mapping[str, Any]) -> LedgerGoods:
    """The line that was stored."""
    attributes: dict[str, Any] = {name: Decimal(told[name]) for name in _MEASURES if name in told}
    attributes |= {name: told[name] for name in _COUNTS if name in told}
    rates = {code: Fraction(rate) for code, rate in told["rates"]["per_unit"].items()}
    goods = Goods(
        "",
        told["category"],
        told["quantity"],
        Fraction(told["price"]),
        told["currency"],
        Fraction(told["discount"]),
        Attributes(**attributes),
        told["taxed"],
    )
    return LedgerGoods(told["line"], goods, QuotaRates(told["rates"]["base"], rates))


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
