"""A product as a file tells it: a JSON object of fields; what is not in it stays as it is, null takes a field away."""

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
    """The object of a file. Raises BadField for anything else, and for a field that products do not have."""
    try:
        found = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise BadField("FILE", "not_json") from None
    if not isinstance(found, dict):
        raise BadField("FILE", "not_an_object")
    _check_known(found, _FIELDS, "")
    return found


def card_with(card: ProductCard, found: Mapping[str, Any], currency: Currency) -> ProductCard:
    """The card with what a file says. Raises BadField naming the field."""
    changes: dict[str, Any] = {}
    for name in ("name", "category", "supplier", "shelf"):
        if name in found:
            changes[name] = _text(found[name], name)
    for name in ("name", "shelf"):
        if changes.get(name, "") is None:
            changes[name] = ""
    if "names" in found:
        changes["names"] = _names(card, found["names"])
    if "price" in found:
        changes["price"] = None if found["price"] is None else Money.parse(_figure(found["price"]), currency, "price")
    told: dict[str, Any] = {name: _attribute(name, found[name]) for name in ATTRIBUTES if name in found}
    if told:
        changes["attributes"] = replace(card.attributes, **told)
    if "vat" in found:
        changes["vat"] = _exact(found["vat"], "vat")
    if "reorder_point" in found:
        changes["reorder_point"] = _whole(found["reorder_point"], "reorder_point")
    for name in ("by_weight", "asks_lot"):
        if name in found:
            if not isinstance(found[name], bool):
                raise BadField(name, "not_true_or_false", str(found[name])[:40])
            changes[name] = found[name]
    if "codes" in found:
        changes["codes"] = _codes(found["codes"])
    return replace(card, **changes)


def _names(card: ProductCard, found: Any) -> Mapping[str, str]:
    if not isinstance(found, dict):
        raise BadField("names", "not_an_object")
    _check_known(found, frozenset(LANGUAGES), "names.")
    told = {language: _text(name, f"names.{language}") for language, name in found.items()}
    return {language: name for language, name in {**card.names, **told}.items() if name}


def _codes(found: Any) -> tuple[PackCode, ...]:
    if not isinstance(found, list):
        raise BadField("codes", "not_a_list")
    if len(found) > MOST_CODES:
        raise BadField("codes", "too_large", str(len(found)))
    return tuple(_pack(one, f"codes[{place}]") for place, one in enumerate(found))


def _pack(found: Any, field: str) -> PackCode:
    if isinstance(found, str):
        return PackCode(found)
    if not isinstance(found, dict):
        raise BadField(field, "not_an_object")
    _check_known(found, _PACK_FIELDS, f"{field}.")
    code = _text(found.get("code"), f"{field}.code")
    if code is None:
        raise BadField(f"{field}.code", "missing")
    kind = _text(found.get("kind", UNIT), f"{field}.kind") or UNIT
    pieces = _whole(found.get("pieces", 1), f"{field}.pieces")
    return PackCode(code, kind, 1 if pieces is None else pieces, _text(found.get("supplier"), f"{field}.supplier"))


def _check_known(found: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for name in found:
        if name not in known:
            raise BadField(f"{where}{name[:40]}", "unknown_field")


def _text(found: Any, field: str) -> str | None:
    if found is None:
        return None
    if not isinstance(found, str):
        raise BadField(field, "not_text", str(found)[:40])
    if any(0xD800 <= ord(sign) <= 0xDFFF for sign in found):
        raise BadField(field, "not_a_text")
    return found.strip() or None


def _figure(found: Any) -> object:
    """Money stands in quotes in every file of ours; a whole number cannot be misread."""
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else found


def _attribute(name: str, found: Any) -> Decimal | int | str | None:
    if name == "variant":
        return _text(found, name)
    return _exact(found, name) if name in _EXACT else _whole(found, name)


def _exact(found: Any, field: str) -> Decimal | None:
    if found is None:
        return None
    text = str(found) if isinstance(found, int | Decimal | str) and not isinstance(found, bool) else ""
    if not _DECIMAL.fullmatch(text):
        raise BadField(field, "not_a_number", str(found)[:40])
    return Decimal(text)


def _whole(found: Any, field: str) -> int | None:
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int):
        raise BadField(field, "not_a_whole_number", str(found)[:40])
    return found
