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
    kept: dict[str, Any] = json.loads(text)
    if kind in ("sold", "declared"):
        return Sold(
            kept["sale"],
            kept["regime"],
            tuple(goods_from_json(each) for each in kept["lines"]),
            kind == "declared",
            _instant(kept.get("left")),
        )
    if kind == "moved_here":
        at, left = datetime.fromisoformat(kept["at"]), _instant(kept.get("left"))
        return MovedHere(kept["sale"], kept["regime"], goods_from_json(kept["line"]), kept["shop"], at, left)
    if kind == "departed":
        return Departed(kept["regime"], *(datetime.fromisoformat(kept[name]) for name in ("first", "last", "at")))
    if kind == "entered":
        return Entered(tuple(date.fromisoformat(day) for day in kept["days"]), kept.get("taken_back", False))
    simple = {"came_back": CameBack, "reassessed": Reassessed, "moved_away": MovedAway}
    change: Change = simple[kind](**kept)
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
        days: dict[str, object] = {"days": [str(day) for day in change.days]}
        return "entered", days | ({"taken_back": True} if change.taken_back else {})
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


def goods_from_json(kept: Mapping[str, Any]) -> LedgerGoods:
    """The line that was stored."""
    attributes: dict[str, Any] = {name: Decimal(kept[name]) for name in _MEASURES if name in kept}
    attributes |= {name: kept[name] for name in _COUNTS if name in kept}
    rates = {code: Fraction(rate) for code, rate in kept["rates"]["per_unit"].items()}
    goods = Goods(
        "",
        kept["category"],
        kept["quantity"],
        Fraction(kept["price"]),
        kept["currency"],
        Fraction(kept["discount"]),
        Attributes(**attributes),
        kept["taxed"],
    )
    return LedgerGoods(kept["line"], goods, QuotaRates(kept["rates"]["base"], rates))


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
