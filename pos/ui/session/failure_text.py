"""Words a failed step in the window: a refusal, an infrastructure error, or an unexpected one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.errors import InfrastructureError, OutcomeUnknown, RuleBroken, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.application.text.translator import Translator

    Worded = Callable[[RuleBroken | InfrastructureError, Translator], str]


def failure_text(error: Exception, worded: Worded, tr: Translator) -> str:
    """One sentence for a refusal or an infrastructure error, as `worded`; a general one for an unexpected error."""
    if isinstance(error, RuleBroken):
        return worded(error, tr).replace("..", ".")  # Amina S. may end a sentence
    if isinstance(
        error, StoreUnavailable | OutcomeUnknown
    ):  # the driver's own text is long and of no use to the reader
        error = type(error)(error.where)
    if isinstance(error, InfrastructureError):
        return worded(error, tr)
    return tr("Something went wrong. No data is lost. Details are in the log file.")
