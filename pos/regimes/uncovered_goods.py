"""No goods may escape a regime: a file must declare goods without a rule as free, with the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date
from fractions import Fraction
from itertools import pairwise, product

from pos.domain.catalogue.category import LEAVES
from pos.domain.quota.allowance_position import Traveller, rules_met
from pos.domain.quota.rule import Ban, Choice, Pool, Regime, Rule, Scope, Sum, Tiers
from pos.regimes.fields import FilePosition

_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
"""The days on which a basket can be evaluated; see `quota_scenario`."""
_ELSEWHERE = "ZZ"
"""A residence that no file can name: no country has these letters."""
_MOST = 400_000
"""Most combinations of rules and kinds of travellers: many times what a country has, and under a second."""
_WEAKEST, _STRONGEST = Fraction(1, 2), Fraction(100)
"""Drinks up to the first are `drink` by definition; nothing is stronger than the last."""


def check_whole(regime: Regime, file: str) -> None:
    """Refuse a regime that leaves a category unlimited for some traveller.

    A history of rules may begin with a few of them: from the first day without holes there must be no holes.
    """
    position = FilePosition(file)
    days, travellers = _days(regime), _travellers(regime)
    if len(days) * len(travellers) * len(regime.rules) > _MOST:
        raise position.fault("rule", "too_many_versions")
    strengths = _strengths(regime)
    free = _limited({one.scope for one in regime.free}, strengths)
    holes = [_holes(regime, day, travellers, strengths, free) for day in days]
    whole = next((number for number, hole in enumerate(holes) if not hole), None)
    for hole in holes[-1:] if whole is None else holes[whole:]:
        if hole:
            raise position.fault(hole[0], "held_by_no_rule")


def check_begun(regime: Regime, file: str, today: date) -> None:
    """Refuse a regime whose rules of today leave a category unlimited, for the rules to come are not in force yet."""
    strengths = _strengths(regime)
    free = _limited({one.scope for one in regime.free}, strengths)
    hole = _holes(regime, today, _travellers(regime), strengths, free)
    if hole:
        raise FilePosition(file).fault(hole[0], "held_by_no_rule")


def _days(regime: Regime) -> list[date]:
    """One day of each period with the same rules, in order."""
    turns = {day for rule in regime.rules for day in (rule.since, rule.until) if day is not None}
    return sorted({_FIRST, *(min(max(day, _FIRST), _LAST) for day in turns)})


def _travellers(regime: Regime) -> list[tuple[int, str, int]]:
    """Every kind of traveller that the rules distinguish: age, residence, entries of today."""
    whos = [rule.who for rule in regime.rules]
    ages = {0, *(who.age_from for who in whos if who.age_from is not None)}
    ages |= {who.age_to + 1 for who in whos if who.age_to is not None}
    residences = {_ELSEWHERE, *(min(who.residence) for who in whos if who.residence)}
    entries = {0, *(who.crossings_above + 1 for who in whos if who.crossings_above is not None)}
    return list(product(sorted(ages), sorted(residences), sorted(entries)))


def _strengths(regime: Regime) -> list[Fraction]:
    """Every strength at which a condition changes, and one between each two: these represent all others."""
    scopes = [*(scope for rule in regime.rules for scope in _scopes(rule)), *(one.scope for one in regime.free)]
    given = [scope.strength for scope in scopes if scope.strength is not None]
    turns = {_WEAKEST, _STRONGEST}
    turns |= {end for one in given for end in (one.at_least, one.above, one.at_most) if end is not None}
    ends = sorted(end for end in turns if _WEAKEST <= end <= _STRONGEST)
    return [*ends[1:], *((low + high) / 2 for low, high in pairwise(ends))]


def _holes(
    regime: Regime,
    day: date,
    travellers: Sequence[tuple[int, str, int]],
    strengths: Sequence[Fraction],
    free: frozenset[tuple[str, Fraction]],
) -> list[str]:
    """The categories, in tree order, of which some traveller may take any number on this day."""
    open_: set[str] = set()
    every = {(leaf, strength) for leaf in LEAVES for strength in strengths}
    known: dict[tuple[int, ...], frozenset[tuple[str, Fraction]]] = {}
    for age, residence, entries in travellers:
        born = date(max(day.year - age, 1), 1, 1)
        met = rules_met(regime, Traveller(born, residence, (day,) * entries), day)
        key = tuple([2 * id(rule) + barred for rule, barred in met])  # kinds of travellers often meet the same rules
        if key not in known:
            known[key] = _limited({scope for one in met for scope in _bounding(*one)}, strengths)
        open_ |= {leaf for leaf, _ in every - known[key] - free}
    return [leaf for leaf in LEAVES if leaf in open_]


def _bounding(rule: Rule, barred: bool) -> Iterator[Scope]:
    """The goods that a rule limits in number. Limits on each piece or kind alone do not count."""
    if barred or isinstance(rule.form, Sum | Pool | Choice | Tiers | Ban):
        yield from _scopes(rule)


def _scopes(rule: Rule) -> Iterator[Scope]:
    if isinstance(rule.form, Pool):
        yield from (part.scope for part in rule.form.parts)
    else:
        yield rule.scope


def _limited(scopes: Set[Scope], strengths: Sequence[Fraction]) -> frozenset[tuple[str, Fraction]]:
    return frozenset(
        (leaf, strength)
        for scope in scopes
        for strength in strengths
        if scope.strength is None or scope.strength.admits(strength)
        for leaf in scope.leaves
    )
