"""The time zones offered for a shop, those of the border first."""

from __future__ import annotations

from collections.abc import Iterable

from pos.application.text.border_words import city_text
from pos.application.text.translator import Translator
from pos.domain.border import border_in_force

_NOT_CITIES = ("Etc/", "SystemV/", "posix/", "right/", "US/")


def clock_zones() -> tuple[str, ...]:
    """The zones of the clocks of the border."""
    return tuple(clock.zone.key for clock in border_in_force().clocks)


def zone_text(zone: str, tr: Translator) -> str:
    """A zone with its city, where it is one of the border."""
    return f"{city_text(zone, tr)} · {zone}" if zone in clock_zones() else zone


def zone_choices(known: Iterable[str], first: Iterable[str]) -> list[str]:
    """Known zones of `first`, then every other zone named for a place, by name."""
    cities = {zone for zone in known if "/" in zone and not zone.startswith(_NOT_CITIES)}
    chosen = [zone for zone in first if zone in cities]
    return chosen + sorted(cities.difference(chosen))
