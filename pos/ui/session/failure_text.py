"""How a step that failed is worded in the window: a refusal, a trouble, or what nobody foresaw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.errors import InfrastructureError, OutcomeUnknown, RuleBroken, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.application.text.words import Words

    Worded = Callable[[RuleBroken | InfrastructureError, Words], str]


def failure_text(error: Exception, worded: Worded, words: Words) -> str:
    """One sentence for a refusal or a trouble, as `worded`; a general one for what nobody foresaw."""
    if isinstance(error, RuleBroken):
        return worded(error, words).replace("..", ".")  # Amina S. may end a sentence
    if isinstance(error, StoreUnavailable | OutcomeUnknown):  # the driver's own words are long, and nobody's here
        error = type(error)(error.where)
    if isinstance(error, InfrastructureError):
        return worded(error, words)
    return words("Something went wrong. No data is lost. Details are in the log file.")
