"""What the center's own people do, built once for a process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pos.application.center.customs_rates import ListCustomsRates, SetCustomsRate
from pos.application.center.erase_old import EraseOld
from pos.application.center.list_flags import ListFlags
from pos.application.center.manage_members import AddMember, AddTill, DisableMember, ListMembers, RevokeTill
from pos.application.center.members_key import ListMembersKeys, MembersKeys, RenewTill, RotateMembersKey
from pos.application.center.ports import CenterContext
from pos.application.center.reconcile import ReconcileShop
from pos.application.center.regime_files import (
    ApproveRegime,
    Compare,
    ListRegimeFiles,
    ProposeRegime,
    ReadFile,
    ShowRegimeFile,
)
from pos.application.center.release_reservation import ReleaseReservation, ReservationsInDoubt
from pos.application.center.verify_center import VerifyCenter

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class CenterPlace:
    """Where a center is: the address of its database, and the file with its keys."""

    database: str
    keys: Path


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """Where the service listens, with the files of TLS; `regimes` is a folder with regime files of the center."""

    host: str
    port: int
    certificate: Path | None
    key: Path | None
    regimes: Path | None


@dataclass(frozen=True, slots=True)
class CenterCommands:
    """How the command line reaches a center. Each raises StoreError, KeyFileError and BadField."""

    prepare: Callable[[CenterPlace, str | None], None]
    """Make or migrate the tables as their owner, and the keys where there are none; grant a role what it needs."""
    open: Callable[[CenterPlace], AbstractContextManager[CenterOffice]]
    serve: Callable[[CenterPlace, ServicePlace, Callable[[str], None]], None]
    """Serve until the process is stopped; what is printed is the address, once it answers."""


@dataclass
class CenterOffice:
    """One of each."""

    context: CenterContext
    keys: MembersKeys
    read_regime: ReadFile
    compare: Compare

    @cached_property
    def add_member(self) -> AddMember:
        return AddMember(self.context)

    @cached_property
    def disable_member(self) -> DisableMember:
        return DisableMember(self.context)

    @cached_property
    def add_till(self) -> AddTill:
        return AddTill(self.context, self.keys)

    @cached_property
    def revoke_till(self) -> RevokeTill:
        return RevokeTill(self.context)

    @cached_property
    def renew_till(self) -> RenewTill:
        return RenewTill(self.context, self.keys)

    @cached_property
    def rotate_members_key(self) -> RotateMembersKey:
        return RotateMembersKey(self.context, self.keys)

    @cached_property
    def members_keys(self) -> ListMembersKeys:
        return ListMembersKeys(self.context)

    @cached_property
    def members(self) -> ListMembers:
        return ListMembers(self.context)

    @cached_property
    def in_doubt(self) -> ReservationsInDoubt:
        return ReservationsInDoubt(self.context)

    @cached_property
    def release(self) -> ReleaseReservation:
        return ReleaseReservation(self.context)

    @cached_property
    def set_rate(self) -> SetCustomsRate:
        return SetCustomsRate(self.context)

    @cached_property
    def rates(self) -> ListCustomsRates:
        return ListCustomsRates(self.context)

    @cached_property
    def propose_regime(self) -> ProposeRegime:
        return ProposeRegime(self.context, self.read_regime, self.compare)

    @cached_property
    def approve_regime(self) -> ApproveRegime:
        return ApproveRegime(self.context)

    @cached_property
    def regime_files(self) -> ListRegimeFiles:
        return ListRegimeFiles(self.context)

    @cached_property
    def show_regime(self) -> ShowRegimeFile:
        return ShowRegimeFile(self.context, self.compare)

    @cached_property
    def flags(self) -> ListFlags:
        return ListFlags(self.context)

    @cached_property
    def reconcile(self) -> ReconcileShop:
        return ReconcileShop(self.context)

    @cached_property
    def erase(self) -> EraseOld:
        return EraseOld(self.context)

    @cached_property
    def verify(self) -> VerifyCenter:
        return VerifyCenter(self.context)
