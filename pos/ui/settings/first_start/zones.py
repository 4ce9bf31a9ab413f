"""The time zones offered for a shop, those of its border first."""

from __future__ import annotations

from collections.abc import Iterable

from pos.application.text.translator import Translator
from pos.domain.border import Border, in_language

_NOT_CITIES = ("Etc/", "SystemV/", "posix/", "right/", "US/")


def clock_zones(border: Border) -> tuple[str, ...]:
    """The zones of the clocks of a border."""
    return tuple(clock.zone.key for clock in border.clocks)


def zone_text(zone: str, border: Border, tr: Translator) -> str:
    """A zone, and its city where it is one of the border; a zone is found in a list by typing its name."""
    city = next((clock.title for clock in border.clocks if clock.zone.key == zone), None)
    return zone if city is None else f"{zone} · {in_language(city, tr.language)}"


def zone_choices(known: Iterable[str], first: Iterable[str]) -> list[str]:
    """Known zones of `first`, then every other zone named for a place, by name."""
    cities = {zone for zone in known if "/" in zone and not zone.startswith(_NOT_CITIES)}
    chosen = [zone for zone in dict.fromkeys(first) if zone in cities]
    return chosen + sorted(cities.difference(chosen))
