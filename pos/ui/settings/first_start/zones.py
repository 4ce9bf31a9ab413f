"""The time zones that a shop is asked to choose from."""

from __future__ import annotations

from collections.abc import Iterable

_NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/", "US/")


def zone_choices(known: Iterable[str], first: Iterable[str]) -> list[str]:
    """Those of `first` that are known, then every other zone that is named for a place, by name."""
    cities = {zone for zone in known if "/" in zone and not zone.startswith(_NOT_PLACES)}
    chosen = [zone for zone in first if zone in cities]
    return chosen + sorted(cities.difference(chosen))
