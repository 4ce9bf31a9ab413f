"""Take the regime files of the center: looked at beside all sales, put in force between two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from pos.application.access.authorize import SYSTEM_USER
from pos.application.center.refusals import RulesDiffer
from pos.application.membership.center_rules import NOT_READABLE, TAKEN, ReadRules, RulesOfTill
from pos.application.membership.membership import Membership
from pos.application.membership.offered import OfferedRules
from pos.application.membership.payment_wait import PaymentWait
from pos.application.membership.refusals import CenterAway, CenterRefused
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.quota.rule import Regime

TAKE, UNREADABLE, DROP = "take_center_rules", "center_rules_unreadable", "drop_center_rules"
"""Journal acts."""
_MOST = 100
"""More regimes no border has."""


@dataclass(frozen=True, slots=True)
class RulesPutInForce:
    """What has changed: the regimes that are the center's now, and the ids of those that are the till's own again."""

    taken: tuple[Regime, ...] = ()
    dropped: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.taken or self.dropped)


@dataclass(frozen=True, slots=True)
class TakeRules(UseCase):
    """A file is read like one of the shop's folder. One that this program cannot read leaves the center away for it."""

    membership: Membership
    rules: RulesOfTill

    def look(self) -> None:
        """Read what the center judges by where it differs; nothing of it is in force yet. Fit for any thread.

        A till that takes part no more has its own files again. Raises CenterAway and the center's refusals.
        """
        state = self.membership.rules
        if not self.membership.is_member:
            with state.lock:
                state.waiting.clear()
                state.unreadable.clear()
                state.gone |= set(self.rules.of_center())
            return
        center = self.membership.center
        offered = center.regimes()[:_MOST]
        here = self.rules()
        for one in offered:
            if one.regime in here and one.digest.startswith(here[one.regime].version):
                self._is_in_force(one.regime)
            elif not self._is_known(one):
                self._take_in(one, center.regime(one.regime))
        left = set(self.rules.of_center()).difference(one.regime for one in offered)
        with state.lock:
            state.gone.clear()
            state.gone |= left

    def put_in_force(self) -> RulesPutInForce:
        """Judge by what was read, from now on: between two sales, on the thread on which they are judged.

        While a reservation is open nothing changes: its sale ends by the rules with which it was reserved.
        """
        state = self.membership.rules
        if not state.has_news or self.membership.sales.has_reservation:
            return RulesPutInForce()
        with state.lock:
            waiting, gone = list(state.waiting.values()), sorted(state.gone)
            state.waiting.clear()
            state.gone.clear()
        self._put(waiting, gone)
        return RulesPutInForce(tuple(each.regime for each in waiting), tuple(gone))

    def unreadable(self) -> Sequence[tuple[str, str]]:
        """The regimes for which the center counts as away, with the digests of their files."""
        state = self.membership.rules
        with state.lock:
            return tuple(sorted(state.unreadable.items()))

    def at_once(self, differ: RulesDiffer, wait: PaymentWait) -> CenterRefused:
        """Take the file by which the center judges, for a sale that it does not reserve by another one.

        The answer is the refusal of this attempt: the sale is judged again, and shown. Raises CenterAway.
        """
        name = differ.regime
        content = wait(partial(self.membership.center.regime, name))
        here = self.rules().get(name)
        if here is not None and differ.digest.startswith(here.version):
            return CenterRefused(differ.fact)  # two processes of the center, of which one is a moment behind
        self._take_in(OfferedRules(name, differ.digest, None), content)
        state = self.membership.rules
        with state.lock:
            read = state.waiting.pop(name, None)
        if read is None and name in state.unreadable:
            raise CenterAway(NOT_READABLE)
        if read is None:
            return CenterRefused(differ.fact)
        self._put([read], ())
        return CenterRefused(TAKEN)

    def _is_known(self, one: OfferedRules) -> bool:
        """Whether this very file was read already."""
        state = self.membership.rules
        with state.lock:
            waiting = state.waiting.get(one.regime)
            return state.unreadable.get(one.regime) == one.digest or (
                waiting is not None and waiting.offered.digest == one.digest
            )

    def _is_in_force(self, name: str) -> None:
        state = self.membership.rules
        with state.lock:
            state.waiting.pop(name, None)
            state.unreadable.pop(name, None)

    def _take_in(self, one: OfferedRules, content: bytes) -> None:
        """Read a file. One that came on its way into force has another digest: it is read at the next look."""
        state = self.membership.rules
        if sha256(content).hexdigest() != one.digest:
            return
        try:
            regime = self.rules.read(one.regime, content, self.now())
        except BadField as fault:
            with state.lock:
                state.waiting.pop(one.regime, None)
                state.unreadable[one.regime] = one.digest
            details = {"regime": one.regime, "digest": one.digest, "fault": fault.what, "where": fault.value}
            self._journal(UNREADABLE, details)
            return
        with state.lock:
            state.unreadable.pop(one.regime, None)
            state.waiting[one.regime] = ReadRules(one, regime, content)

    def _put(self, waiting: Sequence[ReadRules], gone: Sequence[str]) -> None:
        here = self.rules()
        with self.store.begin() as work:
            for each in waiting:
                offered, before = each.offered, here.get(each.regime.id)
                details: dict[str, object] = {
                    "regime": offered.regime,
                    "title": each.regime.title_in("en"),
                    "digest": offered.digest,
                    "day": None if offered.since is None else offered.since.isoformat(),
                    "center": self.membership.address,
                    "before": None if before is None else before.version,
                }
                work.journal.write(self.now(), self.till, SYSTEM_USER.name, TAKE, details)
            for name in gone:
                details = {"regime": name, "center": self.membership.address}
                work.journal.write(self.now(), self.till, SYSTEM_USER.name, DROP, details)
            if waiting or gone:
                for each in waiting:
                    self.rules.keep(each.regime, each.content)
                for name in gone:
                    self.rules.drop(name)
                work.commit()

    def _journal(self, act: str, details: Mapping[str, object]) -> None:
        with self.store.begin() as work:
            work.journal.write(self.now(), self.till, SYSTEM_USER.name, act, details)
            work.commit()
