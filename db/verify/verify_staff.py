"""The staff against the journal: one line for each role, PIN or place on the staff that was never given."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from db.tables.shop import journal, person
from pos.domain.staff.staff import pin_fingerprint

_SEEDS = ("make_demo", "make_training")
_EVENTS = (
    *_SEEDS, "found_shop", "add_person", "rename_person", "give_role", "reset_pin", "choose_pin",
    "disable_person", "enable_person",
)  # fmt: skip

PersonState = dict[str, Any]
"""The journal's facts about a person, as far as known: title, role, active, the mark of the PIN, whose PIN it is."""


def staff_content(connection: Connection) -> list[dict[str, Any]]:
    """The staff with which a store was filled at once, for the journal entry that lists them."""
    columns = ("title", "role", "active", "pin")
    rows = connection.execute(select(person).order_by(person.c.id)).all()
    return [{"name": row.name, **{name: _held(row)[name] for name in columns}} for row in rows]


def staff_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the person."""
    journaled: dict[str, PersonState] = {}
    is_complete = True
    for row in connection.execute(select(journal).where(journal.c.act.in_(_EVENTS)).order_by(journal.c.id)):
        try:
            details = json.loads(row.details)
            if row.act in _SEEDS and "staff" not in details:
                is_complete = False  # an older store: its first staff is unknown
            _replay(journaled, row.act, row.person, details)
        except (ValueError, KeyError, TypeError, AttributeError):
            yield f"journal {row.till} {row.number}: {row.act} cannot be replayed"
    for row in connection.execute(select(person).order_by(person.c.id)):
        state = journaled.pop(row.name, None)
        if state is None:
            if is_complete:
                yield f"person {row.name}: no journal entry adds them"
            continue
        held = _held(row)
        for name in sorted(state):
            if state[name] != held[name]:
                yield f"person {row.name}: {name} is {held[name]}, the journal says {state[name]}"
    for name in sorted(journaled):
        yield f"person {name}: they were added and are gone"


def _held(row: Row[Any]) -> PersonState:
    return {
        "title": row.title,
        "role": row.role,
        "active": bool(row.active),
        "pin": pin_fingerprint(row.pin_hash),
        "one-time PIN": row.one_time_since is not None,
    }


def _replay(journaled: dict[str, PersonState], event: str, by: str, details: Mapping[str, Any]) -> None:
    if event in _SEEDS:
        for one in details.get("staff", ()):
            said = {name: one[name] for name in ("title", "role", "active")}
            journaled[one["name"]] = said | (
                {"pin": one["pin"]} if "pin" in one else {}
            )  # an older entry does not have it
        return
    if event in ("found_shop", "choose_pin"):  # acts of a person on their own record
        state = journaled.setdefault(by, {})
        if event == "found_shop":
            state.update({"role": "manager", "active": True})
        state["one-time PIN"] = False
    else:
        state = journaled.setdefault(details["name"], {})
        state.update({name: details[name] for name in ("title", "role") if name in details})
        if event in ("add_person", "reset_pin"):
            state["one-time PIN"] = True
        if event in ("add_person", "disable_person", "enable_person"):
            state["active"] = event != "disable_person"
    if event in ("found_shop", "choose_pin", "add_person", "reset_pin"):
        state.pop("pin", None)  # an older entry does not have which
        if "pin" in details:
            state["pin"] = details["pin"]
