"""Operations on the visitors of a sale: identity, carriers, destination, answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

from pos.application.access.authorize import SYSTEM_USER, authorize
from pos.application.ports.store import Clock, Secrets, Store
from pos.application.ports.visitor_ports import KnownVisitor
from pos.application.quota.open_questions import BIRTH_DATE, DESTINATION
from pos.application.returns.return_draft import ReturnDraft
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.sale_state import Moment
from pos.application.sales.sale_visitors import SaleVisitors
from pos.application.visitors.identify_visitor import visitor_of
from pos.application.visitors.lock_visitors import record_documents, with_new_numbers
from pos.application.visitors.record_entry_dates import EntryDatesAnswer
from pos.domain.border import border_in_force
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person
from pos.domain.visitors.declared_purchases import Declared
from pos.domain.visitors.destination import NOT_PRESSED, WayOut
from pos.domain.visitors.document import Document
from pos.domain.visitors.visitor import MOST_VISITORS, NoSuchVisitor, PartyFull, Visitor, free_label, knowing_entries


class VisitorOperations(ABC):
    """The visitor operations of Checkout. An operation returns the new view, or raises and changes nothing."""

    _store: Store
    _now: Clock
    _till: str
    _secrets: Secrets
    _moment: Moment
    _sale_visitors: SaleVisitors
    _chosen: str | None

    @abstractmethod
    def view(self) -> CheckoutView:
        """The current state of the sale in progress."""

    @abstractmethod
    def read_again(self) -> CheckoutView:
        """Refresh the visitors with changes made elsewhere."""

    @abstractmethod
    def _beginning(self) -> AbstractContextManager[None]:
        """Prepare the first step of a sale. A step that raises has begun nothing."""

    @abstractmethod
    def _go(self, after: Moment, chosen: str | None = None) -> CheckoutView: ...

    @abstractmethod
    def _read(self, moment: Moment, *, refresh: bool = False) -> SaleVisitors: ...

    def identify(self, document: Document, residence: str | None = None, entries: Sequence[date] = ()) -> CheckoutView:
        """Add a visitor by document: the first, or a companion, to whom the next scans go. Raises PartyFull.

        The document of a visitor already in the sale only chooses them. An expired document warns and sells. Without a
        destination the side of the document's country is assumed; the cashier can switch it.
        """
        shown = visitor_of(document, "", self._secrets, residence, entries)
        with self._beginning():
            return self._with_document(shown, entries)

    def _with_document(self, shown: Visitor, entries: Sequence[date]) -> CheckoutView:
        with self._store.reading() as work:
            unrecorded, known = with_new_numbers(work, (shown,)), work.visitors.known(shown.keys)
        record_documents(self._store, unrecorded, self._now(), self._till, SYSTEM_USER.name)
        here = self._label_of(shown, known)
        if here is not None:
            return self._shown_again(here, shown)
        moment = self._moment
        before = moment.visitors
        if len(before) >= MOST_VISITORS:
            raise PartyFull(MOST_VISITORS)
        known_days = tuple(entries) or (known.entries if known is not None else ())
        visitor = replace(shown, label=free_label([v.label for v in before]), entries=known_days)
        idle = moment.together or moment.cart.lines or moment.back.receipts
        after = replace(
            moment,
            cart=moment.cart.with_carrier(visitor.label),
            visitors=(*before, visitor),
            strangers=moment.strangers if idle else frozenset(v.key for v in before),
        )
        return self._go(after, chosen=visitor.label)

    def _shown_again(self, label: str, shown: Visitor) -> CheckoutView:
        """Choose the visitor already in the sale whose document was scanned, and add what was not known
        of them before.
        """
        here = self._visitor(label)
        more = here.with_document(shown)
        if here.is_one_with(shown) and not set(here.own_keys).issuperset(shown.own_keys):
            record_documents(self._store, (here, shown), self._now(), self._till, SYSTEM_USER.name)
        self._sale_visitors = self._read(self._moment, refresh=True)
        self._chosen = label
        view = self._with(more) if more is not None else self.view()
        replaced = more is not None and more.birth_date == shown.birth_date
        return replace(view, again=label, is_born_otherwise=here.is_born_otherwise(shown), is_birth_replaced=replaced)

    def choose(self, label: str) -> CheckoutView:
        """Send the next scans to this visitor. Undo does not cover it."""
        self._visitor(label)
        self._chosen = label
        return self.view()

    def dismiss_visitor(self, label: str) -> CheckoutView:
        """Remove this visitor; their goods go to the first of the others, or have no carrier."""
        self._visitor(label)
        others = tuple(v for v in self._moment.visitors if v.label != label)
        heir = others[0].label if others else None
        shares = {x.id: ((heir, x.quantity),) for x in self._moment.cart.lines if x.carrier == label}
        return self._go(replace(self._moment, cart=self._moment.cart.shared(shares), visitors=others))

    def part_strangers(self) -> CheckoutView:
        """Remove the visitors who had no goods when another arrived, and who do not shop together."""
        strangers = self._strangers()
        others = tuple(v for v in self._moment.visitors if v.label not in strangers)
        return self._go(replace(self._moment, visitors=others, strangers=frozenset()))

    def shop_together(self) -> CheckoutView:
        """Mark the visitors of this sale, and those who join it, as shopping together."""
        return self._go(replace(self._moment, strangers=frozenset(), together=True))

    def _strangers(self) -> tuple[str, ...]:
        moment = self._moment
        idle = [v.label for v in moment.visitors if v.key in moment.strangers and v.label not in moment.carriers]
        return tuple(idle) if len(moment.visitors) > 1 else ()

    def give(self, line_id: int, label: str, pieces: int | None = None) -> CheckoutView:
        """Move a row, or some of its pieces, to another visitor by hand."""
        self._visitor(label)
        cart = self._moment.cart.carried_by(line_id, label, pieces)
        return self._go(replace(self._moment, cart=cart, strangers=frozenset(), together=True))

    def bring_back(self, draft: ReturnDraft, reason: str) -> CheckoutView:
        """Return goods of a receipt to pay for others, which the visitors of that receipt carry.

        Visitors without returned goods take no part; if visitors of this sale already carry goods, the sale is theirs.
        """
        with self._beginning():
            return self._with_returns(draft, reason)

    def _with_returns(self, draft: ReturnDraft, reason: str) -> CheckoutView:
        moment = self._moment
        after = replace(moment, back=moment.back.with_goods(draft, reason))
        if moment.cart.lines or moment.back.receipts:
            return self._go(after)
        sale = draft.returnable.sale
        carrying = {one.carrier for one in sale.lines if draft.of_line(one.line).quantity}
        with self._store.reading() as work:
            known = {v.label: work.visitors.entries(v.keys) for v in sale.visitors if v.label in carrying}
        visitors = tuple(
            replace(self._here(v) or knowing_entries(v, known[v.label]), label=v.label)
            for v in sale.visitors
            if v.label in carrying
        )
        way = WayOut.kept(sale.destination or None, visitors, None) if visitors else NOT_PRESSED
        return self._go(replace(after, visitors=visitors, way=way, strangers=frozenset(), together=True))

    def take_entries(self, label: str, days: Sequence[date], known: KnownVisitor, by: str) -> CheckoutView:
        """Add a visitor's answer about the days of entry, which the store has recorded; undo can revert it."""
        moment, visitor = self._moment, self._visitor(label)
        answered = EntryDatesAnswer.of(visitor.key, days, self._sale_visitors.known.get(label), known, by)
        after = replace(
            moment,
            visitors=tuple(replace(v, entries=known.entries) if v.label == label else v for v in moment.visitors),
            answered_entries={**moment.answered_entries, visitor.key: answered},
        )
        self._go(after)
        return self.read_again()

    def answer(self, label: str, about: str, answer: str, person: Person) -> CheckoutView:
        """Record an answer about the destination or the date of birth, given before payment.

        The journal records it. Raises BadField for an unknown destination or subject.
        """
        visitor, moment = self._visitor(label), self._moment
        if about == DESTINATION:
            if answer not in border_in_force().sides:
                raise BadField("destination", "unknown", answer[:40])
            after = replace(moment, way=moment.way.answered(answer, visitor, moment.visitors, self._strangers()))
        elif about == BIRTH_DATE:
            after = replace(moment, without_birth_date=moment.without_birth_date | {visitor.key})
        else:
            raise BadField("about", "unknown", about[:40])
        with self._store.begin() as work:
            who = authorize(work, person, "sell").name
            details = {"label": label} | ({"destination": answer} if answer else {})
            work.journal.write(self._now(), self._till, who, f"answer_{about}", details)
            work.commit()
        return self._go(after)

    def declare(self, label: str, change: Callable[[tuple[Declared, ...]], tuple[Declared, ...]]) -> CheckoutView:
        """Change a visitor's declared purchases, as they stand by then; recorded with the sale."""
        visitor = self._visitor(label)
        return self._with(replace(visitor, declared=change(visitor.declared)))

    def leave_to(self, destination: str) -> CheckoutView:
        """Switch the destination of the visitors; the basket is evaluated again at once."""
        if destination not in border_in_force().sides:
            raise BadField("destination", "unknown", destination[:40])
        moment = self._moment
        return self._go(replace(moment, way=moment.way.pressing(destination, moment.visitors)))

    def _with(self, visitor: Visitor) -> CheckoutView:
        return self._go(self._moment.with_visitor(visitor))

    def has(self, visitor: Visitor) -> bool:
        """Whether this visitor is in the sale, and not another one by the same letter."""
        return any(one.label == visitor.label and one.key == visitor.key for one in self._moment.visitors)

    def _visitor(self, label: str) -> Visitor:
        for visitor in self._moment.visitors:
            if visitor.label == label:
                return visitor
        raise NoSuchVisitor(label[:4])

    def _here(self, other: Visitor) -> Visitor | None:
        """The visitor of this sale who is the same person as `other`, by a document that both presented."""
        return next((visitor for visitor in self._moment.visitors if visitor.is_one_with(other)), None)

    def _label_of(self, shown: Visitor, known: KnownVisitor | None) -> str | None:
        """The label of a visitor in this sale who has this document, or another one linked to the same person."""
        for visitor in self._moment.visitors:
            other = self._sale_visitors.known.get(visitor.label)
            persons = () if known is None else (known.locked.person, *known.locked.others)
            if visitor.is_one_with(shown) or (other is not None and other.locked.person in persons):
                return visitor.label
        return None
