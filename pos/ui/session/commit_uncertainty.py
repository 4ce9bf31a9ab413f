"""Whether the outcome of a recording is known, however often it was requested again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.errors import Collided, NoConnectionLeft, RuleBroken, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.application.text.translator import Translator


class CommitUncertainty:
    """Open while it is unknown whether a commit succeeded; it ends with a certain answer or a refusal.

    A refusal comes from a store that has looked for the key first. An unavailable store says nothing about an earlier
    attempt: its outcome stays unknown.
    """

    def __init__(self) -> None:
        self.is_open = False

    def after(self, error: Exception) -> bool:
        """Whether it is certain that nothing is recorded, after an attempt with this result."""
        if isinstance(error, RuleBroken):
            self.is_open = False
        elif not isinstance(error, StoreUnavailable | Collided):
            self.is_open = True
        return not self.is_open

    def end(self) -> None:
        """It is recorded, or the request was given up."""
        self.is_open = False


def what_now(refusal: str, tr: Translator, *, is_away: bool) -> tuple[str, str]:
    """What happened, and what the user should do about an unknown outcome."""
    if is_away:
        return (
            tr("The till checks this when the database responds. It is never recorded twice."),
            tr("Keep the goods and the money at the counter until then."),
        )
    return refusal, tr("Check again before anything else. It is never recorded twice.")


def wording_now(error: Exception, wording: Callable[[Exception], str], tr: Translator, *, is_away: bool) -> str:
    """Why nothing was recorded, as it is now: a database that was away may respond again."""
    if isinstance(error, StoreUnavailable) and not isinstance(error, NoConnectionLeft) and not is_away:
        return tr("The database responds again. Nothing was recorded. Try again.")
    return wording(error)
