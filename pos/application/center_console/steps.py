"""The steps of the console, built once for a process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pos.application.center.manage_members import ListMembers
from pos.application.center.office import CenterCommands, CenterPlace
from pos.application.center.regime_files import Compare, ListRegimeFiles, ShowRegimeFile
from pos.application.center_console.doubts import ListDoubts, ReleaseDoubt
from pos.application.center_console.journal_search import SearchFlags, SearchJournal
from pos.application.center_console.manage_accounts import (
    AddAccount,
    ChangePassword,
    ChooseLanguage,
    DisableAccount,
    ListAccounts,
    ResetPassword,
)
from pos.application.center_console.ports import ConsoleContext
from pos.application.center_console.regime_approval import ApproveFile, PreviewFile, ProposeFile, ReadContent
from pos.application.center_console.session import FindSession, SignIn, SignOut
from pos.application.center_console.today import ShowToday
from pos.application.center_console.unlink_documents import ListLinked, UnlinkDocument
from pos.application.membership.simulate_center import CenterSimulated, CenterSimulation


@dataclass
class ConsoleSteps:
    """One of each."""

    context: ConsoleContext
    read: ReadContent
    compare: Compare

    @cached_property
    def sign_in(self) -> SignIn:
        return SignIn(self.context)

    @cached_property
    def session(self) -> FindSession:
        return FindSession(self.context)

    @cached_property
    def sign_out(self) -> SignOut:
        return SignOut(self.context)

    @cached_property
    def change_password(self) -> ChangePassword:
        return ChangePassword(self.context)

    @cached_property
    def choose_language(self) -> ChooseLanguage:
        return ChooseLanguage(self.context)

    @cached_property
    def today(self) -> ShowToday:
        return ShowToday(self.context)

    @cached_property
    def members(self) -> ListMembers:
        return ListMembers(self.context.center)

    @cached_property
    def doubts(self) -> ListDoubts:
        return ListDoubts(self.context)

    @cached_property
    def release(self) -> ReleaseDoubt:
        return ReleaseDoubt(self.context)

    @cached_property
    def flags(self) -> SearchFlags:
        return SearchFlags(self.context)

    @cached_property
    def journal(self) -> SearchJournal:
        return SearchJournal(self.context)

    @cached_property
    def regime_files(self) -> ListRegimeFiles:
        return ListRegimeFiles(self.context.center)

    @cached_property
    def show_regime(self) -> ShowRegimeFile:
        return ShowRegimeFile(self.context.center, self.compare)

    @cached_property
    def preview_file(self) -> PreviewFile:
        return PreviewFile(self.context, self.read, self.compare)

    @cached_property
    def propose_file(self) -> ProposeFile:
        return ProposeFile(self.context, self.read)

    @cached_property
    def approve_file(self) -> ApproveFile:
        return ApproveFile(self.context)

    @cached_property
    def linked(self) -> ListLinked:
        return ListLinked(self.context)

    @cached_property
    def unlink(self) -> UnlinkDocument:
        return UnlinkDocument(self.context)


@dataclass
class ConsoleAccounts:
    """What the commands do with accounts."""

    context: ConsoleContext

    @cached_property
    def add(self) -> AddAccount:
        return AddAccount(self.context)

    @cached_property
    def reset_password(self) -> ResetPassword:
        return ResetPassword(self.context)

    @cached_property
    def disable(self) -> DisableAccount:
        return DisableAccount(self.context)

    @cached_property
    def all(self) -> ListAccounts:
        return ListAccounts(self.context)


@dataclass(frozen=True, slots=True)
class DemoMember:
    """A shop of the demo of a center: its data folder, and the names of its tills."""

    name: str
    folder: Path
    tills: Sequence[str]


@dataclass(frozen=True, slots=True)
class CenterDemo:
    """Where the demo of a center is, and who may open its console."""

    address: str
    account: str
    password: str
    members: Sequence[DemoMember]


@dataclass(frozen=True, slots=True)
class CommandsOfCenter(CenterCommands):
    """How the command line reaches a center and the accounts of its console."""

    accounts: Callable[[CenterPlace], AbstractContextManager[ConsoleAccounts]]
    simulate: Callable[[CenterPlace | None, CenterSimulation], CenterSimulated]
    """Let shops for practice trade: in a database of its own where none is named. Raises NotForPractice."""
    demo: Callable[[int, Callable[[CenterDemo], None]], None]
    """Serve a center with three demo shops at a port until the process is stopped; tells where everything is."""
