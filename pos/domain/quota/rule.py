"""A regime as values: what a traveller may take one way out, and what happens above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from pos.domain.catalogue.category import LEAVES, any_covers
from pos.domain.errors import BadInput
from pos.domain.money import Currency
from pos.domain.quota.window import Window

Exact = int | Fraction
"""An exact number; an int where the goods give one, because ints are many times faster."""

MEASURES = ("value", "gross_kg", "net_g", "ml", "sticks", "pieces")
"""What a rule may add up, per unit."""


class Verdict(IntEnum):
    """The answer of a rule, worse upwards; a basket's verdict is its worst."""

    OK = 0
    NOTE = 1
    UNKNOWN = 2
    DUTY = 3
    REVIEW = 4
    REFUSE = 5

    @property
    def word(self) -> str:
        """The name in files and on the command line."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Strength:
    """A condition on the strength in per cent by volume; None is no condition."""

    at_least: Fraction | None = None
    above: Fraction | None = None
    at_most: Fraction | None = None

    def admits(self, abv: Exact) -> bool:
        """Whether a strength of `abv` meets the condition."""
        return (
            (self.at_least is None or abv >= self.at_least)
            and (self.above is None or abv > self.above)
            and (self.at_most is None or abv <= self.at_most)
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Goods by category (a branch means all leaves below it), less `excluded`, of some `strength`."""

    names: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    strength: Strength | None = None
    leaves: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        leaves = (leaf for leaf in LEAVES if any_covers(self.names, leaf) and not any_covers(self.excluded, leaf))
        object.__setattr__(self, "leaves", frozenset(leaves))


@dataclass(frozen=True, slots=True)
class Sum:
    """The measures of all units in scope add up to at most `limit`."""

    measure: str
    limit: Fraction


@dataclass(frozen=True, slots=True)
class PoolPart:
    """One kind of goods in a pool: `per` of its measure fills the pool alone."""

    scope: Scope
    measure: str
    per: Fraction


@dataclass(frozen=True, slots=True)
class Pool:
    """Kinds of goods that share one allowance of 1; `mixed` is the verdict where `ok` meets several kinds."""

    parts: tuple[PoolPart, ...]
    mixed: Verdict = Verdict.OK


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit on some of the goods within an alternative."""

    scope: Scope
    measure: str
    limit: Fraction


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to satisfy a choice: nothing but `only`, within `limit`, and within every bound of `within`."""

    only: Scope
    measure: str
    limit: Fraction
    since: date | None = None
    within: tuple[Bound, ...] = ()
    bounds: tuple[Bound, ...] = field(init=False, repr=False, compare=False)
    """Every limit of this alternative, the main one first."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "bounds", (Bound(self.only, self.measure, self.limit), *self.within))


@dataclass(frozen=True, slots=True)
class Choice:
    """Satisfied if one alternative holds for all the goods in scope."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """Up to `up_to` the verdict is `over`, and each unit of the measure in this tier costs `specific`."""

    up_to: Fraction
    over: Verdict = Verdict.OK
    specific: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Tiers:
    """Steps of one measure; the first is free, above the last the rule's own verdict holds."""

    measure: str
    tiers: tuple[Tier, ...]

    @property
    def limit(self) -> Fraction:
        """The end of the free tier."""
        return self.tiers[0].up_to

    def verdict(self, amount: Exact, beyond: Verdict) -> Verdict:
        return next((tier.over for tier in self.tiers if amount <= tier.up_to), beyond)

    def duty(self, amount: Exact) -> Fraction:
        """The specific duty on `amount`, in the regime's currency."""
        charge, floor = Fraction(0), Fraction(0)
        for tier in self.tiers:
            if amount > floor:
                charge += tier.specific * (min(Fraction(amount), tier.up_to) - floor)
            floor = tier.up_to
        return charge


@dataclass(frozen=True, slots=True)
class Ban:
    """Not one unit."""


@dataclass(frozen=True, slots=True)
class Each:
    """No single unit above `limit`."""

    measure: str
    limit: Fraction


@dataclass(frozen=True, slots=True)
class PerVariant:
    """At most `limit` of every variant apart."""

    measure: str
    limit: Fraction


@dataclass(frozen=True, slots=True)
class MostVisits:
    """At most `limit` carry-outs that hold goods."""

    limit: Fraction


Form = Sum | Pool | Choice | Tiers | Ban | Each | PerVariant | MostVisits


@dataclass(frozen=True, slots=True)
class Who:
    """Which travellers a rule is for; ages are whole years, both ends included.

    A traveller is frequent with more than `crossings_above` entries in the `within_days` local days that end
    with today.
    """

    age_from: int | None = None
    age_to: int | None = None
    residence: frozenset[str] | None = None
    crossings_above: int | None = None
    within_days: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One limit of a regime, in force from `since` until the day before `until`.

    `under_age` is the verdict for a younger traveller who has a unit in scope; None: the rule does not apply to them.
    """

    id: str
    title: Mapping[str, str]
    scope: Scope
    form: Form
    window: Window
    over: Verdict
    since: date | None = None
    until: date | None = None
    uses: int | None = None
    who: Who = Who()
    under_age: Verdict | None = None
    unless: str | None = None
    group: str | None = None
    source: str = ""
    confidence: str = ""
    taxed_too: bool = False
    """Whether goods on which duty was paid use up the allowance as well."""

    def in_force(self, day: date) -> bool:
        """Whether the rule holds on the local `day`."""
        return _holds(self.since, self.until, day)

    def title_in(self, language: str) -> str:
        """The short title in `language`, else in English, else the id."""
        return self.title.get(language) or self.title.get("en") or self.id


@dataclass(frozen=True, slots=True)
class DutyRate:
    """The rate on units of `scope` that are worth at least `unit_value_from`."""

    scope: Scope
    rate: Fraction
    unit_value_from: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class WholeUnit:
    """A unit is exempt or taxed whole, at the first rate that matches."""

    rates: tuple[DutyRate, ...]


@dataclass(frozen=True, slots=True)
class PartAbove:
    """The part above the limit is taxed: `ad_valorem` of the value, and at least `minimum` for each kilogram."""

    ad_valorem: Fraction
    minimum: Fraction | None = None


Charge = WholeUnit | PartAbove


@dataclass(frozen=True, slots=True)
class ChargeVersion:
    """How duty is charged from the local day `since` until the day before `until`, and where that is written."""

    charge: Charge
    since: date | None = None
    until: date | None = None
    source: str = ""
    confidence: str = ""

    def in_force(self, day: date) -> bool:
        """Whether duty is charged so on the local `day`."""
        return _holds(self.since, self.until, day)


def _holds(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day < until)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What the rules of a regime leave out, and the answer therefore says; no verdict hangs on it."""

    id: str
    title: Mapping[str, str]
    source: str

    def title_in(self, language: str) -> str:
        """The sentence in `language`, else in English."""
        return self.title.get(language) or self.title["en"]


@dataclass(frozen=True, slots=True)
class Free:
    """Goods of which the regime limits nothing, and where that is written."""

    scope: Scope
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Regime:
    """All rules of one way out. `version` names the text of the file; without a `charge` there is no duty.

    `free` names what no rule has to hold: of everything else a file without a limit is not read. `is_example`: its
    figures are no law but show how a regime is described. `planned` and `planned_charges` are versions that are not
    confirmed: they are shown and are never in force, whatever the day. With `parcels` the goods of a sale are sent:
    they leave at the sale, each sale by itself.
    """

    id: str
    title: Mapping[str, str]
    destination: str
    zone: ZoneInfo
    currency: Currency
    rate_kind: str
    assume_left: bool
    charge: Charge | None
    rules: tuple[Rule, ...]
    version: str = ""
    free: tuple[Free, ...] = ()
    is_example: bool = False
    charges: tuple[ChargeVersion, ...] = ()
    """The versions of the charge where it has changed; `charge` is None then."""
    planned: tuple[Rule, ...] = ()
    planned_charges: tuple[ChargeVersion, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    parcels: bool = False

    def has_let_go(self, sold_at: datetime, at: datetime) -> bool:
        """Whether goods without a recorded departure count as carried out by `at`: what is sent leaves at the sale."""
        if self.parcels:
            return True
        return self.assume_left and sold_at.astimezone(self.zone).date() < at.astimezone(self.zone).date()

    def charge_on(self, day: date) -> Charge | None:
        """How duty is charged on the local `day`; None for no duty."""
        return next((one.charge for one in self.charges if one.in_force(day)), self.charge)

    def planned_by(self, day: date) -> tuple[Rule, ...]:
        """The rules planned for a day up to the local `day` that are not confirmed."""
        return tuple(rule for rule in self.planned if rule.since is not None and rule.since <= day)

    def title_in(self, language: str) -> str:
        """The title in `language`, else in English, else the id."""
        return self.title.get(language) or self.title.get("en") or self.id

    def in_force(self, day: date) -> tuple[Rule, ...]:
        """The rules that hold on the local `day`, in the order of the file."""
        return _in_force(self, day)


@lru_cache(maxsize=64)
def _in_force(regime: Regime, day: date) -> tuple[Rule, ...]:
    return tuple(rule for rule in regime.rules if rule.in_force(day))


@dataclass(eq=False)
class UnknownRegime(BadInput):
    """There is no such set of rules."""

    fact = "unknown_regime"

    regime: str
    field: str = "regime"
