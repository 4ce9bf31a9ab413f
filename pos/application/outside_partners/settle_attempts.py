"""What persons do about money at providers: look at it, ask to undo, decide, give it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.outside_partners.follow_up import (
    add_refund,
    close,
    facts_of,
    locked_attempt,
    refund_of,
    save,
)
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.outside_partners.attempt import (
    AttemptKind,
    AttemptSettled,
    AttemptState,
    Decision,
    PartnerAttempt,
)
from pos.domain.outside_partners.providers import TYPED_TERMINAL
from pos.domain.staff.staff import Person

UNDO = "undo_charge"
DECIDE = "decide_attempt"
GIVE_BACK = "give_back_charge"


@dataclass(frozen=True, slots=True)
class UnsettledMoney:
    """An attempt about which something is to be done, and the refunds of it where it is a charge.

    `owed` is what has to go back and is not on its way: its refund was refused, and a person decides.
    """

    attempt: PartnerAttempt
    refunds: tuple[PartnerAttempt, ...] = ()
    owed: Money | None = None

    @property
    def needs_person(self) -> bool:
        """Whether nothing goes on without a person: they look, refund what was refused, or finish the sale."""
        return self.owed is not None or self.attempt.is_offered or self.attempt.state is AttemptState.ASK_PERSON


class OpenAttempts(UseCase):
    """Money at providers that is neither in a sale nor back with its customer, and refunds that are not done."""

    def __call__(self, *, everywhere: bool = False) -> Sequence[UnsettledMoney]:
        """Those of this till, oldest first; or of the whole shop."""
        with self.store.reading() as work:
            found = []
            for one in work.attempts.unclosed(None if everywhere else self.till):
                if one.kind is AttemptKind.FISCAL:
                    continue
                refunds = tuple(work.attempts.refunds_of(one.number)) if one.kind is AttemptKind.CHARGE else ()
                owed = one.owed(refunds)
                if one.kind is AttemptKind.REFUND and one.state is AttemptState.REFUSED:
                    charge = work.attempts.with_number(one.original)
                    owed = one.amount if charge is not None and charge.document else None
                    if owed is None:
                        continue  # its charge stands in the list, with what is owed of it
                found.append(UnsettledMoney(one, refunds, owed))
        return found

    def of_sale(self, key: str) -> Sequence[PartnerAttempt]:
        """All charges that were begun for a sale, oldest first."""
        with self.store.reading() as work:
            return [one for one in work.attempts.about(key) if one.kind is AttemptKind.CHARGE]

    def of_receipt(self, receipt: str) -> Sequence[PartnerAttempt]:
        """What a receipt counts: the charges of a sale; of a return what goes back by itself, so not by hand."""
        with self.store.reading() as work:
            return work.attempts.of_document(receipt)

    def with_number(self, number: str) -> PartnerAttempt | None:
        """One attempt as it stands; None for an unknown number."""
        with self.store.reading() as work:
            return work.attempts.with_number(number)


class UndoCharge(UseCase):
    """Ask that a charge does not happen: what was paid goes back. The sale may be paid in another way at once."""

    @retry_on_rollback
    def __call__(self, number: str, person: Person) -> PartnerAttempt:
        """Note it; it is sent soon. Raises NoSuchAttempt, AttemptSettled where there is nothing to undo."""
        at = self.now()
        with authorized_write(self.store, person, "sell") as (work, person):
            before = locked_attempt(work, number)
            after = before.undoing(at, person.name)
            if after == before:
                return before
            work.journal.write(at, self.till, person.name, UNDO, facts_of(after))
            save(work, before, after, at, person.name)
            work.commit()
        return after


class DecideAttempt(UseCase):
    """What a person saw at the device or in the provider's portal, where the program cannot learn it."""

    @retry_on_rollback
    def __call__(self, number: str, person: Person, *, done: bool, reference: str = "") -> PartnerAttempt:
        """Note whether it was done; `reference` is the number on the slip, where there is one.

        Raises NoSuchAttempt, AttemptSettled, PartnerIsAsked, MoneyIsThere, and BadField where the shop wants the
        number of the slip.
        """
        at = self.now()
        with authorized_write(self.store, person, "sell") as (work, person):
            before = locked_attempt(work, number)
            is_typed = before.kind is AttemptKind.CHARGE and before.partner == TYPED_TERMINAL
            if done and is_typed and not reference.strip() and before.method in self.settings().referenced():
                raise BadField("reference", "missing")
            after = before.decided(Decision(done, person.name, at))
            if reference.strip():
                after = replace(after, reference=reference.strip()[:64])
            work.journal.write(at, self.till, person.name, DECIDE, {**facts_of(after), "done": done})
            save(work, before, after, at, person.name)
            work.commit()
        return after


class GiveBackCharge(UseCase):
    """Money of which the refund was refused: ask the provider once more, or say that it went back in another way."""

    @retry_on_rollback
    def again(self, number: str, person: Person) -> PartnerAttempt:
        """Ask for a new refund under a new number. `number` is the charge, or the refund of a return.

        Raises NoSuchAttempt, and AttemptSettled where nothing is owed.
        """
        at = self.now()
        with authorized_write(self.store, person, "return") as (work, person):
            one = locked_attempt(work, number)
            if one.kind is AttemptKind.CHARGE:
                owed = one.owed(work.attempts.refunds_of(number))
                new = None if owed is None else refund_of(one, owed, at, cashier=person.name)
            else:
                charge = work.attempts.with_number(one.original)
                is_owed = one.state is AttemptState.REFUSED and not one.is_given_back and charge is not None
                new = None
                if is_owed and charge is not None:
                    about = {"about": one.about, "document": one.document, "cashier": person.name, "till": one.till}
                    new = refund_of(charge, one.amount, at, **about)
                    work.attempts.put(replace(one, is_given_back=True))
            if new is None or not add_refund(work, new):
                raise AttemptSettled(number, one.state.value)
            work.journal.write(at, self.till, person.name, GIVE_BACK, {**facts_of(new), "how": "provider"})
            work.commit()
        return new

    @retry_on_rollback
    def by_hand(self, number: str, person: Person) -> None:
        """Note that the money went back in another way, such as cash. Raises as `again`."""
        at = self.now()
        with authorized_write(self.store, person, "return") as (work, person):
            one = locked_attempt(work, number)
            if one.kind is AttemptKind.CHARGE and one.owed(work.attempts.refunds_of(number)) is not None:
                close(work, one, at, person.name)
            elif one.kind is AttemptKind.REFUND and one.state is AttemptState.REFUSED and not one.is_given_back:
                work.attempts.put(replace(one, is_given_back=True))
            else:
                raise AttemptSettled(number, one.state.value)
            work.journal.write(at, self.till, person.name, GIVE_BACK, {**facts_of(one), "how": "by_hand"})
            work.commit()
