"""What the center has said of a visitor, in words for their card. Nothing in a shop without a center."""

from __future__ import annotations

from datetime import tzinfo

from pos.application.membership.center_answer import CenterAnswer, CenterState
from pos.application.membership.center_rules import NOT_READABLE
from pos.application.text.formatting import time_text
from pos.application.text.translator import Translator
from pos.ui.widgets.drawing.tone import Tone


def center_text(answer: CenterAnswer, zone: tzinfo, tr: Translator) -> str:
    """From when the answer is, or why nothing is known from there.

    A ledger that was fetched earlier is named with its time and with what it has: it is never judged by.
    """
    state = answer.state
    if state is CenterState.NONE:
        return ""
    time = "" if answer.at is None else time_text(answer.at.astimezone(zone))
    if state is CenterState.FRESH:
        return tr("from the center, {time}", time=time)
    if answer.what == NOT_READABLE:
        return tr("the center's rules cannot be read here")
    if state is CenterState.AWAY:
        return tr("the center does not answer")
    if state is CenterState.ASKED or not answer.what:
        return tr("center not asked yet")
    sold = sum(line.goods.quantity for line in answer.ledger.lines if not line.id.sale) if answer.ledger else 0
    elsewhere = tr.plural("{n} piece elsewhere", "{n} pieces elsewhere", sold)
    return tr("center, {time}: {elsewhere}, not counted now", time=time, elsewhere=elsewhere)


def center_tone(answer: CenterAnswer) -> Tone:
    """Amber while the verdict waits for the center; an older answer is grey."""
    is_grey = answer.state in (CenterState.FRESH, CenterState.NONE)
    return Tone.NEUTRAL if is_grey or (answer.state is CenterState.STALE and answer.what) else Tone.NEARLY
