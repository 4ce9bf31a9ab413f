"""A refusal with its parameters in the terms of the shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from pos.domain.errors import RuleBroken
from pos.domain.staff.staff import MustChoosePin, Person, PersonDisabled


def told_by(error: RuleBroken, zone: tzinfo, names: Mapping[str, str]) -> RuleBroken:
    """The same refusal with instants in the shop's time zone, and display names of people."""
    instants = {name: fact for name, fact in error.facts().items() if isinstance(fact, datetime) and fact.tzinfo}
    moved: dict[str, Any] = {name: instant.astimezone(zone) for name, instant in instants.items()}
    who = error.facts().get("person")
    if isinstance(who, str) and who in names:
        moved["person"] = names[who]
    refusal: Any = error  # a refusal with parameters is a dataclass, which its base class does not say
    readable: RuleBroken = replace(refusal, **moved) if moved else error
    return readable


def ends_work_of(person: Person | None, error: Exception) -> bool:
    """Whether another user has ended what the person at the till may do."""
    if isinstance(error, PersonDisabled):
        return person is not None and person.name == error.name
    return isinstance(error, MustChoosePin) and person is not None and person.name == error.person
