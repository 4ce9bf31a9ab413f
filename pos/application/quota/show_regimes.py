"""Show which allowance rules are in force on a day, for which side the shop uses them, and which files are unusable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from pos.application.settings.context import UseCase
from pos.domain.border import border_in_force
from pos.domain.quota.rule import Choice, Regime, Rule


class RegimeOrigin(StrEnum):
    """The origin of a regime's file."""

    SHIPPED = "shipped"
    OWN = "own"
    OVERRIDING = "overriding"
    """The shop's own, replacing the one of the same name that ships with the program."""
    CENTER = "center"
    """From the center of which the shop is a member, before every other of the same name."""


@dataclass(frozen=True, slots=True)
class FileFault:
    """A regime file that is not used at all.

    `rule` and `field` are as the file writes them ("" outside the rules, or for the whole file), `what` a stable name,
    `line` the line of the file where it is known, else 0. `own`: it is the shop's own file. `replaced`: another good
    file of the same name is in force instead.
    """

    file: Path
    rule: str
    field: str
    what: str
    line: int = 0
    own: bool = True
    replaced: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class RegimeFiles:
    """The regimes of all files: those in force by id, their origin, and the unusable files.

    `folder` contains the shop's own files.
    """

    folder: Path
    regimes: Mapping[str, Regime]
    origins: Mapping[str, RegimeOrigin]
    faults: tuple[FileFault, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RulesOfDay:
    """The rules of a regime by whether they are in force on the local `day`.

    `later` are those that begin after it, the next first; `ended` those that are over, the last first. `before` and
    `after` are the nearest days with a change.
    """

    day: date
    in_force: tuple[Rule, ...]
    later: tuple[Rule, ...]
    ended: tuple[Rule, ...]
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True, eq=False)
class RegimeView:
    """A regime, its origin, the sides for which the shop uses it, and today in its zone."""

    regime: Regime
    origin: RegimeOrigin
    sides: tuple[str, ...]
    today: date

    @property
    def changes(self) -> tuple[date, ...]:
        """The local days on which a rule begins, ends, or changes its limit; ascending."""
        return tuple(sorted(set(_changes(self.regime))))

    def on(self, day: date) -> RulesOfDay:
        """The rules as of the local `day`."""
        rules, changes = self.regime.rules, self.changes
        later = [rule for rule in rules if rule.since is not None and rule.since > day]
        ended = [rule for rule in rules if rule.until is not None and rule.until <= day]
        return RulesOfDay(
            day,
            self.regime.in_force(day),
            tuple(sorted(later, key=lambda rule: rule.since or date.min)),
            tuple(sorted(ended, key=lambda rule: rule.until or date.max, reverse=True)),
            next((change for change in reversed(changes) if change < day), None),
            next((change for change in changes if change > day), None),
        )


@dataclass(frozen=True, slots=True)
class MissingRegime:
    """The settings evaluate visitors to `side` by a regime that does not exist."""

    side: str
    regime: str


@dataclass(frozen=True, slots=True, eq=False)
class RegimesView:
    """All regimes, those in use first; missing ones; and the unusable files."""

    regimes: tuple[RegimeView, ...]
    missing: tuple[MissingRegime, ...]
    faults: tuple[FileFault, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class ShowRegimes(UseCase):
    """The regimes as the till knows them. Files are read at the start of the till, never during a sale."""

    files: Callable[[], RegimeFiles]

    def __call__(self) -> RegimesView:
        """All regimes, missing regimes and file faults."""
        files, settings, now = self.files(), self.settings(), self.now()
        used, parcels = settings.regimes, settings.parcel_regimes
        named = [*used.items(), *((side, name) for side, name in parcels.items() if name)]
        views = [
            RegimeView(
                regime,
                files.origins[name],
                tuple(side for side in border_in_force().sides if name in (used[side], parcels.get(side))),
                now.astimezone(regime.zone).date(),
            )
            for name, regime in files.regimes.items()
        ]
        return RegimesView(
            tuple(sorted(views, key=_rank)),
            tuple(MissingRegime(side, name) for side, name in named if name not in files.regimes),
            files.faults,
            files.folder,
        )


def _rank(view: RegimeView) -> tuple[bool, bool, int, bool, str]:
    """The sort key: in use first, those for what is carried before those for parcels, in the order of the sides; then
    the shop's own; then by id.
    """
    side = min((border_in_force().sides.index(side) for side in view.sides), default=len(border_in_force().sides))
    for_parcels = bool(view.sides) and view.regime.parcels
    return not view.sides, for_parcels, side, view.origin is RegimeOrigin.SHIPPED, view.regime.id


def _changes(regime: Regime) -> Iterator[date]:
    for rule in regime.rules:
        days = [rule.since, rule.until]
        if isinstance(rule.form, Choice):
            days += [alternative.since for alternative in rule.form.alternatives]
        yield from (day for day in days if day is not None)
