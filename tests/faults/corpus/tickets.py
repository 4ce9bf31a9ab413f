"""JSON files of every command that takes one: each field in turn holds what it must not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.faults.corpus.case import ODD, Case, brief, typed
from tests.faults.corpus.traps import HALF, KINDS
from tests.shops import BAG, CHOCOLATE, ZHANG_WEI

NAMED = ("name_en", "There is no staff member", "There is no receipt")
"""Refusals that name what stood in the field: the person, the receipt."""
_STEP = re.compile(r"([a-z_0-9]+)|\[([0-9]+)\]", re.IGNORECASE)
_GONE = object()
_PIN = {"user": "manager", "pin": "314159"}
_LAWFUL = frozenset({"journal", "journal_head", "owed_tender"})
_COUNTED = frozenset({"journal", "journal_head", "count_line", "count_sheet", "stock_count", "stock_document"})


@dataclass(frozen=True)
class Form:
    """A command with a good file, and of which kind each of its fields is; `?` marks one that may be absent."""

    door: str
    words: tuple[str, ...]
    good: Mapping[str, Any]
    fields: Mapping[str, str]


_LINE = {"code": CHOCOLATE, "quantity": 2}
_SALE = {
    "key": "k-1", "cashier": "amina", "destination": "CN", "regime": "cn-horgos",
    "visitors": [{
        "id": "A", "document": {"mrz": list(ZHANG_WEI)}, "residence": "CN", "entries": ["2026-03-01"],
        "declared": [{
            "at": "2026-03-02T08:00:00+08:00", "carried_out_at": "2026-03-02T09:00:00+08:00",
            "lines": [{"name": "Tea", "category": "food.other", "quantity": 1, "unit_price": "5.00",
                       "currency": "CNY", "discount": "0.00", "net_g": "100", "taxed_units": 0}],
        }],
    }],
    "lines": [{"code": CHOCOLATE, "quantity": 2, "discount": {"percent": "5"}, "carrier": "A", "note": "gift"},
              {"code": BAG, "quantity": 1, "discount": {"amount": "0.10"}, "price": "0.90", "grams": 500}],
    "payments": [{"method": "cash", "currency": "CNY", "amount": "50.00", "notes": {"50": 1}},
                 {"method": "qr", "currency": "CNY", "amount": "1.00", "reference": "r-1"}],
    "change_currency": "CNY", "over_quota": "refuse", "approve": {**_PIN, "acts": ["discount"]},
    "discount": {"percent": "1"}, "note": "n", "returns": [{"receipt": "T1-000001", "line": 0, "quantity": 1,
                                                            "to": "shelf", "reason": "torn"}],
    "refund": {"currency": "CNY", "method": "cash"},
}  # fmt: skip
_TYPED = {"document": {"kind": "passport", "number": "E12345678", "country": "CN", "birth_date": "1990-01-01"}}
_DECLARED = "visitors[0].declared[0]"
_GOOD_SALE = {
    "key": "k-2", "cashier": "amina", "destination": "CN", "visitors": [{"id": "A", **_TYPED}],
    "lines": [_LINE], "payments": [{"method": "cash", "currency": "CNY", "amount": "25.00"}],
}  # fmt: skip

FORMS = (
    Form("sale ring", ("sale", "ring", "-"), _SALE, {
        "key": "key", "cashier": "text", "destination": "choice?", "regime": "choice?", "visitors": "list?",
        "visitors[0]": "table", "visitors[0].id": "text", "visitors[0].document": "table",
        "visitors[0].document.mrz": "list", "visitors[0].residence": "choice?", "visitors[0].entries": "list?",
        "visitors[0].entries[0]": "day", _DECLARED: "table", f"{_DECLARED}.at": "instant",
        f"{_DECLARED}.carried_out_at": "instant?", f"{_DECLARED}.lines[0].category": "choice",
        f"{_DECLARED}.lines[0].quantity": "whole", f"{_DECLARED}.lines[0].unit_price": "figure",
        f"{_DECLARED}.lines[0].currency": "currency", f"{_DECLARED}.lines[0].discount": "figure?",
        f"{_DECLARED}.lines[0].net_g": "figure?", "lines": "list", "lines[0]": "table", "lines[0].code": "code",
        "lines[0].quantity": "whole", "lines[0].discount": "table?", "lines[0].discount.percent": "figure",
        "lines[0].carrier": "choice?", "lines[0].note": "text?", "lines[1].discount.amount": "figure",
        "lines[1].price": "figure?", "lines[1].grams": "whole?", "payments": "list", "payments[0]": "table",
        "payments[0].method": "choice", "payments[0].currency": "currency", "payments[0].amount": "figure",
        "payments[0].notes": "table?", "payments[0].notes.50": "whole", "payments[1].reference": "text?",
        "change_currency": "currency?", "over_quota": "choice?", "approve": "table?", "approve.user": "text",
        "approve.pin": "text", "approve.acts": "list?", "approve.acts[0]": "choice", "discount": "table?",
        "note": "text?", "returns": "list?", "returns[0]": "table", "returns[0].receipt": "text",
        "returns[0].line": "whole", "returns[0].quantity": "whole", "returns[0].to": "choice",
        "refund": "table?", "refund.currency": "currency", "refund.method": "choice",
    }),
    Form("sale ring", ("sale", "ring", "-"), _GOOD_SALE, {
        "visitors[0].document.kind": "choice", "visitors[0].document.number": "text",
        "visitors[0].document.country": "choice?", "visitors[0].document.birth_date": "day?", "lines[0].code": "code",
        "payments[0].amount": "figure",
    }),
    Form("sale return", ("sale", "return", "-"), {
        "key": "b-1", "receipt": "T1-000001", "lines": [{"line": 0, "quantity": 1, "to": "shelf"}],
        "refund": {"currency": "CNY", "method": "cash"}, "reason": "torn", "cashier": "amina", "approve": _PIN,
    }, {
        "key": "key", "receipt": "text", "lines": "list", "lines[0]": "table", "lines[0].line": "whole",
        "lines[0].quantity": "whole", "lines[0].to": "choice?", "refund": "table", "refund.currency": "currency",
        "refund.method": "choice?", "reason": "text", "cashier": "text", "approve": "table?", "approve.user": "text",
        "approve.pin": "text",
    }),
    Form("sale return", ("sale", "return", "-"), {
        "key": "b-2", "receipt": None, "lines": [{"code": CHOCOLATE, "quantity": 1, "price": "9.00", "to": "shelf"}],
        "refund": {"currency": "CNY", "method": "cash"}, "reason": "torn", "cashier": "amina",
    }, {
        "lines[0].code": "code", "lines[0].quantity": "whole", "lines[0].price": "figure", "lines[0].to": "choice?",
    }),
    Form("quota check", ("quota", "check", "-"), {
        "regime": "cn-horgos", "at": "2026-11-20T12:00:00+08:00",
        "visitor": {"birth_date": "1986-05-01", "residence": "CN", "entries": ["2026-11-10"]},
        "rates": {"base": "KZT", "per_unit": {"CNY": "72", "EUR": "600"}},
        "history": [{"at": "2026-11-20T10:00:00+08:00", "carried_out_at": None,
                     "lines": [{"name": "Perfume", "category": "perfume", "quantity": 1, "unit_price": "50.00",
                                "currency": "CNY", "taxed_units": 0}]}],
        "basket": [{"name": "Cognac", "category": "alcohol.spirit", "quantity": 2, "unit_price": "450.00",
                    "currency": "CNY", "discount": "0.00", "ml": 700, "abv": "40", "gross_kg": "1.350", "net_g": "1",
                    "sticks": 1, "pieces": 1, "variant": "v"}],
    }, {
        "regime": "choice", "at": "instant", "visitor": "table", "visitor.birth_date": "day?",
        "visitor.residence": "choice?", "visitor.entries": "list?", "visitor.entries[0]": "day", "rates": "table",
        "rates.base": "currency", "rates.per_unit": "table", "rates.per_unit.CNY": "figure", "history": "list?",
        "history[0]": "table", "history[0].at": "instant", "history[0].lines": "list",
        "history[0].lines[0].taxed_units": "whole?", "basket": "list", "basket[0]": "table",
        "basket[0].category": "choice", "basket[0].quantity": "whole", "basket[0].unit_price": "figure",
        "basket[0].currency": "currency", "basket[0].discount": "figure?", "basket[0].ml": "figure?",
        "basket[0].abv": "figure?", "basket[0].gross_kg": "figure?", "basket[0].net_g": "figure?",
        "basket[0].sticks": "whole?", "basket[0].pieces": "whole?",
    }),
    Form("shift files", ("shift", "open", "-"), {"cashier": "amina", "float": {"CNY": {"100": 5}, "KZT": "20000"}}, {
        "cashier": "text", "float": "table", "float.CNY": "table", "float.CNY.100": "whole", "float.KZT": "figure",
    }),
    Form("shift files", ("shift", "move", "-"), {
        "cashier": "amina", "kind": "in", "currency": "CNY", "amount": "10.00", "reason": "change",
        "notes": {"10": 1},
    }, {
        "cashier": "text", "kind": "choice", "currency": "currency", "amount": "figure", "reason": "text",
        "notes": "table?", "notes.10": "whole",
    }),
    Form("shift files", ("shift", "close", "-"), {"cashier": "amina", "count": {"CNY": {"100": 5}}, "approve": _PIN}, {
        "cashier": "text", "count": "table", "count.CNY": "table", "count.CNY.100": "whole", "approve": "table?",
    }),
    Form("shift files", ("shift", "hand-over", "-"), {
        "from": "amina", "to": "li", "count": {"CNY": {"100": 5}}, "approve": {"user": "li", "pin": "135790"},
    }, {"from": "text", "to": "text", "count": "table", "count.CNY.100": "whole", "approve": "table?"}),
    Form("stock files", ("stock", "adjust", "-"), {
        "kind": "adjustment", "place": "floor", "reason": "found", "note": "n",
        "lines": [{"code": CHOCOLATE, "quantity": 1, "lot": ""}],
    }, {
        "kind": "choice?", "place": "choice?", "reason": "choice", "note": "text?", "lines": "list",
        "lines[0]": "table", "lines[0].code": "code", "lines[0].quantity": "whole", "lines[0].lot": "text?",
    }),
    Form("stock files", ("stock", "move", "-"), {
        "from": "floor", "to": "store", "lines": [{"code": CHOCOLATE, "quantity": 1}],
    }, {"from": "choice", "to": "choice", "lines": "list", "lines[0].code": "code", "lines[0].quantity": "whole"}),
    Form("count files", ("stock", "count", "-"), {
        "place": "floor", "products": [CHOCOLATE], "entries": [{"code": CHOCOLATE, "quantity": 1}],
        "none_left": False, "reason": "unknown", "note": "",
    }, {
        "place": "choice?", "products": "list?", "products[0]": "code", "entries": "list?", "entries[0]": "table",
        "entries[0].code": "code", "entries[0].quantity": "whole", "none_left": "flag?", "reason": "choice?",
    }),
    Form("delivery files", ("stock", "receive", "-"), {
        "supplier": "Almaty Sweets", "key": "truck-1",
        "lines": [{"code": CHOCOLATE, "quantity": 1, "lot": "A1", "expiry": "2027-05-31",
                   "cost": {"amount": "3.50", "currency": "CNY"}}],
    }, {
        "supplier": "text?", "key": "key?", "lines": "list", "lines[0]": "table", "lines[0].code": "code",
        "lines[0].quantity": "whole", "lines[0].lot": "text?", "lines[0].expiry": "day?", "lines[0].cost": "table?",
        "lines[0].cost.amount": "figure", "lines[0].cost.currency": "currency",
    }),
    Form("order files", ("order", "new", "-"), {
        "supplier": "Almaty Sweets", "expected_on": "2027-05-31", "note": "n",
        "lines": [{"code": CHOCOLATE, "pieces": 1, "cost": "3.50"}],
    }, {
        "supplier": "text?", "expected_on": "day?", "note": "text?", "lines": "list", "lines[0]": "table",
        "lines[0].code": "code", "lines[0].pieces": "whole", "lines[0].cost": "figure?",
    }),
    Form("product files", ("product", "add", "-"), {
        "name": "Tea", "names": {"en": "Tea"}, "category": "food.other", "price": "5.00", "net_g": "100",
        "abv": "0", "sticks": 1, "vat": "12", "supplier": None, "reorder_point": 1, "shelf": "A1",
        "by_weight": False, "asks_lot": False, "codes": [{"code": "20000011", "kind": "unit", "pieces": 1}],
    }, {
        "name": "text", "names": "table?", "names.en": "text?", "category": "choice?", "price": "figure?",
        "net_g": "figure?", "abv": "figure?", "sticks": "whole?", "vat": "figure?", "supplier": "text?",
        "reorder_point": "whole?", "shelf": "text?", "by_weight": "flag?", "asks_lot": "flag?", "codes": "list",
        "codes[0].code": "code", "codes[0].kind": "choice?", "codes[0].pieces": "whole?",
    }),
    Form("visitor files", ("visitor", "show", "-"), _TYPED, {
        "document": "table", "document.kind": "choice", "document.number": "text", "document.country": "choice?",
        "document.birth_date": "day?",
    }),
    Form("visitor files", ("visitor", "left", "-"), {**_TYPED, "at": "2026-03-02T12:00:00+08:00", "destination": "CN"},
         {"document.number": "text", "at": "instant?", "destination": "choice?"}),
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Every field of every form with every bad value of its kind, left out, and beside one that no one knows."""
    for form in FORMS:
        at = " ".join(form.words[:2])
        for path, kind in form.fields.items():
            is_free = kind.endswith("?")
            for value in KINDS[kind.rstrip("?")]:
                name = f"{at} {path} = {brief(value)}"
                yield typed(form.door, name, *form.words, stdin=changed(form.good, path, value), taken=ODD,
                where=_root(path),
                            changes=_COUNTED if form.door == "count files" else _LAWFUL)  # fmt: skip
            if not is_free:
                for gone in (_GONE, None):
                    sent = changed(form.good, path, gone)
                    yield typed(form.door, f"{at} without {path}", *form.words, stdin=sent, taken=ODD, changes=_LAWFUL)
        for stray in ("surprise", "x" * 3_000, "\u202ex", "a\nb", HALF, ""):
            sent = {**form.good, stray: 1}
            yield typed(form.door, f"{at} and {brief(stray)}", *form.words, stdin=sent)
        for name, raw in BROKEN.items():
            yield typed(form.door, f"{at} {name}", *form.words, stdin=raw)


BROKEN: Mapping[str, bytes] = {
    "empty": b"", "blank": b" \n\t", "a number": b"5", "a text": b'"x"', "null": b"null", "cut": b'{"key": "k',
    "not UTF-8": b'{"key": "\xff\xfe"}', "UTF-16": '{"key": "k"}'.encode("utf-16"), "NUL": b'{"key": "k"}\x00',
    "a key twice": b'{"key": "a", "key": "b"}', "too deep": b"[" * 100_000, "deep tables": b'{"a":' * 20_000,
    "NaN": b"NaN", "a long number": b'{"key": ' + b"9" * 100_000 + b"}", "a comment": b'{} // "x"',
    "a trailing comma": b'{"key": "k",}', "single quotes": b"{'key': 'k'}",
    "a mark twice": b"\xef\xbb\xbf\xef\xbb\xbf{}",
    "XML": b"<?xml version='1.0'?><a/>", "a list of lists": b"[[[]]]", "a list of nothing": b"[null, 5, \"x\", []]",
}  # fmt: skip


def changed(good: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy of a file with another value at a path; `_GONE` takes the field out."""
    copy: Any = deepcopy(dict(good))
    steps: list[Any] = [name if name else int(number) for name, number in _STEP.findall(path)]
    at = copy
    for step in steps[:-1]:
        at = at[step]
    if value is _GONE:
        del at[steps[-1]]
    else:
        at[steps[-1]] = value
    return copy  # type: ignore[no-any-return] # it was a table


def _root(path: str) -> tuple[str, ...]:
    return re.split(r"[.\[]", path)[0], *NAMED
