"""Regime files at the console: a preview, a proposal, and the approval by another person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pos.application.center.ports import ProposedRegime, RegimeChange, RegimeInForce
from pos.application.center.regime_files import ApproveRegime, Compare, check_begin, keep_proposed
from pos.application.center_console.account import Account, check_may_change
from pos.application.center_console.ports import ConsoleContext

ReadContent = Callable[[str, bytes, date], RegimeInForce]
"""The regime in a file of this name, whole on a day; raises BadField with what is wrong with it."""
AT_CONSOLE = "console"
"""What the journal has beside the person in place of the login of a command."""


@dataclass(frozen=True, slots=True)
class FilePreview:
    """A file that no one has proposed yet, and what it changes; None where there is none of its name."""

    file: RegimeInForce
    starts_on: date
    changes: Sequence[RegimeChange] | None


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """What a file would change; nothing is kept. Raises BadField and AuditorReads."""

    context: ConsoleContext
    read: ReadContent
    compare: Compare

    def __call__(self, account: Account, name: str, content: bytes, starts_on: date) -> FilePreview:
        check_may_change(account)
        file = self.read(name, content, starts_on)
        check_begin(file, starts_on, self.context.center.now())
        before = self.context.center.regimes().get(file.regime.id)
        return FilePreview(file, starts_on, None if before is None else self.compare(before.content, content))


@dataclass(frozen=True, slots=True)
class ProposeFile:
    """Keep a file for another person to approve; returns its number. Raises BadField and AuditorReads."""

    context: ConsoleContext
    read: ReadContent

    def __call__(self, account: Account, name: str, content: bytes, starts_on: date) -> int:
        check_may_change(account)
        file = self.read(name, content, starts_on)
        return keep_proposed(self.context.center, file, starts_on, account.name, AT_CONSOLE).id


@dataclass(frozen=True, slots=True)
class ApproveFile:
    """Let a file of another person be in force from its day on. Raises as ApproveRegime does, and AuditorReads."""

    context: ConsoleContext

    def __call__(self, account: Account, number: int) -> ProposedRegime:
        check_may_change(account)
        return ApproveRegime(self.context.center)(number, account.name, AT_CONSOLE)
