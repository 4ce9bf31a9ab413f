"""The rules in force stand in the journal when they have become others: by name and version, at the next shift."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.domain.quota.rule import Regime

_KNOWN = "_regimes_"
_SHOWN = 12


def log_rule_changes(work: UnitOfWork, regimes: Mapping[str, Regime], at: datetime, till: str, person: str) -> None:
    """Write down in this transaction which regimes are new, gone or changed since this till last opened a shift."""
    if not regimes:
        return
    now = {name: regime.version for name, regime in sorted(regimes.items())}
    told = work.settings.all().get(_KNOWN + till)
    before: dict[str, str] = {} if told is None else json.loads(told)
    changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    if not changed:
        return
    work.settings.set(_KNOWN + till, json.dumps(now))
    versions = {name: now[name][:_SHOWN] if name in now else "gone" for name in changed}
    work.journal.write(at, till, person, "regimes", {"changed": ", ".join(changed), "versions": versions})
