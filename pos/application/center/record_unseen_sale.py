"""Book a sale that was made while the center was away, by approval at its shop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.application.center.alarms import note_sale
from pos.application.center.answer_once import booked_once
from pos.application.center.book import flag_excess
from pos.application.center.join_persons import learn_person
from pos.application.center.look_up_visitor import one_person
from pos.application.center.ports import CenterContext, CenterWork
from pos.application.center.request_keys import key_of_till
from pos.application.center.requests import Booked, Caller, UnseenSale
from pos.domain.center.ledger import LedgerEntry, Sold

UNSEEN = "unseen"
_AHEAD = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class RecordUnseenSale:
    """Always booked, at the instant that the till tells, and flagged: as unseen, and as over where it is.

    An instant ahead of the center's clock becomes the center's. The answer's versions are in the order of the visitors,
    by their references, which the till learns here. Raises KeyReused.
    """

    context: CenterContext

    def __call__(self, caller: Caller, sale: UnseenSale, digest: bytes) -> Booked:
        now = self.context.now()
        sale = replace(sale, key=key_of_till(caller, sale.key))
        with self.context.store.begin() as work:
            work.members.take_turn(caller.till, now)
            booked = booked_once(work, sale.key, digest, now, lambda: self._book(work, caller, sale, now))
            work.commit()
        return booked

    def _book(self, work: CenterWork, caller: Caller, sale: UnseenSale, now: datetime) -> Booked:
        context = self.context
        at = sale.at if sale.at <= now + _AHEAD else now
        hidden = [[context.keys.hidden(identity) for identity in share.identities] for share in sale.visitors]
        work.visitors.locked([each for mine in hidden for each in mine], now)  # all at once, in one order
        versions: dict[str, int] = {}
        flags = [UNSEEN]
        for share, mine in zip(sale.visitors, hidden):
            visitor = one_person(context, work, caller, mine)
            note_sale(context, work, caller.till, visitor)
            visitor = learn_person(context, work, caller, visitor, share.person)
            entry = LedgerEntry(at, caller.shop, Sold(sale.sale, sale.regime, share.lines))
            versions[visitor.reference] = work.visitors.write(visitor.id, [entry], sale.key, caller.till)
            work.flags.add(now, visitor.id, sale.key, UNSEEN, {"regime": sale.regime})
            flags += flag_excess(context, work, visitor, sale.regime, sale.key, at)
        named = tuple(dict.fromkeys(flags))
        work.journal.write(now, caller.till, "unseen_sale", {"key": sale.key, "flags": named})
        return Booked(versions, named)
