"""Parse one regime file (TOML) into a Regime."""

from __future__ import annotations

import hashlib
import re
import tomllib
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from pos.application.quota.evaluate_quota import HISTORY
from pos.domain.money import Currency
from pos.domain.pricing.rates import RATE_KINDS
from pos.domain.quota.rule import (
    Alternative,
    Ban,
    Bound,
    Charge,
    ChargeVersion,
    Choice,
    DutyRate,
    Each,
    Form,
    Free,
    MostVisits,
    PartAbove,
    PerVariant,
    Pool,
    PoolPart,
    Regime,
    Rule,
    Scope,
    Strength,
    Sum,
    Tier,
    Tiers,
    Unchecked,
    Verdict,
    Who,
    WholeUnit,
)
from pos.domain.quota.window import Window
from pos.regimes.checks import check_alone, check_together
from pos.regimes.fields import FilePosition, RegimeFault, TomlTable, line_of, time_zones
from pos.regimes.uncovered_goods import check_whole

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_HIGHEST_AGE = 150
_HIGHEST_RATE = 10  # ten times the value: "20" where "0.20" was meant is no rate
_ROLLING = re.compile(r"rolling:([1-9][0-9]{0,3})d")
_PER = {
    ("ml", "l"): 1000, ("ml", "ml"): 1, ("gross_kg", "kg"): 1, ("net_g", "kg"): 1000, ("net_g", "g"): 1,
    ("sticks", "stick"): 1, ("pieces", "piece"): 1,
}  # fmt: skip
"""The size of each named unit in its measure."""


@lru_cache(maxsize=32)
def read_regime(data: bytes, file: str) -> Regime:
    """The regime in `data`. Raises RegimeFault naming `file`, the rule and the field.

    Equal bytes are parsed once: a till with a training window, and every test, share the rules. Its currency has a
    code only: see `load_regimes`.
    """
    try:
        raw = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise RegimeFault(file, "", "", "not_utf_8") from None
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError of the parser
        raise RegimeFault(file, "", "", "not_toml", line_of(error, data)) from None
    table = TomlTable(raw, FilePosition(file))
    name, title, destination = _identity(table), table.title(), _destination(table)
    zone, currency, rate_kind = _zone(table), _currency(table), table.one_of("rate_kind", RATE_KINDS)
    leaves = table.one_of("assume_left", ("end_of_day", "at_once", "never"), "never")
    charge, charges = _charges(table)
    rules = [_rule(rule) for rule in table.tables("rule")]
    regime = Regime(
        id=name,
        title=title,
        destination=destination,
        zone=zone,
        currency=currency,
        rate_kind=rate_kind,
        assume_left=leaves != "never",
        charge=charge,
        rules=tuple(rule for rule, is_confirmed in rules if is_confirmed),
        version=hashlib.sha256(data).hexdigest()[:12],
        free=tuple(_free(free) for free in table.tables("free")) if "free" in table else (),
        is_example=table.flag("example"),
        charges=tuple(one for one, is_confirmed in charges if is_confirmed),
        planned=tuple(rule for rule, is_confirmed in rules if not is_confirmed),
        planned_charges=tuple(one for one, is_confirmed in charges if not is_confirmed),
        unchecked=tuple(_unchecked(one) for one in table.tables("unchecked")) if "unchecked" in table else (),
        parcels=leaves == "at_once",
    )
    table.done()
    if not regime.rules:
        raise table.position.fault("rule", "none_confirmed")
    check_together(regime, file)
    check_whole(regime, file)
    return regime


def _identity(table: TomlTable) -> str:
    name = table.text("id")
    if not _ID.fullmatch(name):
        raise table.position.fault("id", "not_an_id")
    return name


def _destination(table: TomlTable) -> str:
    name = table.text("destination")
    if not re.fullmatch("[A-Z]{2}", name):
        raise table.position.fault("destination", "not_a_country")
    return name


def _zone(table: TomlTable) -> ZoneInfo:
    name = table.text("time_zone")
    if name not in time_zones():  # a file of another name beside them is no time zone
        raise table.position.fault("time_zone", "unknown_zone")
    return ZoneInfo(name)


def _currency(table: TomlTable) -> Currency:
    code = table.text("currency")
    if not re.fullmatch("[A-Z]{3}", code):
        raise table.position.fault("currency", "not_a_currency")
    return Currency(code)


def _charges(table: TomlTable) -> tuple[Charge | None, list[tuple[ChargeVersion, bool]]]:
    """The charge of all days, or its versions by date, each with whether it is confirmed."""
    if "duty" not in table:
        return None, []
    if not table.is_list("duty"):
        return _charge(table.table("duty")), []
    return None, [_charge_version(duty) for duty in table.tables("duty")]


def _charge_version(table: TomlTable) -> tuple[ChargeVersion, bool]:
    since, until, is_confirmed = table.day("from"), table.day("until"), _confirmed(table)
    source, confidence = table.text("source"), _confidence(table)
    if since is not None and until is not None and until <= since:
        raise table.position.fault("until", "not_after_from")
    return ChargeVersion(_charge(table), since, until, source, confidence), is_confirmed


def _confirmed(table: TomlTable) -> bool:
    """False for a version that is planned: it says from which day, and is in force on none."""
    is_confirmed = table.flag("confirmed", absent=True)
    if not is_confirmed and "from" not in table:
        raise table.position.fault("from", "missing")
    return is_confirmed


def _confidence(table: TomlTable) -> str:
    return table.one_of("confidence", ("high", "medium", "low"))


def _charge(table: TomlTable) -> Charge:
    charge: Charge
    if table.one_of("charge", ("whole_unit", "part")) == "whole_unit":
        charge = WholeUnit(tuple(_duty_rate(rate) for rate in table.tables("rates")))
        if charge.rates[-1] != DutyRate(Scope(("*",)), charge.rates[-1].rate):
            raise table.position.fault("rates", "last_rate_is_not_for_all")
    else:
        charge = PartAbove(table.decimal("ad_valorem", _HIGHEST_RATE), _specific(table, "minimum", "gross_kg"))
    table.done()
    return charge


def _duty_rate(table: TomlTable) -> DutyRate:
    rate = DutyRate(
        _scope(table), table.decimal("rate", _HIGHEST_RATE), table.decimal_or_none("unit_value_from") or Fraction(0)
    )
    table.done()
    return rate


def _specific(table: TomlTable, field: str, measure: str) -> Fraction | None:
    """An amount of duty for each unit of `measure`, in the regime's currency."""
    if field not in table:
        return None
    specific = table.table(field)
    amount, per = specific.decimal("amount"), specific.text("per")
    if (measure, per) not in _PER:
        raise specific.position.fault("per", f"not_a_unit_of_{measure}")
    specific.done()
    return amount / _PER[measure, per]


def _scope(table: TomlTable, names: str = "scope") -> Scope:
    strength = _strength(table.table("where")) if "where" in table else None
    excluded = table.categories("except") if "except" in table else ()
    scope = Scope(table.categories(names), excluded, strength)
    if not scope.leaves:
        raise table.position.fault(names, "holds_no_goods")
    return scope


def _strength(table: TomlTable) -> Strength:
    least, above, most = (table.decimal_or_none(field, 100) for field in ("abv_from", "abv_above", "abv_to"))
    table.done()
    if least is above is most is None:
        raise table.position.fault("abv_from", "missing")
    end = Fraction(100) if most is None else most
    if (least is not None and least > end) or (above is not None and above >= end):
        raise table.position.fault("abv_to" if most is not None else "abv_above", "holds_no_goods")
    return Strength(least, above, most)


def _free(table: TomlTable) -> Free:
    free = Free(_scope(table), table.text("source"))
    table.done()
    return free


def _unchecked(table: TomlTable) -> Unchecked:
    unchecked = Unchecked(_identity(table), table.title(), table.text("source"))
    table.done()
    return unchecked


def _rule(table: TomlTable) -> tuple[Rule, bool]:
    """A rule, and whether it is confirmed."""
    table.position = FilePosition(table.position.file, table.text("id"), "")
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
        confidence=_confidence(table),
        taxed_too=table.flag("taxed_too"),
    )
    is_confirmed = _confirmed(table)
    table.done()
    check_alone(rule, table.position)
    return rule, is_confirmed


def _union(pool: Pool) -> Scope:
    """All leaves named by any of the parts; strengths stay with the parts."""
    return Scope(tuple(sorted(set().union(*(part.scope.leaves for part in pool.parts)))))


def _form(table: TomlTable) -> Form:
    if "parts" in table:
        return Pool(tuple(_part(part) for part in table.tables("parts")), _mixed(table))
    if "any_of" in table:
        return Choice(tuple(_alternative(item) for item in table.tables("any_of")))
    if table.flag("ban"):
        return Ban()
    if "carry_outs" in table:
        return MostVisits(table.decimal("carry_outs"))
    measure = table.measure()
    if "tiers" in table:
        tiers = tuple(_tier(tier, measure, first=not index) for index, tier in enumerate(table.tables("tiers")))
        if any(later.up_to <= tier.up_to for tier, later in pairwise(tiers)):
            raise table.position.fault("tiers", "not_ascending")
        return Tiers(measure, tiers)
    each, per_variant, limit = table.flag("each"), table.flag("per_variant"), table.decimal("limit")
    if each and per_variant:
        raise table.position.fault("each", "not_with_per_variant")
    return Each(measure, limit) if each else PerVariant(measure, limit) if per_variant else Sum(measure, limit)


def _mixed(table: TomlTable) -> Verdict:
    return Verdict[table.one_of("mixed", ("note",)).upper()] if "mixed" in table else Verdict.OK


def _part(table: TomlTable) -> PoolPart:
    part = PoolPart(_scope(table), table.measure(), table.positive("per"))
    table.done()
    return part


def _alternative(table: TomlTable) -> Alternative:
    within = tuple(_bound(bound) for bound in table.tables("within")) if "within" in table else ()
    only = _scope(table, "only")
    alternative = Alternative(only, table.measure(), table.decimal("limit"), table.day("from"), within)
    table.done()
    return alternative


def _bound(table: TomlTable) -> Bound:
    bound = Bound(_scope(table), table.measure(), table.decimal("limit"))
    table.done()
    return bound


def _tier(table: TomlTable, measure: str, first: bool) -> Tier:
    specific = _specific(table, "specific", measure) or Fraction(0)
    if first and ("over" in table or specific):
        raise table.position.fault("over", "first_tier_is_free")
    tier = Tier(table.decimal("up_to"), Verdict.OK if first else table.verdict("over"), specific)
    table.done()
    return tier


def _window(table: TomlTable) -> Window:
    name = table.text("window", "carry_out")
    rolling = _ROLLING.fullmatch(name)
    if rolling:
        if int(rolling[1]) >= HISTORY.days:
            raise table.position.fault("window", "out_of_range")
        return Window("rolling", int(rolling[1]))
    if name not in ("carry_out", "day", "month", "year"):
        raise table.position.fault("window", "unknown_window")
    return Window(name)


def _who(table: TomlTable) -> Who:
    residence = frozenset(table.countries("residence")) if "residence" in table else None
    days = table.whole("within_days", 1, HISTORY.days - 1)
    least, most = table.whole("age_from", most=_HIGHEST_AGE), table.whole("age_to", most=_HIGHEST_AGE)
    who = Who(least, most, residence, table.whole("crossings_above"), days or 0)
    table.done()
    if least is not None and most is not None and most < least:
        raise table.position.fault("age_to", "out_of_range")
    if (who.crossings_above is None) != (days is None):
        raise table.position.fault("within_days", "goes_with_crossings_above")
    return who
