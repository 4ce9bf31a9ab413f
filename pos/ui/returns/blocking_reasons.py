"""Why a return cannot be recorded: it is being recorded, its outcome is unknown, or something is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.staff.staff import Person
from pos.ui.receipts.return_words import beyond_text
from pos.ui.sales.payment.change_column import State
from pos.ui.session.commit_uncertainty import what_now
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.cards.verdict_card import VerdictView
from pos.ui.widgets.drawing.tone import Tone


def in_the_way(
    state: State, refusal: str, missing: VerdictView | None, tr: Translator, *, is_away: bool
) -> VerdictView | None:
    """The card with the blocking reason; for a return that only waits to be recorded, what is `missing` of it."""
    if state is State.RECORDING:
        return VerdictView(Tone.INFO, tr("Recording…"), "hourglass")
    if state is State.UNCERTAIN:
        text = what_now(refusal, tr, is_away=is_away)
        headline = tr("Recording not confirmed")
        return VerdictView(Tone.NEARLY, headline, "circle-question-mark", text)
    if state is State.REFUSED:
        return VerdictView(Tone.OVER, tr("Not recorded"), lines=(refusal,))
    return missing


def missing_of(pieces: int, reason: str, hint: str, reason_key: str, tr: Translator) -> VerdictView | None:
    """What is still missing: the goods, for which there is a `hint`, then the reason."""
    if not pieces:
        return VerdictView(Tone.NEUTRAL, tr("No items selected"), "undo-2", notes=(hint,))
    if not reason:
        hint = tr("{key} adds a reason.", key=reason_key)
        return VerdictView(Tone.NEUTRAL, tr("Choose a reason"), "circle-question-mark", notes=(hint,))
    return None


def agreed_by(
    person: Person | None,
    permission: str,
    text: str,
    beyond: Sequence[Money],
    tr: Translator,
    *,
    has_choice: bool = True,
) -> VerdictView:
    """Nothing is in the way: the person may do it themselves, which `text` states, or a manager has to approve it.

    A drawer that should hold less than is to be paid out is shown with it; `has_choice`: another currency can be
    chosen.
    """
    if person is not None and person.may(permission):
        agrees = VerdictView(Tone.WITHIN, text)
    else:
        agrees = VerdictView(Tone.NEARLY, tr("Manager approval required"), "shield-check")
    if not beyond:
        return agrees
    return replace(agrees, tone=Tone.NEARLY, lines=(beyond_text(beyond, tr, has_choice=has_choice),))


def drawer_is_short(beyond: Sequence[Money], tr: Translator) -> VerdictView | None:
    """The notice that the drawer should hold less than is to be paid out; None where it holds enough."""
    if not beyond:
        return None
    return VerdictView(Tone.NEARLY, tr("Not enough cash in the drawer"), "wallet", (beyond_text(beyond, tr),))


def present_record(button: IconButton, state: State, text: str, tr: Translator, *, ready: bool) -> None:
    """Name the button that records the return with `text`; for an unknown outcome it sends the request again."""
    button.setEnabled(state is State.UNCERTAIN or (ready and state is not State.RECORDING))
    texts = {State.RECORDING: tr("Recording…"), State.UNCERTAIN: tr("Check again")}
    button.present(texts.get(state, text))
