"""Use cases of a till at its center, together."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.membership.center_rules import RulesOfTill
from pos.application.membership.compare_rates import CompareRates
from pos.application.membership.join_center import JoinCenter
from pos.application.membership.look_at_center import LookAtCenter
from pos.application.membership.look_up_at_center import LookUpAtCenter
from pos.application.membership.membership import Membership
from pos.application.membership.reserve_at_center import ReserveAtCenter
from pos.application.membership.send_to_center import SendToCenter
from pos.application.membership.take_rules import TakeRules
from pos.application.settings.context import Context


@dataclass(frozen=True, slots=True)
class AtCenterUseCases:
    """One of each. Whether the till takes part is asked at each step: it may join while the program runs."""

    membership: Membership
    join: JoinCenter
    look_up: LookUpAtCenter
    reserve: ReserveAtCenter
    send: SendToCenter
    rules: TakeRules
    look: LookAtCenter

    @classmethod
    def over(cls, context: Context, membership: Membership, rules: RulesOfTill) -> AtCenterUseCases:
        """All of them at one line to the center."""
        take = TakeRules(context, membership, rules)
        return cls(
            membership=membership,
            join=JoinCenter(context, membership),
            look_up=LookUpAtCenter(context, membership),
            reserve=ReserveAtCenter(context, membership, take),
            send=SendToCenter(context, membership),
            rules=take,
            look=LookAtCenter(membership, take, CompareRates(context, membership)),
        )
