"""One regime file (TOML) → a Regime."""

from __future__ import annotations

import hashlib
import re
import tomllib
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from pos.domain.money import CURRENCIES, Currency
from pos.domain.quota.rule import (
    Alternative,
    Ban,
    Bound,
    Charge,
    Choice,
    DutyRate,
    Each,
    Form,
    Part,
    PartAbove,
    PerVariant,
    Pool,
    Regime,
    Rule,
    Scope,
    Strength,
    Sum,
    Tier,
    Tiers,
    Verdict,
    Visits,
    Who,
    WholeUnit,
)
from pos.domain.quota.window import Window
from pos.regimes.fields import Place, RegimeFault, Table

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_LINE = re.compile(r"\bat line ([0-9]+)")
_ROLLING = re.compile(r"rolling:([1-9][0-9]{0,3})d")
_PER = {
    ("ml", "l"): 1000, ("ml", "ml"): 1, ("gross_kg", "kg"): 1, ("net_g", "kg"): 1000, ("net_g", "g"): 1,
    ("sticks", "stick"): 1, ("pieces", "piece"): 1,
}  # fmt: skip
"""How much of a measure one named unit of it is."""


def read_regime(data: bytes, file: str) -> Regime:
    """The regime written in `data`; raises RegimeFault naming `file`, the rule and the field."""
    try:
        raw = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise RegimeFault(file, "", "", "not_utf_8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RegimeFault(file, "", "", "not_toml", _line_of(error, data)) from None
    table = Table(raw, Place(file))
    regime = Regime(
        id=_identity(table),
        title=table.title(),
        destination=table.text("destination"),
        zone=_zone(table),
        currency=_currency(table),
        rate_kind=table.one_of("rate_kind", ("customs", "buy", "sell")),
        assume_left=table.one_of("assume_left", ("end_of_day", "never"), "never") == "end_of_day",
        charge=_charge(table.table("duty")) if "duty" in table else None,
        rules=tuple(_rule(rule) for rule in table.tables("rule")),
        version=hashlib.sha256(data).hexdigest()[:12],
    )
    table.done()
    _check_together(regime, file)
    return regime


def _line_of(error: Exception, data: bytes) -> int:
    """The line that the parser names in its message: before Python 3.14 it says so nowhere else."""
    if str(error).endswith("(at end of document)"):
        return data.count(b"\n") + 1
    named = _LINE.search(str(error))
    return int(named[1]) if named else 0


def _identity(table: Table) -> str:
    name = table.text("id")
    if not _ID.fullmatch(name):
        raise table.place.fault("id", "not_an_id")
    return name


def _zone(table: Table) -> ZoneInfo:
    try:
        return ZoneInfo(table.text("time_zone"))
    except (OSError, ValueError, LookupError):
        raise table.place.fault("time_zone", "unknown_zone") from None


def _currency(table: Table) -> Currency:
    code = table.text("currency")
    if not re.fullmatch("[A-Z]{3}", code):
        raise table.place.fault("currency", "not_a_currency")
    return CURRENCIES.get(code) or Currency(code)


def _charge(table: Table) -> Charge:
    charge: Charge
    if table.one_of("charge", ("whole_unit", "part")) == "whole_unit":
        charge = WholeUnit(tuple(_duty_rate(rate) for rate in table.tables("rates")))
        if charge.rates[-1].scope.names != ("*",) or charge.rates[-1].unit_value_from:
            raise table.place.fault("rates", "last_rate_is_not_for_all")
    else:
        charge = PartAbove(table.decimal("ad_valorem"), _specific(table, "minimum", "gross_kg"))
    table.done()
    return charge


def _duty_rate(table: Table) -> DutyRate:
    rate = DutyRate(_scope(table), table.decimal("rate"), table.decimal_or_none("unit_value_from") or Fraction(0))
    table.done()
    return rate


def _specific(table: Table, field: str, measure: str) -> Fraction | None:
    """An amount of duty for each unit of `measure`, in the regime's currency."""
    if field not in table:
        return None
    specific = table.table(field)
    amount, per = specific.decimal("amount"), specific.text("per")
    if (measure, per) not in _PER:
        raise specific.place.fault("per", f"not_a_unit_of_{measure}")
    specific.done()
    return amount / _PER[measure, per]


def _scope(table: Table, names: str = "scope") -> Scope:
    strength = None
    if "where" in table:
        where = table.table("where")
        strength = Strength(
            where.decimal_or_none("abv_from"), where.decimal_or_none("abv_above"), where.decimal_or_none("abv_to")
        )
        where.done()
    excluded = table.categories("except") if "except" in table else ()
    scope = Scope(table.categories(names), excluded, strength)
    if not scope.leaves:
        raise table.place.fault(names, "holds_no_goods")
    return scope


def _rule(table: Table) -> Rule:
    table.place = Place(table.place.file, table.text("id"), "")
    form = _form(table)
    rule = Rule(
        id=_identity(table),
        title=table.title(),
        scope=_union(form) if isinstance(form, Pool) else _scope(table),
        form=form,
        window=_window(table),
        over=table.verdict("over"),
        since=table.day("from"),
        until=table.day("until"),
        uses=table.whole("uses", 1),
        who=_who(table.table("who")) if "who" in table else Who(),
        under_age=table.verdict("under_age") if "under_age" in table else None,
        unless=table.text_or_none("unless"),
        group=table.text_or_none("group"),
        source=table.text("source"),
        confidence=table.one_of("confidence", ("high", "medium", "low")),
    )
    table.done()
    _check_alone(rule, table.place)
    return rule


def _union(pool: Pool) -> Scope:
    """All leaves that one of the parts names; strengths stay with the parts."""
    return Scope(tuple(sorted(set().union(*(part.scope.leaves for part in pool.parts)))))


def _form(table: Table) -> Form:
    if "parts" in table:
        return Pool(tuple(_part(part) for part in table.tables("parts")), table.verdict("mixed", Verdict.OK))
    if "any_of" in table:
        return Choice(tuple(_alternative(item) for item in table.tables("any_of")))
    if table.flag("ban"):
        return Ban()
    if "carry_outs" in table:
        return Visits(table.decimal("carry_outs"))
    measure = table.measure()
    if "tiers" in table:
        tiers = tuple(_tier(tier, measure, first=not index) for index, tier in enumerate(table.tables("tiers")))
        if any(later.up_to <= tier.up_to for tier, later in pairwise(tiers)):
            raise table.place.fault("tiers", "not_ascending")
        return Tiers(measure, tiers)
    each, per_variant, limit = table.flag("each"), table.flag("per_variant"), table.decimal("limit")
    if each and per_variant:
        raise table.place.fault("each", "not_with_per_variant")
    return Each(measure, limit) if each else PerVariant(measure, limit) if per_variant else Sum(measure, limit)


def _part(table: Table) -> Part:
    part = Part(_scope(table), table.measure(), table.positive("per"))
    table.done()
    return part


def _alternative(table: Table) -> Alternative:
    within = tuple(_bound(bound) for bound in table.tables("within")) if "within" in table else ()
    only = _scope(table, "only")
    alternative = Alternative(only, table.measure(), table.decimal("limit"), table.day("from"), within)
    table.done()
    return alternative


def _bound(table: Table) -> Bound:
    bound = Bound(_scope(table), table.measure(), table.decimal("limit"))
    table.done()
    return bound


def _tier(table: Table, measure: str, first: bool) -> Tier:
    specific = _specific(table, "specific", measure) or Fraction(0)
    if first and ("over" in table or specific):
        raise table.place.fault("over", "first_tier_is_free")
    tier = Tier(table.decimal("up_to"), Verdict.OK if first else table.verdict("over"), specific)
    table.done()
    return tier


def _window(table: Table) -> Window:
    name = table.text("window", "carry_out")
    rolling = _ROLLING.fullmatch(name)
    if rolling:
        return Window("rolling", int(rolling[1]))
    if name not in ("carry_out", "day", "month", "year"):
        raise table.place.fault("window", "unknown_window")
    return Window(name)


def _who(table: Table) -> Who:
    residence = frozenset(table.texts("residence")) if "residence" in table else None
    days = table.whole("within_days", 1)
    who = Who(table.whole("age_from"), table.whole("age_to"), residence, table.whole("crossings_above"), days or 0)
    table.done()
    if (who.crossings_above is None) != (days is None):
        raise table.place.fault("within_days", "goes_with_crossings_above")
    return who


def _check_alone(rule: Rule, place: Place) -> None:
    """Combinations that have no meaning, and would silently be no limit."""
    if rule.since is not None and rule.until is not None and rule.until <= rule.since:
        raise place.fault("until", "not_after_from")
    if rule.under_age is not None and rule.who.age_from is None:
        raise place.fault("under_age", "needs_age_from")
    if rule.window.remembers and isinstance(rule.form, Choice | Tiers | Ban | Each | PerVariant):
        raise place.fault("window", "not_with_this_form")
    if rule.uses is not None and not (rule.window.remembers and isinstance(rule.form, Sum | Pool)):
        raise place.fault("uses", "needs_a_window_and_a_limit")
    if isinstance(rule.form, Visits) and not rule.window.remembers:
        raise place.fault("window", "carry_outs_need_a_span")
    if rule.group is not None and not isinstance(rule.form, Sum):
        raise place.fault("group", "only_for_a_limit")


def _check_together(regime: Regime, file: str) -> None:
    for rule in regime.rules:
        place = Place(file, rule.id)
        if rule.unless is not None and rule.unless not in {other.id for other in regime.rules}:
            raise place.fault("unless", "unknown_rule")
        if Verdict.DUTY in (rule.over, rule.under_age):
            _check_charge(regime, rule, place)
        priced = isinstance(rule.form, Tiers) and any(tier.specific for tier in rule.form.tiers)
        if priced and not isinstance(regime.charge, PartAbove):
            raise place.fault("tiers", "specific_needs_charge_part")
    for index, rule in enumerate(regime.rules):
        for other in regime.rules[index + 1 :]:
            if rule.id == other.id and _meet(rule, other):
                raise Place(file, rule.id).fault("from", "two_versions_on_one_day")


def _check_charge(regime: Regime, rule: Rule, place: Place) -> None:
    if regime.charge is None:
        raise place.fault("over", "duty_needs_a_charge")
    if isinstance(regime.charge, PartAbove):
        measured = isinstance(rule.form, Sum) and rule.form.measure in ("value", "gross_kg")
        if not measured or (rule.form.measure == "gross_kg" and regime.charge.minimum is None):  # type: ignore[union-attr]
            raise place.fault("over", "no_formula_for_this_measure")


def _meet(rule: Rule, other: Rule) -> bool:
    """Whether one visitor can meet both rules on one day."""
    if (rule.until and other.since and rule.until <= other.since) or (
        other.until and rule.since and other.until <= rule.since
    ):
        return False
    return not (_older(rule, other) or _older(other, rule))


def _older(rule: Rule, other: Rule) -> bool:
    """Whether `rule` is for travellers above the ages of `other` only."""
    least, most = rule.who.age_from, other.who.age_to
    return least is not None and most is not None and rule.under_age is None and most < least
