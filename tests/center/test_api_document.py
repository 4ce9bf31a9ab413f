"""The document of the API is that of the service, and no request of any shape breaks it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import httpx2 as httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.application.center.ports import CenterContext
from pos.center.app import make_app
from pos.center.steps import CenterSteps
from tests.center.serving import serving
from tests.center.shops import Center

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "center-api.json"


def api() -> dict[str, Any]:
    """What the service says of itself."""
    made: dict[str, Any] = make_app(CenterSteps(cast("CenterContext", None))).openapi()
    return made


def test_the_document_is_that_of_the_service() -> None:
    """After a change: `.venv/bin/python -m tools.center_api`."""
    assert json.loads(DOCUMENT.read_text(encoding="utf-8")) == api()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def shaped(schema: dict[str, Any], parts: dict[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Something of the documented shape, or nearly."""
    if "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return st.one_of([shaped(one, parts, depth + 1) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if kind == "object" and "properties" in schema:
        required = set(schema.get("required", ()))
        fields = {name: shaped(one, parts, depth + 1) for name, one in schema["properties"].items()}
        return st.fixed_dictionaries(
            {name: one for name, one in fields.items() if name in required},
            optional={name: one for name, one in fields.items() if name not in required},
        )
    if kind == "object":
        return st.dictionaries(st.sampled_from(["CNY", "EUR", "KZT", "x"]), st.sampled_from(["1", "0", "72.5", "-1"]))
    if kind == "array":
        return st.lists(shaped(schema["items"], parts, depth + 1), min_size=schema.get("minItems", 0), max_size=2)
    if kind == "integer":
        return st.integers(-1, 12)
    if kind == "boolean":
        return st.booleans()
    if schema.get("format") in ("date", "date-time"):
        return st.sampled_from(["2026-11-20", "2026-11-20T12:00:00+08:00", "9999-12-31T23:59:59Z", "x"])
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True) if depth < 9 else st.text(max_size=3)
    return st.sampled_from(["cn-horgos", "kz-horgos", "perfume", "tobacco.cigarette", "ok", "CNY", "0" * 32, ""])


def test_no_request_of_any_shape_breaks_the_service(center: Center) -> None:
    document = api()
    parts = document["components"]["schemas"]
    routes = [
        (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    bodies = st.one_of(
        [
            st.tuples(
                st.just((method, path)),
                shaped(operation["requestBody"]["content"]["application/json"]["schema"], parts) | VALUES,
            )
            for method, path, operation in routes
            if "requestBody" in operation
        ]
    )
    with serving(center.context) as address, httpx.Client(base_url=address, trust_env=False) as client:
        headers = {"Authorization": f"Bearer {center.till('A1').credential}"}

        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
        @given(bodies)
        def ask(request: tuple[tuple[str, str], Any]) -> None:
            (method, path), body = request
            content = json.dumps(body).encode("utf-8", "surrogatepass")
            where = path.replace("{key}", "sale-1%231").replace("{name}", "cn-horgos")
            answer = client.request(method, where, content=content, headers=headers)
            assert answer.status_code < 500, (method, path, answer.text)
            if answer.status_code >= 400:
                assert answer.json()["type"].startswith("urn:border-pos:center:")

        ask()
