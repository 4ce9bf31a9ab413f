"""A refusal with its parameters in the terms of the shop."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Any

from pos.domain.errors import BadField, RuleBroken
from pos.domain.staff.staff import MustChoosePin, Person, PersonDisabled

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")


def with_shop_terms(error: RuleBroken, zone: tzinfo, names: Mapping[str, str]) -> RuleBroken:
    """The same refusal with instants in the shop's time zone, and display names of people."""
    instants = {name: fact for name, fact in error.facts().items() if isinstance(fact, datetime) and fact.tzinfo}
    moved: dict[str, Any] = {name: instant.astimezone(zone) for name, instant in instants.items()}
    if isinstance(error, BadField) and _ISO.fullmatch(error.value):
        moved["value"] = _time_of(error.value, zone)
    who, several = error.facts().get("person"), error.facts().get("people")
    if isinstance(who, str) and who in names:
        moved["person"] = names[who]
    if isinstance(error, PersonDisabled):
        moved["name"] = names.get(error.name, error.name)
    if isinstance(several, tuple):
        moved["people"] = tuple(names.get(one, one) for one in several)
    refusal: Any = error  # a refusal with parameters is a dataclass, which its base class does not say
    readable: RuleBroken = replace(refusal, **moved) if moved else error
    return readable


def _time_of(written: str, zone: tzinfo) -> datetime | date | str:
    """An instant or a day as it is written in files, for the screen to say it as everybody writes it there."""
    try:
        read = datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except ValueError:
        return written
    return read.astimezone(zone) if isinstance(read, datetime) and read.tzinfo else read


def ends_work_of(person: Person | None, error: Exception) -> bool:
    """Whether another user has ended what the person at the till may do."""
    if isinstance(error, PersonDisabled):
        return person is not None and person.name == error.name
    return isinstance(error, MustChoosePin) and person is not None and person.name == error.person
