"""A basket put away as text and taken up again: canonical JSON of what cannot be read anew from the store.

Nobody's document number stands in it, and nobody's birth date: a visitor is his keyed hash, what may be shown of him,
and his age in full years, which is all that a rule asks of a birth date.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pos.application.sales.order import SaleOrder
from pos.domain.catalogue.piece import NO_PIECE, Piece
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.pricing.discount import Discount
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.visitors.declared import Declared
from pos.domain.visitors.visitor import Visitor

ProductOf = Callable[[int], Product | None]


@dataclass(frozen=True, slots=True)
class SavedBasket:
    """A basket taken up again: the key it keeps, the rows at the prices of then, whom they are for.

    `gone` are the names of goods that the catalogue no longer has or sells; `agreed` as in Order.
    """

    key: str
    cart: Cart
    visitors: tuple[Visitor, ...]
    destination: str | None
    gone: tuple[str, ...] = ()
    agreed: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class RowSummary:
    """A row of a basket put away, at the price of then."""

    code: str
    name: str
    names: Mapping[str, str]
    quantity: int
    price: str

    def name_in(self, language: str) -> str:
        """The name of the goods in a language, or as it came."""
        return self.names.get(language) or self.name


@dataclass(frozen=True, slots=True)
class BasketSummary:
    """What a list shows of a basket put away: masked visitors, rows, total."""

    key: str
    visitors: tuple[Visitor, ...]
    rows: tuple[RowSummary, ...]
    total: Money

    @property
    def pieces(self) -> int:
        """How many pieces there are in all rows."""
        return sum(row.quantity for row in self.rows)


# ── what may stand beside the product of a row: absent where the row has none of it ──────────────────────────────


def _discount_to(discount: Discount, _currency: Currency) -> dict[str, Any]:
    told = {"percent": _text(discount.percent), "amount": None if discount.amount is None else discount.amount.minor}
    return {name: value for name, value in told.items() if value is not None}


def _discount_from(found: Mapping[str, Any], currency: Currency) -> Discount:
    percent, amount = found.get("percent"), found.get("amount")
    return Discount(None if percent is None else Decimal(percent), None if amount is None else Money(amount, currency))


def _money_to(money: Money, _currency: Currency) -> int:
    return money.minor


def _money_from(minor: int, currency: Currency) -> Money:
    return Money(minor, currency)


def _same(value: Any, _currency: Currency) -> Any:
    return value


def _piece_to(piece: Piece, _currency: Currency) -> dict[str, Any]:
    told = {
        "serial": piece.serial,
        "lot": piece.lot,
        "expiry": None if piece.expiry is None else piece.expiry.isoformat(),
        "grams": piece.grams,
        "price": None if piece.price is None else piece.price.minor,
        "computed": piece.computed or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _piece_from(found: Mapping[str, Any], currency: Currency) -> Piece:
    expiry, price = found.get("expiry"), found.get("price")
    return Piece(
        serial=found.get("serial"),
        lot=found.get("lot"),
        expiry=None if expiry is None else date.fromisoformat(expiry),
        grams=found.get("grams"),
        price=None if price is None else Money(price, currency),
        computed=bool(found.get("computed")),
    )


_OF_A_ROW: Mapping[str, tuple[Callable[[Any, Currency], Any], Callable[[Any, Currency], Any]]] = {
    "carrier": (_same, _same),
    "discount": (_discount_to, _discount_from),
    "catalogue": (_money_to, _money_from),
    "note": (_same, _same),
    "piece": (_piece_to, _piece_from),
}
"""Optional fields of a Line by name: how each becomes JSON, and back. A further one is a further entry."""


# ── to text ──────────────────────────────────────────────────────────────────────────────────────────────────────


def basket_json(order: SaleOrder, today: date) -> str:
    """The basket of an order as text; `today` is the shop's day, on which the ages hold."""
    cart = order.cart
    whole: dict[str, Any] = {} if cart.basket is None else {"basket": _discount_to(cart.basket, cart.currency)}
    if order.agreed is not None:
        whole["agreed"] = sorted(order.agreed)
    return _dumps(
        whole
        | {
            "note": cart.note,
            "key": order.key,
            "currency": cart.currency.code,
            "day": today.isoformat(),
            "destination": order.destination,
            "last": cart.last,
            "next": cart.next_id,
            "total": cart.total.minor,
            "lines": [_line_to(line) for line in cart.lines],
            "visitors": [_visitor_to(visitor, today) for visitor in order.visitors],
        }
    )


def _line_to(line: CartLine) -> dict[str, Any]:
    product = line.product
    row: dict[str, Any] = {
        "id": line.id,
        "product": product.id,
        "code": product.code,
        "name": product.name,
        "names": dict(product.names),
        "price": line.unit_price.minor,
        "quantity": line.quantity,
    }
    for name, (to, _) in _OF_A_ROW.items():
        value = getattr(line, name)
        if value is not None and value not in ("", NO_PIECE):
            row[name] = to(value, line.unit_price.currency)
    return row


def _visitor_to(visitor: Visitor, today: date) -> dict[str, Any]:
    told: dict[str, Any] = {
        "label": visitor.label,
        "key": visitor.key,
        "kind": visitor.kind,
        "country": visitor.country,
        "nationality": visitor.nationality,
        "masked": visitor.masked,
        "name": visitor.name,
        "residence": visitor.residence,
        "age": visitor.age_on(today),
        "entries": [day.isoformat() for day in visitor.entries],
        "declared": [_declared_to(line) for line in visitor.declared],
    }
    if (oldest := visitor.oldest_on(today)) is not None:
        told["age_at_most"] = oldest
    if visitor.keys != (visitor.key,):
        told["keys"] = [visitor.paper_key, *visitor.perhaps]
    return told


def _declared_to(line: Declared) -> dict[str, Any]:
    of = line.attributes
    return {
        "at": line.at.isoformat(),
        "left": None if line.carried_out_at is None else line.carried_out_at.isoformat(),
        "name": line.name,
        "category": line.category,
        "quantity": line.quantity,
        "taxed": line.taxed,
        "currency": line.unit_price.currency.code,
        "price": line.unit_price.minor,
        "discount": line.discount.minor,
        "attributes": [
            _text(of.ml),
            _text(of.abv),
            _text(of.net_g),
            _text(of.gross_kg),
            of.sticks,
            of.pieces,
            of.variant,
        ],
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# ── and back ─────────────────────────────────────────────────────────────────────────────────────────────────────


def basket_from_json(text: str, product_of: ProductOf) -> SavedBasket:
    """The basket of a text with the products as they are on file now; ValueError where it is none of ours."""
    found = _loads(text)
    try:
        currency = CURRENCIES[found["currency"]]
        lines, gone = [], []
        for row in found["lines"]:
            product = product_of(row["product"])
            if product is None or product.missing:
                gone.append(str(row["name"]))
            else:
                lines.append(_line_from(row, product, currency))
        last = found["last"] if any(line.id == found["last"] for line in lines) else None
        whole = _discount_from(found["basket"], currency) if "basket" in found else None
        cart = Cart(currency, tuple(lines), last, found["next"], basket=whole, note=found.get("note", ""))
        day = date.fromisoformat(found["day"])
        visitors = tuple(_visitor_from(visitor, day) for visitor in found["visitors"])
        agreed = frozenset(found["agreed"]) if "agreed" in found else None
        return SavedBasket(found["key"], cart, visitors, found["destination"], tuple(gone), agreed)
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError("not a basket") from error


def summary_of(text: str) -> BasketSummary:
    """What a list shows of it; ValueError where it is none of ours."""
    found = _loads(text)
    try:
        day, currency = date.fromisoformat(found["day"]), CURRENCIES[found["currency"]]
        return BasketSummary(
            key=found["key"],
            visitors=tuple(_visitor_from(visitor, day) for visitor in found["visitors"]),
            rows=tuple(
                RowSummary(row["code"], row["name"], row["names"], row["quantity"], str(Money(row["price"], currency)))
                for row in found["lines"]
            ),
            total=Money(found["total"], currency),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not a basket") from error


def serials_in(text: str) -> set[tuple[int, str]]:
    """The single pieces in it: product and serial."""
    rows = _loads(text).get("lines", ())
    return {(row["product"], row["piece"]["serial"]) for row in rows if "serial" in row.get("piece", {})}


def _loads(text: str) -> Mapping[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("not a basket")
    return found


def _line_from(row: Mapping[str, Any], product: Product, currency: Currency) -> CartLine:
    optional = {name: of(row[name], currency) for name, (_, of) in _OF_A_ROW.items() if name in row}
    return CartLine(row["id"], product, Money(row["price"], currency), row["quantity"], **optional)


def _visitor_from(found: Mapping[str, Any], day: date) -> Visitor:
    return Visitor(
        label=found["label"],
        key=found["key"],
        kind=found["kind"],
        country=found["country"],
        nationality=found["nationality"],
        masked=found["masked"],
        name=found["name"],
        birth_date=None if found["age"] is None else _youngest(found["age"], day),
        residence=found["residence"],
        entries=tuple(date.fromisoformat(text) for text in found["entries"]),
        declared=tuple(_declared_from(line) for line in found["declared"]),
        born_from=None if "age_at_most" not in found else _youngest(found["age_at_most"], day),
        paper_key=found["keys"][0] if "keys" in found else "",
        perhaps=tuple(found["keys"][1:]) if "keys" in found else (),
    )


def _youngest(age: int, day: date) -> date:
    """A birth date with which somebody is `age` on `day`, as young as may be.

    A day before it too: the regime's clock may still show yesterday.
    """
    birthday = day - timedelta(days=1)
    if (birthday.month, birthday.day) == (2, 29):
        birthday = birthday.replace(day=28)
    return birthday.replace(year=birthday.year - age)


def _declared_from(found: Mapping[str, Any]) -> Declared:
    currency = CURRENCIES[found["currency"]]
    *measures, sticks, pieces, variant = found["attributes"]
    ml, abv, net_g, gross_kg = (None if text is None else Decimal(text) for text in measures)
    return Declared(
        at=datetime.fromisoformat(found["at"]),
        name=found["name"],
        category=found["category"],
        quantity=found["quantity"],
        unit_price=Money(found["price"], currency),
        discount=Money(found["discount"], currency),
        attributes=Attributes(ml, abv, net_g, gross_kg, sticks, pieces, variant),
        carried_out_at=None if found["left"] is None else datetime.fromisoformat(found["left"]),
        taxed=found["taxed"],
    )
