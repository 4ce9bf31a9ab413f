"""Requests of the shapes that the API's document describes, or nearly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from hypothesis import strategies as st

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_NO_JSON = (b"", b"{", b"\xff", b"NaN", b'{"key": 1, "key": 2}', b"[" * 3_000, b" " * 300_000)
_ELSEWHERE = ("/v1", "/v1/visitors/", "/v1/reservations/", "/v1/reservations/a%2Fsale/sale", "/v2/visitors", "/%00")

Likely = Mapping[str, st.SearchStrategy[Any]]
"""Values by the name of their field, with which a request gets further than to its schema."""


class Asked(NamedTuple):
    """One request."""

    method: str
    path: str
    content: bytes | None


def requests_of(document: Mapping[str, Any], likely: Likely) -> st.SearchStrategy[Asked]:
    """Requests to every route, most of them well formed; and some to no route, and with no JSON."""
    parts = document["components"]["schemas"]
    made = []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            names = {each["name"]: each["schema"] for each in operation.get("parameters", ()) if each["in"] == "path"}
            made.append(_to(method.upper(), path, names, _body(operation, parts, likely), parts, likely))
    anything = st.tuples(st.sampled_from(("GET", "POST", "PUT", "PATCH", "DELETE")), st.sampled_from(_ELSEWHERE))
    return st.one_of(*made, anything.map(lambda where: Asked(where[0], where[1], b"{}")))


def _body(operation: Mapping[str, Any], parts: Mapping[str, Any], likely: Likely) -> st.SearchStrategy[bytes | None]:
    if "requestBody" not in operation:
        return st.none()
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    good, any_value = shaped(schema, parts, likely).map(_json), VALUES.map(_json)
    return st.one_of(*[good] * 6, any_value, st.sampled_from(_NO_JSON))


def _to(
    method: str,
    path: str,
    names: Mapping[str, Any],
    body: st.SearchStrategy[bytes | None],
    parts: Mapping[str, Any],
    likely: Likely,
) -> st.SearchStrategy[Asked]:
    values = st.fixed_dictionaries({name: _named(name, schema, parts, likely) for name, schema in names.items()})

    def made(filled: tuple[Mapping[str, Any], bytes | None]) -> Asked:
        where = path
        for name, value in filled[0].items():
            where = where.replace("{" + name + "}", quote(str(value), safe=""))
        return Asked(method, where, filled[1])

    return st.tuples(values, body).map(made)


def shaped(
    schema: Mapping[str, Any], parts: Mapping[str, Any], likely: Likely, depth: int = 0
) -> st.SearchStrategy[Any]:
    """Something of the documented shape."""
    if "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return st.one_of([shaped(one, parts, likely, depth + 1) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if kind == "object" and "properties" in schema:
        required = set(schema.get("required", ()))
        fields = {name: _named(name, one, parts, likely, depth + 1) for name, one in schema["properties"].items()}
        return st.fixed_dictionaries(
            {name: one for name, one in fields.items() if name in required},
            optional={name: one for name, one in fields.items() if name not in required},
        )
    if kind == "object":
        return st.dictionaries(st.sampled_from(["CNY", "EUR", "KZT", "x"]), st.sampled_from(["1", "0", "72.5", "-1"]))
    if kind == "array":
        inner = shaped(schema["items"], parts, likely, depth + 1)
        return st.lists(inner, min_size=schema.get("minItems", 0), max_size=2)
    if kind == "integer":
        return st.integers(-1, 12)
    if kind == "boolean":
        return st.booleans()
    if schema.get("format") in ("date", "date-time"):
        return st.sampled_from(["2026-11-20", "2026-11-20T12:00:00+08:00", "9999-12-31T23:59:59Z", "0001-01-01", "x"])
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True) if depth < 9 else st.text(max_size=3)
    return st.sampled_from(["cn-horgos", "kz-horgos", "perfume", "tobacco.cigarette", "ok", "CNY", "0" * 32, ""])


def _named(
    name: str, schema: Mapping[str, Any], parts: Mapping[str, Any], likely: Likely, depth: int = 0
) -> st.SearchStrategy[Any]:
    """A likely value, where the name says which, or any of the shape."""
    made = shaped(schema, parts, likely, depth)
    if name not in likely or schema.get("type") == "array":
        return made
    return st.one_of(*[likely[name]] * 19, made)


def _json(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")
