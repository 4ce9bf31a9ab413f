"""Move the quota of a finished sale from the wrong visitor's ledger to the right one; its stock and money stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.approvals import REVIEW, approver_of, record_approval
from pos.application.access.authorize import SYSTEM_USER, authorized_write
from pos.application.access.find_sale import sale_with_receipt
from pos.application.membership.outbox import report_move
from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import LedgerLine, LockedVisitor
from pos.application.pricing.rates_in_force import rates_of
from pos.application.settings.context import UseCase
from pos.application.visitors.identify_visitor import Shown, visitor_shown
from pos.application.visitors.lock_visitors import holders_of, locked_holders, record_new_numbers
from pos.application.visitors.reassess_duty import retax_pending
from pos.domain.errors import BadField, Refused
from pos.domain.quota.evaluation import Evaluation
from pos.domain.quota.rule import Regime, UnknownRegime
from pos.domain.receipt_number import read_receipt_number, receipt_number
from pos.domain.sales.approval_requirements import QuotaMoveRequirement
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, Person
from pos.domain.visitors.visitor import Visitor

_WRONG, _RIGHT = "A", "B"


@dataclass(eq=False)
class NothingToMove(Refused):
    """The sale has no quota of this visitor: it was made without one, or everything came back."""

    fact = "nothing_to_move"

    receipt: str
    visitor: str


@dataclass(eq=False)
class AlreadyHis(Refused):
    """The visitor's lines of this sale are already in the ledger of this document's (masked) person."""

    fact = "already_his"

    receipt: str
    visitor: str
    document: str


@dataclass(frozen=True, slots=True)
class MovedQuota:
    """The moved lines, and the evaluation of the right visitor's pending goods with them."""

    receipt: str
    visitor: Visitor
    regime: Regime
    lines: tuple[LedgerLine, ...]
    judgement: Evaluation


class MoveQuota(UseCase):
    """Move one visitor's lines of a recorded sale to the ledger of another; a reviewer must approve it."""

    def key(self, receipt: str) -> str:
        """The key to which an approval of this act is bound; raises NoSuchReceipt."""
        return _key(*read_receipt_number(receipt))

    def need(self, receipt: str, label: str, right: Shown) -> QuotaMoveRequirement:
        """The required approval; raises NoSuchReceipt."""
        till, number = read_receipt_number(receipt)
        return QuotaMoveRequirement(
            REVIEW, receipt_number(till, number), label, visitor_shown(right, self.secrets, _RIGHT).key
        )

    def pieces(self, sale: Sale, label: str) -> int:
        """How many pieces would move: what came back or was voided is no visitor's.

        Raises BadField for an unknown label, NothingToMove.
        """
        self._regime_of(sale, label)
        with self.store.reading() as work:
            pieces = sum(line.quantity for line in work.visitors.of_sale(sale.till, sale.number, label))
        if not pieces:
            raise NothingToMove(sale.receipt, label)
        return pieces

    def __call__(
        self, receipt: str, label: str, right: Shown, person: Person, approval: Approval | None = None
    ) -> MovedQuota:
        """Move the lines that `label` carries to the visitor of this document.

        Raises NotAllowed, NoSuchReceipt, BadField for an unknown label, NothingToMove, AlreadyHis.
        """
        person.check("sell")
        till, number = read_receipt_number(receipt)
        need = self.need(receipt, label, right)
        at, settings = self.now(), self.settings()
        record_new_numbers(self.store, (visitor_shown(right, self.secrets, _RIGHT),), at, self.till, SYSTEM_USER.name)
        with authorized_write(self.store, person, "sell") as (work, person):
            approver = approver_of(work, need, person, approval, _key(till, number), at)
            sale = sale_with_receipt(work, receipt)
            regime = self._regime_of(sale, label)
            wrong, owner, locked = _locked(work, sale, label, visitor_shown(right, self.secrets, _RIGHT), at)
            lines = tuple(work.visitors.of_sale(till, number, label))
            work.visitors.move((line.key for line in lines if line.key is not None), locked[_RIGHT].visitor)
            persons = locked[_WRONG].person, locked[_RIGHT].person
            moved = [line.key.line for line in lines if line.key is not None]
            key = self.secrets.request(f"{sale.key} {label} {persons} {at.isoformat()}".encode())[:32]
            rates = rates_of(work, settings, at)
            retaxed = retax_pending(work, wrong, regime, self.regimes(), at, rates)[0]
            again, judgement = retax_pending(work, owner, regime, self.regimes(), at, rates)
            retaxed += again
            report_move(work, self.till, sale, moved, persons, key, at, retaxed)
            details: dict[str, object] = {
                "receipt": sale.receipt,
                "label": label,
                "from": locked[_WRONG].visitor,
                "to": locked[_RIGHT].visitor,
                "lines": [line.journaled() for line in lines],
            }
            if retaxed:
                details["retaxed"] = [one.journaled() for one in retaxed]
            work.journal.write(at, self.till, person.name, "move_quota", details)
            record_approval(work, approver, approval, {need}, of=person, at=at, till=self.till, receipt=sale.receipt)
            work.commit()
        return MovedQuota(sale.receipt, owner, regime, lines, judgement)

    def _regime_of(self, sale: Sale, label: str) -> Regime:
        if not any(visitor.label == label for visitor in sale.visitors):
            raise BadField("label", "unknown", label[:4])
        if sale.regime is None:
            raise NothingToMove(sale.receipt, label)
        if sale.regime not in self.regimes():
            raise UnknownRegime(sale.regime)
        return self.regimes()[sale.regime]


def _key(till: str, number: int) -> str:
    return f"move:{till}-{number}"


def _locked(
    work: UnitOfWork, sale: Sale, label: str, right: Visitor, at: datetime
) -> tuple[Visitor, Visitor, Mapping[str, LockedVisitor]]:
    """The current and the new owner of the lines, both locked in one call; refuses if there is nothing to move."""
    if not holders_of(work, sale, (label,)):
        raise NothingToMove(sale.receipt, label)
    owner = replace(right, label=_RIGHT if label != _RIGHT else _WRONG)
    held, locked = locked_holders(work, sale, (label,), at, owner)
    if label not in held:
        raise NothingToMove(sale.receipt, label)
    if locked[label].person == locked[owner.label].person:
        raise AlreadyHis(sale.receipt, label, right.masked)
    holder = held[label]
    sold_to = next(visitor for visitor in sale.visitors if visitor.label == label)
    is_his = any(row.visitor == locked[label].visitor for row in work.visitors.shown(sold_to))
    wrong = replace(sold_to if is_his else holder, label=_WRONG)
    return wrong, right, {_WRONG: locked[label], _RIGHT: locked[owner.label]}
