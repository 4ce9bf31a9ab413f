"""When a shift opens, log rule sets that changed since the last one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.domain.quota.rule import Regime

_KNOWN = "_regimes_"
_SHOWN = 12


def log_rule_changes(work: UnitOfWork, regimes: Mapping[str, Regime], at: datetime, till: str, person: str) -> None:
    """Record in this transaction the regimes that are new, removed or changed since this till last opened a shift."""
    if not regimes:
        return
    now = {name: regime.version for name, regime in sorted(regimes.items())}
    stored = work.settings.all().get(_KNOWN + till)
    before: dict[str, str] = {} if stored is None else json.loads(stored)
    changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    if not changed:
        return
    work.settings.set(_KNOWN + till, json.dumps(now))
    versions = {name: now[name][:_SHOWN] if name in now else "gone" for name in changed}
    work.journal.write(at, till, person, "regimes", {"changed": ", ".join(changed), "versions": versions})
