"""A product as a JSON object of fields; an absent field stays as it is, null clears it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pos.application.text.json_fields import read_whole
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.catalogue.product_card import MOST_CODES, UNIT, PackCode, ProductCard
from pos.domain.catalogue.product_fields import CODED, FIELDS, NAMES, Kind, ProductField
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money

_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_PLAIN = tuple(field for field in FIELDS if field.name not in NAMES[1:] and field.kind is not Kind.PRICE)
_FIELDS = frozenset({*(field.name for field in _PLAIN), "names", "price", "codes"})
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
    changes: dict[str, Any] = {one.name: _value(fields[one.name], one) for one in _PLAIN if one.name in fields}
    if "names" in fields:
        changes["names"] = _names(card, fields["names"])
    if "price" in fields:
        changes["price"] = None if fields["price"] is None else Money.parse(_figure(fields["price"]), currency, "price")
    if "codes" in fields:
        changes["codes"] = _codes(fields["codes"])
    return card.having(changes)


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


def _value(value: Any, field: ProductField) -> Decimal | int | str | bool | None:
    if field.kind is Kind.YES_NO:
        return _said(value, field.name)
    if field.kind in (Kind.MEASURE, Kind.VAT):
        return _exact(value, field.name)
    if field.kind in CODED:
        return field.coded(_text(value, field.name) or "") or None
    return _whole(value, field.name) if field.kind is Kind.COUNT else _text(value, field.name)


def _said(value: Any, field: str) -> bool:
    if not isinstance(value, bool):
        raise BadField(field, "not_true_or_false", str(value)[:40])
    return value


def _exact(value: Any, field: str) -> Decimal | None:
    if value is None:
        return None
    text = str(value) if isinstance(value, int | Decimal | str) and not isinstance(value, bool) else ""
    if not _DECIMAL.fullmatch(text):
        raise BadField(field, "not_a_number", str(value)[:40])
    return Decimal(text)


def _whole(value: Any, field: str) -> int | None:
    return None if value is None else read_whole(value, field)
