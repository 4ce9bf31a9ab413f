"""The time zones offered for a new shop."""

from __future__ import annotations

from collections.abc import Iterable

_NOT_CITIES = ("Etc/", "SystemV/", "posix/", "right/", "US/")


def zone_choices(known: Iterable[str], first: Iterable[str]) -> list[str]:
    """Known zones of `first`, then every other zone named for a place, by name."""
    cities = {zone for zone in known if "/" in zone and not zone.startswith(_NOT_CITIES)}
    chosen = [zone for zone in first if zone in cities]
    return chosen + sorted(cities.difference(chosen))
