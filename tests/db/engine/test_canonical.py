"""The bytes that the chain covers equal the standard library's JSON, by every way of encoding."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import canonical

_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(_VALUES)
def test_every_text_is_what_json_makes_with_sorted_keys(value: Any) -> None:
    assert canonical.dumps(value) == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_instants_days_and_decimals_are_integers_and_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"vat": Decimal("12.0"), "at": datetime(2026, 3, 2, tzinfo=UTC), "day": date(2026, 3, 2)}
    expected = '{"at":1772409600000000,"day":"2026-03-02","vat":"12.0"}'
    assert canonical.dumps(row) == expected
    monkeypatch.setattr(canonical, "_SHOT", None)  # a Python without that encoder
    assert canonical.dumps(row) == expected
    with pytest.raises(TypeError):
        canonical.dumps({"float": object()})
