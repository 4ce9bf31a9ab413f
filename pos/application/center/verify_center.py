"""Verify the center's books: the journal's chains, the versions of the ledgers, and that no excess is silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos.application.center.book import APPROVED_OVER, OVER, exceeded_since
from pos.application.center.ledgers import LockedLedger, plain_regimes, read_ledger
from pos.application.center.ports import CenterContext, CenterWork

SAY_OVER = (OVER, APPROVED_OVER)
"""The flags that speak of an excess: a till with another birth date, or late goods that fitted, hide none."""


class FindingKind(StrEnum):
    """What is wrong."""

    JOURNAL_BROKEN = "journal_broken"
    """A chain has an entry whose hash is another one, a gap, or an end that is missing."""
    VERSION_BEHIND = "version_behind"
    """A ledger has an entry of a later version than its visitor."""
    SALE_NOT_BOOKED = "sale_not_booked"
    """A reservation is settled as sold and no ledger has the sale."""
    EXCESS_NOT_FLAGGED = "excess_not_flagged"
    """More stands on a ledger than the allowance, and no flag says so."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, at a till's chain, a visitor's reference or a key."""

    kind: FindingKind
    where: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what was found."""

    entries: int
    visitors: int
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class VerifyCenter:
    """Reads everything in one state of the database; changes nothing."""

    context: CenterContext

    def __call__(self) -> Verified:
        with self.context.store.reading() as work:
            entries, broken = self._journal(work)
            findings = [*broken, *self._sales(work)]
            visitors = 0
            for reference in work.audit.references():
                visitors += 1
                findings += self._visitor(work, reference)
        return Verified(entries, visitors, findings)

    def _journal(self, work: CenterWork) -> tuple[int, list[Finding]]:
        """Each chain from its first entry to the one that its till knows as the last."""
        count, findings = 0, []
        for chain in work.audit.chains():
            last, number = b"", 0
            for entry in chain.entries:
                count, number = count + 1, number + 1
                last = self.context.keys.chained(entry.covered, last)
                if entry.number != number or entry.hash != last:
                    findings.append(Finding(FindingKind.JOURNAL_BROKEN, f"{chain.till}/{entry.number}"))
                    last, number = entry.hash, entry.number
            if (number, last) != (chain.last_number, chain.last_hash):
                findings.append(Finding(FindingKind.JOURNAL_BROKEN, f"{chain.till}/{chain.last_number}"))
        return count, findings

    def _sales(self, work: CenterWork) -> Iterator[Finding]:
        for key in work.audit.sold_without_entry():
            yield Finding(FindingKind.SALE_NOT_BOOKED, key)

    def _visitor(self, work: CenterWork, reference: str) -> Iterator[Finding]:
        visitor = work.audit.visitor(reference)
        if work.audit.last_version(visitor.id) > visitor.version:
            yield Finding(FindingKind.VERSION_BEHIND, reference)
        ledger = read_ledger(self.context, work, visitor)
        if not work.audit.is_flagged(visitor.id, SAY_OVER) and self._exceeds(ledger):
            yield Finding(FindingKind.EXCESS_NOT_FLAGGED, reference)

    def _exceeds(self, ledger: LockedLedger) -> bool:
        """Whether what was free of duty was more than allowed, on any day on which something was bought."""
        known = {line.regime for line in ledger.lines} & set(plain_regimes(self.context))
        return any(exceeded_since(self.context, ledger, name) is not None for name in known)
