"""By which rules a parcel is judged, in words."""

from __future__ import annotations

from datetime import date

from pos.application.text.translator import Translator
from pos.domain.quota.rule import Regime
from pos.ui.quota.regimes.rule_words import SEPARATOR, SURE


def rules_text(regime: Regime, day: date, tr: Translator) -> str:
    """The rules, and how far the least certain of them can be relied on."""
    known = {rule.confidence for rule in regime.in_force(day)}
    least = min((SURE[one] for one in known if one in SURE), default=None)
    return SEPARATOR.join([regime.title_in(tr.language), *([] if least is None else [tr(least[1])])])


def unchecked_text(regime: Regime, tr: Translator) -> str:
    """What these rules leave unchecked, a sentence each."""
    return " ".join(one.title_in(tr.language) for one in regime.unchecked)
