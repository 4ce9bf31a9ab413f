"""Ask the center for the visitors of a sale, when their documents are shown and before money is taken."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from pos.application.center.requests import VisitorLookup
from pos.application.membership.center_answer import NO_CENTER, CenterAnswer, CenterState
from pos.application.membership.center_rules import NOT_READABLE
from pos.application.membership.membership import Membership
from pos.application.membership.payment_wait import PaymentWait
from pos.application.membership.refusals import CenterAway
from pos.application.membership.reserve_at_center import person_of
from pos.application.settings.context import UseCase
from pos.domain.border import border_in_force
from pos.domain.errors import RuleBroken
from pos.domain.visitors.visitor import Visitor

MOST_IDENTITIES = 32
"""So many numbers of one visitor the center takes."""
NO_DOCUMENT = "no_document"
"""Nothing is known by which the center knows the visitor: the document has to be shown again."""


@dataclass(frozen=True, slots=True)
class LookUpAtCenter(UseCase):
    """The answer is kept with the sale. It is never an error: a center that does not answer is an answer, too."""

    membership: Membership

    def __call__(self, sale: str, visitor: Visitor, regime: str | None, within: float | None = None) -> CenterAnswer:
        """Ask for one visitor of the sale with this key; takes two seconds at most. Fit for any thread."""
        if not self.membership.is_member:
            return NO_CENTER
        named = regime or self._usual_rules(visitor)
        try:
            if named is None:
                raise CenterAway("no_rules")
            if named in self.membership.rules.unreadable:
                raise CenterAway(NOT_READABLE)
            center = self.membership.center  # before the document: without a pass it is known by nothing
            identities = self.identities(visitor)
            person = replace(person_of(visitor), entries=())
            ledger = center.look_up(VisitorLookup(identities, person, named), within)
            answer = CenterAnswer(CenterState.FRESH, self.now(), ledger)
        except CenterAway as away:
            answer = CenterAnswer(CenterState.AWAY, self.now(), what=away.what)
        except RuleBroken as refused:
            answer = CenterAnswer(CenterState.AWAY, self.now(), what=refused.fact)
        return self.membership.sales.hear(sale, visitor, answer)

    def _usual_rules(self, visitor: Visitor) -> str | None:
        """Those of the side where the visitor lives, where no side is chosen yet; None for no rules at all."""
        sides, rules = border_in_force().sides, self.regimes()
        side = visitor.residence if visitor.residence in sides else sides[0]
        usual = self.settings().regime_for(side)
        return usual if usual in rules else next(iter(sorted(rules)), None)

    def all(self, sale: str, visitors: Sequence[Visitor], regime: str | None, wait: PaymentWait | None = None) -> str:
        """Ask for those of whom no fresh answer is here; why one could not be had, empty where all are known.

        They are asked for at the same time: a party waits no longer than one visitor.
        """
        sales = self.membership.sales
        missing = [one for one in visitors if sales.answer_of(sale, one).state is not CenterState.FRESH]
        if not missing:
            return ""

        def ask(within: float) -> Sequence[CenterAnswer]:
            if len(missing) == 1:
                return [self(sale, missing[0], regime, within)]
            with ThreadPoolExecutor(len(missing)) as threads:
                return list(threads.map(lambda visitor: self(sale, visitor, regime, within), missing))

        answers = (wait or self.membership.wait())(ask)
        return next((answer.what for answer in answers if answer.is_open), "")

    def identities(self, visitor: Visitor) -> tuple[str, ...]:
        """As whom the center knows a visitor. Raises CenterAway where that is not known here."""
        if visitor.identities:
            return visitor.identities[:MOST_IDENTITIES]
        with self.store.reading() as work:
            known = work.visitors.known(visitor.keys)
            kept = () if known is None else tuple(work.membership.identities(known.locked.person))
        if not kept:
            raise CenterAway(NO_DOCUMENT)
        return kept[:MOST_IDENTITIES]
