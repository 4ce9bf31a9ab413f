"""What stops a sale at the center, as facts; what the center itself refuses stands in `pos.application.center`."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos.domain.errors import Refused
from pos.domain.staff.staff import Approvable, ApprovalRequirement

SELL_UNSEEN = "sell_unseen"
"""The act of selling while the center does not answer."""


@dataclass(frozen=True, slots=True)
class UnseenRequirement(ApprovalRequirement):
    """A basket that is sold while the center does not answer: any change of it needs a new approval."""

    what: str = field(compare=False)
    """Why it does not answer."""
    carried: str
    """A digest of who carries what, at which price."""

    def text(self) -> str:
        return f"#{self.carried}"

    def refusal(self, person: str) -> Approvable:  # noqa: ARG002 # as the base names it
        return CenterAway(self.what, may_be_approved=True)


@dataclass(eq=False)
class CenterAway(Approvable):
    """The center does not answer, or its answer cannot be understood: `what` says why.

    `may_be_approved`: the shop lets a person approve a sale that the center does not see.
    """

    fact = "center_away"

    what: str
    may_be_approved: bool = False

    @property
    def need(self) -> ApprovalRequirement | None:
        return ApprovalRequirement(SELL_UNSEEN) if self.may_be_approved else None


@dataclass(eq=False)
class CenterRefused(Refused):
    """The center refuses to reserve a sale; `why` is the fact of its refusal, which is the cause of this one."""

    fact = "center_refused"

    why: str


@dataclass(eq=False)
class CallNotTaken(Refused):
    """The center does not take a call, for a reason that this program does not know by name."""

    fact = "center_call_not_taken"

    problem: str


@dataclass(eq=False)
class NotForPractice(Refused):
    """Simulated shops trade at a center of their own: in the books of others their goods would be an excess."""

    fact = "center_not_for_practice"


@dataclass(eq=False)
class NotOfThisDemo(Refused):
    """A demo shop takes part in the center of its own demo, and opens no connection to any other one."""

    fact = "center_not_of_this_demo"
