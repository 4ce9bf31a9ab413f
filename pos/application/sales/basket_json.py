"""Serialise a basket to canonical JSON and restore it; the JSON holds what the store cannot supply again.

The JSON contains no document number and no birth date. A visitor is a keyed hash, the masked data that may be shown and
an age in full years, which is all that a rule needs of a birth date.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pos.application.pickup.holding import orders_in
from pos.application.returns.return_order import Back, Exchange, ReturnLine
from pos.application.sales.order import SaleOrder
from pos.domain.catalogue.piece import NO_PIECE, Piece
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.pickup.agreed_price import OfOrder
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pricing.discount import Discount
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.goods_for_sale import missing_for_sale
from pos.domain.sales.parcel import Parcel, Recipient
from pos.domain.visitors.declared_purchases import Declared
from pos.domain.visitors.visitor import Visitor

_TO = "to"
"""The recipient of a parcel: personal data, and only for a time; see `without_recipient`."""

ProductOf = Callable[[int], Product | None]


@dataclass(frozen=True, slots=True)
class SavedBasket:
    """A restored basket: the key it keeps, the rows at the prices of that time, and the visitors.

    `gone` lists the names of goods that are no longer in the catalogue or on sale; `agreed` and `exchange` are
    as in SaleOrder.
    """

    key: str
    cart: Cart
    visitors: tuple[Visitor, ...]
    destination: str | None
    gone: tuple[str, ...] = ()
    agreed: frozenset[str] | None = None
    exchange: Exchange | None = None
    total: Money | None = None
    """What it came to when it was saved."""
    parcel: Parcel | None = None
    recipient: Recipient | None = None
    """To whom the parcel goes; None once that is erased."""
    pickups: tuple[CustomerOrder, ...] = ()
    """The customer orders that it picks up, as they are now; their codes stand in its rows."""


@dataclass(frozen=True, slots=True)
class RowSummary:
    """A row of a saved basket, at the price of that time."""

    code: str
    name: str
    names: Mapping[str, str]
    quantity: int
    price: str

    def name_in(self, language: str) -> str:
        """The name of the goods in a language; without a translation, the name as supplied."""
        return self.names.get(language) or self.name


@dataclass(frozen=True, slots=True)
class BasketSummary:
    """What a list shows of a saved basket: masked visitors, rows, their total, the number of returned pieces, and the
    codes of the customer orders whose goods it has.
    """

    key: str
    visitors: tuple[Visitor, ...]
    rows: tuple[RowSummary, ...]
    total: Money
    back: int = 0
    parcel: Parcel | None = None
    orders: tuple[str, ...] = ()

    @property
    def pieces(self) -> int:
        return sum(row.quantity for row in self.rows)


# ── optional fields of a row: absent if the row has none ─────────────────────────────────────────────────────────


def _discount_to(discount: Discount, _currency: Currency) -> dict[str, Any]:
    discount_json = {
        "percent": _text(discount.percent),
        "amount": None if discount.amount is None else discount.amount.minor,
    }
    return {name: value for name, value in discount_json.items() if value is not None}


def _discount_from(discount_json: Mapping[str, Any], currency: Currency) -> Discount:
    percent, amount = discount_json.get("percent"), discount_json.get("amount")
    return Discount(None if percent is None else Decimal(percent), None if amount is None else Money(amount, currency))


def _money_to(money: Money, _currency: Currency) -> int:
    return money.minor


def _money_from(minor: int, currency: Currency) -> Money:
    return Money(minor, currency)


def _same(value: Any, _currency: Currency) -> Any:
    return value


def _piece_to(piece: Piece, _currency: Currency) -> dict[str, Any]:
    piece_json = {
        "serial": piece.serial,
        "lot": piece.lot,
        "expiry": None if piece.expiry is None else piece.expiry.isoformat(),
        "grams": piece.grams,
        "price": None if piece.price is None else piece.price.minor,
        "computed": piece.computed or None,
    }
    return {name: value for name, value in piece_json.items() if value is not None}


def _piece_from(piece_json: Mapping[str, Any], currency: Currency) -> Piece:
    expiry, price = piece_json.get("expiry"), piece_json.get("price")
    return Piece(
        serial=piece_json.get("serial"),
        lot=piece_json.get("lot"),
        expiry=None if expiry is None else date.fromisoformat(expiry),
        grams=piece_json.get("grams"),
        price=None if price is None else Money(price, currency),
        computed=bool(piece_json.get("computed")),
    )


def _agreed_to(agreed: OfOrder, _currency: Currency) -> list[Any]:
    return [agreed.order, agreed.line, agreed.price.minor]


def _agreed_from(agreed: list[Any], currency: Currency) -> OfOrder:
    order, line, minor = agreed
    return OfOrder(order, line, Money(minor, currency))


_OF_A_ROW: Mapping[str, tuple[Callable[[Any, Currency], Any], Callable[[Any, Currency], Any]]] = {
    "carrier": (_same, _same),
    "discount": (_discount_to, _discount_from),
    "catalogue": (_money_to, _money_from),
    "note": (_same, _same),
    "piece": (_piece_to, _piece_from),
    "agreed": (_agreed_to, _agreed_from),
}
"""Optional fields of a CartLine by name: how each becomes JSON, and back. A new field needs one new entry."""


# ── to text ──────────────────────────────────────────────────────────────────────────────────────────────────────


def basket_json(order: SaleOrder, today: date) -> str:
    """Serialise the basket of an order. `today` is the shop's day, for which the ages are valid."""
    cart = order.cart
    whole: dict[str, Any] = {} if cart.basket is None else {"basket": _discount_to(cart.basket, cart.currency)}
    if order.agreed is not None:
        whole["agreed"] = sorted(order.agreed)
    if order.exchange is not None:
        whole["exchange"] = _exchange_to(order.exchange)
    if order.parcel is not None:
        whole["parcel"] = _parcel_to(order.parcel, order.recipient)
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


def _parcel_to(parcel: Parcel, recipient: Recipient | None) -> dict[str, Any]:
    sent: dict[str, Any] = {"delivery_service": parcel.delivery_service, "grams": parcel.grams}
    return sent if recipient is None else sent | {_TO: [recipient.name, recipient.address]}


def _exchange_to(exchange: Exchange) -> dict[str, Any]:
    return {
        "method": exchange.method,
        "currency": None if exchange.currency is None else exchange.currency.code,
        "back": [
            {
                "receipt": one.receipt,
                "reason": one.reason,
                "lines": [[line.line, line.quantity, line.to] for line in one.lines],
            }
            for one in exchange.back
        ],
    }


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
    visitor_json: dict[str, Any] = {
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
        visitor_json["age_at_most"] = oldest
    if visitor.keys != (visitor.key,):
        visitor_json["keys"] = [visitor.document_key, *visitor.perhaps]
    if visitor.identities:
        visitor_json["identities"] = list(visitor.identities)
    return visitor_json


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
    """Restore a basket with the current products of the catalogue. Raises ValueError for any other text."""
    basket = _loads(text)
    try:
        currency = CURRENCIES[basket["currency"]]
        lines, gone = [], []
        for row in basket["lines"]:
            product = product_of(row["product"])
            is_open = row.get("catalogue") == 0 or "agreed" in row
            if product is None or missing_for_sale(product, is_open=is_open):
                gone.append(str(row["name"]))
            else:
                lines.append(_line_from(row, product, currency))
        last = basket["last"] if any(line.id == basket["last"] for line in lines) else None
        whole = _discount_from(basket["basket"], currency) if "basket" in basket else None
        cart = Cart(currency, tuple(lines), last, basket["next"], basket=whole, note=basket.get("note", ""))
        day = date.fromisoformat(basket["day"])
        visitors = tuple(_visitor_from(visitor, day) for visitor in basket["visitors"])
        agreed = frozenset(basket["agreed"]) if "agreed" in basket else None
        exchange = _exchange_from(basket["exchange"]) if "exchange" in basket else None
        total = Money(basket["total"], currency)
        parcel, recipient = _parcel_from(basket.get("parcel")), _recipient_from(basket.get("parcel"))
        return SavedBasket(
            basket["key"],
            cart,
            visitors,
            basket["destination"],
            tuple(gone),
            agreed,
            exchange,
            total,
            parcel,
            recipient,
        )
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError("not a basket") from error


def summary_of(text: str) -> BasketSummary:
    """What a list shows of a saved basket. Raises ValueError for any other text."""
    basket = _loads(text)
    try:
        day, currency = date.fromisoformat(basket["day"]), CURRENCIES[basket["currency"]]
        return BasketSummary(
            key=basket["key"],
            visitors=tuple(_visitor_from(visitor, day) for visitor in basket["visitors"]),
            rows=tuple(
                RowSummary(row["code"], row["name"], row["names"], row["quantity"], str(Money(row["price"], currency)))
                for row in basket["lines"]
            ),
            total=Money(basket["total"], currency),
            back=sum(line[1] for one in basket.get("exchange", {}).get("back", ()) for line in one["lines"]),
            parcel=_parcel_from(basket.get("parcel")),
            orders=orders_in(basket["lines"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not a basket") from error


def without_recipient(text: str) -> str:
    """The same basket without the recipient and the address of its parcel, once their days are over."""
    basket = dict(_loads(text))
    parcel = basket.get("parcel")
    if not isinstance(parcel, dict) or _TO not in parcel:
        return text
    return _dumps(basket | {"parcel": {name: value for name, value in parcel.items() if name != _TO}})


def serials_in(text: str) -> set[tuple[int, str]]:
    """The serialised items in the basket: product and serial number."""
    rows = _loads(text).get("lines", ())
    return {(row["product"], row["piece"]["serial"]) for row in rows if "serial" in row.get("piece", {})}


def _loads(text: str) -> Mapping[str, Any]:
    basket = json.loads(text)
    if not isinstance(basket, dict):
        raise ValueError("not a basket")
    return basket


def _line_from(row: Mapping[str, Any], product: Product, currency: Currency) -> CartLine:
    optional = {name: of(row[name], currency) for name, (_, of) in _OF_A_ROW.items() if name in row}
    return CartLine(row["id"], product, Money(row["price"], currency), row["quantity"], **optional)


def _parcel_from(sent: Mapping[str, Any] | None) -> Parcel | None:
    return None if sent is None else Parcel(sent["delivery_service"], int(sent["grams"]))


def _recipient_from(sent: Mapping[str, Any] | None) -> Recipient | None:
    return None if sent is None or _TO not in sent else Recipient(*sent[_TO])


def _exchange_from(exchange: Mapping[str, Any]) -> Exchange:
    back = tuple(
        Back(one["receipt"], tuple(ReturnLine(*line) for line in one["lines"]), one["reason"])
        for one in exchange["back"]
    )
    code = exchange["currency"]
    return Exchange(back, exchange["method"], None if code is None else CURRENCIES[code])


def _visitor_from(visitor: Mapping[str, Any], day: date) -> Visitor:
    return Visitor(
        label=visitor["label"],
        key=visitor["key"],
        kind=visitor["kind"],
        country=visitor["country"],
        nationality=visitor["nationality"],
        masked=visitor["masked"],
        name=visitor["name"],
        birth_date=None if visitor["age"] is None else _youngest(visitor["age"], day),
        is_born_about=visitor["age"] is not None,
        residence=visitor["residence"],
        entries=tuple(date.fromisoformat(text) for text in visitor["entries"]),
        declared=tuple(_declared_from(line) for line in visitor["declared"]),
        born_from=None if "age_at_most" not in visitor else _youngest(visitor["age_at_most"], day),
        document_key=visitor["keys"][0] if "keys" in visitor else "",
        perhaps=tuple(visitor["keys"][1:]) if "keys" in visitor else (),
        identities=tuple(visitor.get("identities", ())),
    )


def _youngest(age: int, day: date) -> date:
    """The latest birth date of a person who is `age` on `day`.

    The day before counts too: the regime's clock may still show yesterday.
    """
    birthday = day - timedelta(days=1)
    if (birthday.month, birthday.day) == (2, 29):
        birthday = birthday.replace(day=28)
    return birthday.replace(year=birthday.year - age)


def _declared_from(declared: Mapping[str, Any]) -> Declared:
    currency = CURRENCIES[declared["currency"]]
    *measures, sticks, pieces, variant = declared["attributes"]
    ml, abv, net_g, gross_kg = (None if text is None else Decimal(text) for text in measures)
    return Declared(
        at=datetime.fromisoformat(declared["at"]),
        name=declared["name"],
        category=declared["category"],
        quantity=declared["quantity"],
        unit_price=Money(declared["price"], currency),
        discount=Money(declared["discount"], currency),
        attributes=Attributes(ml, abv, net_g, gross_kg, sticks, pieces, variant),
        carried_out_at=None if declared["left"] is None else datetime.fromisoformat(declared["left"]),
        taxed=declared["taxed"],
    )
