"""Which attributes of goods the rules of a regime ask for: without one of them the allowance is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pos.domain.quota.rule import (
    Alternative,
    Choice,
    Each,
    Form,
    PerVariant,
    Pool,
    Regime,
    Rule,
    Scope,
    Sum,
    Tiers,
    WholeUnit,
)

ORDER = ("ml", "abv", "sticks", "net_g", "variant", "gross_kg")
"""The attributes that may be missing, in the order in which they are asked: what the label says before the scale."""

Needs = Mapping[str, frozenset[str]]
"""The categories (leaves) that need each attribute; an attribute that nothing needs is not in it."""

_ALWAYS_KNOWN = frozenset(
    {"value", "pieces"}
)  # goods on sale have a price; a unit is one piece if nothing else is said


def needs_on(regime: Regime, day: date) -> Needs:
    """What the rules of `regime` that hold on the local `day` need to know of goods, for every carrier.

    A rule needs its measure of everything that it counts, and the strength where that decides what it counts.
    """
    needs: dict[str, set[str]] = {}
    for rule in regime.in_force(day):
        for scope, attribute in _asked_by(rule, day):
            needs.setdefault(attribute, set()).update(scope.leaves & rule.scope.leaves)
    charge = regime.charge_on(day)
    if isinstance(charge, WholeUnit):
        for rate in charge.rates:
            for _, attribute in _asked_to_hold(rate.scope):
                needs.setdefault(attribute, set()).update(rate.scope.leaves)
    return {name: frozenset(needs[name]) for name in ORDER if needs.get(name)}


def together(all_needs: Iterable[Needs]) -> Needs:
    """What any of several regimes needs."""
    listed = list(all_needs)
    joined = {name: frozenset().union(*(needs.get(name, ()) for needs in listed)) for name in ORDER}
    return {name: categories for name, categories in joined.items() if categories}


def needed_of(category: str, needs: Needs) -> tuple[str, ...]:
    """The attributes that goods of `category` must have, in the order in which they are asked for."""
    return tuple(name for name in ORDER if category in needs.get(name, ()))


def _asked_by(rule: Rule, day: date) -> Iterator[tuple[Scope, str]]:
    yield from _asked_to_hold(rule.scope)
    for scope, measure in _measured(rule.form, rule.scope, day):
        yield from _asked_to_hold(scope)
        if measure not in _ALWAYS_KNOWN:
            yield scope, measure


def _asked_to_hold(scope: Scope) -> Iterator[tuple[Scope, str]]:
    if scope.strength is not None:
        yield scope, "abv"


def _measured(form: Form, scope: Scope, day: date) -> Iterator[tuple[Scope, str]]:
    """What a rule adds up, of which goods. Bans and visits add up nothing."""
    if isinstance(form, Sum | Tiers | Each | PerVariant):
        yield scope, form.measure
    if isinstance(form, PerVariant):
        yield scope, "variant"
    elif isinstance(form, Pool):
        yield from ((part.scope, part.measure) for part in form.parts)
    elif isinstance(form, Choice):
        open_ = (way for way in form.alternatives if _is_open(way, day))
        yield from ((bound.scope, bound.measure) for way in open_ for bound in way.bounds)


def _is_open(way: Alternative, day: date) -> bool:
    return way.since is None or way.since <= day
