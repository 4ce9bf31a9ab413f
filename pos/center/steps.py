"""The steps of the center that its API offers, built once for a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pos.application.center.customs_rates import ShowCustomsRates
from pos.application.center.link_visitors import LinkVisitors
from pos.application.center.look_up_visitor import LookUpVisitor
from pos.application.center.members_key import till_of
from pos.application.center.ports import CenterContext
from pos.application.center.record_changes import (
    RecordDeclared,
    RecordDeparture,
    RecordEntries,
    RecordMove,
    RecordReturn,
)
from pos.application.center.record_unseen_sale import RecordUnseenSale
from pos.application.center.refusals import CredentialUnknown
from pos.application.center.requests import Caller
from pos.application.center.reserve import Reserve
from pos.application.center.settle_reservation import ConfirmSale, ExtendReservation, GiveBack


@dataclass
class CenterSteps:
    """One of each."""

    context: CenterContext

    @cached_property
    def look_up(self) -> LookUpVisitor:
        return LookUpVisitor(self.context)

    @cached_property
    def reserve(self) -> Reserve:
        return Reserve(self.context)

    @cached_property
    def extend(self) -> ExtendReservation:
        return ExtendReservation(self.context)

    @cached_property
    def confirm(self) -> ConfirmSale:
        return ConfirmSale(self.context)

    @cached_property
    def give_back(self) -> GiveBack:
        return GiveBack(self.context)

    @cached_property
    def unseen_sale(self) -> RecordUnseenSale:
        return RecordUnseenSale(self.context)

    @cached_property
    def returned(self) -> RecordReturn:
        return RecordReturn(self.context)

    @cached_property
    def moved(self) -> RecordMove:
        return RecordMove(self.context)

    @cached_property
    def departed(self) -> RecordDeparture:
        return RecordDeparture(self.context)

    @cached_property
    def declared(self) -> RecordDeclared:
        return RecordDeclared(self.context)

    @cached_property
    def entered(self) -> RecordEntries:
        return RecordEntries(self.context)

    @cached_property
    def link(self) -> LinkVisitors:
        return LinkVisitors(self.context)

    @cached_property
    def rates(self) -> ShowCustomsRates:
        return ShowCustomsRates(self.context)

    def caller(self, credential: str) -> Caller:
        """The till with this credential; raises CredentialUnknown."""
        found = till_of(self.context, credential)
        if found is None:
            raise CredentialUnknown
        return found
