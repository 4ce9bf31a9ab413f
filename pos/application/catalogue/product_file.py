"""A product as a JSON object of fields; an absent field stays as it is, null clears it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pos.domain.catalogue.product import LANGUAGES
from pos.domain.catalogue.product_card import ATTRIBUTES, MOST_CODES, UNIT, PackCode, ProductCard
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money

_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_EXACT = frozenset({"ml", "abv", "net_g", "gross_kg"})
_FIELDS = frozenset(
    {"name", "names", "category", "price", *ATTRIBUTES, "vat", "supplier", "reorder_point", "shelf"}
    | {"by_weight", "asks_lot", "codes"}
)
_PACK_FIELDS = frozenset({"code", "kind", "pieces", "supplier"})


def read_fields(text: str) -> Mapping[str, Any]:
    """Parse the object. Raises BadField for anything else, and for unknown fields."""
    try:
        fields = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise BadField("FILE", "not_json") from None
    if not isinstance(fields, dict):
        raise BadField("FILE", "not_an_object")
    _check_known(fields, _FIELDS, "")
    return fields


def card_with(card: ProductCard, fields: Mapping[str, Any], currency: Currency) -> ProductCard:
    """The card with the fields of the file. Raises BadField naming the field."""
    changes: dict[str, Any] = {}
    for name in ("name", "category", "supplier", "shelf"):
        if name in fields:
            changes[name] = _text(fields[name], name)
    for name in ("name", "shelf"):
        if changes.get(name, "") is None:
            changes[name] = ""
    if "names" in fields:
        changes["names"] = _names(card, fields["names"])
    if "price" in fields:
        changes["price"] = None if fields["price"] is None else Money.parse(_figure(fields["price"]), currency, "price")
    given: dict[str, Any] = {name: _attribute(name, fields[name]) for name in ATTRIBUTES if name in fields}
    if given:
        changes["attributes"] = replace(card.attributes, **given)
    if "vat" in fields:
        changes["vat"] = _exact(fields["vat"], "vat")
    if "reorder_point" in fields:
        changes["reorder_point"] = _whole(fields["reorder_point"], "reorder_point")
    for name in ("by_weight", "asks_lot"):
        if name in fields:
            if not isinstance(fields[name], bool):
                raise BadField(name, "not_true_or_false", str(fields[name])[:40])
            changes[name] = fields[name]
    if "codes" in fields:
        changes["codes"] = _codes(fields["codes"])
    return replace(card, **changes)


def _names(card: ProductCard, value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise BadField("names", "not_an_object")
    _check_known(value, frozenset(LANGUAGES), "names.")
    names = {language: _text(name, f"names.{language}") for language, name in value.items()}
    return {language: name for language, name in {**card.names, **names}.items() if name}


def _codes(value: Any) -> tuple[PackCode, ...]:
    if not isinstance(value, list):
        raise BadField("codes", "not_a_list")
    if len(value) > MOST_CODES:
        raise BadField("codes", "too_large", str(len(value)))
    return tuple(_pack(one, f"codes[{index}]") for index, one in enumerate(value))


def _pack(value: Any, field: str) -> PackCode:
    if isinstance(value, str):
        return PackCode(value)
    if not isinstance(value, dict):
        raise BadField(field, "not_an_object")
    _check_known(value, _PACK_FIELDS, f"{field}.")
    code = _text(value.get("code"), f"{field}.code")
    if code is None:
        raise BadField(f"{field}.code", "missing")
    kind = _text(value.get("kind", UNIT), f"{field}.kind") or UNIT
    pieces = _whole(value.get("pieces", 1), f"{field}.pieces")
    return PackCode(code, kind, 1 if pieces is None else pieces, _text(value.get("supplier"), f"{field}.supplier"))


def _check_known(fields: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for name in fields:
        if name not in known:
            raise BadField(f"{where}{name[:40]}", "unknown_field")


def _text(value: Any, field: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadField(field, "not_text", str(value)[:40])
    if any(0xD800 <= ord(char) <= 0xDFFF for char in value):
        raise BadField(field, "not_a_text")
    return value.strip() or None


def _figure(value: Any) -> object:
    """Money is quoted in all our files; a whole number is unambiguous."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _attribute(name: str, value: Any) -> Decimal | int | str | None:
    if name == "variant":
        return _text(value, name)
    return _exact(value, name) if name in _EXACT else _whole(value, name)


def _exact(value: Any, field: str) -> Decimal | None:
    if value is None:
        return None
    text = str(value) if isinstance(value, int | Decimal | str) and not isinstance(value, bool) else ""
    if not _DECIMAL.fullmatch(text):
        raise BadField(field, "not_a_number", str(value)[:40])
    return Decimal(text)


def _whole(value: Any, field: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadField(field, "not_a_whole_number", str(value)[:40])
    return value
