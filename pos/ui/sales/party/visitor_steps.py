"""Steps for visitors besides scanning their documents: notices, questions, and recording for the next sale."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from pos.application.ports.visitor_ports import KnownVisitor
from pos.application.quota.quota_advice import MOST_FOR_A_GLANCE
from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView, VisitorView
from pos.application.text.formatting import pieces_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled, paragraph
from pos.application.visitors.record_departure import Departure
from pos.domain.border import border_in_force
from pos.domain.quota.party_split import PartyEvaluation
from pos.domain.visitors.visitor import Visitor
from pos.ui.input.actions import VISITORS
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import ENTER, News
from pos.ui.quota.party_words import called, name_text, shared_text, shared_verdict
from pos.ui.quota.verdict_words import goods_text, sound_of, tone_of
from pos.ui.sales.basket.undo_notices import SECONDS, UndoNotices
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.rail_entries import may_enter
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class VisitorSteps(QObject):
    """Tells who has come and what a split came to; asks and records entries and departures.

    `is_money_kept` says whether money was taken for the basket and not given back.
    """

    cleared = Signal()
    """A new sale was begun in place of the basket."""
    history_asked = Signal(object)
    """The Visitor whose history is to be shown."""
    switching = Signal()
    """F8 goes from one side to the next, perhaps through one that is not meant."""

    def __init__(
        self, session: Session, counter: CheckoutController, news: News, open_declared: Callable[[str], None]
    ) -> None:
        super().__init__(news)
        self._session = session
        self._counter = counter
        self._news = news
        self._open_declared = open_declared
        self.undo = UndoNotices(session, counter, news)
        """Notices with a button that takes back what was done."""
        self.is_money_kept: Callable[[], bool] = lambda: False
        session.shift_changed.connect(lambda _shift: self._leave_to_the_next_shift())

    def key_handlers(self) -> dict[str, Callable[[], None]]:
        """The key handlers, by action."""
        switch = {"destination": self.switch_destination} if len(border_in_force().sides) > 1 else {}
        return {
            **switch,
            "split": partial(self._counter.on_the_way.then, self.split),
        }

    # ── who is there ─────────────────────────────────────────────────────────────────────────────────────────

    def identified(self, view: CheckoutView) -> None:
        """Report a companion, a visitor who is in the sale already, and an expired document."""
        visitor = _find(view, view.chosen)
        if visitor is None:
            return
        person = visitor.visitor
        if view.again is not None:
            self._session.sounds.play(Sound.NOTE)
            otherwise, born = view.is_born_otherwise, _later_birth_text if view.is_birth_replaced else _first_birth_text

            def here(tr: Translator) -> str:
                said = tr(
                    "{visitor} is already in this sale. The next scan goes to {label}.",
                    visitor=called(person),
                    label=person.label,
                )
                return paragraph(tr, (said, born(tr))) if otherwise else said

            tone = Tone.NEARLY if otherwise else Tone.INFO
            self._notify(tone, here, "user-check", self._while_chosen(person.label))
            return
        self._session.sounds.play(Sound.ACCEPT)
        if visitor.expired:
            self._session.sounds.play(Sound.NOTE)
            name = called(person) if len(view.visitors) > 1 else ""

            def expired(tr: Translator) -> str:
                said = tr("The document has expired. The sale can continue: border control checks documents.")
                return labelled(tr, name, said) if name else said

            self._notify(Tone.NEARLY, expired)
        elif len(view.visitors) > 1:
            self._notify(
                Tone.INFO,
                lambda tr: tr(
                    "{visitor} added. The next scan goes to {label}.", visitor=called(person), label=person.label
                ),
                "user-plus",
                self._while_chosen(person.label),
            )

    def split(self) -> None:
        """Share the basket, where there is a companion to share it with."""
        view = self._counter.view
        if view is None:
            return
        if len(view.visitors) < 2:
            self._notify(Tone.INFO, lambda tr: tr("Scan a companion's document first, then split."), "user-plus")
            return
        if len(view.visitors) * view.pieces > MOST_FOR_A_GLANCE:
            self._notify(Tone.INFO, lambda tr: tr("Looking for the best split …"), "split")
        self._counter.split()

    def switch_destination(self) -> None:
        """The visitors leave to the other side."""
        self.switching.emit()
        self._counter.step(_switch_destination)

    def shared(self, best: PartyEvaluation) -> None:
        """Say what the split has come to."""
        self._session.sounds.play(sound_of(shared_verdict(best, self._counter.view)))

        def make_notice(tr: Translator) -> Notice:
            view = self._counter.view  # an answer given since settles what was open
            tone = tone_of(shared_verdict(best, view))
            return Notice(tone, shared_text(best, view, tr), "split", seconds=SECONDS)

        if (after := self._counter.view) is not None:
            self.undo.show(make_notice, after)

    def left_behind(self, before: CheckoutView, after: CheckoutView) -> None:
        """Say what the advice took out of the basket, and offer it back."""
        kept = Tally({row.line.product.id: 0 for row in before.lines})
        for row in after.lines:
            kept[row.line.product.id] += row.line.quantity
        gone, moved = [], _has_moved(before, after)
        for row in before.lines:
            stays = min(kept[row.line.product.id], row.line.quantity)
            kept[row.line.product.id] -= stays
            if stays < row.line.quantity:
                gone.append((row.line, row.line.quantity - stays))
        self._session.sounds.play(sound_of(after.shown_verdict))

        def make_notice(tr: Translator) -> Notice:
            text = tr("Removed from the basket: {goods}.", goods=goods_text(gone, tr))
            if moved:
                text = paragraph(tr, (text, tr("Remaining goods split again.")))
            return Notice(tone_of(after.shown_verdict), text, "scale", seconds=SECONDS)

        self.undo.show(make_notice, after)

    def on_requested(self, what: str, label: str) -> None:
        """Something asked of a visitor's card."""
        if what == "dismiss":
            self._dismiss(label)
        elif what == "elsewhere":
            self._open_declared(label)
        elif what == "left":
            self._ask_departure(label)
        elif what == "history":
            self._show_history(label)

    def part_strangers(self) -> None:
        """Go on without those who have no goods, for another has come, and offer them back."""
        view = self._counter.view
        if view is None or not view.strangers:
            return
        gone = [one.visitor for one in view.visitors if one.visitor.label in view.strangers]
        self._counter.change(
            Checkout.part_strangers, then=lambda after: self.undo.say(lambda tr: _left_out(gone, tr), "users", after)
        )

    def _leave_to_the_next_shift(self) -> None:
        """Nothing of a sale without goods: neither who stood there nor a side that was pressed, nor a step to undo.

        Money that was not given back keeps the sale, or it would be lost with it.
        """
        view = self._counter.view
        if self.is_money_kept():
            return
        if view is None or view.lines or view.back.pieces:
            return
        if view.visitors or view.destination or view.can_undo:
            self._counter.start_new()

    def clear(self, is_refused: Callable[[], bool]) -> None:
        """A new sale: no goods and no visitors, which can be undone until the next scan; `is_refused` says why not."""
        view, person = self._counter.view, self._session.person
        if view is None or person is None or not (_stands(view) or self._counter.on_the_way):
            return
        if is_refused():
            return

        def cleared(before: CheckoutView, after: CheckoutView) -> None:
            self._session.sounds.play(Sound.NOTE)
            self.cleared.emit()
            if _stands(before):
                self.undo.say(partial(_removed_text, before), "shopping-cart", after)

        self._counter.clear(person, cleared)

    def _dismiss(self, label: str) -> None:
        visitor = self._visitor(label)
        if visitor is None or self._counter.is_held_up():
            return
        gone = [visitor.visitor]
        self._counter.dismiss_visitor(
            label, lambda after: self.undo.say(lambda tr: _left_out(gone, tr), "users", after)
        )

    def _show_history(self, label: str) -> None:
        """What is on file of a visitor stands on the page of the visitors; the sale waits here as it is."""
        visitor, person = self._visitor(label), self._session.person
        if visitor is not None and person is not None and may_enter(person, VISITORS):
            self.history_asked.emit(visitor.visitor)

    # ── days of entry ────────────────────────────────────────────────────────────────────────────────────────

    def record_entry_dates(self, label: str, days: Sequence[date]) -> None:
        """Keep the days that a visitor has stated; none: they were asked, and there were none."""
        visitor, person, shop = self._visitor(label), self._session.person, self._session.shop
        if visitor is None or person is None:
            return
        shown = visitor.visitor

        def recorded(known: KnownVisitor) -> None:
            self._counter.change(lambda checkout: checkout.take_entries(label, days, known, person.name), shown)

        self._session.run(lambda: shop.visits.record_entry_dates(shown, tuple(days), person), recorded)

    # ── has left ─────────────────────────────────────────────────────────────────────────────────────────────

    def _ask_departure(self, label: str) -> None:
        visitor = self._visitor(label)
        if visitor is None:
            return
        name = name_text(visitor.visitor)
        if not visitor.pending:
            self._notify(Tone.INFO, lambda tr: tr("{visitor}: no goods left to take out.", visitor=name))
            return

        def asking(tr: Translator) -> Notice:
            text = tr(
                "Has {visitor} left for customs? Everything bought so far then counts as taken out.", visitor=name
            )
            return Notice(Tone.INFO, text, "log-out", tr("Yes, they have left"), ENTER)

        self._news.notify(
            "visitor.left",
            asking,
            lambda: self._record_departure(visitor.visitor),
            holds=lambda: self._is_here(visitor.visitor),
        )

    def _record_departure(self, shown: Visitor) -> None:
        person, shop = self._session.person, self._session.shop
        if person is None or not self._is_here(shown):
            return

        def recorded(departure: Departure) -> None:
            self._counter.step(Checkout.read_again)
            name, units = name_text(shown), departure.units

            def make_text(tr: Translator) -> str:
                if not units:
                    return tr("{visitor}: no goods left to take out.", visitor=name)
                return tr.plural(
                    "{visitor} has left. {n} piece counts as taken out.",
                    "{visitor} has left. {n} pieces count as taken out.",
                    units,
                    visitor=name,
                )

            self._session.sounds.play(Sound.ACCEPT)
            self._notify(Tone.WITHIN, make_text, "log-out")

        self._session.run(lambda: shop.visits.record_departure(shown, person), recorded)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _is_here(self, visitor: Visitor) -> bool:
        """Whether it is still this visitor, and not another one by the same letter."""
        now = self._visitor(visitor.label)
        return now is not None and now.visitor.key == visitor.key

    def _visitor(self, label: str) -> VisitorView | None:
        view = self._counter.view
        return None if view is None else _find(view, label)

    def _notify(
        self, tone: Tone, text: Callable[[Translator], str], icon: str = "", holds: Callable[[], bool] | None = None
    ) -> None:
        self._news.notify("visitor.said", lambda tr: Notice(tone, text(tr), icon, seconds=SECONDS), holds=holds)

    def _while_chosen(self, label: str) -> Callable[[], bool]:
        return lambda: self._counter.view is None or self._counter.view.chosen == label


def _switch_destination(checkout: Checkout) -> CheckoutView:
    """Than the one known by now: a visitor may have been scanned just before."""
    now, sides = checkout.view().destination, border_in_force().sides
    return checkout.leave_to(sides[(sides.index(now) + 1) % len(sides) if now else 0])


def _stands(view: CheckoutView) -> bool:
    return bool(view.lines or view.visitors or view.back.pieces)


def _removed_text(before: CheckoutView, tr: Translator) -> str:
    count = len(before.visitors)
    if not before.pieces:
        return tr("New sale.")
    goods = pieces_text(before.pieces, tr)
    visitors = tr.plural("{n} visitor", "{n} visitors", count)
    return tr("New sale. Removed: {goods}.", goods=tr(", ").join((goods, visitors) if count else (goods,)))


def _has_moved(before: CheckoutView, after: CheckoutView) -> bool:
    """Whether a visitor carries more of some goods than before."""
    had, has = _carried(before), _carried(after)
    return any(pieces > had[whose] for whose, pieces in has.items())


def _carried(view: CheckoutView) -> Tally[tuple[str | None, int]]:
    pieces: Tally[tuple[str | None, int]] = Tally()
    for row in view.lines:
        pieces[row.line.carrier, row.line.product.id] += row.line.quantity
    return pieces


def _first_birth_text(tr: Translator) -> str:
    return tr(
        "The date of birth differs from the one shown first, which still counts. "
        "If that one is wrong, remove the visitor and enter the document again."
    )


def _later_birth_text(tr: Translator) -> str:
    return tr("The date of birth differs from the one entered first. The one on the document counts now.")


def _left_out(gone: Sequence[Visitor], tr: Translator) -> str:
    names = tr(", ").join(called(visitor) for visitor in gone)
    return tr("{visitor} removed from this sale.", visitor=names)


def _find(view: CheckoutView, label: str | None) -> VisitorView | None:
    return next((visitor for visitor in view.visitors if visitor.visitor.label == label), None)
