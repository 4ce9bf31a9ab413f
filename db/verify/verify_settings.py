"""Options of the shop against the journal: the last entry is in force, and an option without an entry is absent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from db.tables.shop import journal, setting
from pos.application.settings.set_setting import as_journaled

_FOUNDED, _DEMO, _TRAINING, _SET, _REGIMES, _KEYS = (
    "found_shop", "make_demo", "make_training", "set_setting", "regimes", "know_keys",
)  # fmt: skip
_NAMED_BEFORE: Mapping[str, frozenset[str] | None] = {
    _FOUNDED: frozenset({"shop_name", "time_zone"}),
    _DEMO: frozenset({"shop_name", "address_1", "address_2", "receipt_languages", "time_zone", "_demo"}),
    _TRAINING: None,
}
"""The options with which an older program began a store without naming their values; None is any."""
_KEYS_MARK, _REGIMES_MARK = "_keys", "_regimes_"
_NOTES = frozenset({"_backups", "_border", "_currencies", "_forgetting", "_price_changes"})
"""Settings that the program keeps for itself; those but the border are rewritten as it goes on."""


def setting_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each option without a journal entry for its value."""
    journaled = _Journaled()
    # By the numbers of the rows: the clocks of two tills are never quite the same.
    entries = select(journal).where(journal.c.act.in_((*_NAMED_BEFORE, _SET, _REGIMES, _KEYS))).order_by(journal.c.id)
    for row in connection.execute(entries):
        try:
            journaled.replay(row.act, row.till, json.loads(row.details))
        except (ValueError, KeyError, TypeError, AttributeError):
            yield f"journal {row.till} {row.number}: {row.act} cannot be replayed"
    if len(journaled.keys) > 1:
        yield "setting _keys: the shop was opened under other keys than those it began with"
    for row in connection.execute(select(setting).order_by(setting.c.name)):
        if not journaled.takes(row.name, row.text):
            yield f"setting {row.name}: its value has no journal entry"
    yield from (f"setting {name}: it was set, and is gone" for name in sorted(journaled.options))


@dataclass(slots=True)
class _Journaled:
    """The options by the journal; those already checked are removed."""

    options: dict[str, str] = field(default_factory=dict)
    unnamed: set[str] = field(default_factory=set)
    has_entries: bool = False
    regimes: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)

    def replay(self, event: str, till: str, details: Mapping[str, Any]) -> None:
        if keys := details.get("keys"):
            self.keys.add(str(keys))
        if event == _SET:
            self.options[details["name"]] = details["after"]
        elif event == _REGIMES:
            known = self.regimes.setdefault(till, {})
            known.update(details["versions"])
            for name in [name for name, version in known.items() if version == "gone"]:
                del known[name]
        elif "settings" in details:
            self.options |= details["settings"]
        elif (names := _NAMED_BEFORE.get(event, frozenset())) is None:
            self.has_entries = True
        else:
            self.unnamed |= names

    def takes(self, name: str, text: str) -> bool:
        """True if the journal confirms this option as it is."""
        if name in self.options:
            return self.options.pop(name) == _journaled(name, text)
        if name == _KEYS_MARK:
            return not self.keys or text in self.keys
        if name.startswith(_REGIMES_MARK):
            return _versions(text) == self.regimes.get(name.removeprefix(_REGIMES_MARK))
        return name in _NOTES or name in self.unnamed or self.has_entries


def _journaled(name: str, text: str) -> str | None:
    """A value in the journal's form; None for an invalid one."""
    try:
        return text if name.startswith("_") else as_journaled(name, text)
    except ValueError:
        return None


def _versions(text: str) -> Mapping[str, str] | None:
    try:
        return {name: version[:12] for name, version in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError):
        return None
