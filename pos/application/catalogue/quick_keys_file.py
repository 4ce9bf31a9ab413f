"""Quick keys as a JSON file: pages, folders and keys by the codes of their goods, so that another shop can read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pos.application.text.json_fields import quoted, read_list, read_object
from pos.application.text.json_object import parse_json
from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.quick_keys import COLOURS, MOST_KEYS, MOST_PAGES, QuickKey, QuickKeys, QuickPage, check_title
from pos.domain.errors import BadField
from pos.domain.staff.rights import ROLES

KnownCodes = Callable[[Iterable[str]], Mapping[str, int]]
"""The codes that the catalogue has among those given, with the numbers of their products."""

_PAGE_FIELDS = ("title", "roles", "keys")
_KEY_FIELDS = ("code", "title", "colour")
_FOLDER_FIELDS = ("folder", "colour", "keys")


def quick_keys_json(keys: QuickKeys, products: Mapping[int, Product]) -> str:
    """The text of the file."""
    pages = []
    for page in keys.pages:
        roles = {"roles": list(page.roles)} if page.roles else {}
        pages.append({"title": page.title, **roles, "keys": [_written(key, products) for key in page.keys]})
    return json.dumps({"pages": pages}, ensure_ascii=False, indent=2) + "\n"


def _written(key: QuickKey, products: Mapping[int, Product]) -> dict[str, Any]:
    colour = {"colour": key.colour} if key.colour else {}
    if key.product is None:
        return {"folder": key.title, **colour, "keys": [_written(one, products) for one in key.keys]}
    title = {"title": key.title} if key.title else {}
    return {"code": products[key.product].code, **title, **colour}


def read_quick_keys(text: str, codes_known: KnownCodes) -> QuickKeys:
    """The quick keys of a file, as pages that were never saved. Raises BadField (`pages[0].keys[2].code`)."""
    content = read_object(parse_json(text), "FILE", ("pages",))
    if "pages" not in content:
        raise BadField("pages", "missing")
    pages = read_list(content, "pages", "", MOST_PAGES)
    codes: dict[str, str] = {}
    raw = [_page(value, f"pages[{index}]", codes) for index, value in enumerate(pages)]
    known = codes_known(set(codes.values()))
    for field, code in codes.items():
        if code not in known:
            raise BadField(field, "unknown", code)
    keys = QuickKeys(
        tuple(
            QuickPage(-1 - index, title, roles, tuple(key.with_products(known) for key in keys))
            for index, (title, roles, keys) in enumerate(raw)
        )
    )
    keys.check(ROLES)
    return keys


class _Key:
    """A key whose code is not looked up yet."""

    def __init__(self, key: QuickKey, code: str = "", keys: Sequence[_Key] = ()) -> None:
        self._key, self._code, self._keys = key, code, keys

    def with_products(self, known: Mapping[str, int]) -> QuickKey:
        product = known[self._code] if self._code else None
        return QuickKey(
            product, self._key.title, self._key.colour, tuple(one.with_products(known) for one in self._keys)
        )


def _page(value: object, field: str, codes: dict[str, str]) -> tuple[str, tuple[str, ...], list[_Key]]:
    page = read_object(value, field, _PAGE_FIELDS)
    title = _title(page.get("title"), f"{field}.title", is_needed=True)
    roles = read_list(page, "roles", f"{field}.", len(ROLES))
    for index, role in enumerate(roles):
        if role not in ROLES:
            raise BadField(f"{field}.roles[{index}]", "unknown", quoted(role))
        if role in roles[:index]:
            raise BadField(f"{field}.roles[{index}]", "duplicate", quoted(role))
    keys = read_list(page, "keys", f"{field}.", MOST_KEYS)
    made = [_key(one, f"{field}.keys[{index}]", codes, has_folders=True) for index, one in enumerate(keys)]
    return title, tuple(role for role in ROLES if role in roles), made


def _key(value: object, field: str, codes: dict[str, str], *, has_folders: bool) -> _Key:
    is_folder = isinstance(value, dict) and "folder" in value
    if is_folder and not has_folders:
        raise BadField(field, "too_deep")
    key = read_object(value, field, _FOLDER_FIELDS if is_folder else _KEY_FIELDS)
    colour = key.get("colour", "")
    if colour != "" and colour not in COLOURS:
        raise BadField(f"{field}.colour", "unknown", quoted(colour))
    if is_folder:
        title = _title(key["folder"], f"{field}.folder", is_needed=True)
        inside = read_list(key, "keys", f"{field}.", MOST_KEYS)
        keys = [_key(one, f"{field}.keys[{index}]", codes, has_folders=False) for index, one in enumerate(inside)]
        return _Key(QuickKey(None, title, colour), keys=keys)
    code = key.get("code")
    if code is None:
        raise BadField(f"{field}.code", "missing")
    if not isinstance(code, str):
        raise BadField(f"{field}.code", "not_a_text", quoted(code))
    codes[f"{field}.code"] = read_code(code, f"{field}.code").canonical
    title = _title(key.get("title", ""), f"{field}.title", is_needed=False)
    return _Key(QuickKey(None, title, colour), codes[f"{field}.code"])


def _title(value: object, field: str, *, is_needed: bool) -> str:
    if value is None:
        raise BadField(field, "missing")
    if not isinstance(value, str):
        raise BadField(field, "not_a_text", quoted(value))
    check_title(value, field, is_needed=is_needed)
    return value.strip()
