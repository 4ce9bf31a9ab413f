"""Whether it is known what became of a recording, however often it was asked for since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.errors import Collided, RuleBroken, StoreUnavailable

if TYPE_CHECKING:
    from pos.application.text.words import Words


class CommitUncertainty:
    """Begins with an answer that leaves open what was recorded; ends with one that tells, or with a refusal.

    A refusal comes from a store that has looked for the key first. That a store is away says nothing about a try
    before: what was in doubt stays so.
    """

    def __init__(self) -> None:
        self.is_open = False

    def after(self, error: Exception) -> bool:
        """Whether it is certain, after a try that ended so, that nothing is recorded."""
        if isinstance(error, RuleBroken):
            self.is_open = False
        elif not isinstance(error, StoreUnavailable | Collided):
            self.is_open = True
        return not self.is_open

    def end(self) -> None:
        """It is recorded, or nobody asks any more."""
        self.is_open = False


def what_now(refusal: str, words: Words, *, is_away: bool) -> tuple[str, str]:
    """What happened, and what whoever stands before a recording in doubt should do."""
    if is_away:
        return (
            words("The till checks this when the database responds. It is never recorded twice."),
            words("Keep the goods and the money at the counter until then."),
        )
    return refusal, words("Check again before anything else. It is never recorded twice.")
