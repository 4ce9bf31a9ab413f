"""What one regime file changes in another, in the words of the files."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from pos.application.center.ports import RegimeChange

_RULE = "rule"


def changes_between(before: bytes, after: bytes) -> tuple[RegimeChange, ...]:
    """Every field that differs, rules by their id and in their order; comments and layout are no change."""
    old, new = (tomllib.loads(content.decode("utf-8")) for content in (before, after))
    changes = list(_fields("", _without_rules(old), _without_rules(new)))
    theirs, ours = _rules(old), _rules(new)
    for name in dict.fromkeys([*theirs, *ours]):
        was, now = theirs.get(name), ours.get(name)
        if was is None or now is None:
            changes.append(RegimeChange(name, "", _title(was), _title(now)))
        else:
            changes += _fields(name, was, now)
    return tuple(changes)


def _without_rules(table: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in table.items() if name != _RULE}


def _rules(table: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    return {str(rule["id"]): rule for rule in table.get(_RULE, ())}


def _title(rule: Mapping[str, Any] | None) -> str | None:
    return None if rule is None else str(rule.get("title", {}).get("en") or rule["id"])


def _fields(rule: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[RegimeChange]:
    was, now = dict(_leaves("", before)), dict(_leaves("", after))
    for field in dict.fromkeys([*was, *now]):
        if was.get(field) != now.get(field):
            yield RegimeChange(rule, field, was.get(field), now.get(field))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """The fields below a table with dots between their names, the tables of a list by number; each as text."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}" if path else name, inner)
    elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        for number, inner in enumerate(value):
            yield from _leaves(f"{path}[{number}]", inner)
    else:
        yield path, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
